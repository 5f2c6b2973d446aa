import { enumCase } from '../../kernel/index.js'
import { allOf, reckon, type Asking, type Figure, type RowsOf } from '../figures/index.js'
import { added, hundredthsOf, inUnits, less, percent } from './digits.js'
import type { Layout, LayoutColumn, LayoutTable } from './layout.js'
import { readDivision, readListing, readRegions, readSubmitted, readTexts, type ListedRow, type Submitted } from './reading.js'
import { listings, partsOf, residents, textsOf, type Asked, type Is, type Part, type RowKind, type Texts } from './source.js'

/** One cell of a return. A number is exact decimal text as the form prints it. */
export interface Cell {
  column: LayoutColumn
  value: string | null
  text: string | null
  /** Rows that the number is made of, or that the text was taken from. */
  rows: readonly RowsOf[]
  /** The same figure of the year before, reckoned now. */
  previous: string | null
  /** The same figure of the year before, as it was submitted and approved, corrections included. */
  submittedPrevious: string | null
  /** Residents that a share was told of. */
  residents: string | null
  /** State of the text that is collected for it. */
  textStatus: string | null
}

export interface ReturnRow {
  key: string
  label: string
  cells: readonly Cell[]
}

export interface ReturnTable {
  table: LayoutTable
  rows: readonly ReturnRow[]
}

export interface Reckoned {
  asked: Asked
  tables: readonly ReturnTable[]
}

/** A row before its cells are reckoned. */
interface Line {
  key: string
  label: string
  is?: Is
  rowKind: RowKind
  /** The thing that it stands for, in a list. */
  listed?: ListedRow
  /** Sources of its cells where it is a total under a list. */
  totals?: Readonly<Record<string, string>>
}

const yearOf = (year: number, today: string) => ({ today, year, from: `${year}-01-01`, to: `${year + 1}-01-01`, day: today < `${year}-12-31` ? today : `${year}-12-31` })

const isOf = (row: LayoutTable['rows'][number], rows: LayoutTable['rows']): Is | undefined => {
  const values = ({ key, values: own }: LayoutTable['rows'][number]) => own ?? [key]
  return row.isRest ? { notIn: rows.filter((one) => one !== row).flatMap(values) } : { in: values(row) }
}
const whole = new Set<RowKind>(['ONE', 'YEAR'])
const totalKey = 'TOTAL'

async function linesOf(asking: Asking, asked: Asked, { rowKind, rows, rowHeadZh, totals }: LayoutTable): Promise<Line[]> {
  const listing = listings[rowKind]
  const printed = (kind: RowKind, of: LayoutTable['rows'], more: Partial<Line> = {}): Line[] =>
    of.map((row) => ({ key: row.key, label: row.labelZh, rowKind: kind, ...(whole.has(kind) || row.key === totalKey ? {} : { is: isOf(row, of)! }), ...more }))
  if (listing) {
    const listed = await readListing(asking, listing, asked)
    return [...listed.map((one) => ({ key: one.id, label: one.label, rowKind, listed: one })), ...(totals ? printed(totals.rowKind, totals.rows, { totals: totals.columns }) : [])]
  }
  if (rowKind === 'REGION') {
    const regions = await readRegions(asking, asked.division)
    return [...regions.map(({ code, name, path }) => ({ key: code, label: name, rowKind, is: { in: [path] } })), { key: totalKey, label: rowHeadZh ? '合计' : asked.division.name, rowKind }]
  }
  if (rowKind === 'YEAR') return [{ key: 'YEAR', label: `${asked.year}年`, rowKind }]
  if (rowKind === 'ONE') return [{ key: 'ONE', label: asked.division.name, rowKind }]
  return printed(rowKind, rows)
}

