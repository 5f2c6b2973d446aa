import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()

const verbs = {
  taskPropose: ['Task', 'TaskStepInput'], taskIssue: ['Task', 'TaskIssueInput'], taskWithdraw: ['Task', 'TaskStepInput'], taskReturn: ['Task', 'TaskReturnInput'], taskComplete: ['Task', 'TaskStepInput'],
  taskClose: ['Task', 'TaskStepInput'], taskSuspend: ['Task', 'TaskReasonInput'], taskResume: ['Task', 'TaskStepInput'], taskTerminate: ['Task', 'TaskReasonInput'],
  assignmentAccept: ['Assignment', 'AssignmentAcceptInput'], assignmentRefuse: ['Assignment', 'AssignmentReasonInput'], assignmentStart: ['Assignment', 'AssignmentStepInput'],
  assignmentComplete: ['Assignment', 'AssignmentStepInput'], assignmentExcuse: ['Assignment', 'AssignmentReasonInput'], assignmentHandOver: ['Assignment', 'AssignmentHandOverInput'],
} as const
type Verb = keyof typeof verbs

const document = (verb: Verb) => {
  const [type, input] = verbs[verb]
  const key = type.toLowerCase()
  const fields = type === 'Task' ? 'id version status issuedOn dueOn completedOn closedOn suspendedOn policy { id }' : 'id version status dueOn acceptBy reportBy acceptedOn completedOn progress unit { id } person { id } task { status dueOn }'
  return `mutation ($input: ${input}!) { ${verb}(input: $input) { ${key} { ${fields} } userErrors { code field message } } }`
}

let keys = 0
const versionOf = async (id: string) => (await world.sql<{ version: number }>(`select version from ${id.startsWith('task_') ? 'task' : 'assignment'} where id = $1`, [id]))[0]!.version

/** What is asked of a row at its present version. */
async function act(login: string, verb: Verb, { id }: { id: string }, more: object = {}) {
  const input = { idempotencyKey: `k${++keys}`, expectedVersion: await versionOf(id), [verbs[verb][0] === 'Task' ? 'taskId' : 'assignmentId']: id, ...(verbs[verb][1].includes('Reason') || verb === 'assignmentHandOver' || verb === 'taskReturn' ? { reason: '因故' } : {}), ...more }
  const { data, codes } = await world.as(login).run(document(verb), { input })
  if (codes.length > 0) return { codes }
  const { userErrors, ...changed } = data[verb]
  const [row] = Object.values(changed) as any[]
  return { row, errors: userErrors.map(({ code, field }: { code: string; field: string }) => `${code} ${field}`) as string[] }
}
const done = async (login: string, verb: Verb, of: { id: string }, more: object = {}) => {
  const { row, errors, codes } = await act(login, verb, of, more)
  expect({ errors, codes }).toEqual({ errors: [], codes: undefined })
  return row
}
/** Everything but who asked when: equal before and after means that nothing was changed. */
const everything = () => world.sql(`select 't' as what, t::text as row from task t union all select 'a', a::text from assignment a union all select 's', s::text from task_step s union all select 'e', e::text from event e order by 1, 2`)
const refused = async (login: string, verb: Verb, of: { id: string }, more: object = {}) => {
  const before = await everything()
  const { errors, codes } = await act(login, verb, of, more)
  expect(await everything()).toEqual(before)
  return codes ?? errors
}

let office: Built, bureau: Built, school: Built, below: Built, task: Built, lead: Built, other: Built, committee: Built

async function put(status: string, tracks = status) {
  await world.sql(`update task set status = $1, issued_on = $2, suspended_from = case when $1 = 'SUSPENDED' then 'ISSUED' end, suspended_with = case when $1 = 'SUSPENDED' then id end, suspended_on = case when $1 = 'SUSPENDED' then cast($2 as date) end where id = $3`, [status, ['DRAFT', 'PENDING_ISSUE'].includes(status) ? null : '2026-11-16', task.id])
  await world.sql(`update assignment set status = $1 where task_id = $2`, [tracks, task.id])
}

beforeEach(async () => {
  const { build } = world
  const network = await build.network()
  office = network.office
  await build.calendar()
  const unit = (more: object = {}) => build.unit({ divisionId: network.province.id, ...more })
  ;[bureau, school, committee] = [await unit(), await unit({ kind: 'EDUCATION' }), await unit({ kind: 'PARTY_COMMITTEE' })]
  below = await unit({ lineParentId: bureau.id })
  await build.mandate({ unitId: committee.id, role: 'LEADERSHIP' })
  for (const [login, { id }, role] of [['bureau director', bureau, 'DIRECTOR'], ['bureau clerk', bureau, 'CLERK'], ['school director', school, 'DIRECTOR'], ['below director', below, 'DIRECTOR'], ['leader', committee, 'DIRECTOR'], ['auditor', bureau, 'AUDITOR']] as const) await build.person({ login, unit: id, role })
  const policy = await build.row('supervision_policy', 'supp', { divisionId: network.province.id, name: '规则', validFrom: '2020-01-01', basisId: (await build.document()).id, acceptWithinDays: 3, reportEveryDays: 10 })
  task = await build.task({ issuingUnitId: office.id, status: 'PENDING_ISSUE', dueOn: '2026-12-31' })
  lead = await build.assignment({ taskId: task.id, unitId: bureau.id, role: 'LEAD', status: 'PROPOSED' })
  other = await build.assignment({ taskId: task.id, unitId: school.id, status: 'PROPOSED', dueOn: '2026-12-15' })
  task['policy'] = policy.id
})

