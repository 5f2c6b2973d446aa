import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { PersonFilter } from '../people/index.js'
import { AssignmentFilter, TaskFilter } from '../tasks/index.js'
import { UnitFilter } from '../units/index.js'
import { CommentVisibility, ExtensionStatus, Verdict } from './progress.entity.js'

const ofTrack = { id: compare.id, createdAt: compare.instant, assignment: () => AssignmentFilter, task: () => TaskFilter }

export const ReportFilter: Function = filterOf('ProgressReport', {
  ...ofTrack,
  periodFrom: compare.day,
  periodTo: compare.day,
  percent: compare.whole,
  text: compare.text,
  isResult: compare.flag,
  reportedOn: compare.day,
  unit: () => UnitFilter,
  reporter: () => PersonFilter,
})
export const reportPaging: Paging = { filter: ReportFilter, ...orderOf('ProgressReport', ['reportedOn', 'periodTo', 'percent', 'createdAt']) }

export const ReviewFilter: Function = filterOf('Review', {
  ...ofTrack,
  verdict: compareEnum('Verdict', Verdict),
  text: compare.text,
  reviewedOn: compare.day,
  report: () => ReportFilter,
  reviewer: () => PersonFilter,
})
export const reviewPaging: Paging = { filter: ReviewFilter, ...orderOf('Review', ['reviewedOn', 'verdict', 'createdAt']) }

export const ExtensionFilter: Function = filterOf('ExtensionRequest', {
  ...ofTrack,
  status: compareEnum('ExtensionStatus', ExtensionStatus),
  requestedOn: compare.day,
  oldDueOn: compare.day,
  newDueOn: compare.day,
  decidedDueOn: compare.day,
  decidedOn: compare.day,
  updatedAt: compare.instant,
  unit: () => UnitFilter,
  requestedBy: () => PersonFilter,
  decidedBy: () => PersonFilter,
})
export const extensionPaging: Paging = { filter: ExtensionFilter, ...orderOf('ExtensionRequest', ['requestedOn', 'oldDueOn', 'newDueOn', 'decidedOn', 'status', 'createdAt', 'updatedAt']) }

export const CommentFilter: Function = filterOf('Comment', {
  id: compare.id,
  visibility: compareEnum('CommentVisibility', CommentVisibility),
  text: compare.text,
  withdrawnAt: compare.instant,
  createdAt: compare.instant,
  task: () => TaskFilter,
  unit: () => UnitFilter,
  author: () => PersonFilter,
})
export const commentPaging: Paging = { filter: CommentFilter, ...orderOf('Comment', ['createdAt']) }

@InputType()
export class ProgressReportInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.day('First day of the period (起始日期).') periodFrom!: string
  @Given.day('Last day of the period, today at the latest (截止日期).') periodTo!: string
  @Given.whole('Progress in per cent; must be given with an interim report, and is 100 with a result (进度).', { optional: true, min: 0, max: 100 }) percent?: number
  @Given.text('What was done (办理情况).', { max: 4000 }) text!: string
  @Given.flag('The result: IN_PROGRESS becomes REPORTED; an interim report where left out (是否办理结果).', { optional: true }) isResult?: boolean
}

@InputType()
export class ReviewAddInput extends IdempotentInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.id('Report that was checked, of this assignment (所复核的反馈).', { clearable: true }) reportId?: string | null
  @Given.choice(() => Verdict, 'Outcome (复核结论).') verdict!: Verdict
  @Given.text('What was found (复核情况).', { max: 4000 }) text!: string
}

@InputType()
export class ExtensionRequestInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.day("Due day that you ask for: a working day after the assignment's due day (申请时限).") newDueOn!: string
  @Given.text('Why (延期理由).', { max: 2000 }) reason!: string
  @Given.text('What is done so far (目前进展).', { max: 4000 }) progressSoFar!: string
}

@InputType()
export class ExtensionWithdrawInput extends VersionedInput {
  @Given.id('The request.') requestId!: string
}

@InputType()
export class ExtensionDecideInput extends VersionedInput {
  @Given.id('The request.') requestId!: string
  @Given.flag('More time is granted (是否同意).') approve!: boolean
  @Given.day('Due day that you fix, a working day; the one that was asked for where left out. Only with an approval (核定时限).', { optional: true }) dueOn?: string
  @Given.text('Note; must be given where you reject (审批意见).', { clearable: true, max: 2000 }) note?: string | null
}

@InputType()
export class CommentAddInput extends IdempotentInput {
  @Given.id('The task.') taskId!: string
  @Given.id('Unit in whose name you comment; one in which you hold the right (批注单位).') unitId!: string
  @Given.choice(() => CommentVisibility, 'Who reads it (可见范围).') visibility!: CommentVisibility
  @Given.text('The remark (批注内容).', { max: 4000 }) text!: string
}

@InputType()
export class CommentWithdrawInput extends VersionedInput {
  @Given.id('The comment.') commentId!: string
}
