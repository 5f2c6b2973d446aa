import { describe, expect, it, test } from '@jest/globals'
import { absent, actsOn, all, errorFields, fault } from '../support/acts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { faults, refusals, done, replays, trail } = actsOn(world)

/** Two units with the people who lock, and some who do not. */
async function staged() {
  const { build } = world
  const [bureau, school] = [await build.unit(), await build.unit()]
  for (const role of ['DIRECTOR', 'HR_OFFICER', 'FINANCE_OFFICER', 'CLERK', 'AUDITOR']) await build.person({ login: role, unit: bureau.id, role })
  await build.person({ login: 'school DIRECTOR', unit: school.id, role: 'DIRECTOR' })
  return { bureau, school }
}

const document = `mutation ($input: PeriodLockInput!) { periodLock(input: $input) { periodLock { id version ledger month lockedOn lockedBy { name } unit { id } } ${errorFields} } }`
const lock = ({ id }: { id: string }, more: object = {}) => ({ idempotencyKey: 'a', unitId: id, ledger: 'MONEY', month: '2026-10', ...more })

describe('periodLock', () => {
  it('locks a month that has ended, once', async () => {
    const { bureau } = await staged()
    const made = await done('DIRECTOR', document, lock(bureau))
    expect(made).toEqual({ id: expect.stringMatching(/^plck_/), version: 1, ledger: 'MONEY', month: '2026-10', lockedOn: today, lockedBy: { name: expect.any(String) }, unit: { id: bureau.id } })
    expect((await trail()).map(([verb, subject, changes]) => [verb, subject, changes.map(([type, kind]) => [type, kind])])).toEqual([['periodLock', made.id, [['PeriodLock', 'CREATED']]]])
    await replays('DIRECTOR', document, lock(bureau), { month: '2026-09' })
    expect(await faults('FINANCE_OFFICER', document, lock(bureau, { idempotencyKey: 'b' }))).toEqual([fault('LOCKED', 'input.month')])
    // Neither another ledger nor another month is locked with it.
    await done('DIRECTOR', document, lock(bureau, { idempotencyKey: 'c', ledger: 'PAY' }))
    await done('DIRECTOR', document, lock(bureau, { idempotencyKey: 'd', month: '2026-09' }))
  })

  it.each([
    ['of today', { month: '2026-11' }, [fault('NOT_ENDED', 'input.month')]],
    ['to come', { month: '2027-01' }, [fault('NOT_ENDED', 'input.month')]],
    ['that is none', { month: '2026-13' }, [fault('MALFORMED', 'input.month')]],
  ])('refuses a month %s', async (_which, more, expected) => {
    const { bureau } = await staged()
    expect(await faults('DIRECTOR', document, lock(bureau, more))).toEqual(expected)
  })

  it('refuses a unit that is not there', async () => {
    await staged()
    expect(await faults('DIRECTOR', document, lock({ id: absent('unit') }))).toEqual([fault('UNKNOWN', 'input.unitId')])
  })

  it.each([
    ['WORKLOGS', ['DIRECTOR', 'HR_OFFICER'], ['FINANCE_OFFICER', 'CLERK', 'AUDITOR', 'school DIRECTOR']],
    ['PAY', ['DIRECTOR', 'HR_OFFICER'], ['FINANCE_OFFICER', 'CLERK', 'AUDITOR', 'school DIRECTOR']],
    ['MONEY', ['DIRECTOR', 'FINANCE_OFFICER'], ['HR_OFFICER', 'CLERK', 'AUDITOR', 'school DIRECTOR']],
    ['SERVICE_HOURS', ['DIRECTOR'], ['HR_OFFICER', 'FINANCE_OFFICER', 'CLERK', 'AUDITOR', 'school DIRECTOR']],
  ])('of %s is for some of the unit, and the others do not learn whether it is locked', async (ledger, may, mayNot) => {
    const { bureau } = await staged()
    for (const [at, login] of may.entries()) {
      const input = lock(bureau, { ledger, month: `2026-0${at + 1}` })
      expect(await refusals(document, input, mayNot)).toEqual(all(mayNot, 'FORBIDDEN'))
      await done(login, document, input)
      expect(await refusals(document, { ...input, idempotencyKey: 'again' }, mayNot)).toEqual(all(mayNot, 'FORBIDDEN'))
    }
  })
})

