/* Whether two answers hold the same data, and where they do not. */

/** Cursors are each server's own; ids of rows just made differ. */
const ignored = new Set(['endCursor'])

const isInstant = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)

/** The places where two values differ, at most a few, each as `path: left | right`. */
export function differences(left: unknown, right: unknown, path = 'data', found: string[] = []): string[] {
  if (found.length >= 8) return found
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    if (left !== right && !(isInstant(left) && isInstant(right) && Date.parse(left) === Date.parse(right))) found.push(`${path}: ${JSON.stringify(left)} | ${JSON.stringify(right)}`)
    return found
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length !== right.length) found.push(`${path}: ${left.length} rows | ${right.length} rows`)
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (ignored.has(key)) continue
    const [a, b] = [(left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]]
    if (a === undefined || b === undefined) found.push(`${path}.${key}: ${a === undefined ? 'absent' : 'there'} | ${b === undefined ? 'absent' : 'there'}`)
    else differences(a, b, `${path}.${key}`, found)
  }
  return found
}
