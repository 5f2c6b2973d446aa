import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { suppressed } from '../../src/modules/pay/suppression.js'
import { actsOn, all, errorFields, fault } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { buildPay } from '../support/build-pay.js'
import { buildPosts } from '../support/build-posts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything, refusals, faults, done, replays, trail } = actsOn(world)
const make = () => buildPay(world)

const asked = 'id version level paidOn amount isBelowFloor corrects { id } reason'
const acting = (name: string, type: string, key: string, fields: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { ${key} { ${fields} } ${errorFields} } }`
const enter = acting('payRecordEnter', 'PayRecordEnterInput', 'payRecord', asked)
const change = acting('payRecordUpdate', 'PayRecordUpdateInput', 'payRecord', asked)
const correct = acting('payRecordCorrect', 'PayRecordCorrectInput', 'payRecord', asked)
const publish = acting('payFiguresPublish', 'PayFiguresPublishInput', 'payPublication', 'id year publishedOn threshold { minPersons } figures(orderBy: [{ field: LEVEL }], first: 200) { nodes { division { code } isTotal level isSuppressed persons medianPay comparableMedian parityIndex belowFloorPersons } }')

/** A province with a coordinator and two cities; a unit in the first city with its officers and a worker. */
async function network() {
  const { build } = world
  const { province } = await build.network()
  const [city, town] = [await build.division({ code: '330100', name: '甲市', level: 'PREFECTURE', parentId: province.id }), await build.division({ code: '330200', name: '乙市', level: 'PREFECTURE', parentId: province.id })]
  const unit = await build.unit({ divisionId: city.id })
  for (const role of ['DIRECTOR', 'HR_OFFICER', 'FINANCE_OFFICER', 'AUDITOR', 'BI_READER', 'SYSTEM_ADMIN']) await build.person({ login: role, unit: unit.id, role })
  const other = await build.unit({ divisionId: town.id })
  await build.person({ login: 'other HR_OFFICER', unit: other.id, role: 'HR_OFFICER' })
  const person = await build.person({ login: 'worker', unit: unit.id, role: 'PRACTITIONER' })
  const worker = await buildPosts(world).worker({ personId: person.id })
  await buildPosts(world).employment({ socialWorkerId: worker.id, unitId: unit.id })
  return { province, city, town, unit, other, worker, basis: await build.document() }
}
type Network = Awaited<ReturnType<typeof network>>
const given = ({ worker, unit }: Network, more: object = {}) => ({ idempotencyKey: 'e', socialWorkerId: worker.id, unitId: unit.id, level: 'ASSISTANT', paidOn: '2026-11-10', amount: '4999.99', ...more })
const others = ['coordinator', 'DIRECTOR', 'FINANCE_OFFICER', 'AUDITOR', 'BI_READER', 'SYSTEM_ADMIN', 'other HR_OFFICER']

describe('a record of pay', () => {
  it('is entered by HR_OFFICER of the unit, read by that officer and the worker, and told to nobody else', async () => {
    const made = await network()
    await make().guidance({ divisionId: made.province.id, basisId: made.basis.id, floor: '5000' })
    const record = await done('HR_OFFICER', enter, given(made))
    expect(record).toMatchObject({ amount: '4999.99', isBelowFloor: true, level: 'ASSISTANT', paidOn: '2026-11-10', corrects: null })
    const read = async (login: string) => (await world.as(login).run('query ($id: ID!) { node(id: $id) { ... on PayRecord { amount isBelowFloor } } }', { id: record.id })).data.node
    for (const login of ['HR_OFFICER', 'worker']) expect([login, await read(login)]).toEqual([login, { amount: '4999.99', isBelowFloor: true }])
    for (const login of others) expect([login, await read(login)]).toEqual([login, null])
    for (const login of others) expect([login, (await world.as(login).run('{ payRecords { totalCount } }')).data.payRecords.totalCount]).toEqual([login, 0])
    expect(JSON.stringify(await trail())).not.toContain('4999.99')
    expect(JSON.stringify((await world.sql('select body from audit_entry')))).not.toMatch(/4999\.99|2026-11-10/)
  })

  it('is refused to everybody else, who do not learn whether there is one', async () => {
    const made = await network()
    const logins = [...others, 'worker']
    expect(await refusals(enter, given(made), logins)).toEqual(all(logins, 'FORBIDDEN'))
    const kept = await make().record({ socialWorkerId: made.worker.id, unitId: made.unit.id, paidOn: '2026-11-05' })
    expect(await refusals(enter, given(made), logins)).toEqual(all(logins, 'FORBIDDEN'))
    expect(await refusals(correct, { idempotencyKey: 'c', payRecordId: kept.id, amount: '1', reason: '误发' }, ['other HR_OFFICER'])).toEqual({ 'other HR_OFFICER': 'NOT_FOUND' })
  })

  it('cannot be filtered or ordered by its amount', async () => {
    await network()
    for (const part of ['filter: { amount: { gt: "1" } }', 'filter: { isBelowFloor: { eq: true } }', 'orderBy: [{ field: AMOUNT }]']) expect((await world.as('HR_OFFICER').run(`{ payRecords(${part}) { totalCount } }`)).errors.length).toBe(1)
  })

  it('is one a month, of somebody employed then, not of a day to come', async () => {
    const made = await network()
    await replays('HR_OFFICER', acting('payRecordEnter', 'PayRecordEnterInput', 'payRecord', 'id version'), given(made), { amount: '1' })
    expect(await faults('HR_OFFICER', enter, given(made, { idempotencyKey: 'b', paidOn: '2026-11-20' }))).toEqual([fault('TAKEN', 'input.paidOn')])
    expect(await faults('HR_OFFICER', enter, given(made, { idempotencyKey: 'c', paidOn: '2019-12-31' }))).toEqual([fault('OUT_OF_RANGE', 'input.paidOn')])
    expect(await faults('HR_OFFICER', enter, given(made, { idempotencyKey: 'd', paidOn: '2026-11-24' }))).toEqual([fault('OUT_OF_RANGE', 'input.paidOn')])
    expect(await faults('HR_OFFICER', enter, given(made, { idempotencyKey: 'f', paidOn: '2026-10-10', amount: '-0.01' }))).toEqual([fault('OUT_OF_RANGE', 'input.amount')])
    expect(await done('HR_OFFICER', enter, given(made, { idempotencyKey: 'g', paidOn: '2026-10-10', amount: '0' }))).toMatchObject({ amount: '0.00', isBelowFloor: null })
  })

  it('in a locked month takes correcting entries only, dated today, and does not fall below zero', async () => {
    const made = await network()
    await make().guidance({ divisionId: made.city.id, basisId: made.basis.id, floor: '6000' })
    const kept = await make().record({ socialWorkerId: made.worker.id, unitId: made.unit.id, paidOn: '2026-10-10', amount: '6000' })
    expect(await done('HR_OFFICER', change, { idempotencyKey: 'o', payRecordId: kept.id, expectedVersion: 1, amount: '6001' })).toMatchObject({ version: 2, amount: '6001.00', isBelowFloor: false })
    await world.build.row('period_lock', 'plck', { unitId: made.unit.id, ledger: 'PAY', month: '2026-10', lockedOn: '2026-11-02' })
    expect(await faults('HR_OFFICER', change, { idempotencyKey: 'a', payRecordId: kept.id, expectedVersion: 2, amount: '1' })).toEqual([fault('PERIOD_LOCKED', 'input.payRecordId')])
    expect(await faults('HR_OFFICER', enter, given(made, { paidOn: '2026-10-31', socialWorkerId: (await buildPosts(world).worker({})).id }))).toEqual([fault('PERIOD_LOCKED', 'input.paidOn')])
    const before = await everything()
    await expect(world.sql(`update pay_record set level = 'SENIOR' where id = $1`, [kept.id])).rejects.toMatchObject({ constraint: 'period_locked' })
    expect(await everything()).toEqual(before)
    expect(await done('HR_OFFICER', correct, { idempotencyKey: 'k', payRecordId: kept.id, amount: '-1.01', reason: '误发' })).toMatchObject({ amount: '-1.01', paidOn: today, corrects: { id: kept.id }, isBelowFloor: null })
    expect((await world.as('worker').run('query ($id: ID!) { payRecord(id: $id) { amount isBelowFloor } }', { id: kept.id })).data.payRecord).toEqual({ amount: '6001.00', isBelowFloor: true })
    expect(await faults('HR_OFFICER', correct, { idempotencyKey: 'l', payRecordId: kept.id, amount: '-6000', reason: '误发' })).toEqual([fault('OUT_OF_RANGE', 'input.amount')])
    expect(await faults('HR_OFFICER', correct, { idempotencyKey: 'm', payRecordId: kept.id, amount: '0', reason: '误发' })).toEqual([fault('OUT_OF_RANGE', 'input.amount')])
  })
})

describe('published figures', () => {
  /** Pays so many workers of a unit in December 2025, each a hundred more than the one before. */
  async function pays(unit: Built, count: number, from: number): Promise<void> {
    for (let at = 0; at < count; at++) await make().record({ socialWorkerId: (await buildPosts(world).worker({})).id, unitId: unit.id, paidOn: '2025-12-10', amount: String(from + at * 100) })
  }
  const input = ({ province }: Network, more: object = {}) => ({ idempotencyKey: 'p', divisionId: province.id, year: 2025, ...more })

  it('are medians of persons by region and level, with parity and those below the floor', async () => {
    const made = await network()
    await make().threshold({ divisionId: made.province.id, basisId: made.basis.id, minPersons: 3 })
    await make().guidance({ divisionId: made.province.id, basisId: made.basis.id, year: 2025, floor: '5300', comparableMedian: '6000' })
    await pays(made.unit, 4, 5000)
    await pays(made.other, 3, 6000)
    const { figures, ...told } = await done('coordinator', publish, input(made))
    expect(told).toMatchObject({ year: 2025, publishedOn: today, threshold: { minPersons: 3 } })
    const open = { level: 'ASSISTANT', isSuppressed: false, comparableMedian: '6000.00' }
    expect(figures.nodes).toHaveLength(3)
    expect(figures.nodes).toEqual(expect.arrayContaining([
      { ...open, division: { code: '330100' }, isTotal: false, persons: 4, medianPay: '5150.00', parityIndex: '0.86', belowFloorPersons: null },
      { ...open, division: { code: '330200' }, isTotal: false, persons: 3, medianPay: '6100.00', parityIndex: '1.02', belowFloorPersons: null },
      { ...open, division: { code: '330000' }, isTotal: true, persons: 7, medianPay: '5300.00', parityIndex: '0.88', belowFloorPersons: 3 },
    ]))
    expect(await faults('coordinator', publish, input(made, { idempotencyKey: 'q' }))).toEqual([fault('TAKEN', 'input.year')])
    expect((await world.as('BI_READER').run('{ payFigures { totalCount } }')).data.payFigures.totalCount).toBe(3)
  })

  it('leave out a cell of too few, and the one that would tell it', async () => {
    const made = await network()
    await make().threshold({ divisionId: made.province.id, basisId: made.basis.id, minPersons: 3 })
    await pays(made.unit, 4, 5000)
    await pays(made.other, 2, 6000)
    const { figures } = await done('coordinator', publish, input(made))
    const none = { isSuppressed: true, persons: null, medianPay: null, belowFloorPersons: null }
    const byTotal = (isTotal: boolean) => figures.nodes.filter((node: { isTotal: boolean }) => node.isTotal === isTotal)
    expect(byTotal(false)).toMatchObject([none, none])
    expect(byTotal(true)).toMatchObject([{ isSuppressed: false, persons: 6, medianPay: '5250.00' }])
  })

  it.each([
    ['a year that has not ended', { year: 2026 }, 'NOT_ENDED', 'input.year'],
    ['what is no province', { divisionId: 'city' }, 'OUT_OF_RANGE', 'input.divisionId'],
    ['without a threshold', {}, 'REQUIRED', 'input.divisionId'],
  ])('are refused for %s', async (_what, more, code, field) => {
    const made = await network()
    if (code !== 'REQUIRED') await make().threshold({ divisionId: made.province.id, basisId: made.basis.id })
    expect(await faults('coordinator', publish, input(made, 'divisionId' in more ? { divisionId: made.city.id } : more))).toEqual([fault(code, field)])
  })

  it('are published by nobody but COORDINATOR of the province', async () => {
    const made = await network()
    await make().threshold({ divisionId: made.province.id, basisId: made.basis.id })
    const logins = ['HR_OFFICER', 'DIRECTOR', 'AUDITOR', 'BI_READER', 'SYSTEM_ADMIN', 'worker']
    expect(await refusals(publish, input(made), logins)).toEqual(all(logins, 'FORBIDDEN'))
  })
})

describe('suppression', () => {
  it('leaves out no less than two cells and the threshold together, or the sum itself', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 3, max: 10 }), (counts, threshold) => {
        const parts = counts.map((persons) => ({ persons }))
        const total = { persons: counts.reduce((sum, one) => sum + one, 0) }
        const { parts: hidden, isTotal } = suppressed(parts, total, threshold)
        for (const part of parts) expect(part.persons < threshold && !hidden.has(part)).toBe(false)
        const left = [...hidden].reduce((sum, { persons }) => sum + persons, 0)
        // With the sum published, subtraction tells what was left out together: two cells at least, and not too few persons.
        expect(isTotal || hidden.size === 0 || (hidden.size >= 2 && left >= threshold)).toBe(true)
        if (counts.every((persons) => persons >= threshold)) expect([hidden.size, isTotal]).toEqual([0, false])
      }),
      { numRuns: 500 },
    )
  })
})