describe('a task', () => {
  it('goes from a proposal to a closed file', async () => {
    await put('DRAFT', 'PROPOSED')
    expect(await done('coordinator', 'taskPropose', task)).toMatchObject({ status: 'PENDING_ISSUE', issuedOn: null })
    expect(await done('coordinator', 'taskIssue', task, { dueOn: '2026-12-30' })).toMatchObject({ status: 'ISSUED', issuedOn: today, dueOn: '2026-12-30', policy: { id: task['policy'] } })
    expect(await world.sql('select role, status, due_on::text, accept_by::text from assignment order by role')).toEqual([
      { role: 'COOPERATING', status: 'ISSUED', due_on: '2026-12-15', accept_by: '2026-11-26' }, { role: 'LEAD', status: 'ISSUED', due_on: '2026-12-30', accept_by: '2026-11-26' },
    ])
    expect(await done('bureau clerk', 'assignmentAccept', lead)).toMatchObject({ status: 'ACCEPTED', acceptedOn: today, reportBy: '2026-12-07', task: { status: 'ACCEPTED' } })
    expect(await done('school director', 'assignmentAccept', other)).toMatchObject({ status: 'ACCEPTED', task: { status: 'ACCEPTED' } })
    expect(await done('bureau director', 'assignmentStart', lead)).toMatchObject({ status: 'IN_PROGRESS', task: { status: 'IN_PROGRESS' } })
    await put('REPORTED')
    expect(await done('coordinator', 'taskComplete', task)).toMatchObject({ status: 'COMPLETED', completedOn: today })
    expect(await refused('coordinator', 'taskClose', task)).toEqual(['UNITS_OPEN input.taskId'])
    expect(await done('coordinator', 'assignmentComplete', other)).toMatchObject({ status: 'COMPLETED', completedOn: today, task: { status: 'COMPLETED' } })
    expect(await done('coordinator', 'taskClose', task)).toMatchObject({ status: 'CLOSED', closedOn: today })
    expect(await world.sql(`select act, task_from, task_to, due_from::text, due_to::text from task_step where assignment_id is null and act is not null order by seq`)).toEqual([
      { act: 'taskPropose', task_from: 'DRAFT', task_to: 'PENDING_ISSUE', due_from: '2026-12-31', due_to: '2026-12-31' },
      { act: 'taskIssue', task_from: 'PENDING_ISSUE', task_to: 'ISSUED', due_from: '2026-12-31', due_to: '2026-12-30' },
      { act: 'assignmentAccept', task_from: 'ISSUED', task_to: 'ACCEPTED', due_from: '2026-12-30', due_to: '2026-12-30' },
      { act: 'assignmentStart', task_from: 'ACCEPTED', task_to: 'IN_PROGRESS', due_from: '2026-12-30', due_to: '2026-12-30' },
      { act: 'taskComplete', task_from: 'REPORTED', task_to: 'COMPLETED', due_from: '2026-12-30', due_to: '2026-12-30' },
      { act: 'taskClose', task_from: 'COMPLETED', task_to: 'CLOSED', due_from: '2026-12-30', due_to: '2026-12-30' },
    ])
  })

  it('is issued with a number of working days as well', async () => {
    expect(await done('coordinator', 'taskIssue', task, { dueInWorkingDays: 10 })).toMatchObject({ dueOn: '2026-12-07' })
    expect(await world.sql(`select due_on::text from assignment`)).toEqual([{ due_on: '2026-12-07' }, { due_on: '2026-12-07' }])
  })

  it('is not issued with a bad due day', async () => {
    const cases = [[{ dueOn: '2026-11-20' }, 'OUT_OF_RANGE input.dueOn'], [{ dueOn: '2026-12-05' }, 'NOT_A_WORKING_DAY input.dueOn'], [{ dueOn: '2028-03-01' }, 'CALENDAR_MISSING input.dueOn'],
      [{ dueInWorkingDays: 700 }, 'CALENDAR_MISSING input.dueInWorkingDays'], [{ dueOn: '2026-12-30', dueInWorkingDays: 3 }, 'AMBIGUOUS input.dueInWorkingDays'], [{ dueInWorkingDays: 0 }, 'OUT_OF_RANGE input.dueInWorkingDays']] as const
    for (const [given, fault] of cases) expect([given, await refused('coordinator', 'taskIssue', task, given)]).toEqual([given, [fault]])
    await world.sql('update task set due_on = null')
    expect(await refused('coordinator', 'taskIssue', task)).toEqual(['REQUIRED input.dueOn'])
  })

  it('is not issued without a lead, to a unit that has ended, or below a task that is not issued', async () => {
    await world.sql(`update assignment set role = 'COOPERATING'`)
    expect(await refused('coordinator', 'taskIssue', task)).toEqual(['NO_LEAD input.taskId'])
    await world.sql(`update assignment set role = 'LEAD' where id = $1`, [lead.id])
    await world.sql(`update unit set ended_on = $1 where id = $2`, [today, school.id])
    expect(await refused('coordinator', 'taskIssue', task)).toEqual(['ENDED input.taskId'])
    await world.sql(`update unit set ended_on = null`)
    const child = await world.build.task({ parentId: task.id, issuingUnitId: bureau.id, status: 'PENDING_ISSUE', dueOn: '2026-12-10', leadUnitId: below.id })
    expect(await refused('coordinator', 'taskIssue', child)).toEqual(['PARENT_NOT_ISSUED input.taskId'])
    await put('ISSUED')
    expect(await refused('bureau director', 'taskIssue', child, { dueOn: '2027-01-04' })).toEqual(['OUT_OF_RANGE input.dueOn'])
    expect(await done('bureau director', 'taskIssue', child)).toMatchObject({ status: 'ISSUED' })
  })

  it('is withdrawn before anybody accepted, and not after', async () => {
    await done('coordinator', 'taskIssue', task)
    await done('school director', 'assignmentRefuse', other)
    expect(await done('coordinator', 'taskWithdraw', task)).toMatchObject({ status: 'PENDING_ISSUE', issuedOn: null, policy: null })
    expect(await world.sql(`select status, accept_by from assignment`)).toEqual([{ status: 'PROPOSED', accept_by: null }, { status: 'PROPOSED', accept_by: null }])
    await done('coordinator', 'taskIssue', task)
    await done('school director', 'assignmentAccept', other)
    expect(await refused('coordinator', 'taskWithdraw', task)).toEqual(['ACCEPTED_ALREADY input.taskId'])
  })

  it('is returned to the lead, who does it again', async () => {
    await put('REPORTED')
    await world.sql(`update task set due_on = '2026-11-20'`)
    const again = await done('coordinator', 'taskReturn', task, { assignments: [{ assignmentId: lead.id, dueOn: '2026-12-01' }] })
    expect(again).toMatchObject({ status: 'RETURNED', dueOn: '2026-12-01' })
    expect(await done('bureau clerk', 'assignmentStart', lead)).toMatchObject({ status: 'IN_PROGRESS', dueOn: '2026-12-01', task: { status: 'IN_PROGRESS' } })
  })

  it('returned for a cooperating unit alone is reported again once that unit is no longer asked', async () => {
    await put('REPORTED')
    await done('coordinator', 'taskReturn', task, { assignments: [{ assignmentId: other.id, dueOn: '2026-12-01' }] })
    expect(await done('school director', 'assignmentStart', other)).toMatchObject({ status: 'IN_PROGRESS', task: { status: 'RETURNED' } })
    expect(await done('coordinator', 'assignmentExcuse', other)).toMatchObject({ status: 'EXCUSED', task: { status: 'REPORTED' } })
  })

  it('is not returned without saying what is to be redone by when', async () => {
    await put('REPORTED')
    const stranger = await world.build.assignment({ taskId: (await world.build.task()).id, unitId: school.id })
    const one = (assignmentId: string, dueOn = '2026-12-01') => ({ assignments: [{ assignmentId, dueOn }] })
    expect(await refused('coordinator', 'taskReturn', task, { assignments: [] })).toEqual(['REQUIRED input.assignments'])
    expect(await refused('coordinator', 'taskReturn', task, one(stranger.id))).toEqual(['UNKNOWN input.assignments.0.assignmentId'])
    expect(await refused('coordinator', 'taskReturn', task, one(lead.id, '2026-11-20'))).toEqual(['OUT_OF_RANGE input.assignments.0.dueOn'])
    expect(await refused('coordinator', 'taskReturn', task, one(lead.id, '2026-11-28'))).toEqual(['NOT_A_WORKING_DAY input.assignments.0.dueOn'])
    expect(await refused('coordinator', 'taskReturn', task, { assignments: [...one(lead.id).assignments, ...one(lead.id).assignments] })).toEqual(['TAKEN input.assignments.1.assignmentId'])
    await world.sql(`update assignment set status = 'ACCEPTED' where id = $1`, [other.id])
    expect(await refused('coordinator', 'taskReturn', task, one(other.id))).toEqual(['ILLEGAL_TRANSITION input.assignments.0.assignmentId'])
  })

  it('stands still while it is suspended, with all below it, and moves on by the working days lost', async () => {
    await put('IN_PROGRESS')
    await world.sql(`update assignment set accept_by = '2026-11-26', report_by = '2026-12-07'`)
    const child = await world.build.task({ parentId: task.id, issuingUnitId: bureau.id, status: 'IN_PROGRESS', dueOn: '2026-12-30' })
    const track = await world.build.assignment({ taskId: child.id, unitId: below.id, role: 'LEAD', dueOn: '2026-12-30' })
    const apart = await world.build.task({ parentId: task.id, issuingUnitId: bureau.id, status: 'IN_PROGRESS', dueOn: '2026-12-30', leadUnitId: below.id })
    await done('bureau director', 'taskSuspend', apart)
    expect(await done('coordinator', 'taskSuspend', task)).toMatchObject({ status: 'SUSPENDED', suspendedOn: today })
    expect(await refused('below director', 'assignmentHandOver', track, { unitId: school.id })).toEqual(['FORBIDDEN'])
    expect(await refused('bureau director', 'assignmentHandOver', track, { unitId: school.id })).toEqual(['SUSPENDED input.assignmentId'])
    expect(await refused('bureau director', 'taskResume', child)).toEqual(['SUSPENDED_ABOVE input.taskId'])
    expect(await refused('coordinator', 'taskSuspend', task)).toEqual(['ILLEGAL_TRANSITION input.taskId'])
    const { data } = await world.as('coordinator').run('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Assignment { isOverdue daysLate } } }', { ids: [track.id] })
    expect(data.nodes).toEqual([{ isOverdue: false, daysLate: null }])
    // Suspended a week ago: five working days.
    await world.sql(`update task set suspended_on = '2026-11-16' where status = 'SUSPENDED'`)
    expect(await done('coordinator', 'taskResume', task)).toMatchObject({ status: 'IN_PROGRESS', dueOn: '2027-01-07', suspendedOn: null })
    expect(await world.sql('select status, due_on::text from task order by id')).toEqual([{ status: 'IN_PROGRESS', due_on: '2027-01-07' }, { status: 'IN_PROGRESS', due_on: '2027-01-06' }, { status: 'SUSPENDED', due_on: '2026-12-30' }])
    expect(await world.sql('select due_on::text, accept_by::text, report_by::text from assignment where id = any($1) order by id', [[lead.id, other.id, track.id]])).toEqual([
      { due_on: '2027-01-07', accept_by: '2026-12-03', report_by: '2026-12-14' }, { due_on: '2026-12-22', accept_by: '2026-12-03', report_by: '2026-12-14' }, { due_on: '2027-01-06', accept_by: null, report_by: null },
    ])
  })

  it('is terminated with all below it; what was late stays in the history', async () => {
    await put('IN_PROGRESS')
    const child = await world.build.task({ parentId: task.id, issuingUnitId: bureau.id, status: 'ISSUED', dueOn: '2026-12-10', leadUnitId: below.id })
    const filed = await world.build.task({ parentId: task.id, issuingUnitId: bureau.id, status: 'CLOSED', dueOn: '2026-12-10' })
    expect(await done('coordinator', 'taskTerminate', task)).toMatchObject({ status: 'TERMINATED' })
    expect(await world.sql('select id, status from task order by id')).toEqual([{ id: task.id, status: 'TERMINATED' }, { id: child.id, status: 'TERMINATED' }, { id: filed.id, status: 'CLOSED' }])
    expect(await world.sql('select distinct status from assignment')).toEqual([{ status: 'TERMINATED' }])
    expect(await world.sql(`select distinct note, act from task_step where act is not null`)).toEqual([{ note: '因故', act: 'taskTerminate' }])
  })
})

