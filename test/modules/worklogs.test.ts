import { describe, expect, it } from '@jest/globals'
import { actsOn, errorFields, fault, stale } from '../support/acts.js'
import { buildPosts } from '../support/build-posts.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const { faults, refusals, done, replays, trail } = actsOn(world)

/** A worker with a full-time employment in the bureau and one beside it in the school; a month of the bureau is locked. */
async function staged() {
  const { build } = world
  const make = buildPosts(world)
  const [bureau, school] = [await build.unit(), await build.unit()]
  await build.person({ login: 'DIRECTOR', unit: bureau.id, role: 'DIRECTOR' })
  await build.person({ login: 'HR_OFFICER', unit: bureau.id, role: 'HR_OFFICER' })
  const person = await build.person({ login: 'worker', unit: bureau.id, role: 'PRACTITIONER' })
  await build.appointment({ personId: person.id, unitId: school.id, role: 'PRACTITIONER' })
  const worker = await make.worker({ personId: person.id })
  const main = await make.employment({ socialWorkerId: worker.id, unitId: bureau.id, validFrom: '2026-01-05' })
  const beside = await make.employment({ socialWorkerId: worker.id, unitId: school.id, kind: 'CONCURRENT', validTo: '2026-11-19' })
  const logged = await make.workLog({ employmentId: main.id, workedOn: '2026-10-30', hours: '6' })
  await build.row('period_lock', 'plck', { unitId: bureau.id, ledger: 'WORKLOGS', month: '2026-10', lockedOn: '2026-11-03' })
  return { bureau, school, worker, main, beside, logged, make }
}

const entryFields = 'id version workedOn bookedOn hours category origin note reason corrects { id } corrections { hours }'
const enter = `mutation ($input: WorkLogEnterInput!) { workLogEnter(input: $input) { employment { id workLogs(orderBy: [{ field: WORKED_ON }, { field: HOURS }]) { totalCount nodes { workedOn hours category origin note unit { id } socialWorker { id } } } } ${errorFields} } }`
const say = (mutation: string, input: string) => `mutation ($input: ${input}!) { ${mutation}(input: $input) { workLog { ${entryFields} } ${errorFields} } }`
const entry = (workedOn: string, hours: string, more: object = {}) => ({ workedOn, hours, category: 'CASE', origin: 'COMMUNITY_NEED', ...more })
const week = ({ id }: { id: string }, entries: object[], more: object = {}) => ({ idempotencyKey: 'a', employmentId: id, week: '2026-11-18', entries, ...more })

