import { ask, documentOf, rootSpec } from '../../engine/index.js'
import type { Asking } from '../figures/index.js'
import { inUnits, hundredthsOf } from './digits.js'
import type { LayoutColumn } from './layout.js'
import type { Asked, Listing, Texts } from './source.js'

const read = <T>({ schema, context }: Asking, text: string, variables: Record<string, unknown>): Promise<T> => ask<T>(schema, documentOf(text), context, variables)

interface Page<T> {
  nodes: T[]
  pageInfo: { hasNextPage: boolean; endCursor: string }
}
const longest = 200

/** All rows of a list, page after page. */
async function readAll<T>(asking: Asking, list: string, selection: string, filter: object, orderBy: readonly object[]): Promise<T[]> {
  const spec = rootSpec(list)
  if (spec?.kind !== 'page') throw new Error(`there is no list ${list}`)
  const type = spec.to.name
  const text = `query ($filter: ${type}Filter, $orderBy: [${type}Order!], $first: Int, $after: String) { rows: ${list}(filter: $filter, orderBy: $orderBy, first: $first, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`
  const found: T[] = []
  for (let after = ''; ; ) {
    const { rows } = await read<{ rows: Page<T> }>(asking, text, { filter, orderBy, first: longest, after })
    found.push(...rows.nodes)
    if (!rows.pageInfo.hasNextPage) return found
    after = rows.pageInfo.endCursor
  }
}

/** The division asked of, or null. */
export async function readDivision(asking: Asking, id: string): Promise<Asked['division'] | null> {
  const [found] = await readAll<Asked['division']>(asking, 'divisions', 'id path level name', { id: { eq: id } }, [])
  return found ?? null
}

/** Divisions right below one, fillers of the list left out, by code. */
export async function readRegions(asking: Asking, { id }: Asked['division']): Promise<{ code: string; name: string; path: string }[]> {
  const found = await readAll<{ code: string; name: string; path: string; isPseudo: boolean }>(asking, 'divisions', 'code name path isPseudo', { parent: { id: { eq: id } }, endedOn: { isNull: true } }, [{ field: 'CODE', direction: 'ASC' }])
  return found.filter(({ isPseudo }) => !isPseudo)
}

/** One row of a list in the return. */
export interface ListedRow {
  id: string
  label: string
  cell(column: LayoutColumn): { value: string | null; text: string | null }
}

type Listed = Record<string, unknown> & { id: string; issuers?: { unit: { name: string } }[] }
const kinds: Readonly<Record<string, string>> = { POVERTY_DEMONSTRATION: '脱贫攻坚示范项目', PILOT: '试点示范', PROJECT: '工程、计划、项目' }

export async function readListing(asking: Asking, { list, filter, orderBy, selection }: Listing, asked: Asked): Promise<ListedRow[]> {
  const found = await readAll<Listed>(asking, list, selection, filter(asked), orderBy)
  return found.map((row) => ({
    id: row.id,
    label: (row['title'] ?? row['name']) as string,
    cell({ kind, field, per, digits }) {
      const value = field === 'issuers' ? row.issuers!.map(({ unit }) => unit.name).join('、') : (row[field!] as string | number | null)
      if (value === null || value === undefined) return { value: null, text: null }
      if (kind === 'NUMBER') return { value: inUnits(hundredthsOf(String(value)), per, digits), text: null }
      return { value: null, text: field === 'kind' ? kinds[value as string]! : String(value) }
    },
  }))
}

// A cell of a form holds a few lines; what is more stays behind the figure.
const mostTexts = 20
export const readTexts = {
  /** The texts of the rows, each once, one a line. */
  async ofRows(asking: Asking, { list, orderBy, fields }: Texts, filter: object): Promise<string | null> {
    const rows = await readAll<Record<string, string | null>>(asking, list, fields.join(' '), filter, orderBy)
    const lines = new Set(rows.map((row) => fields.map((field) => row[field]).filter(Boolean).join('：')).filter(Boolean))
    return lines.size === 0 ? null : [...lines].slice(0, mostTexts).join('\n')
  },
  /** The texts that are collected for a return, by table, row and column. */
  async collected(asking: Asking, { divisionId, year, formId }: { divisionId: string; year: number; formId: string }): Promise<Map<string, { id: string; text: string | null; status: string }>> {
    const rows = await readAll<{ id: string; tableNumber: number; rowKey: string; columnKey: string; text: string | null; status: string }>(
      asking, 'returnTexts', 'id tableNumber rowKey columnKey text status', { division: { id: { eq: divisionId } }, year: { eq: year }, form: { id: { eq: formId } } }, [],
    )
    return new Map(rows.map((row) => [`${row.tableNumber} ${row.rowKey} ${row.columnKey}`, row]))
  },
}

interface KeptFigure {
  id: string
  tableNumber: number
  rowNumber: number
  rowKey: string
  rowLabel: string
  columnKey: string
  isNumber: boolean
  countedValue: string | null
}

/** Cells as they were last submitted, with the corrections that were approved. */
export const readFigures = (asking: Asking, { id, edition }: { id: string; edition: number }): Promise<KeptFigure[]> =>
  readAll<KeptFigure>(asking, 'returnFigures', 'id tableNumber rowNumber rowKey rowLabel columnKey isNumber countedValue', { submission: { id: { eq: id } }, edition: { eq: edition } }, [])

/** Numbers of an approved return that count today, by table, row and column. */
export type Submitted = ReadonlyMap<string, string>

export async function readSubmitted(asking: Asking, divisionId: string, year: number): Promise<Submitted> {
  const [submission] = await readAll<{ id: string; edition: number }>(asking, 'returnSubmissions', 'id edition', { division: { id: { eq: divisionId } }, year: { eq: year }, status: { in: ['APPROVED', 'LOCKED'] } }, [])
  if (!submission) return new Map()
  const rows = await readFigures(asking, submission)
  return new Map(rows.flatMap((row) => (row.countedValue === null || !row.isNumber ? [] : [[`${row.tableNumber} ${row.rowKey} ${row.columnKey}`, row.countedValue]])))
}
