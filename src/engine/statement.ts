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

const seen = new Map<string, { times: number; name?: string }>()
const maxNamed = 500

/**
 * A name for a text that comes again: the server then keeps its plan (measured +10 % answers).
 * A text seen once stays unnamed and names are bounded, since every name costs memory in every session.
 */
export function nameOf(text: string): string | undefined {
  const known = seen.get(text)
  if (known) {
    known.times++
    // The digest of a text of 40 KB takes longer than all else that is done here.
    return (known.name ??= `heli_${createHash('sha1').update(text).digest('base64url')}`)
  }
  if (seen.size >= maxNamed) {
    const [oldest, { times }] = seen.entries().next().value as [string, { times: number }]
    if (times >= 2) return undefined
    seen.delete(oldest)
  }
  seen.set(text, { times: 1 })
  return undefined
}

/** A scalar variable of the operation, or a list of scalars: bound when the statement runs, so that one text serves every value. */
export class VariableSlot {
  constructor(
    readonly path: readonly (string | number)[],
    readonly value: unknown,
    private readonly note: (path: readonly (string | number)[], test: (value: unknown) => boolean) => void,
  ) {}

  /** The value itself, where the text depends on it: the text then serves only values that `same` says are alike. */
  take<T>(same: (value: unknown) => boolean = (other) => other === this.value): T {
    this.note(this.path, same)
    return this.value as T
  }
}

/** What a variable becomes before it is bound. */
export class DerivedSlot {
  constructor(
    readonly of: VariableSlot,
    readonly map: (value: unknown) => unknown,
  ) {}
}

/** The value, where SQL text depends on it. */
export const taken = <T>(value: T | VariableSlot): T => (value instanceof VariableSlot ? value.take<T>() : value)

/** `map(value)`, now or when it is bound. */
export const derived = (value: unknown, map: (value: unknown) => unknown): unknown => (value instanceof VariableSlot ? new DerivedSlot(value, map) : map(value))

export const at = (variables: unknown, path: readonly (string | number)[]): unknown => path.reduce((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], variables)

/** Values of a statement whose slots are filled: the viewer's own, then the variables'. */
export function bind(values: readonly unknown[], viewer: Viewer, today: string, variables: unknown): unknown[] {
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled)
    if (value instanceof Slot) return value.read(viewer, today)
    if (value instanceof VariableSlot) return at(variables, value.path)
    if (value instanceof DerivedSlot) return value.map(at(variables, value.of.path))
    return value
  }
  return values.map(filled)
}

/** Stands in a statement that is kept for what each use gives under this name. */
export const given = (name: string): VariableSlot => new VariableSlot([name], undefined, () => undefined)

/** A statement made once and bound at each use: making its text takes longer than all else that is done for it here. */
export interface Kept {
  readonly text: string
  readonly values: readonly unknown[]
}

const kept = new WeakMap<object, Map<string, Kept>>()
const maxKept = 1_000

const numbers = new WeakMap<object, number>()
let numbered = 0
/** Tells objects apart in a key. */
export const numberOf = (of: object): number => numbers.get(of) ?? (numbers.set(of, ++numbered), numbered)

/** The statement kept with `of` under `key`, made when first asked for. The key must tell all that the text depends on. */
export function keep(of: object, key: string, make: () => RawBuilder<unknown>): Kept {
  const known = kept.get(of) ?? kept.set(of, new Map()).get(of)!
  const found = known.get(key)
  if (found) return found
  if (known.size >= maxKept) known.delete(known.keys().next().value as string)
  const made = compileWithSlots(make())
  known.set(key, made)
  return made
}

/** A kept statement, ready to run. */
export function ready({ text, values }: Kept, viewer: Viewer, today: string, variables: Readonly<Record<string, unknown>>): Statement {
  const name = nameOf(text)
  return { ...(name ? { name } : {}), text, values: bind(values, viewer, today, variables) }
}

/** Text and values, the viewer's own values bound. */
export function compile(builder: RawBuilder<unknown>, viewer: Viewer, today: string): Statement {
  const { text, values } = compileWithSlots(builder)
  const name = nameOf(text)
  return { ...(name ? { name } : {}), text, values: bind(values, viewer, today, undefined) }
}

/** Text whose values are still slots: kept for later, or for SQL that lives in the database. */
export function compileWithSlots(builder: RawBuilder<unknown>): { text: string; values: readonly unknown[] } {
  const { sql: text, parameters } = builder.compile(compiler)
  // Each guard names the viewer's values anew. A value is bound once however often it is named: of the 87 of a task's page 12 are left,
  // and both sides spend their time on what is different.
  const values: unknown[] = []
  const places = new Map<unknown, number>()
  const placeOf = (value: unknown): number => {
    const known = value instanceof Slot ? places.get(value) : undefined
    if (known !== undefined) return known
    places.set(value, values.push(value))
    return values.length
  }
  const numbers = parameters.map(placeOf)
  return { text: text.replace(/\$(\d+)/g, (_all, at: string) => `$${numbers[Number(at) - 1]}`), values }
}
