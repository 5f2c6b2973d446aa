import { describe, expect, it } from '@jest/globals'
import { absent, actsOn, all, errorFields, fault, stale } from '../support/acts.js'
import { moneyBuilder } from '../support/build-money.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const { done, faults, refusals, replays, trail } = actsOn(world)
const key = { idempotencyKey: 'a' }

const act = (name: string, answer: string, fields: string) => `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${answer} { ${fields} } ${errorFields} } }`
const lineFields = 'id version code title year unit { id } source purpose level plannedAmount approvedOn remarks initiative { id } allocatedAmount contractedAmount restAmount'
const allocationFields = 'id line { id allocatedAmount restAmount } fromUnit { id } toUnit { id } voucher amount netAmount arrivedAmount outstandingAmount arrivalDelayDays allocatedOn promisedOn corrects { id netAmount } reason'
const arrivalFields = 'id amount arrivedOn delayDays voucher corrects { id } reason allocation { id arrivedAmount outstandingAmount arrivalDelayDays }'
const createLine = act('budgetLineCreate', 'budgetLine', lineFields)
const updateLine = act('budgetLineUpdate', 'budgetLine', lineFields)
const allocate = act('allocationMake', 'allocation', allocationFields)
const correct = act('allocationCorrect', 'allocation', allocationFields)
const arrive = act('disbursementRecord', 'disbursement', arrivalFields)
const correctArrival = act('disbursementCorrect', 'disbursement', arrivalFields)
const enter = act('openingBalanceEnter', 'openingBalance', 'id version division { id } unit { id } year source purpose amount remarks')
const reenter = act('openingBalanceUpdate', 'openingBalance', 'version amount remarks')

/** A bureau that gives and a school that receives, each with people of every kind; a line of 10,000.00 of which 1,000.00 go to the school by 1 April. */
async function staged() {
  const { build } = world
  const money = moneyBuilder(world)
  const { province, office } = await build.network()
  const [bureau, school] = [await build.unit({ divisionId: province.id }), await build.unit({ divisionId: province.id })]
  const apart = await build.unit()
  for (const [name, unit] of Object.entries({ bureau, school, apart })) for (const role of ['FINANCE_OFFICER', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'AUDITOR', 'BI_READER']) await build.person({ login: `${name} ${role}`, unit: unit.id, role })
  const line = await money.line({ unitId: bureau.id })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: bureau.id, toUnitId: school.id })
  return { money, province, office, bureau, school, apart, line, allocation }
}
const [giver, receiver] = ['bureau FINANCE_OFFICER', 'school FINANCE_OFFICER']
/** Whoever of the three units may not do what only one of them may. */
const others = (...but: string[]) => ['bureau', 'school', 'apart'].flatMap((unit) => ['FINANCE_OFFICER', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'AUDITOR', 'BI_READER'].map((role) => `${unit} ${role}`)).filter((login) => !but.includes(login))
/** FINANCE_OFFICERs who do not see the bureau's line. */
const elsewhere = ['school FINANCE_OFFICER', 'apart FINANCE_OFFICER']

describe('who reads money', () => {
  it('is FINANCE_OFFICER and DIRECTOR of its unit and COORDINATOR of the division, and nobody else', async () => {
    const { line, allocation, money, bureau, province } = await staged()
    await money.disbursement({ allocationId: allocation.id })
    await money.openingBalance({ unitId: bureau.id, divisionId: province.id })
    const document = '{ budgetLines { nodes { id } } allocations { nodes { id line { id } } } disbursements { totalCount } openingBalances { totalCount } }'
    const answers = Object.fromEntries(await Promise.all([...others(), 'coordinator'].map(async (login) => [login, (await world.as(login).run(document)).data] as const)))
    const full = { budgetLines: { nodes: [{ id: line.id }] }, allocations: { nodes: [{ id: allocation.id, line: { id: line.id } }] }, disbursements: { totalCount: 1 }, openingBalances: { totalCount: 1 } }
    const received = { budgetLines: { nodes: [] }, allocations: { nodes: [{ id: allocation.id, line: null }] }, disbursements: { totalCount: 1 }, openingBalances: { totalCount: 0 } }
    const none = { budgetLines: { nodes: [] }, allocations: { nodes: [] }, disbursements: { totalCount: 0 }, openingBalances: { totalCount: 0 } }
    expect(answers).toEqual({
      ...all(others('bureau FINANCE_OFFICER', 'bureau DIRECTOR', 'school FINANCE_OFFICER', 'school DIRECTOR'), none as never),
      ...all([giver, 'bureau DIRECTOR', 'coordinator'], full as never), ...all([receiver, 'school DIRECTOR'], received as never),
    })
  })
})

