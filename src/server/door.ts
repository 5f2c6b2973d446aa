import { createHash, timingSafeEqual } from 'node:crypto'
import type { ApolloServer, ApolloServerPlugin, BaseContext } from '@apollo/server'
import { expressMiddleware } from '@as-integrations/express5'
import type { Request, RequestHandler, Response } from 'express'
import type { GraphQLSchema } from 'graphql'
import { isOutage } from '../database.js'
import type { Environment } from '../environment.js'
import { languageOf, Refusal, unauthenticated, type Language, type Said } from '../kernel/index.js'
import { bearerOf, type Identity, type SignIn, SignInError, SignInUnavailable } from '../sign-in/index.js'
import { Budget, clientAt, clientOf, Throttled } from './budget.js'
import { costPlugin, withClient } from './cost-plugin.js'
import { leastCost } from './cost.js'
import { createDocumentCheck } from './document-limits.js'
import { LimitExceeded } from './limits.js'
import { sendError } from './request.js'
import { DocumentRefused, readTrustedDocuments } from './trusted-documents.js'
import { checkVariables } from './variable-limits.js'

/** What a request brings along, before anyone asks what its sender may do. */
export interface IncomingFacts {
  readonly identity: Identity
  /** The token as sent, without the scheme. */
  readonly bearer?: string
  /** The `x-heli-router` header: a gateway's proof of being one. */
  readonly router?: string
  readonly language: Language
  /** `x-heli-strict: 1`: a masked value is an error. */
  readonly strict: boolean
  readonly requestId: string
  readonly operationName?: string
  readonly client?: string
}

export interface DoorChoices {
  readonly environment: Environment
  readonly schema: GraphQLSchema
  /** `mayRemember`: the viewer may be the one of an earlier request, until the answer tells. */
  readonly contextFor: (facts: IncomingFacts & { mayRemember: boolean }) => Promise<object>
  readonly signIn: SignIn
}

export interface Door {
  /** Prices and pays inside Apollo, where the operation and its variables are known. */
  readonly plugin: ApolloServerPlugin<BaseContext>
  /** Everything that is decided before Apollo sees the request. */
  handle(apollo: ApolloServer<BaseContext>): RequestHandler
  /** The same way in for a route beside GraphQL, for whoever is signed in. What `answer` throws is told as anywhere else. */
  route(answer: (entered: Entered) => Promise<void>): RequestHandler
}

/** A request that has come in. */
export interface Entered {
  readonly request: Request
  readonly response: Response
  readonly context: object
  readonly language: Language
  /** Whose budget pays. */
  readonly client: string
  /** Takes from the client's budget, or refuses. */
  pay(cost: number): Promise<unknown>
  /** The context anew, for an answer that takes long: who asks and with what rights, at this moment. */
  renew(): Promise<object>
}

/** The way in to `/graphql`: sign in, budget, document and variables, context. Whoever fails at one step costs nothing of the next. */
export function createDoor({ environment, schema, contextFor, signIn }: DoorChoices): Door {
  const trusted = readTrustedDocuments(environment)
  const checkDocument = createDocumentCheck(schema)
  const budget = new Budget(environment.BUDGET_PER_MINUTE)
  const contexts = new WeakMap<Request, object>()
  let inFlight = 0

  return {
    plugin: costPlugin({ schema, budget, maxCost: environment.MAX_COST }) as ApolloServerPlugin<BaseContext>,
    handle(apollo) {
      const answer = expressMiddleware(apollo, { context: async ({ req }) => contexts.get(req) as BaseContext })
      return async (request, response, next) => {
        const language = languageOf(request.get('accept-language'))
        if (request.method !== 'POST') {
          response.set('allow', 'POST')
          return sendError(response, 405, 'METHOD_NOT_ALLOWED', said.post[language])
        }
        // Said at once: behind a queue of this length the answer would come when nobody waits for it any more.
        if (inFlight >= environment.MAX_IN_FLIGHT) {
          response.set('retry-after', '1')
          return sendError(response, 503, 'OVERLOADED', said.overload[language])
        }
        inFlight++
        response.once('close', () => void inFlight--)
        const entered = await enter(request, response, next, true, ({ router }) => prepare(request.body, isRouter(environment.ROUTER_CREDENTIAL, router)))
        if (!entered) return
        contexts.set(request, withClient(entered.context, { key: entered.client, isSignedIn: entered.isSignedIn, language }))
        return answer(request, response, next)
      }
    },
    route: (answer) => async (request, response, next) => {
      const entered = await enter(request, response, next, false, ({ identity }) => {
        if (identity.kind === 'anonymous') throw unauthenticated()
      })
      if (entered) await answer(entered).catch((error: unknown) => refuse(response, entered.language, error, next))
    },
  }

  /** Sign in, budget, what `check` finds, viewer. Undefined where the request was refused, and told so. */
  async function enter(request: Request, response: Response, next: (error: unknown) => void, mayRemember: boolean, check: (facts: IncomingFacts) => void): Promise<(Entered & { isSignedIn: boolean }) | undefined> {
    const language = languageOf(request.get('accept-language'))
    request.body ??= {}
    // Until somebody is known, whoever fails pays at the address.
    let payer = clientAt(request.ip)
    try {
      const facts = await factsOf(request, response, language, signIn)
      const client = clientOf(facts.identity, request.ip)
      await budget.check(client)
      // A service token is proven by the lookup that follows, and a guessed one must not be given a budget of its own.
      if (facts.identity.kind === 'person') payer = client
      check(facts)
      return { request, response, language, client, context: await contextFor({ ...facts, mayRemember }), isSignedIn: facts.identity.kind !== 'anonymous', pay: (cost) => budget.spend(client, cost), renew: async () => contextFor({ ...(await factsOf(request, response, language, signIn)), mayRemember: true }) }
    } catch (error) {
      const told = isRefusedForFree(error) ? error : await budget.spend(payer, leastCost).then(() => error, (throttled: unknown) => throttled)
      refuse(response, language, told, next)
      return undefined
    }
  }

  function prepare(body: unknown, router: boolean): void {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return
    const { variables } = body as { variables?: unknown }
    trusted.resolve(body as Record<string, unknown>, router)
    const { query } = body as { query?: unknown }
    if (typeof query === 'string') checkDocument(query)
    checkVariables(variables)
  }
}