describe('closing', () => {
  beforeEach(() => put('COMPLETED'))
  const check = async (login: string) => (await world.as(login).run('query ($id: ID!) { task(id: $id) { closeOutCheck { code } } }', { id: task.id })) as any

  it('waits for child tasks, and for each unit', async () => {
    const child = await world.build.task({ parentId: task.id, issuingUnitId: bureau.id, status: 'COMPLETED', leadUnitId: below.id })
    await world.sql(`update assignment set status = 'REPORTED' where id = $1`, [other.id])
    expect(await refused('coordinator', 'taskClose', task)).toEqual(['UNITS_OPEN input.taskId', 'CHILDREN_OPEN input.taskId'])
    expect((await check('coordinator')).data.task.closeOutCheck).toEqual([{ code: 'UNITS_OPEN' }, { code: 'CHILDREN_OPEN' }])
    await world.sql(`update task set status = 'TERMINATED' where id = $1`, [child.id])
    await world.sql(`update assignment set status = 'EXCUSED' where id = $1`, [other.id])
    expect((await check('coordinator')).data.task.closeOutCheck).toEqual([])
    await done('coordinator', 'taskClose', task)
  })

  it('is told to whoever may close, and hidden from others', async () => {
    for (const login of ['bureau director', 'school director']) expect(await check(login)).toMatchObject({ data: { task: { closeOutCheck: null } }, masked: { 'Task.closeOutCheck': 1 } })
  })

  it('is for somebody outside the lead unit', async () => {
    const [{ id }] = (await world.sql<{ id: string }>(`select person_id as id from account where subject = 'coordinator'`)) as [{ id: string }]
    await world.build.appointment({ personId: id, unitId: bureau.id, role: 'CLERK' })
    expect(await refused('coordinator', 'taskClose', task)).toEqual(['SEPARATION_OF_DUTIES input.taskId'])
  })

  it('is for somebody who did not report it', async () => {
    const [{ id }] = (await world.sql<{ id: string }>(`select person_id as id from account where subject = 'coordinator'`)) as [{ id: string }]
    await world.sql(`with told as (select set_config('heli.act', $1, true)) update assignment set status = 'REPORTED' from told where id = $2`, [JSON.stringify({ person: id }), lead.id])
    await world.sql(`update assignment set status = 'COMPLETED' where id = $1`, [lead.id])
    expect(await refused('coordinator', 'taskClose', task)).toEqual(['SEPARATION_OF_DUTIES input.taskId'])
  })

  it("is for the LEADERSHIP unit's director where the coordinator's own unit leads, and only there", async () => {
    expect(await refused('leader', 'taskClose', task)).toEqual(['FORBIDDEN'])
    await world.sql('update assignment set unit_id = $1 where id = $2', [office.id, lead.id])
    expect(await refused('coordinator', 'taskClose', task)).toEqual(['SEPARATION_OF_DUTIES input.taskId'])
    expect(await done('leader', 'taskClose', task)).toMatchObject({ status: 'CLOSED' })
  })
})

