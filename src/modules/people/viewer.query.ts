import { sql, type RawBuilder } from 'kysely'
import { viewerOf, type Post, type Role, type Viewer } from '../../access/index.js'
import { inForce } from '../../engine/index.js'

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

const holds = (role: string, today: string) => sql`exists (select 1 from mandate m where m.unit_id = u.id and m.division_id = u.division_id and m.role = ${sql.lit(role)} and ${inForce('m', sql`${today}`)})`
const place = (today: string) => sql`u.id as "unitId", u.line_path as "linePath", u.division_path as "divisionPath", ${holds('OVERALL_COORDINATION', today)} as coordinates, ${holds('LEADERSHIP', today)} as leads`
const living = (today: string) => sql`u.founded_on <= ${today} and (u.ended_on is null or u.ended_on > ${today})`

/** The viewer's appointments in force, asked anew for each request: a right taken away is gone with the next one. */
export function viewerStatement(identity: Identity, today: string): RawBuilder<unknown> {
  if (identity.kind === 'person') {
    return sql`select c.person_id as "personId", null as "tokenId", a.role, ${place(today)}
      from account c
      left join appointment a on a.person_id = c.person_id and a.role is not null and ${inForce('a', sql`${today}`)}
      left join unit u on u.id = a.unit_id and ${living(today)}
      where c.issuer = ${identity.issuer} and c.subject = ${identity.subject} and c.blocked_at is null`
  }
  return sql`select null as "personId", s.id as "tokenId", s.role, ${place(today)}
    from service_token s
    left join unit u on u.id = s.unit_id and ${living(today)}
    where s.token_hash = ${identity.tokenHash} and s.revoked_at is null and s.expires_at > now()`
}

/** The viewer that the rows describe; undefined where there is no such account or token, or it is blocked. */
export function viewerFrom(rows: readonly PostRow[]): Viewer | undefined {
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
