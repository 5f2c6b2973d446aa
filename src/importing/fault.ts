import type { Said } from '../kernel/index.js'

/** One thing to mend in a file. `value` is what the cell says, `***` where it is personal. */
export interface Fault {
  /** Line of the file; 0 where the fault belongs to no line. */
  line: number
  /** Header of the column as the file writes it; empty where the fault belongs to the whole line. */
  column: string
  value: string
  reason: Said
  remedy: Said
}

export const say = (en: string, zh: string): Said => ({ en, zh })

/** What stands in a report for a value that only its owner's unit may read. */
export const withheld = '***'

const longestShown = 100

/** A cell as a report shows it: one line, not endless. */
export function shown(cell: string): string {
  const text = cell.replace(/\s+/g, ' ').trim()
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
