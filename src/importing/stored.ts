import type { Run } from '../database.js'
import { prefixOfClass, newId, snakeCase } from '../kernel/index.js'
import type { FileRow } from './sheet.js'

type Kind = 'text' | 'day' | 'instant' | 'flag' | 'whole' | 'decimal' | 'link' | 'texts'
export type Properties = Readonly<Record<string, Kind>>

interface Kinds {
  text: string | null
  day: string | null
  /** ISO 8601 in UTC, with milliseconds. */
  instant: string | null
  flag: boolean | null
  whole: number | null
  decimal: string | null
  link: string | null
  texts: string[]
}

/** A table as an import sees it: the entity's properties that a file can say. */
export interface Table<P extends Properties = Properties> {
  readonly type: string
  readonly prefix: string
  readonly name: string
  readonly properties: P
  /**
   * Rows about to change first leave the constraint that they stand in, so that two of them can change places:
   * a constraint looks at every row as it is written, not at the end.
   */
  readonly stepAside?: { property: string; to: string; when: readonly string[] }
}

export type Stored<P extends Properties> = { id: string; version: number } & { [K in keyof P]: Kinds[P[K]] }
/** Values to write. Undefined leaves what is stored, and takes the default of a new row. */
export type Wanted<P extends Properties> = { [K in keyof P]?: Kinds[P[K]] | undefined }

export function table<const P extends Properties>(entity: Function, properties: P, stepAside?: Table<P>['stepAside']): Table<P> {
  return { type: entity.name, prefix: prefixOfClass(entity), name: snakeCase(entity.name), properties, ...(stepAside ? { stepAside } : {}) }
}

export const columnName = ({ properties }: Table, property: string): string => `${snakeCase(property)}${properties[property] === 'link' ? '_id' : ''}`

/** Rows that meet a condition, locked until the import ends. */
export async function load<P extends Properties>(run: Run, of: Table<P>, where: string, values: readonly unknown[]): Promise<Stored<P>[]> {
  const told = (property: string) => (of.properties[property] === 'instant' ? `to_char("${columnName(of, property)}" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : `"${columnName(of, property)}"`)
  const columns = Object.keys(of.properties).map((property) => `${told(property)} as "${property}"`)
  return run<Stored<P>>({ text: `select id, version, ${columns.join(', ')} from "${of.name}" where ${where} order by id for update`, values })
}

export const distinct = (values: Iterable<string | null | undefined>): string[] => [...new Set([...values].filter((value): value is string => Boolean(value)))]

export function indexed<T>(rows: Iterable<T>, key: (row: T) => string): Map<string, T> {
  return new Map([...rows].map((row) => [key(row), row]))
}

export function grouped<T>(rows: Iterable<T>, key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const own = groups.get(key(row))
    if (own) own.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

export interface PlannedRow {
  row: FileRow<unknown>
  id: string
  before: (Record<string, unknown> & { id: string; version: number }) | undefined
  after: Record<string, unknown>
}

/** Rows of one table to be brought to what the file says. */
export class Plan<P extends Properties = Properties> {
  readonly rows: PlannedRow[] = []
  /** Stored rows to be taken out: only where a line of the file stands for the whole of what it belongs to. */
  readonly gone: { row: FileRow<unknown>; id: string; version: number }[] = []

  constructor(
    readonly table: Table<P>,
    /** The table whose row counts as changed when a row here does. */
    readonly touches?: Plan,
  ) {}

  put(row: FileRow<unknown>, before: Stored<P> | undefined, after: Wanted<P>, id = before?.id ?? newId(this.table.prefix)): void {
    this.rows.push({ row, id, before: before as PlannedRow['before'], after })
  }

  /** `row` is the line that leaves it out. */
  take(row: FileRow<unknown>, { id, version }: Stored<P>): void {
    this.gone.push({ row, id, version })
  }
}

/** Pairs what is wanted with what is stored: by the first key, what is left by the second, and so on. */
export function pair<W, S>(wanted: readonly W[], stored: readonly S[], ...keys: { wanted: (row: W) => string; stored: (row: S) => string }[]): { pairs: Map<W, S>; left: S[] } {
  const pairs = new Map<W, S>()
  const left = new Set(stored)
  for (const key of keys) {
    const byKey = grouped(left, key.stored)
    for (const one of wanted) {
      const match = pairs.has(one) ? undefined : byKey.get(key.wanted(one))?.shift()
      if (!match) continue
      pairs.set(one, match)
      left.delete(match)
    }
  }
  return { pairs, left: [...left] }
}