type Filter = RowsOf['filter']
const isPlain = (value: unknown): value is Filter => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Both filters as one, so that a relation that both go through is followed once. */
function both(one: Filter, other: Filter): Filter {
  const made: Record<string, unknown> = { ...one }
  for (const [key, part] of Object.entries(other)) {
    const known = made[key]
    if (known !== undefined && !(isPlain(known) && isPlain(part))) return allOf(one, other)
    made[key] = known === undefined ? part : both(known as Filter, part as Filter)
  }
  return made
}

/** What a part counts in a cell: its own rows, narrowed by the row of the form and by the column. */
function narrowed(part: Pick<Part | Texts, 'filter' | 'by'>, asked: Asked, line: Line, column: LayoutColumn): RowsOf['filter'] {
  const by = (kind: RowKind, is: Is | undefined) => (is ? [part.by?.[kind]?.(is, asked) ?? {}] : [])
  return [...by(line.rowKind, line.is), ...Object.entries(column.where ?? {}).flatMap(([kind, values]) => by(kind as RowKind, { in: values }))].reduce(both, part.filter(asked))
}

/** One figure to be reckoned; its value is put in place when all are known. */
interface Wanted {
  figure: Figure
  part: Part
  put(value: bigint, rows: RowsOf[]): void
}

class Wants {
  readonly all: Wanted[] = []

  /** The number that the parts come to, in hundredths, with the rows behind it. */
  number(parts: readonly Part[], asked: Asked, line: Line, column: LayoutColumn): { sum: bigint; rows: RowsOf[] } {
    const found = { sum: 0n, rows: [] as RowsOf[] }
    for (const part of parts) {
      const filter = narrowed(part, asked, line, column)
      const figure: Figure = { list: part.list, filter, reckon: part.sum ? { sum: enumCase(part.sum) } : { count: true }, ...(part.latest ? { by: [{ field: 'YEAR', key: 'year' }] } : {}) }
      this.all.push({ figure, part, put: (value, rows) => { found.sum += value; found.rows.push(...rows) } })
    }
    return found
  }

  /** Reckons all of them, in one statement. */
  async settle(asking: Asking): Promise<void> {
    const groups = this.all.length > 0 ? await reckon(asking, this.all.map(({ figure }) => figure)) : []
    for (const [at, { figure, part, put }] of this.all.entries()) {
      const sorted = part.latest ? [...groups[at]!].sort((one, other) => Number(other.keys['year']) - Number(one.keys['year'])) : groups[at]!
      const [first] = sorted
      if (!first || first.count === 0) continue
      put(hundredthsOf(first.value ?? '0'), [{ list: figure.list, filter: part.latest ? allOf(figure.filter, { year: { eq: first.keys['year'] } }) : figure.filter }])
    }
  }
}

type Pending = () => Cell
export const emptyCell = (column: LayoutColumn): Cell => ({ column, value: null, text: null, rows: [], previous: null, submittedPrevious: null, residents: null, textStatus: null })

/** Tables of a form for a division and year, made of what the viewer may read: every number in one statement, and a few more for lists and texts. Null where there is no such division. */
export async function reckonReturn(asking: Asking, layout: Layout, of: { divisionId: string; year: number; today: string; formId: string; numbers?: readonly number[] | null }): Promise<Reckoned | null> {
  const division = await readDivision(asking, of.divisionId)
  if (!division) return null
  const asked: Asked = { division, ...yearOf(of.year, of.today) }
  const before: Asked = { division, ...yearOf(of.year - 1, of.today) }
  const tables = layout.tables.filter(({ number }) => !of.numbers || of.numbers.includes(number))
  const wants = new Wants()
  const [collected, submitted] = [await readTexts.collected(asking, of), await readSubmitted(asking, of.divisionId, of.year - 1)]
  const pending: { table: LayoutTable; rows: { line: Line; cells: Pending[] }[] }[] = []
  for (const table of tables) {
    const lines = await linesOf(asking, asked, table)
    const rows = []
    for (const line of lines) rows.push({ line, cells: await Promise.all(table.columns.map((column) => cellOf({ asking, asked, before, wants, table, line, column, collected, submitted }))) })
    pending.push({ table, rows })
  }
  await wants.settle(asking)
  return { asked, tables: pending.map(({ table, rows }) => ({ table, rows: rows.map(({ line, cells }) => ({ key: line.key, label: line.label, cells: withSums(cells.map((cell) => cell())) })) })) }
}

