/**
 * "Worklogs, plans, supervision: self and ownUnit DIRECTOR." Surveys and consultations are steps of a plan, and records are what came of it: read likewise, a consultation with its survey, a record
 * with its plan. "A link to an invisible object answers like no object."
 */
import type { Snapshot } from './snapshot.js'
import type { Consultation, NeedsSurvey, ServicePlan, ServiceRecord } from './snapshot-services.js'
import { isSelf, workerOf } from './posts.js'
import { derived, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Verdict, type Viewer } from './words.js'

const ofWorker = (viewer: Viewer, row: { unitId: string; socialWorkerId: string }): Verdict =>
  verdict({ self: isSelf(viewer, workerOf(viewer.snapshot, row).personId), 'ownUnit DIRECTOR': viewer.places.some((place) => place.role === 'DIRECTOR' && ownUnit(place, row.unitId)) })
const inUnit = <R extends { unitId: string }>() => one<R>('Unit', (row, snapshot) => snapshot.one('unit', row.unitId))
const inCharge = <R extends { socialWorkerId: string }>() => one<R>('SocialWorker', (row, snapshot) => workerOf(snapshot, row))
const surveyOf = (row: { surveyId: string | null }, snapshot: Snapshot) => snapshot.one('needs_survey', row.surveyId)
const acts = { viewerCan: derived, nextActions: derived }

export const needsSurvey: Page<NeedsSurvey> = {
  type: 'NeedsSurvey',
  rows: ({ tables }) => tables.needs_survey,
  visible: ofWorker,
  fields: {
    ...ofEveryRow, ...acts,
    code: value('code'), title: value('title'), status: value('status'), startedOn: value('startedOn'), finishedOn: value('finishedOn'), respondents: value('respondents'), findings: value('findings'),
    unit: inUnit(), socialWorker: inCharge(),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    finishedBy: one('Person', (row, snapshot) => snapshot.one('person', row.finishedById)),
    consultations: many('Consultation', (row, snapshot) => snapshot.where('consultation', 'surveyId', row.id)),
  },
}

export const consultation: Page<Consultation> = {
  type: 'Consultation',
  rows: ({ tables }) => tables.consultation,
  visible: (viewer, row) => verdict({ 'with its survey': ofWorker(viewer, surveyOf(row, viewer.snapshot)!).allowed }),
  fields: {
    ...ofEveryRow, ...acts,
    plannedOn: value('plannedOn'), status: value('status'), heldOn: value('heldOn'), participants: value('participants'), outcome: value('outcome'),
    survey: one('NeedsSurvey', surveyOf),
    heldBy: one('Person', (row, snapshot) => snapshot.one('person', row.heldById)),
  },
}

const isIndependent = ({ approvedOn, surveyId, consultationId }: ServicePlan, snapshot: Snapshot): boolean => {
  const [survey, talk] = [snapshot.one('needs_survey', surveyId), snapshot.one('consultation', consultationId)]
  return approvedOn !== null && !!survey?.finishedOn && survey.finishedOn <= approvedOn && !!talk?.heldOn && talk.heldOn <= approvedOn
}
const records = ({ id }: ServicePlan, snapshot: Snapshot) => snapshot.where('service_record', 'servicePlanId', id)

export const servicePlan: Page<ServicePlan> = {
  type: 'ServicePlan',
  rows: ({ tables }) => tables.service_plan,
  visible: ofWorker,
  fields: {
    ...ofEveryRow, ...acts,
    code: value('code'), title: value('title'), targetGroup: value('targetGroup'), plannedBeneficiaries: value('plannedBeneficiaries'), startsOn: value('startsOn'), endsOn: value('endsOn'), status: value('status'),
    submittedOn: value('submittedOn'), approvedOn: value('approvedOn'), decisionNote: value('decisionNote'), closedOn: value('closedOn'),
    isIndependent: { kind: 'value', of: isIndependent },
    beneficiariesServed: { kind: 'value', of: (row, snapshot) => records(row, snapshot).reduce((sum, { beneficiaries }) => sum + beneficiaries, 0) },
    unit: inUnit(), socialWorker: inCharge(),
    survey: one('NeedsSurvey', surveyOf),
    consultation: one('Consultation', (row, snapshot) => snapshot.one('consultation', row.consultationId)),
    initiative: one('Initiative', (row, snapshot) => snapshot.one('initiative', row.initiativeId)),
    decidedBy: one('Person', (row, snapshot) => snapshot.one('person', row.decidedById)),
    records: many('ServiceRecord', records),
  },
}

export const serviceRecord: Page<ServiceRecord> = {
  type: 'ServiceRecord',
  rows: ({ tables }) => tables.service_record,
  visible: (viewer, row) => verdict({ 'with its plan': ofWorker(viewer, viewer.snapshot.one('service_plan', row.servicePlanId)!).allowed }),
  fields: {
    ...ofEveryRow,
    number: value('number'), servedOn: value('servedOn'), method: value('method'), beneficiaries: value('beneficiaries'), hours: value('hours'), summary: value('summary'),
    servicePlan: one('ServicePlan', (row, snapshot) => snapshot.one('service_plan', row.servicePlanId)),
  },
}
