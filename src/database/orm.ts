import { type AnyEntity, type EntityClass, type EventSubscriber, MikroORM, type Options } from '@mikro-orm/core'
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy'
import { Migrator } from '@mikro-orm/migrations'
import type { AbstractSqlDriver, SqlEntityManager } from '@mikro-orm/sql'
import { migrations } from '../../migrations/index.js'
import type { Log, Run } from './statement.js'

export type Orm = MikroORM<AbstractSqlDriver, SqlEntityManager<AbstractSqlDriver>>

export interface OrmChoices {
  readonly entities: readonly EntityClass<AnyEntity>[]
  readonly subscribers?: readonly EventSubscriber[]
  readonly log: Log
}

/** Builds MikroORM for one of the two drivers; it connects when first asked. */
export function createOrm(choices: OrmChoices, driver: Partial<Options>): Promise<Orm> {
  return MikroORM.init({
    ...driver,
    entities: [...choices.entities],
    subscribers: [...(choices.subscribers ?? [])],
    metadataProvider: ReflectMetadataProvider,
    metadataCache: { enabled: false },
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, silent: true, disableForeignKeys: false, transactional: true, allOrNothing: true },
    schemaGenerator: { disableForeignKeys: false },
    forceUtcTimezone: true,
    timezone: '+00:00',
    colors: false,
    logger: (message: string) => choices.log.debug({ orm: message }, 'orm'),
  } as Partial<Options>) as unknown as Promise<Orm>
}

const migrationTable = 'mikro_orm_migrations'

/** Names of migrations that the code knows and the database has not seen. */
export async function pendingMigrations(run: Run): Promise<string[]> {
  const [found] = await run<{ there: boolean }>({ text: `select to_regclass($1) is not null as there`, values: [migrationTable] })
  const applied = found?.there ? await run<{ name: string }>({ text: `select name from ${migrationTable}`, values: [] }) : []
  const names = new Set(applied.map((row) => row.name))
  return migrations.map((migration) => migration.name).filter((name) => !names.has(name))
}

export interface MigrateChoices {
  readonly readerRole: string
  readonly beforeMigrate?: (run: Run) => Promise<void>
  readonly afterMigrate?: (run: Run) => Promise<void>
  readonly log: Log
}

/**
 * Applies what is pending, then the reader's grants and the fence policies, all in one transaction:
 * a start that fails half-way leaves the database as it was. Two instances starting at once take turns.
 */
export async function applyMigrations(orm: Orm, { readerRole, beforeMigrate, afterMigrate, log }: MigrateChoices): Promise<string[]> {
  await prepareMigrationTable(orm)
  const connection = orm.em.getConnection()
  return connection.transactional(async (transaction) => {
    const run = (async ({ text, values }) => {
      const { rows } = await transaction.executeQuery({ sql: text, parameters: values, query: { kind: 'RawNode' }, queryId: { queryId: 'migrate' } } as never)
      return rows
    }) as Run
    await run({ text: `select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`, values: [] })
    await run({ text: `select pg_advisory_xact_lock(hashtext('heli migrations'))`, values: [] })
    await beforeMigrate?.(run)
    const applied = await orm.migrator.up({ transaction })
    for (const { name } of applied) log.info({ migration: name }, 'migration applied')
    await grantReader(run, readerRole)
    await afterMigrate?.(run)
    return applied.map(({ name }) => name)
  })
}

// The migrator creates its table outside the transaction, and two instances may try it in the same instant.
async function prepareMigrationTable(orm: Orm): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await orm.migrator.getPending()
      return
    } catch (error) {
      if (attempt === 3 || !/already exists|duplicate key/.test(String(error))) throw error
    }
  }
}

async function grantReader(run: Run, role: string): Promise<void> {
  const reader = `"${role.replaceAll('"', '""')}"`
  for (const text of [
    `grant usage on schema public to ${reader}`,
    `grant select on all tables in schema public to ${reader}`,
    `alter default privileges in schema public grant select on tables to ${reader}`,
  ]) {
    await run({ text, values: [] })
  }
}
