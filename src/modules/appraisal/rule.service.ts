import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { overlaps, Problem, type Said } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { PolicyDocument } from '../units/index.js'
import { DeductionRule } from './appraisal.entity.js'
import type { DeductionRuleEndInput, DeductionRuleSetInput } from './appraisal.input.js'
import { isLess, pointsOf } from './points.js'

export async function setRule(work: Work, input: DeductionRuleSetInput): Promise<DeductionRule> {
  const { reason, validFrom, validTo = null } = input
  if (reason === 'MANUAL') throw new Problem('OUT_OF_RANGE', 'input.reason', byHand)
  if (validTo && validTo <= validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', endFirst)
  const points = pointsOf(input.points, 'input.points')
  const maxPerMonth = input.maxPerMonth ? pointsOf(input.maxPerMonth, 'input.maxPerMonth') : null
  if (maxPerMonth && isLess(maxPerMonth, points)) throw new Problem('OUT_OF_RANGE', 'input.maxPerMonth', belowPoints)
  const rule = Object.assign(new DeductionRule(), {
    division: await work.reference(Division, input.divisionId, 'input.divisionId'), reason, points, maxPerMonth, validFrom, validTo, basis: await work.reference(PolicyDocument, input.basisId, 'input.basisId'),
  })
  await checkNoOverlap(work, rule, 'input.validFrom')
  return work.makes(rule)
}

export async function endRule(work: Work, input: DeductionRuleEndInput): Promise<DeductionRule> {
  const rule = await work.target(DeductionRule, input.ruleId, 'input.ruleId', input.expectedVersion)
  if (input.validTo <= rule.validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', endFirst)
  rule.validTo = input.validTo
  await checkNoOverlap(work, rule, 'input.validTo')
  return rule
}

const byHand: Said = { en: 'What is deducted by hand has no rule; the office says the points each time.', zh: '人工扣分不设标准，由协调办逐次填写。' }
export const belowPoints: Said = { en: 'The limit of a month is not less than the points of one time.', zh: '每月上限不得低于每次扣分。' }
const endFirst: Said = { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' }

async function checkNoOverlap(work: Work, rule: DeductionRule, field: string): Promise<void> {
  // Two writers who each see no overlap would together make one.
  await work.em.findOneOrFail(Division, rule.division.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  const others = await work.em.find(DeductionRule, { division: rule.division.id, reason: rule.reason, id: { $ne: rule.id } })
  const other = others.find((one) => overlaps(rule.validFrom, rule.validTo, one.validFrom, one.validTo))
  if (!other) return
  const until = other.validTo ?? '…'
  throw new Problem('OVERLAP', field, {
    en: `The division has a rule for ${rule.reason} from ${other.validFrom} to ${until}. End it with deductionRuleEnd, or choose other dates.`,
    zh: `该区划已有 ${rule.reason} 的扣分标准，有效期 ${other.validFrom} 至 ${until}，请先用 deductionRuleEnd 终止，或调整日期。`,
  })
}
