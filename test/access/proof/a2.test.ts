/** A2: the same cell by every path of the schema: the same verdict, and the same text. */
import { expect, it } from '@jest/globals'
import { getNamedType, isObjectType, type GraphQLInputObjectType } from 'graphql'
import { isFollowed } from '../../../src/reporting/changes/index.js'
import { pages } from '../oracle/pages.js'
import type { Row } from '../oracle/snapshot.js'
import { coordinates, inDivision, ownUnit, unitOfPerson, type Viewer } from '../oracle/words.js'
import { useWorld } from '../../support/world.js'
import { Documents, type Part, type Root } from './documents.js'
import { Judge, Tally } from './judge.js'
import { load, makeNetwork, type Network } from './network.js'
import { isFull, random, say, seedOfRun as seedGiven } from './random.js'
import { leadsTo, nodeTypes, rootsOf } from './schema-paths.js'

// With this seed the short form's few people walk every path; an act that nobody may do on the generated rows would leave one out.
const seedOfRun = isFull || process.env['HELI_SEED'] ? seedGiven : 470_150_468

const world = useWorld({ comparing: 4 })
const asType = (type: string) => world.backbone.schema.getType(type) as never as { getFields(): Record<string, any> }

/** Every way in which the schema answers an object of the network; what groups have in common is compared in groups.test.ts. */
function pathsOfSchema(): string[] {
  const { schema } = world.backbone
  const owners = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__') && !/(Connection|Edge|GroupKeys)$/.test(type.name))
  const leading = owners.flatMap((owner) => Object.values(asType(owner.name).getFields()).filter((field) => ['one', 'list', 'connection'].includes(leadsTo(field).kind) || ['Node', '_Entity'].includes((getNamedType(field.type) as unknown as { name: string }).name)).map((field) => `${owner.name}.${field.name}`))
  return [...leading, ...(schema.getSubscriptionType() ? ['Subscription'] : [])].sort()
}