describe('workLogEnter', () => {
  it('enters a week at once, in order of the days', async () => {
    const { main, bureau, worker } = await staged()
    const input = week(main, [entry('2026-11-17', '3.25', { note: ' 家访 ' }), entry('2026-11-16', '8', { category: 'ADMINISTRATIVE', origin: 'SUPERIOR_ASSIGNED' })])
    const by = { unit: { id: bureau.id }, socialWorker: { id: worker.id } }
    const { workLogs } = await done('worker', enter, input)
    expect(workLogs.totalCount).toBe(3)
    expect(workLogs.nodes.slice(1)).toEqual([
      { workedOn: '2026-11-16', hours: '8.00', category: 'ADMINISTRATIVE', origin: 'SUPERIOR_ASSIGNED', note: null, ...by },
      { workedOn: '2026-11-17', hours: '3.25', category: 'CASE', origin: 'COMMUNITY_NEED', note: '家访', ...by },
    ])
    await replays('worker', enter, input, { week: '2026-11-16' })
    expect((await trail()).map(([verb, subject, changes]) => [verb, subject, changes.map(([type, kind, fields]) => [type, kind, fields['note']])])).toEqual([['workLogEnter', main.id, [['WorkLog', 'CREATED', [null, null]], ['WorkLog', 'CREATED', [null, null]]]]])
  })

  it('is for the social worker alone', async () => {
    const { main } = await staged()
    expect(await refusals(enter, week(main, [entry('2026-11-17', '3')]), ['DIRECTOR', 'HR_OFFICER', 'nobody'])).toEqual({ DIRECTOR: 'FORBIDDEN', HR_OFFICER: 'FORBIDDEN', nobody: 'UNAUTHENTICATED' })
  })

  it.each([
    ['more than a day on one day', [entry('2026-11-17', '13'), entry('2026-11-17', '11.01')], [fault('DAY_FULL', 'input.entries.0.hours')]],
    ['more than a day in one entry', [entry('2026-11-17', '24.01')], [fault('OUT_OF_RANGE', 'input.entries.0.hours')]],
    ['no hours', [entry('2026-11-17', '0')], [fault('OUT_OF_RANGE', 'input.entries.0.hours')]],
    ['hours to three places', [entry('2026-11-17', '1.125')], [fault('MALFORMED', 'input.entries.0.hours')]],
    ['a day of another week', [entry('2026-11-16', '1'), entry('2026-11-15', '1')], [fault('OUT_OF_RANGE', 'input.entries.1.workedOn')]],
    ['no entries', [], [fault('OUT_OF_RANGE', 'input.entries')]],
  ])('refuses %s', async (_what, entries, expected) => {
    const { main } = await staged()
    expect(await faults('worker', enter, week(main, entries))).toEqual(expected)
  })

  it.each([
    ['a day to come', 'main', '2026-11-24', '2026-11-24', 'OUT_OF_RANGE'],
    ['a day before the employment', 'main', '2026-01-04', '2026-01-04', 'OUT_OF_RANGE'],
    ['the day on which it has ended', 'beside', '2026-11-19', '2026-11-19', 'OUT_OF_RANGE'],
    ['a day of a locked month', 'main', '2026-10-28', '2026-10-28', 'PERIOD_LOCKED'],
  ] as const)('refuses %s', async (_what, which, in_, day, code) => {
    const stage = await staged()
    expect(await faults('worker', enter, week(stage[which], [entry(day, '1')], { week: in_ }))).toEqual([fault(code, 'input.entries.0.workedOn')])
  })

  it('counts the hours of a day over all employments', async () => {
    const { main, beside } = await staged()
    await done('worker', enter, week(main, [entry('2026-11-18', '20')]))
    expect(await faults('worker', enter, week(beside, [entry('2026-11-16', '1'), entry('2026-11-18', '4.01')], { idempotencyKey: 'b' }))).toEqual([fault('DAY_FULL', 'input.entries.1.hours')])
    await done('worker', enter, week(beside, [entry('2026-11-18', '4')], { idempotencyKey: 'c' }))
    await expect(world.sql(`insert into work_log (id, employment_id, worked_on, booked_on, hours, category, origin) values ('wlog_x', $1, '2026-11-18', '2026-11-18', 0.01, 'CASE', 'SELF_INITIATED')`, [main.id])).rejects.toMatchObject({ constraint: 'work_log_day' })
  })

  it('enters a week that begins in a locked month from the first day of the open one', async () => {
    const { main } = await staged()
    const input = week(main, [entry('2026-11-01', '2'), entry('2026-10-31', '2')], { week: '2026-11-01' })
    expect(await faults('worker', enter, input)).toEqual([fault('PERIOD_LOCKED', 'input.entries.1.workedOn')])
    expect((await done('worker', enter, { ...input, entries: [entry('2026-11-01', '2')] })).workLogs.totalCount).toBe(2)
  })
})

