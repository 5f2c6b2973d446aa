import { sql, type RawBuilder } from 'kysely'
import type { Said } from '../kernel/language.js'
import { permissions, type Permission } from './permissions.js'
import type { Standing } from './viewer.js'
import { viewerSql } from './viewer-sql.js'

export type Predicate = RawBuilder<unknown>

/** A row inside a statement: resolves a property, or a path over to-one relations (`task.issuingUnitId`), to SQL. */
export interface RowRef {
  readonly type: string
  column(path: string): Predicate
  /** The row was reached through this reference from a row that had passed its scope, so the target is visible. */
  cameFrom(column: string): boolean
  /** Rows are asked about one by one, as in the window of a page, and not all at once, as in a count. */
  readonly isPaged: boolean
  /** The path of the division that the column names, where the row holds a copy of it. */
  divisionPath(column: string): Predicate | undefined
  /** A row of another type in the same statement, asked about as this one is: its `from` item and a reference to it. */
  other(type: string): { from: Predicate; row: RowRef }
}

type Place = 'ownUnit' | 'inUnit' | 'inDivision' | 'inDivisionOfUnit'

export type Guard =
  | { kind: 'open' }
  | { kind: 'signedIn' }
  | { kind: 'never' }
  | { kind: 'any'; of: readonly Guard[] }
  | { kind: 'all'; of: readonly Guard[] }
  | { kind: 'self'; column: string }
  | { kind: 'held'; word: Permission; place?: { how: Place; column: string; is: Said } }
  | { kind: 'visible'; type: string; column: string; rows?: Guard }
  | Condition

/** A rule that the words above cannot say. `roles`: who can pass it at all; `sql` must be true or false or null for "false". */
export interface Condition {
  kind: 'condition'
  sentence: Said
  columns: readonly string[]
  roles?: readonly Standing[]
  sql(row: RowRef): Predicate
}

export const open: Guard = { kind: 'open' }
export const signedIn: Guard = { kind: 'signedIn' }
export const never: Guard = { kind: 'never' }

export const any = (...of: Guard[]): Guard => ({ kind: 'any', of })
export const all = (...of: Guard[]): Guard => ({ kind: 'all', of })
/** The viewer is the person that the column names. */
export const self = (column: string): Guard => ({ kind: 'self', column })
/** The row of `type` that the column names is visible to the viewer. */
export const visible = (type: string, column: string): Guard => ({ kind: 'visible', type, column })
export const condition = (of: Omit<Condition, 'kind'>): Condition => ({ kind: 'condition', ...of })

type Held = Extract<Guard, { kind: 'held' }>
export interface HeldSomewhere extends Held {
  /** In the appointment's unit itself. `column` holds a unit id. */
  ownUnit(column: string, is?: Said): Guard
  /** In the appointment's unit, or below it by line. `column` holds a unit id. */
  inUnit(column: string, is?: Said): Guard
  /** In the division of the appointment's unit, or below. `column` holds a division id. */
  inDivision(column: string, is?: Said): Guard
  /** The same for the division in which a unit stands. `column` holds a unit id. */
  inDivisionOfUnit(column: string, is?: Said): Guard
}

const thing = (column: string): Said => ({ en: `\`${column.replace(/Id$/, '')}\``, zh: `\`${column.replace(/Id$/, '')}\`` })

/** The viewer holds a role with this permission; with a place, in an appointment that reaches the row. */
export function can(word: Permission): HeldSomewhere {
  const at = (how: Place) => (column: string, is: Said = thing(column)): Guard => ({ kind: 'held', word, place: { how, column, is } })
  return { kind: 'held', word, ownUnit: at('ownUnit'), inUnit: at('inUnit'), inDivision: at('inDivision'), inDivisionOfUnit: at('inDivisionOfUnit') }
}

