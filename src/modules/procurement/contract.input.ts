import { InputType } from 'type-graphql'
import { compare, compareEnum, extendFilter, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { BudgetLineFilter } from '../funding/index.js'
import { UnitFilter } from '../units/index.js'
import { ContractStatus, EvaluationResult, EvaluationSide, EvaluationStage, MilestoneStatus } from './contract.entity.js'
import { ContractFunding } from './procurement.entity.js'
import { AwardFilter, byFunding } from './procurement.input.js'

export const ContractFilter: Function = filterOf('Contract', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  year: compare.whole,
  funding: byFunding,
  amount: compare.money,
  paidAmount: compare.money,
  signedOn: compare.day,
  startsOn: compare.day,
  endsOn: compare.day,
  status: compareEnum('ContractStatus', ContractStatus),
  isPaymentStopped: compare.flag,
  line: () => BudgetLineFilter,
  award: () => AwardFilter,
  purchaser: () => UnitFilter,
  agency: () => UnitFilter,
  milestones: many(() => MilestoneFilter),
  evaluations: many(() => EvaluationFilter),
})
export const contractPaging: Paging = { filter: ContractFilter, ...orderOf('Contract', ['code', 'amount', 'signedOn', 'startsOn', 'endsOn', 'createdAt']) }
extendFilter(BudgetLineFilter, { contracts: many(() => ContractFilter) })

const MilestoneFilter: Function = filterOf('ContractMilestone', {
  id: compare.id,
  title: compare.text,
  dueOn: compare.day,
  reportedOn: compare.day,
  acceptedOn: compare.day,
  status: compareEnum('ContractMilestoneStatus', MilestoneStatus),
  contract: () => ContractFilter,
})
export const milestonePaging: Paging = { filter: MilestoneFilter, ...orderOf('ContractMilestone', ['dueOn', 'reportedOn', 'createdAt']) }

const EvaluationFilter: Function = filterOf('Evaluation', {
  id: compare.id,
  stage: compareEnum('EvaluationStage', EvaluationStage),
  side: compareEnum('EvaluationSide', EvaluationSide),
  result: compareEnum('EvaluationResult', EvaluationResult),
  evaluatedOn: compare.day,
  contract: () => ContractFilter,
})
export const evaluationPaging: Paging = { filter: EvaluationFilter, ...orderOf('Evaluation', ['evaluatedOn', 'createdAt']) }

const PaymentFilter: Function = filterOf('Payment', {
  id: compare.id,
  voucher: compare.text,
  amount: compare.money,
  paidOn: compare.day,
  unit: () => UnitFilter,
  contract: () => ContractFilter,
  milestone: () => MilestoneFilter,
})
export const paymentPaging: Paging = { filter: PaymentFilter, ...orderOf('Payment', ['paidOn', 'amount', 'createdAt']) }

@InputType()
export class ContractSignInput extends IdempotentInput {
  @Given.text('Code (合同编号).', { max: 60 }) code!: string
  @Given.text('Title (合同名称).') title!: string
  @Given.id('Accepted award that it follows: agency, budget line and funding are then those of the tender (定标).', { optional: true }) awardId?: string
  @Given.id('Unit that serves; without an award (承接方).', { optional: true }) agencyId?: string
  @Given.id('Budget line that pays; without an award (预算项目).', { optional: true }) lineId?: string
  @Given.choice(() => ContractFunding, 'How its money came about; without an award (经费方式).', { optional: true }) funding?: ContractFunding
  @Given.money('Amount, not more than is left of the line, nor than the chosen bid offered (合同金额).') amount!: string
  @Given.day('Day of signature, today at the latest; today where left out (签订日期).', { optional: true }) signedOn?: string
  @Given.day("First day, in the line's budget year (开始日期).") startsOn!: string
  @Given.day("Last day, in the line's budget year (结束日期).") endsOn!: string
}

@InputType()
export class ContractMilestoneAddInput extends IdempotentInput {
  @Given.id('The contract.') contractId!: string
  @Given.text('What is to be reached (内容).') title!: string
  @Given.day('Due day, within the contract (计划日期).') dueOn!: string
}

@InputType()
export class ContractMilestoneReportInput extends VersionedInput {
  @Given.id('The milestone.') milestoneId!: string
  @Given.text('The report (报告内容).', { max: 4000 }) report!: string
}

@InputType()
export class ContractMilestoneStepInput extends VersionedInput {
  @Given.id('The milestone.') milestoneId!: string
}

@InputType()
export class ContractMilestoneReturnInput extends VersionedInput {
  @Given.id('The milestone.') milestoneId!: string
  @Given.text('Why (退回原因).', { max: 1000 }) reason!: string
}

@InputType()
export class ContractEvaluateInput extends IdempotentInput {
  @Given.id('The contract.') contractId!: string
  @Given.choice(() => EvaluationStage, 'When (评估阶段).') stage!: EvaluationStage
  @Given.choice(() => EvaluationResult, 'Outcome (评估结果).') result!: EvaluationResult
  @Given.text('Findings (评估意见).', { max: 4000 }) text!: string
}

@InputType()
export class ContractStepInput extends VersionedInput {
  @Given.id('The contract.') contractId!: string
}

@InputType()
export class ContractTerminateInput extends VersionedInput {
  @Given.id('The contract.') contractId!: string
  @Given.text('Why (终止原因).', { max: 1000 }) reason!: string
}

@InputType()
export class PaymentMakeInput extends IdempotentInput {
  @Given.id('The contract.') contractId!: string
  @Given.money('Amount, not more than is left of the contract (金额).') amount!: string
  @Given.day('Day of payment, from the signature until today; today where left out (支付日期).', { optional: true }) paidOn?: string
  @Given.id('Accepted milestone for which it is paid (合同节点).', { optional: true }) milestoneId?: string
  @Given.text('Number of the voucher (凭证号).', { optional: true, max: 60 }) voucher?: string
}

@InputType()
export class PaymentCorrectInput extends IdempotentInput {
  @Given.id('The payment that was wrong.') paymentId!: string
  @Given.money('Signed difference, dated today (更正金额).', { min: -Infinity }) amount!: string
  @Given.text('Why (更正原因).', { max: 500 }) reason!: string
}
