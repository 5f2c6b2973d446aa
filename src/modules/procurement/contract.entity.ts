import { Choice, enumeration, Link, MoneyAmount, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { BudgetLine } from '../funding/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'
import { Award, ContractFunding } from './procurement.entity.js'

export const ContractStatus = enumeration('ContractStatus', 'State of a contract (合同状态).', {
  ACTIVE: 'In force (履行中)',
  COMPLETED: 'Carried out and evaluated by both sides (已完成)',
  TERMINATED: 'Ended before its time (已终止)',
})
export type ContractStatus = keyof typeof ContractStatus

export const MilestoneStatus = enumeration('ContractMilestoneStatus', 'State of a milestone (节点状态).', {
  PLANNED: 'Agreed (待完成)',
  REPORTED: 'Reported by the agency (已报告)',
  RETURNED: 'Returned to be redone (退回)',
  ACCEPTED: 'Accepted by the purchaser (已验收)',
})
export type MilestoneStatus = keyof typeof MilestoneStatus

export const EvaluationStage = enumeration('EvaluationStage', 'When a contract is evaluated (评估阶段).', {
  MID_TERM: 'In the middle (中期评估)',
  FINAL: 'At the end (末期评估)',
})
export type EvaluationStage = keyof typeof EvaluationStage

export const EvaluationSide = enumeration('EvaluationSide', 'Who evaluates (评估方).', {
  PURCHASER: 'The purchaser, of the service (购买方)',
  AGENCY: 'The agency, of the co-operation (承接方)',
})
export type EvaluationSide = keyof typeof EvaluationSide

export const EvaluationResult = enumeration('EvaluationResult', 'Outcome of an evaluation (评估结果).', {
  PASSED: 'Passed (合格)',
  FAILED: 'Failed (不合格)',
})
export type EvaluationResult = keyof typeof EvaluationResult

@Record('Contract', 'ctrt', 'A service contract between a purchaser and an agency (购买服务合同), paid out of one budget line and inside its year.')
export class Contract extends RecordBase {
  @Text('Code (合同编号).', { unique: true }) code!: string
  @Text('Title (合同名称).') title!: string
  @Link(() => Award, 'Award that it follows; none where there was no tender (定标).', { nullable: true }) award?: Award | null
  @Link(() => BudgetLine, 'Budget line that pays; null where you do not see it (预算项目).', { mayBeInvisible: true }) line!: BudgetLine
  @Whole('Budget year, that of the line (预算年度).') year!: number
  @Link(() => Unit, 'Unit that buys, as on the line (购买方).') purchaser!: Unit
  @Link(() => Unit, 'Unit that serves (承接方).') agency!: Unit
  @Choice(() => ContractFunding, 'How its money came about (经费方式).') funding!: ContractFunding
  @MoneyAmount('Amount in yuan (合同金额).') amount!: string
  @OnDay('Day of signature (签订日期).') signedOn!: string
  @OnDay('First day (开始日期).') startsOn!: string
  @OnDay('Last day (结束日期).') endsOn!: string
  @Choice(() => ContractStatus, 'State (状态).', { default: 'ACTIVE', index: true }) status!: ContractStatus
  @OnDay('Day on which it was completed or terminated (终结日期).', { nullable: true }) closedOn?: string | null
  @Text('Why it was terminated (终止原因).', { nullable: true }) reason?: string | null
  @MoneyAmount('Paid so far, corrections included (已支付). Kept by the database.', { default: '0' }) paidAmount!: string
  @MoneyAmount('What it takes of the line: the amount, or what was paid once it is terminated. Kept by the database.', { hidden: true, default: '0' }) committedAmount!: string
}

@Record('ContractMilestone', 'cmil', 'A step of a contract that the agency reports and the purchaser accepts (合同节点).')
export class ContractMilestone extends RecordBase {
  @Link(() => Contract, 'The contract (合同).') contract!: Contract
  @Whole('Number in the contract, from 1 (序号).') number!: number
  @Text('What is to be reached (内容).') title!: string
  @OnDay('Due day (计划日期).') dueOn!: string
  @Choice(() => MilestoneStatus, 'State (状态).', { default: 'PLANNED' }) status!: MilestoneStatus
  @OnDay('Day of the last report (报告日期).', { nullable: true }) reportedOn?: string | null
  @Text("The agency's report (报告内容).", { nullable: true }) report?: string | null
  @OnDay('Day of acceptance (验收日期).', { nullable: true }) acceptedOn?: string | null
  @Text('Why it was returned (退回原因).', { nullable: true }) returnReason?: string | null
}

@Record('Evaluation', 'eval', 'An evaluation of a contract by one of its sides (合同评估).')
export class Evaluation extends RecordBase {
  @Link(() => Contract, 'The contract (合同).') contract!: Contract
  @Choice(() => EvaluationStage, 'When (评估阶段).') stage!: EvaluationStage
  @Choice(() => EvaluationSide, 'By whom (评估方).') side!: EvaluationSide
  @Choice(() => EvaluationResult, 'Outcome (评估结果).') result!: EvaluationResult
  @Text('Findings (评估意见).') text!: string
  @OnDay('Day (评估日期).') evaluatedOn!: string
  @Link(() => Person, 'Who entered it, where it was a person (填报人).', { nullable: true }) evaluatedBy?: Person | null
}

@Record('Payment', 'paym', 'Money paid for a contract (合同支付).')
export class Payment extends RecordBase {
  @Link(() => Contract, 'The contract (合同).') contract!: Contract
  @Link(() => Unit, 'Unit that pays, the purchaser (付款单位).') unit!: Unit
  @Link(() => ContractMilestone, 'Accepted milestone for which it is paid (合同节点).', { nullable: true }) milestone?: ContractMilestone | null
  @Text('Number of the voucher, one of its kind on the contract (凭证号).', { nullable: true }) voucher?: string | null
  @MoneyAmount('Amount in yuan; signed where it corrects another (金额).') amount!: string
  @OnDay('Day of payment; of a correction, the day on which it was entered (支付日期).') paidOn!: string
  @Link(() => Payment, 'The payment that it corrects (所更正的支付).', { nullable: true }) corrects?: Payment | null
  @Text('Why it was corrected (更正原因).', { nullable: true }) reason?: string | null
}