interface CellOf {
  asking: Asking
  asked: Asked
  before: Asked
  wants: Wants
  table: LayoutTable
  line: Line
  column: LayoutColumn
  collected: ReadonlyMap<string, { id: string; text: string | null; status: string }>
  submitted: Submitted
}

async function cellOf({ asking, asked, before, wants, table, line, column, collected, submitted }: CellOf): Promise<Pending> {
  const at = `${table.number} ${line.key} ${column.key}`
  const source = line.totals ? line.totals[column.key] : column.source
  const submittedPrevious = submitted.get(at) ?? null
  const own = line.listed
  if (own && !line.totals) return () => ({ ...emptyCell(column), ...own.cell(column), rows: [{ list: listings[line.rowKind]!.list, filter: { id: { eq: own.id } } }] })
  if (!source) return () => ({ ...emptyCell(column), submittedPrevious: column.sum ? submittedPrevious : null })
  if (column.kind === 'DAY') return () => ({ ...emptyCell(column), text: asked.today })
  if (column.kind === 'TEXT') {
    const texts = textsOf(source)
    const filter = narrowed(texts, asked, line, column)
    const text = await readTexts.ofRows(asking, texts, filter)
    const given = collected.get(at)
    const rows = given?.status === 'FINAL' ? [{ list: 'returnTexts', filter: { id: { eq: given.id } } }] : [{ list: texts.list, filter }]
    return () => ({ ...emptyCell(column), text: (given?.status === 'FINAL' ? given.text : null) ?? text, rows, textStatus: given?.status ?? null })
  }
  const parts = partsOf(source)
  const now = wants.number(parts, asked, line, column)
  const isKnownBefore = !parts.some(({ isOfToday }) => isOfToday)
  const then = isKnownBefore ? wants.number(parts, before, line, column) : undefined
  const { per, digits, take } = column
  if (take === 'SHARE_OF_RESIDENTS') {
    const [all, allThen] = [wants.number([residents], asked, line, column), wants.number([residents], before, line, column)]
    return () => ({ ...emptyCell(column), value: percent(now.sum, all.sum, digits), rows: [...now.rows, ...all.rows], previous: then ? percent(then.sum, allThen.sum, digits) : null, submittedPrevious, residents: all.sum === 0n ? null : inUnits(all.sum, 1, 0) })
  }
  if (take === 'GROWTH') return () => ({ ...emptyCell(column), value: then ? inUnits(now.sum - then.sum, per, digits) : null, rows: [...now.rows, ...(then?.rows ?? [])], submittedPrevious })
  return () => ({ ...emptyCell(column), value: inUnits(now.sum, per, digits), rows: now.rows, previous: then ? inUnits(then.sum, per, digits) : null, submittedPrevious })
}

/** Columns that add others up: what is printed is what is added. */
function withSums(cells: readonly Cell[]): Cell[] {
  return cells.map((cell) => {
    if (!cell.column.sum) return cell
    const parts = cell.column.sum.map((key) => cells.find(({ column }) => column.key === key)!)
    const total = (of: (part: Cell) => string | null) => added(parts.map((part) => of(part) ?? '0'))
    return { ...cell, value: total(({ value }) => value), previous: total(({ previous }) => previous), rows: parts.flatMap(({ rows }) => rows) }
  })
}

/** What the figure grew by; null where either is missing. */
export const changeOf = ({ value, previous }: Pick<Cell, 'value' | 'previous'>): string | null => (value !== null && previous !== null ? less(value, previous) : null)
