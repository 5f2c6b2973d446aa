import { describe, expect, it, test } from '@jest/globals'
import { divisionsWithoutIdentity, escalate, saySlip, type SentSlip } from '../../src/jobs/escalation.js'
import { absent, actsOn, all, errorFields, fault } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything, faults, refusals, done, replays, trail } = actsOn(world)
const { build, sql } = { build: () => world.build, sql: <R = Record<string, unknown>>(text: string, values: unknown[] = []) => world.sql<R>(text, values) }

/**
 * A task of the province with the school in the lead, four working days late today, and the bureau beside it, due in three. LATE from one working day on with a slip, SERIOUS from ten on,
 * or where the slip before went unanswered for three. `branch` has a child task of the bureau's. `apart` has nothing to do with any of it, in a province of its own.
 */
async function staged() {
  const { province, office } = await build().network()
  await build().calendar(2026)
  const basis = await build().document()
  const rules = await build().row('supervision_policy', 'supp', { divisionId: province.id, name: '督办规则', validFrom: '2020-01-01', basisId: basis.id, acceptWithinDays: 2, reportEveryDays: 5 })
  const rule = (level: string, colour: string, trigger: string | null, threshold: number | null, sendsSlip = false) => build().row('light_rule', 'lrul', { policyId: rules.id, level, colour, trigger, threshold, sendsSlip })
  await rule('NONE', '绿', null, null)
  await rule('APPROACHING', '蓝', 'DAYS_TO_DUE', 5)
  const late = await rule('LATE', '黄', 'DAYS_LATE', 1, true)
  await rule('SERIOUS', '红', 'DAYS_LATE', 10, true)
  const climbing = await rule('SERIOUS', '红', 'PREVIOUS_SLIP_UNANSWERED', 3, true)
  const [school, bureau, apart] = [await build().unit({ divisionId: province.id, name: '学校' }), await build().unit({ divisionId: province.id }), await build().unit()]
  const branch = await build().unit({ divisionId: province.id, lineParentId: bureau.id })
  await build().mandate({ unitId: apart.id, role: 'OVERALL_COORDINATION' })
  for (const [name, { id }] of Object.entries({ school, bureau, branch })) for (const role of ['DIRECTOR', 'CLERK']) await build().person({ login: `${name} ${role}`, unit: id, role })
  await build().person({ login: 'apart COORDINATOR', unit: apart.id, role: 'COORDINATOR' })
  const task = await build().task({ code: 'T-督', title: '落实经费', issuingUnitId: office.id, issuedOn: '2026-11-02', status: 'IN_PROGRESS', dueOn: '2026-11-26' })
  const lead = await build().assignment({ taskId: task.id, unitId: school.id, role: 'LEAD', dueOn: '2026-11-17' })
  const beside = await build().assignment({ taskId: task.id, unitId: bureau.id, dueOn: '2026-11-26' })
  const child = await build().task({ issuingUnitId: bureau.id, parentId: task.id, issuedOn: '2026-11-02', status: 'IN_PROGRESS', dueOn: '2026-11-25' })
  const below = await build().assignment({ taskId: child.id, unitId: branch.id, role: 'LEAD', dueOn: '2026-11-25' })
  return { province, office, school, bureau, branch, apart, rules, late, climbing, task, lead, beside, child, below }
}

const document = `mutation ($input: ReminderSendInput!) { reminderSend(input: $input) { reminder {
  id version level text sentOn isAutomatic isAnswered slipYear slipNumber sentBy { id } rule { id } unit { id } toUnit { id } task { id } assignment { id version status } } ${errorFields} } }`
const remind = ({ id }: { id: string }, more: object = {}) => ({ idempotencyKey: 'a', assignmentId: id, level: 'LATE', text: ' 请尽快办理 ', ...more })
const dueSlip = ({ id }: { id: string }, more: object = {}) => ({ idempotencyKey: 'a', assignmentId: id, dueSlip: true, ...more })
const person = async (login: string) => (await sql('select person_id from account where subject = $1', [login]))[0]!['person_id']
const lightsOf = async ({ id }: Built, login = 'coordinator') => (await world.as(login).run('query ($id: ID!) { assignment(id: $id) { light lightColour slipDue task { light lightColour } } }', { id })).data.assignment
const suspend = ({ id }: Built) => sql(`update task set status = 'SUSPENDED', suspended_from = 'IN_PROGRESS', suspended_with = id, suspended_on = '2026-11-20' where id = $1`, [id])
const numbers = async () => (await sql<{ slip_number: number }>('select slip_number from reminder where slip_number is not null order by slip_number')).map(({ slip_number }) => slip_number)