describe('amounts', () => {
  it('are compared and ordered as numbers, in variables and in documents', async () => {
    const { money, bureau } = await staged()
    for (const [code, plannedAmount] of [['B-9', '9.50'], ['B-10', '10'], ['B-100', '100.01']]) await money.line({ code, unitId: bureau.id, plannedAmount })
    const codes = async (filter: string, variables?: object) => (await world.as(giver).run(`query ${variables ? '($least: Money)' : ''} { budgetLines(filter: ${filter}, orderBy: [{ field: PLANNED_AMOUNT, direction: DESC }]) { nodes { code } } }`, variables as never)).data.budgetLines.nodes.map(({ code }: { code: string }) => code).filter((code: string) => /^B-(9|10|100)$/.test(code))
    expect(await codes('{ plannedAmount: { gte: $least } }', { least: '9.5' })).toEqual(['B-100', 'B-10', 'B-9'])
    expect(await codes('{ plannedAmount: { gt: 9.50, lt: 100.01 } }')).toEqual(['B-10'])
    expect(await codes('{ not: { plannedAmount: { in: ["10.00", "100.01"] } } }')).toEqual(['B-9'])
    expect((await world.as(giver).run('{ budgetLines(filter: { plannedAmount: { eq: "1.001" } }) { totalCount } }')).errors[0]!.message).toContain('amount in yuan written in digits')
  })
})

