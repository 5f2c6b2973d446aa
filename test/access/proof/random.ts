/** Chance that can be repeated: the seed is printed by every suite and given again as `HELI_SEED`. */
export interface Random {
  seed: number
  /** In [0, 1). */
  next(): number
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  some<T>(items: readonly T[], atMost: number): T[]
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from')
    return items[below(items.length)]!
  }
  const some = <T>(items: readonly T[], atMost: number): T[] => {
    const rest = [...items]
    return Array.from({ length: Math.min(atMost, rest.length) }, () => rest.splice(below(rest.length), 1)[0]!)
  }
  return { seed, next, below, chance: (probability) => next() < probability, pick, some }
}

export const isFull = process.env['HELI_FULL'] === '1'
/** The seed of this run: always the same in the short form, so that a change turns it red and not chance; another each time in the full form. `HELI_SEED` says which. */
export const seedOfRun = process.env['HELI_SEED'] ? Number(process.env['HELI_SEED']) : process.env['HELI_FULL'] ? Date.now() % 1_000_000_000 : 5

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
