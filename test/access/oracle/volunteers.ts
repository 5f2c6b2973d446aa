/**
 * "PRACTITIONER: own worklogs, plans, supervision; volunteers of the teams it leads." "Volunteer contact data: ownUnit of the team's unit." The coordinator of the division, BI_READER and AUDITOR
 * there read the row, which names nobody. Complaints are for those who keep the team and for the office; not for the one who leads it.
 */
import type { Snapshot } from './snapshot.js'
import type { Commendation, Complaint, Volunteer, VolunteerNoticeRule, VolunteerService, VolunteerTeam, VolunteerTraining } from './snapshot-volunteers.js'
import { sharedWork } from './activity.js'
import { coordinates, derived, everySignedInViewer, inDivision, leads, many, ofEveryRow, one, ownUnit, value, verdict, type FieldPage, type Page, type Place, type Verdict, type Viewer } from './words.js'

const notTakingPart = ['BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
const divisionOf = (viewer: Viewer, unitId: string) => viewer.snapshot.one('unit', unitId)!.divisionId
const anyPlace = (viewer: Viewer, holds: (place: Place) => boolean) => viewer.places.some(holds)
const coordinated = (viewer: Viewer, unitId: string) => ({
  COORDINATOR: anyPlace(viewer, (place) => coordinates(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionOf(viewer, unitId))),
  'DIRECTOR of the LEADERSHIP unit': anyPlace(viewer, (place) => leads(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionOf(viewer, unitId))),
})
const near = (viewer: Viewer, { unitId, teamId }: { unitId: string; teamId: string }) => {
  const leader = viewer.snapshot.one('social_worker', viewer.snapshot.one('volunteer_team', teamId)!.leaderId)!
  return {
    "in the team's unit, taking part": anyPlace(viewer, (place) => !notTakingPart.includes(place.role) && ownUnit(place, unitId)),
    'PRACTITIONER who leads the team': viewer.personId === leader.personId && viewer.personId !== null && anyPlace(viewer, ({ role }) => role === 'PRACTITIONER'),
  }
}
const contactReadable = (viewer: Viewer, row: Volunteer): Verdict => verdict(near(viewer, row))
const volunteerVisible = (viewer: Viewer, row: Volunteer): Verdict =>
  verdict({
    ...near(viewer, row),
    ...coordinated(viewer, row.unitId),
    'BI_READER or AUDITOR inDivision': anyPlace(viewer, (place) => ['BI_READER', 'AUDITOR'].includes(place.role) && inDivision(viewer.snapshot, place, divisionOf(viewer, row.unitId))),
  })
const withVolunteer = (viewer: Viewer, volunteerId: string): boolean => volunteerVisible(viewer, viewer.snapshot.one('volunteer', volunteerId)!).allowed
const teamVisible = (viewer: Viewer, row: VolunteerTeam): Verdict => sharedWork(viewer, divisionOf(viewer, row.unitId))
const complaintReadable = (viewer: Viewer, row: Complaint): Verdict => {
  const { unitId } = viewer.snapshot.one('volunteer_team', row.teamId)!
  return verdict({ 'DIRECTOR or CLERK of the unit': anyPlace(viewer, (place) => ['DIRECTOR', 'CLERK'].includes(place.role) && ownUnit(place, unitId)), ...coordinated(viewer, unitId) })
}

const unit: FieldPage<{ unitId: string }> = one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId))
const division: FieldPage<{ divisionId: string }> = one('Division', (row, snapshot) => snapshot.one('division', row.divisionId))
const team: FieldPage<{ teamId: string }> = one('VolunteerTeam', (row, snapshot) => snapshot.one('volunteer_team', row.teamId))
const oneVolunteer: FieldPage<{ volunteerId: string | null }> = one('Volunteer', (row, snapshot) => snapshot.one('volunteer', row.volunteerId))
const contact = (column: 'name' | 'mobile' | 'nationalNumber'): FieldPage<Volunteer> => ({ kind: 'value', of: (row, snapshot) => snapshot.where('volunteer_contact', 'volunteerId', row.id)[0]?.[column] ?? null, readable: contactReadable })
const allHours = (row: Volunteer, snapshot: Snapshot) => (snapshot.where('volunteer_service', 'volunteerId', row.id).reduce((sum, { hours }) => sum + Math.round(Number(hours) * 100), 0) / 100).toFixed(2)

