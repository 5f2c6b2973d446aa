import { describe, expect, it } from '@jest/globals'
import { leftOut } from '../../src/reporting/indicators/index.js'

const region = (id: string, parts: Record<string, number>) => ({ id, parts: new Map(Object.entries(parts)) })
const hiddenOf = (...regions: ReturnType<typeof region>[]) => {
  const { regions: ids, isTotal } = leftOut(regions, 5)
  return [[...ids].sort(), isTotal]
}

describe('the cut', () => {
  it('shows everything where nobody is few', () => {
    expect(hiddenOf(region('a', { all: 20, unpaid: 5 }), region('b', { all: 9, unpaid: 0 }))).toEqual([[], false])
    expect(hiddenOf()).toEqual([[], false])
  })

  it('leaves a region out whole where any part of it is small, and the next smallest with it', () => {
    expect(hiddenOf(region('a', { all: 30, unpaid: 3 }), region('b', { all: 12, unpaid: 6 }), region('c', { all: 40, unpaid: 20 }))).toEqual([['a', 'b'], false])
  })

  it('goes on until what is left out tells nothing of few when it is had by subtraction', () => {
    // Two regions with one unpaid each: two together are too few as well.
    expect(hiddenOf(region('a', { all: 30, unpaid: 1 }), region('b', { all: 12, unpaid: 1 }), region('c', { all: 40, unpaid: 9 }), region('d', { all: 50, unpaid: 9 }))).toEqual([['a', 'b', 'c'], false])
  })

  it('leaves out the province where nothing else is left', () => {
    expect(hiddenOf(region('a', { all: 30, unpaid: 1 }))).toEqual([['a'], true])
    expect(hiddenOf(region('a', { all: 30, unpaid: 1 }), region('b', { all: 30, unpaid: 1 }))).toEqual([['a', 'b'], true])
  })

  it('never lets subtraction tell of few: ten thousand provinces by chance', () => {
    let state = 7
    const below = (limit: number) => (state = (state * 1103515245 + 12345) % 2147483648) % limit
    let withHidden = 0
    for (let turn = 0; turn < 10_000; turn++) {
      const regions = Array.from({ length: 1 + below(11) }, (_none, at) => {
        const all = below(40)
        const unpaid = below(all + 1)
        return region(String(at), { all, unpaid, paid: all - unpaid })
      })
      const { regions: hidden, isTotal } = leftOut(regions, 5)
      const few = (persons: number) => persons > 0 && persons < 5
      for (const part of ['all', 'unpaid', 'paid']) {
        const of = (those: typeof regions) => those.reduce((sum, { parts }) => sum + parts.get(part)!, 0)
        for (const one of regions.filter(({ id }) => !hidden.has(id))) expect(few(one.parts.get(part)!)).toBe(false)
        if (!isTotal) expect(few(of(regions)) || few(of(regions.filter(({ id }) => hidden.has(id))))).toBe(false)
      }
      if (!isTotal) expect(hidden.size).not.toBe(1)
      if (hidden.size > 0 && !isTotal) withHidden++
    }
    expect(withHidden).toBeGreaterThan(1_000)
  })
})
