import { Problem, type Said } from '../kernel/index.js'
import { CellFault, type ColumnSet, type Values } from './columns.js'
import { type Fault, say } from './fault.js'
import type { Layout } from './layout.js'
import type { TableFile } from './table-file.js'

const unspecific = say('Correct the row.', '请更正该行。')

/** One line of a file, what it says, and what is wrong with it. */
export class FileRow<V = Record<string, unknown>> {
  readonly faults: Fault[] = []
  /** Faults that are not its own: it refers to a row that is refused. */
  readonly echoes: Fault[] = []
  /** Id of the row that it makes or changes. */
  id = ''
  readonly #needs: { row: FileRow<unknown>; column: string }[] = []

  constructor(
    readonly line: number,
    /** Complete in a row without faults; without the faulty cells otherwise. */
    readonly values: V,
    private readonly layout: Layout,
    private readonly cells: readonly string[],
  ) {}

  get isGood(): boolean {
    return this.faults.length === 0 && this.echoes.length === 0
  }

  refuse(column: string, reason: Said, remedy: Said = unspecific): void {
    this.faults.push({ line: this.line, column: column && this.layout.title(column), value: column && this.layout.tell(column, this.cells), reason, remedy })
  }

  /** Runs a rule of a module, which throws a `Problem`; true when the row meets it. */
  meets(column: string, rule: (name: string) => void, remedy = unspecific): boolean {
    try {
      rule(this.layout.title(column))
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.refuse(columnOf(error.field, this.layout) ?? column, error.said, remedy)
      return false
    }
  }

  /** Says that this row cannot stand without the other. */
  needs(row: FileRow<unknown>, column: string): void {
    this.#needs.push({ row, column })
  }

  /** Takes over the refusal of a row that it needs; true when it was good until then. */
  echo(): boolean {
    const need = this.isGood ? this.#needs.find(({ row }) => !row.isGood) : undefined
    if (!need) return false
    const { line } = need.row
    this.echoes.push({
      line: this.line,
      column: this.layout.title(need.column),
      value: this.layout.tell(need.column, this.cells),
      reason: say(`It depends on line ${line}, which is refused.`, `所依赖的第 ${line} 行未通过检查。`),
      remedy: say(`Mend line ${line}.`, `请更正第 ${line} 行。`),
    })
    return true
  }
}

const aliases: Readonly<Record<string, string>> = { validFrom: 'from', validTo: 'to' }

function columnOf(field: string | null, layout: Layout): string | undefined {
  const last = field?.split('.').at(-1) ?? ''
  return [aliases[last] ?? last, last.replace(/Id$/, '')].find((key) => layout.has(key))
}

/** The rows of a file, found by natural key. */
export class Sheet<C extends ColumnSet = ColumnSet> {
  readonly rows: FileRow<Values<C>>[] = []
  readonly #byKey = new Map<string, FileRow<Values<C>>>()

  constructor(
    private readonly layout: Layout,
    private readonly key: readonly string[],
    table: TableFile,
  ) {
    for (const { line, cells } of table.rows) this.rows.push(this.#read(line, cells))
  }

  has(column: keyof C & string): boolean {
    return this.layout.has(column)
  }

  good(): FileRow<Values<C>>[] {
    return this.rows.filter((row) => row.isGood)
  }

  /** The row with this natural key, its parts apart by spaces, refused ones included. */
  find(key: string): FileRow<Values<C>> | undefined {
    return this.#byKey.get(key)
  }

  keyOf({ values }: FileRow<Values<C>>): string {
    return this.key.map((part) => (values as Record<string, unknown>)[part] ?? '').join(' ')
  }

  /** Refuses every row that needs a refused one, however far. */
  settle(): void {
    for (let again = true; again; ) {
      again = false
      for (const row of this.rows) again = row.echo() || again
    }
  }

  faults(): Fault[] {
    return [...this.rows.flatMap((row) => row.faults), ...this.rows.flatMap((row) => row.echoes)]
  }

  #read(line: number, cells: readonly string[]): FileRow<Values<C>> {
    const values: Record<string, unknown> = {}
    const row = new FileRow(line, values as Values<C>, this.layout, cells)
    if (cells.length > this.layout.header.length) {
      row.refuse('', say(`The line has ${cells.length} cells, the header ${this.layout.header.length}.`, `本行有 ${cells.length} 个单元格，表头只有 ${this.layout.header.length} 个。`), say('Put cells that hold a comma in double quotes, or give the column a header.', '含逗号的单元格请加双引号，或为该列补充表头。'))
      return row
    }
    for (const key of Object.keys(this.layout.columns)) if (this.layout.has(key)) this.#readCell(row, values, key, this.layout.cell(key, cells))
    this.#index(row)
    return row
  }

  #readCell(row: FileRow<Values<C>>, values: Record<string, unknown>, key: string, cell: string): void {
    const { parse, required } = this.layout.columns[key]!
    try {
      if (cell !== '') values[key] = parse(cell)
      else if (required) row.refuse(key, say('The cell is empty.', '单元格为空。'), say('Fill it in: every row needs it.', '必填项，请填写。'))
      else values[key] = null
    } catch (error) {
      if (!(error instanceof CellFault)) throw error
      row.refuse(key, error.reason, error.remedy)
    }
  }

  #index(row: FileRow<Values<C>>): void {
    if (this.key.some((part) => this.layout.columns[part]!.required && (row.values as Record<string, unknown>)[part] === undefined)) return
    const key = this.keyOf(row)
    const first = this.#byKey.get(key)
    if (first) row.refuse(this.key[0]!, say(`Line ${first.line} says the same key already.`, `与第 ${first.line} 行重复。`), say('Delete one of the two lines.', '请删除其中一行。'))
    else this.#byKey.set(key, row)
  }
}
