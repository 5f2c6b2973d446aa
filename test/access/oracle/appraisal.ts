/**
 * "Deductions and scores: ownUnit and COORDINATOR until the period is published, then everyone." "A DIRECTOR of the LEADERSHIP unit reads what that coordinator reads." "A link to an invisible
 * object answers like no object." Words of a deduction may tell of a confidential task: ownUnit of those who take part in the work, and COORDINATOR, published or not.
 * Rules of deduction are a dictionary, and which months there are is no secret.
 */
import type { Deduction, DeductionRule, ScorePeriod, Snapshot, UnitScore } from './snapshot.js'
import { coordinates, derived, everySignedInViewer, inDivision, leads, many, ofEveryRow, one, ownUnit, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

const noPart = ['BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
const ofPeriod = (row: { periodId: string }, snapshot: Snapshot) => snapshot.one('score_period', row.periodId)!
const ofUnit = (row: { unitId: string }, snapshot: Snapshot) => snapshot.one('unit', row.unitId)
const coordinated = (viewer: Viewer, row: { periodId: string }) => {
  const { divisionId } = ofPeriod(row, viewer.snapshot)
  const by = (may: typeof coordinates) => viewer.places.some((place) => may(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionId))
  return { COORDINATOR: by(coordinates), 'DIRECTOR of the LEADERSHIP unit': by(leads) }
}

const scoreVisible = (viewer: Viewer, row: UnitScore): Verdict => {
  const isOut = ofPeriod(row, viewer.snapshot).status === 'PUBLISHED'
  return verdict({ published: isOut, ownUnit: viewer.places.some((place) => ownUnit(place, row.unitId)), ...coordinated(viewer, row) })
}

/** Words of a deduction. */
const words = <K extends keyof Deduction & string>(column: K): FieldPage<Deduction> => ({
  kind: 'value',
  of: (row) => row[column],
  readable: (viewer, row) => verdict({ 'ownUnit, taking part': viewer.places.some((place) => !noPart.includes(place.role) && ownUnit(place, row.unitId)), ...coordinated(viewer, row) }),
})

export const deductionRule: Page<DeductionRule> = {
  type: 'DeductionRule',
  rows: ({ tables }) => tables.deduction_rule,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    reason: value('reason'), points: value('points'), maxPerMonth: value('maxPerMonth'), validFrom: value('validFrom'), validTo: value('validTo'),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    basis: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId)),
  },
}

export const scorePeriod: Page<ScorePeriod> = {
  type: 'ScorePeriod',
  rows: ({ tables }) => tables.score_period,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    month: value('month'), status: value('status'), computedOn: value('computedOn'), publishedOn: value('publishedOn'),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    submittedOn: value('submittedOn'), approvedOn: value('approvedOn'),
    submittedBy: one('Person', (row, snapshot) => snapshot.one('person', row.submittedById)),
    approvedBy: one('Person', (row, snapshot) => snapshot.one('person', row.approvedById)),
    returnedReason: { kind: 'value', of: (row) => row.returnedReason, readable: (viewer, row) => verdict(coordinated(viewer, { periodId: row.id })) },
    publishedBy: one('Person', (row, snapshot) => snapshot.one('person', row.publishedById)),
    scores: many('UnitScore', (row, snapshot) => snapshot.where('unit_score', 'periodId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

/** A share to four digits, halves rounded up; none of nothing. */
const share = (of: (row: UnitScore) => number, by: (row: UnitScore) => number): FieldPage<UnitScore> => ({ kind: 'value', of: (row) => (by(row) === 0 ? null : Math.round((of(row) * 10_000) / by(row)) / 10_000) })

export const unitScore: Page<UnitScore> = {
  type: 'UnitScore',
  rows: ({ tables }) => tables.unit_score,
  visible: scoreVisible,
  fields: {
    ...ofEveryRow,
    trackCount: value('trackCount'), dueCount: value('dueCount'), onTimeCount: value('onTimeCount'), lateCount: value('lateCount'), lateDays: value('lateDays'), reportedCount: value('reportedCount'),
    returnedCount: value('returnedCount'), acceptedCount: value('acceptedCount'), acceptanceDays: value('acceptanceDays'), extensionCount: value('extensionCount'), pointsDeducted: value('pointsDeducted'), score: value('score'),
    onTimeRate: share(({ onTimeCount }) => onTimeCount, ({ dueCount }) => dueCount),
    returnRate: share(({ returnedCount }) => returnedCount, ({ reportedCount }) => reportedCount),
    meanAcceptanceDays: share(({ acceptanceDays }) => acceptanceDays, ({ acceptedCount }) => acceptedCount),
    extensionShare: share(({ extensionCount }) => extensionCount, ({ dueCount }) => dueCount),
    period: one('ScorePeriod', ofPeriod),
    unit: one('Unit', ofUnit),
    deductions: many('Deduction', (row, snapshot) => snapshot.where('deduction', 'unitScoreId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

export const deduction: Page<Deduction> = {
  type: 'Deduction',
  rows: ({ tables }) => tables.deduction,
  visible: (viewer, row) => verdict({ 'with its score': scoreVisible(viewer, viewer.snapshot.one('unit_score', row.unitScoreId)!).allowed }),
  fields: {
    ...ofEveryRow,
    reason: value('reason'), points: value('points'), occurredOn: value('occurredOn'), daysLate: value('daysLate'), isAutomatic: value('isAutomatic'), appealStatus: value('appealStatus'), appealedOn: value('appealedOn'), decidedOn: value('decidedOn'),
    text: words('text'), appealText: words('appealText'), decisionNote: words('decisionNote'),
    unitScore: one('UnitScore', (row, snapshot) => snapshot.one('unit_score', row.unitScoreId)),
    period: one('ScorePeriod', ofPeriod),
    unit: one('Unit', ofUnit),
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
    assignment: one('Assignment', (row, snapshot) => snapshot.one('assignment', row.assignmentId)),
    rule: one('DeductionRule', (row, snapshot) => snapshot.one('deduction_rule', row.ruleId)),
    addedBy: one('Person', (row, snapshot) => snapshot.one('person', row.addedById)),
    appealedBy: one('Person', (row, snapshot) => snapshot.one('person', row.appealedById)),
    decidedBy: one('Person', (row, snapshot) => snapshot.one('person', row.decidedById)),
    viewerCan: derived, nextActions: derived,
  },
}
