import type { PGlite } from '@electric-sql/pglite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { SingleSession, Turn } from './single-session.js'
import { quoteName } from './statement.js'
import { entityParsers, textOnly, toParameter } from './values.js'

/**
 * Lets MikroORM share the one session of PGlite with the reads beside it. A connection is a turn in the session's queue,
 * held from the first statement to the last of a transaction. (Kysely's own PGlite driver keeps one transaction
 * slot for everybody and a queue that nobody else can see.)
 */
export class SessionDialect implements Dialect {
  constructor(
    private readonly engine: PGlite,
    private readonly session: SingleSession,
    private readonly asOwner: () => Promise<void>,
  ) {}

  createAdapter = () => new PostgresAdapter()
  createQueryCompiler = () => new PostgresQueryCompiler()
  createIntrospector = (kysely: Kysely<never>) => new PostgresIntrospector(kysely)
  createDriver = (): Driver => new SessionDriver(this.engine, this.session, this.asOwner)
}

class SessionDriver implements Driver {
  constructor(
    private readonly engine: PGlite,
    private readonly session: SingleSession,
    private readonly asOwner: () => Promise<void>,
  ) {}

  async init() {}
  // The engine belongs to whoever opened the database.
  async destroy() {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const turn = await this.session.take('write')
    try {
      await this.asOwner()
    } catch (error) {
      turn.end()
      throw error
    }
    return new SessionConnection(this.engine, turn)
  }

  async releaseConnection(connection: DatabaseConnection) {
    ;(connection as SessionConnection).turn.end()
  }

  async beginTransaction(connection: DatabaseConnection, { isolationLevel, accessMode }: TransactionSettings) {
    const modes = [isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean)
    await say(connection, ['begin', ...modes].join(' '))
  }

  commitTransaction = (connection: DatabaseConnection) => say(connection, 'commit')
  rollbackTransaction = (connection: DatabaseConnection) => say(connection, 'rollback')
  savepoint = (connection: DatabaseConnection, name: string, _compile: QueryCompiler['compileQuery']) => say(connection, `savepoint ${quoteName(name)}`)
  rollbackToSavepoint = (connection: DatabaseConnection, name: string, _compile: QueryCompiler['compileQuery']) => say(connection, `rollback to ${quoteName(name)}`)
  releaseSavepoint = (connection: DatabaseConnection, name: string, _compile: QueryCompiler['compileQuery']) => say(connection, `release ${quoteName(name)}`)
}

const say = async (connection: DatabaseConnection, sql: string): Promise<void> => {
  await connection.executeQuery(CompiledQuery.raw(sql))
}

class SessionConnection implements DatabaseConnection {
  constructor(
    private readonly engine: PGlite,
    readonly turn: Turn,
  ) {}

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    this.turn.doing(sql)
    // MikroORM writes values into the text. The simple protocol then takes one round instead of six, and scripts of several statements.
    const result =
      parameters.length === 0
        ? (await this.engine.exec(sql, { parsers: entityParsers })).at(-1)
        : await this.engine.query(sql, parameters.map(toParameter), { parsers: entityParsers, serializers: textOnly })
    return {
      rows: (result?.rows ?? []) as R[],
      ...(result?.affectedRows === undefined ? {} : { numAffectedRows: BigInt(result.affectedRows) }),
    }
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('The embedded database does not stream rows; page through them instead.')
  }
}
