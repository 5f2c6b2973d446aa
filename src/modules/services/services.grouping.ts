import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { CredentialLevel, SocialWorker } from '../posts/index.js'
import { Unit, UnitKind } from '../units/index.js'
import { ServiceMethod, ServicePlan, ServicePlanStatus } from './plan.entity.js'
import { ConsultationStatus, SurveyStatus } from './survey.entity.js'

export const surveyGrouping: Grouping = {
  keys: {
    status: () => SurveyStatus, unit: () => Unit, division: () => Division, startedOn: () => Day, finishedOn: () => Day,
  },
  numbers: ['respondents'],
}

export const consultationGrouping: Grouping = {
  keys: {
    status: () => ConsultationStatus, heldOn: () => Day,
  },
  numbers: ['participants'],
}

export const planGrouping: Grouping = {
  keys: {
    status: () => ServicePlanStatus, isIndependent: () => Boolean, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, socialWorker: () => SocialWorker, grade: { of: () => CredentialLevel, path: 'socialWorker.grade' },
    initiative: () => Initiative, startsOn: () => Day, endsOn: () => Day, approvedOn: () => Day,
  },
  numbers: ['plannedBeneficiaries', 'beneficiariesServed'],
}

export const recordGrouping: Grouping = {
  keys: {
    method: () => ServiceMethod, servicePlan: () => ServicePlan, servedOn: () => Day,
  },
  numbers: ['beneficiaries', 'hours'],
}
