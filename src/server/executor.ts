import { HeaderMap, type ApolloServerOptionsWithGateway, type BaseContext } from '@apollo/server'
import { execute, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { isOutage } from '../database.js'
import { mayAsk } from '../access/index.js'
import { answerDirectly, WrittenData } from '../engine/index.js'
import { Refusal, type RequestFacts } from '../kernel/index.js'
import type { RequestContext } from '../schema.js'

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway']
type Executor = Awaited<ReturnType<Gateway['load']>>['executor']

/**
 * Apollo's executor: the direct road where a query is all plan, graphql-js for everything else.
 * It enters through Apollo's `gateway` option, the only one that takes an executor.
 */
export function directGateway(schema: GraphQLSchema): Gateway {
  const executor: Executor = async ({ document, request, context }) => {
    const { reads } = context as unknown as RequestContext
    // The name as it was sent: Apollo's own is null where it names no operation, and the only one would run in its place.
    const operation = { schema, document, operationName: request.operationName ?? null, variables: request.variables ?? {} }
    try {
      const data = await answerDirectly(operation, reads, mayAsk(reads.engine.policy)).catch((error: unknown) => {
        // The plain road refuses the same in the same words, and says where.
        if (error instanceof Refusal) return undefined
        throw error
      })
      if (data) return { data: data as never }
      await reads.prove()
    } catch (error) {
      throw asAtTheDoor(error, reads.facts)
    }
    return (await execute({ schema, document, operationName: operation.operationName, variableValues: operation.variables, contextValue: context })) as ExecutionResult as never
  }
  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema } as never)
      return () => undefined
    },
    stop: async () => undefined,
  }
}

/** Whoever was somebody a request ago and is nobody now is refused as the door refuses a stranger, and an outage is told as there. */
function asAtTheDoor(error: unknown, { language, requestId }: RequestFacts): unknown {
  const told = (message: string, status: number, header: [string, string], code?: string) =>
    new GraphQLError(message, { ...(code ? {} : { originalError: error as Error }), extensions: { ...(code ? { code } : {}), requestId, http: { status, headers: new HeaderMap([header]) } as never } })
  if (error instanceof Refusal && error.code === 'UNAUTHENTICATED') return told(error.said[language], 401, ['www-authenticate', 'Bearer error="invalid_token"'], error.code)
  return isOutage(error) ? told('', 503, ['retry-after', '2']) : error
}

/** JSON of an answer; what the database has written is taken as it is. */
export function stringifyResult(result: { data?: unknown }): string {
  const { data } = result
  if (!(data instanceof WrittenData)) return JSON.stringify(result)
  const { data: _written, ...rest } = result
  const others = JSON.stringify(rest)
  return `{"data":${data.json}${others === '{}' ? '' : `,${others.slice(1, -1)}`}}`
}
