import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Allocation, BudgetLine, Disbursement, OpeningBalance } from './funding.entity.js'
import {
  AllocationCorrectInput, AllocationMakeInput, BudgetLineCreateInput, BudgetLineUpdateInput, DisbursementCorrectInput, DisbursementRecordInput, OpeningBalanceEnterInput, OpeningBalanceUpdateInput,
} from './funding.input.js'
import { createLine, enterOpeningBalance, updateLine, updateOpeningBalance } from './line.service.js'
import { correctAllocation, correctDisbursement, makeAllocation, recordDisbursement } from './movement.service.js'

const Budgeted = payload('BudgetLinePayload', 'budgetLine', () => BudgetLine)
const Allocated = payload('AllocationPayload', 'allocation', () => Allocation)
const Arrived = payload('DisbursementPayload', 'disbursement', () => Disbursement)
const Opened = payload('OpeningBalancePayload', 'openingBalance', () => OpeningBalance)

@Resolver()
export class FundingMutations {
  @Mutation(() => Budgeted, { description: "Enters a line of a unit's budget (编列预算项目)." })
  budgetLineCreate(@Ctx() ctx: WriteContext, @Arg('input', () => BudgetLineCreateInput) input: BudgetLineCreateInput) {
    return mutation(ctx, { name: 'budgetLineCreate', payload: Budgeted }, input, createLine)
  }

  @Mutation(() => Budgeted, { description: 'Changes a budget line or notes its approval; the plan never falls below what is allocated and contracted (变更预算项目).' })
  budgetLineUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => BudgetLineUpdateInput) input: BudgetLineUpdateInput) {
    return mutation(ctx, { name: 'budgetLineUpdate', payload: Budgeted }, input, updateLine)
  }

  @Mutation(() => Allocated, { description: 'Promises money of a line to a unit by a day (下达资金).' })
  allocationMake(@Ctx() ctx: WriteContext, @Arg('input', () => AllocationMakeInput) input: AllocationMakeInput) {
    return mutation(ctx, { name: 'allocationMake', payload: Allocated }, input, makeAllocation)
  }

  @Mutation(() => Allocated, { description: 'Corrects an allocation by an entry of its own, dated today; answers the correction (更正下达).' })
  allocationCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => AllocationCorrectInput) input: AllocationCorrectInput) {
    return mutation(ctx, { name: 'allocationCorrect', payload: Allocated }, input, correctAllocation)
  }

  @Mutation(() => Arrived, { description: 'Records that allocated money has arrived (登记到账).' })
  disbursementRecord(@Ctx() ctx: WriteContext, @Arg('input', () => DisbursementRecordInput) input: DisbursementRecordInput) {
    return mutation(ctx, { name: 'disbursementRecord', payload: Arrived }, input, recordDisbursement)
  }

  @Mutation(() => Arrived, { description: 'Corrects an arrival by an entry of its own, dated today; answers the correction (更正到账).' })
  disbursementCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => DisbursementCorrectInput) input: DisbursementCorrectInput) {
    return mutation(ctx, { name: 'disbursementCorrect', payload: Arrived }, input, correctDisbursement)
  }

  @Mutation(() => Opened, { description: "Enters a division's total of a year from before its money was kept here (录入期初总额)." })
  openingBalanceEnter(@Ctx() ctx: WriteContext, @Arg('input', () => OpeningBalanceEnterInput) input: OpeningBalanceEnterInput) {
    return mutation(ctx, { name: 'openingBalanceEnter', payload: Opened }, input, enterOpeningBalance)
  }

  @Mutation(() => Opened, { description: 'Changes an opening balance (变更期初总额).' })
  openingBalanceUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => OpeningBalanceUpdateInput) input: OpeningBalanceUpdateInput) {
    return mutation(ctx, { name: 'openingBalanceUpdate', payload: Opened }, input, updateOpeningBalance)
  }
}