describe('a budget line', () => {
  it('is entered, approved and changed', async () => {
    const { bureau, province } = await staged()
    const initiative = await world.build.initiative({ divisionId: province.id })
    const input = { ...key, code: ' B-X ', title: ' 社工岗位 ', year: 2026, unitId: bureau.id, source: 'WELFARE_LOTTERY', purpose: 'VOLUNTEERING', level: 'PROVINCE', plannedAmount: '1234.5', remarks: '一次', initiativeId: initiative.id }
    const line = await done(giver, createLine, input)
    expect(line).toEqual({
      id: expect.stringMatching(/^blin_/), version: 1, code: 'B-X', title: '社工岗位', year: 2026, unit: { id: bureau.id }, source: 'WELFARE_LOTTERY', purpose: 'VOLUNTEERING', level: 'PROVINCE', plannedAmount: '1234.50', approvedOn: null, remarks: '一次',
      initiative: { id: initiative.id }, allocatedAmount: '0.00', contractedAmount: '0.00', restAmount: '1234.50',
    })
    await replays(giver, createLine, input, { title: '另一' })
    const changed = await done(giver, updateLine, { idempotencyKey: 'u', lineId: line.id, expectedVersion: 1, plannedAmount: '2000', approvedOn: '2026-11-23', remarks: null, initiativeId: null })
    expect(changed).toMatchObject({ version: 2, plannedAmount: '2000.00', approvedOn: '2026-11-23', remarks: null, initiative: null, restAmount: '2000.00' })
    expect(await faults(giver, updateLine, { idempotencyKey: 'v', lineId: line.id, expectedVersion: 1, title: '改' })).toEqual([stale(2, ['approvedOn', 'initiative', 'plannedAmount', 'remarks'])])
    expect((await world.as('coordinator').run('query ($id: ID!) { initiative(id: $id) { budgetLines { nodes { code } } } }', { id: initiative.id })).data.initiative.budgetLines.nodes).toEqual([])
  })

  it('is kept by FINANCE_OFFICER of its unit alone', async () => {
    const { bureau, line } = await staged()
    const input = { ...key, code: 'X', title: '一', year: 2026, unitId: bureau.id, source: 'FISCAL', purpose: 'SOCIAL_WORK', level: 'COUNTY', plannedAmount: '1' }
    expect(await refusals(createLine, input, [...others(giver), 'coordinator', 'nobody'])).toEqual({ ...all([...others(giver), 'coordinator'], 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    expect(await refusals(updateLine, { ...key, lineId: line.id, expectedVersion: 1, title: '改' }, [...others(giver), 'coordinator'])).toEqual({ ...all([...others(giver), 'coordinator'], 'FORBIDDEN'), ...all(elsewhere, 'NOT_FOUND') })
  })

  it.each([
    ['nothing planned', { plannedAmount: '0' }, 'OUT_OF_RANGE', 'input.plannedAmount'],
    ['approval in the future', { approvedOn: '2026-11-24' }, 'OUT_OF_RANGE', 'input.approvedOn'],
    ['a year out of reach', { year: 1999 }, 'OUT_OF_RANGE', 'input.year'],
    ['a code that is taken', { code: 'B-TAKEN' }, 'TAKEN', 'input.code'],
    ['an initiative that is not there', { initiativeId: absent('init') }, 'UNKNOWN', 'input.initiativeId'],
  ])('is refused with %s', async (_what, more, code, field) => {
    const { bureau, money } = await staged()
    await money.line({ code: 'B-TAKEN' })
    expect(await faults(giver, createLine, { ...key, code: 'X', title: '一', year: 2026, unitId: bureau.id, source: 'FISCAL', purpose: 'SOCIAL_WORK', level: 'COUNTY', plannedAmount: '1', ...more })).toEqual([fault(code, field)])
  })

  it('is never planned below what is allocated', async () => {
    const { line } = await staged()
    expect(await faults(giver, updateLine, { ...key, lineId: line.id, expectedVersion: 1, plannedAmount: '999.99' })).toEqual([fault('INSUFFICIENT', 'input.plannedAmount')])
    expect(await done(giver, updateLine, { ...key, lineId: line.id, expectedVersion: 1, plannedAmount: '1000' })).toMatchObject({ restAmount: '0.00' })
  })
})

describe('an allocation', () => {
  it('takes from the line what is left, to the fen', async () => {
    const { line, bureau, school } = await staged()
    const input = { ...key, lineId: line.id, toUnitId: school.id, amount: '9000', promisedOn: '2026-12-31', voucher: ' 拨-1 ' }
    expect(await faults(giver, allocate, { ...input, idempotencyKey: 'b', amount: '9000.01' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await done(giver, allocate, input)).toEqual({
      id: expect.stringMatching(/^allo_/), line: { id: line.id, allocatedAmount: '10000.00', restAmount: '0.00' }, fromUnit: { id: bureau.id }, toUnit: { id: school.id }, voucher: '拨-1', amount: '9000.00', netAmount: '9000.00', arrivedAmount: '0.00',
      outstandingAmount: '9000.00', arrivalDelayDays: 0, allocatedOn: '2026-11-23', promisedOn: '2026-12-31', corrects: null, reason: null,
    })
    await replays(giver, allocate, input, { amount: '1' })
    expect(await faults(giver, allocate, { ...input, idempotencyKey: 'c', amount: '0.01' })).toEqual([fault('INSUFFICIENT', 'input.lineId')])
    expect((await trail()).map(([verb, , changes]) => [verb, changes.map(([type, kind]) => [type, kind])])).toEqual([['allocationMake', [['Allocation', 'CREATED']]]])
  })

  it.each([
    ['nothing', { amount: '0' }, 'OUT_OF_RANGE', 'input.amount'],
    ['less than nothing', { amount: '-1' }, 'OUT_OF_RANGE', 'input.amount'],
    ['a day of another budget year', { allocatedOn: '2025-12-31' }, 'OUTSIDE_BUDGET_YEAR', 'input.allocatedOn'],
    ['a day in the future', { allocatedOn: '2026-11-24' }, 'OUT_OF_RANGE', 'input.allocatedOn'],
    ['a promise of the day before', { promisedOn: '2026-11-22' }, 'OUT_OF_RANGE', 'input.promisedOn'],
    ['a voucher that is taken', { voucher: '拨' }, 'TAKEN', 'input.voucher'],
    ['a unit that is not there', { toUnitId: absent('unit') }, 'UNKNOWN', 'input.toUnitId'],
  ])('is refused with %s, and nothing moves', async (_what, more, code, field) => {
    const { line, school } = await staged()
    await world.sql(`update allocation set voucher = '拨'`)
    expect(await faults(giver, allocate, { ...key, lineId: line.id, toUnitId: school.id, amount: '1', promisedOn: '2026-12-31', ...more })).toEqual([fault(code, field)])
  })

  it('needs an approved line', async () => {
    const { line, school } = await staged()
    await world.sql('update budget_line set approved_on = null')
    expect(await faults(giver, allocate, { ...key, lineId: line.id, toUnitId: school.id, amount: '1', promisedOn: '2026-12-31' })).toEqual([fault('NOT_APPROVED', 'input.lineId')])
    const { data } = await world.as(giver).run('query ($id: ID!) { budgetLine(id: $id) { viewerCan { allocationMake { allowed reasons { code } } } nextActions { action allowed } } }', { id: line.id })
    expect(data.budgetLine).toEqual({ viewerCan: { allocationMake: { allowed: false, reasons: [{ code: 'NOT_APPROVED' }] } }, nextActions: [{ action: 'allocationMake', allowed: false }] })
  })

  it('is made by FINANCE_OFFICER of the giving unit alone, and corrected too', async () => {
    const { line, school, allocation } = await staged()
    expect(await refusals(allocate, { ...key, lineId: line.id, toUnitId: school.id, amount: '1', promisedOn: '2026-12-31' }, [...others(giver), 'coordinator'])).toEqual({ ...all([...others(giver), 'coordinator'], 'FORBIDDEN'), ...all(elsewhere, 'NOT_FOUND') })
    expect(await refusals(correct, { ...key, allocationId: allocation.id, amount: '-1', reason: '更正' }, [...others(giver), 'coordinator'])).toEqual({ ...all([...others(giver), 'coordinator'], 'FORBIDDEN'), ...all(elsewhere, 'NOT_FOUND') })
  })

  it('is corrected by an entry of its own, dated today, down to what has arrived', async () => {
    const { line, allocation, money } = await staged()
    await money.disbursement({ allocationId: allocation.id, amount: '400' })
    expect(await faults(giver, correct, { ...key, allocationId: allocation.id, amount: '-600.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await faults(giver, correct, { ...key, allocationId: allocation.id, amount: '9000.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await faults(giver, correct, { ...key, allocationId: allocation.id, amount: '0', reason: '更正' })).toEqual([fault('OUT_OF_RANGE', 'input.amount')])
    const entry = await done(giver, correct, { ...key, allocationId: allocation.id, amount: '-600', reason: ' 多拨 ' })
    expect(entry).toMatchObject({ line: { id: line.id, allocatedAmount: '400.00', restAmount: '9600.00' }, amount: '-600.00', netAmount: '0.00', allocatedOn: '2026-11-23', corrects: { id: allocation.id, netAmount: '400.00' }, reason: '多拨' })
    expect(await faults(giver, correct, { idempotencyKey: 'b', allocationId: entry.id, amount: '1', reason: '更正' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.allocationId')])
    expect(await faults(receiver, arrive, { ...key, allocationId: entry.id, amount: '1', arrivedOn: '2026-11-23' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.allocationId')])
  })
})

describe('an arrival', () => {
  it('is told late by days, until all of it has arrived', async () => {
    const { allocation } = await staged()
    const delay = async () => (await world.as(receiver).run('query ($id: ID!) { allocation(id: $id) { arrivalDelayDays } }', { id: allocation.id })).data.allocation.arrivalDelayDays
    expect(await delay()).toBe(236)
    expect(await done(receiver, arrive, { ...key, allocationId: allocation.id, amount: '600.25', arrivedOn: '2026-03-31', voucher: '到-1' })).toMatchObject({ amount: '600.25', delayDays: 0, voucher: '到-1', allocation: { arrivedAmount: '600.25', outstandingAmount: '399.75', arrivalDelayDays: 236 } })
    expect(await faults(receiver, arrive, { idempotencyKey: 'b', allocationId: allocation.id, amount: '399.76', arrivedOn: '2026-04-11' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    const last = { idempotencyKey: 'c', allocationId: allocation.id, amount: '399.75', arrivedOn: '2026-04-11' }
    expect(await done(receiver, arrive, last)).toMatchObject({ delayDays: 10, allocation: { outstandingAmount: '0.00', arrivalDelayDays: 10 } })
    await replays(receiver, arrive, last, { amount: '1' })
    expect(await faults(receiver, arrive, { idempotencyKey: 'd', allocationId: allocation.id, amount: '0.01', arrivedOn: '2026-04-11' })).toEqual([fault('INSUFFICIENT', 'input.allocationId')])
  })

  it('is no earlier than its allocation and no later than today', async () => {
    const { allocation } = await staged()
    for (const arrivedOn of ['2026-02-28', '2026-11-24']) expect(await faults(receiver, arrive, { ...key, allocationId: allocation.id, amount: '1', arrivedOn })).toEqual([fault('OUT_OF_RANGE', 'input.arrivedOn')])
  })

  it('is corrected by an entry of its own, never below nothing', async () => {
    const { allocation, money } = await staged()
    const first = await money.disbursement({ allocationId: allocation.id, amount: '300' })
    await money.disbursement({ allocationId: allocation.id, amount: '200' })
    expect(await faults(receiver, correctArrival, { ...key, disbursementId: first.id, amount: '-300.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await faults(receiver, correctArrival, { ...key, disbursementId: first.id, amount: '500.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    const entry = await done(receiver, correctArrival, { ...key, disbursementId: first.id, amount: '-250', reason: '重复登记' })
    expect(entry).toMatchObject({ amount: '-250.00', arrivedOn: '2026-11-23', corrects: { id: first.id }, reason: '重复登记', allocation: { arrivedAmount: '250.00' } })
    expect(await faults(receiver, correctArrival, { idempotencyKey: 'b', disbursementId: first.id, amount: '-50.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await faults(receiver, correctArrival, { idempotencyKey: 'c', disbursementId: entry.id, amount: '1', reason: '更正' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.disbursementId')])
  })

  it('is recorded by FINANCE_OFFICER of the receiving unit alone', async () => {
    const { allocation } = await staged()
    expect(await refusals(arrive, { ...key, allocationId: allocation.id, amount: '1', arrivedOn: '2026-04-01' }, [...others(receiver), 'coordinator'])).toEqual({ ...all([...others(receiver), 'coordinator'], 'FORBIDDEN'), 'apart FINANCE_OFFICER': 'NOT_FOUND' })
  })
})

describe('the database', () => {
  it.each([
    ['an allocation over the plan', `insert into allocation (id, line_id, from_unit_id, to_unit_id, amount, allocated_on, promised_on) select 'allo_x', line_id, from_unit_id, to_unit_id, 9000.01, '2026-03-01', '2026-04-01' from allocation`, 'budget_line_covered'],
    ['a plan below what is allocated', 'update budget_line set planned_amount = 999.99', 'budget_line_covered'],
    ['an allocation below what has arrived', 'update allocation set amount = 399.99', 'allocation_covered'],
    ['an arrival over the allocation', `insert into disbursement (id, allocation_id, unit_id, amount, arrived_on) select 'disb_x', id, to_unit_id, 600.01, '2026-04-01' from allocation`, 'allocation_covered'],
    ['an allocation that goes though money arrived', 'delete from allocation', 'disbursement_allocation_id_foreign'],
    ['a negative entry that corrects nothing', `insert into disbursement (id, allocation_id, unit_id, amount, arrived_on) select 'disb_x', id, to_unit_id, -1, '2026-04-01' from allocation`, 'disbursement_signed'],
    ['an allocation in the name of another unit', `update allocation set from_unit_id = to_unit_id`, 'allocation_of_line'],
  ])('refuses %s', async (_what, statement, rule) => {
    const { allocation, money } = await staged()
    await money.disbursement({ allocationId: allocation.id, amount: '400' })
    await expect(world.sql(statement)).rejects.toMatchObject({ constraint: rule })
    expect(await world.sql('select l.planned_amount::text as planned, l.allocated_amount::text as allocated, a.net_amount::text as net, a.arrived_amount::text as arrived from budget_line l join allocation a on a.line_id = l.id')).toEqual([{ planned: '10000.00', allocated: '1000.00', net: '1000.00', arrived: '400.00' }])
  })

  it('keeps the totals through changes and removals of entries', async () => {
    const { allocation, money } = await staged()
    const arrival = await money.disbursement({ allocationId: allocation.id, amount: '400' })
    await world.sql('update allocation set amount = 700')
    await world.sql('update disbursement set amount = 700')
    const totals = () => world.sql('select l.allocated_amount::text as allocated, a.net_amount::text as net, a.arrived_amount::text as arrived from budget_line l left join allocation a on a.line_id = l.id')
    expect(await totals()).toEqual([{ allocated: '700.00', net: '700.00', arrived: '700.00' }])
    await world.sql('delete from disbursement where id = $1', [arrival.id])
    expect(await totals()).toEqual([{ allocated: '700.00', net: '700.00', arrived: '0.00' }])
    await world.sql('delete from allocation')
    expect(await totals()).toEqual([{ allocated: '0.00', net: null, arrived: null }])
  })
})

describe('a locked month', () => {
  const lock = (unitId: string, month: string) => world.sql(`insert into period_lock (id, unit_id, ledger, month, locked_on) values ($1, $2, 'MONEY', $3, '2026-11-20')`, [`plck_${unitId}${month}`, unitId, month])

  it('takes no entry, by whatever way, and is corrected by one of today', async () => {
    const { money, line, allocation, bureau, school } = await staged()
    const arrival = await money.disbursement({ allocationId: allocation.id, amount: '400', arrivedOn: '2026-04-11' })
    await lock(bureau.id, '2026-03')
    await lock(school.id, '2026-04')
    expect(await faults(giver, allocate, { ...key, lineId: line.id, toUnitId: school.id, amount: '1', allocatedOn: '2026-03-31', promisedOn: '2026-12-31' })).toEqual([fault('PERIOD_LOCKED', 'input.allocatedOn')])
    expect(await faults(receiver, arrive, { ...key, allocationId: allocation.id, amount: '1', arrivedOn: '2026-04-30' })).toEqual([fault('PERIOD_LOCKED', 'input.arrivedOn')])
    for (const statement of ['update allocation set amount = 900', `update allocation set allocated_on = '2026-02-01'`, 'update disbursement set amount = 1', 'delete from disbursement']) await expect(world.sql(statement)).rejects.toMatchObject({ constraint: 'period_locked' })
    expect(await done(receiver, correctArrival, { ...key, disbursementId: arrival.id, amount: '-100', reason: '更正' })).toMatchObject({ arrivedOn: '2026-11-23', allocation: { arrivedAmount: '300.00' } })
    expect(await done(giver, correct, { ...key, allocationId: allocation.id, amount: '-700', reason: '更正' })).toMatchObject({ allocatedOn: '2026-11-23', corrects: { netAmount: '300.00' } })
    expect(await faults(receiver, arrive, { idempotencyKey: 'b', allocationId: allocation.id, amount: '0.01', arrivedOn: '2026-11-23' })).toEqual([fault('INSUFFICIENT', 'input.allocationId')])
  })
})

describe('an opening balance', () => {
  it('is entered once for a year, a source and a purpose, and changed', async () => {
    const { bureau, province } = await staged()
    const input = { ...key, unitId: bureau.id, year: 2024, source: 'SOCIAL', purpose: 'INCENTIVES', amount: '1200000' }
    const balance = await done(giver, enter, input)
    expect(balance).toEqual({ id: expect.stringMatching(/^opbl_/), version: 1, division: { id: province.id }, unit: { id: bureau.id }, year: 2024, source: 'SOCIAL', purpose: 'INCENTIVES', amount: '1200000.00', remarks: null })
    await replays(giver, enter, input, { amount: '1' })
    expect(await faults(giver, enter, { ...input, idempotencyKey: 'b' })).toEqual([fault('TAKEN', 'input.year')])
    expect(await done(giver, reenter, { ...key, openingBalanceId: balance.id, expectedVersion: 1, amount: '0', remarks: '核实' })).toEqual({ version: 2, amount: '0.00', remarks: '核实' })
    // Nor does a refusal tell whether there is one.
    expect(await refusals(enter, { ...input, idempotencyKey: 'c' }, others(giver))).toEqual(all(others(giver), 'FORBIDDEN'))
    expect(await refusals(enter, { ...input, idempotencyKey: 'c', year: 2023 }, [...others(giver), 'coordinator'])).toEqual(all([...others(giver), 'coordinator'], 'FORBIDDEN'))
  })
})
