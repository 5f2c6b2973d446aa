/*
 * Surveys of needs, consultations, service plans and their records are read by the social worker in charge and by DIRECTOR of the unit. A consultation is read with its survey, a record with its plan.
 * PRACTITIONER of the unit keeps the own surveys, consultations, plans and records, and nobody else does. DIRECTOR of the unit approves and returns plans, never their own, and may cancel them.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, self, signedIn, viewerSql, visible } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const acts = { viewerCan: open, nextActions: open }
const own = all(self('socialWorker.personId'), can('record:keepOwn').ownUnit('unitId'))
const ownOfSurvey = all(self('survey.socialWorker.personId'), can('record:keepOwn').ownUnit('survey.unitId'))
const directs = can('plan:decide').ownUnit('unitId')
const notOwn = condition({
  sentence: { en: 'never their own', zh: '不得涉及本人的计划' },
  columns: ['socialWorker.personId'],
  sql: (row) => sql`${row.column('socialWorker.personId')} is distinct from ${viewerSql.person}`,
})
const isOwn = any(self('socialWorker.personId'), can('record:readOfUnit').ownUnit('unitId'))

export const servicesAccess = accessTable({
  NeedsSurvey: {
    ...record, ...acts,
    code: open, unit: open, socialWorker: open, division: open, title: open, status: open, startedOn: open, finishedOn: open, finishedBy: open, respondents: open, findings: open, consultations: open,
  },
  Consultation: { ...record, ...acts, survey: open, plannedOn: open, status: open, heldOn: open, heldBy: open, participants: open, outcome: open },
  ServicePlan: {
    ...record, ...acts,
    code: open, unit: open, socialWorker: open, title: open, targetGroup: open, plannedBeneficiaries: open, startsOn: open, endsOn: open, status: open, survey: open, consultation: open, initiative: open,
    submittedOn: open, approvedOn: open, decidedBy: open, decisionNote: open, closedOn: open, isIndependent: open, beneficiariesServed: open, records: open,
  },
  ServiceRecord: { ...record, servicePlan: open, number: open, servedOn: open, method: open, beneficiaries: open, hours: open, summary: open },
  SocialWorker: { servicePlans: open },
  Unit: { servicePlans: open, needsSurveys: open },
  Initiative: { servicePlans: open },
  Query: {
    needsSurveysAggregate: signedIn, consultationsAggregate: signedIn, servicePlansAggregate: signedIn, serviceRecordsAggregate: signedIn,
    needsSurvey: signedIn, needsSurveys: signedIn, consultation: signedIn, consultations: signedIn, servicePlan: signedIn, servicePlans: signedIn, serviceRecord: signedIn, serviceRecords: signedIn,
  },
  Mutation: {
    needsSurveyPlan: act('NeedsSurvey', own),
    needsSurveyStart: act('NeedsSurvey', own),
    needsSurveyFinish: act('NeedsSurvey', own),
    needsSurveyCancel: act('NeedsSurvey', own),
    consultationPlan: act('NeedsSurvey', own),
    consultationHold: act('Consultation', ownOfSurvey),
    consultationCancel: act('Consultation', ownOfSurvey),
    servicePlanDraft: act('ServicePlan', own),
    servicePlanUpdate: act('ServicePlan', own),
    servicePlanSubmit: act('ServicePlan', own),
    servicePlanApprove: act('ServicePlan', all(directs, notOwn)),
    servicePlanReturn: act('ServicePlan', all(directs, notOwn)),
    servicePlanComplete: act('ServicePlan', own),
    servicePlanCancel: act('ServicePlan', any(own, directs)),
    serviceRecordAdd: act('ServicePlan', own),
    serviceRecordUpdate: act('ServicePlan', own),
  },
})

export const servicesScopes = [
  scope('NeedsSurvey', isOwn),
  scope('Consultation', visible('NeedsSurvey', 'surveyId'), 'survey'),
  scope('ServicePlan', isOwn),
  scope('ServiceRecord', visible('ServicePlan', 'servicePlanId'), 'servicePlan'),
]
