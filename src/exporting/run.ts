import { createHash } from 'node:crypto'
import { parse } from 'graphql'
import type { Logger } from 'pino'
import type { Backbone } from '../backbone.js'
import { isOutage } from '../database.js'
import { ask, rootSpec } from '../engine/index.js'
import { formats } from '../formats/index.js'
import { Refusal } from '../kernel/index.js'
import { catalogue, columnsOf, isList, type View } from '../reporting/views/index.js'
import type { RequestContext } from '../schema.js'
import type { Identity } from '../sign-in/index.js'
import { expire, fail, finish, hold, keepPage, keptPages, LetGo, noteTotal, release, takeNext, type KeptExport } from './kept.js'
import { RightsChanged, walk, type Progress } from './walk.js'

const keptDays = 3
const mostAttempts = 5
const againAfterSeconds = 30

/**
 * Writes the next export that waits, as its owner and with the rights of each page; true where there was one. What it has written stays when it is interrupted, by `signal`, by a fault or by a crash:
 * whoever takes it over goes on behind the last page.
 */
export async function runNextExport(backbone: Backbone, log: Logger, signal?: AbortSignal): Promise<boolean> {
  const { database } = backbone
  await expire(database)
  const job = await takeNext(database)
  if (!job) return false
  try {
    await writePages(backbone, job, signal)
    log.info({ export: job.id, view: job.view, format: job.format }, 'an export is written')
  } catch (error) {
    await settle(backbone, job, error, log)
  }
  return true
}

async function settle({ database }: Backbone, job: KeptExport, error: unknown, log: Logger): Promise<void> {
  if (error instanceof LetGo) return
  if (error instanceof Interrupted) return release(database, job)
  const given = error instanceof Refusal && error.code !== 'STORE_UNAVAILABLE'
  const failure = error instanceof RightsChanged || (given && error.code === 'UNAUTHENTICATED') ? 'RIGHTS_CHANGED' : given ? 'REFUSED' : undefined
  if (failure) return fail(database, job, failure)
  log.error({ err: error, export: job.id, attempts: job.attempts }, 'an export was interrupted')
  // While the database is down nothing can be noted; the lease runs out by itself.
  if (isOutage(error)) return
  return job.attempts >= mostAttempts ? fail(database, job, 'FAULT') : release(database, job, againAfterSeconds)
}

class Interrupted extends Error {}

async function writePages(backbone: Backbone, job: KeptExport, signal?: AbortSignal): Promise<void> {
  const { database, schema } = backbone
  const view = catalogue.get(job.view)!
  const names = view.columns.map(({ name }) => name)
  const identity = await identityOf(backbone, job)
  const enter = () => backbone.contextFor({ identity, language: 'zh', strict: false, requestId: job.id, isRouter: false, mayRemember: true })
  const filter = job.filter === null ? null : (JSON.parse(job.filter) as Record<string, unknown>)
  if (job.rowsTotal === null && job.rowsDone === 0) {
    const total = await countOf(view, filter, await enter(), schema)
    if (total !== undefined) await noteTotal(database, job, total)
  }
  const progress: Progress = { rows: job.rowsDone, endCursor: job.endCursor, hasMore: true, masked: new Map() }
  for await (const rows of walk({ schema, asked: { view, columns: view.columns, filter, after: '' }, enter, standing: job.standing }, progress)) {
    await keepPage(database, job, names, rows, progress)
    if (signal?.aborted) throw new Interrupted()
  }
  const hash = createHash('sha256')
  const pages = keptPages(database, job.id, names, progress.rows, () => hold(database, job))
  for await (const chunk of formats[job.format].write({ columns: columnsOf(schema, view), pages }, view.labelZh)) hash.update(chunk)
  await finish(database, job, hash.digest('hex'), keptDays)
}

/** Whom the owner signs in as. Nobody any more: as with a request of theirs, the rights are gone. */
async function identityOf({ database }: Backbone, { personId, tokenId }: KeptExport): Promise<Identity> {
  const [row] = await database.transaction((run) =>
    personId
      ? run<Record<string, string>>({ text: 'select issuer, subject from account where person_id = $1 and blocked_at is null order by id limit 1', values: [personId] })
      : run<Record<string, string>>({ text: 'select token_hash as "tokenHash" from service_token where id = $1', values: [tokenId] }),
  )
  if (!row) throw new RightsChanged()
  return personId ? { kind: 'person', issuer: row['issuer']!, subject: row['subject']! } : { kind: 'service', tokenHash: row['tokenHash']! }
}

/** How many rows there are for the viewer, where the graph tells: exactly, by its groups or up to a thousand. */
export async function countOf(view: View, filter: object | null, context: RequestContext, schema: Backbone['schema']): Promise<number | undefined> {
  if (!isList(view)) return undefined
  const type = (rootSpec(view.list) as { to: Function }).to.name
  const grouped = `${view.list}Aggregate`
  if (rootSpec(grouped)?.kind === 'groups') {
    const document = parse(`query ($filter: ${type}Filter) { ${grouped}(filter: $filter) { nodes { count } } }`)
    const { nodes } = (await ask<Record<string, { nodes: { count: number | null }[] }>>(schema, document, context, { filter }))[grouped]!
    return nodes[0]?.count ?? undefined
  }
  const document = parse(`query ($filter: ${type}Filter) { ${view.list}(filter: $filter, first: 1) { totalCount isTotalCountExact } }`)
  const { totalCount, isTotalCountExact } = (await ask<Record<string, { totalCount: number; isTotalCountExact: boolean }>>(schema, document, context, { filter }))[view.list]!
  return isTotalCountExact ? totalCount : undefined
}
