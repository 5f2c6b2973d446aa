import { labelOf, type Cell, type Column, type Table, type Written } from './table.js'

const mustQuote = /[",\r\n]/
// A spreadsheet takes what begins so for a formula, full width or not.
const formula = /^[=+\-@\t\r\n＝＋－＠]/

const quoted = (text: string): string => (mustQuote.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const textCell = (text: string): string => (text === '' ? '""' : quoted(formula.test(text) ? `'${text}` : text))
const isText = ({ type }: Column): boolean => type === 'ID' || type === 'STRING' || type === 'ENUM'

/**
 * CSV after RFC 4180, in UTF-8 with byte order mark. No value is an empty cell, an empty text `""`. A text that a spreadsheet would take
 * for a formula begins with an apostrophe; numbers and days, which their types make harmless, stay as they are.
 */
export async function* csv({ columns, pages, heads = 'NAME' }: Table): Written {
  yield Buffer.from(`\uFEFF${columns.map((column) => quoted(heads === 'NAME' ? column.name : labelOf(column))).join()}\r\n`)
  const write = columns.map((column) => (isText(column) ? (value: Cell) => (value === null ? '' : textCell(value as string)) : (value: Cell) => (value === null ? '' : String(value))))
  for await (const page of pages) {
    let text = ''
    for (const row of page) {
      text += write[0]!(row[0]!)
      for (let at = 1; at < write.length; at++) text += `,${write[at]!(row[at]!)}`
      text += '\r\n'
    }
    if (text !== '') yield Buffer.from(text)
  }
}
