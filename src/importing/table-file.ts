import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { readSheet } from 'read-excel-file/node'
import type { Said } from '../kernel/index.js'
import { say } from './fault.js'

/** A file on disk, or its bytes with the name that tells its kind. */
export type TableSource = string | { name: string; bytes: Buffer }

export interface TableFile {
  name: string
  sha256: string
  headerLine: number
  header: string[]
  /** Rows with at least one filled cell; `line` is the row's first line in a text editor, or its row number in Excel. */
  rows: { line: number; cells: string[] }[]
}

/** A file that cannot be read as a table. Without a line it is not even the right file. */
export class TableFileError extends Error {
  override readonly name = 'TableFileError'

  constructor(
    readonly said: Said,
    readonly line?: number,
  ) {
    super(said.en)
  }
}

type Line = TableFile['rows'][number]

// A table is read whole; the largest list there is, all divisions of the country, has 2 MB.
const mostBytes = 100 * 1_048_576

export async function readTable(source: TableSource): Promise<TableFile> {
  const name = basename(typeof source === 'string' ? source : source.name)
  const read = readers[extname(name).toLowerCase()]
  if (!read) throw new TableFileError(say(`${name} is neither .csv nor .xlsx. Save it as one of these.`, `${name} 不是 .csv 或 .xlsx 文件，请另存为其中一种格式。`))
  const bytes = typeof source === 'string' ? await bytesOf(source, name) : source.bytes
  const lines = (bytes.length === 0 ? [] : await read(bytes)).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const [first, ...rows] = lines
  if (!first) throw new TableFileError(say('The file is empty. It needs a line of headers and one line for each row.', '文件为空，须有一行表头，其后每行一条记录。'), 1)
  const header = withoutEmptyEnd(first.cells.map((cell) => cell.replace(/^\ufeff/, '').trim()))
  return { name, sha256: createHash('sha256').update(bytes).digest('hex'), headerLine: first.line, header, rows: rows.map(({ line, cells }) => ({ line, cells: withoutEmptyEnd(cells) })) }
}

async function bytesOf(path: string, name: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size > mostBytes) throw new TableFileError(say(`${name} has more than 100 MB. Split it.`, `${name} 超过 100 MB，请拆分。`))
    return await readFile(path)
  } catch (error) {
    if (error instanceof TableFileError) throw error
    const code = (error as { code?: string }).code
    if (code === 'ENOENT') throw new TableFileError(say(`There is no file ${path}.`, `文件 ${path} 不存在。`))
    if (code === 'EISDIR') throw new TableFileError(say(`${path} is a folder, not a file.`, `${path} 是文件夹，不是文件。`))
    throw new TableFileError(say(`${path} cannot be read (${code ?? 'unknown reason'}).`, `无法读取 ${path}（${code ?? '原因不明'}）。`))
  }
}

// Excel writes a separator for every column that was ever touched.
function withoutEmptyEnd(cells: string[]): string[] {
  let end = cells.length
  while (end > 0 && cells[end - 1]!.trim() === '') end--
  return cells.slice(0, end)
}

const readers: Record<string, (bytes: Buffer) => Line[] | Promise<Line[]>> = { '.csv': readCsv, '.xlsx': readXlsx }

function readCsv(bytes: Buffer): Line[] {
  // One kind of line end, so that lines count as an editor counts them.
  const text = decode(bytes).replace(/\r\n?/g, '\n')
  let read = 0
  try {
    const records = parse(text, { bom: true, info: true, relax_column_count: true, record_delimiter: '\n', on_record: (record, context) => ((read = context.lines), record) }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    return records.map(({ record, info }) => ({ line: info.lines - record.join('').split('\n').length + 1, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? read + 1 : ((error as unknown as { lines?: number }).lines ?? read + 1)
    throw new TableFileError(say('A double quote is not closed, or stands inside a cell without being doubled. Write "" for a quote inside a quoted cell.', '双引号未成对，或单元格内的双引号未双写。引号内的引号请写作 ""。'), line)
  }
}

/** UTF-8 where the bytes are valid UTF-8, else the national encoding (GBK is a part of GB 18030). */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf-16le')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = iconv.decode(bytes, 'gb18030')
    const at = text.indexOf('\ufffd')
    if (at >= 0) throw new TableFileError(say('The text is neither UTF-8 nor GB 18030 (GBK). Save the file as "CSV UTF-8".', '文件编码既非 UTF-8 也非 GB 18030（GBK），请另存为“CSV UTF-8”。'), text.slice(0, at).split('\n').length)
    return text
  }
}

async function readXlsx(bytes: Buffer): Promise<Line[]> {
  try {
    const rows = await readSheet<string>(bytes, { parseNumber: plainNumber, trim: false })
    return rows.map((cells, at) => ({ line: at + 1, cells: cells.map(textOfCell) }))
  } catch {
    throw new TableFileError(say('The file is no readable Excel workbook (.xlsx): damaged, protected by a password, or another format under this name.', '不是可读取的 Excel 工作簿（.xlsx）：文件可能已损坏、设有密码，或实际为其他格式。'), 1)
  }
}

function textOfCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value).replace(/\r\n?/g, '\n')
}

/** Digits without an exponent, as the cell shows them: Excel keeps 15 of them, and noise behind. */
export function plainNumber(text: string): string {
  if (/^-?\d{1,15}$/.test(text)) return text
  const [mantissa = '0', exponent = '0'] = Number(text).toExponential(14).split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  const point = Number(exponent) + 1
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = (point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits).replace(/0+$/, '')
  return `${sign}${whole}${fraction ? `.${fraction}` : ''}`
}
