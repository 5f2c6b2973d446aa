import { Role } from './access/index.js'
import type { Database, Run } from './database.js'
import { newId, prefixOfClass } from './kernel/index.js'
import { ServiceToken } from './modules/people/index.js'

export interface NewServiceToken {
  name: string
  role: Role
  unitCode: string
  tokenHash: string
  expiresAt: Date
}

/** Keeps a service token's hash, role, unit and expiry; audited. Throws a readable error for a role or unit that does not exist. */
export async function issueServiceToken(database: Database, token: NewServiceToken): Promise<string> {
  if (!(token.role in Role)) throw new Error(`There is no role ${token.role}. Choose one of ${Object.keys(Role).join(', ')}.`)
  return database.transaction(async (run) => {
    const [unit] = await run<{ id: string }>({ text: 'select id from unit where code = $1', values: [token.unitCode] })
    if (!unit) throw new Error(`There is no unit with the code ${token.unitCode}.`)
    const id = newId(prefixOfClass(ServiceToken))
    await run({
      text: 'insert into service_token (id, name, role, unit_id, token_hash, expires_at) values ($1, $2, $3, $4, $5, $6)',
      values: [id, token.name, token.role, unit.id, token.tokenHash, token.expiresAt.toISOString()],
    })
    await noteOfTokens(run, 'serviceTokenIssue', id, 'CREATED', ['name', 'role', 'unit', 'expiresAt'])
    return id
  })
}

/** Revokes every live token of that name or id; the next request with it is refused. Returns how many. */
export async function revokeServiceToken(database: Database, nameOrId: string): Promise<number> {
  return database.transaction(async (run) => {
    const revoked = await run<{ id: string }>({
      text: 'update service_token set revoked_at = now(), version = version + 1, updated_at = now() where (id = $1 or name = $1) and revoked_at is null returning id',
      values: [nameOrId],
    })
    for (const { id } of revoked) await noteOfTokens(run, 'serviceTokenRevoke', id, 'UPDATED', ['revokedAt'])
    return revoked.length
  })
}

export interface KeptServiceToken {
  id: string
  name: string
  role: Role
  unit: string
  expires_at: string
  revoked_at: string | null
}

export const listServiceTokens = (database: Database): Promise<KeptServiceToken[]> =>
  database.transaction((run) => run<KeptServiceToken>({ text: 'select t.id, t.name, t.role, u.code as unit, t.expires_at, t.revoked_at from service_token t join unit u on u.id = t.unit_id order by t.created_at', values: [] }))

/** An act on a token from the command line, in the audit trail. */
export async function noteOfTokens(run: Run, verb: string, id: string, kind: string, fields: string[]): Promise<void> {
  const change = { type: 'ServiceToken', id, kind, version: null, fields: Object.fromEntries(fields.map((field) => [field, [null, null]])) }
  const entry = { verb, subjectId: id, requestId: 'cli', personId: null, tokenId: null, posts: [], changes: [change], idempotency: null }
  await run({ text: 'select heli_record($1::jsonb)', values: [JSON.stringify(entry)] })
}