describe('light', () => {
  it('is that of the rules of the task, and of the task the highest', async () => {
    const { lead, beside, below } = await staged()
    expect(await lightsOf(lead)).toEqual({ light: 'LATE', lightColour: '黄', slipDue: 'LATE', task: { light: 'LATE', lightColour: '黄' } })
    expect(await lightsOf(beside)).toEqual({ light: 'APPROACHING', lightColour: '蓝', slipDue: null, task: { light: 'LATE', lightColour: '黄' } })
    expect(await lightsOf(below)).toEqual({ light: 'APPROACHING', lightColour: '蓝', slipDue: null, task: { light: 'APPROACHING', lightColour: '蓝' } })
  })

  it('is NONE while suspended, once settled, and without rules', async () => {
    const { lead, task } = await staged()
    await suspend(task)
    expect(await lightsOf(lead)).toEqual({ light: 'NONE', lightColour: '绿', slipDue: null, task: { light: 'NONE', lightColour: '绿' } })
    await sql(`update task set status = 'IN_PROGRESS'`)
    await sql(`update assignment set status = 'COMPLETED' where id = $1`, [lead.id])
    expect(await lightsOf(lead)).toMatchObject({ light: 'NONE', slipDue: null, task: { light: 'APPROACHING' } })
    await sql(`update assignment set status = 'IN_PROGRESS' where id = $1`, [lead.id])
    await sql('update task set policy_id = null')
    expect(await lightsOf(lead)).toEqual({ light: 'NONE', lightColour: null, slipDue: null, task: { light: 'NONE', lightColour: null } })
  })

  it('stays where the unit has reported, but nobody is reminded', async () => {
    const { lead } = await staged()
    await sql(`update assignment set status = 'REPORTED' where id = $1`, [lead.id])
    expect(await lightsOf(lead)).toMatchObject({ light: 'LATE', slipDue: null })
  })

  it('is filtered by, negated and through relations', async () => {
    const { lead, beside, below, task, child } = await staged()
    const ask = async (query: string) => (await world.as('coordinator').run(query)).data
    expect(await ask('{ assignments(filter: { light: { in: [LATE, SERIOUS] } }, orderBy: [{ field: DUE_ON }], first: 50) { totalCount nodes { id } } }')).toEqual({ assignments: { totalCount: 1, nodes: [{ id: lead.id }] } })
    expect((await ask('{ assignments(filter: { not: { light: { eq: LATE } } }) { nodes { id } } }')).assignments.nodes.map(({ id }: Built) => id).sort()).toEqual([beside.id, below.id].sort())
    expect(await ask('{ tasks(filter: { light: { eq: LATE } }) { nodes { id } } }')).toEqual({ tasks: { nodes: [{ id: task.id }] } })
    expect(await ask('{ assignments(filter: { task: { light: { eq: APPROACHING } } }) { nodes { id } } }')).toEqual({ assignments: { nodes: [{ id: below.id }] } })
    expect(await ask('{ assignments(filter: { slipDue: { isNull: false } }) { nodes { id } } }')).toEqual({ assignments: { nodes: [{ id: lead.id }] } })
    expect(child.id).not.toBe(task.id)
  })

  it('climbs where a slip goes unanswered, and no further once it is answered', async () => {
    const { lead, late } = await staged()
    await build().reminder({ assignmentId: lead.id, level: 'LATE', sentOn: '2026-11-19', ruleId: late.id, slipYear: 2026, slipNumber: 1 })
    expect(await lightsOf(lead)).toMatchObject({ light: 'LATE', slipDue: null })
    await sql(`update reminder set sent_on = '2026-11-18'`)
    expect(await lightsOf(lead)).toMatchObject({ light: 'SERIOUS', lightColour: '红', slipDue: 'SERIOUS' })
    await build().progressReport({ assignmentId: lead.id, reportedOn: '2026-11-20' })
    expect(await lightsOf(lead)).toMatchObject({ light: 'LATE', slipDue: null })
  })
})

