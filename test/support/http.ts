import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { afterAll, beforeAll } from '@jest/globals'
import { seesSchema } from '../../src/backbone.js'
import { readEnvironment } from '../../src/environment.js'
import { routesBeside } from '../../src/portal/index.js'
import { answersPlugin } from '../../src/server/answers.js'
import { createLog, createServer, isRouter, type HeliServer } from '../../src/server.js'
import type { Identity, SignIn } from '../../src/sign-in/index.js'
import { SignInError } from '../../src/sign-in/index.js'
import type { World } from './world.js'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The body as JSON; undefined where it is none. */
  json: any
  /** Codes of its errors. */
  codes: (string | undefined)[]
}

export interface Door {
  url: string
  server: HeliServer
  /** Lines of the log since the last call. */
  log(): string[]
  /** Sends a GraphQL request as this login; 'nobody' is not signed in. */
  ask(body: unknown, more?: { as?: string; headers?: OutgoingHttpHeaders }): Promise<Answer>
  send(more: { method?: string; path?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer }): Promise<Answer>
}

const production = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://heli@127.0.0.1/none', OIDC_ISSUER: 'https://login.example.gov.cn', OIDC_AUDIENCE: 'heli', JWKS_URI: 'https://login.example.gov.cn/jwks' }

/** The HTTP server over a world, with a sign-in that takes a login for a token. As in production where asked for. */
export function useDoor(world: World, settings: Record<string, string> = {}, { inProduction = false } = {}): Door {
  const door = {} as Door
  const lines: string[] = []
  beforeAll(async () => {
    const environment = readEnvironment({ ...(inProduction ? production : { NODE_ENV: 'test' }), PORT: '0', LOG_LEVEL: 'info', ...settings })
    const log = createLog(environment, { write: (line: string) => void lines.push(line) })
    const signIn: SignIn = { identify: async (bearer) => identityOf(bearer) }
    door.server = await createServer({
      environment,
      log,
      signIn,
      database: world.backbone.database,
      schema: world.backbone.schema,
      sdl: world.backbone.sdl,
      plugins: [answersPlugin(log) as never],
      routes: routesBeside({ database: world.backbone.database, schema: world.backbone.schema, log }),
      contextFor: async (facts) => {
        const router = isRouter(environment.ROUTER_CREDENTIAL, facts.router)
        const context = await world.backbone.contextFor({ ...facts, isRouter: router })
        // The world's own environment is that of a test; this asks as the backbone asks in production.
        return { ...context, seesSchema: () => seesSchema(context.reads.viewer, { isProduction: inProduction, isRouter: router }) }
      },
    })
    door.url = await door.server.listen()
  }, 60_000)
  afterAll(() => door.server?.stop())

  door.log = () => lines.splice(0)
  door.send = ({ method = 'POST', path = '/graphql', headers = {}, body }) => send(`${door.url}${path}`, method, headers, body)
  door.ask = (body, { as = 'nobody', headers = {} } = {}) =>
    door.send({ headers: { 'content-type': 'application/json', ...(as === 'nobody' ? {} : { authorization: `Bearer ${as}` }), ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })
  return door
}

function identityOf(bearer: string | undefined): Identity {
  if (bearer === undefined) return { kind: 'anonymous' }
  if (bearer === 'forged') throw new SignInError('BAD_SIGNATURE')
  if (bearer.startsWith('service-')) return { kind: 'service', tokenHash: bearer }
  return { kind: 'person', issuer: 'test', subject: bearer }
}

/** By `node:http` and not by `fetch`: hostile requests are those that a well-behaved client refuses to send. */
function send(url: string, method: string, headers: OutgoingHttpHeaders, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        let json: any
        try {
          json = JSON.parse(text)
        } catch {
          json = undefined
        }
        resolve({ status: incoming.statusCode!, headers: incoming.headers, text, json, codes: (json?.errors ?? []).map((error: { extensions?: { code?: string } }) => error.extensions?.code) })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
