import { sql } from 'kysely'
import { toSql, type Predicate } from '../access/index.js'
import { compareSql, partsOf } from './filter.js'
import type { Row } from './model.js'
import { both, type Planning } from './planning.js'

type Given = Record<string, unknown>
type Join = (conditions: Predicate[], isAnd: boolean) => Predicate

/**
 * A filter over a row. Each comparison passes its field's filter door; a negation moves to the leaves, so a hidden value matches neither way.
 * `oneByOne`: rows are taken in their order and asked in turn, so that no other type's rows lead to them: written as tests that are no joins.
 */
export function filterSql(planning: Planning, row: Row, value: Given, filter: Function, negated: boolean, oneByOne = false): Predicate {
  const joined: Join = (conditions, isAnd) =>
    conditions.length === 0 ? sql.raw(isAnd !== negated ? 'true' : 'false') : sql`(${sql.join(conditions, isAnd !== negated ? sql` and ` : sql` or `)})`
  const conditions: Predicate[] = []
  for (const [key, part] of Object.entries(value)) {
    if (part === null || part === undefined) continue
    if (key === 'and' || key === 'or') conditions.push(joined((part as Given[]).map((each) => filterSql(planning, row, each, filter, negated, oneByOne)), key === 'and'))
    else if (key === 'not') conditions.push(filterSql(planning, row, part as Given, filter, !negated, oneByOne))
    else conditions.push(partSql(planning, row, key, part as Given, filter, negated, joined, oneByOne))
  }
  return joined(conditions, true)
}

function partSql(planning: Planning, row: Row, field: string, operand: Given, filter: Function, negated: boolean, joined: Join, oneByOne: boolean): Predicate {
  const guard = planning.door(row, field, 'filter')
  if (guard.kind === 'never') return sql`false`
  const part = partsOf(filter).get(field)!
  const allowed = (condition: Predicate) => (guard.kind === 'open' ? condition : sql`(${toSql(guard, row)} and ${condition})`)
  if (part.kind === 'compare') {
    planning.search(row, field, 'filter')
    // What is derived of the row may be exact text.
    const column = part.by.array === 'numeric[]' && !row.of.columns.has(field) ? sql`cast(${row.column(field)} as numeric)` : row.column(field)
    const isAsked = (operator: string, against: unknown) => against !== undefined && (against !== null || operator === 'eq' || operator === 'ne')
    const tests = Object.entries(operand).filter(([operator, against]) => isAsked(operator, against)).map(([operator, against]) => compareSql(column, operator, against, part.by, negated))
    return allowed(joined(tests, true))
  }
  if (part.kind === 'one') {
    const target = planning.targetOf(row, field)
    const scope = planning.hasPassed(row.type, field) ? undefined : planning.scope(target)
    // All that match, listed once, where each is not to be judged first.
    if (oneByOne && !scope) return allowed(sql`coalesce(${planning.leadsTo(row, field)} in (select ${target.column('id')} from ${target.from} where ${filterSql(planning, target, operand, part.filter(), negated)}), false)`)
    const tests = [scope, filterSql(planning, target, operand, part.filter(), negated, oneByOne)]
    const among = oneByOne ? undefined : planning.among(row, field)
    if (among) return allowed(sql`exists (select 1 from ${among.from} join ${target.from} on ${target.column('id')} = ${among.id} where ${both([among.where, ...tests])})`)
    const where = both([sql`${target.column('id')} = ${planning.leadsTo(row, field)}`, ...tests])
    if (oneByOne) return allowed(sql`coalesce((select true from ${target.from} where ${where} limit 1), false)`)
    return allowed(sql`exists (select 1 from ${target.from} where ${where})`)
  }
  const spec = row.of.specs.get(field)
  if (spec?.kind !== 'list' && spec?.kind !== 'connection') throw new Error(`${row.type}.${field} is no list`)
  const quantified = Object.entries(operand).flatMap(([quantifier, inner]) => {
    if (!inner) return []
    const child = planning.model.row(planning.model.of(spec.to()), planning.aliases, spec.by)
    const where = both([
      sql`${child.column(`${spec.by}Id`)} = ${row.column('id')}`,
      planning.hasPassed(child.type, spec.by) ? undefined : planning.scope(child),
      filterSql(planning, child, inner as Given, part.filter(), false),
    ])
    const exists = (quantifier === 'some') !== negated
    if (oneByOne) return [sql`coalesce((select ${sql.lit(exists)} from ${child.from} where ${where} limit 1), ${sql.lit(!exists)})`]
    return [sql`${sql.raw(exists ? 'exists' : 'not exists')} (select 1 from ${child.from} where ${where})`]
  })
  return allowed(joined(quantified, true))
}