/** Acts whose payload is compared with a read below; the payloads of the others are made by the same reader and belong to the story of each act. */
const acts = ['appointmentUpdate', 'assignmentUpdate', 'conferenceMemberUpdate', 'divisionUpdate', 'initiativeUpdate', 'mandateUpdate', 'meetingUpdate', 'milestoneUpdate', 'participationUpdate', 'personUpdate', 'taskUpdate', 'unitUpdate']
const payloadsElsewhere = [
  'AgencyProfilePayload.agencyProfile',
  'AgencySupportPayload.agencySupport',
  'AllocationPayload.allocation',
  'AppointmentCreatePayload.appointment',
  'AssignmentStepPayload.assignment',
  'AssociationMembershipPayload.associationMembership',
  'AttachmentAddPayload.attachment',
  'AttachmentWithdrawPayload.attachment',
  'AwardPayload.award',
  'BidPayload.bid',
  'BudgetLinePayload.budgetLine',
  'CalendarYearSetPayload.calendarYear',
  'CommendationPayload.commendation',
  'CommentPayload.comment',
  'ComplaintPayload.complaint',
  'ConferenceCreatePayload.conference',
  'ConferenceMemberAddPayload.conferenceMember',
  'ConferenceUpdatePayload.conference',
  'ConsultationPayload.consultation',
  'ContinuingEducationRulePayload.continuingEducationRule',
  'ContractMilestonePayload.contractMilestone',
  'ContractPayload.contract',
  'DeductionPayload.deduction',
  'DeductionRulePayload.deductionRule',
  'DisbursementPayload.disbursement',
  'DivisionCreatePayload.division',
  'DivisionStatisticPayload.divisionStatistic',
  'EmploymentPayload.employment',
  'EvaluationPayload.evaluation',
  'ExportPayload.exportJob',
  'ExtensionPayload.extension',
  'IncentiveMeasurePayload.incentiveMeasure',
  'IndicatorFiguresPayload.division',
  'IndicatorThresholdPayload.indicatorThreshold',
  'InitiativeCreatePayload.initiative',
  'InitiativeReportPayload.initiativeUpdate',
  'InitiativeStepPayload.initiative',
  'InitiativeTargetPayload.target',
  'InitiativeTargetRemovePayload.initiative',
  'KeyActivityPayload.keyActivity',
  'LotPayload.lot',
  'MandateCreatePayload.mandate',
  'MandateTransferPayload.mandate',
  'MeetingCancelPayload.meeting',
  'MeetingHoldPayload.meeting',
  'MeetingPlanPayload.meeting',
  'MicroPaymentPayload.microPayment',
  'MicroProjectPayload.microProject',
  'MilestoneAddPayload.milestone',
  'NeedsSurveyPayload.needsSurvey',
  'OpeningBalancePayload.openingBalance',
  'OpeningCountPayload.openingCount',
  'ParticipationAddPayload.participation',
  'ParticipationRemovePayload.initiative',
  'PayGuidancePayload.payGuidance',
  'PayPublicationPayload.payPublication',
  'PayRecordPayload.payRecord',
  'PayThresholdPayload.payThreshold',
  'PaymentPayload.payment',
  'PeriodLockPayload.periodLock',
  'PersonCreatePayload.person',
  'PilotPayload.pilot',
  'PlanInclusionPayload.planInclusion',
  'PostPayload.post',
  'ProcurementPayload.procurement',
  'ProgressReportPayload.report',
  'PublicityActivityPayload.publicityActivity',
  'QualificationPayload.qualification',
  'RecordingCoveragePayload.recordingCoverage',
  'ReminderPayload.reminder',
  'ResolutionAddPayload.resolution',
  'ResolutionStepPayload.resolution',
  'ResolutionToTaskPayload.resolutionTask',
  'ReturnCorrectionPayload.correction',
  'ReturnFormPayload.returnForm',
  'ReturnSubmissionPayload.submission',
  'ReturnTextPayload.returnText',
  'ReviewAddPayload.review',
  'ScorePeriodPayload.scorePeriod',
  'ServicePlanPayload.servicePlan',
  'ServiceRecordPayload.serviceRecord',
  'SocialWorkSectionPayload.socialWorkSection',
  'SocialWorkerPayload.socialWorker',
  'StationPayload.station',
  'SupervisionPayload.supervision',
  'SupervisionPolicyEndPayload.supervisionPolicy',
  'SupervisionPolicySetPayload.supervisionPolicy',
  'SupervisionRatioPayload.supervisionRatio',
  'SupervisionSessionPayload.supervisionSession',
  'SupervisorPayload.supervisor',
  'TaskAssignPayload.assignment',
  'TaskCreatePayload.task',
  'TaskStepPayload.task',
  'TrainingAttendancePayload.trainingAttendance',
  'TrainingPayload.training',
  'UnitCreatePayload.unit',
  'UnitEndPayload.unit',
  'UnitRenamePayload.unit',
  'VolunteerNoticeRulePayload.volunteerNoticeRule',
  'VolunteerPayload.volunteer',
  'VolunteerServicePayload.volunteerService',
  'VolunteerTeamPayload.volunteerTeam',
  'VolunteerTrainingPayload.volunteerTraining',
  'WorkLogPayload.workLog',
  'WorkLogWeekPayload.employment',
]

/** What a return, and the rows behind a figure, lead to by the same reader; compared with reads of their own in test/reporting/returns.test.ts. */
const ledToByReturns = ['FigureRows.nodes', 'NationalReturn.division', 'NationalReturn.form', 'NationalReturn.submission']

