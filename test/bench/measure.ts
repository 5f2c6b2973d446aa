import { createRequire } from 'node:module'

interface Result {
  requests: { total: number }
  latency: { p50: number; p99: number }
  duration: number
  errors: number
  non2xx: number
}
// The package brings no types.
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Promise<Result>

export interface Target {
  readonly name: 'raw' | 'heli' | 'peer'
  readonly url: string
  headers(persona: string): Record<string, string>
}

export interface Sample {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

const usual = 8

/** Connections that each walk through the bodies from another start. `body` makes the text of one request. */
export async function load(target: Target, persona: string, bodies: readonly (() => string)[], seconds: number, connections = usual): Promise<Sample> {
  const sample = await run(target, persona, bodies, { duration: seconds, connections })
  // An answer slower than the round is not counted in it: then the time for a fixed number of answers says more.
  return sample.count >= connections ? sample : run(target, persona, bodies, { amount: connections * 2, timeout: 120, connections })
}

async function run(target: Target, persona: string, bodies: readonly (() => string)[], length: { connections: number; [option: string]: number }): Promise<Sample & { count: number }> {
  let client = 0
  let bad = 0
  let example = ''
  const result = await autocannon({
    url: target.url,
    ...length,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.headers(persona) },
    verifyBody: (body: string) => {
      const isGood = body.startsWith('{"data":{') && !body.includes('"errors":[')
      if (!isGood && bad++ === 0) example = body.slice(0, 500)
      return true
    },
    setupClient: (one: { setRequests(requests: object[]): void }) => {
      const start = Math.floor((client++ * bodies.length) / length.connections)
      one.setRequests(bodies.map((_, at) => ({ setupRequest: (request: object) => ({ ...request, body: bodies[(start + at) % bodies.length]!() }) })))
    },
  })
  if (result.errors > 0 || result.non2xx > 0 || bad > 0) throw new Error(`${target.name}: ${result.errors} errors, ${result.non2xx} refused, ${bad} without data under load. ${example}`)
  return { count: result.requests.total, perSecond: result.requests.total / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length === 0 ? NaN : sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
