import { Choice, enumeration, Flag, Link, OnDay, Points, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

export const ScorePeriodStatus = enumeration('ScorePeriodStatus', 'State of a month of appraisal (考评期状态).', {
  OPEN: 'Being computed and appealed (考评中)',
  SUBMITTED: 'Submitted to the level above; nothing in it changes meanwhile (已上报)',
  APPROVED: 'Approved by the level above, and not yet published (已审核)',
  PUBLISHED: 'Published and locked (已公布)',
})
export type ScorePeriodStatus = keyof typeof ScorePeriodStatus

export const DeductionReason = enumeration('DeductionReason', 'Why points are deducted (扣分事由).', {
  LATE_REPORT: 'No result reported by the end of a due day (逾期未反馈)',
  LATE_ACCEPTANCE: 'Not accepted within the limit (签收逾期)',
  RETURNED: 'A result was returned to be redone (退回重办)',
  MANUAL: 'By the coordination office, for a reason in words (人工扣分)',
})
export type DeductionReason = keyof typeof DeductionReason

export const AppealStatus = enumeration('AppealStatus', 'State of the appeal against a deduction (申诉状态).', {
  NONE: 'No appeal (未申诉)',
  APPEALED: 'Waits for a decision; the points count (申诉中)',
  UPHELD: 'The deduction stands (维持)',
  CANCELLED: 'The deduction is cancelled and does not count (撤销)',
})
export type AppealStatus = keyof typeof AppealStatus

@Record('DeductionRule', 'drul', 'How many points a reason costs (扣分标准), as a division decided for itself and the divisions below it, between two dates, by a document.')
export class DeductionRule extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own for this reason (区划).') division!: Division
  @Choice(() => DeductionReason, 'The reason; never MANUAL (扣分事由).') reason!: DeductionReason
  @Points('Points for each time (每次扣分).') points!: string
  @Points('At most so many points a unit and month for this reason; without limit where empty (每月上限).', { nullable: true }) maxPerMonth?: string | null
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

@Record('ScorePeriod', 'sper', 'A month in which a division appraises its units (考评期).')
export class ScorePeriod extends RecordBase {
  @Link(() => Division, 'Division whose units are appraised: those that stand in it, not those below (区划).') division!: Division
  @Text('The month, such as `2026-11` (月份).') month!: string
  @Choice(() => ScorePeriodStatus, 'State (状态).', { default: 'OPEN' }) status!: ScorePeriodStatus
  @OnDay('Day on which its figures were last computed (计算日期).') computedOn!: string
  @OnDay('Day on which it was submitted to the level above (上报日期).', { nullable: true }) submittedOn?: string | null
  @Link(() => Person, 'Who submitted it, where it was a person (上报人).', { nullable: true }) submittedBy?: Person | null
  @OnDay('Day of the approval (审核日期).', { nullable: true }) approvedOn?: string | null
  @Link(() => Person, 'Who approved it, where it was a person (审核人).', { nullable: true }) approvedBy?: Person | null
  @Text('Why it was last sent back (退回原因).', { nullable: true, guarded: true }) returnedReason?: string | null
  @OnDay('Day on which it was published (公布日期).', { nullable: true }) publishedOn?: string | null
  @Link(() => Person, 'Who published it, where it was a person (公布人).', { nullable: true }) publishedBy?: Person | null
}

@Record('UnitScore', 'usco', "A unit's figures and score of a month (单位考评), as they were last computed.")
export class UnitScore extends RecordBase {
  @Link(() => ScorePeriod, 'The month (考评期).') period!: ScorePeriod
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Whole('Tracks that the unit had in hand on some day of the month (在办数).') trackCount!: number
  @Whole('Due days that fell in the month (到期数).') dueCount!: number
  @Whole('Due days by which the result had been reported (按期数).') onTimeCount!: number
  @Whole('Due days by which it had not (逾期数).') lateCount!: number
  @Whole('Working days late, of all late due days, until the end of the month (逾期工作日).') lateDays!: number
  @Whole('Result reports of the month (反馈数).') reportedCount!: number
  @Whole('Returns of the month (退回数).') returnedCount!: number
  @Whole('Acceptances of the month (签收数).') acceptedCount!: number
  @Whole('Working days from receipt to acceptance, of all acceptances of the month (签收工作日).') acceptanceDays!: number
  @Whole('Due days of the month that had been moved by an extension (延期数).') extensionCount!: number
  @Points('Points deducted, within the limits of the rules (扣分合计).') pointsDeducted!: string
  @Points('100 less the points deducted, not below 0 (得分).') score!: string
}

@Record('Deduction', 'dedu', 'Points deducted from a unit in a month (扣分), with its reason and the appeal against it.')
export class Deduction extends RecordBase {
  @Link(() => UnitScore, "The unit's month (单位考评).") unitScore!: UnitScore
  @Link(() => ScorePeriod, 'The month (考评期).') period!: ScorePeriod
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Choice(() => DeductionReason, 'The reason (扣分事由).') reason!: DeductionReason
  @Points('Points (扣分).') points!: string
  @OnDay('The due day or limit that was missed, the day of the return, or the day that the office names (发生日期).') occurredOn!: string
  @Whole('With LATE_REPORT: working days late, until the end of the month (逾期工作日).', { nullable: true }) daysLate?: number | null
  @Link(() => Task, 'The task; null where there is none or you do not see it (督查事项).', { nullable: true }) task?: Task | null
  @Link(() => Assignment, 'The track; null where there is none or you do not see it (承办).', { nullable: true }) assignment?: Assignment | null
  @Link(() => DeductionRule, 'Rule that sets the points; none for MANUAL (扣分标准).', { nullable: true }) rule?: DeductionRule | null
  @Flag('Found by the computation, not entered by hand (是否自动).', { default: false }) isAutomatic!: boolean
  @Text('Reason in words, with MANUAL (扣分说明).', { nullable: true, guarded: true }) text?: string | null
  @Link(() => Person, 'Who entered it by hand, where it was a person (扣分人).', { nullable: true }) addedBy?: Person | null
  @Choice(() => AppealStatus, 'State of the appeal (申诉状态).', { default: 'NONE' }) appealStatus!: AppealStatus
  @Text('Why the unit appeals (申诉理由).', { nullable: true, guarded: true }) appealText?: string | null
  @OnDay('Day of the appeal (申诉日期).', { nullable: true }) appealedOn?: string | null
  @Link(() => Person, 'Who appealed, where it was a person (申诉人).', { nullable: true }) appealedBy?: Person | null
  @OnDay('Day of the decision (裁定日期).', { nullable: true }) decidedOn?: string | null
  @Link(() => Person, 'Who decided, where it was a person (裁定人).', { nullable: true }) decidedBy?: Person | null
  @Text('Note on the decision (裁定意见).', { nullable: true, guarded: true }) decisionNote?: string | null

  /** Tells apart what happened to one track on one day more than once. */
  @Whole('Turn of the day.', { hidden: true, default: 1 }) turn!: number
}
