/** Tables of services: surveys, consultations, plans and records. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null

export interface NeedsSurvey extends Row {
  code: string; unitId: string; socialWorkerId: string; divisionId: string; title: string; status: string; startedOn: Maybe<string>; finishedOn: Maybe<string>; finishedById: Maybe<string>; respondents: Maybe<number>; findings: Maybe<string>
}
export interface Consultation extends Row { surveyId: string; plannedOn: string; status: string; heldOn: Maybe<string>; heldById: Maybe<string>; participants: Maybe<number>; outcome: Maybe<string> }
export interface ServicePlan extends Row {
  code: string; unitId: string; socialWorkerId: string; title: string; targetGroup: string; plannedBeneficiaries: number; startsOn: string; endsOn: string; status: string; surveyId: Maybe<string>; consultationId: Maybe<string>
  initiativeId: Maybe<string>; submittedOn: Maybe<string>; approvedOn: Maybe<string>; decidedById: Maybe<string>; decisionNote: Maybe<string>; closedOn: Maybe<string>
}
export interface ServiceRecord extends Row { servicePlanId: string; number: number; servedOn: string; method: string; beneficiaries: number; hours: string; summary: Maybe<string> }

export interface ServiceTables {
  needs_survey: NeedsSurvey[]
  consultation: Consultation[]
  service_plan: ServicePlan[]
  service_record: ServiceRecord[]
}
export const serviceTableNames = ['needs_survey', 'consultation', 'service_plan', 'service_record'] as const
