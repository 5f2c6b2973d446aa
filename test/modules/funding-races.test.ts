import { expect, it } from '@jest/globals'
import { moneyBuilder } from '../support/build-money.js'
import { useWorld } from '../support/world.js'

// Two at once need a server with more than one session.
const world = useWorld({ on: 'postgresql' })

const run = async (login: string, mutation: string, input: object) => {
  const { data, errors } = await world.as(login).run(`mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`, { input })
  expect(errors).toEqual([])
  return (data[mutation].userErrors as { code: string }[]).map(({ code }) => code).join()
}

it('lets no two spenders take the same money out of a line, in 20 races', async () => {
  const { build } = world
  const money = moneyBuilder(world)
  const unit = await build.unit()
  for (const login of ['one', 'two']) await build.person({ login, unit: unit.id, role: 'FINANCE_OFFICER' })
  for (let turn = 0; turn < 20; turn++) {
    const line = await money.line({ unitId: unit.id, plannedAmount: '100' })
    const spend = (login: string, amount: string) => run(login, 'allocationMake', { idempotencyKey: `${login}${turn}`, lineId: line.id, toUnitId: unit.id, amount, promisedOn: '2026-12-31' })
    const answers = await Promise.all([spend('one', '60'), spend('two', '60')])
    expect(answers.toSorted()).toEqual(['', 'INSUFFICIENT'])
    expect(await world.sql('select allocated_amount::text as allocated, (select sum(amount)::text from allocation where line_id = l.id) as entries from budget_line l where id = $1', [line.id])).toEqual([{ allocated: '60.00', entries: '60.00' }])
  }
}, 120_000)

it('holds the totals where many statements move money past the application at once', async () => {
  const { build, backbone } = world
  const money = moneyBuilder(world)
  const line = await money.line({ plannedAmount: '1000' })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: line['unit_id'], amount: '1000' })
  const attempts = await Promise.allSettled(Array.from({ length: 30 }, (_none, at) =>
    backbone.database.transaction((sql) => sql({ text: `insert into disbursement (id, allocation_id, unit_id, amount, arrived_on) values ($1, $2, $3, 70, '2026-04-01')`, values: [`disb_${at}`, allocation.id, allocation['to_unit_id']] })),
  ))
  const refused = attempts.filter((one) => one.status === 'rejected').map(({ reason }) => (reason as { constraint: string }).constraint)
  expect(refused).toEqual(Array.from({ length: 16 }, () => 'allocation_covered'))
  expect(await world.sql('select arrived_amount::text as arrived, (select sum(amount)::text from disbursement) as entries from allocation')).toEqual([{ arrived: '980.00', entries: '980.00' }])
}, 120_000)

it('pays no contract beyond its amount, in 20 races, and nothing once the mid-term evaluation has failed', async () => {
  const { build } = world
  const money = moneyBuilder(world)
  const unit = await build.unit()
  for (const login of ['one', 'two']) await build.person({ login, unit: unit.id, role: 'FINANCE_OFFICER' })
  const line = await money.line({ unitId: unit.id, plannedAmount: '100000' })
  const signed = () => money.contract({ lineId: line.id, purchaserId: unit.id, amount: '100' })
  for (let turn = 0; turn < 20; turn++) {
    const contract = await signed()
    const pay = (login: string) => run(login, 'paymentMake', { idempotencyKey: `p${login}${turn}`, contractId: contract.id, amount: '60' })
    expect((await Promise.all([pay('one'), pay('two')])).toSorted()).toEqual(['', 'INSUFFICIENT'])
    expect(await world.sql('select paid_amount::text as paid from contract where id = $1', [contract.id])).toEqual([{ paid: '60.00' }])
  }
  const won = { paid: 0, stopped: 0 }
  for (let turn = 0; turn < 10; turn++) {
    const contract = await signed()
    const pay = () => run('one', 'paymentMake', { idempotencyKey: `s${turn}`, contractId: contract.id, amount: '60' })
    const fail = () => run('two', 'contractEvaluate', { idempotencyKey: `f${turn}`, contractId: contract.id, stage: 'MID_TERM', result: 'FAILED', text: '不合格' })
    const [paid, failed] = turn % 2 ? await Promise.all([pay(), fail()]) : (await Promise.all([fail(), pay()])).toReversed()
    expect(failed).toBe('')
    expect(['', 'PAYMENT_STOPPED']).toContain(paid)
    won[paid === '' ? 'paid' : 'stopped']++
    expect(await run('one', 'paymentMake', { idempotencyKey: `t${turn}`, contractId: contract.id, amount: '1' })).toBe('PAYMENT_STOPPED')
  }
  process.stdout.write(`payments against a failed evaluation: ${JSON.stringify(won)}\n`)
}, 120_000)

it('takes a bid before the lot is opened, or refuses it, in 10 races', async () => {
  const { build } = world
  const money = moneyBuilder(world)
  const [unit, agency] = [await build.unit(), await build.unit({ kind: 'SERVICE_AGENCY' })]
  await build.person({ login: 'officer', unit: unit.id, role: 'FINANCE_OFFICER' })
  await build.person({ login: 'manager', unit: agency.id, role: 'AGENCY_MANAGER' })
  for (let turn = 0; turn < 10; turn++) {
    world.day = '2026-11-23'
    const procurement = await money.procurement({ purchaserId: unit.id, status: 'DRAFT', publishedOn: null })
    const lot = await money.lot({ procurementId: procurement.id, status: 'DRAFT', publicKey: null })
    const { data } = await world.as('officer').run('mutation ($input: ProcurementStepInput!) { procurementPublish(input: $input) { userErrors { code } } }', { input: { idempotencyKey: `p${turn}`, procurementId: procurement.id, expectedVersion: 1 } })
    expect(data.procurementPublish.userErrors).toEqual([])
    world.day = '2026-11-24'
    const bid = () => run('manager', 'bidSubmit', { idempotencyKey: `b${turn}`, lotId: lot.id, bidderId: agency.id, amount: '10', proposal: '方案' })
    const open = () => world.as('officer').run('mutation ($input: LotStepInput!) { lotOpen(input: $input) { userErrors { code } } }', { input: { idempotencyKey: `o${turn}`, lotId: lot.id, expectedVersion: 2 } })
    const [told] = turn % 2 ? await Promise.all([bid(), open()]) : (await Promise.all([open(), bid()])).toReversed()
    expect(await world.sql('select status from bid where lot_id = $1', [lot.id])).toEqual(told === '' ? [{ status: 'OPENED' }] : [])
    expect(['', 'ILLEGAL_TRANSITION']).toContain(told)
  }
}, 120_000)
