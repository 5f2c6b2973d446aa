import { compare, compareEnum, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { InitiativeFilter } from '../initiatives/index.js'
import { PersonFilter } from '../people/index.js'
import { SocialWorkerFilter } from '../posts/index.js'
import { UnitFilter } from '../units/index.js'
import { ServiceMethod, ServicePlanStatus } from './plan.entity.js'
import { ConsultationStatus, SurveyStatus } from './survey.entity.js'

const NeedsSurveyFilter: Function = filterOf('NeedsSurvey', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  status: compareEnum('SurveyStatus', SurveyStatus),
  startedOn: compare.day,
  finishedOn: compare.day,
  respondents: compare.whole,
  findings: compare.text,
  unit: () => UnitFilter,
  division: () => DivisionFilter,
  socialWorker: () => SocialWorkerFilter,
  consultations: many(() => ConsultationFilter),
})
const ConsultationFilter: Function = filterOf('Consultation', {
  id: compare.id,
  status: compareEnum('ConsultationStatus', ConsultationStatus),
  plannedOn: compare.day,
  heldOn: compare.day,
  participants: compare.whole,
  outcome: compare.text,
  survey: () => NeedsSurveyFilter,
})
export const ServicePlanFilter: Function = filterOf('ServicePlan', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  targetGroup: compare.text,
  status: compareEnum('ServicePlanStatus', ServicePlanStatus),
  startsOn: compare.day,
  endsOn: compare.day,
  submittedOn: compare.day,
  approvedOn: compare.day,
  closedOn: compare.day,
  isIndependent: compare.flag,
  plannedBeneficiaries: compare.whole,
  beneficiariesServed: compare.whole,
  unit: () => UnitFilter,
  socialWorker: () => SocialWorkerFilter,
  survey: () => NeedsSurveyFilter,
  consultation: () => ConsultationFilter,
  initiative: () => InitiativeFilter,
  decidedBy: () => PersonFilter,
})
const ServiceRecordFilter: Function = filterOf('ServiceRecord', {
  id: compare.id,
  number: compare.whole,
  servedOn: compare.day,
  method: compareEnum('ServiceMethod', ServiceMethod),
  beneficiaries: compare.whole,
  hours: compare.decimal,
  summary: compare.text,
  servicePlan: () => ServicePlanFilter,
})

export const surveyPaging: Paging = { filter: NeedsSurveyFilter, ...orderOf('NeedsSurvey', ['code', 'startedOn', 'finishedOn', 'createdAt']) }
export const consultationPaging: Paging = { filter: ConsultationFilter, ...orderOf('Consultation', ['plannedOn', 'heldOn', 'createdAt']) }
export const planPaging: Paging = { filter: ServicePlanFilter, ...orderOf('ServicePlan', ['code', 'startsOn', 'endsOn', 'submittedOn', 'approvedOn', 'createdAt']) }
export const recordPaging: Paging = { filter: ServiceRecordFilter, ...orderOf('ServiceRecord', ['servedOn', 'number', 'beneficiaries', 'createdAt']) }
