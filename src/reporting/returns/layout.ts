import { z } from 'zod'
import { Problem } from '../../kernel/index.js'
import { isSource, rowKinds, type RowKind } from './source.js'

const key = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/)
const text = z.string().min(1).max(400)
const values = z.array(z.string().min(1)).min(1)
const rowKind = z.string().refine((name): name is RowKind => (rowKinds as readonly string[]).includes(name), { message: 'there is no such kind of row' })

/** A row that the form prints itself; what it counts are the rows whose value is one of `values` (its own key where left out), or none of the other rows' with `isRest`. */
const row = z.strictObject({ key: text, labelZh: text, values: values.optional(), isRest: z.boolean().optional() })

const column = z.strictObject({
  key,
  headZh: text,
  unit: z.string().max(20).default(''),
  kind: z.enum(['NUMBER', 'TEXT', 'DAY']),
  /** Where its value comes from: a key of the sources, or with `sum` other columns of the row, or a field of the row listed. */
  source: z.string().optional(),
  /** What of the source: its value, the growth on the year before, or its share of the residents in percent. */
  take: z.enum(['VALUE', 'GROWTH', 'SHARE_OF_RESIDENTS']).default('VALUE'),
  sum: z.array(key).min(1).optional(),
  field: z.string().optional(),
  /** Narrows the source further, by the values of another kind of row. */
  where: z.partialRecord(rowKind, values).optional(),
  /** Digits after the point. */
  digits: z.int().min(0).max(6).default(0),
  /** Yuan in a unit of the column: 10,000 for 万元. */
  per: z.int().min(1).default(1),
  /** The text is collected from a unit where one was asked for it; what the rows say otherwise. */
  isCollected: z.boolean().default(false),
})

const table = z.strictObject({
  number: z.int().min(1).max(99),
  titleZh: text,
  rowKind,
  /** Head of the column that names the row; none where a row is what it lists. */
  rowHeadZh: text.optional(),
  rows: z.array(row).default([]),
  columns: z.array(column).min(1),
  /** Rows under a list, which add up a column of it. */
  totals: z.strictObject({ rowKind, rows: z.array(row).min(1), columns: z.record(key, z.string()) }).optional(),
})

const check = z.strictObject({
  key,
  kind: z.enum(['TOTAL', 'PART', 'SHARE', 'GROWTH', 'SUBMITTED', 'DOCUMENT_NUMBER', 'NOT_NEGATIVE', 'TEXT']),
  table: z.int(),
  /** Columns that it looks at, in the order that its kind wants. */
  columns: z.array(key).min(1),
  /** With TOTAL over rows: the row that is the total of the others. */
  totalRow: z.string().optional(),
  severity: z.enum(['ERROR', 'WARNING']),
})

const shape = z.strictObject({ tables: z.array(table).min(1), checks: z.array(check).default([]) })

export type Layout = z.infer<typeof shape>
export type LayoutTable = Layout['tables'][number]
export type LayoutColumn = LayoutTable['columns'][number]
export type LayoutRow = z.infer<typeof row>
export type LayoutCheck = Layout['checks'][number]

const wrong = (what: string) => new Problem('MALFORMED', 'input.layout', { en: `The layout is not one of a return: ${what}.`, zh: `表式不符合要求：${what}。` })

/** A layout as it is kept, read and checked: its sources exist, its columns and checks name each other rightly. Throws `Problem`. */
export function layoutOf(kept: string): Layout {
  let given: unknown
  try {
    given = JSON.parse(kept)
  } catch {
    throw wrong('it is no JSON')
  }
  const read = shape.safeParse(given)
  if (!read.success) throw wrong(read.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { tables, checks } = read.data
  const faults = [...tables.flatMap(faultsOfTable), ...doubled(tables.map(({ number }) => `table ${number}`)), ...doubled(checks.map((one) => `check ${one.key}`)), ...checks.flatMap((one) => faultsOfCheck(one, tables))]
  if (faults.length > 0) throw wrong(faults.slice(0, 3).join('; '))
  return read.data
}

const doubled = (names: readonly string[]): string[] => names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} stands twice`)

function faultsOfTable({ number, columns, rows, totals }: LayoutTable): string[] {
  const keys = columns.map((one) => one.key)
  const at = `table ${number}`
  return [
    ...doubled([...keys.map((one) => `${at}, column ${one}`), ...rows.map((one) => `${at}, row ${one.key}`)]),
    ...columns.filter(({ source, sum, field }) => [source, sum, field].filter(Boolean).length !== 1).map((one) => `${at}, column ${one.key} has one of source, sum and field`),
    ...columns.flatMap(({ source, kind }) => (source && !isSource(source, kind) ? [`${at}: there is no source ${source} of ${kind}`] : [])),
    ...columns.flatMap(({ sum = [] }) => sum.filter((one) => !keys.includes(one)).map((one) => `${at}: there is no column ${one} to add`)),
    ...Object.entries(totals?.columns ?? {}).flatMap(([one, source]) => (keys.includes(one) && isSource(source, 'NUMBER') ? [] : [`${at}: its total of ${one} has no source ${source}`])),
  ]
}

function faultsOfCheck({ key: name, table: of, columns, totalRow }: LayoutCheck, tables: readonly LayoutTable[]): string[] {
  const found = tables.find(({ number }) => number === of)
  if (!found) return [`check ${name} is of no table`]
  return [
    ...columns.filter((one) => !found.columns.some((column) => column.key === one)).map((one) => `check ${name}: table ${of} has no column ${one}`),
    ...(totalRow && !found.rows.some((one) => one.key === totalRow) && found.rowKind !== 'REGION' && !found.totals?.rows.some((one) => one.key === totalRow) ? [`check ${name}: table ${of} has no row ${totalRow}`] : []),
  ]
}

const layouts = new Map<string, Layout>()
/** The layout of a form that is kept: read once for each text. */
export function keptLayout(kept: string): Layout {
  const known = layouts.get(kept) ?? layoutOf(kept)
  layouts.set(kept, known)
  return known
}
