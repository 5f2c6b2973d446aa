/*
 * Flat views (扁平视图): lists of the graph as tables with stable columns, for tools that know no graph. A view is declared once, as a list and paths through the graph, and read as one document
 * by its viewer: in GraphQL, in every file format and in every job it has the same rows and values. Rows come in the order of their ids, which is that of their entry, page after page by keyset.
 * Times are ISO 8601; filters take epoch milliseconds as well.
 */
import { defineModule } from '../../engine/index.js'
import { catalogue } from './catalogue.js'
import { viewsAccess } from './views.access.js'
import { viewsOf } from './views.graph.js'

export const views = defineModule({ name: 'views', records: [], resolvers: [viewsOf([...catalogue.values()])], access: [viewsAccess], scopes: [] })

export { askedIn, filterFault, formatNamed, viewNamed, type ViewExport } from './asked.js'
export { catalogue } from './catalogue.js'
export { sqlName, sqlViews, withoutSqlViews } from './sql-views.js'
export { readView, type ViewAsked, type ViewPage } from './read-view.js'
export { columnsOf } from './views.graph.js'
export { isList, longestPage, type View, type ViewColumn } from './view.js'