describe('an assignment', () => {
  it('is accepted with its people, of its own unit alone', async () => {
    await put('ISSUED')
    const [clerk, stranger] = await Promise.all(['bureau clerk', 'school director'].map(async (login) => (await world.sql<{ id: string }>('select person_id as id from account where subject = $1', [login]))[0]!.id))
    expect(await refused('bureau clerk', 'assignmentAccept', lead, { personId: stranger })).toEqual(['OUT_OF_RANGE input.personId'])
    expect(await done('bureau clerk', 'assignmentAccept', lead, { personId: clerk })).toMatchObject({ person: { id: clerk } })
  })

  it('that was refused is given again, to the same unit or to another', async () => {
    await put('ISSUED')
    expect(await done('bureau director', 'assignmentRefuse', lead)).toMatchObject({ status: 'REFUSED', acceptBy: null, task: { status: 'ISSUED' } })
    expect(await done('coordinator', 'assignmentHandOver', lead, { unitId: bureau.id })).toMatchObject({ status: 'ISSUED', unit: { id: bureau.id }, acceptBy: '2026-11-26' })
    expect(await refused('coordinator', 'assignmentHandOver', lead, { unitId: bureau.id })).toEqual(['TAKEN input.unitId'])
    expect(await refused('coordinator', 'assignmentHandOver', lead, { unitId: school.id })).toEqual(['TAKEN input.unitId'])
    expect(await done('coordinator', 'assignmentHandOver', lead, { unitId: committee.id })).toMatchObject({ status: 'ISSUED', unit: { id: committee.id }, person: null, progress: 0 })
    expect(await world.sql('select unit_from_id, unit_to_id, note from task_step where unit_from_id <> unit_to_id')).toEqual([{ unit_from_id: bureau.id, unit_to_id: committee.id, note: '因故' }])
  })

  it('of a lead under way takes the task back to ISSUED when it is handed over', async () => {
    await put('IN_PROGRESS')
    expect(await done('coordinator', 'assignmentHandOver', lead, { unitId: committee.id })).toMatchObject({ task: { status: 'ISSUED' } })
  })

  it('of the lead is neither excused nor completed by itself', async () => {
    await put('REPORTED')
    expect(await refused('coordinator', 'assignmentExcuse', lead)).toEqual(['LEAD_STAYS input.assignmentId'])
    expect(await refused('coordinator', 'assignmentComplete', lead)).toEqual(['LEAD_STAYS input.assignmentId'])
  })
})

