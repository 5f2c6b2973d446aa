import { AtInstant, Choice, enumeration, Flag, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../../modules/divisions/index.js'
import { Person } from '../../modules/people/index.js'
import { PolicyDocument, Unit } from '../../modules/units/index.js'

export const ReturnStatus = enumeration('ReturnStatus', 'State of a return of a year (报表状态).', {
  DRAFT: 'Being put together, or returned to be mended (填报中)',
  SUBMITTED: 'Submitted; waits for approval (已上报)',
  APPROVED: 'Approved, and read by everyone (已审核)',
  LOCKED: 'Locked: from now on a figure changes by a correction alone (已锁定)',
})
export type ReturnStatus = keyof typeof ReturnStatus

export const ReturnTextStatus = enumeration('ReturnTextStatus', 'State of a text that is collected for a return (文字材料状态).', {
  ASKED: 'Asked for; nothing is written yet (待填报)',
  WRITTEN: 'Written, and not yet handed over (起草中)',
  FINAL: 'Handed over; it stands in the return (已提交)',
})
export type ReturnTextStatus = keyof typeof ReturnTextStatus

export const CorrectionStatus = enumeration('CorrectionStatus', 'State of a correction of a locked return (更正状态).', {
  PROPOSED: 'Waits for a decision; the figure stays (待审核)',
  APPROVED: 'Approved; it counts (已同意)',
  REFUSED: 'Refused; it does not count (不同意)',
})
export type CorrectionStatus = keyof typeof CorrectionStatus

@Record('ReturnForm', 'rfrm', 'A version of the national return (报表表式): its tables, columns and checks are data. What a form says never changes; another year brings another form.')
export class ReturnForm extends RecordBase {
  @Text('Key, such as `2019` (表式代码).', { unique: true }) key!: string
  @Text('Title (表式名称).') titleZh!: string
  @Whole('First year that it is filled in for (起用年份).') firstYear!: number
  @Whole('Last year that it is filled in for; none while it is in use (停用年份).', { nullable: true }) lastYear?: number | null
  @Text('Tables, columns and checks, as JSON (表式内容).') layout!: string
  @Link(() => PolicyDocument, 'Document that it rests on, where it is among the documents (依据文件).', { nullable: true }) basis?: PolicyDocument | null
}

@Record('ReturnText', 'rtxt', 'A text that a unit writes for a return (报表文字材料), where the rows alone do not say it.')
export class ReturnText extends RecordBase {
  @Link(() => Division, 'Division whose return it is (区划).') division!: Division
  @Whole('Year (年度).') year!: number
  @Link(() => ReturnForm, 'Form (表式).') form!: ReturnForm
  @Whole('Number of the table (表号).') tableNumber!: number
  @Text('Key of the row (行).') rowKey!: string
  @Text('Key of the column (栏).') columnKey!: string
  @Link(() => Unit, 'Unit that writes it (填报单位).') unit!: Unit
  @Choice(() => ReturnTextStatus, 'State (状态).', { default: 'ASKED' }) status!: ReturnTextStatus
  @Text('The text (内容).', { nullable: true }) text?: string | null
  @Link(() => Person, 'Who wrote it last, where it was a person (填报人).', { nullable: true }) writtenBy?: Person | null
  @OnDay('Day on which it was last written (填报日期).', { nullable: true }) writtenOn?: string | null
  @Text('Why it was returned (退回原因).', { nullable: true }) returnedReason?: string | null
}

@Record('ReturnSubmission', 'rsub', 'The return of a division and year on its way: put together, submitted, approved by the level above, locked (年度报表报送).')
export class ReturnSubmission extends RecordBase {
  @Link(() => Division, 'Division (区划).') division!: Division
  @Whole('Year (年度).') year!: number
  @Link(() => ReturnForm, 'Form (表式).') form!: ReturnForm
  @Choice(() => ReturnStatus, 'State (状态).', { default: 'DRAFT' }) status!: ReturnStatus
  @Whole('How many times it was submitted; figures of an earlier time stay (报送次数).', { default: 0 }) edition!: number
  @Text('SHA-256 over the figures as they were last submitted (数据摘要).', { nullable: true }) figuresHash?: string | null
  @OnDay('Day of the submission (上报日期).', { nullable: true }) submittedOn?: string | null
  @Link(() => Person, 'Who submitted, where it was a person (上报人).', { nullable: true }) submittedBy?: Person | null
  @OnDay('Day of the approval (审核日期).', { nullable: true }) approvedOn?: string | null
  @Link(() => Person, 'Who approved, where it was a person (审核人).', { nullable: true }) approvedBy?: Person | null
  @OnDay('Day on which it was locked (锁定日期).', { nullable: true }) lockedOn?: string | null
  @Text('Why it was last returned (退回原因).', { nullable: true }) returnedReason?: string | null
}

@Record('ReturnFigure', 'rfig', 'A cell of a return as it was submitted (报表数据). It never changes; a correction stands beside it.')
export class ReturnFigure extends RecordBase {
  @Link(() => ReturnSubmission, 'The return (报表).') submission!: ReturnSubmission
  @Whole('Which time of submission it belongs to (报送次数).') edition!: number
  @Whole('Number of the table (表号).') tableNumber!: number
  @Whole('Place of the row in its table, from 1 (行序).') rowNumber!: number
  @Text('Key of the row (行).') rowKey!: string
  @Text('The row as the form prints it (行名).') rowLabel!: string
  @Text('Key of the column (栏).') columnKey!: string
  @Flag('A number, not a text or a day (是否数值).') isNumber!: boolean
  @Text('The number as exact decimal text, or the text or day; none where the cell is empty (填报值).', { nullable: true }) value?: string | null
}

@Record('ReturnCorrection', 'rcor', 'A correction of a figure of a locked return (报表更正): an entry of its own, with the old value, the new one and the reason.')
export class ReturnCorrection extends RecordBase {
  @Link(() => ReturnSubmission, 'The return (报表).') submission!: ReturnSubmission
  @Link(() => ReturnFigure, 'The figure (数据).') figure!: ReturnFigure
  @Text('Value that counted before (原值).', { nullable: true }) oldValue?: string | null
  @Text('Value that is to count (更正值).') newValue!: string
  @Text('Why (更正原因).') reason!: string
  @Choice(() => CorrectionStatus, 'State (状态).', { default: 'PROPOSED' }) status!: CorrectionStatus
  @OnDay('Day of the proposal (提出日期).') proposedOn!: string
  @Link(() => Person, 'Who proposed and signed it, where it was a person (提出人).', { nullable: true }) proposedBy?: Person | null
  @OnDay('Day of the decision (审核日期).', { nullable: true }) decidedOn?: string | null
  @AtInstant('Moment of the decision: of several approved, the last one counts (审核时间).', { nullable: true }) decidedAt?: Date | string | null
  @Link(() => Person, 'Who decided, where it was a person (审核人).', { nullable: true }) decidedBy?: Person | null
}
