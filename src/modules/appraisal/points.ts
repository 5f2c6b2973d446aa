import { Problem } from '../../kernel/index.js'
import type { Deduction, DeductionRule } from './appraisal.entity.js'

/** Points in hundredths: sums of them are exact. */
const hundredths = (points: string): number => Math.round(Number(points) * 100)
const written = (value: number): string => (value / 100).toFixed(2)

/** Points of an input as they are kept; 0.01 to 100, two digits after the point at most. */
export function pointsOf(given: string, field: string): string {
  const value = hundredths(given)
  if (!/^\d{1,3}(\.\d{1,2}0*)?$/.test(given) || value < 1 || value > 10_000) throw new Problem('OUT_OF_RANGE', field, { en: `Points are 0.01 to 100, with two digits after the point at most; got ${given}.`, zh: `扣分须为 0.01 至 100，最多两位小数，当前为 ${given}。` })
  return written(value)
}

export const isLess = (one: string, other: string): boolean => hundredths(one) < hundredths(other)

/**
 * What deductions of one unit and month come to. A cancelled one does not count. The points of a reason stop at the limit of its rule;
 * where the rule changed in the month, at the highest of the limits.
 */
export function total(deductions: readonly Deduction[], rules: ReadonlyMap<string, DeductionRule>): { pointsDeducted: string; score: string } {
  const reasons = new Map<string, { sum: number; limit: number }>()
  for (const { reason, points, rule, appealStatus } of deductions) {
    if (appealStatus === 'CANCELLED') continue
    const limit = rules.get(rule?.id ?? '')?.maxPerMonth
    const own = reasons.get(reason) ?? { sum: 0, limit: 0 }
    reasons.set(reason, { sum: own.sum + hundredths(points), limit: Math.max(own.limit, limit ? hundredths(limit) : Infinity) })
  }
  const deducted = [...reasons.values()].reduce((all, { sum, limit }) => all + Math.min(sum, limit), 0)
  return { pointsDeducted: written(deducted), score: written(Math.max(10_000 - deducted, 0)) }
}
