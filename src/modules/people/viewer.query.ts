import { sql, type RawBuilder } from 'kysely'
import { viewerOf, viewerSql, type Post, type Role, type Viewer } from '../../access/index.js'
import { given, inForce } from '../../engine/index.js'

interface PostRow {
  personId: string | null
  tokenId: string | null
  role: Role | null
  unitId: string | null
  linePath: string | null
  divisionPath: string | null
  coordinates: boolean | null
  leads: boolean | null
}

/** A signed-in identity, before it is known who that is. */
export type Identity = { kind: 'person'; issuer: string; subject: string } | { kind: 'service'; tokenHash: string }

const { today } = viewerSql
const holds = (role: string) => sql`exists (select 1 from mandate m where m.unit_id = u.id and m.division_id = u.division_id and m.role = ${sql.lit(role)} and ${inForce('m', today)})`
const place = sql`u.id as "unitId", u.line_path as "linePath", u.division_path as "divisionPath", ${holds('OVERALL_COORDINATION')} as coordinates, ${holds('LEADERSHIP')} as leads`
const living = sql`u.founded_on <= ${today} and (u.ended_on is null or u.ended_on > ${today})`

/** Names under which the statement takes its values: none that a variable of an operation can have. */
const slot = (name: string) => given(`~${name}`)
export const viewerValues = (identity: Identity): Record<string, unknown> => Object.fromEntries(Object.entries(identity).map(([name, value]) => [`~${name}`, value]))

/** The viewer's appointments in force, asked anew for each request: a right taken away is gone with the next one. */
function posts(kind: Identity['kind']): RawBuilder<unknown> {
  if (kind === 'person') {
    return sql`select c.person_id as "personId", null as "tokenId", a.role, ${place}
      from account c
      left join appointment a on a.person_id = c.person_id and a.role is not null and ${inForce('a', today)}
      left join unit u on u.id = a.unit_id and ${living}
      where c.issuer = ${slot('issuer')} and c.subject = ${slot('subject')} and c.blocked_at is null`
  }
  return sql`select null as "personId", s.id as "tokenId", s.role, ${place}
    from service_token s
    left join unit u on u.id = s.unit_id and ${living}
    where s.token_hash = ${slot('tokenHash')} and s.revoked_at is null and s.expires_at > now()`
}

// In a fixed order, so that the same is told in the same words.
const told = (kind: Identity['kind']) => sql`(select cast(json_agg(p order by p."unitId", p.role) as text) from (${posts(kind)}) p)`

/** What decides who asks, as one text; null where there is nobody. */
export const viewerTold: Readonly<Record<Identity['kind'], RawBuilder<unknown>>> = { person: told('person'), service: told('service') }

/** The viewer that the rows describe; undefined where there is no such account or token, or it is blocked. */
export function viewerFrom(told: string | null): Viewer | undefined {
  const rows = JSON.parse(told ?? '[]') as PostRow[]
  const [first] = rows
  if (!first) return undefined
  const posts = rows.flatMap((row): Post[] => {
    if (!row.role || !row.unitId) return []
    const at = { unitId: row.unitId, linePath: row.linePath!, divisionPath: row.divisionPath! }
    if (row.role === 'COORDINATOR') return [{ ...at, role: row.coordinates ? 'COORDINATOR' : 'COORDINATOR_WITHOUT_MANDATE' }]
    if (row.role === 'DIRECTOR' && row.leads) return [{ ...at, role: 'DIRECTOR' }, { ...at, role: 'LEADERSHIP_DIRECTOR' }]
    return [{ ...at, role: row.role }]
  })
  return viewerOf(first.personId ? 'person' : 'service', { ...(first.personId ? { personId: first.personId } : {}), ...(first.tokenId ? { tokenId: first.tokenId } : {}) }, posts)
}
