import { all, condition, never, open, type Guard } from './guard.js'
import { permissions } from './permissions.js'
import type { Standing, Viewer } from './viewer.js'
import { viewerSql } from './viewer-sql.js'

/** What is known of a viewer before any row is: the guard left to decide per row, or open, or never. */
export function fold(guard: Guard, viewer: Pick<Viewer, 'kind' | 'roles'>, scopeOf: (type: string) => Guard): Guard {
  const holds = (roles: readonly Standing[]) => roles.some((role) => viewer.roles.has(role))
  return simplified(guard, (part) => {
    switch (part.kind) {
      case 'open':
      case 'never':
        return part
      case 'signedIn':
        return viewer.kind === 'anonymous' ? never : open
      case 'self':
        return viewer.kind === 'person' ? part : never
      case 'held':
        return !holds(permissions[part.word]) ? never : part.place ? part : open
      case 'visible':
        return throughScope(part, scopeOf)
      case 'condition':
        return part.roles && !holds(part.roles) ? never : part
    }
  })
}

/** For a service token whose roles are not known before the statement runs: what `fold` decides of them is left to it. */
export function unfolded(guard: Guard, scopeOf: (type: string) => Guard): Guard {
  const holding = (roles: readonly Standing[]): Guard => condition({ sentence: { en: 'holds one of the roles', zh: '任有关角色' }, columns: [], sql: () => viewerSql.holds(roles) })
  return simplified(guard, (part) => {
    switch (part.kind) {
      case 'open':
      case 'never':
        return part
      case 'signedIn':
        return open
      case 'self':
        return never
      case 'held':
        return part.place ? part : holding(permissions[part.word])
      case 'visible':
        return throughScope(part, scopeOf)
      case 'condition':
        return part.roles ? all(holding(part.roles), part) : part
    }
  })
}

type Leaf = Exclude<Guard, { kind: 'any' | 'all' }>

const throughScope = (guard: Extract<Guard, { kind: 'visible' }>, scopeOf: (type: string) => Guard): Guard => {
  const rows = scopeOf(guard.type)
  return rows.kind === 'never' ? never : { ...guard, rows }
}

/** The guard with each of its parts made into another, and without what decides nothing then. */
function simplified(guard: Guard, leaf: (part: Leaf) => Guard): Guard {
  if (guard.kind !== 'any' && guard.kind !== 'all') return leaf(guard)
  const [decides, adds] = guard.kind === 'any' ? (['open', 'never'] as const) : (['never', 'open'] as const)
  const left: Guard[] = []
  for (const part of guard.of) {
    const made = simplified(part, leaf)
    if (made.kind === decides) return made
    if (made.kind !== adds) left.push(made)
  }
  return left.length === 0 ? (guard.kind === 'any' ? never : open) : left.length === 1 ? left[0]! : { kind: guard.kind, of: left }
}
