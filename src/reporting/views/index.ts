/*
 * Flat views (扁平视图): lists of the graph as tables with stable columns, for tools that know no graph. A view is declared once, as a list and paths through the graph, and read as one document
 * by its viewer: in GraphQL, in every file format and in every job it has the same rows and values. Rows come in the order of their ids, which is that of their entry, page after page by keyset.
 * Times are ISO 8601; filters take epoch milliseconds as well.
 */
import { defineModule } from '../../engine/index.js'
import { mandates, units } from './directory.views.js'
import type { View } from './view.js'
import { viewsAccess } from './views.access.js'
import { viewsOf } from './views.graph.js'
import { assignments, initiatives, tasks } from './work.views.js'
import { contracts, posts, socialWorkers, worklogs } from './workforce.views.js'

const all: readonly View[] = [assignments, tasks, initiatives, units, mandates, posts, socialWorkers, worklogs, contracts]

/** Views by name, in the order of the documentation. */
export const catalogue: ReadonlyMap<string, View> = new Map(all.map((view) => [view.name, view]))

export const views = defineModule({ name: 'views', records: [], resolvers: [viewsOf(all)], access: [viewsAccess], scopes: [] })

export { readView, type ViewAsked, type ViewPage } from './read-view.js'
export { columnsOf, filterTypeOf } from './views.graph.js'
export { longestPage, objectsIn, type View, type ViewColumn } from './view.js'
