import { sql } from 'kysely'
import { toSql, type Predicate } from '../access/index.js'
import type { ReadSpec, Tally } from './fields.js'
import type { Row } from './model.js'
import { both, shownId, type Planning } from './planning.js'

/** A tally as SQL: for each value of the choice the sum over its ways. */
export function tallySql(planning: Planning, row: Row, { from, choice, of }: Extract<ReadSpec, { kind: 'tally' }>): Predicate {
  const cases = [...of()].map(([value, ways]) => sql`when ${sql.lit(value)} then ${sql.join(ways.map((one) => waySql(planning, row.column(from), one)), sql` + `)}`)
  return sql`cast(case ${row.column(choice)} ${sql.join(cases, sql` `)} end as text)`
}

/** Each row on the way passes its scope, so that no figure tells what hangs on a row that the viewer may not see. */
function waySql(planning: Planning, start: Predicate, { way, sum, distinct }: Tally): Predicate {
  const conditions: (Predicate | undefined)[] = []
  const sources: Predicate[] = []
  let above = start
  let last: Row | undefined
  for (const { to, by, where } of way) {
    const row = planning.model.row(planning.model.of(to()), planning.aliases, last && by)
    const guard = planning.door(row, by, 'aggregate')
    conditions.push(sql`${row.column(`${by}Id`)} = ${above}`, guard.kind === 'open' ? undefined : toSql(guard, row), last && planning.hasPassed(row.type, by) ? undefined : planning.scope(row), where?.(row))
    sources.push(row.from)
    above = row.column('id')
    last = row
  }
  return sql`(select ${figure(planning, last!, sum, distinct)} from ${sql.join(sources)} where ${both(conditions)})`
}

function figure(planning: Planning, row: Row, sum: string | undefined, distinct: string | undefined): Predicate {
  const property = sum ?? distinct
  if (property === undefined) return sql`count(*)`
  const guard = planning.door(row, property, 'aggregate')
  if (guard.kind === 'never') return sql`0`
  const plain = row.of.columns.has(property) ? row.column(property) : shownId(planning, row, property)
  const value = guard.kind === 'open' ? plain : sql`case when ${toSql(guard, row)} then ${plain} end`
  return sum ? sql`coalesce(sum(${value}), 0.00)` : sql`count(distinct ${value})`
}
