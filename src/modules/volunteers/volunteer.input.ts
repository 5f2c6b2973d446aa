import { InputType } from 'type-graphql'
import { compare, compareEnum, extendFilter, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter, DivisionLevel } from '../divisions/index.js'
import { SocialWorkerFilter } from '../posts/index.js'
import { UnitFilter } from '../units/index.js'
import { ComplaintStatus, OrganiserType } from './service.entity.js'
import { TeamKind, VolunteerOrigin, VolunteerStatus } from './volunteer.entity.js'

const VolunteerNoticeRuleFilter = filterOf('VolunteerNoticeRule', { id: compare.id, validFrom: compare.day, validTo: compare.day, division: () => DivisionFilter })
export const noticeRulePaging: Paging = { filter: VolunteerNoticeRuleFilter, ...orderOf('VolunteerNoticeRule', ['validFrom', 'validTo', 'createdAt']) }

export const VolunteerTeamFilter: Function = filterOf('VolunteerTeam', {
  id: compare.id,
  code: compare.text,
  name: compare.text,
  kind: compareEnum('TeamKind', TeamKind),
  foundedOn: compare.day,
  endedOn: compare.day,
  unit: () => UnitFilter,
  leader: () => SocialWorkerFilter,
})
extendFilter(UnitFilter, { volunteerTeams: many(() => VolunteerTeamFilter) })
export const teamPaging: Paging = { filter: VolunteerTeamFilter, ...orderOf('VolunteerTeam', ['code', 'foundedOn', 'createdAt']) }

export const VolunteerFilter: Function = filterOf('Volunteer', {
  id: compare.id,
  code: compare.text,
  name: compare.text,
  origin: compareEnum('VolunteerOrigin', VolunteerOrigin),
  status: compareEnum('VolunteerStatus', VolunteerStatus),
  noticeTo: compare.day,
  registeredOn: compare.day,
  registeredNationallyOn: compare.day,
  endedOn: compare.day,
  team: () => VolunteerTeamFilter,
  unit: () => UnitFilter,
})
export const volunteerPaging: Paging = { filter: VolunteerFilter, ...orderOf('Volunteer', ['code', 'registeredOn', 'createdAt']) }

const VolunteerServiceFilter = filterOf('VolunteerService', {
  id: compare.id,
  servedOn: compare.day,
  startsAt: compare.instant,
  endsAt: compare.instant,
  hours: compare.decimal,
  activity: compare.text,
  volunteer: () => VolunteerFilter,
  team: () => VolunteerTeamFilter,
  unit: () => UnitFilter,
})
export const servicePaging: Paging = { filter: VolunteerServiceFilter, ...orderOf('VolunteerService', ['servedOn', 'hours', 'createdAt']) }

const VolunteerTrainingFilter = filterOf('VolunteerTraining', { id: compare.id, organiserType: compareEnum('OrganiserType', OrganiserType), organiser: compare.text, title: compare.text, heldOn: compare.day, persons: compare.whole, division: () => DivisionFilter, unit: () => UnitFilter })
export const trainingPaging: Paging = { filter: VolunteerTrainingFilter, ...orderOf('VolunteerTraining', ['heldOn', 'persons', 'createdAt']) }

const CommendationFilter = filterOf('Commendation', { id: compare.id, title: compare.text, level: compareEnum('DivisionLevel', DivisionLevel), awardedOn: compare.day, team: () => VolunteerTeamFilter, volunteer: () => VolunteerFilter })
export const commendationPaging: Paging = { filter: CommendationFilter, ...orderOf('Commendation', ['awardedOn', 'createdAt']) }

const ComplaintFilter = filterOf('Complaint', { id: compare.id, status: compareEnum('ComplaintStatus', ComplaintStatus), text: compare.text, receivedOn: compare.day, handledOn: compare.day, team: () => VolunteerTeamFilter, volunteer: () => VolunteerFilter })
export const complaintPaging: Paging = { filter: ComplaintFilter, ...orderOf('Complaint', ['receivedOn', 'handledOn', 'createdAt']) }

export const mobileShape = { shape: /^1\d{10}$/, en: 'must be 11 digits beginning with 1.', zh: '须为 1 开头的 11 位数字。' }
export const nationalNumberShape = { shape: /^[0-9A-Z]{8,20}$/, en: 'must be 8 to 20 digits and capital letters.', zh: '须为 8 至 20 位数字或大写字母。' }

@InputType()
export class VolunteerEnterInput extends IdempotentInput {
  @Given.text('Code inside the network (志愿者编号).', { max: 40 }) code!: string
  @Given.id('Team (队伍).') teamId!: string
  @Given.choice(() => VolunteerOrigin, 'Origin (来源).') origin!: VolunteerOrigin
  @Given.text('Name (姓名).', { max: 80 }) name!: string
  @Given.text('Mobile phone (手机).', { clearable: true, pattern: mobileShape, max: 11 }) mobile?: string | null
  @Given.text('Number in the national information system (全国志愿服务信息系统编号).', { clearable: true, pattern: nationalNumberShape, max: 20 }) nationalNumber?: string | null
  @Given.day('Day of registration there; given together with the number (全国系统注册日期).', { clearable: true }) registeredNationallyOn?: string | null
}

@InputType()
export class VolunteerUpdateInput extends VersionedInput {
  @Given.id('The volunteer.') volunteerId!: string
  @Given.id('Another team of the same unit (队伍).', { optional: true }) teamId?: string
  @Given.choice(() => VolunteerOrigin, 'Origin (来源).', { optional: true }) origin?: VolunteerOrigin
  @Given.text('Name (姓名).', { optional: true, max: 80 }) name?: string
  @Given.text('Mobile phone (手机).', { clearable: true, pattern: mobileShape, max: 11 }) mobile?: string | null
  @Given.text('Number in the national information system (全国志愿服务信息系统编号).', { clearable: true, pattern: nationalNumberShape, max: 20 }) nationalNumber?: string | null
  @Given.day('Day of registration there; given together with the number (全国系统注册日期).', { clearable: true }) registeredNationallyOn?: string | null
}

@InputType()
export class VolunteerStepInput extends VersionedInput {
  @Given.id('The volunteer.') volunteerId!: string
}

@InputType()
export class VolunteerEndInput extends VersionedInput {
  @Given.id('The volunteer.') volunteerId!: string
  @Given.text('Why; it goes on record in the history alone (原因).', { max: 1000 }) reason!: string
}
