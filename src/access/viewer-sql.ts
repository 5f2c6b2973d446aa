import { sql, type RawBuilder } from 'kysely'
import { unitsWith, type Standing, type Viewer } from './viewer.js'

/** A value of the viewer that is bound when the statement runs, so that one statement serves every viewer of a kind. */
export class Slot {
  constructor(
    readonly key: string,
    readonly type: 'text' | 'text[]' | 'date' | 'boolean',
    readonly read: (viewer: Viewer, today: string) => unknown,
  ) {}
}

const slots = new Map<string, Slot>()
const slot = (key: string, type: Slot['type'], read: Slot['read']): RawBuilder<unknown> => {
  let found = slots.get(key)
  if (!found) slots.set(key, (found = new Slot(key, type, read)))
  return sql`cast(${found} as ${sql.raw(type)})`
}
const distinct = (values: string[]) => [...new Set(values)]
const placeOf = (viewer: Viewer, roles: readonly Standing[], what: 'linePath' | 'divisionPath') =>
  distinct(viewer.posts.filter((post) => roles.includes(post.role)).map((post) => post[what]))
const named = (what: string, roles: readonly Standing[]) => `${what}:${[...roles].sort().join('+')}`

/** The viewer's own values as SQL. */
export const viewerSql = {
  person: slot('person', 'text', (viewer) => viewer.personId),
  /** The service token, where a tool asks. */
  token: slot('token', 'text', (viewer) => viewer.tokenId),
  today: slot('today', 'date', (_viewer, today) => today),
  /** Whether the viewer holds one of the roles, wherever. */
  holds: (roles: readonly Standing[]) => slot(named('holds', roles), 'boolean', (viewer) => roles.some((role) => viewer.roles.has(role))),
  /** Ids of the units in which the viewer holds one of the roles. */
  units: (roles: readonly Standing[]) => slot(named('units', roles), 'text[]', (viewer) => unitsWith(viewer, roles)),
  /** Line paths of those units. */
  lines: (roles: readonly Standing[]) => slot(named('lines', roles), 'text[]', (viewer) => placeOf(viewer, roles, 'linePath')),
  /** Ids of the units above those units in their line. */
  above: (roles: readonly Standing[]) =>
    slot(named('above', roles), 'text[]', (viewer) => distinct(placeOf(viewer, roles, 'linePath').flatMap((path) => path.split('/').slice(1, -2)))),
  /** Paths of the divisions of those units. */
  divisions: (roles: readonly Standing[]) => slot(named('divisions', roles), 'text[]', (viewer) => placeOf(viewer, roles, 'divisionPath')),
}
