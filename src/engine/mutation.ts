import { createHash } from 'node:crypto'
import type { MikroORM } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { Field, Int, ObjectType } from 'type-graphql'
import { faultsOf, Problem, Problems, Refusal, type UserErrorShape } from '../kernel/index.js'
import { changesForTrail } from './changes.js'
import { markStructural } from './fields.js'
import type { Reads } from './read.js'
import { problemOf, isRetryable } from './write-errors.js'
import { Notes, Work } from './work.js'

@ObjectType('UserError', { description: 'Something in the input that you can mend; nothing was changed (用户可纠正的错误).', simpleResolvers: true })
export class UserError implements UserErrorShape {
  @Field(() => String, { description: 'Stable code, such as `CONFLICT` or `OUT_OF_RANGE`.' }) code!: string
  @Field(() => String, { description: 'What to do, in the language of `Accept-Language`.' }) message!: string
  @Field(() => String, { nullable: true, description: 'Path of the input field at fault.' }) field!: string | null
  @Field(() => Int, { nullable: true, description: 'With `CONFLICT`: the version that the row has now.' }) currentVersion?: number
  @Field(() => [String], { nullable: true, description: 'With `CONFLICT`: the fields that changed since yours.' }) changedFields?: string[]
}

export interface WriteContext {
  reads: Reads
  orm: MikroORM
}

const payloadKeys = new Map<Function, string>()

/** `<Name>Payload { <key> userErrors }`: the changed object, null when `userErrors` is not empty. */
export function payload(name: string, key: string, of: () => Function): Function {
  const type = class {}
  Reflect.defineMetadata('design:type', Object, type.prototype, key)
  Field(() => of() as never, { nullable: true })(type.prototype, key)
  Field(() => [UserError])(type.prototype, 'userErrors')
  ObjectType(name, { simpleResolvers: true })(type)
  markStructural(name)
  payloadKeys.set(type, key)
  return type
}

export type Payload = Record<string, unknown> & { userErrors: UserErrorShape[] }

export interface MutationSpec {
  /** Field name under Mutation: names the access row. */
  name: string
  /** The act itself where the field does it to many: names the audit verb, the idempotency record and the conditions. */
  act?: string
  payload: Function
}

/** A read that remembers what it told: one transaction, outside which nothing of it counts. */
export const noting = <T>(ctx: WriteContext, body: (notes: Notes) => Promise<T>): Promise<T> => transactionOf(ctx, (em) => body(new Notes(ctx.reads, em)))

const transactionOf = <T>({ orm }: WriteContext, body: (em: SqlEntityManager) => Promise<T>): Promise<T> =>
  (orm.em.fork({ useContext: true }) as SqlEntityManager).transactional((em) => body(em as SqlEntityManager))

const maxAttempts = 4

/**
 * The one write path: idempotency record, the work on entities, flush, guards on the new state, audit entry, events — one transaction.
 * `Problem`s become `userErrors`; refusals and faults pass through; nothing is changed then.
 */
export async function mutation<I extends object>(ctx: WriteContext, spec: MutationSpec, input: I, body: (work: Work, input: I) => Promise<{ id: string }>): Promise<Payload> {
  return perform(ctx, spec, input, body, false)
}

const maxBulk = 200

/** The same act on many rows, each a transaction with a result of its own: one refused leaves the others done. */
export async function mutationEach<I extends object>(ctx: WriteContext, spec: MutationSpec, inputs: readonly I[], body: (work: Work, input: I) => Promise<{ id: string }>): Promise<Payload[]> {
  if (inputs.length === 0 || inputs.length > maxBulk) throw new Refusal('BAD_USER_INPUT', { en: `\`inputs\` must have 1 to ${maxBulk} entries; it has ${inputs.length}.`, zh: `inputs 须为 1 至 ${maxBulk} 项，当前为 ${inputs.length} 项。` }, 'inputs')
  const answers: Payload[] = []
  for (const input of inputs) answers.push(await perform(ctx, spec, input, body, true))
  return answers
}

async function perform<I extends object>(ctx: WriteContext, spec: MutationSpec, input: I, body: (work: Work, input: I) => Promise<{ id: string }>, isOneOfMany: boolean): Promise<Payload> {
  const key = payloadKeys.get(spec.payload)!
  const { language } = ctx.reads.facts
  try {
    const faults = faultsOf(input)
    if (faults.length > 0) throw new Problems(faults)
    return { [key]: await attempt(ctx, spec, input, body), userErrors: [] }
  } catch (error) {
    const problems = error instanceof Problems ? error.all : [isOneOfMany && error instanceof Refusal ? new Problem(error.code, error.field ?? null, error.said) : problemOf(error)]
    if (problems.some((problem) => problem === undefined)) throw error
    return { [key]: null, userErrors: (problems as Problem[]).map((problem) => problem.in(language)) }
  }
}