describe('reminderSend', () => {
  it('presses a unit, without a number where no slip is asked for', async () => {
    const { lead, task, office, school } = await staged()
    const reminder = await done('coordinator', document, remind(lead))
    expect(reminder).toEqual({
      id: expect.stringMatching(/^rmnd_/), version: 1, level: 'LATE', text: '请尽快办理', sentOn: today, isAutomatic: false, isAnswered: false, slipYear: null, slipNumber: null, sentBy: { id: await person('coordinator') }, rule: null,
      unit: { id: office.id }, toUnit: { id: school.id }, task: { id: task.id }, assignment: { id: lead.id, version: 1, status: 'IN_PROGRESS' },
    })
    const [[verb, subject, changes]] = (await trail()) as [Awaited<ReturnType<typeof trail>>[number]]
    expect([verb, subject, changes.map(([type, kind]) => [type, kind])]).toEqual(['reminderSend', reminder.id, [['Reminder', 'CREATED']]])
    expect(await sql('select type, kind from event')).toEqual([{ type: 'Reminder', kind: 'CREATED' }])
    expect(await sql('select * from slip_counter')).toEqual([])
  })

  it('numbers slips by issuing unit and year, and gives no number for what is refused', async () => {
    const { lead, beside, below } = await staged()
    const slip = (track: Built, key: string) => ({ ...remind(track, { withSlip: true }), idempotencyKey: key })
    expect(await done('coordinator', document, slip(lead, '1'))).toMatchObject({ slipYear: 2026, slipNumber: 1 })
    expect(await faults('coordinator', document, { ...slip(lead, '2'), level: 'NONE' })).toEqual([fault('REQUIRED', 'input.level')])
    expect(await done('coordinator', document, slip(beside, '3'))).toMatchObject({ slipYear: 2026, slipNumber: 2 })
    // Another unit's series begins anew.
    expect(await done('bureau DIRECTOR', document, slip(below, '4'))).toMatchObject({ slipYear: 2026, slipNumber: 1 })
    await done('coordinator', document, { ...remind(lead), idempotencyKey: '5' })
    expect(await done('coordinator', document, slip(lead, '6'))).toMatchObject({ slipNumber: 3 })
  })

  it('sends the slip that is due in the words of its rule, once in a round', async () => {
    const { lead, task, late, school } = await staged()
    expect(await done('coordinator', document, dueSlip(lead))).toMatchObject({ level: 'LATE', slipYear: 2026, slipNumber: 1, isAutomatic: false, rule: { id: late.id }, toUnit: { id: school.id }, text: '“落实经费”（T-督）办理时限 2026-11-17，按《督办规则》已亮黄灯（逾期或滞后），请抓紧办理并反馈。' })
    expect(await lightsOf(lead)).toMatchObject({ light: 'LATE', slipDue: null })
    expect(await faults('coordinator', document, { ...dueSlip(lead), idempotencyKey: 'b' })).toEqual([fault('NOT_DUE', 'input.dueSlip')])
    // Returned, it is a new round.
    await sql(`update assignment set status = 'REPORTED' where id = $1`, [lead.id])
    await sql(`update assignment set status = 'RETURNED' where id = $1`, [lead.id])
    expect(await lightsOf(lead)).toMatchObject({ light: 'LATE', slipDue: 'LATE' })
    expect(await done('coordinator', document, { ...dueSlip(lead, { text: '退回后仍逾期' }), idempotencyKey: 'c' })).toMatchObject({ slipNumber: 2, text: '退回后仍逾期' })
    // A new due day alone is none.
    await sql(`update assignment set due_on = '2026-11-18' where id = $1`, [lead.id])
    expect(await lightsOf(lead)).toMatchObject({ slipDue: null })
    expect(await sql('select round from reminder order by round')).toEqual([{ round: 0 }, { round: 1 }])
    expect(task.id).toBeDefined()
  })

  it('cannot send the same step twice even past the question: the database refuses it', async () => {
    const { lead, late } = await staged()
    const twice = { assignmentId: lead.id, level: 'LATE', ruleId: late.id, slipYear: 2026 }
    await build().reminder({ ...twice, slipNumber: 1 })
    await expect(build().reminder({ ...twice, slipNumber: 2 })).rejects.toThrow(/reminder_once/)
    await expect(build().reminder({ ...twice, round: 1, slipNumber: 1 })).rejects.toThrow(/reminder_slip_number/)
  })

  it.each([
    ['no level', { level: undefined }, 'REQUIRED', 'input.level'],
    ['the level of calm', { level: 'NONE' }, 'REQUIRED', 'input.level'],
    ['no words', { text: undefined }, 'REQUIRED', 'input.text'],
    ['empty words', { text: '  ' }, 'OUT_OF_RANGE', 'input.text'],
    ['a level for the slip that is due', { dueSlip: true }, 'AMBIGUOUS', 'input.level'],
  ])('refuses %s', async (_what, more, code, field) => {
    const { lead } = await staged()
    expect(await faults('coordinator', document, remind(lead, more))).toEqual([fault(code, field)])
  })

  it('refuses a slip where none is due', async () => {
    const { beside } = await staged()
    expect(await faults('coordinator', document, dueSlip(beside))).toEqual([fault('NOT_DUE', 'input.dueSlip')])
  })

  it('is for a track that waits for its unit, and not while it is suspended', async () => {
    const { lead, task } = await staged()
    for (const status of ['PROPOSED', 'REFUSED', 'REPORTED', 'COMPLETED', 'EXCUSED', 'TERMINATED']) {
      await sql('update assignment set status = $1 where id = $2', [status, lead.id])
      expect([status, await faults('coordinator', document, remind(lead))]).toEqual([status, [fault('ILLEGAL_TRANSITION', 'input.assignmentId')]])
    }
    for (const status of ['ISSUED', 'ACCEPTED', 'RETURNED', 'IN_PROGRESS']) {
      await sql('update assignment set status = $1 where id = $2', [status, lead.id])
      expect(await done('coordinator', document, { ...remind(lead), idempotencyKey: status })).toMatchObject({ assignment: { status } })
    }
    await suspend(task)
    expect(await faults('coordinator', document, { ...remind(lead), idempotencyKey: 'z' })).toEqual([fault('SUSPENDED', 'input.assignmentId')])
  })

  it('is an act of whoever writes the task', async () => {
    const { lead, below } = await staged()
    const others = ['school DIRECTOR', 'bureau DIRECTOR', 'bureau CLERK']
    expect(await refusals(document, remind(lead), [...others, 'apart COORDINATOR', 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), 'apart COORDINATOR': 'NOT_FOUND', nobody: 'UNAUTHENTICATED' })
    expect(await refusals(document, remind({ id: absent('asgn') }), ['coordinator'])).toEqual({ coordinator: 'NOT_FOUND' })
    expect(await refusals(document, remind(below), ['bureau CLERK', 'branch DIRECTOR'])).toEqual(all(['bureau CLERK', 'branch DIRECTOR'], 'FORBIDDEN'))
    expect(await done('bureau DIRECTOR', document, remind(below))).toMatchObject({ isAutomatic: false })
  })

  it('answers the same again, and a second time sends nothing', async () => {
    const { lead } = await staged()
    await replays('coordinator', document, remind(lead, { withSlip: true }), { text: '另一条' })
    expect(await numbers()).toEqual([1])
  })

  it('of many gives each a result of its own', async () => {
    const { lead, beside, below } = await staged()
    await sql(`update assignment set status = 'REPORTED' where id = $1`, [beside.id])
    const many = `mutation ($inputs: [ReminderSendInput!]!) { remindersSend(inputs: $inputs) { reminder { slipNumber } ${errorFields} } }`
    const inputs = [lead, beside, below].map((track, at) => ({ ...remind(track, { withSlip: true }), idempotencyKey: `k${at}` }))
    const { data, errors } = await world.as('coordinator').run(many, { inputs })
    expect(errors).toEqual([])
    expect(data.remindersSend).toEqual([
      { reminder: { slipNumber: 1 }, userErrors: [] },
      { reminder: null, userErrors: [fault('ILLEGAL_TRANSITION', 'input.assignmentId')] },
      // The child task is issued by the bureau, which has a series of its own.
      { reminder: { slipNumber: 1 }, userErrors: [] },
    ])
    expect((await world.as('bureau DIRECTOR').run(many, { inputs: [{ ...remind(lead), idempotencyKey: 'x' }] })).data.remindersSend).toEqual([{ reminder: null, userErrors: [fault('FORBIDDEN', null)] }])
    expect((await world.as('coordinator').run(many, { inputs: [] })).codes).toEqual(['BAD_USER_INPUT'])
  })

  it('is told of a track: who may, and why not', async () => {
    const { lead } = await staged()
    const told = async (login: string) => (await world.as(login).run('query ($id: ID!) { assignment(id: $id) { viewerCan { reminderSend { allowed reasons { code } } } nextActions { action allowed } } }', { id: lead.id })).data.assignment
    expect(await told('coordinator')).toMatchObject({ viewerCan: { reminderSend: { allowed: true, reasons: [] } }, nextActions: expect.arrayContaining([{ action: 'reminderSend', allowed: true }]) })
    expect((await told('school DIRECTOR')).viewerCan.reminderSend).toEqual({ allowed: false, reasons: [{ code: 'FORBIDDEN' }] })
    await sql(`update assignment set status = 'COMPLETED' where id = $1`, [lead.id])
    expect((await told('coordinator')).viewerCan.reminderSend).toEqual({ allowed: false, reasons: [{ code: 'ILLEGAL_TRANSITION' }] })
  })
})

