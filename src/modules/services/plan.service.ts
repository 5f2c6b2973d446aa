import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Initiative } from '../initiatives/index.js'
import { viewingPerson } from '../progress/index.js'
import { Unit } from '../units/index.js'
import { ServicePlan, ServiceRecord } from './plan.entity.js'
import type { ServicePlanApproveInput, ServicePlanDraftInput, ServicePlanReasonInput, ServicePlanStepInput, ServicePlanUpdateInput, ServiceRecordAddInput, ServiceRecordUpdateInput } from './plan.input.js'
import { Consultation, NeedsSurvey } from './survey.entity.js'
import { ownWorker } from './survey.service.js'

export async function draftPlan(work: Work, input: ServicePlanDraftInput): Promise<ServicePlan> {
  const { code, title, unitId, targetGroup, plannedBeneficiaries, startsOn, endsOn } = input
  const plan = Object.assign(new ServicePlan(), {
    code: code.trim(), title: title.trim(), unit: await work.reference(Unit, unitId, 'input.unitId'), socialWorker: await ownWorker(work, 'input.unitId'), targetGroup: targetGroup.trim(), plannedBeneficiaries, startsOn, endsOn, status: 'DRAFT' as const,
  })
  await rest(work, plan, input)
  return work.makes(plan)
}

const target = (work: Work, { servicePlanId, expectedVersion }: ServicePlanStepInput) => work.target(ServicePlan, servicePlanId, 'input.servicePlanId', expectedVersion)

export async function updatePlan(work: Work, input: ServicePlanUpdateInput): Promise<ServicePlan> {
  const plan = await target(work, input)
  for (const key of ['title', 'targetGroup'] as const) if (input[key] !== undefined) plan[key] = input[key].trim()
  for (const key of ['plannedBeneficiaries', 'startsOn', 'endsOn'] as const) if (input[key] !== undefined) Object.assign(plan, { [key]: input[key] })
  await rest(work, plan, input)
  return plan
}

/** What the plan rests on: a survey of the unit, and a consultation on that survey. */
async function rest(work: Work, plan: ServicePlan, { surveyId, consultationId, initiativeId }: Pick<ServicePlanDraftInput, 'surveyId' | 'consultationId' | 'initiativeId'>): Promise<void> {
  if (plan.endsOn < plan.startsOn) throw new Problem('OUT_OF_RANGE', 'input.endsOn', { en: 'The last day is not before the first.', zh: '结束日期不得早于起始日期。' })
  if (surveyId !== undefined) plan.survey = surveyId ? await work.reference(NeedsSurvey, surveyId, 'input.surveyId') : null
  if (consultationId !== undefined) plan.consultation = consultationId ? await work.reference(Consultation, consultationId, 'input.consultationId') : null
  if (initiativeId !== undefined) plan.initiative = initiativeId ? await work.reference(Initiative, initiativeId, 'input.initiativeId') : null
  const survey = plan.survey && (await work.em.findOneOrFail(NeedsSurvey, plan.survey.id))
  const consultation = plan.consultation && (await work.em.findOneOrFail(Consultation, plan.consultation.id))
  if (survey && survey.unit.id !== plan.unit.id) throw new Problem('OUT_OF_RANGE', 'input.surveyId', { en: 'The survey is of another unit.', zh: '该调研属于其他单位。' })
  if (consultation && consultation.survey.id !== survey?.id) throw new Problem('OUT_OF_RANGE', 'input.consultationId', { en: 'The consultation is on another survey than the plan rests on.', zh: '该协商所依据的调研与计划不一致。' })
}

export const submitPlan = async (work: Work, input: ServicePlanStepInput): Promise<ServicePlan> => Object.assign(await target(work, input), { status: 'SUBMITTED', submittedOn: work.today })

export const approvePlan = async (work: Work, input: ServicePlanApproveInput): Promise<ServicePlan> =>
  Object.assign(await target(work, input), { status: 'APPROVED', approvedOn: work.today, decidedBy: viewingPerson(work), decisionNote: input.note?.trim() || null })

export const returnPlan = async (work: Work, input: ServicePlanReasonInput): Promise<ServicePlan> =>
  Object.assign(await target(work, input), { status: 'RETURNED', decidedBy: viewingPerson(work), decisionNote: input.reason.trim() })

export const completePlan = async (work: Work, input: ServicePlanStepInput): Promise<ServicePlan> => Object.assign(await target(work, input), { status: 'COMPLETED', closedOn: work.today })

export const cancelPlan = async (work: Work, input: ServicePlanReasonInput): Promise<ServicePlan> => Object.assign(await target(work, input), { status: 'CANCELLED', closedOn: work.today, decisionNote: input.reason.trim() })

/** Numbered in the order of entry; the plan is held meanwhile, so that no two get one number. */
export async function addRecord(work: Work, input: ServiceRecordAddInput): Promise<ServiceRecord> {
  const plan = await work.target(ServicePlan, input.servicePlanId, 'input.servicePlanId')
  const { servedOn, method, beneficiaries, hours } = input
  if (servedOn < plan.startsOn || servedOn > work.today) throw new Problem('OUT_OF_RANGE', 'input.servedOn', { en: `The day lies between ${plan.startsOn} and today (${work.today}).`, zh: `服务日期须在 ${plan.startsOn} 至今天（${work.today}）之间。` })
  const record = Object.assign(new ServiceRecord(), { servicePlan: plan, number: (await work.em.count(ServiceRecord, { servicePlan: plan.id })) + 1, servedOn, method, beneficiaries, hours, summary: input.summary?.trim() || null })
  work.em.persist(record)
  return record
}

/** While the plan is being carried out. */
export async function updateRecord(work: Work, input: ServiceRecordUpdateInput): Promise<ServiceRecord> {
  const record = await work.part(ServiceRecord, 'servicePlan', input.serviceRecordId, 'input.serviceRecordId', input.expectedVersion)
  for (const key of ['method', 'beneficiaries', 'hours'] as const) if (input[key] !== undefined) Object.assign(record, { [key]: input[key] })
  if (input.summary !== undefined) record.summary = input.summary?.trim() || null
  return record
}
