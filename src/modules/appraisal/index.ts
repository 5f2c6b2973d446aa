/*
 * Appraisal of units by month (考评), out of the history that the database keeps of every track. A month belongs to one division and covers the units that stand in it.
 * A round of a track begins when a unit receives it (issue, hand-over, once more after a refusal) and with each return; it ends with its first result report, or when the track is excused,
 * terminated, refused, withdrawn or handed over.
 * dueCount: due days that fell in the month and have ended. A due day falls as it stood by its own end, for the unit that had the track then, when its round was running and the task not
 * suspended; a round that has reported keeps the due day that it had when it reported. A unit that is handed a track on its due day or later is not charged with that day.
 * onTimeCount: due days on or before which the round reported its first result; lateCount: the others. A return or an extension later takes nothing back: each due day that fell counts.
 * lateDays: working days from each late due day to the report, the end of the round or the end of the month, whichever came first.
 * reportedCount, returnedCount: first results of a round, and returns, in the month of the report, and of the return. acceptedCount: acceptances of the month whose receipt is known;
 * acceptanceDays: working days from receipt to acceptance. extensionCount: due days of the month that an approved extension had moved within their round. trackCount: tracks with a round that ran on a day of the month.
 * A working day at whose end the task was suspended counts nowhere.
 * Deductions: LATE_REPORT for each late due day, LATE_ACCEPTANCE where the track was still ISSUED at the end of the nth working day after receipt (n by the task's policy), RETURNED for each
 * return. A rule of the division, or the nearest above that has one for the reason on that day, sets the points, and how many a month at most; without a rule there is no deduction.
 * Score: 100 less all that was not cancelled, not below 0. While the month is OPEN it can be computed anew and a unit can appeal. Once it has ended and its
 * appeals are decided it is SUBMITTED to the level above, APPROVED there or sent back, and PUBLISHED: from the submission on nothing in it changes, in the database too; published, it is locked for good.
 */
import { sql } from 'kysely'
import { Float } from 'type-graphql'
import type { RowRef } from '../../access/index.js'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, value } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import { appraisalAccess, appraisalScopes } from './appraisal.access.js'
import { Deduction, DeductionRule, ScorePeriod, UnitScore } from './appraisal.entity.js'
import { locked } from './appraisal.facts.js'
import { deductionGrouping, scoreGrouping } from './appraisal.grouping.js'
import { deductionPaging, periodPaging, rulePaging, scorePaging } from './appraisal.input.js'
import { AppraisalMutations } from './appraisal.resolver.js'

constraintMeans('score_period_locked', () => locked(null))
constraintMeans('deduction_rule_no_overlap', () => new Problem('OVERLAP', 'input.validFrom', { en: 'The division has another rule for this reason on one of these days.', zh: '期间内该区划已有此事由的扣分标准。' }))

const rate = (name: string, description: string, of: string, by: string) =>
  value(UnitScore, name, () => Float, description, { nullable: true, sql: (row: RowRef) => sql`round(${row.column(of)}::numeric / nullif(${row.column(by)}, 0), 4)` })

export const appraisal = defineModule({
  name: 'appraisal',
  records: [DeductionRule, ScorePeriod, UnitScore, Deduction],
  resolvers: [AppraisalMutations],
  fields: [
    collection(DeductionRule, 'deductionRule', 'deductionRules', rulePaging),
    collection(ScorePeriod, 'scorePeriod', 'scorePeriods', periodPaging),
    collection(UnitScore, 'unitScore', 'unitScores', scorePaging),
    collection(Deduction, 'deduction', 'deductions', deductionPaging),
    aggregate(UnitScore, 'unitScoresAggregate', scorePaging, scoreGrouping),
    aggregate(Deduction, 'deductionsAggregate', deductionPaging, deductionGrouping),
    connection(ScorePeriod, 'scores', () => UnitScore, 'period', 'Units of the month that you may see (单位考评).', scorePaging),
    connection(UnitScore, 'deductions', () => Deduction, 'unitScore', 'Deductions of the month (扣分).', deductionPaging),
    connection(Unit, 'scores', () => UnitScore, 'unit', 'Its months that you may see (历月考评).', scorePaging),
    rate('onTimeRate', 'Due days met, of all that fell, to four digits; null where none fell (按期率).', 'onTimeCount', 'dueCount'),
    rate('returnRate', 'Returns for each result report of the month, to four digits; null without a report. Above 1 where results of an earlier month come back (退回率).', 'returnedCount', 'reportedCount'),
    rate('meanAcceptanceDays', 'Working days from receipt to acceptance on average, to four digits; null without an acceptance (平均签收时间).', 'acceptanceDays', 'acceptedCount'),
    rate('extensionShare', 'Due days that had been extended, of all that fell, to four digits; null where none fell (延期率).', 'extensionCount', 'dueCount'),
    ...actionFields(ScorePeriod),
    ...actionFields(UnitScore),
    ...actionFields(Deduction),
  ],
  access: [appraisalAccess],
  scopes: appraisalScopes,
})

export { AppealStatus, Deduction, DeductionReason, DeductionRule, ScorePeriod, ScorePeriodStatus, UnitScore } from './appraisal.entity.js'
export { DeductionFilter, UnitScoreFilter } from './appraisal.input.js'
export { isLess, pointsOf } from './points.js'
export { belowPoints } from './rule.service.js'
