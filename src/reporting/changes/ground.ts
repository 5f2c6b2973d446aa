import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Contents, Engine, Notes } from '../../engine/index.js'
import { snakeCase } from '../../kernel/index.js'

/** What decides which rows of a type a viewer reads and what is hidden of them, besides the rows themselves. */
export interface Ground {
  tables: ReadonlySet<string>
  /** Every word of the texts that decide: a column that is not among them decides nothing. */
  words: ReadonlySet<string>
  /** Tells the rules and the viewer's own values apart from others. */
  judged: string
}

export interface Happened {
  type: string
  kind: string
  fields: readonly string[]
}

interface Trigger {
  table: string
  writes: ReadonlySet<string>
  words: readonly string[]
}

interface Machinery {
  tables: ReadonlySet<string>
  triggers: readonly Trigger[]
  /** By the text of the rules. */
  grounds: Map<string, Pick<Ground, 'tables' | 'words'>>
  /** Words of the house's own functions, with those of the functions that they call. */
  functions: ReadonlyMap<string, readonly string[]>
}

const wordsOf = (text: string): string[] => text.match(/\w+/g) ?? []

const machineries = new WeakMap<object, Promise<Machinery>>()

/** The database's own triggers and functions: a row can change through another one's change without an event of its own. Read once; they change with a migration only. */
const machinery = (notes: Notes): Promise<Machinery> => {
  const { engine } = notes.reads
  return machineries.get(engine) ?? machineries.set(engine, readMachinery(notes)).get(engine)!
}

async function readMachinery(notes: Notes): Promise<Machinery> {
  const bodies = await notes.run<{ name: string; body: string }>(sql`select p.proname as name, p.prosrc as body from pg_proc p where p.proname like 'heli\\_%' and p.pronamespace = 'public'::regnamespace`)
  const bodyOf = new Map(bodies.map(({ name, body }) => [name, body]))
  const reached = (name: string, seen = new Set<string>()): string => {
    if (seen.has(name) || !bodyOf.has(name)) return ''
    seen.add(name)
    return [bodyOf.get(name)!, ...wordsOf(bodyOf.get(name)!).map((word) => reached(word, seen))].join('\n')
  }
  const triggers = await notes.run<{ table: string; name: string; definition: string }>(
    sql`select c.relname as "table", p.proname as name, pg_get_triggerdef(t.oid) as definition from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal`,
  )
  const tables = await notes.run<{ name: string }>(sql`select c.relname as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`)
  return {
    tables: new Set(tables.map(({ name }) => name)),
    grounds: new Map(),
    functions: new Map([...bodyOf.keys()].map((name) => [name, wordsOf(reached(name))])),
    triggers: triggers.map(({ table, name, definition }) => {
      const text = reached(name)
      const written = [...text.matchAll(/\b(?:update|insert\s+into|delete\s+from)\s+"?(\w+)"?/gi)].map(([, target]) => target!)
      // A function for several tables is told by its arguments what to write.
      const told = wordsOf(/execute function [^(]*\(([^)]*)\)/i.exec(definition)?.[1] ?? '')
      return { table, writes: new Set([...written, ...told]), words: [...wordsOf(text), ...wordsOf(definition)] }
    }),
  }
}

const maxGrounds = 2_000

export async function groundOf(notes: Notes, typeName: string, { where, rules, content }: Contents): Promise<Ground> {
  const { text, values } = notes.statement(sql`${where} ${content}`)
  // A row's own values are told by events that name it; what decides is in the rules.
  const rule = notes.statement(rules).text
  const known = await machinery(notes)
  const key = `${typeName} ${rule}`
  if (known.grounds.size >= maxGrounds) known.grounds.clear()
  const ground = known.grounds.get(key) ?? explore(known, rule, notes.reads.engine.model.type(typeName).table)
  known.grounds.set(key, ground)
  return { ...ground, judged: createHash('sha256').update(JSON.stringify([text, values])).digest('base64url') }
}

function explore({ tables: all, triggers, functions }: Machinery, text: string, own: string): Pick<Ground, 'tables' | 'words'> {
  const words = new Set(wordsOf(text).flatMap((word) => [word, ...(functions.get(word) ?? [])]))
  const tables = new Set([...words].filter((word) => all.has(word)))
  // Whoever writes what decides, decides too; a table is only added, so this ends.
  for (let before = -1; before !== tables.size; ) {
    before = tables.size
    for (const trigger of triggers) {
      if (![...trigger.writes].some((target) => target === own || tables.has(target))) continue
      tables.add(trigger.table)
      for (const word of trigger.words) words.add(word)
    }
  }
  return { tables, words }
}

/** Whether what happened to rows can have changed what the viewer reads of others. */
export function decides({ tables, words }: Ground, { type, kind, fields }: Happened, { model }: Engine): boolean {
  const of = model.types.get(type)
  if (!tables.has(of?.table ?? snakeCase(type))) return false
  if (kind !== 'UPDATED') return true
  return fields.some((field) => words.has(of?.columns.get(field)?.name ?? of?.links.get(field)?.column ?? snakeCase(field)) || words.has(`${snakeCase(field)}_id`))
}