it('every path of the schema answers what the others answer', async () => {
  say(`A2 seed ${seedOfRun}`)
  const began = Date.now()
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const chance = random(seedOfRun)
  const tally = new Tally()
  tally.values = new Map()
  const judge = new Judge(network.snapshot, tally)
  const documents = new Documents(world.backbone.schema, network.snapshot, chance)
  const walked = new Set<string>()
  const ask = async (viewer: Viewer, roots: Root[]) => {
    const asking = documents.ask(roots)
    judge.judge(viewer, asking, await world.as(viewer.login).run(asking.text, asking.variables, { isRouter: true }))
  }
  const roles = ['COORDINATOR', 'HR_OFFICER', 'CLERK', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'DIRECTOR']
  const viewers = roles.slice(0, isFull ? 7 : 3).flatMap((role) => chance.some(network.viewers.filter(({ places }) => places.some((place) => place.role === role)), 1))
  for (const viewer of viewers) {
    for (const type of Object.keys(pages)) {
      const rows = pages[type]!.rows(network.snapshot)
      const sample = chance.some(rows, isFull ? 150 : 24)
      const inside = [documents.everything(type, false, `${type}_`)]
      const ids = sample.map(({ id }) => id)
      for (const kind of ['nodes', '_entities'] as const) await ask(viewer, [{ kind, key: 'all', ids, types: ids.map(() => type), inside }])
      const { list, single } = rootsOf(world.backbone.schema, type)
      const some = sample.slice(0, 4)
      await ask(viewer, some.map(({ id }, at) => ({ kind: 'node', key: `n${at}`, field: 'node', id, type, inside: documents.everything(type, false) })))
      if (single) await ask(viewer, some.map(({ id }, at) => ({ kind: 'single', key: `n${at}`, field: single, id, type, inside: documents.everything(type, false) })))
      if (list && type !== 'AuditEntry') await ask(viewer, [{ kind: 'list', key: list, part: connection(documents, list, type, 200) }])
      if (list) walked.add(`Query.${list}`)
      if (single) walked.add(`Query.${single}`)
      // One step from each row to what its fields lead to.
      for (const { name, leads } of documents.fieldsOf(type)) {
        if (leads.kind === 'value' || leads.kind === 'value object') continue
        const further = documents.everything(leads.type, false)
        const part: Part = leads.kind === 'connection' ? connection(documents, name, leads.type, 20) : { key: name, field: name, leads, inside: further }
        const from = { type, parts: [documents.everything(type, false).parts.find(({ field }) => field === 'id')!, part], spreads: [] }
        await ask(viewer, [{ kind: 'nodes', key: 'step', ids: ids.slice(0, 24), types: ids.slice(0, 24).map(() => type), inside: [from] }])
        walked.add(`${type}.${name}`)
      }
    }
    if (viewer.personId) await ask(viewer, [{ kind: 'viewer', key: 'me', inside: documents.everything('Person', false) }])
    await chargedUnits(viewer, network)
    await posts(viewer)
    await questionsOfWork(viewer, network)
    await waitingRequests(viewer)
    await behindFigures(viewer, network)
    await feed(viewer, documents, chance)
  }
  for (const name of ['node', 'nodes', '_entities', 'coordinatingUnits', 'unitsInCharge', 'assignmentsWaitingForMe', 'tasksWaitingForMe', 'assignmentsOpenOn', 'extensionsWaitingForMe']) walked.add(`Query.${name}`)
  for (const name of ['Viewer.person', 'HeldRole.unit', 'Change.node', 'FigureRows.nodes']) walked.add(name)
  for (const name of await payloads(network, documents)) walked.add(name)
  say(`A2 seed ${seedOfRun}: ${walked.size} paths, ${tally.triples.size} triples by ${tally.checks} checks, ${tally.differences.length} differences, ${Date.now() - began} ms`)
  if (tally.differences.length > 0) say(tally.summary())
  expect(pathsOfSchema().filter((path) => !walked.has(path) && !payloadsElsewhere.includes(path) && !ledToByReturns.includes(path))).toEqual([])
  expect(tally.differences.length).toBe(0)
}, isFull ? 600_000 : 300_000)

function connection(documents: Documents, field: string, type: string, first: number): Part {
  return { key: field, field, leads: { kind: 'connection', type, hasFilter: true, hasOrder: true }, args: { first }, shape: { totalCount: true, nodes: true, edges: true }, inside: documents.everything(type, false) }
}