async function attempt<I extends object>(ctx: WriteContext, spec: MutationSpec, input: I, body: (work: Work, input: I) => Promise<{ id: string }>): Promise<string> {
  for (let turn = 1; ; turn++) {
    const done = await transact(ctx, spec, input, body).catch((error: unknown) => {
      if (turn < maxAttempts && isRetryable(error)) return undefined
      throw error
    })
    if (done !== undefined) return done
  }
}

async function transact<I extends object>(ctx: WriteContext, { name: field, act: name = field }: MutationSpec, input: I, body: (work: Work, input: I) => Promise<{ id: string }>): Promise<string> {
  const { viewer } = ctx.reads
  const actor = viewer.personId ?? viewer.tokenId ?? ''
  const last: { statement?: Promise<void> } = {}
  const done = await transactionOf(ctx, async (em) => {
    const work = new Work(ctx.reads, em, field, name)
    const idempotencyKey = (input as { idempotencyKey?: string }).idempotencyKey
    if (idempotencyKey !== undefined) {
      const replay = await claim(work, actor, name, idempotencyKey, input)
      if (replay) return replay
    }
    const { id } = await body(work, input)
    await em.flush()
    const entry = await entryOf(work, name, id, idempotencyKey === undefined ? null : { actor, name, key: idempotencyKey })
    // Not awaited: the commit follows it on the same connection, and is a rollback where it fails. All writers wait for one another from here
    // to the commit, so a round trip between the two would be the measure of how many can write (P6: 110 to 290 a second with it).
    // Should the two ever arrive in the other order, the database refuses both: no key is committed without its result, and no entry goes on record
    // outside its transaction (`heli_claimed`, `heli_record`).
    last.statement = work.record(input, entry)
    last.statement.catch(() => undefined)
    return id
  })
  await last.statement
  return done
}

const hashOf = (input: object): string => createHash('sha256').update(stable(input)).digest('hex')
const stable = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(stable).join(',')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value).filter(([, part]) => part !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => `${JSON.stringify(key)}:${stable(part)}`).join(',')}}`
      : JSON.stringify(value) ?? 'null'

/**
 * Takes the key, or returns the id of its first result. A second one waits here until the first commits or fails.
 * The same statement tells the database who acts, on which day and why (`heli.act`): its triggers write that into the histories that they keep.
 */
async function claim(work: Work, actor: string, mutationName: string, key: string, input: object): Promise<string | undefined> {
  const inputHash = hashOf(input)
  const act = { act: mutationName, person: work.reads.viewer.personId, day: work.today, note: (input as { reason?: string }).reason ?? null }
  const taken = await work.run<{ key: string }>(
    `insert into idempotency (actor, mutation, key, input_hash) select $1, $2, $3, $4 from (select set_config('heli.act', $5, true)) told
     on conflict (actor, mutation, key) do update set input_hash = excluded.input_hash, subject_id = null, created_at = now()
       where idempotency.created_at < now() - interval '24 hours'
     returning key`,
    [actor, mutationName, key, inputHash, JSON.stringify(act)],
  )
  if (taken.length > 0) return undefined
  const [first] = await work.run<{ input_hash: string; subject_id: string }>(`select input_hash, subject_id from idempotency where actor = $1 and mutation = $2 and key = $3`, [actor, mutationName, key])
  if (first!.input_hash !== inputHash) {
    throw new Problem('CONFLICT', 'input.idempotencyKey', {
      en: 'This idempotencyKey was used with another input. Use a new key for a new act.',
      zh: '该幂等键已用于不同的输入，新的操作请换用新的幂等键。',
    })
  }
  return first!.subject_id
}

/** Audit entry, events and idempotency result for one call of `heli_record`, which holds the head of the chain only until the commit that follows. */
async function entryOf(work: Work, verb: string, subjectId: string, idempotency: { actor: string; name: string; key: string } | null): Promise<object> {
  const { viewer, facts } = work.reads
  return {
    verb,
    subjectId,
    requestId: facts.requestId,
    personId: viewer.personId,
    tokenId: viewer.tokenId,
    posts: viewer.posts.map(({ role, unitId }) => ({ role, unitId })),
    changes: await changesForTrail(work.em, work.reads.engine),
    idempotency,
  }
}