export const volunteerNoticeRule: Page<VolunteerNoticeRule> = {
  type: 'VolunteerNoticeRule', rows: ({ tables }) => tables.volunteer_notice_rule, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, days: value('days'), validFrom: value('validFrom'), validTo: value('validTo'), basis: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId)) },
}
export const volunteerTeam: Page<VolunteerTeam> = {
  type: 'VolunteerTeam', rows: ({ tables }) => tables.volunteer_team, visible: teamVisible,
  fields: {
    ...ofEveryRow, unit, code: value('code'), name: value('name'), kind: value('kind'), foundedOn: value('foundedOn'), endedOn: value('endedOn'),
    leader: one('SocialWorker', (row, snapshot) => snapshot.one('social_worker', row.leaderId)),
    volunteers: many('Volunteer', (row, snapshot) => snapshot.where('volunteer', 'teamId', row.id)),
  },
}
export const volunteer: Page<Volunteer> = {
  type: 'Volunteer', rows: ({ tables }) => tables.volunteer, visible: volunteerVisible,
  fields: {
    ...ofEveryRow, unit, team, code: value('code'), origin: value('origin'), status: value('status'), noticeFrom: value('noticeFrom'), noticeTo: value('noticeTo'), registeredOn: value('registeredOn'),
    registeredNationallyOn: value('registeredNationallyOn'), endedOn: value('endedOn'), name: contact('name'), mobile: contact('mobile'), nationalNumber: contact('nationalNumber'), hours: { kind: 'value', of: allHours },
    services: many('VolunteerService', (row, snapshot) => snapshot.where('volunteer_service', 'volunteerId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}
export const volunteerService: Page<VolunteerService> = {
  type: 'VolunteerService', rows: ({ tables }) => tables.volunteer_service, visible: (viewer, row) => verdict({ 'with its volunteer': withVolunteer(viewer, row.volunteerId) }),
  fields: {
    ...ofEveryRow, unit, team, volunteer: oneVolunteer, servedOn: value('servedOn'), startsAt: value('startsAt'), endsAt: value('endsAt'), hours: value('hours'), activity: value('activity'), reason: value('reason'),
    corrects: one('VolunteerService', (row, snapshot) => snapshot.one('volunteer_service', row.correctsId)),
    recordedBy: one('Person', (row, snapshot) => snapshot.one('person', row.recordedById)),
  },
}
export const volunteerTraining: Page<VolunteerTraining> = {
  type: 'VolunteerTraining', rows: ({ tables }) => tables.volunteer_training, visible: (viewer, row) => sharedWork(viewer, row.divisionId),
  fields: { ...ofEveryRow, unit, division, organiser: value('organiser'), organiserType: value('organiserType'), title: value('title'), content: value('content'), heldOn: value('heldOn'), persons: value('persons') },
}
export const commendation: Page<Commendation> = {
  type: 'Commendation', rows: ({ tables }) => tables.commendation,
  visible: (viewer, row) =>
    row.volunteerId ? verdict({ 'with its volunteer': withVolunteer(viewer, row.volunteerId) }) : verdict({ 'of a whole team: with the team': teamVisible(viewer, viewer.snapshot.one('volunteer_team', row.teamId)!).allowed }),
  fields: { ...ofEveryRow, team, volunteer: oneVolunteer, title: value('title'), level: value('level'), awardedBy: value('awardedBy'), awardedOn: value('awardedOn') },
}
export const complaint: Page<Complaint> = {
  type: 'Complaint', rows: ({ tables }) => tables.complaint, visible: complaintReadable,
  fields: {
    ...ofEveryRow, team, volunteer: oneVolunteer, receivedOn: value('receivedOn'), status: value('status'), handledOn: value('handledOn'),
    text: value('text'), outcome: value('outcome'),
    handledBy: one('Person', (row, snapshot) => snapshot.one('person', row.handledById)),
    viewerCan: derived, nextActions: derived,
  },
}
