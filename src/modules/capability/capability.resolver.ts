import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { MicroPayment } from './micro-project.entity.js'
import { MicroProjectCallInput, MicroProjectContractInput, MicroProjectEndInput, MicroProjectEvaluateInput, MicroProjectPayInput, MicroProjectProposeInput, MicroProjectStepInput } from './micro-project.input.js'
import { callProject, cancelProject, closeProject, contractProject, evaluateProject, microProjects, payProject, proposeProject, rejectProject, startProject } from './micro-project.service.js'

const Moved = microProjects.payload
const Paid = payload('MicroPaymentPayload', 'microPayment', () => MicroPayment)

@Resolver()
export class MicroProjectMutations {
  @Mutation(() => Moved, { description: 'NEED becomes CALLED: proposals are called for (公开征集).' })
  microProjectCall(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectCallInput) input: MicroProjectCallInput) {
    return mutation(ctx, { name: 'microProjectCall', payload: Moved }, input, callProject)
  }

  @Mutation(() => Moved, { description: 'CALLED becomes IN_REVIEW with the proposal of your unit (提交方案).' })
  microProjectPropose(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectProposeInput) input: MicroProjectProposeInput) {
    return mutation(ctx, { name: 'microProjectPropose', payload: Moved }, input, proposeProject)
  }

  @Mutation(() => Moved, { description: 'IN_REVIEW becomes CALLED again: the proposal is refused (方案未通过).' })
  microProjectReject(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectEndInput) input: MicroProjectEndInput) {
    return mutation(ctx, { name: 'microProjectReject', payload: Moved }, input, rejectProject)
  }

  @Mutation(() => Moved, { description: 'IN_REVIEW becomes CONTRACTED, with amount and last day (签约).' })
  microProjectContract(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectContractInput) input: MicroProjectContractInput) {
    return mutation(ctx, { name: 'microProjectContract', payload: Moved }, input, contractProject)
  }

  @Mutation(() => Moved, { description: 'CONTRACTED becomes RUNNING (开始实施).' })
  microProjectStart(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectStepInput) input: MicroProjectStepInput) {
    return mutation(ctx, { name: 'microProjectStart', payload: Moved }, input, startProject)
  }

  @Mutation(() => Moved, { description: 'RUNNING becomes EVALUATED, PASSED or FAILED (评估).' })
  microProjectEvaluate(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectEvaluateInput) input: MicroProjectEvaluateInput) {
    return mutation(ctx, { name: 'microProjectEvaluate', payload: Moved }, input, evaluateProject)
  }

  @Mutation(() => Moved, { description: 'EVALUATED becomes CLOSED; where it passed, after the last payment (结项).' })
  microProjectClose(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectStepInput) input: MicroProjectStepInput) {
    return mutation(ctx, { name: 'microProjectClose', payload: Moved }, input, closeProject)
  }

  @Mutation(() => Moved, { description: 'Gives it up before it is evaluated (取消).' })
  microProjectCancel(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectEndInput) input: MicroProjectEndInput) {
    return mutation(ctx, { name: 'microProjectCancel', payload: Moved }, input, cancelProject)
  }

  @Mutation(() => Paid, { description: 'Pays today, within the amount of the contract; the LAST payment only when it PASSED (付款).' })
  microProjectPay(@Ctx() ctx: WriteContext, @Arg('input', () => MicroProjectPayInput) input: MicroProjectPayInput) {
    return mutation(ctx, { name: 'microProjectPay', payload: Paid }, input, payProject)
  }
}