describe('an entry', () => {
  it('is changed and removed while its month is open', async () => {
    const { main, make } = await staged()
    const { id } = await make.workLog({ employmentId: main.id, hours: '20' })
    await make.workLog({ employmentId: main.id, hours: '3' })
    const update = say('workLogUpdate', 'WorkLogUpdateInput')
    const change = (more: object) => ({ idempotencyKey: 'a', workLogId: id, expectedVersion: 1, ...more })
    expect(await faults('worker', update, change({ hours: '21.5' }))).toEqual([fault('DAY_FULL', 'input.hours')])
    expect(await done('worker', update, change({ hours: '21', category: 'TRAINING', note: null }))).toMatchObject({ version: 2, hours: '21.00', category: 'TRAINING', origin: 'COMMUNITY_NEED' })
    expect(await faults('worker', update, { ...change({ hours: '1' }), idempotencyKey: 'b' })).toEqual([stale(2, ['category', 'hours'])])
    const remove = `mutation ($input: WorkLogRemoveInput!) { workLogRemove(input: $input) { employment { workLogs { totalCount } } ${errorFields} } }`
    expect(await refusals(remove, { ...change({ expectedVersion: 2 }), idempotencyKey: 'c' }, ['DIRECTOR', 'HR_OFFICER'])).toEqual({ DIRECTOR: 'FORBIDDEN', HR_OFFICER: 'FORBIDDEN' })
    expect(await done('worker', remove, { ...change({ expectedVersion: 2 }), idempotencyKey: 'd' })).toEqual({ workLogs: { totalCount: 2 } })
  })

  it('of a locked month is put right by a correcting entry of today, and in no other way', async () => {
    const { logged, bureau } = await staged()
    const locked = [fault('PERIOD_LOCKED', 'input.workLogId')]
    const change = { idempotencyKey: 'a', workLogId: logged.id, expectedVersion: 1 }
    expect(await faults('worker', say('workLogUpdate', 'WorkLogUpdateInput'), { ...change, hours: '1' })).toEqual(locked)
    expect(await faults('worker', `mutation ($input: WorkLogRemoveInput!) { workLogRemove(input: $input) { employment { id } ${errorFields} } }`, change)).toEqual(locked)
    const correct = say('workLogCorrect', 'WorkLogCorrectInput')
    const correction = (hours: string, more: object = {}) => ({ idempotencyKey: hours, workLogId: logged.id, hours, reason: ' 多记 ', ...more })
    expect(await faults('worker', correct, correction('-6.01'))).toEqual([fault('OUT_OF_RANGE', 'input.hours')])
    expect(await faults('worker', correct, correction('18.01'))).toEqual([fault('DAY_FULL', 'input.hours')])
    expect(await faults('worker', correct, correction('0'))).toEqual([fault('OUT_OF_RANGE', 'input.hours')])
    const made = await done('worker', correct, correction('-2.5', { category: 'ADMINISTRATIVE' }))
    expect(made).toMatchObject({ workedOn: '2026-10-30', bookedOn: '2026-11-23', hours: '-2.50', category: 'ADMINISTRATIVE', origin: 'COMMUNITY_NEED', reason: '多记', corrects: { id: logged.id }, corrections: [] })
    expect(await faults('worker', correct, correction('-3.51'))).toEqual([fault('OUT_OF_RANGE', 'input.hours')])
    expect(await faults('worker', correct, correction('1', { workLogId: made.id }))).toEqual([fault('OUT_OF_RANGE', 'input.workLogId')])
    expect(await faults('worker', say('workLogUpdate', 'WorkLogUpdateInput'), { ...change, workLogId: made.id, hours: '1' })).toEqual([fault('OUT_OF_RANGE', 'input.workLogId')])
    await expect(world.sql('update work_log set hours = 1 where unit_id = $1', [bureau.id])).rejects.toMatchObject({ constraint: 'period_locked' })
  })

  it('of an open month needs no correcting entry', async () => {
    const { main, make } = await staged()
    const { id } = await make.workLog({ employmentId: main.id })
    expect(await faults('worker', say('workLogCorrect', 'WorkLogCorrectInput'), { idempotencyKey: 'a', workLogId: id, hours: '1', reason: '少记' })).toEqual([fault('PERIOD_OPEN', 'input.workLogId')])
  })
})
