/*
 * The honest reference: bare `node:http`, one pool, one prepared statement by hand for each query, its text sent as the answer.
 * It does not check the bearer: a header names the viewer, whose rights were read when the process started. Everything else that a viewer's
 * rights decide about rows and fields stands in the statement, with the viewer's values bound.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import pg from 'pg'
import { newId } from './ids.ts'
import { handWritten, type HandWritten } from './raw.sql.ts'

export interface Viewer {
  readonly person: string
  readonly posts: readonly { role: string; unitId: string }[]
  readonly units: readonly string[]
  /** Units in the viewer's line: its own, those below, and, in the first, those above. */
  readonly inLine: readonly string[]
  readonly below: readonly string[]
  readonly divisions: readonly string[]
  readonly coordinates: boolean
  readonly today: string
}

/** Measured to be the best for these statements: neither compiled nor planned anew for each set of values. */
const sessionOptions = '-c TimeZone=UTC -c jit=off -c plan_cache_mode=force_generic_plan'

const ids = new Set(['a', 'b', 'c', 'd', 'e'])

export async function loadViewers(pool: { query: pg.Pool["query"] }): Promise<Map<string, Viewer>> {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const { rows } = await pool.query(
    `select c.subject, c.person_id, a.role, u.id, u.line_path, u.division_path, array(select b.id from unit b where b.line_path ^@ u.line_path) as below, exists (select 1 from mandate m where m.unit_id = u.id and m.division_id = u.division_id and m.valid_from <= $1
        and (m.valid_to is null or m.valid_to > $1) and m.role = case a.role when 'COORDINATOR' then 'OVERALL_COORDINATION' when 'DIRECTOR' then 'LEADERSHIP' end) as coordinates
      from account c join appointment a on a.person_id = c.person_id and a.valid_from <= $1 and (a.valid_to is null or a.valid_to > $1) join unit u on u.id = a.unit_id where a.role is not null`,
    [today],
  )
  return new Map(
    rows.map((row) => [
      row.subject,
      {
        person: row.person_id,
        posts: [{ role: row.role, unitId: row.id }],
        units: [row.id],
        inLine: [...row.below, ...row.line_path.split('/').slice(1, -2)],
        below: row.below,
        divisions: row.coordinates ? [row.division_path] : [],
        coordinates: row.coordinates,
        today,
      },
    ]),
  )
}

/** P6 by hand: the same statements that Heli's one write path sends, in one transaction. */
async function report(pool: pg.Pool, viewer: Viewer, { input }: { input: Record<string, string> }): Promise<string> {
  const client = await pool.connect()
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values })
  try {
    // Sent without waiting for one another where nothing is learnt from waiting, as Heli does.
    void client.query('begin')
    const hash = createHash('sha256').update(JSON.stringify(input)).digest('hex')
    const { rowCount } = await run('claim', `insert into idempotency (actor, mutation, key, input_hash) values ($1, 'initiativeReport', $2, $3) on conflict do nothing`, [viewer.person, input['idempotencyKey'], hash])
    if (rowCount === 0) throw new Error('used before')
    const { rows: [target] } = await run('target',
      `select (i.lead_unit_id = any($2::text[]) or exists (select 1 from division d where d.id = i.division_id and d.path ^@ any($3::text[]))) as may from initiative i where i.id = $1 for update of i`,
      [input['initiativeId'], viewer.units, viewer.divisions])
    if (!target?.may) throw new Error('not allowed')
    const id = newId('upd')
    const fields = { initiative: input['initiativeId'], reportedOn: viewer.today, health: input['health'], text: input['text'], changes: null, author: viewer.person }
    const { rows: [made] } = await run('insert',
      `insert into initiative_update (id, initiative_id, reported_on, health, text, author_id) values ($1, $2, $3, $4, $5, $6)
       returning json_build_object('initiativeReport', json_build_object('initiativeUpdate', json_build_object('id', id, 'reportedOn', reported_on, 'health', health, 'text', text,
         'author', (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = author_id)), 'userErrors', '[]'::json))::text as data`,
      [id, fields.initiative, fields.reportedOn, fields.health, fields.text, viewer.person])
    const entry = {
      verb: 'initiativeReport', subjectId: id, requestId: randomUUID(), personId: viewer.person, tokenId: null, posts: viewer.posts,
      changes: [{ type: 'InitiativeUpdate', id, kind: 'CREATED', version: 1, fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [null, value]])) }],
      idempotency: { actor: viewer.person, name: 'initiativeReport', key: input['idempotencyKey'] },
    }
    await Promise.all([run('record', 'select heli_record($1::jsonb)', [JSON.stringify(entry)]), client.query('commit')])
    client.release()
    return made.data
  } catch (error) {
    await client.query('rollback')
    client.release()
    throw error
  }
}

async function start(): Promise<void> {
  const { DATABASE_URL, PORT, POOL_SIZE } = process.env
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_SIZE), options: sessionOptions, pipeline: true } as pg.PoolConfig)
  const viewers = await loadViewers(pool)
  const statements = new Map<string, HandWritten & { name: string }>()
  for (const [name, viewer] of viewers) {
    for (const query of ['P1', 'P2', 'P3', 'P4', 'P5']) {
      const statement = handWritten(query, viewer)!
      statements.set(`${query} ${name}`, { ...statement, name: `${query}_${viewer.coordinates}` })
    }
  }

  const answer = async (query: string, persona: string, variables: Record<string, unknown>): Promise<string> => {
    const viewer = viewers.get(persona)!
    if (query === 'P6') return report(pool, viewer, variables as never)
    const { name, text, values } = statements.get(`${query} ${persona}`)!
    const given = { ...viewer, ...variables } as Record<string, unknown>
    const { rows } = await pool.query({ name, text, values: values.map((value) => (ids.has(value) ? (given[value] ?? '') : given[value])) })
    return rows[0].data
  }

  createServer((request, response) => {
    if (request.method !== 'POST') return void response.end()
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { query, variables } = JSON.parse(Buffer.concat(parts).toString('utf8'))
      if (query === '{ __typename }') return void response.end('{}')
      answer(query, String(request.headers['x-viewer']), variables).then(
        (data) => {
          const body = Buffer.from(`{"data":${data}}`)
          response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }).end(body)
        },
        (error: Error) => response.writeHead(500).end(JSON.stringify({ errors: [{ message: error.message }] })),
      )
    })
  }).listen(Number(PORT), '127.0.0.1')
}

if (process.argv[1] === import.meta.filename) await start()
