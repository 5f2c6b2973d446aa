import { type Server, createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer'
import express, { type Express } from 'express'
import type { Logger } from 'pino'
import type { Database } from './database.js'
import type { Environment } from './environment.js'
import { serveAttachments } from './server/attachments.js'
import { refuseBigBodies } from './server/big-bodies.js'
import { createDoor, isRouter, type Door, type DoorChoices } from './server/door.js'
import { directGateway, stringifyResult } from './server/executor.js'
import { createReadiness } from './server/health.js'
import { jsonStatus } from './server/json-status.js'
import { limits } from './server/limits.js'
import { createMetrics } from './server/metrics.js'
import { serveGraphiql } from './server/graphiql.js'
import { allowOrigins, answerErrors, identifyRequest, logRequests, sendError } from './server/request.js'

export { Throttled } from './server/budget.js'
export { leastCost } from './server/cost.js'
export { type Door, type Entered, type IncomingFacts, isRouter } from './server/door.js'
export { sendError } from './server/request.js'
export { createLog } from './server/log.js'
export { stopOnSignals } from './server/signals.js'

export interface ServerChoices extends DoorChoices {
  readonly database: Pick<Database, 'ping' | 'pendingMigrations'>
  /** The published contract, for `/schema.graphql`. */
  readonly sdl: string
  readonly log: Logger
  readonly formatError?: ApolloServerOptions<BaseContext>['formatError']
  readonly plugins?: readonly ApolloServerPlugin<BaseContext>[]
  readonly validationRules?: ApolloServerOptions<BaseContext>['validationRules']
  /** Further routes, such as exports; asked before "not found". */
  readonly routes?: (app: Express, door: Door) => void
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
  const http = createHttpServer({ connectionsCheckingInterval: 2_000 }, app)
  // A slow sender must not hold a connection for ever; the answer itself may take longer than the question.
  http.headersTimeout = 10_000
  http.requestTimeout = 30_000
  http.keepAliveTimeout = 65_000

  let isStopping = false
  const metrics = createMetrics()
  const reasonsAgainst = createReadiness(choices.database, () => isStopping)
  const door = createDoor(choices)
  const apollo = await startApollo(choices, http, door.plugin)

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
  app.use('/graphql', refuseBigBodies(environment.BODY_LIMIT_BYTES), express.json({ limit: environment.BODY_LIMIT_BYTES }), door.handle(apollo))

  app.use('/attachments', serveAttachments(door, choices.schema, environment.ATTACHMENT_LIMIT_BYTES))

  choices.routes?.(app, door)
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

async function startApollo({ schema, formatError, plugins = [], validationRules, log }: ServerChoices, http: Server, doorPlugin: ApolloServerPlugin<BaseContext>) {
  const apollo = new ApolloServer<BaseContext>({
    gateway: directGateway(schema),
    stringifyResult: stringifyResult as never,
    // Who may ask for the schema, and be told names that it holds, is decided for each request: `server/cost-plugin.ts`.
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    cache: 'bounded',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    validationOptions: { maxErrors: 5 },
    logger: { debug: (message) => log.debug(message), info: (message) => log.info(message), warn: (message) => log.warn(message), error: (message) => log.error(message) },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      // A trace tells names and times of fields to whoever sends a header.
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http, stopGracePeriodMillis: gracePeriodMs }),
      jsonStatus,
      doorPlugin,
      ...plugins,
    ],
    ...(formatError ? { formatError } : {}),
    ...(validationRules ? { validationRules } : {}),
  })
  await apollo.start()
  return apollo
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
