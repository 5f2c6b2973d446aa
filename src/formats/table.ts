/** What the values of a column are. They come as in the graph's JSON: days `YYYY-MM-DD`, instants ISO 8601, decimals exact text. */
export type ColumnType = 'ID' | 'STRING' | 'ENUM' | 'INT' | 'DECIMAL' | 'BOOLEAN' | 'DAY' | 'INSTANT'

export interface Column {
  /** Stable English name, the same in every format. */
  readonly name: string
  readonly labelZh: string
  readonly type: ColumnType
  /** Unit of measure, such as 元 or 小时. */
  readonly unit?: string
  /** The values of an enumeration. */
  readonly codes?: readonly { readonly code: string; readonly labelZh: string }[]
  /** Decimal places of a DECIMAL column, 0 to 6; 2 where it is not said. */
  readonly scale?: number
}

export type Cell = string | number | boolean | null

/** One value per column, in the order of the columns. */
export type Row = readonly Cell[]

/** Rows a page at a time: asked for when the reader of the file has taken what was written before. */
export type Pages = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>

export interface Table {
  readonly columns: readonly Column[]
  readonly pages: Pages
  /** What stands in the head: stable names, or Chinese labels with their units. */
  readonly heads?: 'NAME' | 'LABEL'
}

/** A file as it is being written. Leaving the loop early ends the pages as well. */
export type Written = AsyncGenerator<Uint8Array, void, undefined>

export const labelOf = ({ labelZh, unit, type }: Column): string => `${labelZh}${unit ? `（${unit}）` : type === 'INSTANT' ? '（北京时间）' : ''}`
