import { Choice, enumeration, Link, MoneyAmount, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

export const PlanKind = enumeration('PlanKind', 'What plan social work was taken into (规划类别).', {
  TALENT_PLAN: 'Plan for the development of talent (人才发展规划)',
  DEVELOPMENT_PLAN: 'Plan for economic and social development (经济社会发展规划)',
  OTHER: 'Another plan (其他规划)',
})
export type PlanKind = keyof typeof PlanKind

export const PilotKind = enumeration('PilotKind', 'Kind of pilot or project, as the return tells them apart (试点项目类别).', {
  POVERTY_DEMONSTRATION: 'Demonstration project against poverty (脱贫攻坚示范项目)',
  PILOT: 'Pilot or demonstration (试点示范)',
  PROJECT: 'Programme, plan or project (工程、计划、项目)',
})
export type PilotKind = keyof typeof PilotKind

@Record('PlanInclusion', 'plin', 'Social work or volunteering taken into a plan of the division (纳入规划), with the text that says so.')
export class PlanInclusion extends RecordBase {
  @Link(() => Division, 'Division whose plan it is (区划).') division!: Division
  @Link(() => Unit, 'Unit that reports it (填报单位).') unit!: Unit
  @Choice(() => PlanKind, 'Kind of plan (规划类别).') kind!: PlanKind
  @Text('Name of the plan (规划名称).') plan!: string
  @Text('What the plan says of it (纳入内容).') text!: string
  @OnDay('Day of the plan (规划发布日期).') includedOn!: string
  @Link(() => PolicyDocument, 'The plan, where it is among the documents (文件).', { nullable: true }) document?: PolicyDocument | null
}

@Record('PublicityActivity', 'publ', 'An activity that makes social work and volunteering known (宣传教育).')
export class PublicityActivity extends RecordBase {
  @Link(() => Division, 'Division in which it took place (区划).') division!: Division
  @Link(() => Unit, 'Unit that held it and reports it (举办单位).') unit!: Unit
  @Text('Title (活动名称).') title!: string
  @Text('What was done (活动内容).', { nullable: true }) summary?: string | null
  @OnDay('Day, the first of several (活动日期).') heldOn!: string
  @Whole('People reached, by attendance (参加人次).') attendances!: number
}

@Record('SocialWorkSection', 'swse', 'A section for social work set up in a unit (社会工作科室).')
export class SocialWorkSection extends RecordBase {
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Text('Name of the section (科室名称).') name!: string
  @OnDay('First day (设立日期).') foundedOn!: string
  @OnDay('First day on which it no longer exists (撤销日期).', { nullable: true }) endedOn?: string | null
}

@Record('RecordingCoverage', 'rcov', 'A place or a unit that records voluntary service (志愿服务记录工作), between two dates.')
export class RecordingCoverage extends RecordBase {
  @Link(() => Division, 'The county, township or community; for a unit, the division in which it stands (区划).') division!: Division
  @Link(() => Unit, 'Unit that reports it (填报单位).') unit!: Unit
  @Link(() => Unit, 'The unit that records, where it is one unit and not the whole place (开展记录工作的单位).', { nullable: true }) coveredUnit?: Unit | null
  @OnDay('First day (开始日期).') validFrom!: string
  @OnDay('First day on which it no longer records (停止日期).', { nullable: true }) validTo?: string | null
}

@Record('IncentiveMeasure', 'ince', 'A measure that encourages and protects volunteers (志愿者激励保障措施). The money for it is among the budget lines.')
export class IncentiveMeasure extends RecordBase {
  @Link(() => Division, 'Division in which it holds (区划).') division!: Division
  @Link(() => Unit, 'Unit that reports it (填报单位).') unit!: Unit
  @Whole('Year (年度).') year!: number
  @Text('Title (措施名称).') title!: string
  @Text('What it gives (主要内容).') text!: string
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).', { nullable: true }) document?: PolicyDocument | null
}

@Record('KeyActivity', 'keya', 'A key activity of voluntary service (志愿服务重点活动).')
export class KeyActivity extends RecordBase {
  @Link(() => Division, 'Division whose activity it is: a province for the return (区划).') division!: Division
  @Link(() => Unit, 'Unit that reports it (填报单位).') unit!: Unit
  @Text('Name (活动名称).') name!: string
  @Text('Summary (活动简介).') summary!: string
  @OnDay('First day (开始日期).') startsOn!: string
  @OnDay('Last day (结束日期).', { nullable: true }) endsOn?: string | null
}

@Record('Pilot', 'pilo', 'A pilot, demonstration, programme or project of social work (试点示范、工程、计划、项目).')
export class Pilot extends RecordBase {
  @Link(() => Division, 'Division that runs it (区划).') division!: Division
  @Link(() => Unit, 'Unit that reports it (填报单位).') unit!: Unit
  @Choice(() => PilotKind, 'Kind (类别).') kind!: PilotKind
  @Text('Name (名称).') name!: string
  @Text('Summary (简介).') summary!: string
  @Text('Regions and units that take part (涉及地区和单位).') places!: string
  @Whole('Counties in poverty that it covers (覆盖贫困地区县数量).', { default: 0 }) poorCounties!: number
  @Whole('Villages in poverty that it covers (覆盖贫困村数量).', { default: 0 }) poorVillages!: number
  @MoneyAmount('Money put in, in yuan; the return tells it in 万元 (投入资金).') funds!: string
  @OnDay('First day (开始日期).') startsOn!: string
  @OnDay('Last day (结束日期).', { nullable: true }) endsOn?: string | null
}
