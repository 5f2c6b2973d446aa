import { sql } from 'kysely'
import { contentsOf, noting, type Notes, type WriteContext } from '../../engine/index.js'
import { foreign, readPlace, tooOld, writePlace, type Place } from './cursor.js'
import { decides, groundOf, type Ground, type Happened } from './ground.js'
import { differencesAmong, named, pass, type Difference, type Named, type Progress, type Told } from './pass.js'

export interface ChangeRow {
  sequence: string
  type: string
  id: string
  kind: 'UPSERT' | 'GONE'
  at: Date
}

export interface Answer {
  cursor: string
  hasMore: boolean
  asOf: Date
  changes: ChangeRow[]
}

interface Feed extends Told {
  startedAt: Date
  position: number
  prunedTo: number
}

/** More events than this are not looked through one by one: a pass over the rows themselves costs less. */
const manyEvents = 50_000
const batch = 1_000

/**
 * What changed for the viewer since a place, at most `first` rows.
 * @param asked  names of the types as the reader gave them; null for all, those of a later version included
 */
export const changesSince = (ctx: WriteContext, since: string | null | undefined, asked: readonly string[] | null, types: readonly string[], first: number): Promise<Answer> =>
  noting(ctx, async (notes) => {
    const { viewer, facts } = notes.reads
    const subject = viewer.personId ?? viewer.tokenId ?? ''
    const place = readPlace(since, subject, asked)
    const now = facts.clock.now()
    const feed = await openFeed(notes, subject, place, now)
    const told = await toldSince(notes, feed, types, place?.position ?? 0, first + 1)
    const again = told.slice(0, first)
    const room = first - again.length
    const news = room > 0 ? await advance(notes, feed, types, room, now) : { changes: [], isDone: false }
    const changes = [...again, ...news.changes]
    const position = Number(changes.at(-1)?.sequence ?? place?.position ?? 0)
    return { cursor: writePlace(subject, asked, { startedAt: feed.startedAt.getTime(), position }), hasMore: told.length > first || !news.isDone, asOf: now, changes }
  })

/** The subject's feed, held until the answer is made: its readers come one after another. */
async function openFeed(notes: Notes, subject: string, place: Place | undefined, now: Date): Promise<Feed> {
  const { today } = notes.reads.facts
  await notes.run(sql`delete from feed where used_at < cast(${now} as timestamptz) - interval '90 days'`)
  if (!place) {
    await notes.run(sql`insert into feed (subject, started_at, used_at, pruned_on, seed) values (${subject}, ${now}, ${now}, ${today}, hashtextextended(cast(gen_random_uuid() as text), 0)) on conflict (subject) do nothing`)
  }
  const [found] = await notes.run<{ feed: number; seed: string; started: number; position: number; pruned: number; pruned_on: string }>(sql`
    select f.number as feed, cast(f.seed as text) as seed, cast(extract(epoch from f.started_at) * 1000 as float8) as started, cast(f.position as float8) as position, cast(f.pruned_to as float8) as pruned,
      cast(f.pruned_on as text) as pruned_on from feed f where f.subject = ${subject} for update`)
  const feed = found && { feed: found.feed, seed: found.seed, startedAt: new Date(Math.round(found.started)), position: found.position, prunedTo: found.pruned }
  if (!feed || (place && (place.startedAt !== feed.startedAt.getTime() || place.position > feed.position))) throw foreign()
  if (found.pruned_on !== today) await prune(notes, feed, now)
  if (place && place.position < feed.prunedTo) throw tooOld()
  await notes.run(sql`update feed set used_at = ${now}, pruned_on = ${today}, pruned_to = ${feed.prunedTo} where number = ${feed.feed}`)
  return feed
}

/** Forgets rows that have been gone for thirty days; whoever read less than that cannot go on. */
async function prune(notes: Notes, feed: Feed, now: Date): Promise<void> {
  const [forgotten] = await notes.run<{ last: number | null }>(sql`
    with old as (delete from feed_row where feed = ${feed.feed} and content is null and at < cast(${now} as timestamptz) - interval '30 days' returning position)
    select cast(max(position) as float8) as last from old`)
  feed.prunedTo = Math.max(feed.prunedTo, forgotten?.last ?? 0)
}

/** What was told after a place, each row once, at its last place. That a row is gone is told to whom it was told before. */
const toldSince = async (notes: Notes, { feed }: Feed, types: readonly string[], position: number, limit: number): Promise<ChangeRow[]> => {
  const rows = await notes.run<Omit<ChangeRow, 'at'> & { at: number }>(sql`
    select cast(r.position as text) as sequence, r.type, r.id, case when r.content is null then 'GONE' else 'UPSERT' end as kind, cast(extract(epoch from r.at) * 1000 as float8) as at
    from feed_row r where r.feed = ${feed} and r.position > ${position} and r.type = any(cast(${types} as text[])) and (r.content is not null or r.first <= ${position})
    order by r.position limit ${limit}`)
  return rows.map((row) => ({ ...row, at: new Date(Math.round(row.at)) }))
}

