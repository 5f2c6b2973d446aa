import { type ApolloServerPlugin, HeaderMap, type HTTPGraphQLHead } from '@apollo/server'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import type { Language, Said } from '../kernel/index.js'
import type { RequestContext } from '../schema.js'
import { type Budget, Throttled } from './budget.js'
import { createCost, leastCost } from './cost.js'
import { LimitExceeded } from './limits.js'

/** Who asks, as the door has found out. */
export interface Client {
  /** Whose budget pays. */
  readonly key: string
  readonly isSignedIn: boolean
  readonly language: Language
}

// On the context and not beside it: Apollo hands a copy of the context to plugins, so nothing can be found by its identity.
const client = Symbol('client')

/** The context with the client that pays for it. */
export const withClient = <T extends object>(context: T, paying: Client): T => ({ ...context, [client]: paying })

export interface CostChoices {
  readonly schema: GraphQLSchema
  readonly budget: Budget
  readonly maxCost: number
}

const schemaIsClosed: Said = {
  en: 'In production the schema is told to the gateway and to holders of `schema:introspect` only. Ask the system administrator for schema/schema.graphql.',
  zh: '生产环境仅向网关和持有 schema:introspect 权限者提供模式信息，请向系统管理员索取 schema/schema.graphql。',
}

/**
 * Prices each operation with its variables before anything is read, takes the price from the client's budget, and tells both.
 * Here and not in a validation rule: a document is validated once, its variables come anew with every request.
 */
export function costPlugin({ schema, budget, maxCost }: CostChoices): ApolloServerPlugin<Partial<RequestContext>> {
  const costOf = createCost(schema)
  return {
    async requestDidStart({ contextValue }) {
      const paying = (contextValue as { [client]?: Client })[client]
      // Nobody passes unpriced because a door was built without it.
      if (!paying) throw new Error('a request came in without a client')
      const said = { requested: 0, limit: maxCost, remaining: 0 }
      let isPaid = false
      const pay = async (cost: number) => {
        isPaid = true
        said.remaining = await budget.spend(paying.key, cost)
      }
      return {
        async didResolveOperation({ document, operation, request }) {
          // Left to the executor, a wrong name would run the only operation of the document all the same, and unpriced.
          if (!operation) throw unresolved(request.operationName, paying.language)
          const { cost, asksForSchema } = costOf(document, operation, request.variables ?? {})
          said.requested = cost
          // Who may is not taken from an earlier request.
          if (asksForSchema) await contextValue.reads?.prove()
          if (asksForSchema && !contextValue.seesSchema?.()) throw new GraphQLError(schemaIsClosed[paying.language], { extensions: { code: 'FORBIDDEN', http: { status: 403 } } })
          if (cost > maxCost) throw answered(new LimitExceeded('cost', maxCost, cost), paying.language, 400)
          try {
            await pay(cost)
          } catch (error) {
            if (!(error instanceof Throttled)) throw error
            said.remaining = error.remaining
            throw answered(error, paying.language, 429, new HeaderMap([['retry-after', String(error.retryAfterSeconds)]]))
          }
        },
        async didEncounterErrors({ errors }) {
          if (contextValue.seesSchema?.()) return
          // A suggestion names fields and values that the caller may not know of.
          for (const error of errors) error.message = error.message.replace(/ ?Did you mean .*\?$/s, '')
        },
        async willSendResponse({ response }) {
          // A document that was refused has cost a check all the same; whoever has nothing left for it is told at the door next time.
          if (!isPaid) await pay(leastCost).catch(() => undefined)
          if (!paying.isSignedIn || response.body.kind !== 'single') return
          const { singleResult } = response.body
          singleResult.extensions = { ...singleResult.extensions, cost: said }
        },
      }
    },
  }
}

function unresolved(name: string | undefined, language: Language): GraphQLError {
  const said: Said = name
    ? { en: 'No operation of the document has the name in `operationName`. Correct it, or leave it out where there is only one.', zh: '文档中没有 operationName 指定的操作，请更正；仅有一个操作时可不填。' }
    : { en: 'The document holds several operations: name one in `operationName`.', zh: '文档包含多个操作，请以 operationName 指定其一。' }
  return new GraphQLError(said[language], { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } as never } })
}

const answered = (error: LimitExceeded | Throttled, language: Language, status: number, headers = new HeaderMap()): GraphQLError => {
  const http: HTTPGraphQLHead = { status, headers }
  return new GraphQLError(error.said[language], { extensions: { ...error.extensions, http: http as never } })
}
