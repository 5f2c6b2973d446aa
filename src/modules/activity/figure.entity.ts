import { Choice, enumeration, Flag, Link, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Unit } from '../units/index.js'

export const OpeningMeasure = enumeration('OpeningMeasure', 'What was counted before Heli, so that totals and growth on last year are whole (期初数指标).', {
  REGISTERED_VOLUNTEERS: 'Registered volunteers who are not in Heli, persons (注册志愿者，人)',
  NATIONALLY_REGISTERED_VOLUNTEERS: 'Of them registered in the national information system, persons (在全国志愿服务信息系统中注册，人)',
  VOLUNTEER_HOURS: 'Hours of voluntary service of the year (志愿服务时数，小时)',
  TRAINING_ATTENDANCES: 'Attendances of training in social work in the year (社会工作培训，人次)',
  VOLUNTEER_TRAINING_ATTENDANCES: 'Attendances of training of volunteers in the year (志愿者培训，人次)',
})
export type OpeningMeasure = keyof typeof OpeningMeasure

@Record('DivisionStatistic', 'dsta', 'Figures of a division in a year, as the statistics office gives them (区划统计数据).')
export class DivisionStatistic extends RecordBase {
  @Link(() => Division, 'The division (区划).') division!: Division
  @Whole('Year (年度).') year!: number
  @Whole('Resident population at the end of the year, persons (常住人口).') residentPopulation!: number
  @Text('Where the figure comes from (数据来源).') source!: string
}

@Record('AssociationMembership', 'asme', 'Members and Party organisation of an association at the end of a year (行业协会会员情况).')
export class AssociationMembership extends RecordBase {
  @Link(() => Unit, 'The association (行业协会).') unit!: Unit
  @Whole('Year (年度).') year!: number
  @Whole('Unit members (单位会员).') unitMembers!: number
  @Whole('Personal members (个人会员).') personalMembers!: number
  @Flag('It has a Party organisation (是否成立党组织).') hasPartyOrganisation!: boolean
}

@Record('OpeningCount', 'opct', 'A count of a year from before Heli (期初数). Those of money are opening balances of funding.')
export class OpeningCount extends RecordBase {
  @Link(() => Division, 'The division, with all below it (区划).') division!: Division
  @Whole('Year of the count (年度).') year!: number
  @Choice(() => OpeningMeasure, 'What is counted (指标).') measure!: OpeningMeasure
  @Whole('The count, in the unit of its measure (数值).') count!: number
  @Text('Where the figure comes from (数据来源).') source!: string
}
