import 'reflect-metadata'
import { sql } from 'kysely'
import { Args, ArgsType, Field, FieldResolver, InputType, Int, ObjectType, registerEnumType, Resolver } from 'type-graphql'
import type { Guard, Predicate, RowRef, Viewer } from '../access/index.js'
import { Decimal, enumCase, type RequestFacts } from '../kernel/index.js'

/** How a field of a type is read. Columns and to-one references come from the entity itself and need no declaration. */
export type ReadSpec =
  | { kind: 'value'; sql: (row: RowRef, args: Record<string, unknown>) => Predicate; fenced?: boolean }
  | { kind: 'one'; to: () => Function; id: (row: RowRef, args: Record<string, unknown>) => Predicate; among?: (row: RowRef) => Among; when?: Guard; otherwise?: (row: RowRef) => Predicate }
  | { kind: 'list'; to: () => Function; by: string; order: readonly string[]; where?: (row: RowRef, args: Record<string, unknown>) => Predicate }
  | { kind: 'connection'; to: () => Function; by: string; filter: Function; order?: object }
  | { kind: 'tally'; from: string; choice: string; of: () => ReadonlyMap<string, readonly Tally[]> }
  | { kind: 'computed'; needs: readonly string[]; facts: () => Facts; acts: () => readonly string[]; of: (row: Record<string, unknown>, about: About) => unknown }

/** Rows that count towards a figure: those at the end of the way, which leads down from one row to those that refer to it. */
export interface Tally {
  way: readonly { to: () => Function; by: string; where?: (row: RowRef) => Predicate }[]
  /** Property of the last rows that is summed up; without it they are counted. */
  sum?: string
  /** Property of the last rows of which different values are counted. */
  distinct?: string
}

/** What a decision about a row rests on, each told by SQL: asked of a plan and of a use case in the same words. */
export type Facts = Readonly<{ [name: string]: (row: RowRef) => Predicate }>
export type Told<F extends Facts> = { [name in keyof F]: unknown }

/** Besides the row's own values: who asks, what of the facts holds, and which of the acts the viewer may do on this row. */
export interface About {
  viewer: Viewer
  facts: RequestFacts
  told: Record<string, unknown>
  may: Record<string, boolean>
  /** The guard of an act, for saying who may. */
  whoMay(act: string): Guard
}

export interface FieldDeclaration {
  readonly resolver: Function
}

const specs = new Map<Function, Map<string, ReadSpec>>()
/** The reading of each declared field, by class. */
export const specsOf = (type: Function): ReadonlyMap<string, ReadSpec> => specs.get(type) ?? new Map()

type Graph = () => unknown

function declare(on: Function, name: string, description: string, graph: Graph, nullable: boolean, spec: ReadSpec, args?: Function): FieldDeclaration {
  const fields = specs.get(on) ?? specs.set(on, new Map()).get(on)!
  fields.set(name, spec)
  const resolver = class {
    [key: string]: unknown
  }
  const proto = resolver.prototype as Record<string, unknown>
  proto[name] = function planned() {
    throw new Error(`${on.name}.${name} is read by the plan`)
  }
  decorate(proto, name, args ? [args] : [])
  if (args) Args(() => args as never)(proto, name, 0)
  FieldResolver(graph as never, { description, nullable })(proto, name, Object.getOwnPropertyDescriptor(proto, name)!)
  Resolver(() => on as never)(resolver)
  return { resolver }
}

// What the compiler would emit for a method written by hand: type-graphql reads it.
export function decorate(proto: object, name: string, parameters: Function[]): void {
  Reflect.defineMetadata('design:type', Function, proto, name)
  Reflect.defineMetadata('design:paramtypes', parameters, proto, name)
  Reflect.defineMetadata('design:returntype', Object, proto, name)
}

