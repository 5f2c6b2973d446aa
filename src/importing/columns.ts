import { isDay, Problem, yuanOf, type Said } from '../kernel/index.js'
import { say } from './fault.js'

/** What is wrong with the text of one cell. */
export class CellFault extends Error {
  constructor(
    readonly reason: Said,
    readonly remedy: Said,
  ) {
    super(reason.en)
  }
}

/** Reads the text of a filled cell; throws `CellFault`. */
export type Parse<T> = (text: string) => T

export interface Column<T = unknown, R extends boolean = boolean> {
  /** Chinese headers that name it, the usual one first. */
  readonly chinese: readonly string[]
  readonly required: R
  /** Its values are shown to nobody, not even in a fault. */
  readonly personal: boolean
  readonly parse: Parse<T>
}

/** Columns by their English header. */
export type ColumnSet = Readonly<Record<string, Column>>

/** What a row says: null where the cell is empty, undefined where the file has no such column. */
export type Values<C extends ColumnSet> = { [K in keyof C]: C[K] extends Column<infer T, infer R> ? (true extends R ? T : T | null | undefined) : never }

interface Options {
  required?: boolean
  personal?: boolean
}

type Requiredness<O> = O extends { required: true } ? true : false

/** A column with the Chinese headers given as one text, apart by spaces. */
export function column<T, const O extends Options = {}>(parse: Parse<T>, chinese: string, options?: O): Column<T, Requiredness<O>> {
  return { chinese: chinese.split(' '), required: (options?.required ?? false) as Requiredness<O>, personal: options?.personal ?? false, parse }
}

// Errors of a formula reach us as text; taken over, they would become names and titles.
const formulaError = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$/
const control = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/

export const text = (max = 200, pattern?: { shape: RegExp; said: Said }): Parse<string> => (cell) => {
  const size = [...cell].length
  if (size > max) throw new CellFault(say(`The text has ${size} characters; at most ${max} are kept.`, `文字有 ${size} 个字符，最多 ${max} 个。`), say('Shorten it.', '请缩短。'))
  if (formulaError.test(cell)) throw new CellFault(say('The cell holds an error of a formula.', '单元格是公式错误值。'), say('Mend the formula, or paste values only.', '请修正公式，或只粘贴数值。'))
  if (control.test(cell)) throw new CellFault(say('The text holds a control character.', '文字中含有控制字符。'), say('Type it anew.', '请重新录入。'))
  if (pattern && !pattern.shape.test(cell)) throw new CellFault(pattern.said, say('Correct the cell.', '请更正该单元格。'))
  return cell
}

const dayShapes = [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, /^(\d{4})年(\d{1,2})月(\d{1,2})日$/]

export const day: Parse<string> = (cell) => {
  const plain = cell.normalize('NFKC').replace(/\s+/g, '')
  const [, year, month, date] = dayShapes.map((shape) => shape.exec(plain)).find(Boolean) ?? []
  const found = year ? `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}` : ''
  if (!isDay(found)) throw new CellFault(say('This is no calendar day.', '不是有效的日期。'), say('Write it like 2026-11-16, 2026/11/16 or 2026年11月16日.', '请写作 2026-11-16、2026/11/16 或 2026年11月16日。'))
  return found
}