/** Who is in charge, asked by two questions of their own, against the mandates that everybody reads. */
async function chargedUnits(viewer: Viewer, { tables, snapshot }: Network): Promise<void> {
  const holds = (role: string) => tables.mandate.filter((one) => one.role === role && one.validFrom <= snapshot.today && (one.validTo === null || snapshot.today < one.validTo))
  for (const division of tables.division.slice(0, 4)) {
    const { data } = await world.as(viewer.login).run('query ($code: String!) { coordinatingUnits(divisionCode: $code) { totalCount nodes { id } } }', { code: division.code })
    const expected = holds('OVERALL_COORDINATION').filter(({ divisionId }) => divisionId === division.id).map(({ unitId }) => ({ id: unitId }))
    expect([viewer.login, division.code, data.coordinatingUnits]).toEqual([viewer.login, division.code, { totalCount: expected.length, nodes: expected }])
  }
  const { data } = await world.as(viewer.login).run('{ unitsInCharge(mechanism: FUNDING, first: 200) { nodes { id } } }')
  const expected = holds('RESPONSIBLE').filter(({ mechanism }) => mechanism === 'FUNDING').map(({ unitId }) => unitId).sort()
  expect(data.unitsInCharge.nodes.map(({ id }: Row) => id).sort()).toEqual(expected)
}

const running = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']

/** What waits for whom, and who had what: questions of their own, against the rows that the rules make visible. */
async function questionsOfWork(viewer: Viewer, { tables, snapshot }: Network): Promise<void> {
  const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).sort()
  const { places, personId } = viewer
  const tracks = tables.assignment.filter((row) => pages['Assignment']!.visible(viewer, row).allowed)
  const taskOf = ({ taskId }: { taskId: string }) => snapshot.one('task', taskId)!
  const mine = tracks.filter(
    (row) => ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED'].includes(row.status) && taskOf(row).status !== 'SUSPENDED' &&
      (places.some((place) => ['DIRECTOR', 'CLERK'].includes(place.role) && ownUnit(place, row.unitId)) || (personId !== null && [row.personId, row.liaisonId].includes(personId))),
  )
  const judged = tables.task.filter((row) => {
    const division = snapshot.one('initiative', row.initiativeId)?.divisionId ?? snapshot.one('unit', row.issuingUnitId)!.divisionId
    const mayIssue = places.some((place) => (coordinates(snapshot, place) && inDivision(snapshot, place, division)) || (row.parentId !== null && place.role === 'DIRECTOR' && ownUnit(place, row.issuingUnitId)))
    return ['PENDING_ISSUE', 'REPORTED', 'COMPLETED'].includes(row.status) && mayIssue && pages['Task']!.visible(viewer, row).allowed
  })
  const then = (row: { id: string; status: string }) => {
    const steps = snapshot.where('task_step', 'assignmentId', row.id).sort((a, b) => a.seq - b.seq)
    const last = steps.filter(({ onDay }) => onDay <= snapshot.today).at(-1)
    return last ? last.trackTo! : (steps[0]?.trackFrom ?? row.status)
  }
  const { data } = await world.as(viewer.login).run(`{ assignmentsWaitingForMe(first: 200) { nodes { id } } tasksWaitingForMe(first: 200) { nodes { id } } assignmentsOpenOn(asOf: "${snapshot.today}", first: 200) { totalCount nodes { id } } }`)
  expect({ login: viewer.login, mine: ids(data.assignmentsWaitingForMe.nodes), judged: ids(data.tasksWaitingForMe.nodes) }).toEqual({ login: viewer.login, mine: ids(mine), judged: ids(judged) })
  expect([viewer.login, data.assignmentsOpenOn.totalCount]).toEqual([viewer.login, tracks.filter((row) => running.includes(then(row))).length])
}

