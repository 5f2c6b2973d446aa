import { parse } from 'graphql'
import { ask, type WithReads } from '../../engine/index.js'
import { notFound, Refusal } from '../../kernel/index.js'
import type { DivisionLevel } from '../../modules/divisions/index.js'
import { periodBefore, periodOf, type Asking, type PeriodGiven, type Reckoned } from '../figures/index.js'
import { catalogue, indicatorKeys, type IndicatorKey } from './catalogue.js'
import type { Definition, Extent, IndicatorDimension } from './definition.js'
import { dimensionsOf } from './dimensions.js'
import type { IndicatorDefinition, IndicatorsFilter } from './indicator.types.js'
import { lastEnded } from './reading.js'

export function definitionOf(key: IndicatorKey): IndicatorDefinition {
  const { clause, ...plain } = catalogue[key]
  return { ...plain, key, clause: clause.section, clauseText: clause.en, clauseTextZh: clause.zh, dimensions: dimensionsOf(catalogue[key]) }
}

export function chosen({ keys, family, mechanism }: IndicatorsFilter = {}): IndicatorKey[] {
  const isMeant = (key: IndicatorKey, definition: Definition) => (!keys || keys.includes(key)) && (!family || definition.family === family) && (!mechanism || definition.mechanism === mechanism)
  return indicatorKeys.filter((key) => isMeant(key, catalogue[key]))
}

interface Place {
  id: string
  code: string
  name: string
  level: DivisionLevel
  path: string
}
export interface Placed extends Place {
  below: readonly Pick<Place, 'id' | 'name' | 'path'>[]
}

const document = parse(`query ($here: DivisionFilter, $below: DivisionFilter) {
  here: divisions(filter: $here, first: 1) { nodes { id code name level path } }
  below: divisions(filter: $below, first: 200) { nodes { id name path } }
}`)

/** A division by its id or its code, with the divisions directly below it. */
export async function placeOf(asking: Asking, division: string): Promise<Placed> {
  const here = /^\d+$/.test(division) ? { code: { eq: division } } : { id: { eq: division } }
  const found = await ask<{ here: { nodes: Place[] }; below: { nodes: Placed['below'] } }>(asking.schema, document, asking.context, { here, below: { parent: here } })
  const [place] = found.here.nodes
  if (!place) throw notFound('division')
  return { ...place, below: found.below.nodes }
}

export function extentOf({ id, path, level }: Place, given: PeriodGiven, today: string, field: string): Extent {
  const period = periodOf(given, today, field)
  return { divisionId: id, path, isProvince: level === 'PROVINCE', period, before: periodBefore(period, today), isYear: !given.quarter && !given.month, endedYear: lastEnded(period, today) }
}

/** Refuses a dimension that not all rows of the indicator have. */
export function checkDimension(key: IndicatorKey, dimension: IndicatorDimension): void {
  const known = dimensionsOf(catalogue[key])
  if (known.includes(dimension)) return
  throw new Refusal('BAD_USER_INPUT', { en: `${key} is told apart by ${known.join(', ') || 'nothing'}; not by ${dimension}.`, zh: `${key} 可按 ${known.join('、') || '无'} 统计，不支持 ${dimension}。` }, 'by')
}

/** How the keys of a dimension are shown: a division by that directly below the one that is asked about in which it lies. */
export function labelsOf(place: Placed, dimension: IndicatorDimension): (keys: Reckoned['keys']) => { key: string | null; label: string | null } {
  return ({ value }) => {
    if (value === null || value === undefined) return { key: null, label: null }
    if (typeof value !== 'object') return { key: String(value), label: String(value) }
    if (dimension !== 'DIVISION') return { key: (value as { id: string }).id, label: (value as { name: string }).name }
    const { path } = value as { path: string }
    const below = path === place.path ? place : place.below.find((one) => path.startsWith(one.path))
    return below ? { key: below.id, label: below.name } : { key: null, label: null }
  }
}

const observers: readonly string[] = ['BI_READER', 'AUDITOR']

/** Who observes, and takes no part in the work, asks of the own division and those below: above it the rows of some types would be all there are, and those of others a part. */
export function checkSight({ reads: { viewer } }: WithReads, { path }: Placed): void {
  if ([...viewer.roles].some((role) => !observers.includes(role)) || viewer.posts.some(({ divisionPath }) => path.startsWith(divisionPath))) return
  throw new Refusal('FORBIDDEN', { en: 'Ask of your own division, or of one below it.', zh: '仅可查询本区划及其下级区划。' }, 'division')
}

export const today = ({ reads }: WithReads): string => reads.facts.today
