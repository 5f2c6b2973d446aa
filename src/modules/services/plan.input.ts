import { InputType } from 'type-graphql'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { ServiceMethod } from './plan.entity.js'

@InputType()
export class ServicePlanDraftInput extends IdempotentInput {
  @Given.text('Code (计划编号).', { max: 40 }) code!: string
  @Given.text('Title (名称).') title!: string
  @Given.id('Your unit (单位).') unitId!: string
  @Given.text('For whom, as a group (服务对象).') targetGroup!: string
  @Given.whole('How many people it is meant for (计划服务人数).', { min: 1, max: 1_000_000 }) plannedBeneficiaries!: number
  @Given.day('First day (起始日期).') startsOn!: string
  @Given.day('Last day (结束日期).') endsOn!: string
  @Given.id('Survey of needs that it rests on (需求调研).', { clearable: true }) surveyId?: string | null
  @Given.id('Consultation that it rests on, on the same survey (社区协商).', { clearable: true }) consultationId?: string | null
  @Given.id('Initiative that it is part of (所属联合行动).', { clearable: true }) initiativeId?: string | null
}

@InputType()
export class ServicePlanUpdateInput extends VersionedInput {
  @Given.id('The plan (服务计划).') servicePlanId!: string
  @Given.text('Title (名称).', { optional: true }) title?: string
  @Given.text('For whom, as a group (服务对象).', { optional: true }) targetGroup?: string
  @Given.whole('How many people it is meant for (计划服务人数).', { optional: true, min: 1, max: 1_000_000 }) plannedBeneficiaries?: number
  @Given.day('First day (起始日期).', { optional: true }) startsOn?: string
  @Given.day('Last day (结束日期).', { optional: true }) endsOn?: string
  @Given.id('Survey of needs that it rests on (需求调研).', { clearable: true }) surveyId?: string | null
  @Given.id('Consultation that it rests on, on the same survey (社区协商).', { clearable: true }) consultationId?: string | null
  @Given.id('Initiative that it is part of (所属联合行动).', { clearable: true }) initiativeId?: string | null
}

@InputType()
export class ServicePlanStepInput extends VersionedInput {
  @Given.id('The plan (服务计划).') servicePlanId!: string
}

@InputType()
export class ServicePlanApproveInput extends ServicePlanStepInput {
  @Given.text('Note (审批意见).', { clearable: true, max: 2000 }) note?: string | null
}

@InputType()
export class ServicePlanReasonInput extends ServicePlanStepInput {
  @Given.text('Why (原因).', { max: 2000 }) reason!: string
}

@InputType()
export class ServiceRecordAddInput extends IdempotentInput {
  @Given.id('The plan (服务计划).') servicePlanId!: string
  @Given.day('Day, from the first day of the plan to today (服务日期).') servedOn!: string
  @Given.choice(() => ServiceMethod, 'How (服务方法).') method!: ServiceMethod
  @Given.whole('How many people were served that time (服务人次).', { min: 1, max: 100_000 }) beneficiaries!: number
  @Given.hours('Hours, 0.01 to 24 (服务时数).') hours!: string
  @Given.text('What was done, without anything personal of those served (服务内容).', { clearable: true, max: 2000 }) summary?: string | null
}

@InputType()
export class ServiceRecordUpdateInput extends VersionedInput {
  @Given.id('The record (服务记录).') serviceRecordId!: string
  @Given.choice(() => ServiceMethod, 'How (服务方法).', { optional: true }) method?: ServiceMethod
  @Given.whole('How many people were served that time (服务人次).', { optional: true, min: 1, max: 100_000 }) beneficiaries?: number
  @Given.hours('Hours, 0.01 to 24 (服务时数).', { optional: true }) hours?: string
  @Given.text('What was done (服务内容).', { clearable: true, max: 2000 }) summary?: string | null
}
