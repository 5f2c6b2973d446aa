import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Deduction, DeductionRule, ScorePeriod } from './appraisal.entity.js'
import { DeductionAddInput, DeductionAppealInput, DeductionDecideInput, DeductionRuleEndInput, DeductionRuleSetInput, ScorePeriodComputeInput, ScorePeriodPublishInput, ScorePeriodSendBackInput, ScorePeriodStepInput } from './appraisal.input.js'
import { approvePeriod, computePeriod, publishPeriod, sendBackPeriod, submitPeriod } from './compute.service.js'
import { addDeduction, appealDeduction, decideDeduction } from './deduction.service.js'
import { endRule, setRule } from './rule.service.js'

const Ruled = payload('DeductionRulePayload', 'deductionRule', () => DeductionRule)
const Appraised = payload('ScorePeriodPayload', 'scorePeriod', () => ScorePeriod)
const Deducted = payload('DeductionPayload', 'deduction', () => Deduction)

@Resolver()
export class AppraisalMutations {
  @Mutation(() => Ruled, { description: 'Sets how many points a reason costs in a division from a day on (制定扣分标准).' })
  deductionRuleSet(@Ctx() ctx: WriteContext, @Arg('input', () => DeductionRuleSetInput) input: DeductionRuleSetInput) {
    return mutation(ctx, { name: 'deductionRuleSet', payload: Ruled }, input, setRule)
  }

  @Mutation(() => Ruled, { description: 'Ends a rule of deduction on a day (终止扣分标准).' })
  deductionRuleEnd(@Ctx() ctx: WriteContext, @Arg('input', () => DeductionRuleEndInput) input: DeductionRuleEndInput) {
    return mutation(ctx, { name: 'deductionRuleEnd', payload: Ruled }, input, endRule)
  }

  @Mutation(() => Appraised, { description: 'Computes the month of every unit in the division that had tracks, or computes it anew while it is OPEN; deductions by hand and appeals stay (计算考评).' })
  scorePeriodCompute(@Ctx() ctx: WriteContext, @Arg('input', () => ScorePeriodComputeInput) input: ScorePeriodComputeInput) {
    return mutation(ctx, { name: 'scorePeriodCompute', payload: Appraised }, input, computePeriod)
  }

  @Mutation(() => Appraised, { description: 'OPEN becomes SUBMITTED, once the month has ended and its appeals are decided: the level above approves (上报考评).' })
  scorePeriodSubmit(@Ctx() ctx: WriteContext, @Arg('input', () => ScorePeriodStepInput) input: ScorePeriodStepInput) {
    return mutation(ctx, { name: 'scorePeriodSubmit', payload: Appraised }, input, submitPeriod)
  }

  @Mutation(() => Appraised, { description: 'SUBMITTED becomes APPROVED, by the level above (审核考评).' })
  scorePeriodApprove(@Ctx() ctx: WriteContext, @Arg('input', () => ScorePeriodStepInput) input: ScorePeriodStepInput) {
    return mutation(ctx, { name: 'scorePeriodApprove', payload: Appraised }, input, approvePeriod)
  }

  @Mutation(() => Appraised, { description: 'SUBMITTED or APPROVED becomes OPEN again, with the reason (退回考评).' })
  scorePeriodSendBack(@Ctx() ctx: WriteContext, @Arg('input', () => ScorePeriodSendBackInput) input: ScorePeriodSendBackInput) {
    return mutation(ctx, { name: 'scorePeriodSendBack', payload: Appraised }, input, sendBackPeriod)
  }

  @Mutation(() => Appraised, { description: 'APPROVED becomes PUBLISHED; from then on the month is locked (公布考评).' })
  scorePeriodPublish(@Ctx() ctx: WriteContext, @Arg('input', () => ScorePeriodPublishInput) input: ScorePeriodPublishInput) {
    return mutation(ctx, { name: 'scorePeriodPublish', payload: Appraised }, input, publishPeriod)
  }

  @Mutation(() => Deducted, { description: "Deducts points from a unit's month by hand, with a reason in words (人工扣分)." })
  deductionAdd(@Ctx() ctx: WriteContext, @Arg('input', () => DeductionAddInput) input: DeductionAddInput) {
    return mutation(ctx, { name: 'deductionAdd', payload: Deducted }, input, addDeduction)
  }

  @Mutation(() => Deducted, { description: 'NONE becomes APPEALED, until the month is published; the points count until it is decided (申诉).' })
  deductionAppeal(@Ctx() ctx: WriteContext, @Arg('input', () => DeductionAppealInput) input: DeductionAppealInput) {
    return mutation(ctx, { name: 'deductionAppeal', payload: Deducted }, input, appealDeduction)
  }

  @Mutation(() => Deducted, { description: 'APPEALED becomes UPHELD or CANCELLED; a cancelled deduction does not count (裁定申诉).' })
  deductionDecide(@Ctx() ctx: WriteContext, @Arg('input', () => DeductionDecideInput) input: DeductionDecideInput) {
    return mutation(ctx, { name: 'deductionDecide', payload: Deducted }, input, decideDeduction)
  }
}
