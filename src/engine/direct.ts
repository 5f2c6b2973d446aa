import { sql } from 'kysely'
import type { DocumentNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { collectFields } from 'graphql/execution/collectFields.js'
import { buildExecutionContext } from 'graphql/execution/execute.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import type { Predicate, RowRef, Viewer } from '../access/index.js'
import { prefixOf } from '../kernel/index.js'
import { allowedOf } from './long-pages.js'
import { rootSpec } from './roots.js'
import { undecidedMark } from './glance.js'
import { hiddenMarks, Plan, type Planned } from './plan.js'
import type { Reads } from './read.js'
import { at, bind, compileWithSlots, nameOf, VariableSlot } from './statement.js'

/** An answer whose JSON is written already. */
export class WrittenData {
  constructor(readonly json: string) {}
}

interface Text {
  plans: readonly ({ key: string } & Planned)[]
  text: string
  values: readonly unknown[]
  /** The same, with what the viewer's claim tells. */
  told?: Text
}

interface Answered {
  row: Record<string, string | null>
  /** Whether any mark stands in it. Looked for once, and in the texts as they came: one put together is copied before it can be searched. */
  isMarked: boolean
}
// No response key can look like it.
const toldKey = '~told'

/** A text that asks rows by their own columns alone, with how often it was asked of late, did not decide, and was left out. */
interface Glance extends Text {
  asked: number
  missed: number
  left: number
}

interface Prepared extends Text {
  glance: Glance | undefined
  /** Response keys in order, each the statement's column or a constant. */
  keys: readonly { key: string; constant?: string }[]
  /** Variables on which the text depends. */
  tests: readonly { path: readonly (string | number)[]; test: (value: unknown) => boolean }[]
}

export interface Operation {
  schema: GraphQLSchema
  document: DocumentNode
  operationName?: string | null
  variables?: Record<string, unknown>
}

const prepared = new WeakMap<OperationDefinitionNode, Map<string, Prepared[]>>()
// Texts per operation, kind of viewer and shape of variables; a client that varies what the text depends on gains nothing from more.
const maxTexts = 8
const maxShapes = 64

/**
 * Answers a query whose root fields are all planned with the JSON that the database wrote: nothing is parsed, resolved or
 * written again. (Profile of the front page: two thirds of the process's time were graphql-js resolving and JSON both ways.)
 * Undefined where the plain road must be taken: it alone makes errors, computed values, mutations and introspection.
 */
export async function answerDirectly(operation: Operation, reads: Reads, mayAsk: (viewer: Viewer, field: string) => boolean): Promise<WrittenData | undefined> {
  if (reads.viewer.kind === 'anonymous' || reads.facts.strict) return undefined
  const context = buildExecutionContext({ schema: operation.schema, document: operation.document, operationName: operation.operationName ?? null, variableValues: operation.variables ?? {} })
  if (!('operation' in context) || context.operation.operation !== 'query') return undefined
  const { operation: definition, variableValues } = context
  const statement = find(definition, reads.viewer.kindKey, variableValues) ?? prepare(context as never, reads, mayAsk)
  if (!statement) return undefined
  const { viewer } = reads
  const ask = async (whole: Text): Promise<Answered> => {
    const { claim, facts } = reads
    const { text, values } = claim ? (whole.told ??= textOf(whole.plans, claim.told)) : whole
    // Asked at each use: a text gets its name, and the server keeps its plan, from the second use on (P4: 57 to 120 ms without, 7 to 9 ms with).
    const name = nameOf(text)
    const [row] = await reads.run<Answered['row']>({ ...(name ? { name } : {}), text, values: bind(values, viewer, facts.today, { ...variableValues, ...claim?.values }) })
    if (claim) reads.settle(row![toldKey]!)
    return { row: row!, isMarked: whole.plans.some(({ key }) => row![key]?.includes('{"~":"')) }
  }
  let answered = await atAGlance(statement.glance, ask)
  if (!answered && reads.viewer === viewer) answered = await ask(statement)
  // The answer is that of somebody whose rights have changed since: nothing of it is used.
  if (!answered || reads.viewer !== viewer) return answerDirectly(operation, reads, mayAsk)
  // A root without a row is `NOT_FOUND`, which the plain road says.
  const { row, isMarked } = answered
  if (statement.keys.some(({ constant, key }) => constant === undefined && row[key] === null)) return undefined
  // Added up and not joined, so that the text is copied once, when it is sent (500 KB: 0.6 ms of 5.7).
  let json = ''
  for (const { key, constant } of statement.keys) json += `${json === '' ? '{' : ','}${JSON.stringify(key)}:${constant ?? (isMarked ? showHidden(row[key]!, reads) : row[key]!)}`
  return new WrittenData(`${json}}`)
}

/** What a glance answers; undefined where it did not decide, or mostly does not. */
async function atAGlance(glance: Glance | undefined, ask: (text: Text) => Promise<Answered>): Promise<Answered | undefined> {
  if (!glance || (glance.missed > glance.asked / 2 + 4 && ++glance.left % 32 !== 0)) return undefined
  const answered = await ask(glance)
  if (++glance.asked > 64) {
    glance.asked /= 2
    glance.missed /= 2
  }
  const texts = glance.plans.map(({ key }) => answered.row[key] ?? null)
  // One that is absent and one that is hidden take the same way.
  if (texts.every((text) => text !== null && !(answered.isMarked && text.includes(undecidedMark)))) return answered
  glance.missed++
  return undefined
}

/** Replaces the marks of hidden values by null and counts them by field. */
function showHidden(json: string, reads: Reads): string {
  if (!json.includes('{"~":"')) return json
  return json.replace(hiddenMarks, (_mark, field: string) => {
    reads.masked.set(field, (reads.masked.get(field) ?? 0) + 1)
    return 'null'
  })
}

function find(definition: OperationDefinitionNode, kindKey: string, variables: Record<string, unknown>): Prepared | undefined {
  const known = prepared.get(definition)?.get(`${kindKey} ${shapeOf(variables)}`)
  return known?.find(({ tests }) => tests.every(({ path, test }) => test(at(variables, path))))
}

interface Context {
  schema: GraphQLSchema
  fragments: Record<string, never>
  operation: OperationDefinitionNode
  variableValues: Record<string, unknown>
}

function prepare({ schema, fragments, operation, variableValues }: Context, reads: Reads, mayAsk: (viewer: Viewer, field: string) => boolean): Prepared | undefined {
  const tests: { path: readonly (string | number)[]; test: (value: unknown) => boolean }[] = []
  const slotted = withSlots(variableValues, [], (path, test) => tests.push({ path, test })) as Record<string, unknown>
  const { viewer } = reads
  const query = schema.getQueryType()!
  const roots = collectFields(schema, fragments, slotted, query, operation.selectionSet)
  const plans: { key: string; plan: (atAGlance: boolean) => Planned }[] = []
  const keys: { key: string; constant?: string }[] = []
  for (const [key, nodes] of roots) {
    const field = nodes[0]!.name.value
    if (field === '__typename') {
      keys.push({ key, constant: '"Query"' })
      continue
    }
    const plan = mayAsk(viewer, field) ? planRoot(field, nodes, { schema, fragments, variableValues: slotted }, reads, query) : undefined
    if (!plan) return undefined
    plans.push({ key, plan })
    keys.push({ key })
  }
  const whole = plans.map(({ key, plan }) => ({ key, ...plan(false) }))
  if (whole.length === 0 || whole.some(({ unfinished, fenced }) => unfinished || fenced)) return undefined
  const glimpsed = plans.map(({ key, plan }) => ({ key, ...plan(true) }))
  const glance = glimpsed.some(({ undecided }) => undecided) ? { ...textOf(glimpsed), asked: 0, missed: 0, left: 0 } : undefined
  const made: Prepared = { ...textOf(whole), glance, keys, tests }
  keep(operation, `${viewer.kindKey} ${shapeOf(variableValues)}`, made)
  return made
}

function textOf(plans: Text['plans'], told?: Predicate): Text {
  const columns = plans.map(({ key, expression }) => sql`cast(${expression} as text) as ${sql.id(key)}`)
  return { plans, ...compileWithSlots(sql`select ${sql.join(told ? [...columns, sql`${told} as ${sql.id(toldKey)}`] : columns)}`) }
}

function planRoot(field: string, nodes: Parameters<Plan['byId']>[2], selected: ConstructorParameters<typeof Plan>[3], reads: Reads, query: GraphQLObjectType): ((atAGlance: boolean) => Planned) | undefined {
  const spec = rootSpec(field)
  if (!spec) return undefined
  const { model, policy } = reads.engine
  const args = getArgumentValues(query.getFields()[field]!, nodes[0]!, selected.variableValues)
  const planFor = (atAGlance: boolean) => new Plan(model, policy, reads.viewer, selected, atAGlance)
  const type = model.of(spec.to)
  if (spec.kind === 'byId') {
    const id = args['id'] as string | VariableSlot
    const isOfType = (value: unknown) => prefixOf(String(value)) === type.prefix
    if (!isOfType(id instanceof VariableSlot ? id.take(isOfType) : id)) return undefined
    return (atAGlance) => planFor(atAGlance).byId(type, id as string, nodes)
  }
  // A group is of rows that are each judged; there is nothing to glance at.
  if (spec.kind === 'groups') return () => planFor(false).groups(type, nodes, args as never, spec)
  const { where } = spec
  // One of thousands of rows is always undecided.
  const mayGlance = !allowedOf(nodes)
  return (atAGlance) => planFor(atAGlance && mayGlance).page(type, nodes, args, { filter: spec.paging.filter, order: spec.paging.order, where: where && ((row: RowRef) => where(row, args)) })
}

function keep(operation: OperationDefinitionNode, shape: string, made: Prepared): void {
  const shapes = prepared.get(operation) ?? prepared.set(operation, new Map()).get(operation)!
  if (shapes.size >= maxShapes && !shapes.has(shape)) shapes.delete(shapes.keys().next().value!)
  const texts = shapes.get(shape) ?? shapes.set(shape, []).get(shape)!
  if (texts.length >= maxTexts) texts.shift()
  texts.push(made)
}

const isScalar = (value: unknown) => typeof value === 'string' || typeof value === 'number'
// An empty list may be one of conditions: it says nothing of its kind, so the text is made for it.
const isScalarList = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isScalar)

/** What of the variables the text depends on by itself: which are there, booleans, and the structure of filters. */
function shapeOf(value: unknown): string {
  if (isScalarList(value)) return 'l'
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, part]) => `${key}:${shapeOf(part)}`).join()}}`
  return isScalar(value) ? 's' : String(value)
}

function withSlots(value: unknown, path: readonly (string | number)[], note: (path: readonly (string | number)[], test: (value: unknown) => boolean) => void): unknown {
  if (isScalar(value) || isScalarList(value)) return new VariableSlot(path, value, note)
  if (Array.isArray(value)) return value.map((part, index) => withSlots(part, [...path, index], note))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withSlots(part, [...path, key], note)]))
  return value
}
