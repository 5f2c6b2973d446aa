/** A region of the cut: for each part of each figure how many distinct persons are in it. */
export interface Region {
  id: string
  parts: ReadonlyMap<string, number>
}

/** Some persons, and too few. */
const isTelling = (parts: ReadonlyMap<string, number>, least: number): boolean => [...parts.values()].some((persons) => persons > 0 && persons < least)

/** What the province less the regions that are shown tells of those that are not. */
function together(regions: readonly Region[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { parts } of regions) for (const [part, persons] of parts) sums.set(part, (sums.get(part) ?? 0) + persons)
  return sums
}

/**
 * Which regions are not published, and whether the province is. A region is shown with all of its figures or with none, so that no figure tells what another leaves out: with none where any part of any
 * figure has some persons and fewer than `least`. What is left out can be had by subtraction, so the smallest others join it until it is two regions at least and no part of it, taken together, is telling.
 * Where that cannot be had, the province is not published either.
 */
export function leftOut(regions: readonly Region[], least: number): { regions: ReadonlySet<string>; isTotal: boolean } {
  const hidden = regions.filter(({ parts }) => isTelling(parts, least))
  const size = ({ parts }: Region) => [...parts.values()].reduce((sum, persons) => sum + persons, 0)
  const others = regions.filter((region) => !hidden.includes(region)).sort((one, other) => size(one) - size(other))
  const isTold = () => hidden.length > 0 && (hidden.length < 2 || isTelling(together(hidden), least))
  while (isTold() && others.length > 0) hidden.push(others.shift()!)
  return { regions: new Set(hidden.map(({ id }) => id)), isTotal: isTold() || isTelling(together(regions), least) }
}
