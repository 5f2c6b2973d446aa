import { AtInstant, Choice, enumeration, Link, OnDay, Points, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'
import { Volunteer, VolunteerTeam } from './volunteer.entity.js'

export const OrganiserType = enumeration('OrganiserType', 'Who held a course for volunteers, as the return tells it apart (举办单位类别).', {
  PARTY_GOVERNMENT: 'A Party or government organ (党政机关)',
  VOLUNTEER_ORGANISATION: 'A volunteer organisation (志愿服务组织)',
  OTHER: 'Another organisation (其他组织)',
})
export type OrganiserType = keyof typeof OrganiserType

export const ComplaintStatus = enumeration('ComplaintStatus', 'State of a complaint (投诉状态).', {
  RECEIVED: 'Waits for an outcome (已受理)',
  UPHELD: 'Found right (属实)',
  DISMISSED: 'Found wrong (不属实)',
})
export type ComplaintStatus = keyof typeof ComplaintStatus

@Record('VolunteerService', 'vsvc', 'Hours that a volunteer served (志愿服务时长), or a correcting entry (更正) that adds to or takes from such hours.')
export class VolunteerService extends RecordBase {
  @Link(() => Volunteer, 'The volunteer (志愿者).') volunteer!: Volunteer
  @Link(() => VolunteerTeam, 'Team in which it was served (队伍).') team!: VolunteerTeam
  @Link(() => Unit, "The team's unit, in whose month it counts (记录单位).") unit!: Unit
  @OnDay('Day of the service; of a correcting entry the day on which it was made (服务日期).') servedOn!: string
  @AtInstant('Beginning; none in a correcting entry (开始时间).', { nullable: true }) startsAt?: Date | string | null
  @AtInstant('End; none in a correcting entry (结束时间).', { nullable: true }) endsAt?: Date | string | null
  @Points('Hours, to two digits; signed in a correcting entry (时数).') hours!: string
  @Text('What was done (服务内容).') activity!: string
  @Link(() => VolunteerService, 'Entry that it corrects (被更正记录).', { nullable: true }) corrects?: VolunteerService | null
  @Text('Why it corrects (更正原因).', { nullable: true }) reason?: string | null
  @Link(() => Person, 'Who recorded it, where it was a person (记录人).', { nullable: true }) recordedBy?: Person | null
}

@Record('VolunteerTraining', 'vtrn', 'A course for volunteers (志愿者培训班).')
export class VolunteerTraining extends RecordBase {
  @Link(() => Division, 'Division in which it was held (区划).') division!: Division
  @Link(() => Unit, 'Unit that reports it (填报单位).') unit!: Unit
  @Text('Who held it (举办单位).') organiser!: string
  @Choice(() => OrganiserType, 'Kind of organiser (举办单位类别).') organiserType!: OrganiserType
  @Text('Title (培训班名称).') title!: string
  @Text('Content (培训内容).') content!: string
  @OnDay('First day (培训日期).') heldOn!: string
  @Whole('Persons trained (培训人数).') persons!: number
}

@Record('Commendation', 'cmdn', 'A team or a volunteer commended (表彰嘉许).')
export class Commendation extends RecordBase {
  @Link(() => VolunteerTeam, 'The team (队伍).') team!: VolunteerTeam
  @Link(() => Volunteer, 'The volunteer; none where the whole team is commended (志愿者).', { nullable: true }) volunteer?: Volunteer | null
  @Text('Title (荣誉名称).') title!: string
  @Choice(() => DivisionLevel, 'Level (级别).') level!: DivisionLevel
  @Text('Who commends (授予单位).') awardedBy!: string
  @OnDay('Day (授予日期).') awardedOn!: string
}

@Record('Complaint', 'cplt', 'A complaint about a team or one of its volunteers (投诉). Who complained is not kept.')
export class Complaint extends RecordBase {
  @Link(() => VolunteerTeam, 'The team (队伍).') team!: VolunteerTeam
  @Link(() => Volunteer, 'The volunteer; none where it is about the team (志愿者).', { nullable: true }) volunteer?: Volunteer | null
  @OnDay('Day on which it was received (受理日期).') receivedOn!: string
  @Text('What it is about (投诉内容).') text!: string
  @Choice(() => ComplaintStatus, 'State (状态).', { default: 'RECEIVED' }) status!: ComplaintStatus
  @Text('What came of it (处理结果).', { nullable: true }) outcome?: string | null
  @OnDay('Day of the outcome (办结日期).', { nullable: true }) handledOn?: string | null
  @Link(() => Person, 'Who settled it, where it was a person (处理人).', { nullable: true }) handledBy?: Person | null
}
