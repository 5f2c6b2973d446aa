import { expect } from '@jest/globals'
import { getNamedType, getNullableType, isEnumType, isListType, isObjectType, isScalarType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { World } from './world.js'

export interface Ask {
  as: string
  document: string
  variables?: Record<string, unknown>
}

/** Asserts that a question costs the same few statements however many rows there are: who asks, and one for the whole answer. */
export async function flat(world: World, { as, document, variables = {} }: Ask, grow: (rows: number) => Promise<void>, sizes: readonly number[] = [1, 10, 100], expected = 2): Promise<void> {
  for (const size of sizes) {
    await grow(size)
    expect({ size, statements: await statementsOf(world, { as, document, variables }) }).toEqual({ size, statements: expected })
  }
}

/** How many statements a question ran; it must be answered without an error. */
export async function statementsOf(world: World, { as, document, variables = {} }: Ask): Promise<number> {
  world.statements()
  const { errors } = await world.as(as).run(document, variables)
  expect(errors).toEqual([])
  return world.statements().length
}

type Field = GraphQLField<unknown, unknown>
const isRecord = (type: unknown): type is GraphQLObjectType => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')
const isConnection = (type: unknown): type is GraphQLObjectType => isObjectType(type) && type.name.endsWith('Connection')
export const nodeTypeOf = (connection: GraphQLObjectType): GraphQLObjectType => getNamedType(connection.getFields()['nodes']!.type) as GraphQLObjectType
const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields())

/** Something for each argument that must be given. */
function required(field: Field): string[] {
  return field.args.flatMap(({ name, type, defaultValue }) => {
    if (!type.toString().endsWith('!') || defaultValue !== undefined) return []
    const named = getNamedType(type)
    if (isEnumType(named)) return [`${name}: ${named.getValues()[0]!.name}`]
    if (named.name === 'Day') return [`${name}: "2026-11-20"`]
    if (named.name !== 'String') throw new Error(`say what to ask ${field.name} for as ${name}`)
    return [`${name}: "330000"`]
  })
}

/** The record type that a connection or list field yields, or undefined for any other field. */
export function manyOf(field: Field): GraphQLObjectType | undefined {
  const named = getNamedType(field.type)
  if (isConnection(named)) return nodeTypeOf(named)
  return isListType(getNullableType(field.type)) && isRecord(named) ? named : undefined
}

function page(field: Field, inside: string, first: number): string {
  const isPaged = isConnection(getNamedType(field.type))
  const args = [...(isPaged ? [`first: ${first}`] : []), ...required(field)].join(', ')
  const asked = `${field.name}${args ? `(${args})` : ''}`
  return isPaged ? `${asked} { totalCount pageInfo { hasNextPage endCursor } nodes { ${inside} } }` : `${asked} { ${inside} }`
}

/** Everything that a row says of itself, and of the rows that it refers to. */
export function everything(type: GraphQLObjectType, depth = 1): string {
  return fieldsOf(type)
    .flatMap((field) => {
      if (required(field).length > 0) return []
      const named = getNamedType(field.type)
      if (isScalarType(named) || isEnumType(named)) return [field.name]
      if (depth > 0 && isRecord(named) && !manyOf(field)) return [`${field.name} { ${everything(named, depth - 1)} }`]
      return []
    })
    .join(' ')
}

const below = (type: GraphQLObjectType): string => fieldsOf(type).filter((field) => manyOf(field)).map((field) => page(field, everything(manyOf(field)!, 0), 3)).join(' ')

/** One document per connection and list field of the schema, each with everything below it, found by walking from the root: a new field is covered by itself. */
export function walk(schema: GraphQLSchema): { field: string; document: string }[] {
  const found: { field: string; document: string }[] = []
  const seen = new Set<string>()
  let reached = fieldsOf(schema.getQueryType()!)
    .filter((field) => isConnection(getNamedType(field.type)))
    .map((field) => ({ field, owner: 'Query', around: (inside: string) => `{ ${inside} }` }))
  while (reached.length > 0) {
    const next: typeof reached = []
    for (const { field, owner, around } of reached) {
      const type = manyOf(field)!
      found.push({ field: `${owner}.${field.name}`, document: around(page(field, `${everything(type)} ${below(type)}`, 200)) })
      if (seen.has(type.name)) continue
      seen.add(type.name)
      const inside = fieldsOf(type).filter((child) => manyOf(child))
      next.push(...inside.map((child) => ({ field: child, owner: type.name, around: (within: string) => around(page(field, within, 200)) })))
    }
    reached = next
  }
  return found
}

/** Every connection and list field whose rows have a type of their own, whether the walk gets there or not. */
export function manyFields(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && (isRecord(type) || type === schema.getQueryType()) ? fieldsOf(type).filter((field) => manyOf(field)).map((field) => `${type.name}.${field.name}`) : [],
  )
}
