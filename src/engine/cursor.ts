import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Predicate } from '../access/index.js'
import { Refusal } from '../kernel/index.js'
import { DerivedSlot, VariableSlot } from './statement.js'

/** One key of an order, already masked for the viewer. The id is always the last. */
export interface OrderKey {
  expression: Predicate
  /** Database type that a cursor's text is cast to. */
  cast: string
  descending: boolean
  nullable: boolean
}

/** Names the list and order that a cursor belongs to. */
export const signatureOf = (type: string, order: readonly { name: string; descending: boolean }[]): string =>
  createHash('sha256').update(JSON.stringify([type, order.map((key) => [key.name, key.descending])])).digest('base64url').slice(0, 8)

/** The cursor of a row as SQL: base64 of `[signature, key…]`. The keys are masked expressions, so it holds nothing hidden. */
export const cursorSql = (signature: string, keys: readonly OrderKey[]): Predicate =>
  sql`translate(encode(convert_to(json_build_array(cast(${signature} as text), ${sql.join(keys.map((key) => sql`cast(${key.expression} as text)`))})::text, 'UTF8'), 'base64'), E'\n', '')`

/** The cursor of a row in the list of its type that is asked for in no order, hence by id. */
export const cursorOfId = (type: string, id: string): string => Buffer.from(JSON.stringify([signatureOf(type, []), id])).toString('base64')

/** Which key values a cursor holds: none for the start, `foreign` for one of another list or order. */
export function parseCursor(cursor: unknown, signature: string, keys: number): (string | null)[] | 'start' | 'foreign' {
  if (!cursor) return 'start'
  let held: unknown
  try {
    held = JSON.parse(Buffer.from(String(cursor), 'base64').toString('utf8'))
  } catch {
    return 'foreign'
  }
  if (!Array.isArray(held) || held[0] !== signature || held.length !== keys + 1) return 'foreign'
  const values = held.slice(1) as unknown[]
  return values.every((value) => value === null || typeof value === 'string') && values.at(-1) !== null ? (values as (string | null)[]) : 'foreign'
}

function readCursor(cursor: unknown, signature: string, keys: number, argument: string): (string | null)[] | undefined {
  const values = parseCursor(cursor, signature, keys)
  if (values === 'start') return undefined
  if (values !== 'foreign') return values
  throw new Refusal(
    'BAD_USER_INPUT',
    {
      en: `\`${argument}\` is not a cursor of this list in this order. Take it from \`pageInfo\` or \`edges\` of the same query.`,
      zh: `\`${argument}\` 不是本列表在该排序下的游标，请取自同一查询的 pageInfo 或 edges。`,
    },
    argument,
  )
}

/** A cursor's key values, now or, for a variable, when the statement runs; the text depends on which of them are null. */
export function cursorValues(cursor: unknown, signature: string, keys: number, argument: string): unknown[] | undefined {
  if (!(cursor instanceof VariableSlot)) return readCursor(cursor, signature, keys, argument)
  const values = readCursor(cursor.value, signature, keys, argument)
  const shape = (of: ReturnType<typeof parseCursor>) => (Array.isArray(of) ? of.map((value) => value === null).join() : of)
  const own = shape(values ?? 'start')
  cursor.take((other) => shape(parseCursor(other, signature, keys)) === own)
  return values?.map((value, index) => (value === null ? null : new DerivedSlot(cursor, (other) => (parseCursor(other, signature, keys) as string[])[index])))
}

/** Rows that come after (or before) the cursor. No value counts as greater than every value, as PostgreSQL orders. */
export function beyond(keys: readonly OrderKey[], values: readonly unknown[], backwards: boolean): Predicate {
  const bound = (at: number) => sql`cast(${values[at]} as ${sql.raw(keys[at]!.cast)})`
  const alternatives = keys.map((key, at) => {
    const equals = keys.slice(0, at).map((before, index) => (values[index] === null ? sql`${before.expression} is null` : sql`${before.expression} = ${bound(index)}`))
    return sql`(${sql.join([...equals, step(key, bound(at), values[at] === null, key.descending !== backwards)], sql` and `)})`
  })
  return sql`(${sql.join(alternatives, sql` or `)})`
}

function step(key: OrderKey, bound: Predicate, isNull: boolean, downwards: boolean): Predicate {
  if (downwards) return isNull ? sql`${key.expression} is not null` : sql`${key.expression} < ${bound}`
  if (isNull) return sql`false`
  return key.nullable ? sql`(${key.expression} > ${bound} or ${key.expression} is null)` : sql`${key.expression} > ${bound}`
}

/** The `order by` list. */
export const orderSql = (keys: readonly OrderKey[], backwards: boolean): Predicate =>
  sql.join(keys.map((key) => sql`${key.expression} ${sql.raw(key.descending !== backwards ? 'desc' : 'asc')}`))
