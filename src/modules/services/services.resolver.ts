import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { ServicePlan, ServiceRecord } from './plan.entity.js'
import { ServicePlanApproveInput, ServicePlanDraftInput, ServicePlanReasonInput, ServicePlanStepInput, ServicePlanUpdateInput, ServiceRecordAddInput, ServiceRecordUpdateInput } from './plan.input.js'
import { addRecord, approvePlan, cancelPlan, completePlan, draftPlan, returnPlan, submitPlan, updatePlan, updateRecord } from './plan.service.js'
import { Consultation, NeedsSurvey } from './survey.entity.js'
import { ConsultationHoldInput, ConsultationPlanInput, ConsultationStepInput, NeedsSurveyFinishInput, NeedsSurveyPlanInput, NeedsSurveyStepInput } from './survey.input.js'
import { cancelConsultation, cancelSurvey, finishSurvey, holdConsultation, planConsultation, planSurvey, startSurvey } from './survey.service.js'

const Surveyed = payload('NeedsSurveyPayload', 'needsSurvey', () => NeedsSurvey)
const Consulted = payload('ConsultationPayload', 'consultation', () => Consultation)
const Planned = payload('ServicePlanPayload', 'servicePlan', () => ServicePlan)
const Recorded = payload('ServiceRecordPayload', 'serviceRecord', () => ServiceRecord)

@Resolver()
export class SurveyMutations {
  @Mutation(() => Surveyed, { description: 'Plans a survey of needs, with you in charge (拟定需求调研).' })
  needsSurveyPlan(@Ctx() ctx: WriteContext, @Arg('input', () => NeedsSurveyPlanInput) input: NeedsSurveyPlanInput) {
    return mutation(ctx, { name: 'needsSurveyPlan', payload: Surveyed }, input, planSurvey)
  }

  @Mutation(() => Surveyed, { description: 'Begins a survey (开始调研).' })
  needsSurveyStart(@Ctx() ctx: WriteContext, @Arg('input', () => NeedsSurveyStepInput) input: NeedsSurveyStepInput) {
    return mutation(ctx, { name: 'needsSurveyStart', payload: Surveyed }, input, startSurvey)
  }

  @Mutation(() => Surveyed, { description: 'Finishes a survey with what it found (完成调研).' })
  needsSurveyFinish(@Ctx() ctx: WriteContext, @Arg('input', () => NeedsSurveyFinishInput) input: NeedsSurveyFinishInput) {
    return mutation(ctx, { name: 'needsSurveyFinish', payload: Surveyed }, input, finishSurvey)
  }

  @Mutation(() => Surveyed, { description: 'Cancels a survey that is not finished (取消调研).' })
  needsSurveyCancel(@Ctx() ctx: WriteContext, @Arg('input', () => NeedsSurveyStepInput) input: NeedsSurveyStepInput) {
    return mutation(ctx, { name: 'needsSurveyCancel', payload: Surveyed }, input, cancelSurvey)
  }

  @Mutation(() => Consulted, { description: 'Plans a consultation with the community on a survey of yours (拟定社区协商).' })
  consultationPlan(@Ctx() ctx: WriteContext, @Arg('input', () => ConsultationPlanInput) input: ConsultationPlanInput) {
    return mutation(ctx, { name: 'consultationPlan', payload: Consulted }, input, planConsultation)
  }

  @Mutation(() => Consulted, { description: 'Enters that a consultation was held, and what was agreed (召开社区协商).' })
  consultationHold(@Ctx() ctx: WriteContext, @Arg('input', () => ConsultationHoldInput) input: ConsultationHoldInput) {
    return mutation(ctx, { name: 'consultationHold', payload: Consulted }, input, holdConsultation)
  }

  @Mutation(() => Consulted, { description: 'Cancels a consultation that was not held (取消社区协商).' })
  consultationCancel(@Ctx() ctx: WriteContext, @Arg('input', () => ConsultationStepInput) input: ConsultationStepInput) {
    return mutation(ctx, { name: 'consultationCancel', payload: Consulted }, input, cancelConsultation)
  }
}

@Resolver()
export class PlanMutations {
  @Mutation(() => Planned, { description: 'Begins a service plan of yours (起草服务计划).' })
  servicePlanDraft(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanDraftInput) input: ServicePlanDraftInput) {
    return mutation(ctx, { name: 'servicePlanDraft', payload: Planned }, input, draftPlan)
  }

  @Mutation(() => Planned, { description: 'Changes a plan while it is DRAFT or RETURNED (修改服务计划).' })
  servicePlanUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanUpdateInput) input: ServicePlanUpdateInput) {
    return mutation(ctx, { name: 'servicePlanUpdate', payload: Planned }, input, updatePlan)
  }

  @Mutation(() => Planned, { description: 'Submits a plan to the head of the unit (提交服务计划).' })
  servicePlanSubmit(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanStepInput) input: ServicePlanStepInput) {
    return mutation(ctx, { name: 'servicePlanSubmit', payload: Planned }, input, submitPlan)
  }

  @Mutation(() => Planned, { description: 'Approves a plan; never one of your own (批准服务计划).' })
  servicePlanApprove(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanApproveInput) input: ServicePlanApproveInput) {
    return mutation(ctx, { name: 'servicePlanApprove', payload: Planned }, input, approvePlan)
  }

  @Mutation(() => Planned, { description: 'Returns a plan to be reworked; never one of your own (退回服务计划).' })
  servicePlanReturn(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanReasonInput) input: ServicePlanReasonInput) {
    return mutation(ctx, { name: 'servicePlanReturn', payload: Planned }, input, returnPlan)
  }

  @Mutation(() => Planned, { description: 'Says that a plan was carried out (完成服务计划).' })
  servicePlanComplete(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanStepInput) input: ServicePlanStepInput) {
    return mutation(ctx, { name: 'servicePlanComplete', payload: Planned }, input, completePlan)
  }

  @Mutation(() => Planned, { description: 'Cancels a plan (取消服务计划).' })
  servicePlanCancel(@Ctx() ctx: WriteContext, @Arg('input', () => ServicePlanReasonInput) input: ServicePlanReasonInput) {
    return mutation(ctx, { name: 'servicePlanCancel', payload: Planned }, input, cancelPlan)
  }

  @Mutation(() => Recorded, { description: 'Enters a service that was given under a plan of yours (录入服务记录).' })
  serviceRecordAdd(@Ctx() ctx: WriteContext, @Arg('input', () => ServiceRecordAddInput) input: ServiceRecordAddInput) {
    return mutation(ctx, { name: 'serviceRecordAdd', payload: Recorded }, input, addRecord)
  }

  @Mutation(() => Recorded, { description: 'Changes a record while its plan is being carried out (修改服务记录).' })
  serviceRecordUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => ServiceRecordUpdateInput) input: ServiceRecordUpdateInput) {
    return mutation(ctx, { name: 'serviceRecordUpdate', payload: Recorded }, input, updateRecord)
  }
}
