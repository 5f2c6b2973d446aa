/*
 * npm run bench -- [--tier small|prefecture|province|nation] [--only P1,P3,P7,P8,P10,clients,feed] [--personas coordinator] [--rounds n] [--seconds s] [--without peer] [--profile folder] [--soak minutes] [--data folder]
 * npm run bench -- --exports [--tier …] [--rounds n] [--data folder]   the view of assignments in every format against COPY
 *
 * `--data` keeps the server with its generated data in a folder from run to run; so does a server of one's own in TEST_DATABASE_URL.
 * Compares the answers of Heli, of hand-written SQL and of PostGraphile as data, then loads them in turn and prints the ratios.
 * The figures hold for one run on one machine: absolute numbers move with whatever else runs there, the ratio of neighbouring rounds much less.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Ask, casesOf, type Case, type Variables, withKey } from './cases.ts'
import { differences } from './compare.ts'
import { type Persona, personas, root, type Tier, tiers } from './data.ts'
import { measureExports } from './exports.ts'
import { awaitAnswer, freePort, type HeliChoices, memoryOf, type Running, startHeli, startIssuer } from './heli.ts'
import { measureFeed } from './feed.ts'
import { growth, manyClients, permissionsCost, type Side, soak } from './further.ts'
import { load, median, type Sample, type Target } from './measure.ts'
import { keepServer, openDatabase, query } from './server.ts'

const { values: options } = parseArgs({
  options: {
    tier: { type: 'string', default: 'province' },
    only: { type: 'string', default: '' },
    personas: { type: 'string', default: Object.keys(personas).join() },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    without: { type: 'string', default: '' },
    profile: { type: 'string' },
    soak: { type: 'string', default: '0' },
    data: { type: 'string' },
    exports: { type: 'boolean', default: false },
  },
})
const list = (text: string) => text.split(',').filter(Boolean)
const only = list(options.only)
const without = list(options.without)
const rounds = Number(options.rounds)
const seconds = Number(options.seconds)
const poolSize = 10
const say = (line = '') => void process.stderr.write(`${line}\n`)

interface Row {
  id: string
  title: string
  persona: Persona
  goal: number
  kilobytes: number
  samples: Record<string, Sample[]>
}

async function bench(tier: Tier): Promise<void> {
  const { build } = (await import(join(root, 'src', 'start', 'build.mjs'))) as { build(): Promise<unknown> }
  await build()
  const issuer = await startIssuer()
  const keptServer = options.data ? await keepServer(options.data) : undefined
  const database = await openDatabase(tier, issuer.settings, say)
  const running: Running[] = []
  try {
    if (options.exports) {
      const samples = await measureExports({ adminUrl: database.adminUrl, token: await issuer.mint('coordinator'), start: { databaseUrl: database.url, settings: issuer.settings, poolSize } }, rounds, say)
      console.log(`\nTier ${tier}, PostgreSQL ${database.version}, Node ${process.versions.node}, ${availableParallelism()} cores, ${rounds} rounds, each beside a COPY`)
      for (const { what, rows, perSecond, overCopy, megabytes, memory } of samples) {
        console.log(`${what.padEnd(20)} ${rows} rows ${perSecond.toFixed(0).padStart(7)} rows/s  ÷ COPY ${overCopy.toFixed(2)}  ${megabytes.toFixed(0).padStart(4)} MB${memory ? `  resident ${memory.before} MB before, ${memory.peak} MB at most` : ''}`)
      }
      return
    }
    const heli = await startHeli({ databaseUrl: database.url, settings: issuer.settings, poolSize, nodeOptions: options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`, '--cpu-prof-interval=500'] : [] })
    running.push(heli)
    const raw = await startRaw(database.url)
    running.push(raw)
    const tokens = new Map<string, string>()
    for (const persona of Object.keys(personas) as Persona[]) tokens.set(persona, await issuer.mint(persona))
    const bearer = (persona: string) => ({ authorization: `Bearer ${tokens.get(persona)}` })
    const targets: Target[] = [
      { name: 'raw', url: raw.url, headers: (persona) => ({ 'x-viewer': persona }) },
      { name: 'heli', url: heli.url, headers: bearer },
    ]
    const peer = without.includes('peer') ? undefined : await (await import('./peer.ts')).startPeer(database.url, poolSize, say)
    if (peer) {
      running.push(peer)
      targets.push({ name: 'peer', url: peer.url, headers: () => ({}) })
    }
    const bodies = async (target: Target, { query, variables, isWrite }: Case): Promise<(() => string)[]> => {
      if (target.name === 'peer') return peer!.bodies(query.id, variables.map((each) => each.peer))
      const document = target.name === 'raw' ? query.id : query.document
      return variables.map((each) => {
        const given = each[target.name as 'raw' | 'heli']
        if (isWrite) return () => JSON.stringify({ query: document, variables: withKey(given) })
        const body = JSON.stringify({ query: document, variables: given })
        return () => body
      })
    }

    const rows: Row[] = []
    for (const persona of list(options.personas) as Persona[]) {
      const ask: Ask = async (document, variables) => {
        const answer = await fetch(heli.url, { method: 'POST', headers: { 'content-type': 'application/json', ...bearer(persona) }, body: JSON.stringify({ query: document, variables }) })
        return (await answer.json()) as Awaited<ReturnType<Ask>>
      }
      for (const all of await casesOf(database.adminUrl, persona, ask, only)) {
        const taking = targets.filter(({ name }) => name !== 'peer' || peer!.answers(all.query.id))
        const { one, kilobytes } = await compare(all, taking, bodies, persona)
        const row: Row = { id: one.query.id, title: one.query.title, persona, goal: one.query.goal, kilobytes, samples: Object.fromEntries(taking.map(({ name }) => [name, []])) }
        rows.push(row)
        const prepared = new Map(await Promise.all(taking.map(async (target) => [target, await bodies(target, one)] as const)))
        for (const target of taking) await load(target, persona, prepared.get(target)!, Math.min(2, seconds))
        for (let round = 0; round < rounds; round++) {
          // Each takes every place in turn: whoever comes first after a pause has the warmer or colder machine.
          for (let at = 0; at < taking.length; at++) {
            const target = taking[(at + round) % taking.length]!
            row.samples[target.name]!.push(await load(target, persona, prepared.get(target)!, seconds))
          }
        }
        say(line(row))
      }
    }
    const memory = Object.fromEntries(targets.map(({ name, url }) => [name, memoryOf(running.find((each) => each.url === url)!.pid)]))
    const asked = (id: string) => only.length === 0 || only.includes(id)
    const persona: Persona = 'coordinator'
    const side: Side = { heli, adminUrl: database.adminUrl, token: tokens.get(persona)! }
    const length = { rounds, seconds }
    const permissions = asked('P7') ? await permissionsCost(side, database.url, issuer.settings, poolSize, persona, length) : []
    const grown = asked('P8') && tier === 'province' ? await againstTenth(side, issuer, persona) : []
    const clients = asked('clients') ? await manyClients(side, persona, seconds) : []
    const soaked = Number(options.soak) > 0 ? await soak(side, persona, Number(options.soak), say) : []
    if (asked('feed')) say(`feed of changes as ${persona}: ${JSON.stringify(await measureFeed(side))}`)
    const starts = asked('P10') ? await measureStarts(database.url, issuer.settings) : undefined
    const [size] = await query(database.adminUrl, `select (select count(*)::int from task) as tasks, (select count(*)::int from assignment) as assignments, (select count(*)::int from initiative) as initiatives`)
    report(tier, rows, { memory, starts, permissions, grown, clients, soaked, size, postgresql: `${database.version} (${database.settings})` })
  } finally {
    for (const each of running) await each.stop()
    issuer.stop()
    await database.stop()
    await keptServer?.stop()
  }
}

/** The same queries on a tenth of the rows. */
async function againstTenth(side: Side, issuer: Awaited<ReturnType<typeof startIssuer>>, persona: Persona) {
  const small = await openDatabase('prefecture', issuer.settings, say)
  const heli = await startHeli({ databaseUrl: small.url, settings: issuer.settings, poolSize })
  try {
    return await growth(side, { ...side, heli, adminUrl: small.adminUrl }, persona, { rounds, seconds })
  } finally {
    await heli.stop()
    await small.stop()
  }
}

