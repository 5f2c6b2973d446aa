import type { DocumentNode, FieldNode, OperationDefinitionNode } from 'graphql'

interface Allowed {
  rows: number
  isFlat: boolean
}
const allowed = new WeakMap<FieldNode, Allowed>()

/**
 * Lets the lists at the root of a document have pages of so many rows, for whoever walks through a whole list inside the process; `isFlat`: as `plan-flat.ts`
 * writes them. It is a fact about these very nodes, so nothing that a client sends, were it the same text, has it.
 */
export function allowPages(document: DocumentNode, rows: number, isFlat = false): DocumentNode {
  for (const { selectionSet } of document.definitions as readonly OperationDefinitionNode[]) {
    for (const field of selectionSet.selections) allowed.set(field as FieldNode, { rows, isFlat })
  }
  return document
}

/** What was allowed of this list. */
export const allowedOf = ([field]: readonly FieldNode[]): Allowed | undefined => allowed.get(field!)
