import { keepWithin } from './limits.js'

/** Judges the variables of a request before any of them is read. Works with a list of its own: what is nested deeply must not nest calls. */
export function checkVariables(variables: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value: variables, depth: 0 }]
  let values = 0
  for (let at = open.pop(); at; at = open.pop()) {
    keepWithin('values', ++values)
    const { value, depth } = at
    if (typeof value !== 'object' || value === null) continue
    keepWithin('valueDepth', depth)
    const parts = Object.values(value)
    keepWithin('listLength', parts.length)
    for (const part of parts) open.push({ value: part, depth: depth + 1 })
  }
}
