/*
 * Tables written as files, a page at a time and with nothing kept: CSV, NDJSON, XLSX, Parquet. Each writer takes columns and an iterable of pages of
 * rows, and gives an async generator of bytes. A page is asked for when the bytes before it are taken; leaving the generator early ends the pages.
 * It knows no word of the network's work.
 */
import { csv } from './csv.js'
import { ndjson } from './ndjson.js'
import { parquet } from './parquet.js'
import type { Table, Written } from './table.js'
import { xlsx } from './xlsx.js'

export interface Format {
  readonly mediaType: string
  /** `name` is that of the sheet, where the format has sheets. */
  write(table: Table, name: string): Written
}

/** Formats by the ending of the file's name. */
export const formats = {
  csv: { mediaType: 'text/csv; charset=utf-8; header=present', write: csv },
  ndjson: { mediaType: 'application/x-ndjson; charset=utf-8', write: ndjson },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: (table, name) => xlsx({ ...table, name }) },
  parquet: { mediaType: 'application/vnd.apache.parquet', write: parquet },
} as const satisfies Readonly<Record<string, Format>>
export type FormatName = keyof typeof formats

export { csv, ndjson, parquet, xlsx }
export { workbook, type Sheet } from './xlsx.js'
export { labelOf, type Cell, type Column, type ColumnType, type Pages, type Row, type Table, type Written } from './table.js'
