import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { OptionalProps, type EntityClass } from '@mikro-orm/core'
import { Directive, Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql'
import type { GraphQLScalarType } from 'graphql'
import { systemClock, type Clock } from './clock.js'
import { newId } from './id.js'
import { Money } from './money.js'
import { DateTime, Day, Decimal } from './scalars.js'

/** Every object with an id. `resolveType` is settled by the `~type` that planned rows carry. */
@InterfaceType('Node', { description: 'An object with an id that is the same in every API, view and export (统一标识).', resolveType: (row: { '~type': string }) => row['~type'] })
export abstract class NodeInterface {
  @Field(() => ID, { description: 'Opaque id with a type prefix; UUIDv7, so ids sort by creation.' })
  id!: string
}

const prefixes = new Map<Function, string>()

const clocks = new WeakMap<object, Clock>()

/** Rows that this entity manager writes bear the time of that clock, so that a history and the rows that it is about agree on the day. */
export const keepTime = (em: object, clock: Clock): void => void clocks.set(em, clock)

const now = (_entity: unknown, em: object): Date => (clocks.get(em) ?? systemClock).now()

/** What every row has. A subclass is declared with `@Record`. */
export abstract class RecordBase {
  [OptionalProps]?: 'createdAt' | 'updatedAt' | 'version'

  @PrimaryKey({ type: 'text' })
  id: string = newId(prefixes.get(this.constructor) ?? 'x')

  @Property({ version: true, type: 'integer' })
  version!: number

  @Property({ type: 'datetime', length: 3, defaultRaw: 'now()', onCreate: now })
  createdAt!: Date

  @Property({ type: 'datetime', length: 3, defaultRaw: 'now()', onCreate: now, onUpdate: now })
  updatedAt!: Date
}

/**
 * One class that is a table, a GraphQL object type, a federation entity (`@key(fields: "id")`) and a `Node`.
 * @param prefix  of its ids, two to twelve lower-case letters
 */
export function Record(name: string, prefix: string, description: string): ClassDecorator {
  return (target) => {
    prefixes.set(target, prefix)
    const proto = target.prototype as object
    Field(() => ID, { description: 'Opaque id with a type prefix; UUIDv7, so ids sort by creation.' })(proto, 'id')
    Field(() => Int, { description: 'Grows by one with every change; send it back as `expectedVersion`.' })(proto, 'version')
    Field(() => DateTime, { description: 'When the row was entered (录入时间).' })(proto, 'createdAt')
    Field(() => DateTime, { description: 'When the row last changed (更新时间).' })(proto, 'updatedAt')
    Directive('@key(fields: "id")')(target)
    ObjectType(name, { description, implements: NodeInterface, simpleResolvers: true })(target)
    Entity()(target as never)
  }
}

/** An entry of a journal: a GraphQL type over rows that are only ever added, so they have no version. */
export function JournalRecord(name: string, prefix: string, description: string): ClassDecorator {
  return (target) => {
    prefixes.set(target, prefix)
    const proto = target.prototype as object
    PrimaryKey({ type: 'text' })(proto, 'id')
    Field(() => ID, { description: 'Opaque id with a type prefix.' })(proto, 'id')
    Directive('@key(fields: "id")')(target)
    ObjectType(name, { description, implements: NodeInterface, simpleResolvers: true })(target)
    Entity()(target as never)
  }
}

/** A table without a GraphQL type: storage of a part that is read through another type's fields. */
export function Stored(prefix: string): ClassDecorator {
  return (target) => {
    prefixes.set(target, prefix)
    Entity()(target as never)
  }
}

export function prefixOfClass(target: Function): string {
  const prefix = prefixes.get(target)
  if (!prefix) throw new Error(`${target.name} is not declared with @Record`)
  return prefix
}

export interface AttributeOptions {
  /** The column may be empty. */
  nullable?: boolean
  /** A guard may hide the value, so the GraphQL field is nullable even where the column is not. */
  guarded?: boolean
  unique?: boolean
  index?: boolean
  /** Kept in the table, absent from the graph. */
  hidden?: boolean
  default?: string | number | boolean
  deprecationReason?: string
}

type Storage = { type: string; graph: () => GraphQLScalarType | Function; length?: number; precision?: number; scale?: number }

const attribute = (storage: Storage) =>
  (description: string, options: AttributeOptions = {}): PropertyDecorator =>
  (target, key) => {
    Property({
      type: storage.type,
      nullable: options.nullable ?? false,
      ...(storage.length ? { length: storage.length } : {}),
      ...(storage.precision ? { precision: storage.precision, scale: storage.scale } : {}),
      ...(options.unique ? { unique: true } : {}),
      ...(options.index ? { index: true } : {}),
      ...(options.default !== undefined ? { default: options.default } : {}),
    } as never)(target, key as string)
    if (options.hidden) return
    Field(storage.graph as never, { description, nullable: (options.nullable || options.guarded) ?? false })(target, key)
  }

export const Text = attribute({ type: 'text', graph: () => String })
export const Whole = attribute({ type: 'integer', graph: () => Int })
/** Up to six digits before the point and two after it, as text from the database to the answer. */
export const Points = attribute({ type: 'decimal', precision: 8, scale: 2, graph: () => Decimal })
/** An amount of money in yuan, exact text with two places from the database to the answer. */
export const MoneyAmount = attribute({ type: 'decimal', precision: 18, scale: 2, graph: () => Money })
/** How much of something, exact text with two places from the database to the answer. */
export const Quantity = attribute({ type: 'decimal', precision: 18, scale: 2, graph: () => Decimal })
/** What is measured, of whatever kind, exact text with four places from the database to the answer. */
export const Measured = attribute({ type: 'decimal', precision: 18, scale: 4, graph: () => Decimal })
/** Hours, exact text with two places from the database to the answer. */
export const Hours = attribute({ type: 'decimal', precision: 6, scale: 2, graph: () => Decimal })
export const Flag = attribute({ type: 'boolean', graph: () => Boolean })
// `date` columns are read and written as `YYYY-MM-DD` text: a Date would shift with the process's time zone.
export const OnDay = attribute({ type: 'date', graph: () => Day })
export const AtInstant = attribute({ type: 'datetime', length: 3, graph: () => DateTime })

/** A list of enum values kept as a text array. */
export function Choices(of: () => object, description: string, options: AttributeOptions = {}): PropertyDecorator {
  return (target, key) => {
    Enum({ items: () => Object.keys(of()), array: true, default: [] } as never)(target, key as string)
    Field(() => [of()] as never, { description, nullable: options.guarded ?? false })(target, key)
  }
}

/** One value of an enumeration, kept as text with a check constraint. */
export function Choice(of: () => object, description: string, options: AttributeOptions = {}): PropertyDecorator {
  return (target, key) => {
    Enum({ items: () => Object.keys(of()), nullable: options.nullable ?? false, ...(options.index ? { index: true } : {}), ...(options.default !== undefined ? { default: options.default } : {}) } as never)(target, key as string)
    if (!options.hidden) Field(() => of() as never, { description, nullable: (options.nullable || options.guarded) ?? false })(target, key)
  }
}

/** A reference upwards, kept as `<name>_id`. `nullable` where the target can be absent or invisible. */
export function Link<T extends object>(to: () => EntityClass<T> | Function, description: string, options: AttributeOptions & { primary?: boolean; mayBeInvisible?: boolean } = {}): PropertyDecorator {
  return (target, key) => {
    ManyToOne({ entity: to as never, nullable: options.nullable ?? false, deleteRule: 'no action', updateRule: 'no action', index: options.index ?? true, ...(options.primary ? { primary: true } : {}) } as never)(target, key as string)
    if (!options.hidden) Field(to as never, { description, nullable: (options.nullable || options.guarded || options.mayBeInvisible) ?? false })(target, key)
  }
}

/**
 * An enumeration: GraphQL enum value = key = stored text. The values of the object are the descriptions, the Chinese term included.
 */
export function enumeration<const K extends string>(name: string, description: string, values: Readonly<{ [key in K]: string }>): { readonly [key in K]: key } {
  const same = Object.fromEntries(Object.keys(values).map((key) => [key, key])) as { [key in K]: key }
  registerEnumType(same, {
    name,
    description,
    valuesConfig: Object.fromEntries(Object.entries<string>(values).map(([key, text]) => [key, { description: text }])) as never,
  })
  return same
}