/** An instant as a form writes it, in Asia/Shanghai: `2026-07-05 09:00`; with an offset, ISO 8601. */
export const instant: Parse<string> = (cell) => {
  const [, date, time, offset = '+08:00'] = /^(\S+?)[T\s]\s*(\d{1,2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?$/.exec(cell.normalize('NFKC').trim()) ?? []
  const found = date ? new Date(`${day(date)}T${time!.padStart(time!.length > 5 ? 8 : 5, '0')}${offset}`) : new Date(NaN)
  if (Number.isNaN(found.getTime())) throw new CellFault(say('This is no time of a day.', '不是有效的时间。'), say('Write it like 2026-07-05 09:00.', '请写作 2026-07-05 09:00。'))
  return found.toISOString()
}

/** One value of an enumeration, by its English name or one of its Chinese terms (apart by spaces). */
export const choice = <K extends string>(terms: Readonly<Record<K, string>>): Parse<K> => {
  const known = new Map<string, K>()
  for (const [value, chinese] of Object.entries<string>(terms)) for (const term of [value, ...chinese.split(' ')]) known.set(folded(term), value as K)
  return (cell) => {
    const found = known.get(folded(cell))
    if (found) return found
    const entries = Object.entries<string>(terms)
    throw new CellFault(say('This is none of the known values.', '不是可用的取值。'), say(`Take one of: ${entries.map(([value]) => value).join(', ')}.`, `可用取值：${entries.map(([, chinese]) => chinese.split(' ')[0]).join('、')}。`))
  }
}

const folded = (term: string): string => term.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

const answers = new Map([['是', true], ['否', false], ['有', true], ['无', false], ['TRUE', true], ['FALSE', false], ['YES', true], ['NO', false], ['1', true], ['0', false]])

export const flag: Parse<boolean> = (cell) => {
  const found = answers.get(folded(cell))
  if (found === undefined) throw new CellFault(say('This says neither yes nor no.', '无法判断是或否。'), say('Write true or false.', '请填写“是”或“否”。'))
  return found
}

export const whole = (min: number, max: number): Parse<number> => (cell) => {
  const plain = folded(cell).replace(/%$/, '')
  const found = /^-?\d{1,9}$/.test(plain) ? Number(plain) : NaN
  if (!(found >= min && found <= max)) throw new CellFault(say('This is no whole number in range.', '不是范围内的整数。'), say(`Write a whole number from ${min} to ${max}.`, `请填写 ${min} 至 ${max} 的整数。`))
  return found
}

const amount = (cell: string, digits: number): bigint => {
  const plain = folded(cell).replace(/[,元¥]/g, '')
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(plain) ?? []
  if (whole === undefined || fraction.length > digits) throw new CellFault(say('This is no amount of money to the fen.', '不是精确到分的金额。'), say('Write it in digits, such as 1234.50.', '请用数字填写，如 1234.50。'))
  return BigInt(`${sign}${whole}${fraction.padEnd(digits, '0')}`)
}
/** An amount in yuan; grouping commas are taken. */
export const yuan: Parse<string> = (cell) => yuanOf(amount(cell, 2))
/** An amount in ten thousand yuan (万元), kept in yuan. */
export const tenThousandYuan: Parse<string> = (cell) => yuanOf(amount(cell, 6))

/** What a rule of a module makes of a cell, its refusal as the fault. */
export const ruled = <T>(rule: (cell: string) => T): Parse<T> => (cell) => {
  try {
    return rule(cell.normalize('NFKC').trim())
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new CellFault(error.said, say('Correct the cell.', '请更正该单元格。'))
  }
}

/** Several values in one cell, apart by `;` or `；`. */
export const list = <T>(parse: Parse<T>, between: RegExp = /[;；]/): Parse<T[]> => (cell) =>
  cell.split(between).map((part) => part.trim()).filter(Boolean).map(parse)

/** Dated entries with free text, which may hold the separator itself: a new one begins where a day follows. */
export const datedList = <T>(parse: Parse<T>): Parse<T[]> => list(parse, /[;；]\s*(?=\d{4}[-/年]\d{1,2})/)

export interface Period {
  from: string
  to: string | null
}

/** `from..to`; the end may be open. */
export const period: Parse<Period> = (cell) => {
  const [from = '', to = '', ...more] = cell.split('..')
  if (more.length > 0 || !cell.includes('..')) throw new CellFault(say(`"${cell}" is no period.`, `“${cell}”不是期间。`), say('Write it like 2009-06-01..2014-05-01; the end may be left out.', '请写作 2009-06-01..2014-05-01，结束日期可不填。'))
  return { from: day(from.trim()), to: to.trim() ? day(to.trim()) : null }
}

/** Splits an entry such as `unit ROLE` at spaces, the last part taking the rest. */
export function parts(cell: string, count: number, pattern: Said): string[] {
  const found = cell.trim().split(/\s+/)
  if (found.length < count) throw new CellFault(say(`"${cell}" is incomplete.`, `“${cell}”不完整。`), say(`Write each entry like ${pattern.en}.`, `每项请写作 ${pattern.zh}。`))
  return [...found.slice(0, count - 1), cell.trim().replace(new RegExp(`^(\\S+\\s+){${count - 1}}`), '')]
}
