import { lifecycle, verbs } from '../../kernel/index.js'
import type { ServicePlanStatus } from './plan.entity.js'
import type { ConsultationStatus, SurveyStatus } from './survey.entity.js'

export const surveyLifecycle = lifecycle<SurveyStatus>('PLANNED', { PLANNED: ['RUNNING', 'CANCELLED'], RUNNING: ['FINISHED', 'CANCELLED'], FINISHED: [], CANCELLED: [] })

export const surveyVerbs = verbs(surveyLifecycle, {
  needsSurveyStart: { from: ['PLANNED'], to: 'RUNNING' },
  needsSurveyFinish: { from: ['RUNNING'], to: 'FINISHED' },
  needsSurveyCancel: { from: ['PLANNED', 'RUNNING'], to: 'CANCELLED' },
})

export const consultationLifecycle = lifecycle<ConsultationStatus>('PLANNED', { PLANNED: ['HELD', 'CANCELLED'], HELD: [], CANCELLED: [] })

export const consultationVerbs = verbs(consultationLifecycle, {
  consultationHold: { from: ['PLANNED'], to: 'HELD' },
  consultationCancel: { from: ['PLANNED'], to: 'CANCELLED' },
})

/** The social worker writes and carries out; the head of the unit decides. */
export const planLifecycle = lifecycle<ServicePlanStatus>('DRAFT', {
  DRAFT: ['SUBMITTED', 'CANCELLED'],
  SUBMITTED: ['APPROVED', 'RETURNED', 'CANCELLED'],
  RETURNED: ['SUBMITTED', 'CANCELLED'],
  APPROVED: ['COMPLETED', 'CANCELLED'],
  COMPLETED: [],
  CANCELLED: [],
})

export const planVerbs = verbs(planLifecycle, {
  servicePlanSubmit: { from: ['DRAFT', 'RETURNED'], to: 'SUBMITTED' },
  servicePlanApprove: { from: ['SUBMITTED'], to: 'APPROVED' },
  servicePlanReturn: { from: ['SUBMITTED'], to: 'RETURNED' },
  servicePlanComplete: { from: ['APPROVED'], to: 'COMPLETED' },
  servicePlanCancel: { from: ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED'], to: 'CANCELLED' },
})