test('reminders are listed with track and task, and are answered by the first report after them', async () => {
  const { lead, beside, task } = await staged()
  const old = await build().reminder({ assignmentId: lead.id, sentOn: '2026-11-12' })
  const slip = await build().reminder({ assignmentId: lead.id, sentOn: '2026-11-20', level: 'LATE', slipYear: 2026, slipNumber: 1 })
  const other = await build().reminder({ assignmentId: beside.id, sentOn: '2026-11-12' })
  await build().progressReport({ assignmentId: lead.id, reportedOn: '2026-11-19', periodTo: '2026-11-18' })
  const ask = async () =>
    (await world.as('school CLERK').run(
      `query ($lead: ID!, $task: ID!, $slip: ID!) {
        assignment(id: $lead) { reminders(orderBy: [{ field: SENT_ON, direction: DESC }]) { nodes { id isAnswered } } }
        task(id: $task) { reminders { totalCount } }
        reminder(id: $slip) { level isAnswered toUnit { name } }
        reminders(filter: { isAnswered: { eq: false }, assignment: { role: { eq: LEAD } } }) { nodes { id } }
        slips: reminders(filter: { slipNumber: { isNull: false } }, orderBy: [{ field: SLIP_NUMBER }]) { nodes { id slipYear slipNumber } }
      }`,
      { lead: lead.id, task: task.id, slip: slip.id },
    )).data
  expect(await ask()).toEqual({
    assignment: { reminders: { nodes: [{ id: slip.id, isAnswered: false }, { id: old.id, isAnswered: true }] } },
    task: { reminders: { totalCount: 3 } },
    reminder: { level: 'LATE', isAnswered: false, toUnit: { name: '学校' } },
    reminders: { nodes: [{ id: slip.id }] },
    slips: { nodes: [{ id: slip.id, slipYear: 2026, slipNumber: 1 }] },
  })
  // On the day of the slip itself it counts what came after it.
  await build().progressReport({ assignmentId: lead.id, reportedOn: '2026-11-20', createdAt: '2020-01-01T00:00:00Z' })
  expect((await ask()).reminder.isAnswered).toBe(false)
  await build().progressReport({ assignmentId: lead.id, reportedOn: '2026-11-20', createdAt: '2099-01-01T00:00:00Z' })
  expect((await ask()).reminder.isAnswered).toBe(true)
  expect(other.id).toMatch(/^rmnd_/)
})

