/* The feed of changes over a whole province: how long its start takes, what it leaves in the database, and what a look costs afterwards. */
import type { Side } from './further.ts'
import { query } from './server.ts'

const document = `query ($since: String, $first: Int!) { changes(since: $since, types: ["Initiative", "Participation", "Task", "Assignment"], first: $first) { cursor hasMore changes { id kind node {
  ... on Initiative { title } ... on Task { title dueOn } ... on Assignment { status progress dueOn } } } } }`

export interface FeedFigures {
  rows: number
  rowsASecond: number
  bytesARow: number
  /** Milliseconds of a look: where nothing happened, after a change of one row alone, and after one that may have moved others, so that all are compared. */
  idle: number
  one: number
  compared: number
}

export async function measureFeed({ heli, adminUrl, token }: Side): Promise<FeedFigures> {
  let since: string | null = null
  let rows = 0
  const look = async (): Promise<number> => {
    const began = performance.now()
    for (let hasMore = true; hasMore; ) {
      const answer = await fetch(heli.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: document, variables: { since, first: 1_000 } }) })
      const { data, errors } = (await answer.json()) as { data: { changes: { cursor: string; hasMore: boolean; changes: unknown[] } }; errors?: unknown }
      if (errors) throw new Error(JSON.stringify(errors))
      ;({ cursor: since, hasMore } = data.changes)
      rows += data.changes.changes.length
    }
    return performance.now() - began
  }
  const happen = async (table: string, type: string, field: string) => {
    const [{ id }] = (await query(adminUrl, `select id from ${table} order by id limit 1`)) as [{ id: string }]
    await query(adminUrl, `update ${table} set version = version + 1, updated_at = now() where id = '${id}'`)
    await query(adminUrl, `select heli_record('${JSON.stringify({ verb: 'bench', requestId: 'bench', changes: [{ type, id, kind: 'UPDATED', version: 2, fields: { [field]: [null, null] } }], posts: [], idempotency: null })}'::jsonb)`)
  }
  const start = await look()
  const told = rows
  const [{ bytes }] = (await query(adminUrl, `select pg_total_relation_size('feed_row') as bytes`)) as [{ bytes: string }]
  const idle = await look()
  await happen('task', 'Task', 'title')
  const one = await look()
  await happen('initiative', 'Initiative', 'visibility')
  const compared = await look()
  return { rows: told, rowsASecond: Math.round(told / (start / 1000)), bytesARow: Math.round(Number(bytes) / told), idle: Math.round(idle), one: Math.round(one), compared: Math.round(compared) }
}
