import { sql } from 'kysely'
import type { Predicate } from '../access/index.js'
import { orderSql, type OrderKey } from './cursor.js'
import { partsOf } from './filter.js'
import type { Row } from './model.js'
import { filterSql } from './plan-filter.js'
import { both, type Planning } from './planning.js'

/** What cuts a page out of a list. */
export interface Window {
  filter: Record<string, unknown> | undefined
  filterType: Function
  /** The keys of any row of the type. */
  keysOf(row: Row): readonly OrderKey[]
  /** Where the page begins and ends. */
  between(keys: readonly OrderKey[]): (Predicate | undefined)[]
  /** What must hold besides filter and bounds. */
  judged(row: Row): (Predicate | undefined)[]
  /** Whether `judged` asks anything. */
  isJudged: boolean
  /** Whether a row that was not judged is seen to have passed; undefined where none has to. */
  seen(row: Row): Predicate | undefined
  limit: number
  backwards: boolean
}

/** Whether a filter asks rows of other types. */
const reaches = (value: Record<string, unknown>, filter: Function): boolean =>
  Object.entries(value).some(([key, part]) => {
    if (part === null || part === undefined) return false
    if (key === 'and' || key === 'or') return (part as Record<string, unknown>[]).some((each) => reaches(each, filter))
    if (key === 'not') return reaches(part as Record<string, unknown>, filter)
    return partsOf(filter).get(key)!.kind !== 'compare'
  })

/** A page in an order of its own, narrowed by what rows of other types say: there are two ways to it, and the number of matches decides. */
export const hasTwoWays = (row: Row, filter: Record<string, unknown> | undefined, filterType: Function, terms: number): boolean =>
  terms > 0 && row.parent === undefined && filter !== undefined && reaches(filter, filterType)

/** `from` item with the rows of a page: read in the order of the page, or as the planner sees fit. */
export function windowSql(row: Row, window: Window, conditions: readonly (Predicate | undefined)[]): Predicate {
  const keys = window.keysOf(row)
  return sql`(select ${sql.raw(`${row.alias}.*`)} from ${row.from} where ${both([...conditions, ...window.between(keys)])} order by ${orderSql(keys, window.backwards)} limit ${window.limit}) ${sql.raw(row.alias)}`
}

/** Of P3, ten times the rows took 1.31 times as long with 1 here, 1.15 times with 4. */
const gatheredCost = 4

export interface TwoWays {
  /** `with …`, before the select that has `rows` behind its `from`. */
  readonly gathered: Predicate
  readonly rows: Predicate
}

/**
 * The same by two ways. Few matches are gathered and sorted; among many the next in order are soon met by walking along the order's index. Either
 * way alone was fifty times too slow somewhere (300,000 assignments by due day: those of a county 1.4 ms gathered and 9 walked, those of a
 * prefecture 47 and 1.4, of the province 240 and 1.3), and a plan made once for all values cannot know. Both would cost the same where there are as many
 * matches as the root of page times rows, if a row that is gathered cost what one costs that is walked past: it costs four times as much. Judging comes last: in order, and no further than the page.
 */
export function twoWaysSql(planning: Planning, row: Row, window: Window): TwoWays {
  const { filter, filterType, keysOf, limit, backwards } = window
  const another = () => planning.model.row(row.of, planning.aliases)
  const gathered = another()
  const gatheredKeys = keysOf(gathered)
  const named = (alias: string) => gatheredKeys.map((key, at) => ({ ...key, expression: sql.ref(`${alias}.k${at}`) }))
  const id = (of: Row) => of.column('id')
  // The id is the last key of every order: it lies there once.
  const nearId = sql.ref(`near.k${gatheredKeys.length - 1}`)
  const seen = window.seen(gathered.paged())
  const columns = [...gatheredKeys.map(({ expression }, at) => sql`${expression} as ${sql.raw(`k${at}`)}`), ...(seen ? [sql`${seen} as seen`] : [])]
  const near = sql`select ${sql.join(columns)}
    from ${gathered.from} where ${both([filterSql(planning, gathered, filter!, filterType, false), ...window.between(gatheredKeys)])} limit (select n from bound)`
  const judged = another().paged()
  const sorted = sql`(select near.* from near where (select few from chosen) order by ${orderSql(named('near'), backwards)}) near`
  const gathering = window.isJudged
    ? sql`select ${nearId} from ${sorted} join ${judged.from} on ${id(judged)} = ${nearId} where ${both(window.judged(judged))} order by ${orderSql(named('near'), backwards)} limit ${limit}`
    : sql`select ${nearId} from near where (select few from chosen) order by ${orderSql(named('near'), backwards)} limit ${limit}`
  const walked = another().paged()
  const walkedKeys = keysOf(walked)
  const walking = sql`select ${id(walked)} from ${walked.from}
    where not (select few from chosen) and ${both([filterSql(planning, walked, filter!, filterType, false, true), ...window.between(walkedKeys), ...window.judged(walked)])}
    order by ${orderSql(walkedKeys, backwards)} limit ${limit}`
  const ids = sql`array((${gathering}) union all (${walking}))`
  return {
    gathered: sql`with bound as materialized (select cast(greatest(1001, sqrt(${sql.lit(Math.ceil(limit / gatheredCost))} * greatest(c.reltuples, 0))) as bigint) as n from pg_class c where c.oid = cast(${sql.lit(`"${row.of.table}"`)} as regclass)),
    near as materialized (${near}), chosen as materialized (select count(*) < (select n from bound) as few from near)`,
    rows: sql`(select ${sql.raw(`${row.alias}.*`)} from ${row.from} where ${id(row)} = any(${ids}) order by ${orderSql(keysOf(row), backwards)}) ${sql.raw(row.alias)}`,
  }
}
