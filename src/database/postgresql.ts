import { createHmac } from 'node:crypto'
import type { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { PostgreSqlDriver } from '@mikro-orm/postgresql'
import pg from 'pg'
import type { Database, DatabaseChoices } from '../database.js'
import type { Environment } from '../environment.js'
import { nameOf } from '../engine/index.js'
import { applyMigrations, createOrm, pendingMigrations } from './orm.js'
import { DatabaseUnavailable, isOutage, namingOutage } from './outage.js'
import { openListener } from './postgresql-listener.js'
import { prepareReader, refuseUnsafeReaderAtStart } from './postgresql-reader.js'
import { type Fence, type Log, type Run, type Statement, openSnapshot } from './statement.js'
import { readTypes } from './values.js'

const connectTimeoutMs = 5_000
const startupPatienceMs = 30_000
const oldestSupported = 150_000

/** PostgreSQL 15 or later by `DATABASE_URL`: one pool that owns, one that may only read. */
export async function openPostgresql(choices: DatabaseChoices): Promise<Database> {
  const { environment, log } = choices
  const ownerUrl = environment.DATABASE_URL as string
  const readerUrl = environment.DATABASE_READER_URL ?? deriveReaderUrl(ownerUrl)
  const readerRole = decodeURIComponent(new URL(readerUrl).username)

  await waitForDatabase(ownerUrl, log)
  await refuseUnsafeOwner(ownerUrl, environment)
  if (environment.isProduction) await refuseUnsafeReaderAtStart({ ownerUrl, readerUrl })

  const settings = (connectionString: string, name: string) => ({
    connectionString,
    application_name: `heli ${name}`,
    // Just-in-time compilation costs 100 to 300 ms a statement and these run for a few: measured, it makes P4 twenty times slower.
    // One plan a statement, made without its values: planning took ten times as long as running (P4: 9 ms and 0.6 ms), and for the
    // values at hand it was no better (P3: 120 to 330 ms with plans for the values, 25 to 40 ms without).
    options: '-c TimeZone=UTC -c jit=off -c plan_cache_mode=force_generic_plan',
    max: environment.POOL_SIZE,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: environment.STATEMENT_TIMEOUT_MS,
    lock_timeout: Math.min(5_000, environment.STATEMENT_TIMEOUT_MS),
    idle_in_transaction_session_timeout: 60_000,
  })

  const readers = new pg.Pool({ ...settings(readerUrl, 'reader'), types: readTypes })
  const quiet = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  readers.on('error', quiet)
  readers.on('connect', (client) => client.on('error', quiet))

  const orm = await createOrm(choices, {
    driver: PostgreSqlDriver,
    dbName: decodeURIComponent(new URL(ownerUrl).pathname.slice(1)) || 'postgres',
    // Statements may be sent before the one before them is answered; each is still answered, and fails, by itself.
    driverOptions: { ...settings(ownerUrl, 'owner'), pipeline: true },
  } as never)
  const owners = (await orm.em.getConnection().getNativeClient()) as pg.Pool
  owners.on('error', quiet)
  owners.on('connect', (client) => {
    client.on('error', quiet)
    nameStatements(client)
  })

  const snapshot = <T>(fence: Fence, work: (run: Run) => Promise<T>): Promise<T> =>
    withClient(readers, async (client) => {
      // Not awaited: it travels in the same round as the first statement, which waits behind it.
      const opened = client.query(openSnapshot(fence))
      opened.catch(() => {})
      try {
        const result = await work(runOn(client, 'extended'))
        await opened
        return result
      } finally {
        await client.query('rollback')
      }
    })

  const read = async <R>(statement: Statement, fence?: Fence): Promise<R[]> => {
    if (fence) return snapshot(fence, (run) => run<R>(statement))
    return withClient(readers, (client) => runOn(client, 'extended')<R>(statement))
  }

  const transaction = <T>(work: (run: Run) => Promise<T>): Promise<T> =>
    withClient(owners, async (client) => {
      await client.query('begin')
      try {
        const result = await work(runOn(client))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      }
    })

  const listener = openListener({ ...settings(ownerUrl, 'listener'), statement_timeout: 0 }, log)
  let closing: Promise<void> | undefined

  return {
    kind: 'postgresql',
    orm,
    readerRole,
    read,
    snapshot,
    transaction,
    script: (text, values = []) => withClient(owners, async (client) => [(await client.query(text, [...values])) as unknown as pg.QueryResult | pg.QueryResult[]].flat().flatMap(({ rows }) => rows)),
    pendingMigrations: () => withClient(owners, (client) => pendingMigrations(runOn(client))),
    migrate: async () => {
      try {
        await prepareReader({ ownerUrl, readerUrl, isDerived: !environment.DATABASE_READER_URL, isProduction: environment.isProduction })
        return await applyMigrations(orm, { readerRole, log, ...(choices.beforeMigrate ? { beforeMigrate: choices.beforeMigrate } : {}), ...(choices.afterMigrate ? { afterMigrate: choices.afterMigrate } : {}) })
      } catch (error) {
        throw namingOutage(error)
      }
    },
    listen: listener.listen,
    ping: async () => {
      await Promise.all([owners, readers].map((pool) => withClient(pool, (client) => client.query('select 1'))))
    },
    dump: () => Promise.reject(new Error('This database is PostgreSQL: take its dump with pg_dump.')),
    close: () =>
      (closing ??= (async () => {
        await listener.close()
        await Promise.all([readers.end(), orm.close(true)])
      })()),
  }
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | undefined
  try {
    client = await pool.connect()
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    // A connection that failed, or is still inside a transaction, is not handed to the next one.
    client?.release(isOutage(error) || !(await endsIdle(client)))
    throw namingOutage(error)
  }
}

// A statement fails with the server's error, which may arrive before the word on what it left behind: a script that began a transaction
// leaves an aborted one. The answer to a further statement comes after that word.
const endsIdle = (client: pg.PoolClient): Promise<boolean> =>
  client.query('rollback').then(
    () => isIdle(client),
    () => false,
  )

// I: idle, as of what the server said last; T and E: still in a transaction. Null before the first answer.
const isIdle = (client: pg.PoolClient): boolean => (client.getTransactionStatus() ?? 'I') === 'I'

// `extended` admits exactly one statement, whatever a text holds; scripts are for the owner.
const runOn = (client: pg.PoolClient, mode?: 'extended'): Run =>
  (async ({ name, text, values }) => {
    const query = { text, values: [...values], types: readTypes, ...(mode ? { queryMode: mode } : {}) }
    if (!name) return (await client.query(query)).rows
    try {
      return (await client.query({ ...query, name })).rows
    } catch (error) {
      // A migration changed a table under a prepared statement of this connection; outside a transaction it can simply be asked again.
      if ((error as { code?: string }).code === '0A000' && /cached plan/.test(String(error)) && isIdle(client)) return (await client.query(query)).rows
      throw error
    }
  }) as Run

/**
 * Kysely hands text and values to the driver and has no word for a name, so each judgement of a write was planned anew (a third of a mutation's
 * time in the database). Texts without values are scripts, or MikroORM's with the values written in, which do not come again.
 */
function nameStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...of: unknown[]) => unknown
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  let isCorked = false
  const uncork = () => {
    if (isCorked) stream.uncork()
    isCorked = false
  }
  client.query = ((text: unknown, values?: unknown, ...rest: unknown[]) => {
    // The beginning travels with the first statement, which waits for nothing but it: a mutation's time goes into round trips (P6: 36 % in writing to sockets).
    if (text === 'begin' && typeof values !== 'function' && rest.length === 0) {
      stream.cork()
      isCorked = true
      ;(query(text) as Promise<unknown>).catch(() => undefined)
      // For a transaction that stops to think before its first statement.
      setImmediate(uncork)
      return Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] })
    }
    if (isCorked) process.nextTick(uncork)
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    return name ? query({ name, text, values }, ...rest) : query(text, values, ...rest)
  }) as typeof client.query
}

