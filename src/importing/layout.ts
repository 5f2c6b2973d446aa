import { type Fault, say, shown, withheld } from './fault.js'
import type { ColumnSet } from './columns.js'

/** Which column stands where in a file. */
export class Layout {
  readonly #at = new Map<string, number>()
  readonly faults: Fault[] = []

  constructor(
    readonly columns: ColumnSet,
    readonly header: readonly string[],
    line: number,
  ) {
    const known = new Map(Object.entries(columns).flatMap(([key, { chinese }]) => [key, ...chinese].map((name) => [plain(name), key] as const)))
    header.forEach((title, at) => {
      const key = known.get(plain(title))
      const value = shown(title)
      if (!key) this.faults.push({ line, column: value, value, reason: say('The header is unknown.', '表头无法识别。'), remedy: this.#knownHeaders() })
      else if (this.#at.has(key)) this.faults.push({ line, column: value, value, reason: say(`Two headers mean the column ${key}.`, `有两个表头都表示“${this.chinese(key)}”。`), remedy: say('Keep one of them.', '请只保留一个。') })
      else this.#at.set(key, at)
    })
    for (const [key, { required }] of Object.entries(columns)) {
      if (!required || this.#at.has(key)) continue
      this.faults.push({ line, column: key, value: '', reason: say(`The column ${key} is missing.`, `缺少“${this.chinese(key)}”列。`), remedy: say(`Add a column with the header ${key}.`, `请增加表头为“${this.chinese(key)}”的列。`) })
    }
  }

  has(key: string): boolean {
    return this.#at.has(key)
  }

  cell(key: string, cells: readonly string[]): string {
    const at = this.#at.get(key)
    return at === undefined ? '' : (cells[at] ?? '').trim()
  }

  /** The header as the file writes it. */
  title(key: string): string {
    const at = this.#at.get(key)
    return at === undefined ? key : this.header[at]!
  }

  /** What a fault may tell of a cell. */
  tell(key: string, cells: readonly string[]): string {
    const cell = this.cell(key, cells)
    return cell !== '' && this.columns[key]?.personal ? withheld : shown(cell)
  }

  private chinese(key: string): string {
    return this.columns[key]!.chinese[0]!
  }

  #knownHeaders() {
    const keys = Object.keys(this.columns)
    return say(`Known headers: ${keys.join(', ')}. Rename the column or delete it.`, `可用表头：${keys.map((key) => this.chinese(key)).join('、')}。请改名或删除该列。`)
  }
}

const plain = (title: string): string => title.normalize('NFKC').replace(/[\s\ufeff*]+/g, '').toLowerCase()
