import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { PgliteDriver } from '@mikro-orm/pglite'
import type { Database, DatabaseChoices } from '../database.js'
import { lockFolder } from './folder-lock.js'
import { applyMigrations, createOrm, pendingMigrations } from './orm.js'
import { namingOutage } from './outage.js'
import { SessionDialect } from './session-dialect.js'
import { SingleSession } from './single-session.js'
import { type Fence, type Log, type Run, type Statement, openSnapshot, quoteName } from './statement.js'
import { readParsers, textOnly, toParameter } from './values.js'

const readerRole = 'heli_reader'
const upkeepMs = 60_000
const walPerCheckpoint = 16 * 1_048_576

/** PostgreSQL inside this process, in `<DATA_DIR>/db` or in memory. */
export async function openPglite(choices: DatabaseChoices): Promise<Database> {
  const { environment } = choices
  const inMemory = environment.DATA_DIR.startsWith('memory:')
  const unlock = inMemory ? () => {} : await lockFolder(resolve(environment.DATA_DIR), environment.PORT)
  try {
    const engine = await startEngine(inMemory ? undefined : resolve(environment.DATA_DIR), choices.template).catch((error: unknown) => {
      throw new Error(`The embedded database in ${environment.DATA_DIR} does not start. Restore a backup into an empty DATA_DIR, or move the folder away to begin anew.`, { cause: error })
    })
    return await connect(engine, choices, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function startEngine(folder: string | undefined, template: Blob | undefined): Promise<PGlite> {
  if (folder) mkdirSync(join(folder, 'db'), { recursive: true, mode: 0o700 })
  const engine = await PGlite.create({
    dataDir: folder ? join(folder, 'db') : 'memory://',
    relaxedDurability: false,
    extensions: { btree_gist, pg_trgm },
    ...(folder ? { startParams: durableStart } : {}),
    ...(template ? { loadDataDir: template } : {}),
  })
  if (folder) flushToDisk(engine)
  await engine.exec(`set time zone 'UTC'`)
  return engine
}

// PGlite starts with fsync off. `fdatasync` does nothing in its system layer, `fsync` reaches the file system where that offers one.
const durableStart = [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'fsync=on', '-c', 'wal_sync_method=fsync']

// Its file system for Node offers none, so a commit would survive `kill -9` but not a power cut.
function flushToDisk(engine: PGlite): void {
  const { FS } = engine.Module as unknown as Emscripten
  const { NODEFS } = FS.filesystems
  NODEFS.stream_ops.fsync = (stream) => {
    try {
      if (stream.nfd !== undefined) fsyncSync(stream.nfd)
      else flushFolder(NODEFS.realPath(stream.node))
      return 0
    } catch {
      // Must be told in its own terms; PostgreSQL then stops rather than acknowledge what may be lost.
      throw new FS.ErrnoError(inputOutputError)
    }
  }
}

function flushFolder(path: string): void {
  // Windows has no such thing as flushing a folder.
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const inputOutputError = 29

interface Emscripten {
  readonly FS: {
    readonly ErrnoError: new (errno: number) => Error
    readonly filesystems: {
      readonly NODEFS: {
        readonly realPath: (node: unknown) => string
        readonly stream_ops: { fsync?: (stream: { readonly nfd?: number; readonly node: unknown }) => number }
      }
    }
  }
}

async function connect(engine: PGlite, choices: DatabaseChoices, unlock: () => void): Promise<Database> {
  const { log } = choices
  const session = new SingleSession(log)
  let isReader = false

  const asOwner = async () => {
    if (isReader) await engine.exec('reset role')
    isReader = false
  }
  // Said anew before every statement: a statement may itself undo the role, and must not do so for the one after it.
  const asReader = async () => {
    isReader = true
    await engine.exec(`set role ${readerRole}`)
  }
  const query = async <R>({ text, values }: Statement): Promise<R[]> => {
    const { rows } = await engine.query<R>(text, values.map(toParameter), { parsers: readParsers, serializers: textOnly })
    return rows
  }

  const orm = await createOrm(choices, {
    driver: PgliteDriver,
    dbName: 'postgres',
    driverOptions: () => new SessionDialect(engine, session, asOwner),
  } as never)

  const read = <R>(statement: Statement, fence?: Fence): Promise<R[]> =>
    fence
      ? snapshot(fence, (run) => run<R>(statement))
      : session.use(statement.text, async () => {
          await asReader()
          return query<R>(statement)
        })

  const snapshot = <T>(fence: Fence, work: (run: Run) => Promise<T>): Promise<T> =>
    session.use('snapshot', async (turn) => {
      await engine.exec(openSnapshot(fence, readerRole))
      let isFirst = true
      try {
        return await work((async (statement) => {
          turn.doing(statement.text)
          if (!isFirst) await engine.exec(`set local role ${readerRole}`)
          isFirst = false
          return query(statement)
        }) as Run)
      } finally {
        await engine.exec('rollback')
      }
    })

  const transaction = <T>(work: (run: Run) => Promise<T>): Promise<T> =>
    session.use('transaction', async (turn) => {
      await asOwner()
      await engine.exec('begin')
      try {
        const result = await work(((statement) => {
          turn.doing(statement.text)
          return query(statement)
        }) as Run)
        await engine.exec('commit')
        return result
      } catch (error) {
        await engine.exec('rollback')
        throw error
      }
    })

  // A connection of a pool would be given up after a failure in mid-transaction; the only session is rolled back instead.
  const script = (text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
    session.use(text, async () => {
      await asOwner()
      try {
        return values.length > 0 ? (await engine.query<Record<string, unknown>>(text, [...values])).rows : (await engine.exec(text)).flatMap(({ rows }) => rows as Record<string, unknown>[])
      } catch (error) {
        await engine.exec('rollback')
        throw error
      }
    })

  const upkeep = choices.environment.DATA_DIR.startsWith('memory:') ? undefined : startUpkeep(engine, session, asOwner, log)
  let closing: Promise<void> | undefined

  const named =
    <A extends unknown[], T>(work: (...parameters: A) => Promise<T>) =>
    async (...parameters: A): Promise<T> => {
      try {
        return await work(...parameters)
      } catch (error) {
        throw namingOutage(error)
      }
    }

  return {
    kind: 'pglite',
    orm,
    readerRole,
    read: named(read) as Database['read'],
    snapshot: named(snapshot) as Database['snapshot'],
    transaction: named(transaction) as Database['transaction'],
    script: named(script),
    pendingMigrations: named(() => transaction(pendingMigrations)),
    migrate: async () => {
      await transaction(createReader)
      const applied = await applyMigrations(orm, { readerRole, log, ...(choices.afterMigrate ? { afterMigrate: choices.afterMigrate } : {}) })
      if (upkeep && applied.length > 0) await upkeep.checkpoint()
      return applied
    },
    listen: async (channel, handler) => {
      const stop = await session.use(`listen ${channel}`, () => engine.listen(channel, handler))
      return () => session.use(`unlisten ${channel}`, () => stop())
    },
    ping: named(async () => {
      await session.use('ping', () => engine.exec('select 1'))
    }),
    dump: () => session.use('dump', async () => {
      await asOwner()
      await engine.exec('checkpoint')
      return (await engine.dumpDataDir('none')) as Blob
    }),
    close: () =>
      (closing ??= (async () => {
        upkeep?.stop()
        const turn = await session.take('close')
        try {
          await asOwner()
          if (upkeep) await engine.exec('checkpoint')
          await engine.close()
        } finally {
          turn.end()
          await orm.close(true)
          unlock()
        }
      })()),
  }
}

async function createReader(run: Run): Promise<void> {
  const found = await run({ text: 'select 1 from pg_roles where rolname = $1', values: [readerRole] })
  if (found.length === 0) await run({ text: `create role ${quoteName(readerRole)} nologin nosuperuser nobypassrls`, values: [] })
}

// There is no background checkpointer in a single process: without this the log of changes would only grow, and be replayed at every start.
function startUpkeep(engine: PGlite, session: SingleSession, asOwner: () => Promise<void>, log: Log) {
  let done = '0/0'
  const checkpoint = () =>
    session.use('checkpoint', async () => {
      await asOwner()
      await engine.exec('checkpoint')
      done = await position()
    })
  const position = async () => (await engine.query<{ at: string }>('select pg_current_wal_insert_lsn()::text as at')).rows[0]?.at ?? '0/0'
  const timer = setInterval(() => {
    if (session.isBusy) return
    void session
      .use('upkeep', async () => {
        const [grown] = (await engine.query<{ bytes: string }>(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)::text as bytes`, [done])).rows
        return Number(grown?.bytes ?? 0)
      })
      .then(async (bytes) => {
        if (bytes > walPerCheckpoint) await checkpoint()
      })
      .catch((error: unknown) => log.warn({ err: error }, 'upkeep of the embedded database failed'))
  }, upkeepMs).unref()
  return { checkpoint, stop: () => clearInterval(timer) }
}
