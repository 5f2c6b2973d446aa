import { getNamedType, Kind, visit, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode, isListType, getNullableType, isLeafType, type FieldNode } from 'graphql'
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity'

/** Objects in a list that is bounded by nature and takes no page size: participations, assignments, posts. */
const boundedList = 5
const defaultPage = 50
const maxPage = 1_000
/** A count reads every row that matches, groups reckon with each of them, a write takes locks and leaves a trail, introspection walks the schema. */
const count = 50
const groups = 100
const write = 50
const introspection = 100
/** Fields behind which figures are reckoned over whole tables: one of two periods, all of them, hundreds of a return. */
const reckoned: Readonly<Record<string, number>> = { indicator: 2 * groups, dashboard: 37 * 2 * groups, nationalReturn: 1_000 }

/** A filter of a portal has a dozen conditions; each further one may mean another walk over the whole table. */
const freeConditions = 30
const condition = 250

/** Every request costs this, whatever it asks for and whatever becomes of it. */
export const leastCost = 10

/** The estimate of one field: the objects that it may bring into the answer. Scalars come with their object. */
function estimate({ field, args, node, type, childComplexity }: ComplexityEstimatorArgs): number {
  const named = getNamedType(field.type)
  if (field.name === '__schema' || field.name === '__type') return introspection
  // A condition that is counted in each group is decided for each row, however many groups the page shows.
  if (isLeafType(named)) return Math.max(0, conditionsIn(args['filter']) - freeConditions) * condition
  const own = (type.name === 'Mutation' ? write : 1) + (type.name === 'Query' ? (reckoned[field.name] ?? 0) : 0) + Math.max(0, conditionsIn(args['filter']) - freeConditions) * condition
  if (field.args.some(({ name }) => name === 'groupBy')) return own + pageOf(args) * childComplexity + groups
  if (field.args.some(({ name }) => name === 'first')) return own + pageOf(args) * childComplexity + (maySelectCount(node) ? count : 0)
  if (!isListType(getNullableType(field.type))) return own + childComplexity
  // The page size was multiplied at the connection, which alone knows it.
  if (/(Connection|Page)$/.test(type.name)) return own + childComplexity
  const given = args['ids'] ?? args['representations']
  return own + (Array.isArray(given) ? given.length : boundedList) * (1 + childComplexity)
}

function pageOf({ first, last }: Record<string, unknown>): number {
  const size = first ?? last ?? defaultPage
  // Larger pages are refused when the operation is planned; here they must not become free or endless.
  return typeof size === 'number' ? Math.min(Math.max(size, 1), maxPage) : defaultPage
}

/** Objects within a filter: each is a comparison or leads to one. */
function conditionsIn(filter: unknown): number {
  let found = 0
  const open = [filter]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) found++
    open.push(...Object.values(value))
  }
  return found
}

const maySelectCount = ({ selectionSet }: FieldNode): boolean => selectionSet?.selections.some((selection) => selection.kind !== Kind.FIELD || selection.name.value === 'totalCount') ?? false

interface Priced {
  readonly alone: DocumentNode
  /** Variables on which the estimate depends; no other can change it. */
  readonly relevant: readonly string[]
  readonly byValues: Map<string, number>
  readonly asksForSchema: boolean
}

const rememberedValues = 256
const deciding = new Set(['first', 'last', 'ids', 'representations', 'filter', 'if'])

export interface Estimate {
  readonly cost: number
  /** The operation reads `__schema`, `__type` or `_service`. */
  readonly asksForSchema: boolean
}

/**
 * What an operation costs with these variables. Documents are kept parsed by Apollo, so what their text decides is found once per
 * document, and the estimate once per set of values that matter: page sizes, numbers of ids and conditions, `@skip` and `@include`.
 */
export function createCost(schema: GraphQLSchema): (document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>) => Estimate {
  const known = new WeakMap<OperationDefinitionNode, Priced>()
  return (document, operation, variables) => {
    const priced = known.get(operation) ?? study(document, operation)
    known.set(operation, priced)
    const key = priced.relevant.map((name) => keyOf(Object.hasOwn(variables, name) ? variables[name] : undefined)).join()
    const kept = priced.byValues.get(key)
    if (kept !== undefined) return { cost: kept, asksForSchema: priced.asksForSchema }
    let cost: number
    try {
      cost = Math.max(leastCost, Math.round(getComplexity({ schema, query: priced.alone, variables: { ...variables }, estimators: [estimate] })))
    } catch {
      // Variables that do not fit their types: execution refuses them with a better sentence, and nothing is read. Not remembered, since only other variables may be wrong.
      return { cost: leastCost, asksForSchema: priced.asksForSchema }
    }
    if (priced.byValues.size >= rememberedValues) priced.byValues.clear()
    priced.byValues.set(key, cost)
    return { cost, asksForSchema: priced.asksForSchema }
  }
}

// A list counts by its length and by the conditions in it; a text stands for a list of one, or for a value that does not fit.
function keyOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length} ${conditionsIn(value)}]`
  if (typeof value === 'object' && value !== null) return `{${conditionsIn(value)}}`
  return typeof value === 'string' ? 'one' : String(value)
}

function study(document: DocumentNode, operation: OperationDefinitionNode): Priced {
  const alone: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)] }
  const relevant = new Set<string>()
  let asksForSchema = false
  visit(alone, {
    Argument: ({ name, value }) => {
      if (deciding.has(name.value)) visit(value, { Variable: (node) => void relevant.add(node.name.value) })
    },
    Field: ({ name: { value } }) => {
      if (value === '__schema' || value === '__type' || value === '_service') asksForSchema = true
    },
  })
  return { alone, relevant: [...relevant], byValues: new Map(), asksForSchema }
}
