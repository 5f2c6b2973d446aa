import { createHash } from 'node:crypto'
import { ApolloArmor } from '@escape.tech/graphql-armor'
import { GraphQLError, Kind, parse, validate, visit, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode, type ValidationContext } from 'graphql'
import { keepWithin, LimitExceeded, limits, type LimitName } from './limits.js'

const rememberedTexts = 2_000

/**
 * Judges documents by their form before they are validated: some validation rules take time that grows with the square
 * of what is repeated, so a limit among them would come too late. A text that passed is remembered by its digest.
 */
export function createDocumentCheck(schema: GraphQLSchema): (text: string) => void {
  const passed = new Set<string>()
  return (text) => {
    const digest = createHash('sha256').update(text).digest('base64')
    if (passed.has(digest)) return
    const document = parseWithin(text)
    // A text that is not GraphQL is Apollo's to answer: it tells where the fault is.
    if (!document) return
    measure(document)
    const [fault] = validate(schema, document, armor)
    if (fault) throw fault.originalError
    if (passed.size >= rememberedTexts) passed.delete(passed.values().next().value as string)
    passed.add(digest)
  }
}

function parseWithin(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true, maxTokens: limits.tokens })
  } catch (error) {
    if (error instanceof GraphQLError && /more tha[nt] \d+ tokens/.test(error.message)) throw new LimitExceeded('tokens', limits.tokens)
    return undefined
  }
}

/** How much a document holds of each thing that is limited; throws at the first limit that it is beyond. */
export function measure(document: DocumentNode): { operations: number; rootFields: number; fields: number; repeats: number } {
  const operations = document.definitions.filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
  keepWithin('operations', operations.length)
  keepNamesAndValues(document)
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])))
  const measured = operations.map((operation) => measureOperation(operation, fragments))
  const most = (of: 'rootFields' | 'fields' | 'repeats') => Math.max(0, ...measured.map((one) => one[of]))
  return { operations: operations.length, rootFields: most('rootFields'), fields: most('fields'), repeats: most('repeats') }
}

/** Walks the answer's shape, every fragment laid in: places that merge are one place, however they were written. */
function measureOperation(operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const most = { rootFields: 0, fields: 0, repeats: 0 }
  const measurePlace = (sets: readonly SelectionSetNode[], isRoot: boolean): void => {
    const places = new Map<string, { times: number; sets: SelectionSetNode[] }>()
    const lay = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        // Spreads count as well: fragments of nothing but fragments double with every level.
        keepWithin('fields', ++most.fields)
        if (selection.kind === Kind.INLINE_FRAGMENT) lay(selection.selectionSet)
        else if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = fragments.get(selection.name.value)
          if (fragment) lay(fragment.selectionSet)
        } else {
          if (isRoot) keepWithin('rootFields', ++most.rootFields)
          const key = selection.alias?.value ?? selection.name.value
          const place = places.get(key) ?? { times: 0, sets: [] }
          places.set(key, place)
          keepWithin('repeats', ++place.times)
          most.repeats = Math.max(most.repeats, place.times)
          if (selection.selectionSet) place.sets.push(selection.selectionSet)
        }
      }
    }
    for (const set of sets) lay(set)
    for (const place of places.values()) if (place.sets.length > 0) measurePlace(place.sets, false)
  }
  measurePlace([operation.selectionSet], true)
  return most
}

function keepNamesAndValues(document: DocumentNode): void {
  let depth = 0
  const nested = {
    enter: (node: { values?: readonly unknown[]; fields?: readonly unknown[] }) => {
      keepWithin('valueDepth', ++depth)
      keepWithin('listLength', (node.values ?? node.fields ?? []).length)
    },
    leave: () => void depth--,
  }
  visit(document, {
    Name: (node) => keepWithin('nameLength', node.value.length),
    // Clients mark types as `__isNode: __typename`; any other such name would pass for introspection, or hide it.
    Field: (node) => {
      keepWithin('keyLength', (node.alias ?? node.name).value.length)
      if (node.alias?.value.startsWith('__') && node.name.value !== '__typename') throw new LimitExceeded('reservedNames', 0)
    },
    ListValue: nested,
    ObjectValue: nested,
  })
}

const reject = (limit: Extract<LimitName, 'depth' | 'aliases' | 'directives'>) => ({
  n: limits[limit],
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => {
      const exceeded = new LimitExceeded(limit, limits[limit], Number(/found (\d+)/.exec(error.message)?.[1] ?? limits[limit] + 1))
      context?.reportError(new GraphQLError(exceeded.message, { originalError: exceeded }))
    },
  ],
})

const armor = new ApolloArmor({
  maxDepth: { ...reject('depth'), flattenFragments: true },
  // The default exempts `__typename`, with which an answer can be made to grow just as well.
  maxAliases: { ...reject('aliases'), allowList: [] },
  maxDirectives: reject('directives'),
  maxTokens: { enabled: false },
  costLimit: { enabled: false },
  blockFieldSuggestion: { enabled: false },
}).protect().validationRules
