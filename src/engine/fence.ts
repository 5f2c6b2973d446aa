import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { never, Slot, toSql, type Guard, type Policy, type Viewer } from '../access/index.js'
import type { Model } from './model.js'
import { Aliases, Row } from './model.js'
import { compileWithSlots } from './statement.js'

/** A table whose rows the database itself withholds: those of which `field`'s guard over the owner row is true. */
export interface FencedTable {
  table: string
  /** Column that refers to the owner row. */
  owner: string
  type: string
  /** Fields kept in the table; all have the same guard. */
  fields: readonly string[]
}

const settingOf = (slot: Slot) => `heli.s${createHash('sha1').update(slot.key).digest('hex').slice(0, 16)}`

const readSetting = (slot: Slot): string => {
  const text = `nullif(current_setting('${settingOf(slot)}', true), '')`
  return slot.type === 'text[]' ? `string_to_array(${text}, ',')` : `(${text})::${slot.type}`
}

/**
 * Row-level security made from the same guards as the masks, for the reader role. It holds where the policy layer fails:
 * without the settings, or with another viewer's, the rows do not exist.
 */
export class Fence {
  readonly #slots = new Map<string, Slot>()
  readonly #statements: string[] = []

  readonly tables: readonly string[]

  constructor(model: Model, policy: Policy, tables: readonly FencedTable[]) {
    this.tables = tables.map(({ table }) => table)
    for (const fenced of tables) {
      const guards = fenced.fields.map((field) => policy.rows.get(fenced.type)?.get(field)?.row.read)
      if (guards.some((guard) => guard === undefined)) throw new Error(`${fenced.table}: a fenced field of ${fenced.type} has no access row`)
      // An open field is for whoever sees the row.
      const predicates = new Set(guards.map((guard) => this.#predicate(model, fenced, guard!.kind === 'open' ? (policy.scopes.get(fenced.type)?.rows ?? never) : guard!)))
      if (predicates.size !== 1) throw new Error(`${fenced.table}: its fields ${fenced.fields.join(', ')} have different guards; a fence knows rows, so give them a table each`)
      this.#statements.push(
        `alter table "${fenced.table}" enable row level security`,
        `drop policy if exists heli_read on "${fenced.table}"`,
        `create policy heli_read on "${fenced.table}" for select to heli_reader using (${[...predicates][0]})`,
      )
    }
  }

  #predicate(model: Model, fenced: FencedTable, guard: Guard): string {
    const aliases = new Aliases()
    const owner = new Row(model, model.type(fenced.type), aliases.next(), aliases)
    const { text, values } = compileWithSlots(
      sql`exists (select 1 from ${owner.from} where ${owner.column('id')} = ${sql.ref(`${fenced.table}.${fenced.owner}`)} and ${toSql(guard, owner)})`,
    )
    return text.replace(/\$(\d+)/g, (_all, at: string) => {
      const slot = values[Number(at) - 1]
      if (!(slot instanceof Slot)) throw new Error(`${fenced.table}: a fence takes only values of the viewer`)
      this.#slots.set(slot.key, slot)
      return readSetting(slot)
    })
  }

  /** Statements that set the fence up; run by the owner after migrations. */
  get statements(): readonly string[] {
    return this.#statements
  }

  /** The viewer's values as settings for one transaction. */
  settings(viewer: Viewer, today: string): Record<string, string> {
    return Object.fromEntries(
      [...this.#slots.values()].map((slot) => {
        const value = slot.read(viewer, today)
        return [settingOf(slot), Array.isArray(value) ? value.join(',') : String(value ?? '')]
      }),
    )
  }
}
