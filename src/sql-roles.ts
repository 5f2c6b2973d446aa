/*
 * Logins for tools that speak only SQL: each is a role of the database in the name of a service token, and may read the flat views of the schema `bi` and nothing else.
 * What a view shows it is asked of the token at each statement: revoked or expired, there are no rows; its unit moved, other rows.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Database, Run } from './database.js'
import { catalogue, sqlViews, withoutSqlViews } from './reporting/views/index.js'
import type { Heli } from './schema.js'
import { noteOfTokens } from './service-tokens.js'

export const dropSqlViews = async (run: Run): Promise<void> => {
  for (const text of withoutSqlViews) await run({ text, values: [] })
}

/** Writes the views, where anybody signs in for them. */
export async function writeSqlViews(run: Run, { engine, schema }: Heli): Promise<void> {
  const roles = await run<{ name: string }>({ text: 'select s.name from sql_role s join pg_roles r on r.rolname = s.name order by 1', values: [] })
  if (roles.length === 0) return
  for (const text of sqlViews(engine, schema, [...catalogue.values()], roles.map(({ name }) => name))) await run({ text, values: [] })
}

export interface NewSqlRole {
  role: string
  /** Shown once; the database keeps what it is checked by. */
  password: string
  token: string
}

const form = /^[a-z][a-z0-9_]{2,62}$/

/** Makes a login in the name of a live service token, by its name or id; audited. */
export async function createSqlRole(database: Database, heli: Heli, tokenNameOrId: string, role: string): Promise<NewSqlRole> {
  if (database.kind !== 'postgresql') throw new Error('Logins for SQL need PostgreSQL: the embedded database takes no connections. Set DATABASE_URL.')
  if (!form.test(role)) throw new Error(`A role is named in small letters, digits and _, 3 to 63 of them; "${role}" is not.`)
  const password = randomBytes(24).toString('base64url')
  return database.transaction(async (run) => {
    const execute = (text: string) => run({ text, values: [] })
    const tokens = await run<{ id: string; name: string; expires: string }>({
      text: `select id, name, to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS"+00"') as expires from service_token where (id = $1 or name = $1) and revoked_at is null and expires_at > now()`,
      values: [tokenNameOrId],
    })
    const [token] = tokens
    if (!token) throw new Error(`No live service token has the name or id "${tokenNameOrId}". Make one: heli token issue.`)
    if (tokens.length > 1) throw new Error(`${tokens.length} live service tokens are named "${tokenNameOrId}". Give the id of one: heli token list.`)
    const known = await run({ text: 'select 1 from pg_roles where rolname = $1', values: [role] })
    if (known.length > 0) throw new Error(`The database server has a role ${role} already. Choose another name with --name.`)
    await execute(`create role "${role}" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 5 password '${verifierOf(password)}' valid until '${token.expires}'`)
    await execute(`alter role "${role}" set search_path = bi`)
    await execute(`alter role "${role}" set default_transaction_read_only = on`)
    await execute(`alter role "${role}" set statement_timeout = '60s'`)
    const [{ name: base }] = (await run<{ name: string }>({ text: 'select current_database() as name', values: [] })) as [{ name: string }]
    // What every role may do unless it is taken away from all: make temporary tables, name what stands in `public`.
    await execute(`revoke temporary, create on database "${base.replaceAll('"', '""')}" from public`)
    await execute('revoke all on schema public from public')
    await run({ text: 'insert into sql_role (name, token_id) values ($1, $2)', values: [role, token.id] })
    await writeSqlViews(run, heli)
    await noteOfTokens(run, 'sqlRoleCreate', token.id, 'UPDATED', ['sqlRole'])
    return { role, password, token: token.name }
  })
}

/** Takes a login away with all that it may; audited. */
export async function dropSqlRole(database: Database, heli: Heli, role: string): Promise<void> {
  await database.transaction(async (run) => {
    const [kept] = await run<{ tokenId: string }>({ text: 'delete from sql_role where name = $1 returning token_id as "tokenId"', values: [role] })
    if (!kept) throw new Error(`There is no login ${role}: heli sql-role list.`)
    // Its rights go with the views; the others' are given anew.
    await dropSqlViews(run)
    await run({ text: `drop role "${role}"`, values: [] })
    await writeSqlViews(run, heli)
    await noteOfTokens(run, 'sqlRoleDrop', kept.tokenId, 'UPDATED', ['sqlRole'])
  })
}

export interface KeptSqlRole {
  role: string
  token: string
  may: string
  unit: string
  isLive: boolean
}

export const listSqlRoles = (database: Database): Promise<KeptSqlRole[]> =>
  database.transaction((run) =>
    run<KeptSqlRole>({
      text: `select r.name as role, t.name as token, t.role as may, u.code as unit, t.revoked_at is null and t.expires_at > now() as "isLive" from sql_role r join service_token t on t.id = r.token_id join unit u on u.id = t.unit_id order by r.created_at`,
      values: [],
    }),
  )

/** What PostgreSQL keeps of a password (RFC 5803), made here so that the password is in no log of the server. */
function verifierOf(password: string): string {
  const salt = randomBytes(16)
  const rounds = 4_096
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (what: string) => createHmac('sha256', salted).update(what).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
