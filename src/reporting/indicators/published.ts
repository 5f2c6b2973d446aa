import { parse } from 'graphql'
import { ask } from '../../engine/index.js'
import type { Asking } from '../figures/index.js'
import type { IndicatorKey } from './catalogue.js'
import type { Extent } from './definition.js'

export interface Published {
  division: { id: string; path: string }
  isSuppressed: boolean
  numerator: string | null
  denominator: string | null
}

const document = parse('query ($filter: IndicatorFigureFilter) { indicatorFigures(filter: $filter, first: 200) { nodes { division { id path } isSuppressed numerator denominator } } }')

/** Published figures of an indicator and a whole year that the viewer may read. */
export async function publishedOf(asking: Asking, indicator: IndicatorKey, { isYear, period: { year } }: Extent, filter: object): Promise<readonly Published[]> {
  const { reads } = asking.context
  if (!isYear || reads.engine.policy.scope(reads.viewer, 'IndicatorFigure').kind === 'never') return []
  const found = await ask<{ indicatorFigures: { nodes: Published[] } }>(asking.schema, document, asking.context, { filter: { indicator: { eq: indicator }, year: { eq: year }, ...filter } })
  return found.indicatorFigures.nodes
}
