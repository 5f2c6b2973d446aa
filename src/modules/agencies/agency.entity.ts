import { Choice, enumeration, Flag, Link, MoneyAmount, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { DivisionLevel } from '../divisions/index.js'
import { Unit } from '../units/index.js'

export const AgencyRating = enumeration('AgencyRating', 'Grade of a registered organisation (社会组织评估等级).', {
  A1: '1A', A2: '2A', A3: '3A', A4: '4A', A5: '5A',
})
export type AgencyRating = keyof typeof AgencyRating

export const SupportKind = enumeration('SupportKind', 'How an agency is supported (扶持方式).', {
  START_UP: 'Money to begin with (起步资助)',
  SUPERVISION: 'A supervisor is sent (派驻督导)',
  COMMUNITY_PARTNERSHIP: 'Paired with a community (社区结对)',
})
export type SupportKind = keyof typeof SupportKind

@Record('AgencyProfile', 'agpr', 'What a private social-work agency is (民办社会工作服务机构): registration, rating, staff.')
export class AgencyProfile extends RecordBase {
  @Link(() => Unit, 'The agency (机构).') unit!: Unit
  @Choice(() => DivisionLevel, 'Level of the civil-affairs department that registered it (登记层级).') registrationLevel!: DivisionLevel
  @Choice(() => AgencyRating, 'Grade (评估等级).', { nullable: true }) rating?: AgencyRating | null
  @OnDay('Day of the grade (评估日期).', { nullable: true }) ratedOn?: string | null
  @OnDay('First day on which the grade no longer holds (等级失效日期).', { nullable: true }) ratingValidTo?: string | null
  @Flag('It has a party organisation (是否成立党组织).', { default: false }) hasPartyOrganisation!: boolean
  @Whole('Full-time staff (专职工作人员).', { nullable: true, guarded: true }) fullTimeStaff?: number | null
  @Whole('Party members among the full-time staff (专职工作人员中的党员).', { nullable: true, guarded: true }) partyMembers?: number | null
  @OnDay('Day of which the staff is told (统计日期).', { nullable: true, guarded: true }) reportedOn?: string | null
}

@Record('AgencySupport', 'agsu', 'Support that a unit gives an agency (机构扶持).')
export class AgencySupport extends RecordBase {
  @Link(() => Unit, 'The agency (机构).') agency!: Unit
  @Link(() => Unit, 'Unit that supports it (扶持单位).') provider!: Unit
  @Choice(() => SupportKind, 'How (扶持方式).') kind!: SupportKind
  @MoneyAmount('Amount in yuan, with START_UP (金额).', { nullable: true }) amount?: string | null
  @OnDay('First day (开始日期).') startsOn!: string
  @OnDay('Last day (结束日期).', { nullable: true }) endsOn?: string | null
  @Text('Note (说明).', { nullable: true }) note?: string | null
}
