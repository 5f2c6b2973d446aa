import { Choice, Choices, enumeration, Link, OnDay, Quantity, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { MandateRole, Mechanism, PolicyDocument, Unit } from '../units/index.js'

export const Visibility = enumeration('Visibility', 'Who of the network sees an initiative (可见范围).', {
  NETWORK: 'Every unit of the network (全网络)',
  PARTICIPANTS: 'Participating units, and those in line with them (参与单位)',
})
export type Visibility = keyof typeof Visibility

export const InitiativeStatus = enumeration('InitiativeStatus', 'State of an initiative (状态).', {
  DRAFT: 'Being drafted (起草)',
  PLANNED: 'Agreed, not begun (已立项)',
  ACTIVE: 'Under way (推进中)',
  SUSPENDED: 'Suspended (暂停)',
  CLOSED: 'Closed (办结)',
  CANCELLED: 'Cancelled (撤销)',
})
export type InitiativeStatus = keyof typeof InitiativeStatus

export const Health = enumeration('Health', 'How an initiative stands (进展评估).', {
  ON_TRACK: 'On track (正常)',
  AT_RISK: 'At risk (存在风险)',
  OFF_TRACK: 'Off track (滞后)',
})
export type Health = keyof typeof Health

@Record('Initiative', 'init', 'A joint initiative (联合行动) that serves one or more mechanisms, with exactly one lead unit.')
export class Initiative extends RecordBase {
  @Text('Code (编号).', { unique: true }) code!: string
  @Text('Title (名称).') title!: string
  @Text('Summary (概述).', { nullable: true }) summary?: string | null
  @Choices(() => Mechanism, 'Mechanisms that it serves, one or more (机制).') mechanisms!: Mechanism[]
  @Link(() => Division, 'Division that it belongs to (所属区划).') division!: Division
  @Choice(() => Visibility, 'Who of the network sees it (可见范围).') visibility!: Visibility
  @OnDay('First day (开始日期).', { nullable: true }) startsOn?: string | null
  @OnDay('Last day (结束日期).', { nullable: true }) endsOn?: string | null
  @Choice(() => InitiativeStatus, 'State (状态).', { default: 'DRAFT', index: true }) status!: InitiativeStatus
  @Link(() => Unit, 'Lead unit of the initiative (牵头单位).') leadUnit!: Unit
  @Link(() => Initiative, 'Initiative that it is part of (上级行动).', { nullable: true }) parent?: Initiative | null
  @Link(() => PolicyDocument, 'Document that it carries out (依据文件).', { nullable: true }) document?: PolicyDocument | null
  @Whole('Days after which its latest update counts as stale (更新周期).', { default: 30 }) updateEveryDays!: number
  @Text('Path of its division; kept by the database.', { hidden: true, default: '' }) divisionPath!: string
}

@Record('Participation', 'part', 'A unit that takes part in an initiative, in one role (参与单位). The lead unit is one of them.')
export class Participation extends RecordBase {
  @Link(() => Initiative, 'The initiative (联合行动).') initiative!: Initiative
  @Link(() => Unit, 'The unit (参与单位).') unit!: Unit
  @Choice(() => MandateRole, 'Role (角色).') role!: MandateRole
}

@Record('Milestone', 'mile', 'A dated step of an initiative (里程碑).')
export class Milestone extends RecordBase {
  @Link(() => Initiative, 'The initiative (联合行动).') initiative!: Initiative
  @Text('What is reached (内容).') title!: string
  @OnDay('Due day (计划日期).') dueOn!: string
  @OnDay('Day on which it was reached (完成日期).', { nullable: true }) reachedOn?: string | null
}

export const TargetMeasure = enumeration('TargetMeasure', 'What an initiative builds, as it is counted (目标指标).', {
  POSTS_OPENED: 'Posts opened for it, number (设置岗位数)',
  PEOPLE_TRAINED: 'Different people who attended its trainings, number (培训人数)',
  PLANS_CARRIED_OUT: 'Service plans of it that were carried out, number (完成服务计划数)',
  FUNDS_SPENT: 'Money of its budget lines that arrived or was paid, in yuan (经费支出)',
})
export type TargetMeasure = keyof typeof TargetMeasure

@Record('InitiativeTarget', 'targ', 'What an initiative is to reach in one measure (行动目标).')
export class InitiativeTarget extends RecordBase {
  @Link(() => Initiative, 'The initiative (联合行动).') initiative!: Initiative
  @Choice(() => TargetMeasure, 'What is counted (目标指标).') measure!: TargetMeasure
  @Quantity('How much is to be reached, in the unit of the measure (目标值).') amount!: string
  @OnDay('Day by which it is to be reached (完成时限).', { nullable: true }) dueOn?: string | null
}

@Record('InitiativeUpdate', 'upd', 'How an initiative stands, told by its lead unit or its coordinator (进展通报).')
export class InitiativeUpdate extends RecordBase {
  @Link(() => Initiative, 'The initiative (联合行动).') initiative!: Initiative
  @OnDay('Day of the update (通报日期).') reportedOn!: string
  @Choice(() => Health, 'Assessment (进展评估).') health!: Health
  @Text('How it stands (情况).') text!: string
  @Text('What changed since the last update (变化).', { nullable: true }) changes?: string | null
  @Link(() => Person, 'Author (通报人).', { nullable: true }) author?: Person | null
}
