import type { Work } from '../../engine/index.js'
import { monthOfDay, Problem, Problems } from '../../kernel/index.js'
import { workingDaysBetween } from '../calendar/index.js'
import { Division } from '../divisions/index.js'
import { viewingPerson } from '../progress/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'
import { Deduction, DeductionRule, ScorePeriod, UnitScore } from './appraisal.entity.js'
import { publishFacts, publishFaults, type PublishTold } from './appraisal.facts.js'
import type { ScorePeriodComputeInput, ScorePeriodPublishInput, ScorePeriodSendBackInput, ScorePeriodStepInput } from './appraisal.input.js'
import { periodLifecycle } from './appraisal.lifecycle.js'
import { monthSql, type Month, type MonthFault, type MonthFigures } from './month.sql.js'
import { total } from './points.js'

const at = 'input.month'

/** Computes the month of every unit that stands in the division, or computes it anew; what was entered by hand, and every appeal, stays. */
export async function computePeriod(work: Work, { divisionId, month }: ScorePeriodComputeInput): Promise<ScorePeriod> {
  const division = await work.reference(Division, divisionId, 'input.divisionId')
  if (month > monthOfDay(work.today)) throw new Problem('OUT_OF_RANGE', at, { en: `${month} has not begun. Today is ${work.today}.`, zh: `${month} 尚未开始，今天是 ${work.today}。` })
  // Two at once would both make the month.
  await work.run('select pg_advisory_xact_lock(hashtext($1))', [`heli score ${division.id} ${month}`])
  const known = await work.em.findOne(ScorePeriod, { division: division.id, month })
  const period = known
    ? await work.target(ScorePeriod, known.id, at)
    : work.makes(Object.assign(new ScorePeriod(), { division, month, status: periodLifecycle.initial, publishedOn: null, publishedBy: null }))
  period.computedOn = work.today
  const { figures, faults } = await monthOf(work, division.id, month)
  const scores = await keepFigures(work, period, figures)
  const deductions = await keepFaults(work, period, scores, faults)
  const rules = new Map((await work.em.find(DeductionRule, { id: { $in: [...new Set(deductions.flatMap(({ rule }) => (rule ? [rule.id] : [])))] } })).map((rule) => [rule.id, rule]))
  for (const score of scores.values()) Object.assign(score, total(deductions.filter(({ unitScore }) => unitScore.id === score.id), rules))
  return period
}

async function monthOf(work: Work, divisionId: string, month: string): Promise<Month> {
  const first = `${month}-01`
  const [{ after, last }] = (await work.run<{ after: string; last: string }>(`select (d + interval '1 month')::date::text as after, (d + interval '1 month' - interval '1 day')::date::text as last from (select $1::date as d) x`, [first])) as [{ after: string; last: string }]
  await workingDaysBetween(work, first, last, at)
  const [found] = await work.run<Month>(monthSql, [divisionId, first, after, work.today])
  if (found!.earliest) await workingDaysBetween(work, found!.earliest, last, at)
  return found!
}

const none: Omit<MonthFigures, 'unitId'> = { trackCount: 0, dueCount: 0, onTimeCount: 0, lateCount: 0, lateDays: 0, reportedCount: 0, returnedCount: 0, acceptedCount: 0, acceptanceDays: 0, extensionCount: 0 }

/** The scores of the month by unit, with the figures of now. */
async function keepFigures(work: Work, period: ScorePeriod, figures: readonly MonthFigures[]): Promise<Map<string, UnitScore>> {
  const scores = new Map((await work.em.find(UnitScore, { period: period.id })).map((score) => [score.unit.id, score]))
  // A unit that has left the division since keeps its row, with nothing to its account.
  for (const score of scores.values()) Object.assign(score, none)
  for (const { unitId, ...own } of figures) {
    const score = scores.get(unitId) ?? Object.assign(new UnitScore(), { period, unit: work.em.getReference(Unit, unitId), pointsDeducted: '0.00', score: '100.00' })
    work.em.persist(Object.assign(score, own))
    scores.set(unitId, score)
  }
  return scores
}

