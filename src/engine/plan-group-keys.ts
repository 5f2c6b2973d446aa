import { sql } from 'kysely'
import type { FieldNode } from 'graphql'
import { toSql, type Predicate } from '../access/index.js'
import { Refusal, type Said } from '../kernel/index.js'
import type { Grouped, TimeBucket } from './aggregate.js'
import type { Row } from './model.js'
import { both, shownId, type Planning } from './planning.js'
import { derived, taken } from './statement.js'

/** One key as it is asked for. */
export interface GroupedBy {
  field: string
  bucket?: TimeBucket | null
  timeZone?: string | null
}

export interface Key {
  name: string
  /** The column of the grouped rows that holds it. */
  column: Predicate
  value: Predicate
  /** Database type that a cursor's text is cast to. */
  cast: string
}

export type ObjectOf = (target: Row, nodes: readonly FieldNode[], id: Predicate) => Predicate

export const malformed = (field: string, said: Said): Refusal => new Refusal('BAD_USER_INPUT', said, field)

const maxKeys = 4

/** What the rows of a type are grouped by, each key through its field's group door. */
export class GroupKeys {
  /** Conditions under which a row may be in a group at all. */
  readonly guards: Predicate[] = []

  constructor(
    private readonly planning: Planning,
    private readonly row: Row,
    private readonly grouped: Grouped,
    private readonly objectOf: ObjectOf,
  ) {}

  /** The row's own property behind a key or number. */
  ownOf(name: string): string {
    return this.#path(name)[0]
  }

  /** The value of a key or number in its rows, in no span of time. */
  valueOf(name: string): Predicate {
    return this.#isLeaf(this.row.of, name) ? this.row.column(name) : this.#keyValue(name, undefined, undefined, name).value
  }

  /** The keys that are asked for, each through its door. */
  of(groupBy: readonly GroupedBy[]): Key[] {
    if (groupBy.length > maxKeys) throw malformed('groupBy', { en: `At most ${maxKeys} keys; got ${groupBy.length}.`, zh: `分组键最多 ${maxKeys} 个，当前 ${groupBy.length} 个。` })
    const seen = new Set<string>()
    return groupBy.map((by, at) => {
      const field = `groupBy.${at}`
      const name = this.grouped.keyOf.get(taken(by.field))!
      if (seen.has(name)) throw malformed(`${field}.field`, { en: `${taken(by.field)} is a key already. Leave it out, or ask twice.`, zh: `分组键 ${taken(by.field)} 重复。` })
      seen.add(name)
      this.#pass(name, `${field}.field`)
      return { name, column: sql.raw(`g.k${at}`), ...this.#keyValue(name, taken(by.bucket) ?? undefined, by.timeZone ?? undefined, field) }
    })
  }

  /** Rows are grouped by what the viewer may read of them: the others are in no group. */
  #pass(name: string, field: string): void {
    const { planning, row } = this
    const [own, ...further] = this.#path(name)
    planning.search(row, own, 'group')
    const guard = planning.door(row, own, 'group')
    let at = row
    // A path over an object that the viewer may not see ends in nothing, as a link to it does.
    const isHidden = further.some((each, index) => {
      at = planning.targetOf(at, [own, ...further][index]!)
      return planning.door(at, each, 'group').kind !== 'open'
    })
    if (guard.kind === 'never' || isHidden) throw new Refusal('FORBIDDEN', { en: `You may not group by ${row.type}.${name}.`, zh: `您无权按 ${row.type}.${name} 分组。` }, field)
    if (guard.kind !== 'open') this.guards.push(sql`coalesce(${toSql(guard, row)}, false)`)
  }

