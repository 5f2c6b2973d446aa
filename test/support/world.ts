import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals'
import { graphql, GraphQLError, parse, type ExecutionResult } from 'graphql'
import { openBackbone, type Backbone, type RequestOf } from '../../src/backbone.js'
import { mayAsk } from '../../src/access/index.js'
import { answerDirectly, Reads } from '../../src/engine/index.js'
import { readEnvironment } from '../../src/environment.js'
import type { Clock } from '../../src/kernel/index.js'
import { createLog } from '../../src/server.js'
import { builder, type Build } from './build.js'
import { startPostgres, type TestPostgres } from './postgres.js'

/** The day on which every test begins. */
export const today = '2026-11-23'

export interface Asked<T = any> {
  data: T
  /** Codes of top-level errors, in order. */
  codes: (string | undefined)[]
  errors: readonly { message: string; extensions: Record<string, unknown> }[]
  masked: Record<string, number>
}

export interface Persona {
  run<T = any>(document: string, variables?: Record<string, unknown>, more?: Partial<RequestOf>): Promise<Asked<T>>
}

export interface World {
  backbone: Backbone
  build: Build
  /** The day in Asia/Shanghai on which things happen, at ten in the morning; `today` before each test. */
  day: string
  /** Whoever `build.person({ login })` made; 'nobody' is not signed in. */
  as(login: string): Persona
  sql<R = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]>
  /** Removes every row, as before each test. */
  clear(): Promise<void>
  /** Statements that reads ran since the last call. */
  statements(): string[]
  /** Every how many answers the two roads are compared: those of the proof are many, large, and of few kinds. */
  readonly comparing: number
  /** The other road is being asked; its statements do not count. */
  isComparing: boolean
}

const migrationsFolder = new URL('../../migrations/', import.meta.url)
const stamp = createHash('sha1')
for (const name of readdirSync(migrationsFolder).sort()) stamp.update(readFileSync(new URL(name, migrationsFolder)))
/** A migrated, empty database to begin with, made once for these migrations. */
const template = join(tmpdir(), `heli-template-${stamp.digest('hex').slice(0, 16)}.bin`)

async function open(clock: Clock, url?: string): Promise<Backbone> {
  const environment = readEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'error', DATA_DIR: 'memory://', ...(url ? { DATABASE_URL: url } : {}) })
  const dump = url ? undefined : await readFile(template).catch(() => undefined)
  const backbone = await openBackbone({ environment, log: createLog(environment), clock, ...(dump ? { template: new Blob([new Uint8Array(dump)]) } : {}) })
  await backbone.database.migrate()
  if (!url && !dump) {
    // Written aside: another worker may be making the same one.
    const aside = `${template}.${process.pid}`
    await writeFile(aside, Buffer.from(await (await backbone.database.dump()).arrayBuffer()))
    await rename(aside, template)
  }
  return backbone
}

const journal = ['journal_head', 'mikro_orm_migrations']

/** One database for a test file, emptied before each test. `on: 'postgresql'` for what needs a real server. */
export function useWorld({ on = 'pglite', comparing = 1 }: { on?: 'pglite' | 'postgresql'; comparing?: number } = {}): World {
  const world = { day: today, comparing, statements: () => seen.splice(0) } as World
  const seen: string[] = []
  let server: TestPostgres | undefined

  beforeAll(async () => {
    server = on === 'postgresql' ? await startPostgres() : undefined
    world.backbone = await open({ now: () => new Date(`${world.day}T10:00:00+08:00`) }, server?.url)
    const { database } = world.backbone
    const read = database.read.bind(database)
    Object.assign(database, {
      read: (statement: { text: string; values: readonly unknown[] }, fence?: Record<string, string>) => {
        if (!world.isComparing) seen.push(statement.text)
        return read(statement, fence)
      },
    })
    world.sql = (text, values = []) => database.transaction((run) => run({ text, values })) as never
    world.build = builder(world.sql)
    world.clear = () => empty(world, server)
    world.as = (login) => persona(world, login)
  }, 60_000)

  beforeEach(async () => {
    await empty(world, server)
    world.day = today
    world.statements()
  })

  afterAll(async () => {
    await world.backbone?.close()
    await server?.stop()
  })
  return world
}

const emptied = new WeakSet<object>()

