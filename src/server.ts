import { createHash, timingSafeEqual } from 'node:crypto'
import { type Server, createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer'
import { expressMiddleware } from '@as-integrations/express5'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Database } from './database.js'
import { isOutage } from './database.js'
import type { Environment } from './environment.js'
import { type Language, languageOf } from './kernel/language.js'
import { directGateway, stringifyResult } from './server/executor.js'
import { createReadiness } from './server/health.js'
import { createMetrics } from './server/metrics.js'
import { serveGraphiql } from './server/graphiql.js'
import { allowOrigins, answerErrors, identifyRequest, logRequests, sendError } from './server/request.js'
import { type Identity, type SignIn, SignInError, SignInUnavailable, bearerOf } from './sign-in/index.js'

export { createLog } from './server/log.js'
export { stopOnSignals } from './server/signals.js'

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

export interface ServerChoices {
  readonly environment: Environment
  readonly database: Pick<Database, 'ping' | 'pendingMigrations'>
  readonly schema: GraphQLSchema
  /** The published contract, for `/schema.graphql`. */
  readonly sdl: string
  readonly contextFor: (facts: IncomingFacts) => Promise<object>
  readonly signIn: SignIn
  readonly log: Logger
  readonly formatError?: ApolloServerOptions<BaseContext>['formatError']
  readonly plugins?: readonly ApolloServerPlugin<BaseContext>[]
  readonly validationRules?: ApolloServerOptions<BaseContext>['validationRules']
  /** Further routes, such as exports; asked before "not found". */
  readonly routes?: (app: Express) => void
}

export interface HeliServer {
  readonly app: Express
  readonly http: Server
  /** Starts to listen; returns the address, with the port chosen where `PORT` is 0. */
  listen(): Promise<string>
  /** Refuses new work, lets what is under way finish for ten seconds, and closes. */
  stop(): Promise<void>
}

const gracePeriodMs = 10_000

export async function createServer(choices: ServerChoices): Promise<HeliServer> {
  const { environment, log, signIn } = choices
  const app = express()
  const http = createHttpServer(app)
  // A slow sender must not hold a connection for ever; the answer itself may take longer than the question.
  http.headersTimeout = 10_000
  http.requestTimeout = 30_000
  http.keepAliveTimeout = 65_000

  let isStopping = false
  const metrics = createMetrics()
  const reasonsAgainst = createReadiness(choices.database, () => isStopping)
  const apollo = await startApollo(choices, http)

  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', environment.TRUST_PROXY)
  app.set('query parser', 'simple')
  app.use(identifyRequest, metrics.measure, logRequests(log), allowOrigins(environment.CORS_ORIGINS))

  app.get('/livez', (_request, response) => void response.json({ alive: true }))
  app.get('/readyz', async (_request, response) => {
    const reasons = await reasonsAgainst()
    response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons })
  })
  app.get('/metrics', metrics.expose)
  app.get('/schema.graphql', (request, response) => {
    if (environment.isProduction && !isRouter(environment.ROUTER_CREDENTIAL, request.get('x-heli-router'))) {
      return sendError(response, 403, 'FORBIDDEN', 'In production the schema is given to the router only: send its credential as x-heli-router.')
    }
    response.type('text/plain').send(choices.sdl)
  })
  if (signIn.demo && !environment.isProduction) {
    const { jwks } = signIn.demo
    app.get('/.well-known/jwks.json', (_request, response) => void response.json(jwks))
  }

  if (!environment.isProduction) app.use('/graphql', serveGraphiql('/graphql'))
  app.use('/graphql', express.json({ limit: environment.BODY_LIMIT_BYTES }), answerGraphql(choices, apollo))

  choices.routes?.(app)
  app.use((_request, response) => sendError(response, 404, 'NOT_FOUND', 'There is nothing here. The GraphQL endpoint is /graphql.'))
  app.use(answerErrors(log, environment.BODY_LIMIT_BYTES))

  let stopping: Promise<void> | undefined
  return {
    app,
    http,
    listen: () =>
      new Promise((resolve, reject) => {
        http.once('error', (error: NodeJS.ErrnoException) => reject(explainListening(error, environment)))
        http.listen(environment.PORT, environment.HOST, () => resolve(addressOf(http.address() as AddressInfo)))
      }),
    stop: () => {
      isStopping = true
      return (stopping ??= apollo.stop())
    },
  }
}

async function startApollo({ environment, schema, formatError, plugins = [], validationRules, log }: ServerChoices, http: Server) {
  const apollo = new ApolloServer<BaseContext>({
    gateway: directGateway(schema),
    stringifyResult: stringifyResult as never,
    introspection: !environment.isProduction,
    csrfPrevention: true,
    persistedQueries: false,
    cache: 'bounded',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Its "did you mean" would name fields that the caller may not know of.
    hideSchemaDetailsFromClientErrors: environment.isProduction,
    logger: { debug: (message) => log.debug(message), info: (message) => log.info(message), warn: (message) => log.warn(message), error: (message) => log.error(message) },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // A trace tells names and times of fields to whoever sends a header.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: gracePeriodMs }),
      ...plugins,
    ],
    ...(formatError ? { formatError } : {}),
    ...(validationRules ? { validationRules } : {}),
  })
  await apollo.start()
  return apollo
}

/** Signs in first and outside Apollo: a refused token is an HTTP 401 whatever the document holds. */
function answerGraphql({ contextFor, signIn }: ServerChoices, apollo: ApolloServer<BaseContext>): RequestHandler {
  const contexts = new WeakMap<Request, () => Promise<object>>()
  const answer = expressMiddleware(apollo, { context: async ({ req }) => (contexts.get(req) as () => Promise<object>)() })

  return async (request, response, next) => {
    request.body ??= {}
    const language = languageOf(request.get('accept-language'))
    try {
      const facts = await factsOf(request, response, language, signIn)
      const context = await contextFor(facts)
      contexts.set(request, () => Promise.resolve(context))
    } catch (error) {
      if (refuse(response, language, error)) return
      // Apollo turns it into an answer by `formatError`, like any error of a resolver.
      contexts.set(request, () => Promise.reject(error))
    }
    return answer(request, response, next)
  }
}

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

function refuse(response: Response, language: Language, error: unknown): boolean {
  if (error instanceof SignInError) {
    response.set('www-authenticate', 'Bearer error="invalid_token"')
    sendError(response, 401, error.code, error.said[language])
    return true
  }
  if (error instanceof SignInUnavailable) {
    response.set('retry-after', '5')
    sendError(response, 503, error.code, error.said[language])
    return true
  }
  if (isOutage(error)) {
    response.set('retry-after', '2')
    const said = { en: 'The database does not answer at the moment. Try again shortly.', zh: '数据库暂时没有响应，请稍后再试。' }
    sendError(response, 503, 'DATABASE_UNAVAILABLE', said[language])
    return true
  }
  return false
}

/** Compares by digest, so that neither the time taken nor the length tells how much of a guess was right. */
export function isRouter(credential: string | undefined, given: string | undefined): boolean {
  if (!credential || !given) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(credential), digest(given))
}

function addressOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}`
}

function explainListening(error: NodeJS.ErrnoException, { PORT, HOST }: Environment): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${PORT} on ${HOST} is taken by another program. Stop it, or choose another port with PORT.`, { cause: error })
  if (error.code === 'EACCES') return new Error(`This user may not listen on port ${PORT}. Choose one above 1023 with PORT.`, { cause: error })
  if (error.code === 'EADDRNOTAVAIL') return new Error(`${HOST} is no address of this machine. Correct HOST.`, { cause: error })
  return error
}