/** A scalar that SQL derives from the row, and from arguments that may all be left out. `fenced`: it reads a table under row-level security. */
export const value = (on: Function, name: string, graph: Graph, description: string, of: { sql: Extract<ReadSpec, { kind: 'value' }>['sql']; nullable?: boolean; fenced?: boolean; args?: Function }): FieldDeclaration =>
  declare(on, name, description, graph, of.nullable ?? false, { kind: 'value', sql: of.sql, ...(of.fenced ? { fenced: true } : {}) }, of.args)

/**
 * A to-one relation whose id SQL derives from the row. Nullable: an invisible target answers like none,
 * and where `when` does not hold, the derivation leads over something that the viewer may not see: `otherwise` then says the id,
 * as it would be if that did not exist.
 */
export const one = (on: Function, name: string, to: () => Function, description: string, id: Extract<ReadSpec, { kind: 'one' }>['id'], { args, ...hidden }: { when?: Guard; otherwise?: (row: RowRef) => Predicate; args?: Function } = {}): FieldDeclaration =>
  declare(on, name, description, to, true, { kind: 'one', to, id, ...hidden }, args)

/** Rows of which at most one is the row's, and the id that it names. */
export interface Among {
  from: Predicate
  id: Predicate
  where: Predicate
}

/** The same where another table's row names the object: a filter joins that table instead of asking it for each row (people by their unit's division: 340 ms to 60). */
export const oneAmong = (on: Function, name: string, to: () => Function, description: string, among: (row: RowRef) => Among): FieldDeclaration => {
  const id = (row: RowRef) => {
    const of = among(row)
    return sql`select ${of.id} from ${of.from} where ${of.where}`
  }
  return declare(on, name, description, to, true, { kind: 'one', to, id, among })
}

/** A list bounded by nature, whole and in a fixed order. `by`: the child's reference to the parent; `where` narrows it by arguments. */
export const list = (
  on: Function,
  name: string,
  to: () => Function,
  by: string,
  description: string,
  of: { order: readonly string[]; args?: Function; where?: (row: RowRef, args: Record<string, unknown>) => Predicate },
): FieldDeclaration => declare(on, name, description, () => [to()], false, { kind: 'list', to, by, order: of.order, ...(of.where ? { where: of.where } : {}) }, of.args)

/**
 * A figure over rows of other types that lead back to what `from` names; which rows, the value of `choice` says. It is made of those alone that the viewer
 * may see, all along the way, and of values that the viewer may read. Exact decimal text; 0 without rows.
 */
export const tally = (on: Function, name: string, description: string, of: Omit<Extract<ReadSpec, { kind: 'tally' }>, 'kind'>): FieldDeclaration => declare(on, name, description, () => Decimal, false, { kind: 'tally', ...of })

/** A field that JavaScript derives from the row: from the properties that it names, from facts, and from the acts that the viewer may do. */
export const computed = (
  on: Function,
  name: string,
  graph: Graph,
  description: string,
  of: { needs?: readonly string[]; facts?: () => Facts; acts?: () => readonly string[]; of: Extract<ReadSpec, { kind: 'computed' }>['of']; nullable?: boolean },
): FieldDeclaration => declare(on, name, description, graph, of.nullable ?? false, { kind: 'computed', needs: of.needs ?? [], facts: of.facts ?? (() => ({})), acts: of.acts ?? (() => []), of: of.of })

/** A paged relation to a type that may grow without bound. */
export const connection = (on: Function, name: string, to: () => Function, by: string, description: string, paging: Paging): FieldDeclaration => {
  // Made now: while the schema is being built it is too late for a new type.
  const made = connectionOf(to())
  return declare(on, name, description, () => made, false, { kind: 'connection', to, by, filter: paging.filter, ...(paging.order ? { order: paging.order } : {}) }, pageArgs(paging))
}

/** What may be asked of a list: its filter input and its order enum. */
export interface Paging {
  filter: Function
  order?: object
  orderName?: string
}

const argsByFilter = new Map<Function, Function>()