  /** The property behind a key and, where it leads to an object, the properties that lead on from there. */
  #path(name: string): readonly [own: string, ...further: string[]] {
    const key = this.grouped.keys[name]
    return typeof key === 'object' ? (key.path.split('.') as [string, ...string[]]) : [name]
  }

  /** The value at the end of a path: nothing where a row on the way does not exist for the viewer, or where the viewer may not read it. */
  #along(row: Row, [own, ...further]: readonly [string, ...string[]], isFirst = true): Predicate {
    const { planning } = this
    const guard = isFirst ? undefined : planning.door(row, own, 'aggregate')
    const seen = (value: Predicate): Predicate => (!guard || guard.kind === 'open' ? value : guard.kind === 'never' ? sql`null` : sql`case when ${toSql(guard, row)} then ${value} end`)
    if (further.length === 0) return seen(this.#isLeaf(row.of, own) ? row.column(own) : shownId(planning, row, own))
    const target = planning.targetOf(row, own)
    const where = both([sql`${target.column('id')} = ${planning.leadsTo(row, own)}`, planning.hasPassed(row.type, own) ? undefined : planning.scope(target)])
    return seen(sql`(select ${this.#along(target, further as [string, ...string[]], false)} from ${target.from} where ${where})`)
  }

  #lastOf(row: Row, [own, ...further]: readonly [string, ...string[]]): { row: Row; name: string } {
    return further.length === 0 ? { row, name: own } : this.#lastOf(this.planning.targetOf(row, own), further as [string, ...string[]])
  }

  #isLeaf(of: Row['of'], name: string): boolean {
    return of.columns.has(name) || of.specs.get(name)?.kind === 'value'
  }

  #keyValue(name: string, bucket: TimeBucket | undefined, timeZone: string | undefined, field: string): Pick<Key, 'value' | 'cast'> {
    const path = this.#path(name)
    const { row: last, name: property } = this.#lastOf(this.row, path)
    const label = `${this.row.type}.${name}`
    const column = last.of.columns.get(property)
    const isDay = column?.type === 'date'
    const isInstant = column?.type.startsWith('timestamp') ?? false
    if (timeZone !== undefined && !isInstant) throw malformed(`${field}.timeZone`, { en: 'A time zone is for an instant; a day is a day of the calendar in Asia/Shanghai.', zh: '时区仅适用于时刻；日期即为北京时间的日历日。' })
    if (bucket && !isDay && !isInstant) throw malformed(`${field}.bucket`, { en: `${label} is neither a day nor an instant, so it falls into no span of time. Leave \`bucket\` out.`, zh: `${label} 不是日期或时刻，不能指定时间粒度。` })
    const value = this.#along(this.row, path)
    if (isDay) return { value: bucket && bucket !== 'DAY' ? sql`cast(date_trunc(${sql.lit(bucket.toLowerCase())}, ${value}) as date)` : value, cast: 'date' }
    if (isInstant) {
      const zone = timeZone === undefined ? sql`'Asia/Shanghai'` : sql`cast(${derived(timeZone, zoneOf(`${field}.timeZone`))} as text)`
      return { value: sql`cast(date_trunc(${sql.lit((bucket ?? 'DAY').toLowerCase())}, ${value} at time zone ${zone}) as date)`, cast: 'date' }
    }
    return { value, cast: column ? column.type.replace(/\(.*\)$/, '').replace(/^varchar$/, 'text') : 'text' }
  }

  #target(name: string): Row {
    const { row, name: property } = this.#lastOf(this.row, this.#path(name))
    return this.planning.targetOf(row, property)
  }

  /** What a group's rows have in common, as the columns of its object. */
  object(nodes: readonly FieldNode[], keys: readonly Key[]): Predicate {
    const type = `${this.row.type}GroupKeys`
    const columns = this.planning.subfields(type, nodes).map(({ key, name, nodes: of }) => {
      if (name === '__typename') return sql`${sql.lit(type)} as ${sql.id(key)}`
      const held = keys.find((one) => one.name === name)
      if (!held) return sql`null as ${sql.id(key)}`
      if (of[0]!.selectionSet) return sql`${this.objectOf(this.#target(name), of, held.column)} as ${sql.id(key)}`
      return sql`${held.cast === 'numeric' ? sql`cast(${held.column} as text)` : held.column} as ${sql.id(key)}`
    })
    return sql`(select o from (select ${sql.join(columns)}) o)`
  }
}

// The names that both this process and the database know.
const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])

const zoneOf = (field: string) => (zone: unknown): unknown => {
  if (zones.has(String(zone))) return zone
  throw malformed(field, { en: `${JSON.stringify(zone)} is no IANA time zone, such as "Asia/Shanghai".`, zh: `${JSON.stringify(zone)} 不是 IANA 时区名，如 "Asia/Shanghai"。` })
}