/** The guard over a row as SQL. It may be null where it is not true: whoever needs two values says `is true`. */
export function toSql(guard: Guard, row: RowRef): Predicate {
  switch (guard.kind) {
    case 'open':
    case 'signedIn':
      return sql`true`
    case 'never':
      return sql`false`
    case 'self':
      return sql`${row.column(guard.column)} = ${viewerSql.person}`
    case 'held':
      return guard.place ? placed(row, permissions[guard.word], guard.place.how, guard.place.column) : sql`true`
    case 'visible': {
      if (!guard.rows) throw new Error(`the guard over ${guard.type} was not folded`)
      if (row.cameFrom(guard.column)) return sql`true`
      if (guard.rows.kind === 'open') return sql`${row.column(guard.column)} is not null`
      const { from, row: target } = row.other(guard.type)
      const isIt = sql`${target.column('id')} = ${row.column(guard.column)}`
      // For a few rows of a page: an `exists` would be answered from a hash of the whole target table, made anew for each page
      // (1,000 assignments in five pages: 497,000 buffers so, 61,000 with a look-up for each row that needs it).
      if (row.isPaged) return sql`coalesce((select ${toSql(guard.rows, target)} from ${from} where ${isIt}), false)`
      return sql`exists (select 1 from ${from} where ${isIt} and ${toSql(guard.rows, target)})`
    }
    case 'condition':
      return guard.sql(row)
    case 'any':
      return sql`(${sql.join(guard.of.map((part) => toSql(part, row)), sql` or `)})`
    case 'all':
      return sql`(${sql.join(guard.of.map((part) => toSql(part, row)), sql` and `)})`
  }
}

/**
 * Whether such rows exist; `rows` is what stands behind `from`. In the window of a page each row is looked up, and the look-up is written so that
 * the database cannot answer it from a hash of the whole table instead, made anew for each page (front page: 12 ms of 30 were such hashes).
 */
export const some = (row: RowRef, rows: Predicate): Predicate => (row.isPaged ? sql`coalesce((select true from ${rows} limit 1), false)` : sql`exists (select 1 from ${rows})`)

/**
 * Whether a unit of such rows stands in the line of the viewer's: at or below it, and with `above` over it too. `rows` is `table alias` with the
 * alias's `unit_id`, `where` what binds it. One by one the unit's own path is looked up. In a count the viewer's units are listed once a statement,
 * by the range of paths (`^@` cannot use the index where there are several), so that whatever holds the unit can be found by its index.
 */
export function inLine(row: RowRef, rows: Predicate, where: Predicate, unitId: Predicate, roles: readonly Standing[], above: boolean): Predicate {
  const over = viewerSql.above(roles)
  if (row.isPaged) {
    const below = sql`lu.line_path ^@ any(${viewerSql.lines(roles)})`
    return some(row, sql`${rows} join unit lu on lu.id = ${unitId} where ${where} and ${above ? sql`(${below} or ${unitId} = any(${over}))` : below}`)
  }
  const below = sql`select lu.id from unnest(${viewerSql.lines(roles)}) ll (path) join unit lu on lu.line_path >= ll.path and lu.line_path < left(ll.path, -1) || '0'`
  return some(row, sql`${rows} where ${where} and ${unitId} = any(array(${above ? sql`${below} union all select unnest(${over})` : below}))`)
}

/** The place that `column` names, reached by an appointment with one of the roles. */
export function placed(row: RowRef, roles: readonly Standing[], how: Place, column: string): Predicate {
  switch (how) {
    case 'ownUnit':
      return sql`${row.column(column)} = any(${viewerSql.units(roles)})`
    case 'inUnit':
      return some(row, sql`unit pu where pu.id = ${row.column(column)} and pu.line_path ^@ any(${viewerSql.lines(roles)})`)
    case 'inDivision': {
      const path = row.divisionPath(column)
      if (path) return sql`${path} ^@ any(${viewerSql.divisions(roles)})`
      return some(row, sql`division pd where pd.id = ${row.column(column)} and pd.path ^@ any(${viewerSql.divisions(roles)})`)
    }
    case 'inDivisionOfUnit':
      return some(row, sql`unit pu where pu.id = ${row.column(column)} and pu.division_path ^@ any(${viewerSql.divisions(roles)})`)
  }
}

/** The columns that a guard reads, for the check at the start. */
export function columnsOf(guard: Guard): readonly string[] {
  switch (guard.kind) {
    case 'self':
    case 'visible':
      return [guard.column]
    case 'held':
      return guard.place ? [guard.place.column] : []
    case 'condition':
      return guard.columns
    case 'any':
    case 'all':
      return guard.of.flatMap(columnsOf)
    default:
      return []
  }
}
