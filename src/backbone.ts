import type { Logger } from 'pino'
import { anonymous, permissions, type Viewer } from './access/index.js'
import { openBlobStore } from './blobs.js'
import { openDatabase, type Database } from './database.js'
import { ChangeCollector, Reads } from './engine/index.js'
import type { Environment } from './environment.js'
import { dayOf, systemClock, type Clock, type Language, type RequestFacts } from './kernel/index.js'
import { openLotKeys } from './lot-keys.js'
import type { Evidence } from './modules/evidence/index.js'
import type { LotKeys } from './modules/procurement/index.js'
import { Recognition } from './recognition.js'
import { createHeli, entities, type Heli, type RequestContext } from './schema.js'
import { dropSqlViews, writeSqlViews } from './sql-roles.js'
import type { Identity } from './sign-in/index.js'

/** The graph on its database, without any door to the outside yet. */
export interface Backbone extends Heli {
  database: Database
  evidence: Evidence
  /** None where the environment names no place for them. */
  lotKeys: LotKeys | undefined
  /** The context of one request: who asks, with what rights today. */
  contextFor(facts: RequestOf): Promise<RequestContext>
  close(): Promise<void>
}

export interface RequestOf {
  identity: Identity
  language: Language
  strict: boolean
  requestId: string
  isRouter: boolean
  /** The viewer may stand as an earlier request found them until the answer tells: whoever runs the request has the claim told (`Reads.prove`). */
  mayRemember?: boolean
}

export interface BackboneChoices {
  environment: Environment
  log: Logger
  clock?: Clock
  template?: Blob
}

/** Opens database and graph. The database may still have to be migrated. */
export async function openBackbone({ environment, log, clock = systemClock, template }: BackboneChoices): Promise<Backbone> {
  let heli: Heli | undefined
  const database = await openDatabase({
    environment,
    entities: entities as never,
    log,
    subscribers: [new ChangeCollector()],
    ...(template ? { template } : {}),
    beforeMigrate: dropSqlViews,
    // The fence and the views for SQL are made from the guards of this very build, so they are written anew with every migration run.
    afterMigrate: async (run) => {
      for (const text of heli!.engine.fence.statements) await run({ text, values: [] })
      await writeSqlViews(run, heli!)
    },
  })
  try {
    const built = (heli = createHeli(database.orm, database))
    const recognition = new Recognition(database)
    const evidence: Evidence = { store: openBlobStore(environment, database, log), limit: environment.ATTACHMENT_LIMIT_BYTES }
    const lotKeys = openLotKeys(environment)
    return {
      ...built,
      database,
      evidence,
      lotKeys,
      contextFor: (facts) => contextFor(built, database, recognition, { evidence, lotKeys }, clock, environment.isProduction, facts),
      close: () => database.close(),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

async function contextFor(
  { engine }: Heli,
  database: Database,
  recognition: Recognition,
  outside: { evidence: Evidence; lotKeys: LotKeys | undefined },
  clock: Clock,
  isProduction: boolean,
  { identity, isRouter, mayRemember = false, ...rest }: RequestOf,
): Promise<RequestContext> {
  const facts: RequestFacts = { ...rest, clock, today: dayOf(clock.now()) }
  const known = identity.kind === 'anonymous' ? { viewer: anonymous } : (mayRemember && recognition.remember(identity)) || { viewer: await recognition.ask(identity, facts.today) }
  const reads = new Reads(engine, known.viewer, facts, 'claim' in known ? known.claim : undefined)
  return { reads, orm: database.orm, ...outside, isRouter, seesSchema: () => seesSchema(reads.viewer, { isProduction, isRouter }), recordReads: () => recordReads(database, reads) }
}

/** Whether introspection, `_service` and suggestions are open to this viewer. */
export const seesSchema = ({ roles }: Viewer, { isProduction, isRouter }: { isProduction: boolean; isRouter: boolean }): boolean =>
  !isProduction || isRouter || permissions['schema:introspect'].some((role) => roles.has(role))

async function recordReads(database: Database, { sensitive, viewer, facts }: Reads): Promise<void> {
  if (sensitive.size === 0) return
  const entry = {
    verb: 'read',
    subjectId: null,
    requestId: facts.requestId,
    personId: viewer.personId,
    tokenId: viewer.tokenId,
    posts: viewer.posts.map(({ role, unitId }) => ({ role, unitId })),
    changes: [],
    reads: [...sensitive].map(([field, ids]) => ({ field, ids: [...ids] })),
    idempotency: null,
  }
  sensitive.clear()
  await database.transaction((run) => run({ text: 'select heli_record($1::jsonb)', values: [JSON.stringify(entry)] }))
}
