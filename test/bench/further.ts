/* What is measured of Heli alone: the price of permissions, growth, many clients, and memory over time. */
import { join } from 'node:path'
import { casesOf, type Ask, type Case, withKey } from './cases.ts'
import { type Persona } from './data.ts'
import { type Issuer, memoryOf, type Running, startHeli } from './heli.ts'
import { load, median, type Sample, type Target } from './measure.ts'

export interface Side {
  readonly heli: Running
  readonly adminUrl: string
  readonly token: string
}

const post = (side: Side): Ask => async (document, variables) => {
  const answer = await fetch(side.heli.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${side.token}` }, body: JSON.stringify({ query: document, variables }) })
  return (await answer.json()) as Awaited<ReturnType<Ask>>
}
const targetOf = (side: Side): Target => ({ name: 'heli', url: side.heli.url, headers: () => ({ authorization: `Bearer ${side.token}` }) })

/** Texts of the requests that are answered with rows, by query. */
export const bodiesOf = async (side: Side, persona: Persona, only: readonly string[]) => bodiesFor(side, await casesOf(side.adminUrl, persona, post(side), only))

async function bodiesFor(side: Side, cases: readonly Case[]): Promise<Map<string, (() => string)[]>> {
  const found = new Map<string, (() => string)[]>()
  for (const { query, variables, isWrite } of cases) {
    const bodies: (() => string)[] = []
    for (const { heli } of variables) {
      const text = () => JSON.stringify({ query: query.document, variables: isWrite ? withKey(heli) : heli })
      const { errors } = isWrite ? {} : await post(side)(query.document, heli)
      if (!errors) bodies.push(text)
    }
    found.set(query.id, bodies)
  }
  return found
}

interface Pair {
  readonly id: string
  readonly ratio: { median: number; low: number; high: number }
}

/** Loads two servers in turn; the ratio is of `value` of each round, the first to the second. */
async function inTurn(persona: Persona, one: [Side, Map<string, (() => string)[]>], other: [Side, Map<string, (() => string)[]>], length: { rounds: number; seconds: number; connections?: number }, value: (sample: Sample) => number): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (const [id, bodies] of one[1]) {
    const sides = [[targetOf(one[0]), bodies], [targetOf(other[0]), other[1].get(id)!]] as const
    for (const [target, texts] of sides) await load(target, persona, texts, Math.min(2, length.seconds))
    const ratios: number[] = []
    for (let round = 0; round < length.rounds; round++) {
      const samples: Sample[] = []
      for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) samples[at] = await load(...([sides[at]![0], persona, sides[at]![1], length.seconds, length.connections] as const))
      ratios.push(value(samples[0]!) / value(samples[1]!))
    }
    pairs.push({ id, ratio: { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) } })
  }
  return pairs
}

/** P7: answers per second with all permissions, over those of a server with every row open. Both are asked for the same rows. */
export async function permissionsCost(side: Side, databaseUrl: string, settings: Issuer['settings'], poolSize: number, persona: Persona, length: { rounds: number; seconds: number }): Promise<Pair[]> {
  const opened = await startHeli({ databaseUrl, settings, poolSize, entry: join('test', 'bench', 'opened.ts') })
  try {
    const bodies = await bodiesOf(side, persona, ['P1', 'P2', 'P3', 'P4'])
    return await inTurn(persona, [side, bodies], [{ ...side, heli: opened }, bodies], length, ({ perSecond }) => perSecond)
  } finally {
    await opened.stop()
  }
}

const aFullPage = 50

/**
 * P8: the mean time of an answer with all the rows, over that with a tenth of them. One connection: with eight their queue would be measured. The
 * divisions of P3 are those that fill a page with a tenth of the rows too: a page of five rows against one of fifty says nothing of growth.
 */
export async function growth(large: Side, small: Side, persona: Persona, length: { rounds: number; seconds: number }): Promise<Pair[]> {
  const own = ['P1', 'P4']
  const [open] = await casesOf(small.adminUrl, persona, post(small), ['P3'])
  const counts = await Promise.all(open!.variables.map(async ({ heli }) => (await post(small)(open!.query.document, heli)).data!['assignments'].totalCount as number))
  const full = { ...open!, variables: open!.variables.filter((_each, at) => counts[at]! >= aFullPage) }
  if (full.variables.length < 8) throw new Error(`only ${full.variables.length} divisions fill a page with a tenth of the rows`)
  const bodies = async (side: Side) => new Map([...(await bodiesOf(side, persona, own)), ...(await bodiesFor(side, [full]))])
  return inTurn(persona, [large, await bodies(large)], [small, await bodies(small)], { ...length, connections: 1 }, ({ perSecond }) => 1 / perSecond)
}

/** Item 5: answers per second and the slowest hundredth at 8, 64 and 256 connections. */
export async function manyClients(side: Side, persona: Persona, seconds: number): Promise<{ id: string; connections: number; sample: Sample }[]> {
  const found: { id: string; connections: number; sample: Sample }[] = []
  for (const [id, bodies] of await bodiesOf(side, persona, ['P1', 'P4'])) {
    for (const connections of [8, 64, 256]) found.push({ id, connections, sample: await load(targetOf(side), persona, bodies, seconds, connections) })
  }
  return found
}

/** Item 6: mixed load for so many minutes; resident memory at the end of each tenth. */
export async function soak(side: Side, persona: Persona, minutes: number, say: (line: string) => void): Promise<number[]> {
  const mixed = [...(await bodiesOf(side, persona, [])).values()]
  const longest = Math.max(...mixed.map(({ length }) => length))
  const bodies = Array.from({ length: longest }, (_, at) => mixed.map((texts) => texts[at % texts.length]!)).flat()
  const resident: number[] = []
  for (let tenth = 0; tenth < 10; tenth++) {
    const { perSecond } = await load(targetOf(side), persona, bodies, (minutes * 60) / 10)
    resident.push(memoryOf(side.heli.pid)?.now ?? NaN)
    say(`soak ${tenth + 1}/10: ${perSecond.toFixed(0)}/s, ${resident.at(-1)} MB resident`)
  }
  return resident
}
