import type { GraphQLSchema } from 'graphql'
import { isInterfaceType, isObjectType } from 'graphql'
import { fold, unfolded } from './fold.js'
import { columnsOf, never, type Guard } from './guard.js'
import { permissions, type Permission } from './permissions.js'
import { doorOf, mergeTables, type AccessTable, type Act, type Authored, type Door, type Scope } from './table.js'
import type { Viewer } from './viewer.js'

export interface PolicySource {
  module: string
  tables: readonly AccessTable[]
  scopes: readonly Scope[]
}

/** The access tables of all modules as one answerer. Folding is remembered per kind of viewer (the set of roles), never per viewer. */
export class Policy {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Authored>>
  readonly scopes: ReadonlyMap<string, Scope>
  readonly #folded = new Map<string, Map<Guard, Guard>>()

  constructor(
    private readonly sources: readonly PolicySource[],
    private readonly folding: typeof fold = fold,
  ) {
    this.rows = mergeTables(sources.flatMap(({ module, tables }) => tables.map((table) => ({ module, table }))))
    const scopes = new Map<string, Scope>()
    for (const { module, scopes: own } of sources) {
      for (const one of own) {
        if (scopes.has(one.type)) throw new Error(`module ${module}: the scope of ${one.type} is written twice`)
        scopes.set(one.type, one)
      }
    }
    this.scopes = scopes
  }

  /** The guard of a field's door, folded for this kind of viewer. A field without a row is denied. */
  door(viewer: Viewer, type: string, field: string, door: Door): Guard {
    return this.#fold(viewer, doorOf(this.rows.get(type)?.get(field)?.row, door))
  }

  /** Which rows of a type exist for this kind of viewer. A type without a scope has no rows. */
  scope(viewer: Viewer, type: string): Guard {
    return this.#fold(viewer, this.scopes.get(type)?.rows ?? never)
  }

  /** A guard that stands in no row, folded for this kind of viewer. */
  folded(viewer: Viewer, guard: Guard): Guard {
    return this.#fold(viewer, guard)
  }

  /** The same for service tokens of which nothing is known before a statement runs: for SQL that lives in the database. */
  unfolded(): Policy {
    return new Policy(this.sources, (guard, _viewer, scopeOf) => unfolded(guard, scopeOf))
  }

  act(mutation: string): Act {
    const act = this.rows.get('Mutation')?.get(mutation)?.act
    if (!act) throw new Error(`Mutation.${mutation} has no act(…) row`)
    return act
  }

  #fold(viewer: Viewer, guard: Guard): Guard {
    let known = this.#folded.get(viewer.kindKey)
    if (!known) {
      // Kinds of viewers are few (sets of eleven roles held by real people); the bound only stops a flood of invented ones.
      if (this.#folded.size > 500) this.#folded.clear()
      this.#folded.set(viewer.kindKey, (known = new Map()))
    }
    let folded = known.get(guard)
    if (!folded) known.set(guard, (folded = this.folding(guard, viewer, (type) => this.scope(viewer, type))))
    return folded
  }
}

/** True for a guard that may hide a value of a visible row from someone. */
const canHide = (guard: Guard): boolean => guard.kind !== 'open' && guard.kind !== 'signedIn'

const wordsOf = (guard: Guard): readonly Permission[] => (guard.kind === 'held' ? [guard.word] : guard.kind === 'any' || guard.kind === 'all' ? guard.of.flatMap(wordsOf) : [])
const unheld = (guard: Guard): readonly string[] => wordsOf(guard).filter((word) => !permissions[word]?.length)

export interface StructuralTypes {
  /** Connections, edges, payloads and other shapes without rows of their own: open with the field that returns them. */
  isOpen(type: string): boolean
  /** Whether a guard over the type may read this column or path. */
  hasColumn(type: string, path: string): boolean
}

/** Every field has a row, every row a field, every guard its columns, every guarded field is nullable; or the start is refused with all faults. */
export function checkTotal(schema: GraphQLSchema, policy: Policy, structure: StructuralTypes): void {
  const faults: string[] = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isInterfaceType(type) || !isObjectType(type) || structure.isOpen(type.name)) continue
    const rows = policy.rows.get(type.name)
    for (const field of Object.values(type.getFields())) {
      const row = rows?.get(field.name)?.row
      if (!row) faults.push(`${type.name}.${field.name}: the field has no access row`)
      else if (canHide(row.read) && field.type.toString().endsWith('!') && type.name !== 'Mutation' && type.name !== 'Query') {
        faults.push(`${type.name}.${field.name}: the field is guarded, so it must be nullable`)
      }
    }
  }
  for (const [typeName, rows] of policy.rows) {
    const type = schema.getType(typeName)
    for (const [field, { row, act }] of rows) {
      if (!isObjectType(type) || !type.getFields()[field]) faults.push(`${typeName}.${field}: the access row has no field`)
      const subject = act?.on ?? typeName
      for (const guard of new Set([row.read, row.filter, row.order, row.group, row.aggregate, row.write])) {
        for (const path of guard ? columnsOf(guard) : []) {
          if (!structure.hasColumn(subject, path)) faults.push(`${typeName}.${field}: the guard reads ${subject}.${path}, which is no column`)
        }
        for (const word of guard ? unheld(guard) : []) faults.push(`${typeName}.${field}: the permission ${word} is held by no role`)
      }
    }
  }
  for (const { type, rows } of policy.scopes.values()) {
    for (const path of columnsOf(rows)) if (!structure.hasColumn(type, path)) faults.push(`${type}: the scope reads ${path}, which is no column`)
    for (const word of unheld(rows)) faults.push(`${type}: the scope asks for the permission ${word}, which is held by no role`)
  }
  if (faults.length > 0) throw new Error(`The access tables are not total:\n  ${faults.join('\n  ')}`)
}