async function empty(world: World, server: TestPostgres | undefined): Promise<void> {
  const { backbone, sql } = world
  if (server) return emptyServer(world)
  // A function of the session: its 130 statements are planned once a file and not once a test (2,700 tests: 40 ms less for each).
  if (!emptied.has(backbone.database)) {
    const tables = await tableNames(world)
    await backbone.database.transaction((run) => run({ text: `create function pg_temp.empty_all() returns void language plpgsql set session_replication_role = replica as $$ begin ${tables.map((name) => `delete from "${name}";`).join(' ')}
      update journal_head set audit_seq = 0, event_seq = 0, hash = repeat('0', 64); end $$`, values: [] }))
    emptied.add(backbone.database)
  }
  await sql('select pg_temp.empty_all()')
}

const tableNames = async ({ sql }: World): Promise<string[]> => (await sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and not tablename = any($1)`, [journal])).map(({ name }) => name)

/** The owner of a real server is no superuser, so the triggers that keep journals append-only (those on truncate, 32) are lifted by name. */
async function emptyServer(world: World): Promise<void> {
  const tables = await tableNames(world)
  await world.backbone.database.transaction(async (run) => {
    const appendOnly = await run<{ name: string }>({ text: `select distinct tgrelid::regclass::text as name from pg_trigger where not tgisinternal and tgtype & 32 > 0`, values: [] })
    for (const { name } of appendOnly) await run({ text: `alter table ${name} disable trigger user`, values: [] })
    await run({ text: `truncate ${tables.map((name) => `"${name}"`).join(', ')} cascade`, values: [] })
    for (const { name } of appendOnly) await run({ text: `alter table ${name} enable trigger user`, values: [] })
    await run({ text: `update journal_head set audit_seq = 0, event_seq = 0, hash = repeat('0', 64)`, values: [] })
  })
}

let requests = 0

/** Every answer of the plain road is compared with the direct road's, prepared anew, and every fourth with one prepared before. */
async function compareRoads(world: World, source: string, variables: Record<string, unknown>, result: ExecutionResult, { masked, viewer, facts }: Reads): Promise<void> {
  const { schema, engine } = world.backbone
  const document = parse(source)
  world.isComparing = true
  try {
    for (const turn of requests % 4 === 0 ? ['anew', 'prepared'] : ['anew']) {
      const reads = new Reads(engine, viewer, facts)
      const direct = await answerDirectly({ schema, document, variables }, reads, mayAsk(engine.policy))
      if (!direct) return
      expect({ turn, data: JSON.parse(direct.json), masked: Object.fromEntries(reads.masked) }).toEqual({ turn, data: JSON.parse(JSON.stringify(result.data)), masked: Object.fromEntries(masked) })
    }
  } finally {
    world.isComparing = false
  }
}

function persona(world: World, login: string): Persona {
  const { backbone } = world
  return {
    async run(document, variables = {}, more = {}) {
      const identity = login === 'nobody' ? ({ kind: 'anonymous' } as const) : login.startsWith('service:') ? ({ kind: 'service', tokenHash: login.slice(8) } as const) : ({ kind: 'person', issuer: 'test', subject: login } as const)
      const contextValue = await backbone.contextFor({ identity, language: 'en', strict: false, requestId: `test-${++requests}`, isRouter: false, ...more })
      const result = (await graphql({ schema: backbone.schema, source: document, contextValue, variableValues: variables })) as ExecutionResult
      await contextValue.recordReads()
      const masked = Object.fromEntries(contextValue.reads.masked)
      if (!result.errors && requests % world.comparing === 0) await compareRoads(world, document, variables, result, contextValue.reads)
      const errors = (result.errors ?? []).map((error) => {
        const cause = error.originalError as { code?: string; field?: string; said?: unknown } | undefined
        // Of graphql-js itself is an input that it cannot read; anything else without a code is a fault of ours.
        if (cause && !cause.said && !(cause instanceof GraphQLError) && !error.extensions['code']) throw cause
        return { message: error.message, extensions: { ...error.extensions, ...(cause?.code ? { code: cause.code } : {}), ...(cause?.field ? { field: cause.field } : {}) } as Record<string, unknown> }
      })
      return { data: result.data as never, errors, codes: errors.map((error) => (error.extensions['code'] as string | undefined) ?? 'GRAPHQL'), masked }
    },
  }
}

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** A folder that is gone after the test file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'heli-test-'))
  folders.push(folder)
  return folder
}
