import type { AccessTable, Scope } from '../access/index.js'
import type { FencedTable } from './fence.js'
import type { FieldDeclaration } from './fields.js'

/** One piece of the network's work: what it keeps, what it shows, what may be done, and who may. */
export interface Module {
  name: string
  /** Types of the graph with a table of their own. */
  records: readonly Function[]
  /** Tables that are read through another type's fields only. */
  stored?: readonly Function[]
  /** Mutations and queries written by hand. */
  resolvers?: readonly Function[]
  /** Fields and queries that the plan reads. */
  fields?: readonly FieldDeclaration[]
  access: readonly AccessTable[]
  scopes: readonly Scope[]
  fenced?: readonly FencedTable[]
}

export const defineModule = (module: Module): Module => module
