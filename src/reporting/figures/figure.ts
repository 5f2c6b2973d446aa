import type { GraphQLSchema } from 'graphql'
import { ask, documentOf, rootSpec, type WithReads } from '../../engine/index.js'

/** Who asks, and where: a resolver has both at hand (`info.schema` and its context). */
export interface Asking {
  schema: GraphQLSchema
  context: WithReads
}

/** Rows of one type that the viewer may see. `list`: root query of the rows; its groups are those of `<list>Aggregate`. */
export interface RowsOf {
  list: string
  filter: Readonly<Record<string, unknown>>
}

/** What is reckoned over rows; fields by the names that the type's `…GroupField` and `…NumberField` give them. */
export type Reckoning = { count: true } | { countDistinct: string } | { sum: string } | { average: string } | { median: string } | { min: string } | { max: string }

/** One key of the groups: the field, its name among the keys, and for an object what is read of it. */
export interface Key {
  field: string
  key: string
  of?: string
  bucket?: 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR'
}

export interface Figure extends RowsOf {
  reckon: Reckoning
  by?: readonly Key[]
}

/** A figure's value: exact decimal text; null where no row says anything, or the viewer may read the field of none. Without `by` there is one, with no keys. */
export interface Reckoned {
  keys: Readonly<Record<string, unknown>>
  value: string | null
  /** Rows that it is made of. */
  count: number
}

const largest = 1_000

/** The groups' root query of a list, and the type of its filter. */
function groupsOf({ list }: RowsOf): { name: string; filter: string } {
  const name = `${list}Aggregate`
  const spec = rootSpec(name)
  if (spec?.kind !== 'groups') throw new Error(`there is no ${name}: a figure is reckoned over groups of the type`)
  return { name, filter: `${spec.to.name}Filter` }
}

const valueOf = (reckon: Reckoning): string => {
  const [[name, field]] = Object.entries(reckon) as [[string, string | true]]
  return field === true ? 'value: count' : `value: ${name}(field: ${field})`
}

const groupBy = ({ field, bucket }: Key) => `{ field: ${field}${bucket ? `, bucket: ${bucket}` : ''} }`

interface Page {
  nodes: { count: number; value: string | number | null; keys?: Record<string, unknown> }[]
  pageInfo?: { hasNextPage: boolean; endCursor: string }
}

/**
 * Reckons figures as the viewer, in the order in which they are given: all of them in one statement, and one more for each further 1,000 groups. Every row passes its scope, and every
 * value its field's aggregate door, so that no figure knows more than the viewer.
 */
export async function reckon(asking: Asking, figures: readonly Figure[]): Promise<Reckoned[][]> {
  const found: Reckoned[][] = figures.map(() => [])
  let open = figures.map((figure, at) => ({ figure, at, after: '' }))
  while (open.length > 0) {
    const parts = open.map(({ figure, at }) => ({ figure, at, groups: groupsOf(figure) }))
    const fields = parts.map(({ figure: { by = [], reckon: what }, at, groups }) =>
      `f${at}: ${groups.name}(filter: $f${at}${by.length > 0 ? `, groupBy: [${by.map(groupBy).join(', ')}], first: ${largest}, after: $a${at}` : ''}) { nodes { count ${valueOf(what)}${by.length > 0 ? ` keys { ${by.map(({ key, of }) => `${key}${of ? ` { ${of} }` : ''}`).join(' ')} }` : ''} }${by.length > 0 ? ' pageInfo { hasNextPage endCursor }' : ''} }`)
    const given = parts.flatMap(({ figure, at, groups }) => [`$f${at}: ${groups.filter}`, ...(figure.by?.length ? [`$a${at}: String`] : [])])
    const variables = Object.fromEntries(open.flatMap(({ figure, at, after }) => [[`f${at}`, figure.filter], ...(figure.by?.length ? [[`a${at}`, after]] : [])]))
    const answer = await ask<Record<string, Page>>(asking.schema, documentOf(`query (${given.join(', ')}) { ${fields.join(' ')} }`), asking.context, variables)
    for (const { at } of open) for (const { count, value, keys = {} } of answer[`f${at}`]!.nodes) found[at]!.push({ keys, value: value === null ? null : String(value), count })
    open = open.flatMap(({ figure, at }) => {
      const { hasNextPage, endCursor } = answer[`f${at}`]!.pageInfo ?? { hasNextPage: false, endCursor: '' }
      return hasNextPage ? [{ figure, at, after: endCursor }] : []
    })
  }
  return found
}

/** Figures of which each is one number. */
export async function reckonOne(asking: Asking, figures: readonly Omit<Figure, 'by'>[]): Promise<Reckoned[]> {
  return (await reckon(asking, figures)).map(([one]) => one!)
}

interface Listed {
  rows: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string } }
  all: Page
}

/** Ids of the rows behind a figure, a page of them, with their exact number. */
export async function listed(asking: Asking, rows: RowsOf, page: { first?: number | null; after?: string | null }): Promise<{ nodes: string[]; pageInfo: Listed['rows']['pageInfo']; totalCount: number }> {
  const { name, filter } = groupsOf(rows)
  const text = `query ($f: ${filter}, $first: Int, $after: String) { rows: ${rows.list}(filter: $f, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } all: ${name}(filter: $f) { nodes { count } } }`
  const { rows: found, all } = await ask<Listed>(asking.schema, documentOf(text), asking.context, { f: rows.filter, first: page.first ?? null, after: page.after ?? null })
  return { nodes: found.nodes.map(({ id }) => id), pageInfo: found.pageInfo, totalCount: all.nodes[0]!.count }
}