describe('the daily escalation', () => {
  const identity = (unit: Built, more: object = {}) => build().row('service_token', 'stok', { name: 'escalation', tokenHash: `hash ${unit.id}`, role: 'COORDINATOR', unitId: unit.id, expiresAt: '2099-01-01T00:00:00Z', ...more })

  it('sends what is due as its service token, with audit and event, and then nothing more', async () => {
    const { office, lead, late } = await staged()
    const token = await identity(office)
    const said: SentSlip[] = []
    expect(await escalate(world.backbone, (slip) => said.push(slip))).toEqual({ sent: 1, identities: 1, faults: [] })
    expect(said.map(saySlip)).toEqual(['省委组织部〔2026〕1号 LATE T-督 → 学校'])
    expect(await sql('select assignment_id, rule_id, is_automatic, sent_by_id, slip_number, round from reminder')).toEqual([{ assignment_id: lead.id, rule_id: late.id, is_automatic: true, sent_by_id: null, slip_number: 1, round: 0 }])
    expect(await sql('select verb, token_id, person_id from audit_entry')).toEqual([{ verb: 'reminderSend', token_id: token.id, person_id: null }])
    expect(await sql('select type, kind from event')).toEqual([{ type: 'Reminder', kind: 'CREATED' }])
    const before = await everything()
    expect(await escalate(world.backbone)).toEqual({ sent: 0, identities: 1, faults: [] })
    expect(await everything()).toEqual(before)
  })

  it('climbs slip by slip', async () => {
    const { office, lead, climbing } = await staged()
    await identity(office)
    await escalate(world.backbone)
    await sql(`update reminder set sent_on = '2026-11-18'`)
    expect((await escalate(world.backbone)).sent).toBe(1)
    expect(await sql('select level, rule_id from reminder where assignment_id = $1 order by slip_number', [lead.id])).toMatchObject([{ level: 'LATE' }, { level: 'SERIOUS', rule_id: climbing.id }])
    expect((await escalate(world.backbone)).sent).toBe(0)
  })

  it.each([
    ['there is no token', undefined, 0],
    ['the token is revoked', { revokedAt: '2026-11-01T00:00:00Z' }, 0],
    ['the token has run out', { expiresAt: '2026-01-01T00:00:00Z' }, 0],
    ['the token has another name', { name: 'bi' }, 0],
    ['the token has no right to remind', { role: 'BI_READER' }, 1],
  ])('sends nothing where %s, and the doctor says so', async (_what, more, identities) => {
    const { office } = await staged()
    if (more) await identity(office, more)
    const before = await everything()
    expect(await escalate(world.backbone)).toEqual({ sent: 0, identities, faults: [] })
    expect(await everything()).toEqual(before)
    expect(await divisionsWithoutIdentity(world.backbone)).toEqual(['示例省'])
  })

  it('sends nothing for a province that is not its own', async () => {
    const { apart, office } = await staged()
    await identity(apart)
    expect(await escalate(world.backbone)).toEqual({ sent: 0, identities: 1, faults: [] })
    expect(await divisionsWithoutIdentity(world.backbone)).toEqual(['示例省'])
    await identity(office)
    expect(await divisionsWithoutIdentity(world.backbone)).toEqual([])
  })

  it('lets the nearest coordinating unit send, as the one below the province for its own tasks', async () => {
    const { province, office, rules } = await staged()
    const county = await build().division({ parentId: province.id })
    const [near, helper] = [await build().unit({ divisionId: county.id }), await build().unit({ divisionId: county.id })]
    await build().mandate({ unitId: near.id, role: 'OVERALL_COORDINATION' })
    const task = await build().task({ issuingUnitId: near.id, policyId: rules.id, dueOn: '2026-11-17' })
    const track = await build().assignment({ taskId: task.id, unitId: helper.id, dueOn: '2026-11-17' })
    await identity(office)
    const own = await identity(near)
    expect(await escalate(world.backbone)).toEqual({ sent: 2, identities: 2, faults: [] })
    const [reminder] = await sql('select id from reminder where assignment_id = $1', [track.id])
    expect(await sql('select token_id from audit_entry where subject_id = $1', [reminder!['id']])).toEqual([{ token_id: own.id }])
  })
})