test('locked months are listed for those who take part in the work of the unit', async () => {
  const { bureau } = await staged()
  await world.build.row('period_lock', 'plck', { unitId: bureau.id, ledger: 'WORKLOGS', month: '2026-08', lockedOn: '2026-09-03' })
  await world.build.row('period_lock', 'plck', { unitId: bureau.id, ledger: 'PAY', month: '2026-09', lockedOn: '2026-10-03' })
  const ask = async (login: string) => (await world.as(login).run(`query ($id: ID!) { unit(id: $id) { periodLocks(filter: { ledger: { eq: PAY } }) { nodes { month } } } periodLocks(orderBy: [{ field: MONTH, direction: DESC }]) { totalCount nodes { month } } }`, { id: bureau.id })).data
  expect(await ask('CLERK')).toEqual({ unit: { periodLocks: { nodes: [{ month: '2026-09' }] } }, periodLocks: { totalCount: 2, nodes: [{ month: '2026-09' }, { month: '2026-08' }] } })
  expect(await ask('AUDITOR')).toEqual({ unit: { periodLocks: { nodes: [] } }, periodLocks: { totalCount: 0, nodes: [] } })
})

describe('a table of entries', () => {
  const locked = expect.objectContaining({ constraint: 'period_locked' })
  /** Entries of two units in two months, and a lock on September of the first. */
  async function entries() {
    const { bureau, school } = await staged()
    await world.sql(`create temporary table if not exists entry (id text, unit_id text, done_on date, hours int)`)
    await world.sql('delete from entry')
    if ((await world.sql(`select 1 from pg_trigger where tgname = 'entry_open_month_insert'`)).length === 0) await world.sql(`select heli_lock_periods('entry', 'WORKLOGS', 'unit_id', 'done_on')`)
    await world.sql(`insert into entry values ('1', $1, '2026-09-30', 1), ('2', $1, '2026-10-01', 2), ('3', $2, '2026-09-30', 3)`, [bureau.id, school.id])
    await world.build.row('period_lock', 'plck', { unitId: bureau.id, ledger: 'WORKLOGS', month: '2026-09', lockedOn: '2026-10-03' })
    await world.build.row('period_lock', 'plck', { unitId: school.id, ledger: 'PAY', month: '2026-09', lockedOn: '2026-10-03' })
    return { bureau, school }
  }
  const kept = () => world.sql('select id, done_on::text, hours from entry order by id')

  it('keeps a locked month as it is, in every statement and as a whole', async () => {
    const { bureau } = await entries()
    const before = await kept()
    for (const [text, values] of [
      [`insert into entry values ('4', $1, '2026-10-02', 1), ('5', $1, '2026-09-01', 1)`, [bureau.id]],
      [`update entry set hours = 9 where unit_id = $1`, [bureau.id]],
      [`update entry set done_on = '2026-09-02' where id = '2'`, []],
      [`update entry set done_on = '2026-10-02' where id = '1'`, []],
      [`delete from entry`, []],
    ] as [string, string[]][]) {
      await expect(world.sql(text, values)).rejects.toEqual(locked)
      expect(await kept()).toEqual(before)
    }
  })

  it('goes on in other months, of other units, and under the lock of another ledger', async () => {
    const { bureau, school } = await entries()
    await world.sql(`update entry set hours = 9 where id in ('2', '3')`)
    await world.sql(`delete from entry where id = '3'`)
    await world.sql(`insert into entry values ('4', $1, '2026-10-05', 1), ('5', $2, '2026-09-05', 1)`, [bureau.id, school.id])
    expect(await kept()).toEqual([{ id: '1', done_on: '2026-09-30', hours: 1 }, { id: '2', done_on: '2026-10-01', hours: 9 }, { id: '4', done_on: '2026-10-05', hours: 1 }, { id: '5', done_on: '2026-09-05', hours: 1 }])
  })
})