/** What is our own fault, or was counted already, takes nothing. */
const isRefusedForFree = (error: unknown): boolean => error instanceof Throttled || error instanceof SignInUnavailable || isOutage(error)

async function factsOf(request: Request, response: Response, language: Language, { identify }: SignIn): Promise<IncomingFacts> {
  const bearer = bearerOf(request.get('authorization'))
  const identity = await identify(bearer)
  const router = request.get('x-heli-router')
  const client = request.get('apollographql-client-name')
  const body = request.body as { operationName?: unknown }
  const operationName = typeof body.operationName === 'string' && /^\w{1,128}$/.test(body.operationName) ? body.operationName : undefined
  if (operationName) response.locals['operationName'] = operationName
  return {
    identity,
    language,
    requestId: response.locals['requestId'] as string,
    strict: request.get('x-heli-strict') === '1',
    ...(bearer === undefined ? {} : { bearer }),
    ...(router === undefined ? {} : { router }),
    ...(operationName === undefined ? {} : { operationName }),
    ...(client && /^[\w .:/-]{1,64}$/.test(client) ? { client } : {}),
  }
}

const said = {
  post: { en: 'Send GraphQL by POST, as JSON.', zh: '请以 POST 方式、JSON 格式发送 GraphQL 请求。' },
  overload: { en: 'More is being asked at this moment than can be answered in time. Try again in a second.', zh: '当前请求过多，暂无法及时响应，请一秒后重试。' },
  outage: { en: 'The database does not answer at the moment. Try again shortly.', zh: '数据库暂时没有响应，请稍后再试。' },
} satisfies Record<string, Said>

const statusOf = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, BAD_USER_INPUT: 400, STORE_UNAVAILABLE: 503 } as const

/** Refused outside Apollo: the status tells what is wrong whatever the document holds. */
function refuse(response: Response, language: Language, error: unknown, next: (error: unknown) => void): void {
  if (error instanceof SignInError || (error instanceof Refusal && error.code === 'UNAUTHENTICATED')) {
    response.set('www-authenticate', 'Bearer error="invalid_token"')
    return sendError(response, 401, error.code, error.said[language])
  }
  if (error instanceof Refusal && error.code === 'STORE_UNAVAILABLE') response.set('retry-after', '5')
  if (error instanceof Refusal) return sendError(response, statusOf[error.code], error.code, error.said[language])
  if (error instanceof LimitExceeded || error instanceof DocumentRefused) return sendError(response, 400, error.code, error.said[language], error.extensions)
  if (error instanceof Throttled) {
    response.set('retry-after', String(error.retryAfterSeconds))
    return sendError(response, 429, error.code, error.said[language], error.extensions)
  }
  if (error instanceof SignInUnavailable) {
    response.set('retry-after', '5')
    return sendError(response, 503, error.code, error.said[language])
  }
  if (isOutage(error)) {
    response.set('retry-after', '2')
    return sendError(response, 503, 'DATABASE_UNAVAILABLE', said.outage[language])
  }
  next(error)
}

/** Compares by digest, so that neither the time taken nor the length tells how much of a guess was right. */
export function isRouter(credential: string | undefined, given: string | undefined): boolean {
  if (!credential || !given) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(credential), digest(given))
}
