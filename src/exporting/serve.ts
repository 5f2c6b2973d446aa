import express, { type Express, type RequestHandler } from 'express'
import { parse, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { standingOf } from '../access/index.js'
import type { Database } from '../database.js'
import { ask } from '../engine/index.js'
import type { Row } from '../formats/index.js'
import { notFound, prefixOf, type Said } from '../kernel/index.js'
import { askedIn, catalogue, columnsOf, formatNamed, viewNamed } from '../reporting/views/index.js'
import type { RequestContext } from '../schema.js'
import { sendError, type Door, type Entered } from '../server.js'
import { exportOf, keptPages } from './kept.js'
import { manifestOf } from './manifest.js'
import { serveReturn } from './return.js'
import { closed, Sending } from './sending.js'
import { atStart, pageRows, RightsChanged, walk } from './walk.js'

export interface ExportChoices {
  readonly database: Pick<Database, 'transaction'>
  readonly schema: GraphQLSchema
  readonly log: Logger
}

/**
 * `GET /export/<view>.<csv|ndjson|xlsx|parquet>` and `GET /export/<view>.manifest.json`, with `filter`, `columns`, `first` and `after` in the query string;
 * `GET /export/jobs/<id>` for the file that was written in the background.
 */
export const serveExports =
  (choices: ExportChoices) =>
  (app: Express, door: Door): void => {
    const router = express.Router({ caseSensitive: true, strict: true })
    router.get('/jobs/:id', door.route((entered) => serveKept(choices, entered)))
    router.get('/:file', door.route((entered) => serve(choices, entered)))
    router.all(['/:file', '/jobs/:id'], (_request, response) => void sendError(response.set('allow', 'GET, HEAD'), 405, 'METHOD_NOT_ALLOWED', 'Fetch an export by GET.'))
    app.use('/export', router as RequestHandler)
  }

/** No view has this name: the national return is a workbook of its own. */
const returnName = 'return'

async function serve({ schema, log }: ExportChoices, entered: Entered): Promise<void> {
  const { request, response, renew } = entered
  const file = request.params['file'] as string
  const [, name = file, ending = ''] = /^([^.]*)\.(.+)$/.exec(file) ?? []
  if (name === returnName) return serveReturn(schema, entered, ending)
  const view = viewNamed(name)
  const isManifest = ending === 'manifest.json'
  const format = formatNamed(isManifest ? String(request.query['format'] ?? 'ndjson') : ending)
  const asked = askedIn(schema, view, withFilter(request.query))
  const sending = new Sending(log, entered, view, columnsOf(schema, view, asked.columns), format)
  const progress = atStart(asked)
  const asOf = new Date().toISOString()
  const pages = walk({ schema, asked, enter: () => renew() as Promise<RequestContext>, onPage: (rows) => sending.pay(rows) }, progress)
  if (isManifest) {
    for await (const chunk of sending.written(pages)) void chunk
    return void response.set(closed).json(manifestOf(schema, asked, format, { ...progress, asOf, bytes: sending.bytes, sha256: sending.digest.toString('hex') }))
  }
  // Whatever is wrong shows with the first page, while there is still an answer to say it in.
  const first = await pages.next()
  const told = () => ({ 'x-heli-rows': String(progress.rows), 'x-heli-has-more': String(progress.hasMore), 'x-heli-end-cursor': progress.endCursor })
  // Of one page all is known before it is sent.
  const isOnePage = asked.first !== undefined && asked.first <= pageRows
  sending.head({ 'x-heli-as-of': asOf, ...(isOnePage ? told() : {}) })
  if (request.method === 'HEAD') {
    await pages.return()
    return void response.end()
  }
  await sending.send(first.done ? [] : chained(first.value, pages), isOnePage ? undefined : told)
}

/** The address's parameters with its filter parsed; what is no JSON stays a text, and is refused as one. */
function withFilter(query: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return query['filter'] === undefined ? query : { ...query, filter: JSON.parse(String(query['filter'])) as unknown }
  } catch {
    return query
  }
}

const find = parse('query Export($id: ID!) { exportJob(id: $id) { view format state rowsDone sha256 asOf } }')

interface Found {
  view: string
  format: string
  state: string
  rowsDone: number
  sha256: string
  asOf: string
}

/** The file of an export, for its owner while they are what they were when they asked. */
async function serveKept({ schema, log, database }: ExportChoices, entered: Entered): Promise<void> {
  const { request, response, context, language, renew } = entered
  const id = request.params['id'] as string
  // What is no id of an export is as absent as one of somebody else's.
  if (prefixOf(id) !== 'xjob') throw notFound()
  const { exportJob } = await ask<{ exportJob: Found }>(schema, find, context as RequestContext, { id })
  if (exportJob.state !== 'DONE') return sendError(response, exportJob.state === 'EXPIRED' ? 410 : 409, exportJob.state, unready(exportJob.state)[language])
  const { standing } = (await exportOf(database, id))!
  const stillOwner = async () => {
    const { reads } = (await renew()) as RequestContext
    await reads.prove()
    if (standingOf(reads.viewer) !== standing) throw new RightsChanged()
  }
  await stillOwner()
  const view = catalogue.get(exportJob.view)!
  const sending = new Sending(log, entered, view, columnsOf(schema, view), formatNamed(exportJob.format))
  const pages = keptPages(database, id, view.columns.map(({ name }) => name), exportJob.rowsDone, async (rows) => {
    await sending.pay(rows)
    await stillOwner()
  })
  const first = await pages.next()
  sending.head({ 'x-heli-as-of': exportJob.asOf, 'x-heli-rows': String(exportJob.rowsDone), etag: `"${exportJob.sha256}"`, 'repr-digest': `sha-256=:${Buffer.from(exportJob.sha256, 'hex').toString('base64')}:` })
  if (request.method === 'HEAD') return void response.end()
  await sending.send(first.done ? [] : chained(first.value, pages))
}

const unready = (state: string): Said => ({
  en: `The export is ${state}, and there is no file. Ask the graph: exportJob { state progress failure }.`,
  zh: `该导出当前状态为 ${state}，没有可下载的文件。请查询 exportJob { state progress failure }。`,
})

async function* chained(first: readonly Row[], rest: AsyncGenerator<readonly Row[], void, undefined>): AsyncGenerator<readonly Row[]> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return()
  }
}
