import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { FolderInUse, openDatabase } from '../../src/database.js'
import { lockFolder } from '../../src/database/folder-lock.js'
import { readEnvironment } from '../../src/environment.js'

// R3: a second process in the embedded folder is refused within a second by name; a stale lock is taken over.

const silent = { debug() {}, info() {}, warn() {}, error() {} }
let folder: string
let children: ChildProcess[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heli-lock-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function idleProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

const bornAt = (pid: number): string => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
}

const writeLock = (holder: Partial<Record<'token' | 'pid' | 'born' | 'host' | 'port' | 'since', unknown>>) =>
  writeFileSync(join(folder, 'lock'), JSON.stringify({ token: 'theirs', born: null, host: hostname(), port: 4711, since: '2026-01-02T03:04:05.000Z', ...holder }))

const open = () => openDatabase({ environment: readEnvironment({ DATA_DIR: folder }), entities: [], log: silent })

test('a second opener is refused within a second, by the name of the holder', async () => {
  const holder = await idleProcess()
  writeLock({ pid: holder.pid, born: bornAt(holder.pid as number) })
  const started = performance.now()
  const error = await open().then(
    async (database) => database.close().then(() => undefined),
    (thrown: unknown) => thrown,
  )
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(error).toBeInstanceOf(FolderInUse)
  expect((error as Error).message).toContain(`process ${holder.pid} `)
  expect((error as Error).message).toContain('port 4711')
  expect((error as Error).message).toContain('since 2026-01-02T03:04:05.000Z')
  expect((error as Error).message).toContain('DATA_DIR')
  expect(existsSync(join(folder, 'db'))).toBe(false)
})

test('the lock of a process that was killed is taken over, and its data is there', async () => {
  const first = await open()
  await first.transaction((run) => run({ text: 'create table kept as select 7 as n', values: [] }))
  await first.close()

  const holder = await idleProcess()
  const lock = { pid: holder.pid, born: bornAt(holder.pid as number) }
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  writeLock(lock)

  const second = await open()
  try {
    expect(await second.transaction((run) => run({ text: 'select n from kept', values: [] }))).toEqual([{ n: 7 }])
    expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  } finally {
    await second.close()
  }
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test('a stranger that got the pid of the holder later does not keep the folder', async () => {
  const stranger = await idleProcess()
  writeLock({ pid: stranger.pid, born: bornAt(process.pid) })
  const unlock = await lockFolder(folder, 4000)
  unlock()
})

test('a live holder on another host is believed as long as it gives signs of life', async () => {
  writeLock({ pid: 1, host: 'another-container' })
  await expect(lockFolder(folder, 4000)).rejects.toThrow('on another-container')
})

test('a lock file that is cut short is taken over once it is old', async () => {
  writeFileSync(join(folder, 'lock'), '{"pid":')
  const { utimesSync } = await import('node:fs')
  utimesSync(join(folder, 'lock'), new Date(0), new Date(0))
  const unlock = await lockFolder(folder, 4000)
  unlock()
})

test('of many takers of one stale lock exactly one gets it', async () => {
  writeLock({ pid: 2_147_483_000 })
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder, 4000)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a failed opening gives the folder back', async () => {
  writeFileSync(join(folder, 'db'), 'a file where the folder should be')
  await expect(open()).rejects.toThrow()
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})
