import { InputType } from 'type-graphql'
import { Given, VersionedInput } from '../../kernel/index.js'

@InputType()
export class TaskStepInput extends VersionedInput {
  @Given.id('The task.') taskId!: string
  @Given.text('Reason, kept in the history (理由).', { clearable: true, max: 1000 }) reason?: string | null
}

@InputType()
export class TaskIssueInput extends VersionedInput {
  @Given.id('The task.') taskId!: string
  @Given.day('Due day, a working day; the one that the task has where left out (办理时限).', { optional: true }) dueOn?: string
  @Given.whole('Instead of a day: the nth working day after today (办理时限，工作日).', { optional: true, min: 1, max: 750 }) dueInWorkingDays?: number
}

@InputType()
export class TaskReasonInput extends VersionedInput {
  @Given.id('The task.') taskId!: string
  @Given.text('Reason, kept in the history (理由).', { max: 1000 }) reason!: string
}

@InputType()
export class RedoInput {
  @Given.id('The assignment to redo; it has reported (退回的承办).') assignmentId!: string
  @Given.day('Its new due day, a working day (新时限).') dueOn!: string
}

@InputType()
export class TaskReturnInput extends VersionedInput {
  @Given.id('The task.') taskId!: string
  @Given.parts(() => RedoInput, 'Assignments to redo, each with a new due day; one or more (退回重办的承办).') assignments!: RedoInput[]
  @Given.text('What is to be redone (退回理由).', { max: 1000 }) reason!: string
}

@InputType()
export class AssignmentStepInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.text('Reason, kept in the history (理由).', { clearable: true, max: 1000 }) reason?: string | null
}

@InputType()
export class AssignmentAcceptInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.id('Responsible person, of the unit (责任人).', { optional: true }) personId?: string
  @Given.id('Liaison, of the unit (联络员).', { optional: true }) liaisonId?: string
}

@InputType()
export class AssignmentReasonInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.text('Reason, kept in the history (理由).', { max: 1000 }) reason!: string
}

@InputType()
export class AssignmentHandOverInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.id('Unit that takes it over; the same unit again only where it refused (承接单位).') unitId!: string
  @Given.text('Reason, kept in the history (理由).', { max: 1000 }) reason!: string
}
