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
  const money = moneyBuilder(build)
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
  const money = moneyBuilder(build)
  const line = await money.line({ plannedAmount: '1000' })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: line['unit_id'], amount: '1000' })
  const attempts = await Promise.allSettled(Array.from({ length: 30 }, (_none, at) =>
    backbone.database.transaction((sql) => sql({ text: `insert into disbursement (id, allocation_id, amount, arrived_on) values ($1, $2, 70, '2026-04-01')`, values: [`disb_${at}`, allocation.id] })),
  ))
  const refused = attempts.filter((one) => one.status === 'rejected').map(({ reason }) => (reason as { constraint: string }).constraint)
  expect(refused).toEqual(Array.from({ length: 16 }, () => 'allocation_covered'))
  expect(await world.sql('select arrived_amount::text as arrived, (select sum(amount)::text from disbursement) as entries from allocation')).toEqual([{ arrived: '980.00', entries: '980.00' }])
}, 120_000)
