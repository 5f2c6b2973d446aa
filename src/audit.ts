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
}

const batch = 5_000

/** Walks the hash chain from the first entry to the head. Edited, deleted, inserted or reordered entries and a cut tail all break it. */
export async function verifyAudit(database: Pick<Database, 'transaction'>): Promise<AuditVerdict> {
  return database.transaction(async (run) => {
    let previous = '0'.repeat(64)
    let last = 0n
    for (;;) {
      const rows = await run<Entry>({ text: `select seq::text, body::text as body, previous_hash, hash from audit_entry where seq > $1 order by seq limit ${batch}`, values: [last.toString()] })
      for (const row of rows) {
        const fault = faultOf(row, last + 1n, previous)
        if (fault) return { entries: Number(last), fault: { seq: row.seq, reason: fault } }
        previous = row.hash
        last = BigInt(row.seq)
      }
      if (rows.length < batch) break
    }
    const [head] = await run<{ audit_seq: string; hash: string }>({ text: 'select audit_seq::text, hash from journal_head', values: [] })
    if (!head || BigInt(head.audit_seq) !== last || head.hash !== previous) return { entries: Number(last), fault: { seq: (last + 1n).toString(), reason: `the head names entry ${head?.audit_seq ?? '?'}, but the trail ends at ${last}` } }
    return { entries: Number(last) }
  })
}

function faultOf(row: Entry, expected: bigint, previous: string): string | undefined {
  if (BigInt(row.seq) !== expected) return `entry ${expected} is missing`
  if (row.previous_hash !== previous) return 'it does not follow the entry before it'
  const body = JSON.parse(row.body) as { seq: number }
  if (BigInt(body.seq) !== expected) return 'its body belongs to another entry'
  if (createHash('sha256').update(previous + row.body).digest('hex') !== row.hash) return 'its body was changed'
  return undefined
}
