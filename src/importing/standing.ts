import { overlaps, type Said } from '../kernel/index.js'
import { say } from './fault.js'
import type { FileRow } from './sheet.js'
import { grouped } from './stored.js'

/** A dated row as it will stand, from the file or only stored; no two of one key hold on the same day. */
export interface Standing {
  row?: FileRow<unknown>
  key: string
  from: string
  to: string | null
}

/** Refuses rows of the file whose dates meet those of another row of their key. `what` begins the reason. */
export function checkNoOverlap(all: readonly Standing[], what: Said): void {
  for (const group of grouped(all, ({ key }) => key).values()) {
    const sorted = group.toSorted((one, other) => (one.from < other.from ? -1 : 1))
    for (const [at, next] of sorted.entries()) {
      const one = sorted[at - 1]
      if (!one || !overlaps(one.from, one.to, next.from, next.to)) continue
      const [refused, other] = next.row ? [next.row, one] : [one.row, next]
      const period = `${other.from}..${other.to ?? ''}`
      refused?.refuse('from', say(`${what.en}: ${period}.`, `${what.zh}：${period}。`), say('Let one begin on the day the other ends.', '请让后一项自前一项终止之日起始。'))
    }
  }
}
