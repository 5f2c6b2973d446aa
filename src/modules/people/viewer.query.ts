import { sql, type RawBuilder } from 'kysely'
import { viewerOf, viewerSql, type Post, type Predicate, type Standing, type Viewer } from '../../access/index.js'
import { given, inForce } from '../../engine/index.js'

interface PostRow {
  personId: string | null
  tokenId: string | null
  unitId: string | null
  linePath: string | null
  divisionPath: string | null
  /** What its role counts as today. */
  standings: Standing[] | null
}

/** A signed-in identity, before it is known who that is. */
export type Identity = { kind: 'person'; issuer: string; subject: string } | { kind: 'service'; tokenHash: string }

const { today } = viewerSql
const holds = (role: string) => sql`exists (select 1 from mandate m where m.unit_id = u.id and m.division_id = u.division_id and m.role = ${sql.lit(role)} and ${inForce('m', today)})`
const place = (role: Predicate) => sql`u.id as "unitId", u.line_path as "linePath", u.division_path as "divisionPath", case
  when ${role} = 'COORDINATOR' and not ${holds('OVERALL_COORDINATION')} then array['COORDINATOR_WITHOUT_MANDATE']
  when ${role} = 'DIRECTOR' and ${holds('LEADERSHIP')} then array['DIRECTOR', 'LEADERSHIP_DIRECTOR'] else array[${role}] end as standings`
const living = sql`u.founded_on <= ${today} and (u.ended_on is null or u.ended_on > ${today})`

/** Names under which the statement takes its values: none that a variable of an operation can have. */
const slot = (name: string) => given(`~${name}`)
export const viewerValues = (identity: Identity): Record<string, unknown> => Object.fromEntries(Object.entries(identity).map(([name, value]) => [`~${name}`, value]))

/** The viewer's appointments in force, asked anew for each request: a right taken away is gone with the next one. */
function posts(kind: Identity['kind']): RawBuilder<unknown> {
  if (kind === 'service') return postsOfToken(sql`s.token_hash = ${slot('tokenHash')}`)
  return sql`select c.person_id as "personId", null as "tokenId", ${place(sql`a.role`)}
    from account c
    left join appointment a on a.person_id = c.person_id and a.role is not null and ${inForce('a', today)}
    left join unit u on u.id = a.unit_id and ${living}
    where c.issuer = ${slot('issuer')} and c.subject = ${slot('subject')} and c.blocked_at is null`
}

/** The same of a service token `s` that still holds: one row, without a unit where that has ended. */
export const postsOfToken = (which: Predicate): RawBuilder<unknown> => sql`select null as "personId", s.id as "tokenId", ${place(sql`s.role`)}
    from service_token s
    left join unit u on u.id = s.unit_id and ${living}
    where ${which} and s.revoked_at is null and s.expires_at > now()`

// In a fixed order, so that the same is told in the same words.
const told = (kind: Identity['kind']) => sql`(select cast(json_agg(p order by p."unitId", p.standings) as text) from (${posts(kind)}) p)`

/** What decides who asks, as one text; null where there is nobody. */
export const viewerTold: Readonly<Record<Identity['kind'], RawBuilder<unknown>>> = { person: told('person'), service: told('service') }

/** The viewer that the rows describe; undefined where there is no such account or token, or it is blocked. */
export function viewerFrom(told: string | null): Viewer | undefined {
  const rows = JSON.parse(told ?? '[]') as PostRow[]
  const [first] = rows
  if (!first) return undefined
  const posts = rows.flatMap(({ unitId, linePath, divisionPath, standings }) => (unitId ? standings!.map((role): Post => ({ role, unitId, linePath: linePath!, divisionPath: divisionPath! })) : []))
  return viewerOf(first.personId ? 'person' : 'service', { ...(first.personId ? { personId: first.personId } : {}), ...(first.tokenId ? { tokenId: first.tokenId } : {}) }, posts)
}
