/*
 * Everyone who takes part in the work reads teams and courses for volunteers; BI_READER and AUDITOR in the division. Rules of the public notice are a dictionary: every signed-in viewer reads them,
 * SYSTEM_ADMIN keeps them.
 * A volunteer, with its hours, is read in the team's unit by those who take part in the work, by the PRACTITIONER who leads the team, by COORDINATOR of the division (and a DIRECTOR of its LEADERSHIP
 * unit), and by BI_READER and AUDITOR in the division.
 * Name, mobile and national number of a volunteer: in the team's unit, those who take part in the work, and the PRACTITIONER who leads the team; nobody else.
 * The origin stands on the row, which names nobody to those outside the unit; of what a former beneficiary was helped with nothing is kept.
 * A commendation is read with its volunteer, one of a whole team with the team. A complaint, in the team's unit by DIRECTOR and CLERK, and by COORDINATOR of the division; not by the one who leads the team.
 * DIRECTOR and CLERK of the unit keep teams, commendations and complaints, and with the PRACTITIONER who leads the team its volunteers and hours. A DIRECTOR settles complaints.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, self, signedIn, visible, type Guard } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const teamsUnit = { en: "the team's unit", zh: '队伍所属单位' }
const leads = (leader: string): Guard => all(can('volunteer:lead'), self(leader))
const keepsTeam = (unit: string) => can('activity:report').ownUnit(unit, teamsUnit)
const keeps = any(keepsTeam('unitId'), leads('team.leader.personId'))
const contact = any(can('work:takePart').ownUnit('unitId', teamsUnit), leads('team.leader.personId'))
const complaint = any(keepsTeam('team.unitId'), can('coordination:read').inDivisionOfUnit('team.unitId', teamsUnit))
const ofTeam = condition({ sentence: { en: 'it is about the whole team', zh: '对象为整个队伍' }, columns: ['volunteerId'], sql: (row) => sql`${row.column('volunteerId')} is null` })

export const volunteerAccess = accessTable({
  VolunteerNoticeRule: { ...record, division: open, days: open, validFrom: open, validTo: open, basis: open },
  VolunteerTeam: { ...record, code: open, name: open, kind: open, unit: open, leader: open, foundedOn: open, endedOn: open, volunteers: open },
  Volunteer: {
    ...record,
    code: open, team: open, unit: open, origin: open, status: open, noticeFrom: open, noticeTo: open, registeredOn: open, registeredNationallyOn: open, endedOn: open, hours: open, services: open,
    viewerCan: open, nextActions: open, name: contact, mobile: contact, nationalNumber: contact,
  },
  VolunteerService: { ...record, volunteer: open, team: open, unit: open, servedOn: open, startsAt: open, endsAt: open, hours: open, activity: open, corrects: open, reason: open, recordedBy: open },
  VolunteerTraining: { ...record, division: open, unit: open, organiser: open, organiserType: open, title: open, content: open, heldOn: open, persons: open },
  Commendation: { ...record, team: open, volunteer: open, title: open, level: open, awardedBy: open, awardedOn: open },
  Complaint: { ...record, team: open, volunteer: open, receivedOn: open, status: open, handledOn: open, handledBy: open, viewerCan: open, nextActions: open, text: open, outcome: open },
  Unit: { volunteerTeams: open },
  Query: Object.fromEntries([
    ...['volunteerNoticeRule', 'volunteerTeam', 'volunteer', 'volunteerService', 'volunteerTraining', 'commendation', 'complaint'].flatMap((name) => [[name, signedIn], [`${name}s`, signedIn]]),
    ...['volunteerTeam', 'volunteer', 'volunteerService', 'volunteerTraining', 'commendation', 'complaint'].map((name) => [`${name}sAggregate`, signedIn]),
  ]),
  Mutation: {
    volunteerNoticeRuleCreate: act('VolunteerNoticeRule', can('structure:keep')),
    volunteerNoticeRuleUpdate: act('VolunteerNoticeRule', can('structure:keep')),
    volunteerTeamCreate: act('VolunteerTeam', keepsTeam('unitId')),
    volunteerTeamUpdate: act('VolunteerTeam', keepsTeam('unitId')),
    volunteerEnter: act('Volunteer', keeps),
    volunteerUpdate: act('Volunteer', keeps),
    volunteerRegister: act('Volunteer', keeps),
    volunteerRefuse: act('Volunteer', keeps),
    volunteerWithdraw: act('Volunteer', keeps),
    volunteerServiceRecord: act('Volunteer', keeps),
    volunteerServiceUpdate: act('VolunteerService', keeps),
    volunteerServiceCorrect: act('VolunteerService', keeps),
    volunteerTrainingCreate: act('VolunteerTraining', can('activity:report').ownUnit('unitId')),
    volunteerTrainingUpdate: act('VolunteerTraining', can('activity:report').ownUnit('unitId')),
    commendationCreate: act('Commendation', keepsTeam('team.unitId')),
    commendationUpdate: act('Commendation', keepsTeam('team.unitId')),
    complaintCreate: act('Complaint', keepsTeam('team.unitId')),
    complaintUpdate: act('Complaint', keepsTeam('team.unitId')),
    complaintSettle: act('Complaint', can('volunteer:settle').ownUnit('team.unitId', teamsUnit)),
  },
})

export const volunteerScopes = [
  scope('VolunteerNoticeRule', signedIn),
  scope('VolunteerTeam', any(can('work:takePart'), can('work:observe').inDivisionOfUnit('unitId'))),
  scope('Volunteer', any(contact, can('coordination:read').inDivisionOfUnit('unitId', teamsUnit), can('work:observe').inDivisionOfUnit('unitId', teamsUnit))),
  scope('VolunteerService', visible('Volunteer', 'volunteerId'), 'volunteer'),
  scope('VolunteerTraining', any(can('work:takePart'), can('work:observe').inDivision('divisionId'))),
  scope('Commendation', any(visible('Volunteer', 'volunteerId'), all(ofTeam, visible('VolunteerTeam', 'teamId')))),
  scope('Complaint', complaint),
]
