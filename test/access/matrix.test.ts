import { afterAll, describe, expect, it, test } from '@jest/globals'
import { getNamedType, isLeafType, type GraphQLObjectType } from 'graphql'
import { modules } from '../../src/schema.js'
import { doors, never, open, Policy, type Guard } from '../../src/access/index.js'
import type { Built } from '../support/build.js'
import { activityPart } from './matrix/activity.js'
import { capabilityPart } from './matrix/capability.js'
import { casesOn, versioned, type Case, type Part } from './matrix/cases.js'
import { indicatorsPart } from './matrix/indicators.js'
import { exportsPart } from './matrix/exports.js'
import { payPart } from './matrix/pay.js'
import { periodsPart } from './matrix/periods.js'
import { postsPart } from './matrix/posts.js'
import { returnsPart } from './matrix/returns.js'
import { servicesPart } from './matrix/services.js'
import { volunteersPart } from './matrix/volunteers.js'
import { moneyPart } from './matrix/money.js'
import { tendersPart } from './matrix/tenders.js'
import { say } from './proof/random.js'
import { keepRows, putBack } from '../support/kept-rows.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()

/** Parts of modules that keep theirs apart; a new one is added here. */
const parts: readonly Part[] = [
  periodsPart(world),
  postsPart(world),
  servicesPart(world),
  activityPart(world),
  volunteersPart(world),
  moneyPart(world),
  tendersPart(world),
  capabilityPart(world),
  payPart(world),
  indicatorsPart(world),
  exportsPart(world),
  returnsPart(world),
]

/*
 * The registry: every row of every access table whose guard is neither open nor signedIn, by `Type.field`, and every such scope, by `Type/*`.
 * An entry names somebody who is let in and somebody who is not. A module that adds a guarded row adds its entry here; without one this file fails.
 */
const stagesOfParts = new WeakMap<object, object[]>()
const ofPart = (stage: object, at: number) => stagesOfParts.get(stage)![at] as never
let stage: { base: Awaited<ReturnType<typeof foundation>>; rows: Awaited<ReturnType<typeof keepRows>> } | undefined
/** The same rows for each test: made by the first, put back for the others. */
async function staged() {
  if (stage) await putBack(world, stage.rows)
  else {
    const base = await built()
    stage = { base, rows: await keepRows(world) }
  }
  return stage.base
}

async function built() {
  const base = await foundation()
  const own: object[] = []
  // One after the other: a part takes what another has made already, such as the coordinator's record as a social worker. Each has its own names for its rows.
  for (const part of parts) own.push({ ...base, ...(await part.stage(base)) })
  stagesOfParts.set(base, own)
  return base
}

