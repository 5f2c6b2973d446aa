import { createHash } from 'node:crypto'
import type { Database } from './database.js'

export interface AuditVerdict {
  entries: number
  fault?: { seq: string; reason: string }
}

interface Entry {
  seq: string
  body: string
  previous_hash: string
  hash: string
  agrees: boolean
}

// Readers and their rights go by the columns; only the body is hashed. So each column must still say what the body says.
const agrees = `id = 'aud_' || lpad(seq::text, 26, '0')
  and to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') is not distinct from body->>'at'
  and verb is not distinct from body->>'verb' and subject_id is not distinct from body->>'subjectId' and request_id is not distinct from body->>'requestId'
  and person_id is not distinct from body->>'personId' and token_id is not distinct from body->>'tokenId'
  and array(select unnest(unit_ids) order by 1) = array(select distinct p->>'unitId' from jsonb_array_elements(body->'posts') p order by 1)
  and array(select unnest(subject_ids) order by 1) = case when verb like 'import.%' then '{}' else array(
    select c->>'id' from jsonb_array_elements(body->'changes') c union select jsonb_array_elements_text(r->'ids') from jsonb_array_elements(coalesce(body->'reads', '[]')) r order by 1) end`

const batch = 5_000

/** Walks the hash chain from the first entry to the head. Edited, deleted, inserted or reordered entries and a cut tail all break it. */
export async function verifyAudit(database: Pick<Database, 'transaction'>): Promise<AuditVerdict> {
  return database.transaction(async (run) => {
    let previous = '0'.repeat(64)
    let last = 0n
    for (;;) {
      const rows = await run<Entry>({ text: `select seq::text, body::text as body, previous_hash, hash, ${agrees} as agrees from audit_entry e where e.seq > $1 order by e.seq limit ${batch}`, values: [last.toString()] })
      for (const row of rows) {
        const fault = faultOf(row, last + 1n, previous)
        if (fault) return { entries: Number(last), fault: { seq: row.seq, reason: fault } }
        previous = row.hash
        last = BigInt(row.seq)
      }
      if (rows.length < batch) break
    }
    const [head] = await run<{ audit_seq: string; hash: string }>({ text: 'select audit_seq::text, hash from journal_head', values: [] })
    if (!head || BigInt(head.audit_seq) !== last || head.hash !== previous) return { entries: Number(last), fault: { seq: ((head && BigInt(head.audit_seq) < last ? BigInt(head.audit_seq) : last) + 1n).toString(), reason: `the head names entry ${head?.audit_seq ?? '?'}, but the trail ends at ${last}` } }
    return { entries: Number(last) }
  })
}

function faultOf(row: Entry, expected: bigint, previous: string): string | undefined {
  if (BigInt(row.seq) !== expected) return `entry ${expected} is missing`
  if (row.previous_hash !== previous) return 'it does not follow the entry before it'
  const body = JSON.parse(row.body) as { seq: number }
  if (BigInt(body.seq) !== expected) return 'its body belongs to another entry'
  if (createHash('sha256').update(previous + row.body).digest('hex') !== row.hash) return 'its body was changed'
  if (!row.agrees) return 'its columns say something else than its body'
  return undefined
}