const keyOf = (unitId: string, reason: string, assignmentId: string | undefined, day: string, turn: number) => [unitId, reason, assignmentId, day, turn].join(' ')

/** All deductions of the month: those found now, those entered by hand, and those that somebody appealed against. */
async function keepFaults(work: Work, period: ScorePeriod, scores: ReadonlyMap<string, UnitScore>, faults: readonly MonthFault[]): Promise<Deduction[]> {
  const stored = await work.em.find(Deduction, { period: period.id })
  const known = new Map(stored.filter(({ isAutomatic }) => isAutomatic).map((one) => [keyOf(one.unit.id, one.reason, one.assignment?.id, one.occurredOn, one.turn), one]))
  const kept = stored.filter(({ isAutomatic }) => !isAutomatic)
  for (const { unitId, reason, assignmentId, taskId, occurredOn, turn, daysLate, ruleId, points } of faults) {
    const key = keyOf(unitId, reason, assignmentId, occurredOn, turn)
    const deduction = known.get(key) ?? Object.assign(new Deduction(), {
      unitScore: scores.get(unitId)!, period, unit: work.em.getReference(Unit, unitId), reason, occurredOn, turn, isAutomatic: true, appealStatus: 'NONE' as const,
      assignment: work.em.getReference(Assignment, assignmentId), task: work.em.getReference(Task, taskId),
    })
    work.em.persist(Object.assign(deduction, { points, daysLate, rule: work.em.getReference(DeductionRule, ruleId) }))
    known.delete(key)
    kept.push(deduction)
  }
  for (const gone of known.values()) {
    if (gone.appealStatus === 'NONE') work.em.remove(gone)
    // What was appealed against stays to be read, and costs nothing any more.
    else kept.push(Object.assign(gone, { points: '0.00' }))
  }
  return kept
}

const periodOf = (work: Work, input: ScorePeriodStepInput): Promise<ScorePeriod> => work.target(ScorePeriod, input.periodId, 'input.periodId', input.expectedVersion)

/** Asked again under the lock: an appeal may have come in while it was waited for. */
async function checkAgain(work: Work, verb: 'scorePeriodSubmit' | 'scorePeriodPublish', period: ScorePeriod): Promise<void> {
  const faults = publishFaults(verb, (await work.facts(ScorePeriod, period.id, publishFacts)) as unknown as PublishTold)
  if (faults.length > 0) throw new Problems(faults)
}

export async function submitPeriod(work: Work, input: ScorePeriodStepInput): Promise<ScorePeriod> {
  const period = await periodOf(work, input)
  await checkAgain(work, 'scorePeriodSubmit', period)
  return Object.assign(period, { status: 'SUBMITTED', submittedOn: work.today, submittedBy: viewingPerson(work), returnedReason: null })
}

export async function approvePeriod(work: Work, input: ScorePeriodStepInput): Promise<ScorePeriod> {
  return Object.assign(await periodOf(work, input), { status: 'APPROVED', approvedOn: work.today, approvedBy: viewingPerson(work) })
}

export async function sendBackPeriod(work: Work, input: ScorePeriodSendBackInput): Promise<ScorePeriod> {
  return Object.assign(await periodOf(work, input), { status: 'OPEN', submittedOn: null, submittedBy: null, approvedOn: null, approvedBy: null, returnedReason: input.reason.trim() })
}

export async function publishPeriod(work: Work, input: ScorePeriodPublishInput): Promise<ScorePeriod> {
  const period = await periodOf(work, input)
  await checkAgain(work, 'scorePeriodPublish', period)
  return Object.assign(period, { status: 'PUBLISHED', publishedOn: work.today, publishedBy: viewingPerson(work) })
}