async function startRaw(databaseUrl: string): Promise<Running> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'raw.ts')], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port), POOL_SIZE: String(poolSize) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return awaitAnswer(child, `http://127.0.0.1:${port}`, '/', JSON.stringify({ query: '{ __typename }' }))
}

/** Every set of variables is asked of each target once; what the viewer does not see must be absent in both, and is then left out. */
async function compare(all: Case, targets: readonly Target[], bodies: (target: Target, of: Case) => Promise<(() => string)[]>, persona: Persona): Promise<{ one: Case; kilobytes: number }> {
  const kept: Variables[] = []
  const sizes: number[] = []
  const texts = await Promise.all(targets.map((target) => bodies(target, all)))
  for (let at = 0; at < all.variables.length; at++) {
    const answers: Record<string, any>[] = []
    for (const [index, target] of targets.entries()) {
      const answer = await fetch(target.url, { method: 'POST', headers: { 'content-type': 'application/json', ...target.headers(persona) }, body: texts[index]![at]!() })
      const text = await answer.text()
      const parsed = JSON.parse(text)
      if (parsed.errors && parsed.errors[0].extensions?.code !== 'NOT_FOUND') throw new Error(`${all.query.id} as ${persona}: ${target.name} answered ${text.slice(0, 500)}`)
      if (target.name === 'heli' && parsed.data) sizes.push(text.length)
      answers.push(parsed.data ?? Object.fromEntries(Object.keys(answers[0] ?? {}).map((key) => [key, null])))
    }
    const [raw, heli, peer] = answers
    const found = all.isWrite ? differences(shapeOf(raw), shapeOf(heli)) : differences(raw, heli)
    // PostGraphile knows no viewer, so its rows are the same only where the viewer sees all; then too it shows what is masked.
    if (found.length === 0 && peer && persona === 'coordinator') found.push(...differences(answerable(heli, peer), answerable(peer, heli)))
    if (found.length > 0) throw new Error(`${all.query.id} as ${persona} with ${JSON.stringify(all.variables[at]!.heli)}: the answers differ\n  ${found.join('\n  ')}`)
    if (Object.values(heli!).every((value) => value !== null)) kept.push(all.variables[at]!)
  }
  if (kept.length === 0) throw new Error(`${all.query.id} as ${persona}: nothing to ask for`)
  say(`${all.query.id} as ${persona}: ${all.variables.length} answers compared, ${kept.length} with rows`)
  return { one: { ...all, variables: kept }, kilobytes: median(sizes) / 1024 }
}