/** Tells up to `room` differences between what the viewer reads now and what was told: first of rows that events name, then of all others that may be concerned. */
async function advance(notes: Notes, feed: Feed, types: readonly string[], room: number, now: Date): Promise<{ changes: ChangeRow[]; isDone: boolean }> {
  const [{ head }] = (await notes.run<{ head: number }>(sql`select cast(event_seq as float8) as head from journal_head`)) as [{ head: number }]
  const { progress, grounds } = await progressOf(notes, feed, types, head)
  const changes: ChangeRow[] = []
  const left = () => room - changes.length
  // Noted at once: the next look compares with it.
  const found = async (differences: readonly Difference[]) => void changes.push(...(await tell(notes, feed, differences, now)))
  const goOn = async () => {
    for (const each of progress) if (each.after !== null && left() > 0) await found(await pass(notes, feed, each, left()))
  }
  await goOn()
  if (left() > 0) {
    await consider(notes, progress, grounds, head)
    await found(await follow(notes, feed, progress, head, left()))
  }
  if (left() > 0) {
    for (const each of progress) if (each.isDue) Object.assign(each, { isDue: false, after: '', seen: head, judged: grounds.get(each.type)!.judged })
    await goOn()
  }
  await notes.run(sql`
    update feed_type t set seen = p.seen, after = p.after, is_due = p.is_due, judged = p.judged
    from jsonb_to_recordset(cast(${JSON.stringify(progress.map(({ isDue, ...rest }) => ({ ...rest, is_due: isDue })))} as jsonb)) as p (type text, seen bigint, after text, is_due boolean, judged text)
    where t.feed = ${feed.feed} and t.type = p.type`)
  return { changes, isDone: left() > 0 && progress.every(({ after }) => after === null) }
}

/** Where each type stands. One asked for the first time begins with a pass; one that is judged by other rules or rights than before needs another. */
async function progressOf(notes: Notes, feed: Feed, types: readonly string[], head: number): Promise<{ progress: Progress[]; grounds: Map<string, Ground> }> {
  const grounds = new Map<string, Ground>()
  for (const type of types) {
    const ground = await groundOf(notes, type, contentsOf(notes.reads.engine, notes.reads.viewer, type, feed.seed, false))
    grounds.set(type, ground)
  }
  const known = await notes.run<{ type: string; seen: number; after: string | null; isDue: boolean; judged: string }>(sql`
    select t.type, cast(t.seen as float8) as seen, t.after, t.is_due as "isDue", t.judged from feed_type t where t.feed = ${feed.feed} and t.type = any(cast(${types} as text[]))`)
  const progress = types.map((type): Progress => {
    const { judged } = grounds.get(type)!
    const before = known.find((each) => each.type === type)
    if (!before) return { type, seen: head, after: '', isDue: false, judged }
    if (before.judged === judged) return before
    return before.after === null ? { ...before, isDue: true } : { type, seen: head, after: '', isDue: false, judged }
  })
  await notes.run(sql`
    insert into feed_type (feed, type, seen, judged) select ${feed.feed}, p.type, p.seen, p.judged
    from jsonb_to_recordset(cast(${JSON.stringify(progress.filter(({ type }) => !known.some((each) => each.type === type)))} as jsonb)) as p (type text, seen bigint, judged text)`)
  return { progress, grounds }
}

/** Marks the types of which other rows than those that events name may read otherwise now. */
async function consider(notes: Notes, progress: readonly Progress[], grounds: ReadonlyMap<string, Ground>, head: number): Promise<void> {
  const seen = Math.min(...progress.map((each) => each.seen))
  if (seen >= head) return
  if (head - seen > manyEvents) for (const each of progress) each.isDue = true
  const happened = await notes.run<Happened>(sql`
    select e.type, e.kind, to_jsonb(coalesce(array_agg(distinct f.name) filter (where f.name is not null), '{}')) as fields
    from event e left join unnest(e.fields) f (name) on e.kind = 'UPDATED' where e.seq > ${seen} and e.seq <= ${head} group by 1, 2`)
  for (const each of progress) each.isDue ||= happened.some((event) => decides(grounds.get(each.type)!, event, notes.reads.engine))
}

/** Follows the journal: up to `room` rows that events name, in commit order. */
async function follow(notes: Notes, feed: Feed, progress: readonly Progress[], head: number, room: number): Promise<Difference[]> {
  const found: Difference[] = []
  const behind = () => progress.filter(({ seen }) => seen < head)
  const reach = (seen: number) => behind().forEach((each) => (each.seen = Math.max(each.seen, seen)))
  if (behind().some(({ seen }) => head - seen > manyEvents)) return found
  while (behind().length > 0) {
    const rows = await named(notes, behind(), head, batch)
    const changed = await judged(notes, feed, rows)
    for (const { id, seq } of rows) {
      const difference = changed.get(id)
      if (!difference) continue
      if (found.length >= room) return found
      found.push(difference)
      reach(seq)
    }
    reach(rows.length < batch ? head : rows.at(-1)!.seq)
  }
  return found
}

async function judged(notes: Notes, feed: Feed, rows: readonly Named[]): Promise<Map<string, Difference>> {
  const differences = await Promise.all([...new Set(rows.map(({ type }) => type))].map((type) => differencesAmong(notes, feed, type, rows.filter((row) => row.type === type).map(({ id }) => id))))
  return new Map(differences.flat().map((difference) => [difference.id, difference]))
}

/** Notes what is told, each row at the next place. */
async function tell(notes: Notes, feed: Feed, found: readonly Difference[], at: Date): Promise<ChangeRow[]> {
  if (found.length === 0) return []
  const rows = found.map(({ type, id, content }, index) => ({ type, id, content, position: feed.position + index + 1 }))
  await notes.run(sql`
    insert into feed_row (feed, type, id, content, first, position, at)
    select ${feed.feed}, p.type, p.id, p.content, p.position, p.position, ${at} from jsonb_to_recordset(cast(${JSON.stringify(rows)} as jsonb)) as p (type text, id text, content bigint, position bigint)
    on conflict (feed, type, id) do update set content = excluded.content, position = excluded.position, at = excluded.at`)
  feed.position += rows.length
  await notes.run(sql`update feed set position = ${feed.position} where number = ${feed.feed}`)
  return rows.map(({ type, id, content, position }) => ({ sequence: String(position), type, id, kind: content === null ? 'GONE' : 'UPSERT', at }))
}
