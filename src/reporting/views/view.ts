import { parse, type DocumentNode } from 'graphql'
import { allowPages, rootSpec } from '../../engine/index.js'
import type { Cell, ColumnType, Row } from '../../formats/index.js'

/** A column of a view: a value at the end of a path of to-one relations. */
export interface ViewColumn {
  readonly name: string
  /** Fields of the graph from the row on: `task.initiative.title`. A list of values at its end becomes one text, joined by `;`; an empty one is no value. */
  readonly path: readonly string[]
  readonly labelZh: string
  readonly type: ColumnType
  readonly unit?: string
  /** The enumeration of an ENUM, or of the values of a list. */
  readonly of?: () => object
}

/** A list of the graph, flat. Names are stable: tools rely on them. */
export interface View {
  /** Name of the view in the graph and in addresses. */
  readonly name: string
  /** The root list whose rows these are. */
  readonly list: string
  readonly labelZh: string
  readonly description: string
  readonly columns: readonly ViewColumn[]
}

type Declare = (name: string, path: string, labelZh: string, unit?: string) => ViewColumn
const declare =
  (type: ColumnType): Declare =>
  (name, path, labelZh, unit) => ({ name, path: path.split('.'), labelZh, type, ...(unit ? { unit } : {}) })

export const id = declare('ID')
export const text = declare('STRING')
export const whole = declare('INT')
export const decimal = declare('DECIMAL')
export const flag = declare('BOOLEAN')
export const day = declare('DAY')
export const instant = declare('INSTANT')
export const choice = (name: string, path: string, labelZh: string, of: () => object): ViewColumn => ({ ...declare('ENUM')(name, path, labelZh), of })
/** Values of an enumeration, joined. */
export const choices = (name: string, path: string, labelZh: string, of: () => object): ViewColumn => ({ ...declare('STRING')(name, path, labelZh), of })

/** The most rows that are read at once inside the process. */
export const longestPage = 5_000

/** The type whose rows a view shows, and what it can be filtered by. */
export function listOf({ name, list }: View): { type: string; filter: Function } {
  const spec = rootSpec(list)
  if (spec?.kind !== 'page') throw new Error(`View ${name}: ${list} is no list of the graph`)
  return { type: spec.to.name, filter: spec.paging.filter }
}

/** Paths as nested selections: what several columns have in common stands once. */
interface Selection extends Map<string, Selection> {}

function selectionOf(columns: readonly ViewColumn[]): Selection {
  const root: Selection = new Map()
  // Its id makes a row's cursor.
  for (const { path } of [{ path: ['id'] }, ...columns]) {
    let at = root
    for (const step of path) at = at.get(step) ?? at.set(step, new Map()).get(step)!
  }
  return root
}

const written = (of: Selection): string => [...of].map(([name, below]) => (below.size > 0 ? `${name} { ${written(below)} }` : name)).join(' ')
const leavesOf = (of: Selection): string[][] => [...of].flatMap(([name, below]) => (below.size > 0 ? leavesOf(below).map((rest) => [name, ...rest]) : [[name]]))

/** How some columns of a view are asked for, and how an answer becomes rows of them. */
export interface Reading {
  /** Parsed once, so that the text of its statement is made once. */
  readonly documents: { readonly flat: DocumentNode; readonly nested: DocumentNode }
  /** Of each column the leaf of the selection that it is. */
  readonly places: readonly number[]
  /** From the leaves of the selection, the row's id first. */
  fromArrays(arrays: readonly unknown[][]): Row[]
  fromObjects(nodes: readonly object[]): Row[]
}

const readings = new WeakMap<View, Map<string, Reading>>()
const maxReadings = 100

export function readingOf(view: View, columns: readonly ViewColumn[]): Reading {
  const known = readings.get(view) ?? readings.set(view, new Map()).get(view)!
  const key = columns.map(({ name }) => name).join()
  const found = known.get(key)
  if (found) return found
  if (known.size >= maxReadings) known.delete(known.keys().next().value!)
  const made = makeReading(view, columns)
  known.set(key, made)
  return made
}

function makeReading(view: View, columns: readonly ViewColumn[]): Reading {
  const selection = selectionOf(columns)
  const text = `query ${view.name}View($filter: ${listOf(view).type}Filter, $first: Int!, $after: String) { ${view.list}(filter: $filter, first: $first, after: $after) { nodes { ${written(selection)} } } }`
  const document = (isFlat: boolean) => allowPages(parse(text, { noLocation: true }), longestPage + 1, isFlat)
  const leaves = leavesOf(selection).map((path) => path.join('.'))
  const places = columns.map(({ path }) => leaves.indexOf(path.join('.')))
  const steps = columns.map(({ path }) => path)
  return {
    documents: { flat: document(true), nested: document(false) },
    places,
    fromArrays: (arrays) => arrays.map((leaf) => places.map((place) => cellOf(leaf[place]))),
    fromObjects: (nodes) => nodes.map((node) => steps.map((path) => cellOf(path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null)?.[step] ?? null, node)))),
  }
}

const cellOf = (value: unknown): Cell => (Array.isArray(value) ? value.join(';') || null : (value as Cell))

/** How many objects of the graph a row is made of. */
export const objectsIn = (columns: readonly ViewColumn[]): number => new Set(columns.map(({ path }) => path.slice(0, -1).join('.'))).size
