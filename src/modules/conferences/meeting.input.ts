import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { AssignmentInput, TaskFilter, Urgency } from '../tasks/index.js'
import { UnitFilter } from '../units/index.js'
import { JointConferenceFilter } from './conference.input.js'
import { MeetingStatus, ResolutionStatus } from './meeting.entity.js'

const ResolutionTaskFilter: Function = filterOf('ResolutionTask', { id: compare.id, task: () => TaskFilter })
export const MeetingFilter: Function = filterOf('Meeting', {
  id: compare.id,
  number: compare.whole,
  heldOn: compare.day,
  title: compare.text,
  minutes: compare.text,
  status: compareEnum('MeetingStatus', MeetingStatus),
  createdAt: compare.instant,
  updatedAt: compare.instant,
  conference: () => JointConferenceFilter,
  resolutions: many(() => ResolutionFilter),
})
export const ResolutionFilter: Function = filterOf('Resolution', {
  id: compare.id,
  number: compare.whole,
  text: compare.text,
  dueOn: compare.day,
  status: compareEnum('ResolutionStatus', ResolutionStatus),
  createdAt: compare.instant,
  updatedAt: compare.instant,
  meeting: () => MeetingFilter,
  responsible: () => UnitFilter,
  tasks: many(() => ResolutionTaskFilter),
})
export const meetingPaging: Paging = { filter: MeetingFilter, ...orderOf('Meeting', ['heldOn', 'number', 'title', 'status', 'createdAt', 'updatedAt']) }
export const resolutionPaging: Paging = { filter: ResolutionFilter, ...orderOf('Resolution', ['dueOn', 'number', 'status', 'createdAt', 'updatedAt']) }

@InputType()
export class MeetingPlanInput extends IdempotentInput {
  @Given.id('The conference.') conferenceId!: string
  @Given.text('Title (议题).') title!: string
  @Given.day('Day for which it is planned, not before today (会议日期).') heldOn!: string
}

@InputType()
export class MeetingUpdateInput extends VersionedInput {
  @Given.id('The meeting.') meetingId!: string
  @Given.text('Title (议题).', { optional: true }) title?: string
  @Given.day('Day for which it is planned, or on which it was held (会议日期).', { optional: true }) heldOn?: string
  @Given.text('Minutes, of a meeting that was held (纪要).', { clearable: true, max: 20_000 }) minutes?: string | null
}

@InputType()
export class MeetingHoldInput extends VersionedInput {
  @Given.id('The meeting.') meetingId!: string
  @Given.day('Day on which it was held; as planned where left out (会议日期).', { optional: true }) heldOn?: string
  @Given.text('Minutes (纪要).', { clearable: true, max: 20_000 }) minutes?: string | null
}

@InputType()
export class MeetingCancelInput extends VersionedInput {
  @Given.id('The meeting.') meetingId!: string
}

@InputType()
export class ResolutionAddInput extends IdempotentInput {
  @Given.id('The meeting, which was held.') meetingId!: string
  @Given.text('What was resolved (内容).', { max: 4000 }) text!: string
  @Given.id('Unit responsible for it: the convenor or a member (责任单位).', { clearable: true }) responsibleId?: string | null
  @Given.day('Day by which it is to be done, not before the meeting (完成时限).', { clearable: true }) dueOn?: string | null
}

/** One verb of the lifecycle; the mutation's name says which. */
@InputType()
export class ResolutionStepInput extends VersionedInput {
  @Given.id('The resolution.') resolutionId!: string
}

@InputType()
export class ResolutionToTaskInput extends VersionedInput {
  @Given.id('The resolution that the task carries out.') resolutionId!: string
  @Given.text('Code of the task (编号).', { max: 40 }) code!: string
  @Given.text('Title of the task (事项名称).') title!: string
  @Given.text("What is required; the resolution's text where left out (具体要求).", { clearable: true, max: 4000 }) requirement?: string | null
  @Given.id('Initiative that the task belongs to (联合行动).', { clearable: true }) initiativeId?: string | null
  @Given.id('Unit that issues it (交办单位).') issuingUnitId!: string
  @Given.choice(() => Urgency, 'Urgency; NORMAL where left out (紧急程度).', { optional: true }) urgency?: Urgency
  @Given.flag('Only for those whom it concerns (是否涉密).', { optional: true }) confidential?: boolean
  @Given.day("Due day; the resolution's where left out (办理时限).", { clearable: true }) dueOn?: string | null
  @Given.text('Expected result (预期成果).', { clearable: true, max: 2000 }) expectedResult?: string | null
  @Given.parts(() => AssignmentInput, 'Assigned units, exactly one of them LEAD; the responsible unit leads where left out; at most 50 (承办单位).', { optional: true }) assignments?: AssignmentInput[]
}
