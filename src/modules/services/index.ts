/*
 * Services (专业服务): a social worker surveys the needs of a community, discusses the findings with it, plans a service, and records what was given.
 * A survey (需求调研) goes PLANNED, RUNNING, FINISHED; a consultation (社区协商) PLANNED, HELD, once the survey is finished; either may be CANCELLED before. A plan (服务计划) goes DRAFT, SUBMITTED,
 * APPROVED, COMPLETED; it may be RETURNED and submitted again, or CANCELLED. The social worker in charge does all of it but decide: a DIRECTOR of the unit approves or returns, never a plan of their own.
 * A plan is independent (自主计划) when its survey was finished and its consultation held on the day of the approval or before. Services are recorded while the plan is APPROVED.
 * Those asked, those who took part and those served are counts: no personal data of beneficiaries is kept.
 */
import './services.facts.js'
import { sql } from 'kysely'
import { Int } from 'type-graphql'
import { actionFields, aggregate, collection, connection, defineModule, list, value, withholdValues } from '../../engine/index.js'
import { countsTowards, Initiative } from '../initiatives/index.js'
import { SocialWorker } from '../posts/index.js'
import { Unit } from '../units/index.js'
import { ServicePlan, ServiceRecord } from './plan.entity.js'
import { servicesAccess, servicesScopes } from './services.access.js'
import { isIndependent, served } from './services.facts.js'
import { consultationGrouping, planGrouping, recordGrouping, surveyGrouping } from './services.grouping.js'
import { consultationPaging, planPaging, recordPaging, surveyPaging } from './services.paging.js'
import { PlanMutations, SurveyMutations } from './services.resolver.js'
import { Consultation, NeedsSurvey } from './survey.entity.js'

countsTowards('PLANS_CARRIED_OUT', { way: [{ to: () => ServicePlan, by: 'initiative', where: (row) => sql`${row.column('status')} = 'COMPLETED'` }] })
// Whoever reads the trail does not read plans.
withholdValues(NeedsSurvey, () => true)
withholdValues(ServicePlan, () => true)
withholdValues(Consultation, () => true)
withholdValues(ServiceRecord, () => true)

export const services = defineModule({
  name: 'services',
  records: [NeedsSurvey, Consultation, ServicePlan, ServiceRecord],
  resolvers: [SurveyMutations, PlanMutations],
  fields: [
    collection(NeedsSurvey, 'needsSurvey', 'needsSurveys', surveyPaging),
    collection(Consultation, 'consultation', 'consultations', consultationPaging),
    collection(ServicePlan, 'servicePlan', 'servicePlans', planPaging),
    collection(ServiceRecord, 'serviceRecord', 'serviceRecords', recordPaging),
    aggregate(NeedsSurvey, 'needsSurveysAggregate', surveyPaging, surveyGrouping),
    aggregate(Consultation, 'consultationsAggregate', consultationPaging, consultationGrouping),
    aggregate(ServicePlan, 'servicePlansAggregate', planPaging, planGrouping),
    aggregate(ServiceRecord, 'serviceRecordsAggregate', recordPaging, recordGrouping),
    list(NeedsSurvey, 'consultations', () => Consultation, 'survey', 'Consultations on it, oldest first; a handful (社区协商).', { order: ['plannedOn', 'id'] }),
    value(ServicePlan, 'isIndependent', () => Boolean, 'Approved after a finished survey and a consultation with the community (是否自主计划).', { sql: isIndependent }),
    value(ServicePlan, 'beneficiariesServed', () => Int, 'How many people its records name, each time counted anew (已服务人次).', { sql: served }),
    connection(ServicePlan, 'records', () => ServiceRecord, 'servicePlan', 'Services given under it (服务记录).', recordPaging),
    connection(SocialWorker, 'servicePlans', () => ServicePlan, 'socialWorker', 'Plans of the social worker that you may see (服务计划).', planPaging),
    connection(Unit, 'servicePlans', () => ServicePlan, 'unit', 'Plans of the unit that you may see (服务计划).', planPaging),
    connection(Unit, 'needsSurveys', () => NeedsSurvey, 'unit', 'Surveys of the unit that you may see (需求调研).', surveyPaging),
    connection(Initiative, 'servicePlans', () => ServicePlan, 'initiative', 'Plans that are part of it and that you may see (服务计划).', planPaging),
    ...actionFields(NeedsSurvey),
    ...actionFields(Consultation),
    ...actionFields(ServicePlan),
  ],
  access: [servicesAccess],
  scopes: servicesScopes,
})

export { ServiceMethod, ServicePlan, ServicePlanStatus, ServiceRecord } from './plan.entity.js'
export { ServicePlanFilter } from './services.paging.js'
export { Consultation, ConsultationStatus, NeedsSurvey, SurveyStatus } from './survey.entity.js'
