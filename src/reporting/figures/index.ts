/*
 * Figures: what a figure is, once. A reckoning (count, distinct count, sum, average, median) over the rows of one type that a filter names, alone or in groups. Its filter depends on the place and the
 * period that are asked for. It is reckoned by the graph itself as the viewer, through `<list>Aggregate`, and the rows behind it are the same list under the same filter: so the number and its lineage
 * cannot differ, and neither knows more than the viewer. A share is one figure over another.
 */
import { defineModule } from '../../engine/index.js'
import { FigureRowsResolver } from './rows.js'

export const figures = defineModule({ name: 'figures', records: [], resolvers: [FigureRowsResolver], access: [], scopes: [] })

export { allOf, during, holdsOn, standsIn, within } from './conditions.js'
export { reckon, reckonOne, type Asking, type Figure, type Key, type Reckoned, type Reckoning, type RowsOf } from './figure.js'
export { periodBefore, periodOf, type Period, type PeriodGiven } from './period.js'
export { FigureRows, rowsBehind } from './rows.js'