/** Everything that an entry may need. */
async function foundation() {
  const { build } = world
  const { province, office } = await build.network()
  const unit = (more: object = {}) => build.unit({ divisionId: province.id, ...more })
  const [bureau, school, heir, apart] = [await unit(), await unit(), await unit(), await build.unit()]
  const branch = await unit({ lineParentId: bureau.id })
  for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']) await build.person({ login: `bureau ${role}`, unit: bureau.id, role })
  await build.person({ login: 'school DIRECTOR', unit: school.id, role: 'DIRECTOR' })
  for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER', 'AUDITOR', 'COORDINATOR']) await build.person({ login: `apart ${role}`, unit: apart.id, role })
  await build.row('service_token', 'stok', { name: 'bi', tokenHash: 'bi', role: 'BI_READER', unitId: bureau.id, expiresAt: '2099-01-01T00:00:00Z' })
  const person = await build.person({ login: 'person', unit: bureau.id, mobile: '13800000001', nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true })
  const appointment = await build.appointment({ personId: person.id, unitId: bureau.id, role: 'CLERK' })
  const mandate = await build.mandate({ unitId: school.id, mechanism: 'FUNDING' })
  const initiative = await build.initiative({ leadUnitId: bureau.id, divisionId: province.id, visibility: 'PARTICIPANTS' })
  const participation = await build.participation({ initiativeId: initiative.id, unitId: school.id })
  const milestone = await build.row('milestone', 'mile', { initiativeId: initiative.id, title: '一', dueOn: today })
  const target = await build.row('initiative_target', 'targ', { initiativeId: initiative.id, measure: 'FUNDS_SPENT', amount: '100' })
  const report = await build.row('initiative_update', 'upd', { initiativeId: initiative.id, reportedOn: today, health: 'ON_TRACK', text: '一' })
  const task = await build.task({ initiativeId: initiative.id, issuingUnitId: office.id })
  const assignment = await build.assignment({ taskId: task.id, unitId: bureau.id, internalNote: '内部' })
  const progress = await build.progressReport({ assignmentId: assignment.id })
  const review = await build.review({ assignmentId: assignment.id })
  const extension = await build.extensionRequest({ assignmentId: assignment.id })
  const comment = await build.comment({ taskId: task.id, unitId: bureau.id, authorId: person.id, visibility: 'INTERNAL' })
  const remark = await build.comment({ taskId: task.id, unitId: bureau.id })
  const reminder = await build.reminder({ assignmentId: assignment.id })
  for (const dueOn of ['2026-12-30', '2026-12-31']) await world.sql('update task set due_on = $1', [dueOn])
  const [step] = await world.sql<Built>('select id from task_step')
  const year = await build.row('calendar_year', 'caly', { year: 2026, basis: '示发明电〔2025〕1号' })
  const holiday = await build.row('calendar_day', 'cald', { yearId: year.id, on: '2026-10-01', kind: 'HOLIDAY', name: '国庆节' })
  const rules = await build.row('supervision_policy', 'supp', { divisionId: province.id, name: '规则', validFrom: '2020-01-01', basisId: mandate['basis_id'], acceptWithinDays: 3, reportEveryDays: 10 })
  const light = await build.row('light_rule', 'lrul', { policyId: rules.id, level: 'LATE', colour: '红', trigger: 'DAYS_LATE', threshold: 1 })
  const conference = await build.conference({ convenorId: bureau.id, divisionId: province.id })
  const member = await build.row('conference_member', 'cmem', { conferenceId: conference.id, unitId: school.id, joinedOn: '2024-01-01' })
  const planned = await build.meeting({ conferenceId: conference.id, status: 'PLANNED', heldOn: today })
  const meeting = await build.meeting({ conferenceId: conference.id })
  const resolution = await build.resolution({ meetingId: meeting.id })
  const resolutionTask = await build.row('resolution_task', 'rtsk', { resolutionId: resolution.id, taskId: task.id })
  const attachment = await build.row('attachment', 'att', { taskId: task.id, assignmentId: assignment.id, fileName: 'a.pdf', mediaType: 'application/pdf', size: 1, sha256: '0'.repeat(64), unitId: bureau.id })
  const rule = await build.row('deduction_rule', 'drul', { divisionId: province.id, reason: 'RETURNED', points: '1', validFrom: '2020-01-01', basisId: mandate['basis_id'] })
  const period = await build.row('score_period', 'sper', { divisionId: province.id, month: '2026-10', computedOn: today, returnedReason: '有误' })
  const score = await build.unitScore({ periodId: period.id, unitId: bureau.id })
  const deduction = await build.deduction({ unitScoreId: score.id })
  return {
    province,
    office,
    bureau,
    branch,
    school,
    heir,
    apart,
    person,
    appointment,
    mandate,
    initiative,
    participation,
    milestone,
    target,
    report,
    task,
    assignment,
    step: step!,
    year,
    holiday,
    rules,
    light,
    conference,
    member,
    planned,
    meeting,
    resolution,
    resolutionTask,
    attachment,
    progress,
    review,
    extension,
    comment,
    remark,
    rule,
    period,
    score,
    deduction,
    reminder,
  }
}
export type Stage = Awaited<ReturnType<typeof foundation>>

const { reads, exists, acts } = casesOn<Stage>(world)
/** A task and its tracks in a state, the assignment of `bureau` leading where asked. */
const taskAt = (task: string, track: string, role: 'LEAD' | 'COOPERATING' = 'LEAD') => async () => {
  await world.sql(`update task set status = $1, suspended_from = case when $1 = 'SUSPENDED' then 'ISSUED' end, suspended_with = case when $1 = 'SUSPENDED' then id end, suspended_on = case when $1 = 'SUSPENDED' then cast($2 as date) end`, [task, today])
  await world.sql('update assignment set status = $1, role = $2', [track, role])
}
const onTask = (verb: string, before: ReturnType<typeof taskAt>, more: object | ((stage: Stage) => object) = {}, allowed = 'coordinator', denied = 'bureau DIRECTOR') =>
  acts(verb, (stage) => versioned('taskId', stage.task, typeof more === 'function' ? more(stage) : more), allowed, denied, before)
