import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { verifyAudit } from '../../src/audit.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const entries = 6

let input: Record<string, unknown>

async function write(from: number, to: number): Promise<void> {
  for (let at = from; at <= to; at++) {
    const { data } = await world.as('coordinator').run('mutation ($input: InitiativeCreateInput!) { initiativeCreate(input: $input) { userErrors { code } } }', { input: { ...input, idempotencyKey: `${at}`, code: `I-${at}`, title: `行动${at}` } })
    expect(data.initiativeCreate.userErrors).toEqual([])
  }
}

beforeEach(async () => {
  const { office, province } = await world.build.network()
  input = { mechanisms: ['FUNDING'], divisionId: province.id, visibility: 'NETWORK', leadUnitId: office.id }
  await write(1, entries)
})

/** What somebody with the whole database in hand could do: the triggers are off. */
async function tamper(...statements: string[]): Promise<void> {
  await world.backbone.database.transaction(async (run) => {
    await run({ text: 'set local session_replication_role = replica', values: [] })
    for (const text of statements) await run({ text, values: [] })
  })
}
const verdict = () => verifyAudit(world.backbone.database)

describe('the audit trail', () => {
  it('is whole as it was written', async () => expect(await verdict()).toEqual({ entries }))

  it('is read by number and not by text: the tenth comes after the ninth', async () => {
    await write(entries + 1, 12)
    expect(await verdict()).toEqual({ entries: 12 })
  })

  it('is whole while it is empty', async () => {
    await tamper('delete from audit_entry', `update journal_head set audit_seq = 0, hash = repeat('0', 64)`)
    expect(await verdict()).toEqual({ entries: 0 })
  })

  const body = `jsonb_set(body, '{verb}', '"initiativeCancel"')`
  const other = `replace(body::text, '行动', '旧事')::jsonb`
  const rehashed = `encode(sha256(convert_to(previous_hash || (${other})::text, 'UTF8')), 'hex')`
  const copy = 'id, seq, at, verb, subject_id, subject_ids, unit_ids, person_id, token_id, request_id, body, previous_hash, hash'
  const columns: Record<string, string> = { at: `at - interval '1 hour'`, verb: `'read'`, subject_id: `'init_0'`, subject_ids: `'{}'`, unit_ids: `'{unit_x}'`, person_id: 'null', token_id: `'stok_x'`, request_id: `'another'`, id: `'aud_x'` }

  it.each<[string, string, string[]]>([
    ['the body of an entry', '3', [`update audit_entry set body = ${body} where seq = 3`]],
    ['one character of a title inside', '2', [`update audit_entry set body = replace(body::text, '行动2', '行动9')::jsonb where seq = 2`]],
    ['the body and its hash', '4', [`update audit_entry set body = ${other}, hash = ${rehashed} where seq = 3`]],
    ['the body and hash of the last entry', '7', [`update audit_entry set body = ${other}, hash = ${rehashed} where seq = 6`]],
    ['a hash', '5', [`update audit_entry set hash = repeat('a', 64) where seq = 5`]],
    ['the hash before', '5', [`update audit_entry set previous_hash = repeat('a', 64) where seq = 5`]],
    ...Object.entries(columns).map(([column, to]): [string, string, string[]] => [`the column ${column}, which the body holds too`, '3', [`update audit_entry set ${column} = ${to} where seq = 3`]]),
    ['a deleted entry', '4', ['delete from audit_entry where seq = 3']],
    ['a deleted first entry', '2', ['delete from audit_entry where seq = 1']],
    ['a deleted entry whose place was closed up', '3', ['delete from audit_entry where seq = 3', 'update audit_entry set seq = seq - 1 where seq > 3', 'update journal_head set audit_seq = audit_seq - 1']],
    ['a cut tail', '5', ['delete from audit_entry where seq > 4']],
    ['a cut tail with the number of the head put back', '5', ['delete from audit_entry where seq > 4', 'update journal_head set audit_seq = 4']],
    ['everything deleted', '1', ['delete from audit_entry']],
    ['an inserted entry at the end', '7', [`insert into audit_entry (${copy}) select 'aud_new', 7, ${copy.split(', ').slice(2).join(', ')} from audit_entry where seq = 6`]],
    ['an inserted entry at the end that follows rightly', '7', [`insert into audit_entry (${copy}) select 'aud_' || lpad('7', 26, '0'), 7, at, verb, subject_id, subject_ids, unit_ids, person_id, token_id, request_id, jsonb_set(body, '{seq}', '7'), hash, encode(sha256(convert_to(hash || jsonb_set(body, '{seq}', '7')::text, 'UTF8')), 'hex') from audit_entry where seq = 6`]],
    ['two entries in each other\'s place', '2', ['update audit_entry set seq = 99 where seq = 2', 'update audit_entry set seq = 2 where seq = 3', 'update audit_entry set seq = 3 where seq = 99']],
    ['a head that is gone', '7', ['delete from journal_head']],
  ])('shows %s', async (_name, seq, statements) => {
    const head = (await world.sql('select * from journal_head'))[0] as Record<string, string>
    await tamper(...statements)
    const { fault } = await verdict()
    expect(fault).toEqual({ seq, reason: expect.any(String) })
    await tamper('delete from journal_head', `insert into journal_head (audit_seq, event_seq, hash) values (${head['audit_seq']}, ${head['event_seq']}, '${head['hash']}')`)
  })

  it.each(['update audit_entry set verb = verb', 'delete from audit_entry', 'truncate audit_entry', 'update event set kind = kind', 'delete from event', 'truncate event'])('lets nobody run "%s", not even the owner', async (statement) => {
    const before = await world.sql('select * from audit_entry order by seq')
    await expect(world.sql(statement)).rejects.toThrow(/is append-only/)
    expect(await world.sql('select * from audit_entry order by seq')).toEqual(before)
  })

  it('chains each entry to the one before by a hash that anybody can compute', async () => {
    const rows = await world.sql<{ body: string; previous_hash: string; hash: string }>('select body::text as body, previous_hash, hash from audit_entry order by seq')
    let previous = '0'.repeat(64)
    for (const row of rows) {
      expect(row.previous_hash).toBe(previous)
      previous = createHash('sha256').update(previous + row.body).digest('hex')
      expect(row.hash).toBe(previous)
    }
    expect(rows).toHaveLength(entries)
  })

  it('tells who did it, in which unit and role, on which request', async () => {
    const { person, unit } = (await world.sql<{ person: string; unit: string }>(`select p.id as person, a.unit_id as unit from person p join appointment a on a.person_id = p.id`))[0]!
    const [entry] = await world.sql<{ person_id: string; request_id: string; body: Record<string, unknown> }>('select person_id, request_id, body from audit_entry where seq = 1')
    expect(entry).toMatchObject({ person_id: person, request_id: expect.stringMatching(/^test-\d+$/), body: { verb: 'initiativeCreate', personId: person, tokenId: null, posts: [{ role: 'COORDINATOR', unitId: unit }], seq: 1 } })
  })
})
