/** What the emitted schema offers, as facts: which types are objects of the network, and what each of their fields leads to. */
import { getNamedType, getNullableType, isEnumType, isListType, isObjectType, isScalarType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql'

export type Leads = { kind: 'value' } | { kind: 'one' | 'list' | 'connection'; type: string; hasOrder: boolean; hasFilter: boolean } | { kind: 'value object'; type: string }

const isNode = (type: unknown): type is GraphQLObjectType => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')

export const nodeTypes = (schema: GraphQLSchema): GraphQLObjectType[] => Object.values(schema.getTypeMap()).filter(isNode)

export function leadsTo(field: GraphQLField<unknown, unknown>): Leads {
  const named = getNamedType(field.type)
  if (isScalarType(named) || isEnumType(named)) return { kind: 'value' }
  const has = (name: string) => field.args.some((argument) => argument.name === name)
  if (isObjectType(named) && named.name.endsWith('Connection')) return { kind: 'connection', type: getNamedType(named.getFields()['nodes']!.type).name, hasOrder: has('orderBy'), hasFilter: has('filter') }
  if (isNode(named)) return { kind: isListType(getNullableType(field.type)) ? 'list' : 'one', type: named.name, hasOrder: false, hasFilter: false }
  return { kind: 'value object', type: named.name }
}

/** The root list of a type, and the root field that answers one row by its id. */
export function rootsOf(schema: GraphQLSchema, type: string): { list?: string; single?: string } {
  const found: { list?: string; single?: string } = {}
  for (const field of Object.values(schema.getQueryType()!.getFields())) {
    const leads = leadsTo(field)
    if (!('type' in leads) || leads.type !== type) continue
    if (field.args.some(({ name, type: given }) => given.toString().endsWith('!') && name !== 'id')) continue
    // The plain list stands first; questions over the same type come after it.
    if (leads.kind === 'connection' && !field.args.some(({ name }) => name === 'mechanism')) found.list ??= field.name
    if (leads.kind === 'one') found.single = field.name
  }
  return found
}
