import { Choice, enumeration, Flag, Link, OnDay, AtInstant, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'

export const Verdict = enumeration('Verdict', 'Outcome of a review (复核结论).', {
  GOOD: 'Good (好)',
  FAIR: 'Fair (一般)',
  POOR: 'Poor (差)',
})
export type Verdict = keyof typeof Verdict

export const ExtensionStatus = enumeration('ExtensionStatus', 'State of a request for more time (延期申请状态).', {
  PENDING: 'Waits for a decision (待审批)',
  APPROVED: 'Approved (同意)',
  REJECTED: 'Rejected (不同意)',
  WITHDRAWN: 'Withdrawn by the unit (撤回)',
})
export type ExtensionStatus = keyof typeof ExtensionStatus

export const CommentVisibility = enumeration('CommentVisibility', 'Who reads a comment (可见范围).', {
  INTERNAL: "The author's unit alone (单位内部)",
  ALL: 'Everybody who sees the task (全部)',
})
export type CommentVisibility = keyof typeof CommentVisibility

@Record('ProgressReport', 'prog', "What a unit reports of its track (进展反馈): an interim report, or the result.")
export class ProgressReport extends RecordBase {
  @Link(() => Assignment, 'The track (承办).') assignment!: Assignment
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => Unit, 'Unit that reported; it stays when the track is handed over (反馈单位).') unit!: Unit
  @OnDay('First day of the period (起始日期).') periodFrom!: string
  @OnDay('Last day of the period (截止日期).') periodTo!: string
  @Whole('Progress in per cent, 0-100; 100 with a result (进度).') percent!: number
  @Text('What was done (办理情况).') text!: string
  @Flag('The result, after which the issuer judges (是否办理结果).', { default: false }) isResult!: boolean
  @Link(() => Person, 'Who reported, where it was a person (反馈人).', { nullable: true }) reporter?: Person | null
  @OnDay('Day of the report (反馈日期).') reportedOn!: string
}

@Record('Review', 'revw', 'A check of what a unit has done (复核), by whoever writes the task.')
export class Review extends RecordBase {
  @Link(() => Assignment, 'The track (承办).') assignment!: Assignment
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => ProgressReport, 'Report that was checked, where it was one (所复核的反馈).', { nullable: true }) report?: ProgressReport | null
  @Choice(() => Verdict, 'Outcome (复核结论).') verdict!: Verdict
  @Text('What was found (复核情况).') text!: string
  @Link(() => Person, 'Who checked, where it was a person (复核人).', { nullable: true }) reviewer?: Person | null
  @OnDay('Day of the review (复核日期).') reviewedOn!: string
}

@Record('ExtensionRequest', 'extr', 'A unit asks for more time (延期申请). It stops no clock; whoever writes the task decides and fixes the day.')
export class ExtensionRequest extends RecordBase {
  @Link(() => Assignment, 'The track (承办).') assignment!: Assignment
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => Unit, 'Unit that asked; it stays when the track is handed over (申请单位).') unit!: Unit
  @Choice(() => ExtensionStatus, 'State (状态).', { default: 'PENDING' }) status!: ExtensionStatus
  @OnDay('Day of the request (申请日期).') requestedOn!: string
  @Link(() => Person, 'Who asked, where it was a person (申请人).', { nullable: true }) requestedBy?: Person | null
  @OnDay("The track's due day when it was asked (原时限).") oldDueOn!: string
  @OnDay('Due day that was asked for (申请时限).') newDueOn!: string
  @Text('Why (延期理由).') reason!: string
  @Text('What is done so far (目前进展).') progressSoFar!: string
  @OnDay('Due day that was fixed, where it was approved (核定时限).', { nullable: true }) decidedDueOn?: string | null
  @OnDay('Day of the decision (审批日期).', { nullable: true }) decidedOn?: string | null
  @Link(() => Person, 'Who decided, where it was a person (审批人).', { nullable: true }) decidedBy?: Person | null
  @Text('Note on the decision (审批意见).', { nullable: true }) decisionNote?: string | null
}

@Record('Comment', 'cmnt', 'A remark on a task (批注), in the name of a unit.')
export class Comment extends RecordBase {
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => Unit, 'Unit in whose name it was made (批注单位).') unit!: Unit
  @Link(() => Person, 'Author, where it was a person (批注人).', { nullable: true }) author?: Person | null
  @Choice(() => CommentVisibility, 'Who reads it (可见范围).') visibility!: CommentVisibility
  @Text('The remark; null once it was withdrawn (批注内容).', { nullable: true }) text?: string | null
  @AtInstant('When its author withdrew it (撤回时间).', { nullable: true }) withdrawnAt?: Date | null
}
