import type { Asking } from '../figures/index.js'
import { readFigures } from './reading.js'
import { emptyCell, type ReturnRow, type ReturnTable } from './reckoning.js'

/** The tables with what was submitted in the place of what is reckoned now; the year before, and the residents, stay those of now. */
export async function asSubmitted(asking: Asking, submission: { id: string; edition: number }, live: readonly ReturnTable[]): Promise<ReturnTable[]> {
  const kept = await readFigures(asking, submission)
  return live.map(({ table, rows }) => {
    const lines = new Map<number, ReturnRow & { cells: ReturnRow['cells'][number][] }>()
    for (const { tableNumber, rowNumber, rowKey, rowLabel, columnKey, isNumber, countedValue, id } of kept) {
      const column = table.columns.find(({ key }) => key === columnKey)
      if (tableNumber !== table.number || !column) continue
      const line = lines.get(rowNumber) ?? { key: rowKey, label: rowLabel, cells: [] }
      lines.set(rowNumber, line)
      const now = rows.find(({ key }) => key === rowKey)?.cells.find((cell) => cell.column.key === columnKey) ?? emptyCell(column)
      line.cells.push({ ...now, value: isNumber ? countedValue : null, text: isNumber ? null : countedValue, rows: [{ list: 'returnFigures', filter: { id: { eq: id } } }] })
    }
    const at = (key: string) => table.columns.findIndex((column) => column.key === key)
    return { table, rows: [...lines].sort(([one], [other]) => one - other).map(([, line]) => ({ ...line, cells: line.cells.sort((one, other) => at(one.column.key) - at(other.column.key)) })) }
  })
}
