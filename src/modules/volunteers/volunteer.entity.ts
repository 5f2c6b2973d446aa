import { Choice, enumeration, Link, OnDay, Record, RecordBase, Stored, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { SocialWorker } from '../posts/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

export const TeamKind = enumeration('TeamKind', 'What kind of group of volunteers it is (队伍类别).', {
  ORGANISATION: 'An organisation set up inside a unit or community, without registration of its own (单位和社区内部成立的组织)',
  TEAM: 'A team in a community (社区内部队伍)',
})
export type TeamKind = keyof typeof TeamKind

export const VolunteerOrigin = enumeration('VolunteerOrigin', 'How somebody came to be a volunteer (志愿者来源).', {
  RESIDENT: 'A resident of the community (社区居民)',
  STUDENT: 'A student (学生)',
  EMPLOYEE: 'By way of an employer (单位职工)',
  FORMER_BENEFICIARY: 'Was helped before and now helps others (受助后回馈)',
  OTHER: 'Otherwise (其他)',
})
export type VolunteerOrigin = keyof typeof VolunteerOrigin

export const VolunteerStatus = enumeration('VolunteerStatus', 'State of a registration (注册状态).', {
  NOTICE: 'In public notice (公示中)',
  REGISTERED: 'Registered (已注册)',
  REFUSED: 'Not registered after the notice (不予注册)',
  WITHDRAWN: 'No longer a volunteer (已注销)',
})
export type VolunteerStatus = keyof typeof VolunteerStatus

@Record('VolunteerNoticeRule', 'vnot', 'How long a registration is in public notice (公示期规则), as a division decided for itself and the divisions below it, between two dates, by a document.')
export class VolunteerNoticeRule extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own (区划).') division!: Division
  @Whole('Calendar days of notice (公示天数).') days!: number
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

@Record('VolunteerTeam', 'vtea', 'Volunteers led by a social worker (志愿者队伍): 社工引领义工.')
export class VolunteerTeam extends RecordBase {
  @Text('Code of the team inside the network (队伍编号).', { unique: true }) code!: string
  @Text('Name (队伍名称).') name!: string
  @Choice(() => TeamKind, 'Kind (类别).') kind!: TeamKind
  @Link(() => Unit, 'Unit that it belongs to (所属单位).') unit!: Unit
  @Link(() => SocialWorker, 'Social worker who leads it (带领社工); null where you do not see that record.', { mayBeInvisible: true }) leader!: SocialWorker
  @OnDay('First day (成立日期).') foundedOn!: string
  @OnDay('First day on which it no longer exists (解散日期).', { nullable: true }) endedOn?: string | null
}

@Record('Volunteer', 'volu', 'A volunteer of a team (志愿者、义工). Name, mobile and national number are kept apart, for the unit and the leading social worker. Of a former beneficiary nothing more is kept than of others.')
export class Volunteer extends RecordBase {
  @Text('Code of the volunteer inside the network (志愿者编号).', { unique: true }) code!: string
  @Link(() => VolunteerTeam, 'Team (队伍).') team!: VolunteerTeam
  @Link(() => Unit, "The team's unit (所属单位).") unit!: Unit
  @Choice(() => VolunteerOrigin, 'Origin (来源).') origin!: VolunteerOrigin
  @Choice(() => VolunteerStatus, 'State of the registration (注册状态).', { default: 'NOTICE' }) status!: VolunteerStatus
  @OnDay('First day of the public notice (公示开始日期).') noticeFrom!: string
  @OnDay('First day after the public notice (公示结束日期).') noticeTo!: string
  @OnDay('Day of registration (注册日期).', { nullable: true }) registeredOn?: string | null
  @OnDay('Day of registration in the national information system; none where not (全国志愿服务信息系统注册日期).', { nullable: true }) registeredNationallyOn?: string | null
  @OnDay('Day on which it was refused or withdrawn (不予注册或注销日期).', { nullable: true }) endedOn?: string | null
}

/** Who the volunteer is, apart so that the database can withhold the row. */
@Stored('vcon')
export class VolunteerContact extends RecordBase {
  @Link(() => Volunteer, 'The volunteer.', { hidden: true }) volunteer!: Volunteer
  @Text('Name.', { hidden: true }) name!: string
  @Text('Mobile phone.', { hidden: true, nullable: true }) mobile?: string | null
  @Text('Number in the national information system.', { hidden: true, nullable: true }) nationalNumber?: string | null
}
