import type { Said } from '../../kernel/index.js'
import { documentNumberFault } from '../../modules/units/index.js'
import { added, compared, hundredthsOf, less, percent } from './digits.js'
import type { Layout, LayoutCheck, LayoutTable } from './layout.js'
import type { Cell, ReturnRow, ReturnTable } from './reckoning.js'

/** One check of one row that found something wrong, or of a table that found nothing. */
export interface Finding {
  check: LayoutCheck
  table: LayoutTable
  rowKey: string | null
  passed: boolean
  said: Said
}

type Row = { row: ReturnRow; cell(key: string): Cell }
type Fault = { row: string; said: Said }
/** Looks at the rows of a table; answers what is wrong. */
type Checker = (rows: readonly Row[], check: LayoutCheck, table: LayoutTable) => Fault[]

const headOf = (table: LayoutTable, key: string): string => table.columns.find((column) => column.key === key)!.headZh
const number = (cell: Cell): string => cell.value ?? '0'
const at = ({ row }: Row, table: LayoutTable, key: string): string => `${row.label}, ${headOf(table, key)}`
const faultOf = (row: Row, en: string, zh: string): Fault => ({ row: row.row.key, said: { en, zh } })

const checkers: Readonly<Record<LayoutCheck['kind'], Checker>> = {
  /** The first column is the sum of the others; with a total row, that row is the sum of the other rows in each column. */
  TOTAL(rows, { columns, totalRow }, table) {
    const [total, ...parts] = columns as [string, ...string[]]
    if (!totalRow) {
      return rows.flatMap((row) => {
        const sum = added(parts.map((key) => number(row.cell(key))))
        const told = number(row.cell(total))
        return compared(told, sum) === 0 ? [] : [faultOf(row, `${at(row, table, total)} is ${told}; its parts come to ${sum}.`, `${row.row.label}“${headOf(table, total)}”为 ${told}，各分项合计为 ${sum}。`)]
      })
    }
    const sums = rows.find(({ row }) => row.key === totalRow)
    if (!sums) return []
    const others = rows.filter((row) => row !== sums)
    return columns.flatMap((key) => {
      const sum = added(others.map((row) => number(row.cell(key))))
      const told = number(sums.cell(key))
      // What lies in the division itself and in none of its parts is in the total alone.
      return compared(told, sum) >= 0 ? [] : [faultOf(sums, `${at(sums, table, key)} is ${told}, less than its parts: ${sum}.`, `“${headOf(table, key)}”合计 ${told}，小于各分项之和 ${sum}。`)]
    })
  },
  /** No other column is more than the first, of which they are parts. */
  PART(rows, { columns: [total, ...parts] }, table) {
    return rows.flatMap((row) =>
      parts.flatMap((key) => {
        const [whole, part] = [number(row.cell(total!)), number(row.cell(key))]
        return compared(part, whole) <= 0 ? [] : [faultOf(row, `${at(row, table, key)} is ${part}, more than ${headOf(table, total!)}: ${whole}.`, `${row.row.label}“${headOf(table, key)}”为 ${part}，大于“${headOf(table, total!)}” ${whole}。`)]
      }),
    )
  },
  /** The first column is the share of the second in the residents, who are told with it. */
  SHARE(rows, { columns: [share, numerator] }, table) {
    return rows.flatMap((row) => {
      const cell = row.cell(share!)
      if (cell.value === null) return [faultOf(row, `${at(row, table, share!)} cannot be told: no resident population is entered for the year or before.`, `缺少常住人口数，无法计算“${headOf(table, share!)}”。`)]
      const own = row.cell(numerator!)
      if (cell.residents === null || own.value === null) return []
      const told = percent(hundredthsOf(own.value), hundredthsOf(cell.residents), cell.column.digits)
      if (told === null || compared(cell.value, told) !== 0) return [faultOf(row, `${at(row, table, share!)} is ${cell.value}; ${own.value} of ${cell.residents} residents are ${told ?? '?'} percent.`, `“${headOf(table, share!)}”为 ${cell.value}，按 ${own.value} ÷ 常住人口 ${cell.residents} 应为 ${told ?? '?'}。`)]
      return compared(cell.value, '100') <= 0 ? [] : [faultOf(row, `${at(row, table, share!)} is ${cell.value}, more than all residents.`, `“${headOf(table, share!)}”为 ${cell.value}%，超过 100%。`)]
    })
  },
  /** The first column is what the second grew by on what was submitted for the year before; without that, on what the rows say of it. */
  GROWTH(rows, { columns: [growth, figure] }, table) {
    return rows.flatMap((row) => {
      const [told, own] = [row.cell(growth!), row.cell(figure!)]
      const before = own.submittedPrevious ?? own.previous
      if (before === null || told.value === null) return []
      const grown = less(number(own), before)
      if (compared(told.value, grown) === 0) return []
      const [from, fromZh] = own.submittedPrevious === null ? ['last year’s rows', '上年数据'] : ['what was submitted last year', '上年上报数']
      return [faultOf(row, `${at(row, table, growth!)} is ${told.value}; against ${from} (${before}) it is ${grown}.`, `${row.row.label}“${headOf(table, growth!)}”为 ${told.value}，与${fromZh} ${before} 相比应为 ${grown}。`)]
    })
  },
  /** Last year's figure is what was submitted for it: else something of last year was entered or changed afterwards. */
  SUBMITTED(rows, { columns }, table) {
    return rows.flatMap((row) =>
      columns.flatMap((key) => {
        const { previous, submittedPrevious } = row.cell(key)
        if (previous === null || submittedPrevious === null || compared(previous, submittedPrevious) === 0) return []
        return [faultOf(row, `${at(row, table, key)} of last year is ${previous} by today's rows; ${submittedPrevious} was submitted.`, `${row.row.label}“${headOf(table, key)}”上年按现有数据为 ${previous}，当时上报为 ${submittedPrevious}。`)]
      }),
    )
  },
  /** The number of a document (first column) has its shape, and names the year in which it was issued (second column). */
  DOCUMENT_NUMBER(rows, { columns: [numberKey, day] }) {
    return rows.flatMap((row) => {
      const [told, issuedOn] = [row.cell(numberKey!).text ?? '', row.cell(day!).text ?? '']
      const fault = documentNumberFault(told, issuedOn)
      return fault ? [faultOf(row, `The document number ${told} ${fault.en}`, `文号“${told}”${fault.zh}`)] : []
    })
  },
  NOT_NEGATIVE(rows, { columns }, table) {
    return rows.flatMap((row) =>
      columns.flatMap((key) => {
        const { value } = row.cell(key)
        return value !== null && value.startsWith('-') ? [faultOf(row, `${at(row, table, key)} is ${value}; it cannot be less than 0.`, `${row.row.label}“${headOf(table, key)}”为 ${value}，不得为负数。`)] : []
      }),
    )
  },
  /** The text is there. */
  TEXT(rows, { columns }, table) {
    return rows.flatMap((row) => columns.flatMap((key) => (row.cell(key).text ? [] : [faultOf(row, `${at(row, table, key)} is missing. Ask a unit for it (returnTextAsk), or enter the rows that it is taken from.`, `缺少“${row.row.label} ${headOf(table, key)}”的文字材料，请布置填报（returnTextAsk）或补录相关记录。`)])))
  },
}

/** Every check of the form on the tables that are there: one finding for each fault, and one for each check without any. */
export function checked(layout: Layout, tables: readonly ReturnTable[]): Finding[] {
  return layout.checks.flatMap((check): Finding[] => {
    const found = tables.find(({ table }) => table.number === check.table)
    if (!found) return []
    const { table } = found
    const rows = found.rows.map((row) => ({ row, cell: (key: string) => row.cells.find(({ column }) => column.key === key)! }))
    const faults = checkers[check.kind](rows, check, table)
    if (faults.length === 0) return [{ check, table, rowKey: null, passed: true, said: { en: `Table ${table.number} passes.`, zh: `表${table.number}通过校验。` } }]
    return faults.map(({ row, said }) => ({ check, table, rowKey: row, passed: false, said: { en: `Table ${table.number}: ${said.en}`, zh: `表${table.number}：${said.zh}` } }))
  })
}
