import { sql } from 'kysely'
import { contentsOf, type Notes } from '../../engine/index.js'

/** How far a reader's rows of one type were looked at. */
export interface Progress {
  type: string
  /** Number of the last event that was considered. */
  seen: number
  /** The id at which a pass over all rows stopped; null outside one. */
  after: string | null
  /** Something happened that may have moved rows in or out, or changed what is hidden of them. */
  isDue: boolean
  judged: string
}

/** A row that reads otherwise than it was told; `content` is null where it is there no more. */
export interface Difference {
  type: string
  id: string
  content: string | null
}

export interface Told {
  feed: number
  seed: string
}

/**
 * Rows of a table that are looked at in one statement: as many as are wanted where all are news, one by one; and many where few are, for then what
 * rules ask of other tables is gathered once for all of them.
 */
const largestWindow = 50_000
/** So many are still asked about one by one. */
const fewRows = 2_000

const stateOf = (notes: Notes, { seed }: Told, type: string, isPaged: boolean) => contentsOf(notes.reads.engine, notes.reads.viewer, type, seed, isPaged)

/** Of these rows, those that read otherwise than they were told. */
export function differencesAmong(notes: Notes, told: Told, type: string, ids: readonly string[]): Promise<Difference[]> {
  const { from, id, where, content } = stateOf(notes, told, type, true)
  const own = sql`${id} = any(cast(${ids} as text[]))`
  return notes.run<Difference>(sql`
    select ${type}::text as type, i.id, cast(v.content as text) as content
    from unnest(cast(${ids} as text[])) i (id)
    left join (select ${id} as id, ${content} as content from ${from} where ${own} and ${where}) v on v.id = i.id
    left join feed_row r on r.feed = ${told.feed} and r.type = ${type} and r.id = i.id
    where v.content is distinct from r.content`)
}

/**
 * Goes on with a pass over all rows of a type, in the order of their ids: what the viewer reads now against what was told. Stops at `limit` differences, or at the moment `until`
 * (`performance.now()`), and moves `progress.after` along; null at the end. Each statement looks at a bounded part of the table, however few of its rows are visible.
 */
export async function pass(notes: Notes, told: Told, progress: Progress, limit: number, until: number): Promise<Difference[]> {
  const { type } = progress
  const found: Difference[] = []
  for (let window = Math.min(limit, fewRows); progress.after !== null && found.length < limit && performance.now() < until; window = largestWindow) {
    const { after } = progress
    const { from, id, where, content } = stateOf(notes, told, type, window <= fewRows)
    const [edge] = await notes.run<{ id: string | null }>(sql`select max(w.id) as id from (select ${id} as id from ${from} where ${id} > ${after} order by ${id} limit ${sql.lit(window)}) w having count(*) = ${sql.lit(window)}`)
    const last = edge?.id ?? null
    // Written in, so that the planner knows how many rows lie between.
    const within = (column: typeof id) => (last === null ? sql`${column} > ${sql.lit(after)}` : sql`${column} > ${sql.lit(after)} and ${column} <= ${sql.lit(last)}`)
    const rows = await notes.run<Difference>(sql`
      select ${type}::text as type, coalesce(v.id, r.id) as id, cast(v.content as text) as content
      from (select ${id} as id, ${content} as content from ${from} where ${within(id)} and ${where}) v
      full join (select t.id, t.content from feed_row t where t.feed = ${told.feed} and t.type = ${type} and ${within(sql`t.id`)}) r on r.id = v.id
      where v.content is distinct from r.content
      order by 2 limit ${limit - found.length}`)
    found.push(...rows)
    progress.after = found.length >= limit ? found.at(-1)!.id : last
  }
  return found
}

export interface Named {
  type: string
  id: string
  seq: number
}

/** The rows that events name, each at its last one: in commit order, which is the order of their numbers. */
export const named = (notes: Notes, types: readonly Progress[], head: number, limit: number): Promise<Named[]> =>
  notes.run<Named>(sql`
    select e.type, e.subject_id as id, cast(max(e.seq) as float8) as seq
    from event e join unnest(cast(${types.map(({ type }) => type)} as text[]), cast(${types.map(({ seen }) => seen)} as bigint[])) w (type, seen) on w.type = e.type and e.seq > w.seen
    where e.seq > ${Math.min(...types.map(({ seen }) => seen))} and e.seq <= ${head}
    group by 1, 2 order by 3 limit ${limit}`)
