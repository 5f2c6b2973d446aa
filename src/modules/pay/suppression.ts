/** A cell of a published table: how many persons it counts. */
export interface Cell {
  persons: number
}

/**
 * Which cells of one sum may not be published: those of fewer persons than the threshold, and as many of the smallest others as it takes so that what is left out
 * comes to two cells and to the threshold at least: else the sum less the rest would tell it. Where no other is left, the sum itself is not published either.
 */
export function suppressed<C extends Cell>(parts: readonly C[], total: Cell, threshold: number): { parts: ReadonlySet<C>; isTotal: boolean } {
  const hidden = new Set(parts.filter(({ persons }) => persons < threshold))
  const others = parts.filter((part) => !hidden.has(part)).sort((one, other) => one.persons - other.persons)
  const isTold = () => hidden.size > 0 && (hidden.size < 2 || [...hidden].reduce((sum, { persons }) => sum + persons, 0) < threshold)
  while (isTold() && others.length > 0) hidden.add(others.shift()!)
  return { parts: hidden, isTotal: isTold() || total.persons < threshold }
}
