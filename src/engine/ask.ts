import { execute, GraphQLError, parse, type DocumentNode, type GraphQLSchema } from 'graphql'
import { mayAsk } from '../access/index.js'
import { Refusal } from '../kernel/index.js'
import { answerDirectly } from './direct.js'
import type { WithReads } from './resolve.js'

const parsed = new Map<string, DocumentNode>()
// Which figures are asked for together is the client's choice, so there are more texts than anybody could keep.
const maxParsed = 500

/** A document that is put together of parts, parsed once for each text: the graph keeps what it plans with the document. */
export function documentOf(text: string): DocumentNode {
  const found = parsed.get(text)
  if (found) return found
  if (parsed.size >= maxParsed) parsed.delete(parsed.keys().next().value!)
  const made = parse(text, { noLocation: true })
  parsed.set(text, made)
  return made
}

/**
 * Asks the graph from inside the process as the viewer of `context`: the way for whatever answers beside `/graphql` or puts figures together, so that
 * every value has come through its own doors. What the graph refuses is thrown as what it was. Keep the parsed document: its text is planned once.
 */
export async function ask<T>(schema: GraphQLSchema, document: DocumentNode, context: WithReads, variables: Record<string, unknown> = {}): Promise<T> {
  const { reads } = context
  const written = await writtenBy(schema, document, context, variables)
  if (written) return written as T
  await reads.prove()
  const { data, errors } = await execute({ schema, document, contextValue: context, variableValues: variables })
  const [error] = errors ?? []
  if (!error) return data as T
  let cause: unknown = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  if (cause instanceof GraphQLError) throw new Refusal('BAD_USER_INPUT', { en: cause.message, zh: cause.message })
  throw cause
}

/**
 * Long pages of rows (`allowPages`): of `flat`, each an array of the selection's leaves; where that road cannot be taken, the objects of `nested`, the same selection.
 */
export async function askRows(schema: GraphQLSchema, { flat, nested }: { flat: DocumentNode; nested: DocumentNode }, context: WithReads, list: string, variables: Record<string, unknown>): Promise<{ arrays: unknown[][] } | { objects: object[] }> {
  const written = await writtenBy(schema, flat, context, variables)
  if (written) return { arrays: (written as Record<string, unknown[][]>)[list]! }
  return { objects: (await ask<Record<string, { nodes: object[] }>>(schema, nested, context, variables))[list]!.nodes }
}

async function writtenBy(schema: GraphQLSchema, document: DocumentNode, { reads }: WithReads, variables: Record<string, unknown>): Promise<unknown> {
  const written = await answerDirectly({ schema, document, variables }, reads, mayAsk(reads.engine.policy)).catch((error: unknown) => {
    // The plain road refuses the same in the same words.
    if (error instanceof Refusal) return undefined
    throw error
  })
  return written && JSON.parse(written.json)
}
