import { parse, type DocumentNode, type GraphQLSchema } from 'graphql'
import { allowPages, rootSpec, type WithReads } from '../../engine/index.js'
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
  readonly scale?: number
}

interface Named {
  /** Name of the view in the graph and in addresses. */
  readonly name: string
  readonly labelZh: string
  readonly description: string
  readonly columns: readonly ViewColumn[]
}

/** A list of the graph, flat. */
export interface ListView extends Named {
  /** The root list whose rows these are. */
  readonly list: string
}

/** Objects that are reckoned when they are asked for, all at once: few enough for one page. */
export interface ReckonedView extends Named {
  readonly filter: Function
  readonly filterName: string
  /** The type of the graph that they have. */
  readonly type: string
  read(schema: GraphQLSchema, context: WithReads, filter: unknown): Promise<readonly object[]>
}

/** Names of views and columns are stable: tools rely on them. */
export type View = ListView | ReckonedView
export const isList = (view: View): view is ListView => 'list' in view

type Declare = (name: string, path: string, labelZh: string, unit?: string, scale?: number) => ViewColumn
const declare =
  (type: ColumnType): Declare =>
  (name, path, labelZh, unit, scale) => ({ name, path: path.split('.'), labelZh, type, ...(unit ? { unit } : {}), ...(scale ? { scale } : {}) })

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
export function shownBy(view: View): { type: string; filter: Function; filterName: string } {
  if (!isList(view)) return view
  const spec = rootSpec(view.list)
  if (spec?.kind !== 'page') throw new Error(`View ${view.name}: ${view.list} is no list of the graph`)
  return { type: spec.to.name, filter: spec.paging.filter, filterName: `${spec.to.name}Filter` }
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
  fromObjects(objects: readonly object[]): Row[]
}

const readings = new WeakMap<ListView, Map<string, Reading>>()
const maxReadings = 100

export function readingOf(view: ListView, columns: readonly ViewColumn[]): Reading {
  const known = readings.get(view) ?? readings.set(view, new Map()).get(view)!
  const key = columns.map(({ name }) => name).join()
  const found = known.get(key)
  if (found) return found
  if (known.size >= maxReadings) known.delete(known.keys().next().value!)
  const made = makeReading(view, columns)
  known.set(key, made)
  return made
}

function makeReading(view: ListView, columns: readonly ViewColumn[]): Reading {
  const selection = selectionOf(columns)
  const text = `query ${view.name}View($filter: ${shownBy(view).filterName}, $first: Int!, $after: String) { ${view.list}(filter: $filter, first: $first, after: $after) { nodes { ${written(selection)} } } }`
  const document = (isFlat: boolean) => allowPages(parse(text, { noLocation: true }), longestPage + 1, isFlat)
  const leaves = leavesOf(selection).map((path) => path.join('.'))
  const places = columns.map(({ path }) => leaves.indexOf(path.join('.')))
  return {
    documents: { flat: document(true), nested: document(false) },
    places,
    fromArrays: (arrays) => arrays.map((leaf) => places.map((place) => cellOf(leaf[place]))),
    fromObjects: (objects) => rowsOf(columns, objects),
  }
}

/** Objects of the graph as rows. */
export const rowsOf = (columns: readonly ViewColumn[], objects: readonly object[]): Row[] =>
  objects.map((object) => columns.map(({ path }) => cellOf(path.reduce<unknown>((at, step) => (at as Record<string, unknown> | null)?.[step] ?? null, object))))

const cellOf = (value: unknown): Cell => (Array.isArray(value) ? value.join(';') || null : (value as Cell))