/** Every instance that knows the owner's password derives the same one for the reader; it is never stored. */
function deriveReaderUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  const secret = decodeURIComponent(url.password) || ownerUrl
  url.username = 'heli_reader'
  url.password = createHmac('sha256', secret).update('heli_reader').digest('hex')
  return url.href
}

async function waitForDatabase(url: string, log: Log): Promise<void> {
  const { hostname, port, pathname, username } = new URL(url)
  const where = `${hostname || 'the local socket'}:${port || 5432}`
  const deadline = Date.now() + startupPatienceMs
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query<{ version: number; shown: string }>(
        `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown`,
      )
      if ((rows[0]?.version ?? 0) < oldestSupported) throw new Error(`PostgreSQL ${rows[0]?.shown} at ${where} is too old: Heli needs 15 or later.`)
      return
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === '3D000') throw new DatabaseUnavailable(`DATABASE_URL: the server at ${where} has no database "${pathname.slice(1)}". Create it (createdb ${pathname.slice(1)}) and start again.`, { cause: error })
      if (code?.startsWith('28')) throw new DatabaseUnavailable(`DATABASE_URL: the server at ${where} does not accept user "${username}" with this password. Correct DATABASE_URL.`, { cause: error })
      if (!isOutage(error)) throw error
      if (Date.now() > deadline) {
        throw new DatabaseUnavailable(`DATABASE_URL: no PostgreSQL answered at ${where} within ${startupPatienceMs / 1_000} s (${code ?? (error as Error).message}). Start it, or correct the address.`, { cause: error })
      }
      if (attempt % 10 === 0) log.warn({ where, reason: code ?? (error as Error).message }, 'waiting for PostgreSQL')
      await pause(500)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function refuseUnsafeOwner(url: string, { isProduction }: Environment): Promise<void> {
  if (!isProduction) return
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs })
  try {
    await client.connect()
    const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user')
    if (rows[0]?.rolsuper) {
      throw new Error(
        'DATABASE_URL signs in as a superuser, for whom no permission in the database holds. ' +
          'Make a role of its own: create role heli login createrole password \'…\'; alter database … owner to heli; and use it in DATABASE_URL.',
      )
    }
  } finally {
    await client.end().catch(() => {})
  }
}
