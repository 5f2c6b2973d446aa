import { any, never, open, type Guard } from './guard.js'

/** Ways to get at a field. `filter`, `order`, `group` and `aggregate` are as `read` unless a row says otherwise. */
export type Door = 'read' | 'filter' | 'order' | 'group' | 'aggregate' | 'write'
export const doors: readonly Door[] = ['read', 'filter', 'order', 'group', 'aggregate', 'write']

export interface Row {
  read: Guard
  filter?: Guard
  order?: Guard
  group?: Guard
  aggregate?: Guard
  /** Asked in addition to the mutation's own row when the field is sent. */
  write?: Guard
  because?: string
}

/** A mutation's row: the type that it acts on, and who may act, decided on the row before and after the change. */
export interface Act {
  act: true
  /** The type whose row decides. */
  on: string
  when: Guard
}
export const act = (on: string, when: Guard): Act => ({ act: true, on, when })

/** Widens a row of a module above, and never narrows it. */
export interface Also {
  also: Guard
}
export const also = (guard: Guard): Also => ({ also: guard })

type Entry = Guard | Row | Act | Also
export type AccessTable = Readonly<Record<string, Readonly<Record<string, Entry>>>>
export const accessTable = (table: AccessTable): AccessTable => table

/** Which rows of a type exist for a viewer: AND-ed into every read, outside anything a caller writes. */
export interface Scope {
  type: string
  rows: Guard
  /**
   * The to-one relation that the rows come with: whoever reaches them through it has already passed its scope.
   * `rows` must then be `visible(type, column)` of that relation.
   */
  comesWith?: string
}
export const scope = (type: string, rows: Guard, comesWith?: string): Scope => ({ type, rows, ...(comesWith ? { comesWith } : {}) })

export interface Authored {
  row: Row
  act?: Act
  /** Module that wrote the row, then those that widened it. */
  authors: string[]
}

const isGuard = (entry: Entry): entry is Guard => 'kind' in entry

/** The tables of all modules, in load order, as one. */
export function mergeTables(tables: readonly { module: string; table: AccessTable }[]): Map<string, Map<string, Authored>> {
  const merged = new Map<string, Map<string, Authored>>()
  for (const { module, table } of tables) {
    for (const [type, fields] of Object.entries(table)) {
      const rows = merged.get(type) ?? merged.set(type, new Map()).get(type)!
      for (const [field, entry] of Object.entries(fields)) {
        const known = rows.get(field)
        if ('also' in entry) {
          if (!known) throw new Error(`${type}.${field}: module ${module} widens a row that no module above it wrote`)
          rows.set(field, { ...known, row: { ...known.row, read: any(...alternatives(known.row.read), entry.also) }, authors: [...known.authors, module] })
          continue
        }
        if (known) throw new Error(`${type}.${field}: module ${module} writes a row that ${known.authors[0]} wrote; use also(…) to widen it`)
        if ('act' in entry) rows.set(field, { row: { read: entry.when }, act: entry, authors: [module] })
        else rows.set(field, { row: isGuard(entry) ? { read: entry } : entry, authors: [module] })
      }
    }
  }
  return merged
}

const alternatives = (guard: Guard): readonly Guard[] => (guard.kind === 'any' ? guard.of : [guard])

/** The guard of a door: the fallback for reading doors is `read`; for writing, nothing beyond the mutation's own row. */
export function doorOf(row: Row | undefined, door: Door): Guard {
  if (!row) return never
  if (door === 'write') return row.write ?? open
  return row[door] ?? row.read
}
