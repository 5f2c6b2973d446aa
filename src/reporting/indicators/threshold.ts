import { parse } from 'graphql'
import { ask } from '../../engine/index.js'
import { enumeration } from '../../kernel/index.js'
import type { Asking } from '../figures/index.js'
import { holdsOn } from '../figures/index.js'
import type { IndicatorKey } from './catalogue.js'
import { compare } from './decimal.js'
import type { IndicatorDirection } from './definition.js'

export const IndicatorLevel = enumeration('IndicatorLevel', 'Where a value stands against its threshold (达标情况).', {
  ON_TARGET: 'The target is reached (达标)',
  NEAR: 'Not reached, and not beyond the warning (接近)',
  OFF_TARGET: 'Beyond the warning, or not reached where none is set (未达标)',
})
export type IndicatorLevel = keyof typeof IndicatorLevel

/** A threshold as it is applied. */
export interface Applied {
  id: string
  indicator: IndicatorKey
  target: string
  warning: string | null
  validFrom: string
  validTo: string | null
  division: { id: string; name: string; path: string }
  basis: { number: string; title: string }
}

const document = parse(`query ($filter: IndicatorThresholdFilter) {
  indicatorThresholds(filter: $filter, first: 200) { nodes { id indicator target warning validFrom validTo division { id name path } basis { number title } } }
}`)

/** Thresholds of these indicators in force on a day for a division: its own, or those of the nearest division above it that has one. */
export async function thresholdsFor(asking: Asking, indicators: readonly IndicatorKey[], path: string, day: string): Promise<ReadonlyMap<IndicatorKey, Applied>> {
  const codes = path.split('/').filter(Boolean)
  // At most one of a division on a day: five levels of divisions times the indicators stay within a page for forty of them.
  const filter = { indicator: { in: indicators }, division: { code: { in: codes } }, ...holdsOn(day) }
  const { indicatorThresholds } = await ask<{ indicatorThresholds: { nodes: Applied[] } }>(asking.schema, document, asking.context, { filter })
  const nearest = new Map<IndicatorKey, Applied>()
  for (const one of indicatorThresholds.nodes) if (one.division.path.length > (nearest.get(one.indicator)?.division.path.length ?? 0)) nearest.set(one.indicator, one)
  return nearest
}

export function levelOf(value: string | null, threshold: Applied | undefined, direction: IndicatorDirection): IndicatorLevel | null {
  if (value === null || !threshold) return null
  const reaches = (bound: string) => (direction === 'HIGHER' ? compare(value, bound) >= 0 : compare(value, bound) <= 0)
  if (reaches(threshold.target)) return 'ON_TARGET'
  return threshold.warning !== null && reaches(threshold.warning) ? 'NEAR' : 'OFF_TARGET'
}
