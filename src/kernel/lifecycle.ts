import { Problem } from './problem.js'

/** A state table: from each state, the states that may follow. Readable aloud; the only place that says what may follow what. */
export interface Lifecycle<S extends string> {
  readonly initial: S
  readonly states: readonly S[]
  next(from: S): readonly S[]
  may(from: S, to: S): boolean
  /** Throws `ILLEGAL_TRANSITION` naming the states that may follow. */
  check(from: S, to: S, field: string): void
}

export function lifecycle<S extends string>(initial: S, table: Readonly<Record<S, readonly S[]>>): Lifecycle<S> {
  return {
    initial,
    states: Object.keys(table) as S[],
    next: (from) => table[from],
    may: (from, to) => table[from].includes(to),
    check(from, to, field) {
      if (table[from].includes(to)) return
      const legal = table[from].join(', ')
      throw new Problem('ILLEGAL_TRANSITION', field, {
        en: `${from} cannot become ${to}. It may become: ${legal || 'nothing, it is final'}.`,
        zh: `状态 ${from} 不能变为 ${to}，可变为：${legal || '无（终态）'}。`,
      })
    },
  }
}
