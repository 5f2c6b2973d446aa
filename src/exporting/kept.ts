import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Database } from '../database.js'
import type { Row } from '../formats/index.js'
import type { ExportFailure, ExportState, ExportFormat } from '../reporting/exports/index.js'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** An export as its writer knows it. */
export interface KeptExport {
  id: string
  view: string
  format: ExportFormat
  filter: string | null
  state: ExportState
  rowsDone: number
  rowsTotal: number | null
  asOf: string | null
  personId: string | null
  tokenId: string | null
  standing: string
  endCursor: string
  attempts: number
}

const columns = `id, view, format, filter, state, rows_done as "rowsDone", rows_total as "rowsTotal", as_of as "asOf", person_id as "personId", token_id as "tokenId", standing, end_cursor as "endCursor", attempts`
/** So long may a writer be silent; then another takes the export over. */
export const leaseSeconds = 60
const held = `now() + interval '${leaseSeconds} seconds'`

/** The export is no longer this writer's: it was cancelled, or another one has taken it over. */
export class LetGo extends Error {}

type Store = Pick<Database, 'transaction'>

/** Takes the next export that waits or that its writer fell silent over. Of several processes each gets another one. */
export async function takeNext(database: Store): Promise<KeptExport | undefined> {
  const [taken] = await database.transaction((run) =>
    run<KeptExport>({
      text: `update export_job set state = 'RUNNING', attempts = attempts + 1, held_until = ${held}, as_of = coalesce(as_of, now()), updated_at = now()
        where id = (select id from export_job where state = 'QUEUED' or (state = 'RUNNING' and held_until < now()) order by id limit 1 for update skip locked) returning ${columns}`,
      values: [],
    }),
  )
  return taken
}

/** Changes an export as its writer, as long as it still is: each take-over counts up `attempts`. */
async function write(database: Store, { id, attempts }: KeptExport, change: string, values: readonly unknown[], before?: { text: string; values: readonly unknown[] }): Promise<void> {
  await database.transaction(async (run) => {
    if (before) await run(before)
    const rows = await run({ text: `update export_job set ${change}, updated_at = now() where id = $1 and attempts = $2 and state = 'RUNNING' returning id`, values: [id, attempts, ...values] })
    // Thrown inside, so that what stands before it is undone.
    if (rows.length === 0) throw new LetGo()
  })
}

/** Keeps a page and how far the export has come, or neither. */
export async function keepPage(database: Store, job: KeptExport, names: readonly string[], rows: readonly Row[], progress: { rows: number; endCursor: string }): Promise<void> {
  if (rows.length === 0) return
  const bytes = await pack(JSON.stringify({ names, rows }), { level: 1 })
  // Named by the row that it ends with, so that no page can stand twice.
  await write(database, job, `rows_done = $3, end_cursor = $4, held_until = ${held}`, [progress.rows, progress.endCursor], {
    text: 'insert into export_chunk (export_job_id, number, rows, bytes) values ($1, $2, $3, $4)',
    values: [job.id, progress.rows, rows.length, bytes],
  })
}

export const hold = (database: Store, job: KeptExport): Promise<void> => write(database, job, `held_until = ${held}`, [])
export const noteTotal = (database: Store, job: KeptExport, total: number): Promise<void> => write(database, job, 'rows_total = $3', [total])
/** Another process may go on at once, or after so many seconds. */
export const release = (database: Store, job: KeptExport, seconds = 0): Promise<void> => write(database, job, `held_until = now() + $3 * interval '1 second'`, [seconds])

export const finish = (database: Store, job: KeptExport, sha256: string, keptDays: number): Promise<void> =>
  write(database, job, `state = 'DONE', version = version + 1, rows_total = rows_done, sha256 = $3, finished_at = now(), expires_at = now() + $4 * interval '1 day', held_until = null`, [sha256, keptDays])

export const fail = (database: Store, job: KeptExport, failure: ExportFailure): Promise<void> =>
  write(database, job, `state = 'FAILED', version = version + 1, failure = $3, finished_at = now(), held_until = null`, [failure], { text: 'delete from export_chunk where export_job_id = $1', values: [job.id] })

/** Removes the files whose time is over. */
export async function expire(database: Store): Promise<void> {
  await database.transaction(async (run) => {
    const over = await run<{ id: string }>({ text: `update export_job set state = 'EXPIRED', version = version + 1, updated_at = now() where state = 'DONE' and expires_at <= now() returning id`, values: [] })
    if (over.length > 0) await run({ text: 'delete from export_chunk where export_job_id = any($1)', values: [over.map(({ id }) => id)] })
  })
}

export async function exportOf(database: Store, id: string): Promise<KeptExport | undefined> {
  const [found] = await database.transaction((run) => run<KeptExport>({ text: `select ${columns} from export_job where id = $1`, values: [id] }))
  return found
}

/** The rows of an export, a kept page at a time; not all of them is a failure. `onPage` is called before each. */
export async function* keptPages(database: Store, id: string, names: readonly string[], total: number, onPage: (rows: number) => Promise<void>): AsyncGenerator<readonly Row[], void, undefined> {
  for (let after = 0; ; ) {
    const [chunk] = await database.transaction((run) => run<{ number: number; rows: number; hex: string }>({ text: `select number, rows, encode(bytes, 'hex') as hex from export_chunk where export_job_id = $1 and number > $2 order by number limit 1`, values: [id, after] }))
    if (!chunk) {
      if (after !== total) throw new LetGo()
      return
    }
    const kept = JSON.parse((await unpack(Buffer.from(chunk.hex, 'hex'))).toString()) as { names: string[]; rows: Row[] }
    await onPage(chunk.rows)
    // Written by a build whose view had its columns in another order, or fewer.
    const places = names.map((name) => kept.names.indexOf(name))
    yield places.every((place, at) => place === at) ? kept.rows : kept.rows.map((row) => places.map((place) => row[place] ?? null))
    after = chunk.number
  }
}
