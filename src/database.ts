import type { AnyEntity, EntityClass, EventSubscriber } from '@mikro-orm/core'
import type { Orm } from './database/orm.js'
import type { Fence, Log, Run, Statement } from './database/statement.js'
import type { Environment } from './environment.js'

export { FolderInUse } from './database/folder-lock.js'
export type { Orm } from './database/orm.js'
export { DatabaseUnavailable, isOutage } from './database/outage.js'
export { SessionBusy } from './database/single-session.js'
export type { Fence, Log, Run, Statement } from './database/statement.js'

/** The one way to the data, the same whether PostgreSQL runs elsewhere or in this process. */
export interface Database {
  readonly kind: 'pglite' | 'postgresql'
  readonly orm: Orm
  /** The role that reads run as: neither owner nor superuser, so that row-level security holds for it. */
  readonly readerRole: string
  /** Runs one read statement as the reader role. With a fence: a `repeatable read, read only` transaction of its own, with these settings local to it. */
  read<R = Record<string, unknown>>(statement: Statement, fence?: Fence): Promise<R[]>
  /** Several reads of one moment, as the reader role. Always ends without writing. */
  snapshot<T>(fence: Fence, work: (run: Run) => Promise<T>): Promise<T>
  /** One transaction as the owner, outside MikroORM: for the companions of migrations and for imports. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>
  /** One text as the owner, several statements where it has no values, in no transaction but those that it opens itself: for the queue of jobs. */
  script(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
  /** Names of migrations that this code has and the database has not. */
  pendingMigrations(): Promise<string[]>
  /** Brings the database up to date and returns the names applied; runs `afterMigrate` every time. */
  migrate(): Promise<string[]>
  /** Wakes up on `notify`. After a lost connection the handler is called once with an empty payload, since a notification may have been missed. */
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>
  ping(): Promise<void>
  /** The whole embedded database as a file to start others from; refused on PostgreSQL, which has `pg_dump`. */
  dump(): Promise<Blob>
  close(): Promise<void>
}

export interface DatabaseChoices {
  readonly environment: Environment
  readonly entities: readonly EntityClass<AnyEntity>[]
  readonly log: Log
  readonly subscribers?: readonly EventSubscriber[]
  /** Runs inside the migration's transaction before anything is changed, on PostgreSQL: what stands in its way is taken down here. */
  readonly beforeMigrate?: (run: Run) => Promise<void>
  /** Runs inside the migration's transaction after the grants: row-level security on sensitive tables belongs here. */
  readonly afterMigrate?: (run: Run) => Promise<void>
  /** A dump to begin with instead of an empty embedded database. */
  readonly template?: Blob
}

/** PostgreSQL when `DATABASE_URL` is set, otherwise the embedded database in `DATA_DIR` (`memory://` for none on disk). */
export async function openDatabase(choices: DatabaseChoices): Promise<Database> {
  // Loaded by need: a production process has no use for a database compiled to WebAssembly.
  if (choices.environment.DATABASE_URL) return (await import('./database/postgresql.js')).openPostgresql(choices)
  return (await import('./database/pglite.js')).openPglite(choices)
}
