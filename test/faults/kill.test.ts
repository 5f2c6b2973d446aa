import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'
import { openBackbone } from '../../src/backbone.js'
import { readEnvironment } from '../../src/environment.js'
import { createLog } from '../../src/server.js'
import { openDemoIssuer } from '../../src/sign-in/index.js'
import { builder } from '../support/build.js'
import { temporaryFolder } from '../support/world.js'

const kills = process.env['HELI_FULL'] ? 200 : 3
const main = fileURLToPath(new URL('../../src/start/main.mjs', import.meta.url))

interface Running {
  process: ChildProcess
  address: string
}

async function start(folder: string): Promise<Running> {
  const child = spawn(process.execPath, [main], { env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const address = /ready: (http:\/\/\S+)\/graphql/.exec(said)?.[1]
      if (address) resolve({ process: child, address })
    })
    child.once('exit', (code) => reject(new Error(`the start failed with ${code}: ${said}`)))
  })
}

const document = 'mutation ($input: InitiativeReportInput!) { initiativeReport(input: $input) { initiativeUpdate { id } userErrors { code message } } }'

/** Writes until the process dies; returns the ids that it had acknowledged. */
async function writeUntilDead({ address, process: child }: Running, token: string, initiativeId: string): Promise<string[]> {
  const acknowledged: string[] = []
  let isAlive = true
  child.once('exit', () => (isAlive = false))
  const writer = async (name: number) => {
    for (let turn = 0; isAlive; turn++) {
      const input = { idempotencyKey: `${address}-${name}-${turn}`, initiativeId, health: 'ON_TRACK', text: 'x' }
      const answer = await fetch(`${address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query: document, variables: { input } }) })
        .then((response) => response.json() as Promise<{ data?: { initiativeReport: { initiativeUpdate: { id: string } | null } } }>)
        .catch(() => undefined)
      const id = answer?.data?.initiativeReport.initiativeUpdate?.id
      if (id) acknowledged.push(id)
    }
  }
  setTimeout(() => child.kill('SIGKILL'), 1_000 + Math.random() * 1_000)
  await Promise.all([1, 2, 3].map(writer))
  return acknowledged
}

// R1: the embedded database is killed in mid-write, again and again.
it(`loses nothing acknowledged and starts again after ${kills} hard kills`, async () => {
  const folder = await temporaryFolder()
  const environment = readEnvironment({ NODE_ENV: 'development', DATA_DIR: folder, LOG_LEVEL: 'error' })
  const backbone = await openBackbone({ environment, log: createLog(environment) })
  await backbone.database.migrate()
  const build = builder((text, values = []) => backbone.database.transaction((run) => run({ text, values })) as never)
  const { office, coordinator } = await build.network()
  const initiative = await build.initiative({ leadUnitId: office.id })
  const demo = await openDemoIssuer(environment)
  await build.row('account', 'acct', { issuer: demo.issuer, subject: 'killer', personId: coordinator.id })
  await backbone.close()

  const token = await demo.mint('killer')
  const acknowledged: string[] = []
  for (let turn = 0; turn < kills; turn++) acknowledged.push(...(await writeUntilDead(await start(folder), token, initiative.id)))
  await pause(50)

  const after = await openBackbone({ environment, log: createLog(environment) })
  const kept = await after.database.transaction((run) => run<{ id: string }>({ text: 'select id from initiative_update', values: [] }))
  const [journal] = await after.database.transaction((run) => run<{ entries: number; events: number }>({ text: `select (select count(*) from audit_entry)::int as entries, (select count(*) from event)::int as events`, values: [] }))
  await after.close()
  const ids = new Set(kept.map(({ id }) => id))
  console.log(`kills ${kills}, acknowledged ${acknowledged.length}, kept ${ids.size}, lost ${acknowledged.filter((id) => !ids.has(id)).length}`)
  expect(acknowledged.length).toBeGreaterThan(kills)
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([])
  // Each kept row has its audit entry and its event: the transaction is whole or not there.
  expect(journal).toEqual({ entries: ids.size, events: ids.size })
}, 60_000 + kills * 12_000)
