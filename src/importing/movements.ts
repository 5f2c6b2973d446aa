import { fenOf, yuanOf } from '../kernel/index.js'
import { say } from './fault.js'
import type { FileRow } from './sheet.js'

/** What is left where rows of a file take their amounts from, one after the other. */
export class Rest {
  readonly #left = new Map<string, bigint>()

  /** Takes the amount, less what the row had taken before; refuses the row where so much is not left. */
  take(row: FileRow<unknown>, from: { id: string; rest: string }, amount: string, before = '0'): void {
    const left = this.#left.get(from.id) ?? fenOf(from.rest)
    const after = left - fenOf(amount) + fenOf(before)
    if (after < 0n) {
      row.refuse('amount', say(`${amount} yuan is more than the ${yuanOf(left)} yuan that are left.`, `金额 ${amount} 元超过余额 ${yuanOf(left)} 元。`))
      return
    }
    this.#left.set(from.id, after)
  }
}

/** An entry has a positive amount; a correction names the entry that it corrects, a reason, and an amount that is not 0. */
export function checkSigned(row: FileRow<{ amount: string; corrects?: string | null | undefined; reason?: string | null | undefined }>): void {
  const { amount, corrects, reason } = row.values
  const fen = fenOf(amount)
  if (corrects ? fen === 0n : fen <= 0n) row.refuse('amount', say('An entry is more than 0; a correction is not 0.', '金额须大于 0；更正金额不能为 0。'))
  if (Boolean(corrects) !== Boolean(reason)) row.refuse(corrects ? 'reason' : 'corrects', say('A correction names the entry that it corrects and a reason.', '更正须注明所更正的凭证号和原因。'))
}