const onTrack = (verb: string, before: ReturnType<typeof taskAt>, more: object | ((stage: Stage) => object) = {}, allowed = 'coordinator', denied = 'bureau DIRECTOR') =>
  acts(verb, (stage) => versioned('assignmentId', stage.assignment, typeof more === 'function' ? more(stage) : more), allowed, denied, before)
const status = (value: string) => ({ initiative }: Stage) => world.sql('update initiative set status = $1 where id = $2', [value, initiative.id])
const [system, security] = ['bureau SYSTEM_ADMIN', 'bureau SECURITY_ADMIN']

const registry: Record<string, Case<any>> = {
  ...exists('Person', ({ person }) => person.id, 'apart CLERK', 'service:bi'),
  ...exists('Appointment', ({ appointment }) => appointment.id, security, 'bureau HR_OFFICER'),
  ...exists('Initiative', ({ initiative }) => initiative.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Participation', ({ participation }) => participation.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Milestone', ({ milestone }) => milestone.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('InitiativeUpdate', ({ report }) => report.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Task', ({ task }) => task.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Assignment', ({ assignment }) => assignment.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Attachment', ({ attachment }) => attachment.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('ProgressReport', ({ progress }) => progress.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Review', ({ review }) => review.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('ExtensionRequest', ({ extension }) => extension.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('Comment', ({ comment }) => comment.id, 'bureau HR_OFFICER', 'coordinator'),
  ...exists('Reminder', ({ reminder }) => reminder.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('TaskStep', ({ step }) => step.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...exists('JointConference', ({ conference }) => conference.id, 'school DIRECTOR', 'bureau AUDITOR'),
  ...exists('ConferenceMember', ({ member }) => member.id, 'bureau CLERK', 'apart DIRECTOR'),
  ...exists('Meeting', ({ meeting }) => meeting.id, 'coordinator', 'service:bi'),
  ...exists('Resolution', ({ resolution }) => resolution.id, 'school DIRECTOR', 'bureau SECURITY_ADMIN'),
  ...exists('ResolutionTask', ({ resolutionTask }) => resolutionTask.id, 'school DIRECTOR', 'apart COORDINATOR'),
  ...exists('UnitScore', ({ score }) => score.id, 'bureau AUDITOR', 'school DIRECTOR'),
  ...exists('Deduction', ({ deduction }) => deduction.id, 'coordinator', 'apart DIRECTOR'),
  'AuditEntry/*': {
    allowed: 'bureau AUDITOR', denied: 'apart AUDITOR',
    async passes(login, { bureau }) {
      await world.as(system).run('mutation ($input: UnitUpdateInput!) { unitUpdate(input: $input) { userErrors { code } } }', { input: { idempotencyKey: 'a', unitId: bureau.id, expectedVersion: 1, shortName: '简' } })
      return (await world.as(login).run('{ auditEntries { totalCount } }')).data.auditEntries.totalCount > 0
    },
  },

  ...reads('Person', 'mobile', ({ person }) => person.id, 'bureau CLERK', 'school DIRECTOR'),
  ...reads('Person', 'nationalId', ({ person }) => person.id, 'bureau HR_OFFICER', 'bureau DIRECTOR'),
  ...reads('Person', 'birthDate', ({ person }) => person.id, 'person', 'apart HR_OFFICER'),
  ...reads('Person', 'partyMember', ({ person }) => person.id, 'bureau HR_OFFICER', 'coordinator'),
  ...reads('Attachment', 'contentPath', ({ attachment }) => attachment.id, 'school DIRECTOR', 'service:bi'),
  ...reads('Assignment', 'internalNote', ({ assignment }) => assignment.id, 'bureau CLERK', 'coordinator'),

  ...reads('Deduction', 'text', ({ deduction }) => deduction.id, 'bureau CLERK', 'bureau AUDITOR'),
  ...reads('Deduction', 'appealText', ({ deduction }) => deduction.id, 'coordinator', 'bureau AUDITOR'),
  ...reads('Deduction', 'decisionNote', ({ deduction }) => deduction.id, 'bureau DIRECTOR', 'service:bi'),

  ...acts('divisionCreate', () => ({ code: '340000', name: '甲省', level: 'PROVINCE' }), system, security),
  ...acts('divisionUpdate', ({ province }) => versioned('divisionId', province, { name: '改' }), system, 'coordinator'),
  ...acts('unitCreate', ({ province }) => ({ code: 'NEW', name: '新局', kind: 'HEALTH', divisionId: province.id, foundedOn: today }), system, security),
  ...acts('unitUpdate', ({ heir }) => versioned('unitId', heir, { shortName: '简' }), system, 'coordinator'),
  ...acts('unitRename', ({ heir }) => versioned('unitId', heir, { name: '新名', validFrom: today }), system, 'bureau DIRECTOR'),
  ...acts('unitEnd', ({ heir }) => versioned('unitId', heir, { endedOn: today }), system, security),
  ...acts('mandateCreate', ({ heir, mandate }) => ({ unitId: heir.id, role: 'RESPONSIBLE', mechanism: 'FUNDING', validFrom: today, basisId: mandate['basis_id'] }), security, system),
  ...acts('mandateUpdate', ({ mandate }) => versioned('mandateId', mandate, { validTo: today }), security, 'coordinator'),
  ...acts('mandateTransfer', ({ mandate, heir }) => versioned('mandateId', mandate, { unitId: heir.id, on: today, basisId: mandate['basis_id'] }), security, system),
  ...acts('personCreate', ({ bureau }) => ({ code: 'NEW', name: '示乙', unitId: bureau.id }), 'bureau HR_OFFICER', 'apart HR_OFFICER'),
  ...acts('personUpdate', ({ person }) => versioned('personId', person, { title: '处长' }), 'bureau HR_OFFICER', 'apart HR_OFFICER'),
  ...acts('appointmentCreate', ({ person, bureau }) => ({ personId: person.id, unitId: bureau.id, role: 'DIRECTOR', validFrom: today }), security, 'bureau HR_OFFICER'),
  ...acts('appointmentUpdate', ({ appointment }) => versioned('appointmentId', appointment, { validTo: today }), security, system),
  ...acts('calendarYearSet', () => ({ year: 2027, basis: '示发明电〔2026〕1号', days: [] }), system, security),
  ...acts('supervisionPolicySet', ({ apart, mandate }) => ({ divisionId: apart['division_id'], name: '规则', validFrom: today, basisId: mandate['basis_id'], acceptWithinDays: 3, reportEveryDays: 10, rules: [] }), system, 'coordinator'),
  ...acts('supervisionPolicyEnd', ({ rules }) => versioned('policyId', rules, { validTo: today }), system, 'coordinator'),
  ...acts('initiativeCreate', ({ province, bureau }) => ({ code: 'NEW', title: '新', mechanisms: ['FUNDING'], divisionId: province.id, visibility: 'NETWORK', leadUnitId: bureau.id }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('initiativeUpdate', ({ initiative }) => versioned('initiativeId', initiative, { title: '改' }), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('initiativePlan', ({ initiative }) => versioned('initiativeId', initiative), 'coordinator', 'bureau DIRECTOR', status('DRAFT')),
  ...acts('initiativeActivate', ({ initiative }) => versioned('initiativeId', initiative), 'coordinator', 'bureau DIRECTOR', status('PLANNED')),
  ...acts('initiativeSuspend', ({ initiative }) => versioned('initiativeId', initiative), 'coordinator', 'bureau DIRECTOR'),
  ...acts('initiativeClose', ({ initiative }) => versioned('initiativeId', initiative), 'coordinator', 'bureau DIRECTOR', () => world.sql(`update task set status = 'CLOSED'`)),
  ...acts('initiativeCancel', ({ initiative }) => versioned('initiativeId', initiative), 'coordinator', 'apart COORDINATOR'),
  ...acts('participationAdd', ({ initiative, branch }) => ({ initiativeId: initiative.id, unitId: branch.id, role: 'COOPERATING' }), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('participationUpdate', ({ participation }) => versioned('participationId', participation, { role: 'RESPONSIBLE' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('participationRemove', ({ participation }) => versioned('participationId', participation), 'coordinator', 'school DIRECTOR'),
  ...exists('InitiativeTarget', ({ target }) => target.id, 'school DIRECTOR', 'apart DIRECTOR'),
  ...acts('initiativeTargetAdd', ({ initiative }) => ({ initiativeId: initiative.id, measure: 'POSTS_OPENED', amount: '3' }), 'bureau DIRECTOR', 'bureau CLERK'),
  ...acts('initiativeTargetUpdate', ({ target }) => versioned('targetId', target, { amount: '4' }), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('initiativeTargetRemove', ({ target }) => versioned('targetId', target), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('milestoneAdd', ({ initiative }) => ({ initiativeId: initiative.id, title: '二', dueOn: today }), 'bureau DIRECTOR', 'bureau CLERK'),
  ...acts('milestoneUpdate', ({ milestone }) => versioned('milestoneId', milestone, { title: '二' }), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('initiativeReport', ({ initiative }) => ({ initiativeId: initiative.id, health: 'ON_TRACK', text: '好' }), 'bureau DIRECTOR', 'bureau AUDITOR'),
  ...acts('taskCreate', ({ initiative, bureau }) => ({ code: 'NEW', title: '新', source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: bureau.id }), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('taskUpdate', ({ task }) => versioned('taskId', task, { title: '改' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('taskAssign', ({ task, school }) => ({ taskId: task.id, unitId: school.id, role: 'LEAD' }), 'coordinator', 'apart COORDINATOR'),
  ...Object.assign({}, ...['Total', 'Open', 'Overdue', 'Progress'].flatMap((figure) => [
    reads('Task', `descendants${figure}`, ({ task }) => task.id, 'coordinator', 'school DIRECTOR'),
    reads('Assignment', `descendants${figure}`, ({ assignment }) => assignment.id, 'bureau CLERK', 'school DIRECTOR'),
  ])),
  ...reads('Task', 'closeOutCheck', ({ task }) => task.id, 'coordinator', 'bureau DIRECTOR', '{ code }'),
  ...onTask('taskPropose', taskAt('DRAFT', 'PROPOSED')),
  ...onTask('taskIssue', taskAt('PENDING_ISSUE', 'PROPOSED')),
  ...onTask('taskWithdraw', taskAt('ISSUED', 'ISSUED')),
  ...onTask('taskReturn', taskAt('REPORTED', 'REPORTED'), ({ assignment }) => ({ reason: '重办', assignments: [{ assignmentId: assignment.id, dueOn: '2026-12-31' }] })),
  ...onTask('taskComplete', taskAt('REPORTED', 'REPORTED')),
  ...onTask('taskClose', taskAt('COMPLETED', 'COMPLETED'), {}, 'coordinator', 'school DIRECTOR'),
  ...onTask('taskSuspend', taskAt('ISSUED', 'ISSUED'), { reason: '中止' }),
  ...onTask('taskResume', taskAt('SUSPENDED', 'ISSUED')),
  ...onTask('taskTerminate', taskAt('ISSUED', 'ISSUED'), { reason: '终止' }),
  'Mutation.tasksIssue': {
    allowed: 'coordinator', denied: 'bureau CLERK',
    async passes(login, { task }) {
      await taskAt('PENDING_ISSUE', 'PROPOSED')()
      const { data, codes } = await world.as(login).run('mutation ($inputs: [TaskIssueInput!]!) { tasksIssue(inputs: $inputs) { userErrors { code } } }', { inputs: [{ idempotencyKey: 'a', expectedVersion: 1, taskId: task.id }] })
      return codes.length === 0 && data.tasksIssue[0].userErrors.length === 0
    },
  },
  ...onTrack('assignmentAccept', taskAt('ISSUED', 'ISSUED'), {}, 'bureau CLERK', 'coordinator'),
  ...onTrack('assignmentRefuse', taskAt('ISSUED', 'ISSUED'), { reason: '拒收' }, 'bureau DIRECTOR', 'coordinator'),
  ...onTrack('assignmentStart', taskAt('ACCEPTED', 'ACCEPTED'), {}, 'bureau CLERK', 'school DIRECTOR'),
  ...onTrack('assignmentComplete', taskAt('REPORTED', 'REPORTED', 'COOPERATING')),
  ...onTrack('assignmentExcuse', taskAt('ISSUED', 'ISSUED', 'COOPERATING'), { reason: '免办' }),
  ...onTrack('assignmentHandOver', taskAt('ISSUED', 'ISSUED'), ({ school }) => ({ unitId: school.id, reason: '移交' })),
  ...acts('conferenceCreate', ({ province, bureau }) => ({ code: 'NEW', name: '新', divisionId: province.id, convenorId: bureau.id, foundedOn: today }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('conferenceUpdate', ({ conference }) => versioned('conferenceId', conference, { name: '改' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('conferenceMemberAdd', ({ conference, heir }) => ({ conferenceId: conference.id, unitId: heir.id }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('conferenceMemberUpdate', ({ member }) => versioned('conferenceMemberId', member, { leftOn: today }), 'coordinator', 'school DIRECTOR'),
  ...acts('meetingPlan', ({ conference }) => ({ conferenceId: conference.id, title: '新', heldOn: today }), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('meetingUpdate', ({ meeting }) => versioned('meetingId', meeting, { title: '改' }), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('meetingHold', ({ planned }) => versioned('meetingId', planned), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('meetingCancel', ({ planned }) => versioned('meetingId', planned), 'coordinator', 'bureau HR_OFFICER'),
  ...acts('resolutionAdd', ({ meeting }) => ({ meetingId: meeting.id, text: '新' }), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('resolutionNote', ({ resolution }) => versioned('resolutionId', resolution), 'bureau DIRECTOR', 'school DIRECTOR'),
  ...acts('resolutionDrop', ({ resolution }) => versioned('resolutionId', resolution), 'coordinator', 'bureau HR_OFFICER'),
  ...acts('resolutionToTask', ({ resolution, office }) => versioned('resolutionId', resolution, { code: 'NEW', title: '新', issuingUnitId: office.id }), 'coordinator', 'bureau CLERK'),
  ...acts('assignmentUpdate', ({ assignment, person }) => versioned('assignmentId', assignment, { personId: person.id }), 'bureau CLERK', 'coordinator'),
  ...acts('attachmentAdd', ({ task, assignment }) => ({ taskId: task.id, assignmentId: assignment.id, fileName: 'a.txt', mediaType: 'text/plain', content: 'YQ==' }), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('attachmentWithdraw', ({ attachment }) => versioned('attachmentId', attachment), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('progressReport', ({ assignment }) => versioned('assignmentId', assignment, { periodFrom: today, periodTo: today, percent: 50, text: '进展' }), 'bureau CLERK', 'coordinator'),
  ...acts('reviewAdd', ({ assignment }) => ({ assignmentId: assignment.id, verdict: 'FAIR', text: '复核' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('extensionRequest', ({ assignment }) => versioned('assignmentId', assignment, { newDueOn: '2026-12-30', reason: '会签', progressSoFar: '过半' }), 'bureau CLERK', 'coordinator', async ({ extension }) => {
    await world.sql(`update extension_request set status = 'WITHDRAWN' where id = $1`, [extension.id])
    await world.sql(`update assignment set due_on = '2026-12-01'`)
  }),
  ...acts('extensionWithdraw', ({ extension }) => versioned('requestId', extension), 'bureau CLERK', 'coordinator'),
  ...acts('extensionDecide', ({ extension }) => versioned('requestId', extension, { approve: false, note: '理由不足' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('reminderSend', ({ assignment }) => ({ assignmentId: assignment.id, level: 'LATE', text: '催办' }), 'coordinator', 'bureau DIRECTOR'),
  'Mutation.remindersSend': {
    allowed: 'coordinator', denied: 'bureau CLERK',
    async passes(login, { assignment }) {
      const { data, codes } = await world.as(login).run('mutation ($inputs: [ReminderSendInput!]!) { remindersSend(inputs: $inputs) { userErrors { code } } }', { inputs: [{ idempotencyKey: 'a', assignmentId: assignment.id, level: 'LATE', text: '催办' }] })
      return codes.length === 0 && data.remindersSend[0].userErrors.length === 0
    },
  },
  ...acts('commentAdd', ({ task, bureau }) => ({ taskId: task.id, unitId: bureau.id, visibility: 'ALL', text: '批注' }), 'bureau CLERK', 'school DIRECTOR'),
  ...acts('deductionRuleSet', ({ province, mandate }) => ({ divisionId: province.id, reason: 'LATE_REPORT', points: '2', validFrom: today, basisId: mandate['basis_id'] }), system, 'coordinator'),
  ...acts('deductionRuleEnd', ({ rule }) => versioned('ruleId', rule, { validTo: today }), system, 'coordinator'),
  ...acts('scorePeriodCompute', ({ province }) => ({ divisionId: province.id, month: '2026-09' }), 'coordinator', 'bureau DIRECTOR'),
  ...reads('ScorePeriod', 'returnedReason', ({ period }) => period.id, 'coordinator', 'bureau DIRECTOR'),
  ...acts('scorePeriodSubmit', ({ period }) => versioned('periodId', period), 'coordinator', 'bureau DIRECTOR', () => world.sql(`update deduction set appeal_status = 'UPHELD', decided_on = appealed_on`)),
  // The head of the province's LEADERSHIP unit comes with the returns.
  ...acts('scorePeriodApprove', ({ period }) => versioned('periodId', period), 'return leader', 'coordinator', () => world.sql(`update score_period set status = 'SUBMITTED', submitted_on = computed_on`)),
  ...acts('scorePeriodSendBack', ({ period }) => versioned('periodId', period, { reason: '有误' }), 'return leader', 'coordinator', () => world.sql(`update score_period set status = 'SUBMITTED', submitted_on = computed_on`)),
  ...acts('scorePeriodPublish', ({ period }) => versioned('periodId', period), 'coordinator', 'bureau DIRECTOR', async () => {
    await world.sql(`update score_period set status = 'OPEN', submitted_on = null, approved_on = null where status <> 'PUBLISHED'`)
    await world.sql(`update deduction set appeal_status = 'UPHELD', decided_on = appealed_on`)
    return world.sql(`update score_period set status = 'APPROVED', submitted_on = computed_on, approved_on = computed_on`)
  }),
  ...acts('deductionAdd', ({ score }) => ({ unitScoreId: score.id, points: '1', text: '扣分', occurredOn: '2026-10-01' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('deductionAppeal', ({ deduction }) => versioned('deductionId', deduction, { appealText: '申诉' }), 'bureau DIRECTOR', 'bureau CLERK', () => world.sql(`update deduction set appeal_status = 'NONE', appealed_on = null`)),
  ...acts('deductionDecide', ({ deduction }) => versioned('deductionId', deduction, { uphold: true, note: '维持' }), 'coordinator', 'bureau DIRECTOR'),
  ...acts('commentWithdraw', ({ comment }) => versioned('commentId', comment), 'person', 'bureau DIRECTOR'),
  ...Object.assign({}, ...parts.map(({ registry: own }, at) => Object.fromEntries(Object.entries(own).map(([key, one]) => [key, { ...one, passes: (login: string, stage: object) => one.passes(login, ofPart(stage, at)) }])))),
}

const decides = (guard: Guard | undefined) => guard !== undefined && guard.kind !== 'open' && guard.kind !== 'signedIn'
const policy = new Policy(modules.map(({ name, access, scopes }) => ({ module: name, tables: access, scopes })))
const guarded = [
  ...[...policy.rows].flatMap(([type, rows]) => [...rows].filter(([, { row }]) => doors.some((door) => decides(row[door]))).map(([field]) => `${type}.${field}`)),
  ...[...policy.scopes.values()].filter(({ rows }) => decides(rows)).map(({ type }) => `${type}/*`),
]

test('every guarded row and scope has an entry, and every entry its row', () => {
  expect(guarded.filter((key) => !registry[key])).toEqual([])
  expect(Object.keys(registry).filter((key) => !guarded.includes(key))).toEqual([])
})

describe.each(guarded.filter((key) => registry[key]))('%s', (key) => {
  const { allowed, denied, passes } = registry[key]!

  // Who reads, and who is refused, leaves nothing behind, so one stage serves until somebody has acted.
  it(`keeps out ${denied}, lets in ${allowed}, and would be missed if it were removed or let everybody in`, async () => {
    const isRead = !key.startsWith('Mutation.')
    const rows = await staged()
    expect(await passes(denied, rows)).toBe(false)
    expect(await survives(`${key} removed`, mutated(key, never, () => passes(allowed, rows)))).toBe(false)
    const opened = () => survives(`${key} opened`, mutated(key, open, () => passes(admitted[key] ?? denied, rows)).then((isLetIn) => !isLetIn))
    if (isRead) expect(await opened()).toBe(false)
    expect(await passes(allowed, rows)).toBe(true)
    if (isRead) return
    await world.clear()
    await staged()
    expect(await opened()).toBe(false)
  })
})

/** Who shows that an opened row lets in too many, where the one kept out does not see the row at all. */
const admitted: Record<string, string> = { 'Mutation.appointmentUpdate': 'person', 'Mutation.initiativeCancel': 'bureau DIRECTOR', 'Mutation.taskAssign': 'bureau DIRECTOR' }

const mutants: string[] = []
const survivors: string[] = []
/** Notes a changed rule, and whether it passed for the right one. */
async function survives(mutant: string, isUnnoticed: Promise<boolean>): Promise<boolean> {
  mutants.push(mutant)
  const is = await isUnnoticed
  if (is) survivors.push(mutant)
  return is
}
afterAll(() => say(`A6: ${mutants.length} changed rules (${guarded.length} guarded rows and scopes removed and opened, open rows removed), ${survivors.length} survivors ${survivors.join(', ')}`))

/** Runs with one row or scope replaced: the policy of this very server, put back afterwards. */
async function mutated<T>(key: string, guard: Guard, work: () => Promise<T>): Promise<T> {
  const { policy: live } = world.backbone.engine
  const [type, field] = key.split(/[./]/) as [string, string]
  const place = field === '*' ? (live.scopes.get(type) as { rows: Guard }) : live.rows.get(type)!.get(field)!
  // Rows are changed in place, since shield holds them too; one object may serve several fields, so what was there is copied first.
  const before = 'rows' in place ? { rows: place.rows } : { row: { ...place.row }, when: place.act?.when }
  if ('rows' in place) place.rows = guard
  else {
    Object.assign(place.row, { read: guard, write: guard })
    if (place.act) place.act.when = guard
  }
  try {
    return await work()
  } finally {
    if ('rows' in place) place.rows = before.rows!
    else {
      for (const name of Object.keys(place.row)) delete (place.row as unknown as Record<string, unknown>)[name]
      Object.assign(place.row, before.row)
      if (place.act) place.act.when = before.when!
    }
  }
}

describe('open rows', () => {
  const ids = (stage: Stage): Record<string, string> => ({
    Division: stage.province.id, Unit: stage.bureau.id, Person: stage.person.id, Mandate: stage.mandate.id, PolicyDocument: stage.mandate['basis_id'] as string,
    Initiative: stage.initiative.id, Participation: stage.participation.id, Milestone: stage.milestone.id, InitiativeTarget: stage.target.id, InitiativeUpdate: stage.report.id, Task: stage.task.id, Assignment: stage.assignment.id, TaskStep: stage.step.id, Attachment: stage.attachment.id,
    CalendarYear: stage.year.id, CalendarDay: stage.holiday.id, SupervisionPolicy: stage.rules.id, LightRule: stage.light.id,
    JointConference: stage.conference.id, ConferenceMember: stage.member.id, Meeting: stage.meeting.id, Resolution: stage.resolution.id, ResolutionTask: stage.resolutionTask.id,
    ProgressReport: stage.progress.id, Review: stage.review.id, ExtensionRequest: stage.extension.id, Comment: stage.remark.id,
    DeductionRule: stage.rule.id, ScorePeriod: stage.period.id, UnitScore: stage.score.id, Deduction: stage.deduction.id,
    Reminder: stage.reminder.id,
    ...Object.assign({}, ...parts.map((part, at) => part.ids(ofPart(stage, at)))),
  })
  const openFields = (type: string) => [...policy.rows.get(type)!].filter(([, { row }]) => row.read.kind === 'open').map(([field]) => field)
  const selection = (type: string, field: string): string => {
    const of = getNamedType((world.backbone.schema.getType(type) as GraphQLObjectType).getFields()[field]!.type)
    return isLeafType(of) ? field : `${field} { __typename }`
  }
  const hidden = async (type: string, id: string, fields: string[]) => {
    const document = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields.map((field) => selection(type, field)).join(' ')} } } }`
    // A field that cannot be null says so loudly when it is hidden.
    const loud = (error: Error) => ({ masked: { [/non-nullable field (\w+\.\w+)/.exec(error.message)![1]!]: 1 } })
    const { masked } = await world.as('coordinator').run(document, { id }).catch(loud)
    return Object.keys(masked)
  }

  it('are read by whoever sees the row, and each would be missed', async () => {
    const stage = await staged()
    let count = 0
    for (const [type, id] of Object.entries(ids(stage))) {
      const fields = openFields(type)
      expect(await hidden(type, id, fields)).toEqual([])
      for (const field of fields) {
        const told = await mutated(`${type}.${field}`, never, () => hidden(type, id, [field]))
        expect(await survives(`${type}.${field} removed`, Promise.resolve(told.join() !== `${type}.${field}`))).toBe(false)
        count++
      }
    }
    expect(count).toBeGreaterThan(100)
  }, 60_000)
})