/** The rows behind a figure: the open tracks of a province that the viewer may see, each with the note that the viewer may read. */
async function behindFigures(viewer: Viewer, { tables, snapshot }: Network): Promise<void> {
  const isBelow = (divisionId: string): boolean => {
    const { code, parentId } = snapshot.one('division', divisionId)!
    return code === '330000' || (parentId !== null && isBelow(parentId))
  }
  const page = pages['Assignment']!
  const rows = tables.assignment.filter((row) => page.visible(viewer, row).allowed && running.includes(row.status) && isBelow(snapshot.one('unit', row.unitId)!.divisionId))
  const { data, codes } = await world.as(viewer.login).run('{ indicator(key: OVERDUE_SHARE, division: "330000", period: { year: 2026 }) { rows(of: DENOMINATOR, first: 200) { totalCount nodes { id ... on Assignment { internalNote } } } } }')
  const province = tables.division.find(({ code }) => code === '330000')!
  const mayAsk = viewer.places.length === 0 || viewer.places.some((place) => !['BI_READER', 'AUDITOR'].includes(place.role) || inDivision(snapshot, place, province.id))
  expect([viewer.login, codes]).toEqual([viewer.login, mayAsk ? [] : ['FORBIDDEN']])
  if (!mayAsk) return
  const note = page.fields['internalNote'] as Extract<typeof page.fields[string], { kind: 'value' }>
  const told = (row: (typeof rows)[number]) => ({ id: row.id, internalNote: note.readable!(viewer, row).allowed ? row.internalNote : null })
  const found = data.indicator.rows
  expect([viewer.login, found.totalCount, found.nodes.length]).toEqual([viewer.login, rows.length, Math.min(rows.length, 200)])
  const shown = new Map(rows.map((row) => [row.id, told(row)]))
  expect(found.nodes.map(({ id }: Row) => shown.get(id))).toEqual(found.nodes)
}

/** Requests for more time that wait for the viewer: whoever writes the task decides, and never on what he asked for himself. */
async function waitingRequests(viewer: Viewer): Promise<void> {
  const { snapshot, places, personId } = viewer
  const expected = snapshot.tables.extension_request.filter((row) => {
    const task = snapshot.one('task', row.taskId)!
    const division = snapshot.one('initiative', task.initiativeId)?.divisionId ?? snapshot.one('unit', task.issuingUnitId)!.divisionId
    const decides = places.some((place) => (coordinates(snapshot, place) && inDivision(snapshot, place, division)) || (task.parentId !== null && place.role === 'DIRECTOR' && ownUnit(place, task.issuingUnitId)))
    const counts = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED'].includes(snapshot.one('assignment', row.assignmentId)!.status) && task.status !== 'SUSPENDED'
    return row.status === 'PENDING' && counts && decides && (personId === null || row.requestedById !== personId) && pages['ExtensionRequest']!.visible(viewer, row).allowed
  })
  const { data } = await world.as(viewer.login).run('{ extensionsWaitingForMe(first: 200) { totalCount nodes { id } } }')
  expect([viewer.login, data.extensionsWaitingForMe]).toEqual([viewer.login, { totalCount: expected.length, nodes: expected.map(({ id }) => ({ id })).sort((a, b) => (a.id < b.id ? -1 : 1)) }])
}

async function posts(viewer: Viewer): Promise<void> {
  const { data } = await world.as(viewer.login).run('{ viewer { id posts { role unit { id } } } }')
  const told = data.viewer.posts.map(({ role, unit }: { role: string; unit: Row }) => `${role}@${unit.id}`).sort()
  expect([viewer.login, told]).toEqual([viewer.login, viewer.places.map(({ role, unit }) => `${role}@${unit.id}`).sort()])
}

/** Every field of a type, and of the objects that it leads to. */
const allOf = (documents: Documents, type: string): string =>
  documents.everything(type, true).parts.map((part) => (part.inside ? `${part.field} { ${documents.everything((part.leads as { type: string }).type, false).parts.map(({ field }) => field).join(' ')} }` : part.field)).join(' ')

