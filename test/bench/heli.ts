/* Heli as an operator runs it: production, on its own port, signing people in through an issuer that the bench plays. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createProbe, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { issuer, type Persona, root } from './data.ts'

const audience = 'heli'

export interface Issuer {
  readonly settings: { OIDC_ISSUER: string; OIDC_AUDIENCE: string; JWKS_URI: string }
  mint(persona: Persona): Promise<string>
  stop(): void
}

export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig', kid: 'bench' }] })
  const server: Server = createServer((_request, response) => void response.setHeader('content-type', 'application/json').end(jwks))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  server.unref()
  return {
    settings: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, JWKS_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks` },
    mint: (persona) =>
      new SignJWT({}).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: 'bench' }).setSubject(persona).setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime('12h').sign(privateKey),
    stop: () => void server.close(),
  }
}

/** A server in a process of its own. */
export interface Running {
  readonly url: string
  readonly pid: number
  readonly startedInMs: number
  stop(): Promise<void>
}

export interface HeliChoices {
  /** Left out: embedded, in `dataFolder`, with the demo network, as `npm start` runs it. */
  readonly databaseUrl?: string
  readonly dataFolder?: string
  readonly settings: Issuer['settings']
  readonly poolSize: number
  /** For `node`, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[]
  readonly logLevel?: string
  /** What `node` runs, from the folder of the project. */
  readonly entry?: string
}

// The first embedded start loads the demo network.
const patienceMs = 300_000

/** Needs `build()` to have run. `startedInMs`: from the start of the process to its first answer over GraphQL. */
export async function startHeli({ databaseUrl, dataFolder, settings, poolSize, nodeOptions = [], logLevel = 'warn', entry = join('dist', 'src', 'main.js') }: HeliChoices): Promise<Running> {
  const port = await freePort()
  const env = {
    PATH: process.env['PATH'] ?? '',
    PORT: String(port),
    ...(databaseUrl ? { NODE_ENV: 'production', DATABASE_URL: databaseUrl, ...settings } : { NODE_ENV: 'development', DATA_DIR: dataFolder }),
    POOL_SIZE: String(poolSize),
    LOG_LEVEL: logLevel,
    // The bench is one client and asks all the time.
    BUDGET_PER_MINUTE: '999999999999',
    // Many clients are to be measured, not refused.
    MAX_IN_FLIGHT: '10000',
  }
  const child = spawn(process.execPath, ['--max-semi-space-size=32', ...nodeOptions, join(root, entry)], { cwd: root, env, stdio: ['ignore', logLevel === 'warn' ? 'ignore' : 'inherit', 'inherit'] })
  return awaitAnswer(child, `http://127.0.0.1:${port}`, '/graphql', JSON.stringify({ query: '{ __typename }' }))
}

export async function awaitAnswer(child: ChildProcess, url: string, path: string, body: string): Promise<Running> {
  const began = performance.now()
  const killOnExit = () => void child.kill('SIGKILL')
  process.on('exit', killOnExit)
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it answered`)
    const answered = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then((answer) => answer.status < 500, () => false)
    if (answered) break
    if (performance.now() - began > patienceMs) throw new Error(`The server did not answer at ${url} within ${patienceMs / 60_000} minutes`)
    await pause(10)
  }
  const startedInMs = performance.now() - began
  return {
    url: url + path,
    pid: child.pid as number,
    startedInMs,
    stop: async () => {
      process.off('exit', killOnExit)
      if (child.exitCode !== null) return
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await gone
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createProbe()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

/** Resident memory of a process and the most it ever was, in MB; undefined where the system does not say. */
export function memoryOf(pid: number): { now: number; peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
    return { now: read('VmRSS'), peak: read('VmHWM') }
  } catch {
    return undefined
  }
}
