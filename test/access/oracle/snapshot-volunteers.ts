/** Rows of teams and volunteers. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null
export interface VolunteerNoticeRule extends Row { divisionId: string; days: number; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface VolunteerTeam extends Row { code: string; name: string; kind: string; unitId: string; leaderId: string; foundedOn: string; endedOn: Maybe<string> }
export interface Volunteer extends Row {
  code: string; teamId: string; unitId: string; origin: string; status: string; noticeFrom: string; noticeTo: string; registeredOn: Maybe<string>; registeredNationallyOn: Maybe<string>; endedOn: Maybe<string>
}
export interface VolunteerContact extends Row { volunteerId: string; name: string; mobile: Maybe<string>; nationalNumber: Maybe<string> }
export interface VolunteerService extends Row {
  volunteerId: string; teamId: string; unitId: string; servedOn: string; startsAt: Maybe<string>; endsAt: Maybe<string>; hours: string; activity: string; correctsId: Maybe<string>; reason: Maybe<string>; recordedById: Maybe<string>
}
export interface VolunteerTraining extends Row { divisionId: string; unitId: string; organiser: string; organiserType: string; title: string; content: string; heldOn: string; persons: number }
export interface Commendation extends Row { teamId: string; volunteerId: Maybe<string>; title: string; level: string; awardedBy: string; awardedOn: string }
export interface Complaint extends Row { teamId: string; volunteerId: Maybe<string>; receivedOn: string; text: string; status: string; outcome: Maybe<string>; handledOn: Maybe<string>; handledById: Maybe<string> }

export interface VolunteerTables {
  volunteer_notice_rule: VolunteerNoticeRule[]; volunteer_team: VolunteerTeam[]; volunteer: Volunteer[]; volunteer_contact: VolunteerContact[]; volunteer_service: VolunteerService[]
  volunteer_training: VolunteerTraining[]; commendation: Commendation[]; complaint: Complaint[]
}
export const volunteerTableNames = ['volunteer_notice_rule', 'volunteer_team', 'volunteer', 'volunteer_contact', 'volunteer_service', 'volunteer_training', 'commendation', 'complaint'] as const satisfies readonly (keyof VolunteerTables)[]
