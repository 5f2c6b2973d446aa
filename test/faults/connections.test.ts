import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openDatabase, type Database } from '../../src/database.js'
import { readEnvironment } from '../../src/environment.js'
import { startPostgres, type TestPostgres } from '../support/postgres.js'

// On a network the answer to one statement can arrive in pieces: its error first, and later the word on what state the connection is in.

const silent = { debug() {}, info() {}, warn() {}, error() {} }
let postgres: TestPostgres
let relay: Server
const sockets: Socket[] = []
let database: Database

beforeAll(async () => {
  postgres = await startPostgres()
  const server = new URL(postgres.url)
  relay = createServer((near) => {
    const far = connect(Number(server.port), server.hostname)
    near.setNoDelay(true)
    near.pipe(far)
    sockets.push(near, far)
    for (const socket of [near, far]) socket.on('error', () => {}).on('close', () => [near, far].forEach((each) => each.destroy()))
    byteByByte(far, near).catch(() => near.destroy())
  })
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  const relayed = new URL(postgres.url)
  relayed.port = String((relay.address() as AddressInfo).port)
  database = await openDatabase({ environment: readEnvironment({ NODE_ENV: 'test', DATABASE_URL: relayed.href, POOL_SIZE: '1' }), entities: [], log: silent })
}, 60_000)

afterAll(async () => {
  await database?.close()
  for (const socket of sockets) socket.destroy()
  relay?.close()
  await postgres?.stop()
})

async function byteByByte(from: Socket, to: Socket): Promise<void> {
  for await (const piece of from) {
    for (let at = 0; at < piece.length; at++) {
      to.write(piece.subarray(at, at + 1))
      await turn()
      await turn()
    }
  }
}

test('a script that fails inside a transaction of its own leaves no aborted transaction to the next one', async () => {
  for (let times = 0; times < 5; times++) {
    await expect(database.script('begin; select 1 / 0; commit')).rejects.toMatchObject({ code: '22012' })
    expect(await database.script('select 1 as one')).toEqual([{ one: 1 }])
  }
})

test('a statement that fails keeps its connection', async () => {
  const session = async () => (await database.script('select pg_backend_pid() as pid'))[0]
  const before = await session()
  await expect(database.script('select 1 / 0')).rejects.toMatchObject({ code: '22012' })
  expect(await session()).toEqual(before)
})
