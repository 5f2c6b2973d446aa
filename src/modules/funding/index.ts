/*
 * Funding (经费保障): where the money of the network comes from, what it is for, and how it moves. A budget line is a unit's plan of a year from one source for one purpose; once approved, money
 * of it is allocated to units (下达) with the day by which it is promised, and arrives there (到账). What arrives late is told in days after the promised one.
 * Planned ≥ allocated + contracted, allocated ≥ arrived, and nothing below zero: the statement that moves money keeps the totals under conditions of the database, however many move it at once.
 * An entry is never changed, and in a locked month (module periods, ledger MONEY: of the giving unit for allocations, of the receiving one for arrivals) none is added. A wrong one is corrected by another that names it, carries the signed difference and a reason, and is dated on the day of its entry.
 * Opening balances (期初总额) are totals of a division from years before its money was kept here. Amounts are yuan to the fen.
 */
import { Int } from 'type-graphql'
import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, value } from '../../engine/index.js'
import { Money, Problem } from '../../kernel/index.js'
import { countsTowards, Initiative } from '../initiatives/index.js'
import { fundingAccess, fundingScopes } from './funding.access.js'
import { Allocation, BudgetLine, Disbursement, OpeningBalance } from './funding.entity.js'
import './funding.facts.js'
import { allocationGrouping, disbursementGrouping, lineGrouping, openingBalanceGrouping } from './funding.grouping.js'
import { allocationPaging, disbursementPaging, linePaging, openingBalancePaging } from './funding.input.js'
import { FundingMutations } from './funding.resolver.js'
import { hasTotal } from './line.service.js'

countsTowards('FUNDS_SPENT', { way: [{ to: () => BudgetLine, by: 'initiative' }, { to: () => Allocation, by: 'line' }, { to: () => Disbursement, by: 'allocation' }], sum: 'amount' })

const tooMuch = () => new Problem('INSUFFICIENT', 'input.amount', { en: 'Somebody else moved money meanwhile, and so much is no longer left. Read the amounts again.', zh: '期间已有其他资金变动，余额不足，请重新读取金额。' })
for (const rule of ['budget_line_covered', 'allocation_covered']) constraintMeans(rule, tooMuch)
constraintMeans('opening_balance_once', hasTotal)

const difference = (on: Function, name: string, description: string, sum: (row: RowRef) => ReturnType<typeof sql>) => value(on, name, () => Money, description, { sql: (row) => sql`(${sum(row)})::text` })

export const funding = defineModule({
  name: 'funding',
  records: [BudgetLine, Allocation, Disbursement, OpeningBalance],
  resolvers: [FundingMutations],
  fields: [
    collection(BudgetLine, 'budgetLine', 'budgetLines', linePaging),
    collection(Allocation, 'allocation', 'allocations', allocationPaging),
    collection(Disbursement, 'disbursement', 'disbursements', disbursementPaging),
    collection(OpeningBalance, 'openingBalance', 'openingBalances', openingBalancePaging),
    aggregate(BudgetLine, 'budgetLinesAggregate', linePaging, lineGrouping),
    aggregate(Allocation, 'allocationsAggregate', allocationPaging, allocationGrouping),
    aggregate(Disbursement, 'disbursementsAggregate', disbursementPaging, disbursementGrouping),
    aggregate(OpeningBalance, 'openingBalancesAggregate', openingBalancePaging, openingBalanceGrouping),
    difference(BudgetLine, 'restAmount', 'What is neither allocated nor contracted yet, in yuan (余额).', (row) => sql`${row.column('plannedAmount')} - ${row.column('allocatedAmount')} - ${row.column('contractedAmount')}`),
    connection(BudgetLine, 'allocations', () => Allocation, 'line', 'Its allocations, corrections included (资金下达).', allocationPaging),
    ...actionFields(BudgetLine),
    difference(Allocation, 'outstandingAmount', 'What has yet to arrive, in yuan (未到账).', (row) => sql`${row.column('netAmount')} - ${row.column('arrivedAmount')}`),
    value(Allocation, 'arrivalDelayDays', () => Int, 'Days after the promised one until all of it had arrived; until today while some has not; 0 where it is in time (到账延迟天数).', {
      sql: (row) => sql`greatest(0, case when ${row.column('arrivedAmount')} < ${row.column('netAmount')} then ${viewerSql.today}
        else coalesce((select max(ad.arrived_on) from disbursement ad where ad.allocation_id = ${row.column('id')}), ${row.column('promisedOn')}) end - ${row.column('promisedOn')})`,
    }),
    connection(Allocation, 'disbursements', () => Disbursement, 'allocation', 'What arrived of it, corrections included (到账).', disbursementPaging),
    ...actionFields(Allocation),
    value(Disbursement, 'delayDays', () => Int, 'Days from the promised one to the arrival; 0 where it came in time (到账延迟天数).', {
      sql: (row) => sql`greatest(0, ${row.column('arrivedOn')} - ${row.column('allocation.promisedOn')})`,
    }),
    connection(Initiative, 'budgetLines', () => BudgetLine, 'initiative', 'Budget lines that pay for it, of those that you may see (预算项目).', linePaging),
  ],
  access: [fundingAccess],
  scopes: fundingScopes,
})

export { Allocation, BudgetLine, Disbursement, FundingPurpose, FundingSource, OpeningBalance } from './funding.entity.js'
export { insufficient, lineFaults } from './funding.facts.js'
export { BudgetLineFilter } from './funding.input.js'
export { checkPast, checkRest } from './line.service.js'
export { checkCorrection, negated } from './movement.service.js'
