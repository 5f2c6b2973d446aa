import { labelOf, type Cell, type Column, type Row } from './table.js'

const dayMs = 86_400_000
// Day 0 of a spreadsheet; its 29 February 1900, which never was, is behind every day of ours.
const dayZero = Date.UTC(1899, 11, 30)
const shanghaiMs = 8 * 3_600_000
/** A cell of Excel holds no more. */
const longestText = 32_767

const special: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// Characters that XML cannot hold are written as Excel writes them, and so is what would be read as one of these.
const unusual = /[&<>"]|[\u0000-\u0008\u000B\u000C\u000D\u000E-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const everyUnusual = new RegExp(unusual.source, 'g')
const excelEscape = (letter: string): string => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

export const xmlText = (text: string): string => (unusual.test(text) ? text.replace(everyUnusual, (letter) => special[letter] ?? excelEscape(letter)) : text)

/** Styles of `stylesXml`, by number. */
const style = { plain: 0, head: 1, day: 2, instant: 3, title: 4 } as const

export const stylesXml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="14"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F0"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="2" applyFont="1"/></cellXfs></styleSheet>`

/** `A` for 0, `AA` for 26. */
function letters(at: number): string {
  const rest = Math.floor(at / 26)
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (at % 26))}`
}

const textXml = (place: string, text: string, of: number = style.plain): string => {
  const cut = text.length > longestText ? text.slice(0, longestText) : text
  return `<c r="${place}" t="inlineStr"${of === style.plain ? '' : ` s="${of}"`}><is><t xml:space="preserve">${xmlText(cut)}</t></is></c>`
}
const numberXml = (place: string, value: string | number, of: number = style.plain): string => `<c r="${place}"${of === style.plain ? '' : ` s="${of}"`}><v>${value}</v></c>`

/** The number that a spreadsheet keeps is a binary fraction of 15 digits: longer decimals stay text, so that none is changed. */
const isExact = (decimal: string): boolean => decimal.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15

function cellXml(place: string, type: Column['type'], value: Exclude<Cell, null>): string {
  switch (type) {
    case 'INT':
      return numberXml(place, value as number)
    case 'DECIMAL':
      return isExact(String(value)) ? numberXml(place, String(value)) : textXml(place, String(value))
    case 'BOOLEAN':
      return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
    case 'DAY':
      return numberXml(place, (Date.parse(value as string) - dayZero) / dayMs, style.day)
    case 'INSTANT':
      return numberXml(place, (Date.parse(value as string) + shanghaiMs - dayZero) / dayMs, style.instant)
    default:
      return textXml(place, value as string)
  }
}

/** Everything before the first row of values: frozen, with the lines of the title above the heads. */
export function headXml(columns: readonly Column[], heads: 'NAME' | 'LABEL', title: readonly string[]): string {
  const line = title.length + 1
  const width = ({ type, labelZh }: Column) => (type === 'ID' ? 32 : type === 'INSTANT' ? 20 : Math.max(12, labelZh.length * 2 + 4))
  const widths = columns.map((column, at) => `<col min="${at + 1}" max="${at + 1}" width="${width(column)}" customWidth="1"/>`).join('')
  const titles = title.map((text, at) => `<row r="${at + 1}">${textXml(`A${at + 1}`, text, style.title)}</row>`).join('')
  const cells = columns.map((column, at) => textXml(`${letters(at)}${line}`, heads === 'NAME' ? column.name : labelOf(column), style.head)).join('')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${line}" topLeftCell="A${line + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>${titles}<row r="${line}">${cells}</row>`
}

export const footXml = '</sheetData></worksheet>'

/** The rows of a sheet, the first of them in line `first`. */
export function rowsXml(columns: readonly Column[], rows: readonly Row[], first: number): string {
  const places = columns.map((_column, at) => letters(at))
  let xml = ''
  for (const [index, row] of rows.entries()) {
    const line = first + index
    xml += `<row r="${line}">`
    for (let at = 0; at < columns.length; at++) {
      const value = row[at]
      if (value !== null && value !== undefined) xml += cellXml(`${places[at]}${line}`, columns[at]!.type, value)
    }
    xml += '</row>'
  }
  return xml
}
