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

/** The acts that move a row through its lifecycle: from which states, to which. */
export interface Verbs<V extends string, S extends string> {
  readonly names: readonly V[]
  from(verb: V): readonly S[]
  /** The fault of doing it in this state, or none. */
  faults(verb: V, state: S, field: string): Problem[]
}

/** Names the acts over a state table; an act that the table does not allow stops the start. */
export function verbs<V extends string, S extends string>(of: Lifecycle<S>, table: Readonly<Record<V, { from: readonly S[]; to: S | readonly S[] }>>): Verbs<V, S> {
  for (const [verb, { from, to }] of Object.entries<{ from: readonly S[]; to: S | readonly S[] }>(table)) {
    for (const state of from) for (const next of [to].flat() as S[]) if (!of.may(state, next)) throw new Error(`${verb}: the lifecycle has no step from ${state} to ${next}`)
  }
  return {
    names: Object.keys(table) as V[],
    from: (verb) => table[verb].from,
    faults(verb, state, field) {
      const { from } = table[verb]
      if (from.includes(state)) return []
      return [new Problem('ILLEGAL_TRANSITION', field, { en: `${verb} is for ${from.join(', ')}; the state is ${state}.`, zh: `${verb} 仅适用于状态 ${from.join('、')}，当前为 ${state}。` })]
    },
  }
}
