import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { viewingPerson } from '../progress/index.js'
import { Assignment } from '../tasks/index.js'
import { Deduction, DeductionRule, ScorePeriod, UnitScore } from './appraisal.entity.js'
import type { DeductionAddInput, DeductionAppealInput, DeductionDecideInput } from './appraisal.input.js'
import { pointsOf, total } from './points.js'

/** Enters a deduction by hand; the score follows at once. */
export async function addDeduction(work: Work, input: DeductionAddInput): Promise<Deduction> {
  const score = await work.target(UnitScore, input.unitScoreId, 'input.unitScoreId')
  const period = await work.em.findOneOrFail(ScorePeriod, score.period.id)
  if (!input.occurredOn.startsWith(period.month) || input.occurredOn > work.today) {
    throw new Problem('OUT_OF_RANGE', 'input.occurredOn', { en: `The day lies in ${period.month}, today (${work.today}) at the latest.`, zh: `发生日期须在 ${period.month} 之内，且不晚于今天（${work.today}）。` })
  }
  const assignment = input.assignmentId ? await trackOfUnit(work, score, input.assignmentId) : null
  const deduction = Object.assign(new Deduction(), {
    unitScore: score, period, unit: score.unit, reason: 'MANUAL' as const, points: pointsOf(input.points, 'input.points'), occurredOn: input.occurredOn, assignment, task: assignment?.task ?? null,
    isAutomatic: false, text: input.text.trim(), addedBy: viewingPerson(work), appealStatus: 'NONE' as const, turn: 1,
  })
  work.em.persist(deduction)
  await retotal(work, score.id, deduction)
  return deduction
}

async function trackOfUnit(work: Work, score: UnitScore, id: string): Promise<Assignment> {
  const track = await work.reference(Assignment, id, 'input.assignmentId')
  const had = await work.run('select 1 from task_step s where s.assignment_id = $1 and $2 in (s.unit_from_id, s.unit_to_id) limit 1', [track.id, score.unit.id])
  if (track.unit.id !== score.unit.id && had.length === 0) throw new Problem('OUT_OF_RANGE', 'input.assignmentId', { en: 'The unit does not have that track and never had it.', zh: '该单位未曾承办该任务。' })
  return track
}

export async function appealDeduction(work: Work, input: DeductionAppealInput): Promise<Deduction> {
  const deduction = await work.target(Deduction, input.deductionId, 'input.deductionId', input.expectedVersion)
  return Object.assign(deduction, { appealStatus: 'APPEALED', appealText: input.appealText.trim(), appealedOn: work.today, appealedBy: viewingPerson(work) })
}

export async function decideDeduction(work: Work, input: DeductionDecideInput): Promise<Deduction> {
  const deduction = await work.target(Deduction, input.deductionId, 'input.deductionId', input.expectedVersion)
  Object.assign(deduction, { appealStatus: input.uphold ? 'UPHELD' : 'CANCELLED', decidedOn: work.today, decidedBy: viewingPerson(work), decisionNote: input.note.trim() })
  await retotal(work, deduction.unitScore.id, deduction)
  return deduction
}

/** The score after a change of one of its deductions. It is held meanwhile, or two changes at once would each count without the other. */
async function retotal(work: Work, scoreId: string, changed: Deduction): Promise<void> {
  const score = await work.em.findOneOrFail(UnitScore, scoreId, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  const all = [...(await work.em.find(Deduction, { unitScore: scoreId, id: { $ne: changed.id } }, { refresh: true })), changed]
  const rules = await work.em.find(DeductionRule, { id: { $in: all.flatMap(({ rule }) => (rule ? [rule.id] : [])) } })
  Object.assign(score, total(all, new Map(rules.map((rule) => [rule.id, rule]))))
}
