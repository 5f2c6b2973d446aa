import { sql } from 'kysely'
import { fold, toSql, visible, type Guard, type Predicate, type Viewer } from '../access/index.js'
import { Aliases, type Row } from './model.js'
import type { Engine } from './read.js'
import { both } from './planning.js'

/** A type's rows as one viewer reads them, as parts of a statement. */
export interface Contents {
  from: Predicate
  id: Predicate
  /** Which rows exist for the viewer. */
  where: Predicate
  /** All that decides about rows and what of them is hidden, apart from their own values. */
  rules: Predicate
  /** A number for all that the viewer reads of the row itself: its attributes, its references, and which of its fields are hidden. The same for the same content, also of what is hidden. */
  content: Predicate
}

/** @param seed  of the digest, 64 bits as text; @param isPaged  whether single rows are asked about, and not all of them */
export function contentsOf({ model, policy }: Pick<Engine, 'model' | 'policy'>, viewer: Viewer, typeName: string, seed: string, isPaged: boolean): Contents {
  const bare = model.row(model.type(typeName), new Aliases())
  const row = isPaged ? bare.paged() : bare
  const scope = policy.scope(viewer, typeName)
  const { columns, links } = row.of
  const where = both([scope.kind === 'open' ? undefined : toSql(scope, row)])
  const rules = [where]
  const decided = (guard: Guard): Predicate => {
    const rule = toSql(guard, row)
    rules.push(rule)
    return rule
  }
  const parts = [...(policy.rows.get(typeName)?.keys() ?? [])].flatMap((field): Predicate[] => {
    const guard = policy.door(viewer, typeName, field, 'read')
    const value = columns.has(field) ? row.column(field) : links.has(field) ? shownLink(row, field, policy, viewer, decided) : undefined
    if (guard.kind === 'never' || (guard.kind === 'open' && !value)) return []
    if (guard.kind === 'open') return [value!]
    // A value that another table keeps is a change of its own row's version; whether it is hidden is said by nothing else.
    return [value ? sql`case when ${decided(guard)} then cast(${value} as text) else '~' end` : sql`coalesce(${decided(guard)}, false)`]
  })
  const content = sql`hashtextextended(cast(row(${sql.join(parts)}) as text), cast(${seed} as bigint))`
  return { from: row.from, id: row.column('id'), where, rules: sql.join(rules, sql` `), content }
}

/** The id that a reference shows: none where its object does not exist for the viewer. */
function shownLink(row: Row, field: string, policy: Engine['policy'], viewer: Viewer, decided: (guard: Guard) => Predicate): Predicate {
  const { to } = row.of.links.get(field)!
  const id = row.column(`${field}Id`)
  if (policy.scopes.get(row.type)?.comesWith === field) return id
  const guard: Guard = fold(visible(to, `${field}Id`), viewer, (type) => policy.scope(viewer, type))
  if (guard.kind === 'never') return sql`null`
  return guard.kind === 'visible' && guard.rows?.kind === 'open' ? id : sql`case when ${decided(guard)} then ${id} end`
}