const taskStates = ['DRAFT', 'PENDING_ISSUE', 'ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'CLOSED', 'SUSPENDED', 'TERMINATED']
const trackStates = ['PROPOSED', 'ISSUED', 'ACCEPTED', 'REFUSED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'EXCUSED', 'TERMINATED']
const underWay = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const legal: Record<Verb, readonly string[]> = {
  taskPropose: ['DRAFT'], taskIssue: ['PENDING_ISSUE'], taskWithdraw: ['ISSUED'], taskReturn: ['REPORTED'], taskComplete: ['REPORTED'], taskClose: ['COMPLETED'], taskSuspend: underWay, taskResume: ['SUSPENDED'],
  taskTerminate: ['DRAFT', 'PENDING_ISSUE', ...underWay, 'SUSPENDED'], assignmentAccept: ['ISSUED'], assignmentRefuse: ['ISSUED'], assignmentStart: ['ACCEPTED', 'RETURNED'], assignmentComplete: ['REPORTED'],
  assignmentExcuse: [...underWay, 'REFUSED'], assignmentHandOver: [...underWay, 'REFUSED'],
}

describe.each(Object.keys(verbs) as Verb[])('%s', (verb) => {
  const isTask = verbs[verb][0] === 'Task'
  const handler = ['assignmentAccept', 'assignmentRefuse', 'assignmentStart'].includes(verb)
  const own = handler ? 'school director' : 'coordinator'
  const subject = () => (isTask ? task : other)
  const good = () => (verb === 'taskReturn' ? { assignments: [{ assignmentId: lead.id, dueOn: '2026-12-31' }] } : verb === 'assignmentHandOver' ? { unitId: below.id } : {})
  const place = async (state: string) => {
    await world.sql('update assignment set unit_id = $1 where id = $2', [school.id, other.id])
    if (!isTask) await put('IN_PROGRESS', state)
    else await put(state, state === 'COMPLETED' ? 'COMPLETED' : state === 'REPORTED' ? 'REPORTED' : ['DRAFT', 'PENDING_ISSUE'].includes(state) ? 'PROPOSED' : 'ISSUED')
  }

  it('is done from every state that its lifecycle names, and from no other', async () => {
    for (const state of isTask ? taskStates : trackStates) {
      await place(state)
      if (legal[verb].includes(state)) expect([state, (await act(own, verb, subject(), good())).errors]).toEqual([state, []])
      else expect([state, await refused(own, verb, subject(), good())]).toEqual([state, [`ILLEGAL_TRANSITION input.${isTask ? 'taskId' : 'assignmentId'}`]])
    }
  })

  it('is refused to others, and to a stale version; repeated, it answers the same', async () => {
    await place(legal[verb][0]!)
    for (const login of handler ? ['coordinator', 'bureau director', 'auditor'] : ['bureau director', 'school director', 'auditor']) expect([login, await refused(login, verb, subject(), good())]).toEqual([login, ['FORBIDDEN']])
    expect(await refused(own, verb, subject(), { ...good(), expectedVersion: 77 })).toEqual(['CONFLICT input.expectedVersion'])
    const once = { ...good(), expectedVersion: await versionOf(subject().id), idempotencyKey: 'once' }
    const first = await done(own, verb, subject(), once)
    const after = await everything()
    expect(await done(own, verb, subject(), once)).toEqual(first)
    expect(await everything()).toEqual(after)
  })

  it('agrees with what viewerCan and nextActions told before', async () => {
    for (const state of isTask ? taskStates : trackStates) {
      for (const login of [own, 'bureau director']) {
        await place(state)
        const { data, errors } = await world.as(login).run(`query ($id: ID!) { node(id: $id) { ... on ${verbs[verb][0]} { viewerCan { ${verb} { allowed reasons { code message } } } nextActions { action allowed missing { code } } } } }`, { id: subject().id })
        expect(errors).toEqual([])
        const { allowed, reasons } = data.node.viewerCan[verb]
        const next = data.node.nextActions.find(({ action }: { action: string }) => action === verb)
        expect(next !== undefined).toBe(legal[verb].includes(state))
        if (next) expect(next.allowed).toBe(allowed)
        expect(allowed).toBe(reasons.length === 0)
        const { errors: faults, codes } = await act(login, verb, subject(), good())
        const told = codes ?? faults!.map((fault) => fault.split(' ')[0]!)
        expect({ state, login, told }).toEqual({ state, login, told: reasons.map(({ code }: { code: string }) => code) })
      }
    }
  })
})

describe('tasksIssue', () => {
  it('gives each its own result: what is refused leaves the others done', async () => {
    const early = await world.build.task({ issuingUnitId: office.id, status: 'PENDING_ISSUE', dueOn: '2026-12-05', leadUnitId: bureau.id })
    const closed = await world.build.task({ issuingUnitId: office.id, status: 'CLOSED', leadUnitId: bureau.id })
    const apart = await world.build.unit()
    await world.build.mandate({ unitId: apart.id, role: 'OVERALL_COORDINATION' })
    const foreign = await world.build.task({ issuingUnitId: apart.id, status: 'PENDING_ISSUE' })
    const input = (of: Built) => ({ idempotencyKey: of.id, expectedVersion: 1, taskId: of.id })
    const run = (inputs: object[]) => world.as('coordinator').run('mutation ($inputs: [TaskIssueInput!]!) { tasksIssue(inputs: $inputs) { task { id status } userErrors { code field } } }', { inputs })
    const { data, errors } = await run([early, task, closed, foreign].map(input))
    expect(errors).toEqual([])
    expect(data.tasksIssue).toEqual([
      { task: null, userErrors: [{ code: 'NOT_A_WORKING_DAY', field: 'input.dueOn' }] },
      { task: { id: task.id, status: 'ISSUED' }, userErrors: [] },
      { task: null, userErrors: [{ code: 'ILLEGAL_TRANSITION', field: 'input.taskId' }] },
      { task: null, userErrors: [{ code: 'NOT_FOUND', field: 'input.taskId' }] },
    ])
    expect((await run([])).codes).toEqual(['BAD_USER_INPUT'])
    expect((await run(Array.from({ length: 201 }, () => input(task)))).codes).toEqual(['BAD_USER_INPUT'])
  })
})

describe('as of a day', () => {
  const at = async (asOf: string) => (await world.as('coordinator').run(`query ($id: ID!, $asOf: Day) { task(id: $id) { statusAsOf(asOf: $asOf) dueOnAsOf(asOf: $asOf) isOverdue(asOf: $asOf) daysLate(asOf: $asOf)
    assignments { statusAsOf(asOf: $asOf) dueOnAsOf(asOf: $asOf) isOverdue(asOf: $asOf) unitAsOf(asOf: $asOf) { id } } } }`, { id: task.id, asOf })).data.task

  it('tells state, due day, unit and lateness as they were recorded', async () => {
    await world.sql(`update task set created_at = '2026-10-01T00:00:00Z'`)
    await world.sql(`update assignment set created_at = '2026-10-01T00:00:00Z'`)
    const on = (day: string, text: string, values: unknown[] = []) => world.sql(`with told as (select set_config('heli.act', '{"day":"${day}"}', true)) ${text}`, values)
    await on('2026-10-12', `update task set status = 'ISSUED', issued_on = '2026-10-12', due_on = '2026-11-02' from told`)
    await on('2026-10-12', `update assignment set status = 'ISSUED', due_on = '2026-11-02' from told`)
    await on('2026-11-04', `update task set due_on = '2026-11-30' from told`)
    await on('2026-11-04', `update assignment set due_on = '2026-11-30', unit_id = $1 from told where id = $2`, [committee.id, lead.id])
    expect(await at('2026-09-30')).toMatchObject({ statusAsOf: null, dueOnAsOf: null, isOverdue: false, daysLate: null })
    expect(await at('2026-10-11')).toMatchObject({ statusAsOf: 'PENDING_ISSUE', dueOnAsOf: '2026-12-31', isOverdue: false })
    expect(await at('2026-11-02')).toMatchObject({ statusAsOf: 'ISSUED', dueOnAsOf: '2026-11-02', isOverdue: false, daysLate: null })
    expect(await at('2026-11-03')).toMatchObject({ isOverdue: true, daysLate: 1, assignments: [{ statusAsOf: 'ISSUED', isOverdue: true, unitAsOf: { id: bureau.id } }, { unitAsOf: { id: school.id } }] })
    expect(await at('2026-11-04')).toMatchObject({ dueOnAsOf: '2026-11-30', isOverdue: false, assignments: [{ isOverdue: false, unitAsOf: { id: committee.id } }, { unitAsOf: { id: school.id } }] })
    const open = async (asOf: string) => (await world.as('coordinator').run('query ($asOf: Day!) { assignmentsOpenOn(asOf: $asOf) { nodes { id } } }', { asOf })).data.assignmentsOpenOn.nodes.map(({ id }: { id: string }) => id)
    expect(await open('2026-10-11')).toEqual([])
    expect(await open('2026-10-12')).toEqual([lead.id, other.id])
    await on('2026-11-10', `update assignment set status = 'EXCUSED' from told where id = $1`, [other.id])
    expect([await open('2026-11-09'), await open('2026-11-10')]).toEqual([[lead.id, other.id], [lead.id]])
  })
})

describe('lateness', () => {
  it('names what a unit is late with, and lists what waits for whom', async () => {
    await put('ISSUED')
    await world.sql(`update assignment set accept_by = '2026-11-20', due_on = '2026-11-19'`)
    await world.sql(`update assignment set status = 'IN_PROGRESS', report_by = '2026-11-20', due_on = '2026-12-01' where id = $1`, [other.id])
    const ask = async (login: string, document: string) => (await world.as(login).run(document)).data
    expect((await ask('coordinator', '{ assignments(orderBy: [{ field: DUE_ON }]) { nodes { overdueKinds daysLate } } }')).assignments.nodes).toEqual([{ overdueKinds: ['ACCEPTANCE', 'COMPLETION'], daysLate: 2 }, { overdueKinds: ['REPORT'], daysLate: null }])
    expect((await ask('coordinator', '{ assignments(filter: { overdueKinds: { has: REPORT } }) { nodes { id } } }')).assignments.nodes).toEqual([{ id: other.id }])
    expect((await ask('bureau clerk', '{ assignmentsWaitingForMe { nodes { id } } }')).assignmentsWaitingForMe.nodes).toEqual([{ id: lead.id }])
    expect((await ask('coordinator', '{ assignmentsWaitingForMe { nodes { id } } tasksWaitingForMe { nodes { id } } }'))).toEqual({ assignmentsWaitingForMe: { nodes: [] }, tasksWaitingForMe: { nodes: [] } })
    await put('REPORTED')
    expect((await ask('coordinator', '{ tasksWaitingForMe { nodes { id } } }')).tasksWaitingForMe.nodes).toEqual([{ id: task.id }])
    expect((await ask('bureau director', '{ tasksWaitingForMe { nodes { id } } }')).tasksWaitingForMe.nodes).toEqual([])
  })
})

describe('what child tasks add up to', () => {
  const figures = 'descendantsTotal descendantsOpen descendantsOverdue descendantsProgress'
  const ask = (login: string) => world.as(login).run(`query ($id: ID!) { task(id: $id) { ${figures} assignments { unit { id } ${figures} } } }`, { id: task.id })

  it('is told to coordinators and, of its own track, to the unit that decomposed it', async () => {
    await put('IN_PROGRESS')
    const child = (more: object) => world.build.task({ parentId: task.id, issuingUnitId: bureau.id, dueOn: '2026-12-10', ...more })
    const first = await child({ status: 'IN_PROGRESS', leadUnitId: below.id })
    await world.sql('update assignment set progress = 40 where task_id = $1', [first.id])
    const second = await child({ status: 'IN_PROGRESS', dueOn: '2026-11-20' })
    const grandchild = await world.build.task({ parentId: second.id, issuingUnitId: below.id, status: 'COMPLETED', dueOn: '2026-11-20' })
    await child({ status: 'TERMINATED', dueOn: '2026-11-20' })
    await child({ issuingUnitId: school.id, status: 'ISSUED', leadUnitId: below.id })
    expect(grandchild.id).toBeTruthy()
    const none = { descendantsTotal: null, descendantsOpen: null, descendantsOverdue: null, descendantsProgress: null }
    const ofBureau = { descendantsTotal: 3, descendantsOpen: 2, descendantsOverdue: 1, descendantsProgress: 70 }
    const ofSchool = { descendantsTotal: 1, descendantsOpen: 1, descendantsOverdue: 0, descendantsProgress: 0 }
    const tracks = (one: object, two: object) => [{ unit: { id: bureau.id }, ...one }, { unit: { id: school.id }, ...two }]
    expect((await ask('coordinator')).data.task).toEqual({ descendantsTotal: 4, descendantsOpen: 3, descendantsOverdue: 1, descendantsProgress: 47, assignments: tracks(ofBureau, ofSchool) })
    expect((await ask('bureau director')).data.task).toEqual({ ...none, assignments: tracks(ofBureau, none) })
    expect((await ask('school director')).data.task).toEqual({ ...none, assignments: tracks(none, ofSchool) })
    expect((await ask('school director')).masked).toMatchObject({ 'Task.descendantsTotal': 1, 'Assignment.descendantsOpen': 1 })
  })
})

describe('an initiative', () => {
  it('tells which steps its state allows, and that open tasks keep it from closing; the mutation agrees', async () => {
    const initiative = await world.build.initiative({ leadUnitId: bureau.id, divisionId: office['division_id'], status: 'ACTIVE' })
    await world.sql('update task set initiative_id = $1 where id = $2', [initiative.id, task.id])
    const ask = async (login: string) => (await world.as(login).run('query ($id: ID!) { initiative(id: $id) { viewerCan { initiativeClose { allowed reasons { code } } initiativePlan { allowed reasons { code } } } nextActions { action allowed missing { code } } } }', { id: initiative.id })).data.initiative
    expect(await ask('coordinator')).toEqual({
      viewerCan: { initiativeClose: { allowed: false, reasons: [{ code: 'IN_USE' }] }, initiativePlan: { allowed: false, reasons: [{ code: 'ILLEGAL_TRANSITION' }] } },
      nextActions: [{ action: 'initiativeSuspend', allowed: true, missing: [] }, { action: 'initiativeClose', allowed: false, missing: [{ code: 'IN_USE' }] }, { action: 'initiativeCancel', allowed: true, missing: [] }],
    })
    expect((await ask('bureau director')).viewerCan.initiativeClose).toEqual({ allowed: false, reasons: [{ code: 'FORBIDDEN' }] })
    const close = async () => (await world.as('coordinator').run('mutation ($input: InitiativeStepInput!) { initiativeClose(input: $input) { initiative { status } userErrors { code field } } }', { input: { idempotencyKey: `k${++keys}`, expectedVersion: 1, initiativeId: initiative.id } })).data.initiativeClose
    expect(await close()).toEqual({ initiative: null, userErrors: [{ code: 'IN_USE', field: 'input.initiativeId' }] })
    await put('TERMINATED')
    expect((await ask('coordinator')).viewerCan.initiativeClose).toEqual({ allowed: true, reasons: [] })
    expect(await close()).toEqual({ initiative: { status: 'CLOSED' }, userErrors: [] })
  })
})