/** `filter, orderBy, first, after, last, before` for one type, made once. */
export function pageArgs({ filter, order, orderName }: Paging): Function {
  const known = argsByFilter.get(filter)
  if (known) return known
  const args = class {}
  const proto = args.prototype
  const plain = { nullable: true as const }
  const paged = (key: string, graph: Graph, type: Function, description: string) => {
    Reflect.defineMetadata('design:type', type, proto, key)
    Field(graph as never, { ...plain, description })(proto, key)
  }
  paged('filter', () => filter, Object, 'Which of the visible rows; comparisons on fields hidden from you match nothing.')
  const term = order && orderTerm(orderName!, order)
  if (term) paged('orderBy', () => [term], Array, 'Order; ties are settled by id. No value sorts after all values.')
  paged('first', () => Int, Number, 'Page length from the start, 1-200; 50 where neither `first` nor `last` is given.')
  paged('after', () => String, String, 'Cursor after which the page starts; "" is the start.')
  paged('last', () => Int, Number, 'Page length from the end, 1-200.')
  paged('before', () => String, String, 'Cursor before which the page ends; "" is the end.')
  ArgsType()(args)
  argsByFilter.set(filter, args)
  return args
}

const terms = new Map<object, Function>()

export const Direction = { ASC: 'ASC', DESC: 'DESC' } as const
registerEnumType(Direction, { name: 'Direction', description: 'Order of a list (排序方向).' })

function orderTerm(name: string, fields: object): Function {
  const known = terms.get(fields)
  if (known) return known
  const term = class {}
  const proto = term.prototype
  Field(() => fields as never)(proto, 'field')
  Field(() => Direction as never, { defaultValue: 'ASC' })(proto, 'direction')
  InputType(name)(term)
  terms.set(fields, term)
  return term
}

/** Order keys of a type: enum value → property, registered as `<Type>OrderField`. */
export function orderOf(type: string, properties: readonly string[]): { order: object; orderName: string } {
  const entries = properties.map((property) => [enumCase(property), property] as const)
  const values = Object.fromEntries(entries.map(([key]) => [key, key]))
  registerEnumType(values, { name: `${type}OrderField`, description: `What a list of ${type} can be ordered by.` })
  orderProperties.set(values, new Map(entries))
  return { order: values, orderName: `${type}Order` }
}
const orderProperties = new Map<object, ReadonlyMap<string, string>>()
export const propertyOfOrder = (order: object, value: string): string => orderProperties.get(order)!.get(value)!

@ObjectType('PageInfo', { description: 'Where the page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean
  @Field(() => Boolean) hasPreviousPage!: boolean
  @Field(() => String, { nullable: true }) startCursor?: string
  @Field(() => String, { description: 'Always there: "" for an empty list, which is the start again.' }) endCursor!: string
}

const connections = new Map<Function, Function>()
const structural = new Set<string>(['PageInfo', 'UserError'])
/** Shapes that have no rows of their own: open with the field that returns them. */
export const isStructural = (type: string): boolean => structural.has(type)
export const markStructural = (type: string): void => void structural.add(type)

/** The connection type of a class, made once. */
export function connectionOf(of: Function): Function {
  const known = connections.get(of)
  if (known) return known
  const name = of.name
  const edge = class {}
  Field(() => String, { description: 'Opaque; holds nothing that you may not read.' })(edge.prototype, 'cursor')
  Field(() => of as never)(edge.prototype, 'node')
  ObjectType(`${name}Edge`, { simpleResolvers: true })(edge)
  const made = class {}
  Field(() => [edge] as never)(made.prototype, 'edges')
  Field(() => [of] as never)(made.prototype, 'nodes')
  Field(() => PageInfo)(made.prototype, 'pageInfo')
  Field(() => Int, { description: 'Number of visible rows that match: exact up to 1,000, and 1,000 where there are more.' })(made.prototype, 'totalCount')
  Field(() => Boolean, { description: 'False where more than 1,000 visible rows match.' })(made.prototype, 'isTotalCountExact')
  ObjectType(`${name}Connection`, { simpleResolvers: true })(made)
  structural.add(`${name}Edge`).add(`${name}Connection`)
  connections.set(of, made)
  return made
}
