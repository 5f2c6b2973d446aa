import 'reflect-metadata'
import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql'
import { Given, IdempotentInput, Problem, VersionedInput, type InputOptions } from '../kernel/index.js'
import { mutation, payload, type WriteContext } from './mutation.js'
import type { Work } from './work.js'

type Entity = new () => { id: string }
type Kind = (description: string, options?: InputOptions) => PropertyDecorator
export interface AttributeOfRegister extends InputOptions {
  /** The id is of a visible row of this type; it becomes the property without `Id`. */
  to?: Entity
  /** Said when the row is entered, and never changed. */
  isFixed?: boolean
}
type Attributes = Readonly<Record<string, readonly [Kind, string, AttributeOfRegister?]>>

export interface RegisterSpec<T> {
  /** Names the acts `<name>Create` and `<name>Update` and the payload's field. */
  name: string
  /** What is entered, in both languages: `a pilot project (试点示范)`. */
  what: string
  attributes: Attributes
  /** Properties of which no two rows have the same values; the last one names the input field at fault. The database holds it too. */
  once?: readonly (keyof T & string)[]
  /** Rules beyond the shape of single attributes; throws `Problem`. Asked of the row as it is to be. */
  check?(work: Work, row: T): Promise<void> | void
  /** Rules whose refusal tells of other rows: asked once it is certain that the viewer may act. */
  checkOthers?(work: Work, row: T): Promise<void>
  /** What a new row has besides what is given. */
  begin?(work: Work, row: T): Promise<void> | void
}

/**
 * The two acts of a type whose rows are entered and corrected, and have no states: made of the list of their attributes, so that twenty
 * such types are twenty lists. Who may act is the access table's, as always.
 */
export function register<T extends { id: string }>(entity: new () => T, spec: RegisterSpec<T>): { resolver: Function; payload: Function; create(work: Work, input: object): Promise<T>; update(work: Work, input: object): Promise<T> } {
  const { name, what, attributes } = spec
  const id = `${name}Id`
  const done = payload(`${entity.name}Payload`, name, () => entity)
  const create = async (work: Work, input: object): Promise<T> => {
    const row = new entity()
    await assign(work, row, input, attributes)
    await spec.begin?.(work, row)
    if (spec.once) await checkOnce(work, entity, row, spec.once, name)
    await spec.check?.(work, row)
    work.makes(row)
    if (spec.checkOthers) {
      await work.em.flush()
      await work.rightToMake(row)
      await spec.checkOthers(work, row)
    }
    return row
  }
  const update = async (work: Work, input: object): Promise<T> => {
    const { [id]: of, expectedVersion } = input as { [key: string]: unknown }
    const row = await work.target(entity, of as string, `input.${id}`, expectedVersion as number)
    await assign(work, row, input, attributes)
    await spec.check?.(work, row)
    await spec.checkOthers?.(work, row)
    return row
  }
  const changeable = Object.entries(attributes).filter(([, [, , options]]) => !options?.isFixed).map(([key, [kind, says, options = {}]]) => [key, [kind, says, options.clearable ? options : { ...options, optional: true }]] as const)
  const made = inputOf(`${entity.name}CreateInput`, IdempotentInput, attributes)
  const changed = inputOf(`${entity.name}UpdateInput`, VersionedInput, Object.fromEntries([[id, [Given.id as Kind, `The row (${entity.name}).`] as const], ...changeable]))
  const resolver = class {}
  act(resolver, `${name}Create`, done, made, `Enters ${what}.`, create)
  act(resolver, `${name}Update`, done, changed, `Corrects ${what}.`, update)
  Resolver()(resolver)
  return { resolver, payload: done, create, update }
}

function inputOf(name: string, base: abstract new () => object, attributes: Attributes): Function {
  const input = class extends (base as new () => object) {}
  for (const [key, [kind, says, options = {}]] of Object.entries(attributes)) {
    const { to: _to, isFixed: _isFixed, ...plain } = options
    Reflect.defineMetadata('design:type', Object, input.prototype, key)
    kind(says, plain)(input.prototype, key)
  }
  InputType(name)(input)
  return input
}

function act(resolver: Function, name: string, done: Function, input: Function, description: string, body: (work: Work, input: object) => Promise<{ id: string }>): void {
  const proto = resolver.prototype as Record<string, unknown>
  proto[name] = (ctx: WriteContext, given: object) => mutation(ctx, { name, payload: done }, given, body)
  Reflect.defineMetadata('design:type', Function, proto, name)
  Reflect.defineMetadata('design:paramtypes', [Object, input], proto, name)
  Reflect.defineMetadata('design:returntype', Object, proto, name)
  Ctx()(proto, name, 0)
  Arg('input', () => input as never)(proto, name, 1)
  Mutation(() => done as never, { description })(proto, name, Object.getOwnPropertyDescriptor(proto, name)!)
}

async function checkOnce<T extends { id: string }>(work: Work, entity: new () => T, row: T, once: readonly (keyof T & string)[], name: string): Promise<void> {
  const known = (await work.em.findOne(entity as never, Object.fromEntries(once.map((key) => [key, row[key]])) as never)) as T | null
  if (!known) return
  // Whoever may not make such a row does not learn that there is one.
  await work.rightToMake(known)
  throw new Problem('TAKEN', `input.${once.at(-1)}`, { en: `There is such a row already. Correct it with ${name}Update.`, zh: `该记录已存在，请用 ${name}Update 更正。` })
}

/** What was given, onto the row; what was left out stays, and is null in a new row. */
async function assign(work: Work, row: object, input: object, attributes: Attributes): Promise<void> {
  const given = input as Record<string, unknown>
  for (const [key, [, , options]] of Object.entries(attributes)) {
    const value = given[key]
    if (value === undefined) continue
    if (options?.to) Object.assign(row, { [key.replace(/Id$/, '')]: value === null ? null : await work.reference(options.to, value as string, `input.${key}`) })
    else Object.assign(row, { [key]: typeof value === 'string' ? value.trim() : value })
  }
}
