/*
 * Volunteers (志愿者、义工): 培养专业社工 → 社工引领义工 → 义工服务群众 → 群众参与义工. A team belongs to a unit and is led by a social worker who belongs to a unit today; a volunteer is in one team.
 * A registration stands in public notice for the days that the nearest division's rule says, is then registered or refused, and ends when it is withdrawn. Hours are recorded of registered volunteers.
 * Hours run from a beginning to an end, at most 24 hours later; those of one volunteer never overlap, in whichever team, and the database holds it. They count in the month, and on the day, of their beginning.
 * In a locked month (ledger SERVICE_HOURS of the team's unit) only correcting entries count: they link the entry, carry signed hours and a reason, and are dated today. An entry with its corrections
 * is never below zero. A volunteer's hours are the sum of both. Courses are counted in persons, by kind of organiser. Of complaints, who complained is not kept.
 */
import { sql } from 'kysely'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, markSensitive, value, withholdValues } from '../../engine/index.js'
import { Decimal, Problem } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import { volunteerAccess, volunteerScopes } from './volunteer.access.js'
import { entered } from './hours.service.js'
import { commendations, complaints, noticeRules, teams, trainings } from './record.service.js'
import { Commendation, Complaint, VolunteerService, VolunteerTraining } from './service.entity.js'
import { Volunteer, VolunteerContact, VolunteerNoticeRule, VolunteerTeam } from './volunteer.entity.js'
import { commendationGrouping, complaintGrouping, serviceGrouping, teamGrouping, trainingGrouping, volunteerGrouping } from './volunteer.grouping.js'
import { commendationPaging, complaintPaging, noticeRulePaging, servicePaging, teamPaging, trainingPaging, volunteerPaging } from './volunteer.input.js'
import { VolunteerMutations } from './volunteer.resolver.js'
import './volunteer.facts.js'

markSensitive(VolunteerContact)
withholdValues(Complaint, () => true)
constraintMeans('volunteer_service_no_overlap', () => entered())
constraintMeans('volunteer_contact_national_number', () => new Problem('TAKEN', 'input.nationalNumber', { en: 'Another volunteer has this national number. Compare it with the national system.', zh: '该全国系统编号已属于另一名志愿者，请核对。' }))
constraintMeans('volunteer_notice_rule_no_overlap', () => new Problem('OVERLAP', 'input.validFrom', { en: 'The division has another rule on one of these days.', zh: '期间内该区划已有公示期规则。' }))

const apart = (name: string, column: string, description: string) =>
  value(Volunteer, name, () => String, description, { nullable: true, fenced: true, sql: (row) => sql`select x.${sql.raw(column)} from volunteer_contact x where x.volunteer_id = ${row.column('id')}` })

export const volunteers = defineModule({
  name: 'volunteers',
  records: [VolunteerNoticeRule, VolunteerTeam, Volunteer, VolunteerService, VolunteerTraining, Commendation, Complaint],
  stored: [VolunteerContact],
  resolvers: [VolunteerMutations, ...[noticeRules, teams, trainings, commendations, complaints].map(({ resolver }) => resolver)],
  fields: [
    collection(VolunteerNoticeRule, 'volunteerNoticeRule', 'volunteerNoticeRules', noticeRulePaging),
    collection(VolunteerTeam, 'volunteerTeam', 'volunteerTeams', teamPaging),
    collection(Volunteer, 'volunteer', 'volunteers', volunteerPaging),
    collection(VolunteerService, 'volunteerService', 'volunteerServices', servicePaging),
    collection(VolunteerTraining, 'volunteerTraining', 'volunteerTrainings', trainingPaging),
    collection(Commendation, 'commendation', 'commendations', commendationPaging),
    collection(Complaint, 'complaint', 'complaints', complaintPaging),
    aggregate(VolunteerTeam, 'volunteerTeamsAggregate', teamPaging, teamGrouping),
    aggregate(Volunteer, 'volunteersAggregate', volunteerPaging, volunteerGrouping),
    aggregate(VolunteerService, 'volunteerServicesAggregate', servicePaging, serviceGrouping),
    aggregate(VolunteerTraining, 'volunteerTrainingsAggregate', trainingPaging, trainingGrouping),
    aggregate(Commendation, 'commendationsAggregate', commendationPaging, commendationGrouping),
    aggregate(Complaint, 'complaintsAggregate', complaintPaging, complaintGrouping),
    connection(Unit, 'volunteerTeams', () => VolunteerTeam, 'unit', 'Teams of volunteers of the unit that you may see (志愿者队伍).', teamPaging),
    connection(VolunteerTeam, 'volunteers', () => Volunteer, 'team', 'Volunteers of the team that you may see (志愿者).', volunteerPaging),
    connection(Volunteer, 'services', () => VolunteerService, 'volunteer', 'Hours with their corrections (服务时长记录).', servicePaging),
    apart('name', 'name', 'Name (姓名).'),
    apart('mobile', 'mobile', 'Mobile phone (手机).'),
    apart('nationalNumber', 'national_number', 'Number in the national information system (全国志愿服务信息系统编号).'),
    value(Volunteer, 'hours', () => Decimal, 'All hours served, corrections included (服务总时数).', { sql: (row) => sql`(select coalesce(sum(s.hours), 0)::numeric(12,2)::text from volunteer_service s where s.volunteer_id = ${row.column('id')})` }),
    ...actionFields(Volunteer),
    ...actionFields(Complaint),
  ],
  access: [volunteerAccess],
  scopes: volunteerScopes,
  fenced: [{ table: 'volunteer_contact', owner: 'volunteer_id', type: 'Volunteer', fields: ['name', 'mobile', 'nationalNumber'] }],
})

export { Commendation, Complaint, ComplaintStatus, OrganiserType, VolunteerService, VolunteerTraining } from './service.entity.js'
export { TeamKind, Volunteer, VolunteerContact, VolunteerNoticeRule, VolunteerOrigin, VolunteerStatus, VolunteerTeam } from './volunteer.entity.js'
export { mobileShape, nationalNumberShape, VolunteerFilter, VolunteerTeamFilter } from './volunteer.input.js'
