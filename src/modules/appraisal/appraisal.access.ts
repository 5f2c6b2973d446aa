/*
 * Every signed-in viewer reads which months of appraisal there are, and every rule of deduction. SYSTEM_ADMIN keeps the rules, as a dictionary.
 * A unit's score of a month is read in the unit itself, by COORDINATOR of the division and by a DIRECTOR of its LEADERSHIP unit; once the month is published, by every signed-in viewer.
 * A deduction is read with its score. Its task and track are there only for whom they are visible.
 * What is said in words (reason, appeal, decision) may tell of a confidential task: it is for those who take part in the work in the unit itself, COORDINATOR of the division and a DIRECTOR
 * of its LEADERSHIP unit, published or not. Points, reason and day are published figures, also of confidential tasks: they say that a day was missed, and not of what.
 * COORDINATOR of the division computes, deducts, decides on appeals, submits and, once it is approved, publishes. The level above approves and sends back: COORDINATOR of the nearest division above; of a province's
 * own month, a DIRECTOR of its LEADERSHIP unit. Why it was sent back is read by COORDINATOR of the division and a DIRECTOR of its LEADERSHIP unit. A DIRECTOR of the unit appeals.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, signedIn, visible } from '../../access/index.js'
import { levelAbove } from '../divisions/index.js'

const divisionOfPeriod = { en: "the month's division", zh: '考评期所属区划' }
const coordinates = can('coordination:read').inDivision('period.divisionId', divisionOfPeriod)
const isPublished = condition({ sentence: { en: 'the month is published', zh: '考评期已公布' }, columns: ['period.status'], sql: (row) => sql`${row.column('period.status')} = 'PUBLISHED'` })
const words = any(can('work:takePart').ownUnit('unitId'), coordinates)
const keeps = can('score:keep').inDivision('period.divisionId', divisionOfPeriod)
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const appraisalAccess = accessTable({
  DeductionRule: { ...record, division: open, reason: open, points: open, maxPerMonth: open, validFrom: open, validTo: open, basis: open },
  ScorePeriod: { ...record, division: open, month: open, status: open, computedOn: open, submittedOn: open, submittedBy: open, approvedOn: open, approvedBy: open, returnedReason: can('coordination:read').inDivision('divisionId'), publishedOn: open, publishedBy: open, scores: open, viewerCan: open, nextActions: open },
  UnitScore: {
    ...record,
    period: open, unit: open, trackCount: open, dueCount: open, onTimeCount: open, lateCount: open, lateDays: open, reportedCount: open, returnedCount: open, acceptedCount: open, acceptanceDays: open,
    extensionCount: open, pointsDeducted: open, score: open, onTimeRate: open, returnRate: open, meanAcceptanceDays: open, extensionShare: open, deductions: open, viewerCan: open, nextActions: open,
  },
  Deduction: {
    ...record,
    unitScore: open, period: open, unit: open, reason: open, points: open, occurredOn: open, daysLate: open, task: open, assignment: open, rule: open, isAutomatic: open, addedBy: open,
    appealStatus: open, appealedOn: open, appealedBy: open, decidedOn: open, decidedBy: open, viewerCan: open, nextActions: open,
    text: words, appealText: words, decisionNote: words,
  },
  Unit: { scores: open },
  Query: {
    unitScoresAggregate: signedIn, deductionsAggregate: signedIn,
    deductionRule: signedIn, deductionRules: signedIn, scorePeriod: signedIn, scorePeriods: signedIn, unitScore: signedIn, unitScores: signedIn, deduction: signedIn, deductions: signedIn,
  },
  Mutation: {
    deductionRuleSet: act('DeductionRule', can('structure:keep')),
    deductionRuleEnd: act('DeductionRule', can('structure:keep')),
    scorePeriodCompute: act('ScorePeriod', can('score:keep').inDivision('divisionId')),
    scorePeriodPublish: act('ScorePeriod', can('score:keep').inDivision('divisionId')),
    scorePeriodSubmit: act('ScorePeriod', can('score:keep').inDivision('divisionId')),
    scorePeriodApprove: act('ScorePeriod', levelAbove('divisionId')),
    scorePeriodSendBack: act('ScorePeriod', levelAbove('divisionId')),
    deductionAdd: act('UnitScore', keeps),
    deductionAppeal: act('Deduction', can('score:appeal').ownUnit('unitId')),
    deductionDecide: act('Deduction', keeps),
  },
})

export const appraisalScopes = [
  ...['DeductionRule', 'ScorePeriod'].map((type) => scope(type, signedIn)),
  scope('UnitScore', any(all(signedIn, isPublished), can('unit:be').ownUnit('unitId'), coordinates)),
  scope('Deduction', visible('UnitScore', 'unitScoreId'), 'unitScore'),
]
