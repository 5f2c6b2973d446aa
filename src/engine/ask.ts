import { execute, GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql'
import { mayAsk } from '../access/index.js'
import { Refusal } from '../kernel/index.js'
import { answerDirectly } from './direct.js'
import type { WithReads } from './resolve.js'

/**
 * Asks the graph from inside the process as the viewer of `context`: the way for whatever answers beside `/graphql` or puts figures together, so that
 * every value has come through its own doors. What the graph refuses is thrown as what it was. Keep the parsed document: its text is planned once.
 */
export async function ask<T>(schema: GraphQLSchema, document: DocumentNode, context: WithReads, variables: Record<string, unknown> = {}): Promise<T> {
  const { reads } = context
  const written = await answerDirectly({ schema, document, variables }, reads, mayAsk(reads.engine.policy)).catch((error: unknown) => {
    // The plain road refuses the same in the same words.
    if (error instanceof Refusal) return undefined
    throw error
  })
  if (written) return JSON.parse(written.json) as T
  await reads.prove()
  const { data, errors } = await execute({ schema, document, contextValue: context, variableValues: variables })
  const [error] = errors ?? []
  if (!error) return data as T
  let cause: unknown = error
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  if (cause instanceof GraphQLError) throw new Refusal('BAD_USER_INPUT', { en: cause.message, zh: cause.message })
  throw cause
}
