/*
 * Procurement (政府购买服务): a unit buys services of agencies out of a budget line. A procurement has lots; for each, agencies send sealed bids until its time. A bid is encrypted with a key of its lot,
 * and what opens it lies outside the database: until the purchaser opens the lot, at or after that time and on record, neither a reader of the graph nor a holder of the whole database learns a price.
 * The purchaser chooses a bid and the bidder accepts or declines (双向选择). A contract follows an accepted award, or an agreement without tender; it is funded by the annual budget or by project application,
 * lies within the budget year of its line, and takes its amount out of it. The agency reports milestones, both sides evaluate; while the purchaser's last mid-term evaluation is a failed one nothing is paid.
 * Paid never exceeds the contract, and never falls below zero. A terminated contract gives back what was not paid. A wrong payment is corrected by an entry of its own.
 */
import { Int } from 'type-graphql'
import { sql } from 'kysely'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, list, markSensitive, value } from '../../engine/index.js'
import { Money, Problem } from '../../kernel/index.js'
import { BudgetLine } from '../funding/index.js'
import { countsTowards } from '../initiatives/index.js'
import { hasBid } from './bid.service.js'
import { Contract, ContractMilestone, Evaluation, Payment } from './contract.entity.js'
import { isStopped } from './contract.facts.js'
import { awardGrouping, contractGrouping, evaluationGrouping, lotGrouping, milestoneGrouping, paymentGrouping, procurementGrouping } from './contract.grouping.js'
import { contractPaging, evaluationPaging, milestonePaging, paymentPaging } from './contract.input.js'
import { ContractMutations } from './contract.resolver.js'
import { procurementAccess, procurementScopes } from './procurement.access.js'
import { Award, Bid, Lot, Procurement } from './procurement.entity.js'
import './procurement.facts.js'
import { awardPaging, bidPaging, lotPaging, procurementPaging } from './procurement.input.js'
import { ProcurementMutations } from './procurement.resolver.js'

countsTowards('FUNDS_SPENT', { way: [{ to: () => BudgetLine, by: 'initiative' }, { to: () => Contract, by: 'line' }, { to: () => Payment, by: 'contract' }], sum: 'amount' })
markSensitive(Bid)
constraintMeans('contract_covered', () => new Problem('INSUFFICIENT', 'input.amount', { en: 'Somebody else paid meanwhile, and so much is no longer left of the contract.', zh: '期间已有其他支付，合同余额不足。' }))
constraintMeans('contract_in_year', () => new Problem('OUTSIDE_BUDGET_YEAR', 'input.endsOn', { en: 'A contract lies within the budget year of its line.', zh: '合同期须在预算年度内。' }))
constraintMeans('contract_of_award', () => new Problem('TAKEN', 'input.awardId', { en: 'The contract of this award is signed already.', zh: '该定标结果已签订合同。' }))
constraintMeans('bid_one_live', hasBid)

export const procurement = defineModule({
  name: 'procurement',
  records: [Procurement, Lot, Bid, Award, Contract, ContractMilestone, Evaluation, Payment],
  resolvers: [ProcurementMutations, ContractMutations],
  fields: [
    collection(Procurement, 'procurement', 'procurements', procurementPaging),
    collection(Lot, 'lot', 'lots', lotPaging),
    collection(Bid, 'bid', 'bids', bidPaging),
    collection(Award, 'award', 'awards', awardPaging),
    collection(Contract, 'contract', 'contracts', contractPaging),
    collection(ContractMilestone, 'contractMilestone', 'contractMilestones', milestonePaging),
    collection(Evaluation, 'evaluation', 'evaluations', evaluationPaging),
    collection(Payment, 'payment', 'payments', paymentPaging),
    aggregate(Contract, 'contractsAggregate', contractPaging, contractGrouping),
    aggregate(Payment, 'paymentsAggregate', paymentPaging, paymentGrouping),
    aggregate(Procurement, 'procurementsAggregate', procurementPaging, procurementGrouping),
    aggregate(Lot, 'lotsAggregate', lotPaging, lotGrouping),
    aggregate(Award, 'awardsAggregate', awardPaging, awardGrouping),
    aggregate(ContractMilestone, 'contractMilestonesAggregate', milestonePaging, milestoneGrouping),
    aggregate(Evaluation, 'evaluationsAggregate', evaluationPaging, evaluationGrouping),
    list(Procurement, 'lots', () => Lot, 'procurement', 'Its lots by number; some dozens (标段).', { order: ['number', 'id'] }),
    connection(Lot, 'bids', () => Bid, 'lot', 'Bids that you may see: your own, and once it is opened those of the others where you have bid or buy (投标).', bidPaging),
    list(Lot, 'awards', () => Award, 'lot', 'Choices made for it, the declined ones included; a handful (定标).', { order: ['chosenOn', 'id'] }),
    value(Lot, 'bidderCount', () => Int, 'How many bids were opened; null before (投标家数).', {
      nullable: true,
      sql: (row) => sql`case when ${row.column('openedAt')} is not null then (select count(*)::integer from bid cb where cb.lot_id = ${row.column('id')} and cb.status in ('OPENED', 'UNREADABLE')) end`,
    }),
    value(Contract, 'restAmount', () => Money, 'What has yet to be paid, in yuan (未支付).', { sql: (row) => sql`(${row.column('amount')} - ${row.column('paidAmount')})::text` }),
    value(Contract, 'isPaymentStopped', () => Boolean, "The purchaser's last mid-term evaluation failed, so nothing is paid (是否停止付款).", { sql: isStopped }),
    list(Contract, 'milestones', () => ContractMilestone, 'contract', 'Its milestones by number; some dozens (合同节点).', { order: ['number', 'id'] }),
    list(Contract, 'evaluations', () => Evaluation, 'contract', 'Its evaluations, oldest first; a handful (合同评估).', { order: ['evaluatedOn', 'id'] }),
    connection(Contract, 'payments', () => Payment, 'contract', 'Its payments, corrections included (合同支付).', paymentPaging),
    connection(BudgetLine, 'contracts', () => Contract, 'line', 'Contracts that it pays, of those that you may see (合同).', contractPaging),
    ...[Procurement, Lot, Bid, Award, Contract, ContractMilestone].flatMap((type) => actionFields(type)),
  ],
  access: [procurementAccess],
  scopes: procurementScopes,
})

export { Contract, ContractMilestone, ContractStatus, Evaluation, EvaluationResult, EvaluationSide, EvaluationStage, MilestoneStatus, Payment } from './contract.entity.js'
export { ContractFilter, contractPaging } from './contract.input.js'
export { Award, Bid, ContractFunding, Lot, LotStatus, Procurement } from './procurement.entity.js'
export type { LotKeys, Offer } from './lot-keys.js'