/** The feed of changes begins with the rows that the rules make visible, each as it is read by its id. */
async function feed(viewer: Viewer, documents: Documents, chance: ReturnType<typeof random>): Promise<void> {
  const followed = Object.keys(pages).filter(isFollowed)
  for (const type of isFull ? followed : chance.some(followed, 12)) {
    const node = `... on ${type} { ${allOf(documents, type)} }`
    const expected = pages[type]!.rows(viewer.snapshot).filter((row) => pages[type]!.visible(viewer, row).allowed).map(({ id }) => id).sort()
    const { data } = await world.as(viewer.login).run(`query ($types: [String!]) { changes(types: $types, first: 1000) { hasMore changes { id kind node { ${node} } } } }`, { types: [type] })
    const told = data.changes.changes as { id: string; kind: string; node: unknown }[]
    expect([viewer.login, type, told.map(({ id, kind }) => `${kind} ${id}`).sort()]).toEqual([viewer.login, type, expected.map((id) => `UPSERT ${id}`)])
    const some = told.slice(0, 24)
    const read = await world.as(viewer.login).run(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${node} } }`, { ids: some.map(({ id }) => id) })
    expect([viewer.login, type, JSON.stringify(some.map((change) => change.node))]).toEqual([viewer.login, type, JSON.stringify(read.data.nodes)])
  }
}

let keys = 0
/** What an act answers of the row that it changed is what a read answers right after it, field by field. */
async function payloads(network: Network, documents: Documents): Promise<string[]> {
  const reached: string[] = []
  const { schema } = world.backbone
  const types = nodeTypes(schema).map(({ name }) => name)
  for (const act of acts) {
    const type = act.replace(/Update$/, '').replace(/^./, (letter) => letter.toUpperCase())
    expect(types).toContain(type)
    const input = getNamedType(schema.getMutationType()!.getFields()[act]!.args[0]!.type) as GraphQLInputObjectType
    const own = `${type[0]!.toLowerCase()}${type.slice(1)}`
    const change = { assignment: { internalNote: '改' }, person: { title: '改' }, task: { expectedResult: '改' }, initiative: { summary: '改' }, milestone: { title: '改' }, meeting: { title: '改' }, conferenceMember: { liaisonId: null }, participation: { role: 'COOPERATING' }, division: { name: '改' }, unit: { shortName: '改' }, mandate: {}, appointment: {} }[own]!
    const asked = allOf(documents, type)
    const text = `mutation ($input: ${input.name}!) { ${act}(input: $input) { ${own} { ${asked} } userErrors { code message } } }`
    let done = false
    for (const viewer of network.viewers) {
      if (done) break
      const seen = pages[type]!.rows(network.snapshot).filter((row) => pages[type]!.visible(viewer, row).allowed)
      // Most acts are for one's own unit, so its rows are tried first.
      const isNear = (row: Row) => viewer.places.some(({ unit }) => Object.values(row).includes(unit.id) || unitOfPerson(network.snapshot, row.id)?.id === unit.id)
      const rows = [...seen.filter(isNear).slice(-6), ...seen.slice(-6)]
      for (const row of rows) {
        if (done) break
        const required = own === 'mandate' || own === 'appointment' ? { validTo: '2031-01-01' } : change
        const { data } = await world.as(viewer.login).run(text, { input: { idempotencyKey: `${act}-${viewer.login}-${row.id}-${++keys}`, expectedVersion: 1, [`${own}Id`]: row.id, ...required } })
        const payload = data?.[act]?.[own]
        if (!payload) continue
        const read = await world.as(viewer.login).run(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${asked} } } }`, { id: row.id })
        expect([act, viewer.login, JSON.stringify(payload)]).toEqual([act, viewer.login, JSON.stringify(read.data.node)])
        reached.push(`${input.name.replace(/Input$/, 'Payload')}.${own}`)
        done = true
      }
    }
    if (!done) say(`  nobody could ${act} anything`)
  }
  return reached
}
