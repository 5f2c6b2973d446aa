import 'reflect-metadata'
import { Arg, Args, ID, Query, Resolver } from 'type-graphql'
import type { Predicate, RowRef } from '../access/index.js'
import type { Grouped } from './aggregate.js'
import { connectionOf, decorate, pageArgs, type FieldDeclaration, type Paging } from './fields.js'

/** A root query that the plan answers. */
export type RootSpec =
  | { kind: 'byId'; to: Function }
  | { kind: 'page'; to: Function; paging: Paging; where?: (row: RowRef, args: Record<string, unknown>) => Predicate }
  | { kind: 'groups'; to: Function; filter: Function; grouped: Grouped }
export const roots = new Map<string, RootSpec>()
export const rootSpec = (name: string): RootSpec | undefined => roots.get(name)
export const rootNames = (): readonly string[] => [...roots.keys()]

/** `thing(id)` and `things(filter, orderBy, first, after, last, before)` for a type. */
export function collection(to: Function, single: string, plural: string, paging: Paging): FieldDeclaration {
  const resolver = class {
    [key: string]: unknown
  }
  const proto = resolver.prototype as Record<string, unknown>
  const planned = () => {
    throw new Error(`${single} is read by the plan`)
  }
  proto[single] = planned
  proto[plural] = planned
  const args = pageArgs(paging)
  const page = connectionOf(to)
  decorate(proto, single, [String])
  decorate(proto, plural, [args])
  Arg('id', () => ID)(proto, single, 0)
  Args(() => args as never)(proto, plural, 0)
  Query(() => to as never, { nullable: true, description: `One ${to.name} by id; \`NOT_FOUND\` where it is absent or not visible.` })(proto, single, Object.getOwnPropertyDescriptor(proto, single)!)
  Query(() => page as never, { description: `The visible rows of ${to.name}, paged by cursor.` })(proto, plural, Object.getOwnPropertyDescriptor(proto, plural)!)
  Resolver()(resolver)
  roots.set(single, { kind: 'byId', to })
  roots.set(plural, { kind: 'page', to, paging })
  return { resolver }
}

/** A root query of its own name whose rows `where` narrows by its own arguments, besides filter and paging. */
export function question(to: Function, name: string, description: string, paging: Paging, args: Function | undefined, where: (row: RowRef, args: Record<string, unknown>) => Predicate): FieldDeclaration {
  const resolver = class {
    [key: string]: unknown
  }
  const proto = resolver.prototype as Record<string, unknown>
  proto[name] = () => {
    throw new Error(`${name} is read by the plan`)
  }
  const page = pageArgs(paging)
  const made = connectionOf(to)
  const given = args ? [args, page] : [page]
  decorate(proto, name, given)
  for (const [at, each] of given.entries()) Args(() => each as never)(proto, name, at)
  Query(() => made as never, { description })(proto, name, Object.getOwnPropertyDescriptor(proto, name)!)
  Resolver()(resolver)
  roots.set(name, { kind: 'page', to, paging, where })
  return { resolver }
}