/** A write's answer with its new id left out. */
const shapeOf = (data: unknown): unknown => JSON.parse(JSON.stringify(data).replace(/upd_[0-9a-z]{26}/g, 'upd'))

/** What the other answer also holds. The peer has no derived fields (overdue, lead unit, division of a task), and shows the notes that Heli masks. */
function answerable(data: unknown, other: unknown): unknown {
  if (Array.isArray(data)) return data.map((each, at) => answerable(each, (other as unknown[] | undefined)?.[at]))
  if (typeof data !== 'object' || data === null || typeof other !== 'object' || other === null) return data
  // Heli's counts stop at 1,000; the peer has none but exact ones.
  const isBeyond = (key: string) => key === 'totalCount' && (data as Record<string, unknown>)[key] !== (other as Record<string, unknown>)[key] && Math.min(...[data, other].map((one) => (one as Record<string, number>)[key]!)) === 1_000
  const shared = Object.keys(data).filter((key) => key in other && key !== 'internalNote' && !isBeyond(key))
  return Object.fromEntries(shared.map((key) => [key, answerable((data as Record<string, unknown>)[key], (other as Record<string, unknown>)[key])]))
}

/** P10: milliseconds from the start of the process to its first answer, three times each, the database in place. */
async function measureStarts(databaseUrl: string, settings: HeliChoices['settings']): Promise<Record<'postgresql' | 'embedded', number[]>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'heli-bench-embedded-'))
  const thrice = async (choices: HeliChoices): Promise<number[]> => {
    const taken: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      const heli = await startHeli(choices)
      taken.push(heli.startedInMs)
      await heli.stop()
    }
    return taken
  }
  try {
    const embedded = { dataFolder, settings, poolSize }
    await (await startHeli(embedded)).stop()
    return { postgresql: await thrice({ databaseUrl, settings, poolSize }), embedded: await thrice(embedded) }
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const rate = (row: Row, name: string) => median((row.samples[name] ?? []).map(({ perSecond }) => perSecond))
function ratio(row: Row, over: string): { median: number; low: number; high: number } | undefined {
  const pairs = (row.samples[over] ?? []).map((sample, round) => row.samples['heli']![round]!.perSecond / sample.perSecond)
  return pairs.length === 0 ? undefined : { median: median(pairs), low: Math.min(...pairs), high: Math.max(...pairs) }
}
const shown = (value: { median: number; low: number; high: number } | undefined) => (value ? `${value.median.toFixed(2)} (${value.low.toFixed(2)}-${value.high.toFixed(2)})` : '-').padEnd(18)
const header = `${'id'.padEnd(4)}${'as'.padEnd(22)}${'KB'.padStart(6)}${'raw/s'.padStart(8)}${'heli/s'.padStart(8)}${'peer/s'.padStart(8)}  ${'heli ÷ raw'.padEnd(18)}${'goal'.padEnd(7)}${'heli ÷ peer'.padEnd(18)} p50 ms raw/heli/peer`
const digits = (value: number) => (Number.isNaN(value) ? '-' : value < 100 ? value.toFixed(1) : value.toFixed(0))
function line(row: Row): string {
  const p50 = ['raw', 'heli', 'peer'].map((name) => digits(median((row.samples[name] ?? []).map((sample) => sample.p50)))).join('/')
  return `${row.id.padEnd(4)}${row.persona.padEnd(22)}${row.kilobytes.toFixed(0).padStart(6)}${['raw', 'heli', 'peer'].map((name) => digits(rate(row, name)).padStart(8)).join('')}  ${shown(ratio(row, 'raw'))}${`≥ ${row.goal}`.padEnd(7)}${shown(ratio(row, 'peer'))} ${p50}`
}

interface Further {
  permissions: Awaited<ReturnType<typeof permissionsCost>>
  grown: Awaited<ReturnType<typeof growth>>
  clients: Awaited<ReturnType<typeof manyClients>>
  soaked: number[]
}

function report(tier: Tier, rows: readonly Row[], more: Further & { memory: Record<string, { now: number; peak: number } | undefined>; starts: Awaited<ReturnType<typeof measureStarts>> | undefined; size: unknown; postgresql: string }): void {
  console.log(`\nTier ${tier}: ${JSON.stringify(more.size)}, PostgreSQL ${more.postgresql}, Node ${process.versions.node}, ${availableParallelism()} cores, 8 connections, ${rounds} rounds of ${seconds} s`)
  console.log(header)
  for (const row of rows) console.log(line(row))
  for (const { id, ratio } of more.permissions) console.log(`P7  ${id}: all permissions ÷ every row open ${shown(ratio)}(must ≥ 0.90, goal ≥ 0.95)`)
  for (const { id, ratio } of more.grown) console.log(`P8  ${id}: time with 10 times the rows ÷ with a tenth ${shown(ratio)}(must ≤ 1.3)`)
  for (const { id, connections, sample } of more.clients) console.log(`${id} at ${connections} connections: ${digits(sample.perSecond)}/s, p50 ${digits(sample.p50)} ms, p99 ${digits(sample.p99)} ms`)
  if (more.soaked.length > 0) console.log(`Mixed load of ${options.soak} minutes, MB resident by tenths: ${more.soaked.join(', ')}`)
  for (const [name, memory] of Object.entries(more.memory)) if (memory) console.log(`P9  ${name}: ${memory.now} MB resident after load, ${memory.peak} MB at most`)
  for (const [on, goal] of [['postgresql', 2], ['embedded', 4]] as const) {
    if (more.starts) console.log(`P10 start to first answer, ${on}: ${more.starts[on].map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ')} (goal ${goal} s)`)
  }
  const folder = join(import.meta.dirname, 'out')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'bench.json')
  const summary = rows.map((row) => ({ ...row, perSecond: Object.fromEntries(Object.keys(row.samples).map((name) => [name, rate(row, name)])), overRaw: ratio(row, 'raw'), overPeer: ratio(row, 'peer') }))
  writeFileSync(file, JSON.stringify({ tier, at: new Date().toISOString(), rounds, seconds, node: process.versions.node, ...more, rows: summary }, null, 2))
  say(`written: test/bench/out/bench.json`)
}

if (!(options.tier in tiers)) throw new Error(`--tier is one of ${Object.keys(tiers).join(', ')}`)
await bench(options.tier as Tier)
