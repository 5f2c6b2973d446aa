import { createHash } from 'node:crypto'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import { Slot, type Viewer } from '../access/index.js'

/** SQL text with its values, ready to run. */
export interface Statement {
  name?: string
  text: string
  values: readonly unknown[]
}

// A compiler without a connection: text is made here, run by whoever holds the session.
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const seen = new Map<string, number>()
const maxNamed = 500

/**
 * A name for a text that comes again: the server then keeps its plan (measured +10 % answers).
 * A text seen once stays unnamed and names are bounded, since every name costs memory in every session.
 */
function nameOf(text: string): string | undefined {
  const times = (seen.get(text) ?? 0) + 1
  if (!seen.has(text) && seen.size >= maxNamed) {
    const oldest = seen.keys().next().value as string
    if ((seen.get(oldest) ?? 0) >= 2) return undefined
    seen.delete(oldest)
  }
  seen.set(text, times)
  return times >= 2 ? `heli_${createHash('sha1').update(text).digest('base64url')}` : undefined
}

/** Text and values, the viewer's own values bound. */
export function compile(builder: RawBuilder<unknown>, viewer: Viewer, today: string): Statement {
  const { sql: text, parameters } = builder.compile(compiler)
  const name = nameOf(text)
  return { ...(name ? { name } : {}), text, values: parameters.map((value) => (value instanceof Slot ? value.read(viewer, today) : value)) }
}

/** Text whose values are still slots, for SQL that is kept in the database. */
export function compileWithSlots(builder: RawBuilder<unknown>): { text: string; values: readonly unknown[] } {
  const { sql: text, parameters } = builder.compile(compiler)
  return { text, values: parameters }
}
