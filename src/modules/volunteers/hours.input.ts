import { InputType } from 'type-graphql'
import { DateTime, Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { Field } from 'type-graphql'
import { ComplaintStatus } from './service.entity.js'

@InputType()
export class VolunteerServiceRecordInput extends IdempotentInput {
  @Given.id('The volunteer.') volunteerId!: string
  @Field(() => DateTime, { description: 'Beginning (开始时间).' }) startsAt!: string
  @Field(() => DateTime, { description: 'End, at most 24 hours later and not in the future (结束时间).' }) endsAt!: string
  @Given.text('What was done (服务内容).', { max: 1000 }) activity!: string
}

@InputType()
export class VolunteerServiceUpdateInput extends VersionedInput {
  @Given.id('The entry.') volunteerServiceId!: string
  @Field(() => DateTime, { nullable: true, description: 'Beginning (开始时间).' }) startsAt?: string
  @Field(() => DateTime, { nullable: true, description: 'End (结束时间).' }) endsAt?: string
  @Given.text('What was done (服务内容).', { optional: true, max: 1000 }) activity?: string
}

@InputType()
export class VolunteerServiceCorrectInput extends IdempotentInput {
  @Given.id('The entry to correct.') volunteerServiceId!: string
  @Given.decimal('Hours to add, or to take with a minus; what remains is not below zero (更正时数).') hours!: string
  @Given.text('Why (更正原因).', { max: 1000 }) reason!: string
}

@InputType()
export class ComplaintSettleInput extends VersionedInput {
  @Given.id('The complaint.') complaintId!: string
  @Given.choice(() => ComplaintStatus, 'UPHELD or DISMISSED (结论).') status!: ComplaintStatus
  @Given.text('What came of it (处理结果).', { max: 4000 }) outcome!: string
}
