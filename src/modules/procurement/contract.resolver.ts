import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Contract, ContractMilestone, Evaluation, Payment } from './contract.entity.js'
import {
  ContractEvaluateInput, ContractMilestoneAddInput, ContractMilestoneReportInput, ContractMilestoneReturnInput, ContractMilestoneStepInput, ContractSignInput, ContractStepInput, ContractTerminateInput, PaymentCorrectInput, PaymentMakeInput,
} from './contract.input.js'
import { completeContract, correctPayment, evaluateContract, makePayment, signContract, terminateContract } from './contract.service.js'
import { acceptMilestone, addMilestone, reportMilestone, returnMilestone } from './milestone.service.js'

const Contracted = payload('ContractPayload', 'contract', () => Contract)
const Stepped = payload('ContractMilestonePayload', 'contractMilestone', () => ContractMilestone)
const Evaluated = payload('EvaluationPayload', 'evaluation', () => Evaluation)
const Paid = payload('PaymentPayload', 'payment', () => Payment)

@Resolver()
export class ContractMutations {
  @Mutation(() => Contracted, { description: 'Signs a contract, after an accepted award or without a tender; its amount is taken out of the budget line (签订合同).' })
  contractSign(@Ctx() ctx: WriteContext, @Arg('input', () => ContractSignInput) input: ContractSignInput) {
    return mutation(ctx, { name: 'contractSign', payload: Contracted }, input, signContract)
  }

  @Mutation(() => Stepped, { description: 'Agrees a milestone of a contract in force (约定节点).' })
  contractMilestoneAdd(@Ctx() ctx: WriteContext, @Arg('input', () => ContractMilestoneAddInput) input: ContractMilestoneAddInput) {
    return mutation(ctx, { name: 'contractMilestoneAdd', payload: Stepped }, input, addMilestone)
  }

  @Mutation(() => Stepped, { description: 'PLANNED or RETURNED becomes REPORTED, by the agency (报告节点).' })
  contractMilestoneReport(@Ctx() ctx: WriteContext, @Arg('input', () => ContractMilestoneReportInput) input: ContractMilestoneReportInput) {
    return mutation(ctx, { name: 'contractMilestoneReport', payload: Stepped }, input, reportMilestone)
  }

  @Mutation(() => Stepped, { description: 'REPORTED becomes ACCEPTED, by the purchaser (验收节点).' })
  contractMilestoneAccept(@Ctx() ctx: WriteContext, @Arg('input', () => ContractMilestoneStepInput) input: ContractMilestoneStepInput) {
    return mutation(ctx, { name: 'contractMilestoneAccept', payload: Stepped }, input, acceptMilestone)
  }

  @Mutation(() => Stepped, { description: 'REPORTED becomes RETURNED, by the purchaser (退回节点).' })
  contractMilestoneReturn(@Ctx() ctx: WriteContext, @Arg('input', () => ContractMilestoneReturnInput) input: ContractMilestoneReturnInput) {
    return mutation(ctx, { name: 'contractMilestoneReturn', payload: Stepped }, input, returnMilestone)
  }

  @Mutation(() => Evaluated, { description: 'Evaluates a contract for the purchaser; while its last mid-term evaluation has failed, nothing is paid (购买方评估).' })
  contractEvaluate(@Ctx() ctx: WriteContext, @Arg('input', () => ContractEvaluateInput) input: ContractEvaluateInput) {
    return mutation(ctx, { name: 'contractEvaluate', payload: Evaluated }, input, evaluateContract('PURCHASER'))
  }

  @Mutation(() => Evaluated, { description: 'Evaluates the co-operation for the agency (承接方评估).' })
  contractEvaluateByAgency(@Ctx() ctx: WriteContext, @Arg('input', () => ContractEvaluateInput) input: ContractEvaluateInput) {
    return mutation(ctx, { name: 'contractEvaluateByAgency', payload: Evaluated }, input, evaluateContract('AGENCY'))
  }

  @Mutation(() => Contracted, { description: 'ACTIVE becomes COMPLETED: milestones accepted, evaluated by both sides (完成合同).' })
  contractComplete(@Ctx() ctx: WriteContext, @Arg('input', () => ContractStepInput) input: ContractStepInput) {
    return mutation(ctx, { name: 'contractComplete', payload: Contracted }, input, completeContract)
  }

  @Mutation(() => Contracted, { description: 'ACTIVE becomes TERMINATED; what was not paid goes back to the budget line (终止合同).' })
  contractTerminate(@Ctx() ctx: WriteContext, @Arg('input', () => ContractTerminateInput) input: ContractTerminateInput) {
    return mutation(ctx, { name: 'contractTerminate', payload: Contracted }, input, terminateContract)
  }

  @Mutation(() => Paid, { description: 'Pays for a contract, never more than is left of it (支付合同款).' })
  paymentMake(@Ctx() ctx: WriteContext, @Arg('input', () => PaymentMakeInput) input: PaymentMakeInput) {
    return mutation(ctx, { name: 'paymentMake', payload: Paid }, input, makePayment)
  }

  @Mutation(() => Paid, { description: 'Corrects a payment by an entry of its own, dated today; answers the correction (更正支付).' })
  paymentCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => PaymentCorrectInput) input: PaymentCorrectInput) {
    return mutation(ctx, { name: 'paymentCorrect', payload: Paid }, input, correctPayment)
  }
}
