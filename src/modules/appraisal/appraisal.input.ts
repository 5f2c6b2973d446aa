import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { AssignmentFilter, TaskFilter } from '../tasks/index.js'
import { UnitFilter } from '../units/index.js'
import { AppealStatus, DeductionReason, ScorePeriodStatus } from './appraisal.entity.js'

const DeductionRuleFilter: Function = filterOf('DeductionRule', {
  id: compare.id,
  reason: compareEnum('DeductionReason', DeductionReason),
  points: compare.decimal,
  validFrom: compare.day,
  validTo: compare.day,
  division: () => DivisionFilter,
})
export const rulePaging: Paging = { filter: DeductionRuleFilter, ...orderOf('DeductionRule', ['validFrom', 'validTo', 'reason', 'createdAt']) }

export const ScorePeriodFilter: Function = filterOf('ScorePeriod', {
  id: compare.id,
  month: compare.text,
  status: compareEnum('ScorePeriodStatus', ScorePeriodStatus),
  computedOn: compare.day,
  publishedOn: compare.day,
  division: () => DivisionFilter,
})
export const periodPaging: Paging = { filter: ScorePeriodFilter, ...orderOf('ScorePeriod', ['month', 'publishedOn', 'createdAt']) }

export const UnitScoreFilter: Function = filterOf('UnitScore', {
  id: compare.id,
  score: compare.decimal,
  pointsDeducted: compare.decimal,
  trackCount: compare.whole,
  dueCount: compare.whole,
  onTimeCount: compare.whole,
  lateCount: compare.whole,
  lateDays: compare.whole,
  reportedCount: compare.whole,
  returnedCount: compare.whole,
  extensionCount: compare.whole,
  onTimeRate: compare.rate,
  returnRate: compare.rate,
  meanAcceptanceDays: compare.rate,
  extensionShare: compare.rate,
  period: () => ScorePeriodFilter,
  unit: () => UnitFilter,
  deductions: many(() => DeductionFilter),
})
export const scorePaging: Paging = { filter: UnitScoreFilter, ...orderOf('UnitScore', ['score', 'pointsDeducted', 'dueCount', 'lateCount', 'lateDays', 'returnedCount', 'createdAt']) }

export const DeductionFilter: Function = filterOf('Deduction', {
  id: compare.id,
  reason: compareEnum('DeductionReason', DeductionReason),
  points: compare.decimal,
  occurredOn: compare.day,
  daysLate: compare.whole,
  isAutomatic: compare.flag,
  text: compare.text,
  appealStatus: compareEnum('AppealStatus', AppealStatus),
  appealText: compare.text,
  appealedOn: compare.day,
  decidedOn: compare.day,
  decisionNote: compare.text,
  unitScore: () => UnitScoreFilter,
  period: () => ScorePeriodFilter,
  unit: () => UnitFilter,
  task: () => TaskFilter,
  assignment: () => AssignmentFilter,
})
export const deductionPaging: Paging = { filter: DeductionFilter, ...orderOf('Deduction', ['occurredOn', 'points', 'reason', 'appealStatus', 'createdAt', 'updatedAt']) }

@InputType()
export class DeductionRuleSetInput extends IdempotentInput {
  @Given.id('Division that sets it (区划).') divisionId!: string
  @Given.choice(() => DeductionReason, 'The reason; not MANUAL (扣分事由).') reason!: DeductionReason
  @Given.decimal('Points for each time, 0.01 to 100 (每次扣分).') points!: string
  @Given.decimal('At most so many points a unit and month, not less than `points`; without limit where left out (每月上限).', { clearable: true }) maxPerMonth?: string | null
  @Given.day('First day (起始日期).') validFrom!: string
  @Given.day('First day on which it no longer holds (终止日期).', { clearable: true }) validTo?: string | null
  @Given.id('Document that it rests on (依据文件).') basisId!: string
}

@InputType()
export class DeductionRuleEndInput extends VersionedInput {
  @Given.id('The rule.') ruleId!: string
  @Given.day('First day on which it no longer holds (终止日期).') validTo!: string
}

@InputType()
export class ScorePeriodComputeInput extends IdempotentInput {
  @Given.id('Division whose units are appraised (区划).') divisionId!: string
  @Given.month('The month, this one at the latest (月份).') month!: string
}

@InputType()
export class ScorePeriodPublishInput extends VersionedInput {
  @Given.id('The month (考评期).') periodId!: string
}

@InputType()
export class ScorePeriodStepInput extends VersionedInput {
  @Given.id('The month (考评期).') periodId!: string
}

@InputType()
export class ScorePeriodSendBackInput extends VersionedInput {
  @Given.id('The month (考评期).') periodId!: string
  @Given.text('Why (退回原因).', { max: 1000 }) reason!: string
}

@InputType()
export class DeductionAddInput extends IdempotentInput {
  @Given.id("The unit's month (单位考评).") unitScoreId!: string
  @Given.decimal('Points, 0.01 to 100 (扣分).') points!: string
  @Given.text('Reason in words (扣分说明).', { max: 1000 }) text!: string
  @Given.day('Day of what happened, in the month and today at the latest (发生日期).') occurredOn!: string
  @Given.id('Track that it concerns; one that the unit has or had (承办).', { clearable: true }) assignmentId?: string | null
}

@InputType()
export class DeductionAppealInput extends VersionedInput {
  @Given.id('The deduction.') deductionId!: string
  @Given.text('Why it should be cancelled (申诉理由).', { max: 2000 }) appealText!: string
}

@InputType()
export class DeductionDecideInput extends VersionedInput {
  @Given.id('The deduction.') deductionId!: string
  @Given.flag('The deduction stands; otherwise it is cancelled (是否维持).') uphold!: boolean
  @Given.text('Note on the decision (裁定意见).', { max: 2000 }) note!: string
}
