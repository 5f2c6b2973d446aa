import 'reflect-metadata'
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { getNamedType, isEnumType, isObjectType, type GraphQLInputObjectType, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { decorate, markStructural, pageSize, type WithReads } from '../../engine/index.js'
import { DateTime, Day, Decimal, enumeration } from '../../kernel/index.js'
import type { Column, ColumnType } from '../../formats/index.js'
import { readView } from './read-view.js'
import { isList, shownBy, type View, type ViewColumn } from './view.js'

const ViewColumnType = enumeration('ViewColumnType', 'What the values of a column are (列类型).', {
  ID: 'An id, the same as in the graph (标识)',
  STRING: 'A text (文本)',
  ENUM: 'One of the codes of the column (代码)',
  INT: 'A whole number (整数)',
  DECIMAL: 'An exact decimal number, as text (小数)',
  BOOLEAN: 'Yes or no (是否)',
  DAY: 'A calendar day in Asia/Shanghai, YYYY-MM-DD (日期)',
  INSTANT: 'An instant, ISO 8601 (时刻)',
})

@ObjectType('ViewCode', { description: 'One code of a column and what it means (代码).', simpleResolvers: true })
class ViewCode {
  @Field(() => String, { description: 'The code, as it stands in the rows (代码).' }) code!: string
  @Field(() => String, { description: 'Its Chinese label (含义).' }) labelZh!: string
}

@ObjectType('ViewColumn', { description: 'A column of a flat view (列): the entry of the dictionary.', simpleResolvers: true })
class ViewColumnShape {
  @Field(() => String, { description: 'Stable name, the same in every format (列名).' }) name!: string
  @Field(() => String, { description: 'Chinese label (中文名称).' }) labelZh!: string
  @Field(() => ViewColumnType, { description: 'What its values are (类型).' }) type!: ColumnType
  @Field(() => String, { nullable: true, description: 'Unit of measure (计量单位).' }) unit?: string
  @Field(() => [ViewCode], { description: 'Its codes; empty where the values are no codes (代码表). Of a list of codes, joined by `;`, those of the list.' }) codes!: ViewCode[]
}

@ObjectType('Views', { description: 'The lists of the graph, flat (扁平视图): one row per object, columns with stable names, for tools that know no graph.', simpleResolvers: true })
class Views {}

const scalars: Readonly<Record<Exclude<ColumnType, 'ENUM'>, () => unknown>> = { ID: () => ID, STRING: () => String, INT: () => Int, DECIMAL: () => Decimal, BOOLEAN: () => Boolean, DAY: () => Day, INSTANT: () => DateTime }

const maxPage = 1_000
const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1)
const rowTypeOf = (view: View) => `${capital(view.name)}ViewRow`

const chinese = /（([^）]+)）|\(([^()]*[\u4e00-\u9fff][^()]*)\)/
/** What a code of an enumeration means, out of its description. */
const labelOfCode = (description: string, code: string): string => {
  const found = chinese.exec(description)
  return found?.[1] ?? found?.[2] ?? (description || code)
}

const dictionaries = new WeakMap<GraphQLSchema, Map<ViewColumn, Column & { codes: ViewCode[] }>>()

/** The dictionary's entries for these columns. Codes are those of the schema. */
export function columnsOf(schema: GraphQLSchema, view: View, columns: readonly ViewColumn[] = view.columns): (Column & { codes: ViewCode[] })[] {
  const known = dictionaries.get(schema) ?? dictionaries.set(schema, new Map()).get(schema)!
  return columns.map((column) => {
    const { name, labelZh, type, unit, scale } = column
    const made = known.get(column) ?? { name, labelZh, type, ...(unit ? { unit } : {}), ...(scale ? { scale } : {}), codes: codesOf(schema, view, column) }
    known.set(column, made)
    return made
  })
}

function codesOf(schema: GraphQLSchema, view: View, { path, of }: ViewColumn): ViewCode[] {
  if (!of) return []
  let type = schema.getType(shownBy(view).type)
  for (const step of path) type = isObjectType(type) ? getNamedType(type.getFields()[step]!.type) : undefined
  if (!isEnumType(type)) throw new Error(`View ${view.name}: ${path.join('.')} has no codes`)
  return type.getValues().map(({ name, description }) => ({ code: name, labelZh: labelOfCode(description ?? '', name) }))
}

/** What a view is filtered by: the filter of its list. */
export const filterTypeOf = (schema: GraphQLSchema, view: View): GraphQLInputObjectType => schema.getType(shownBy(view).filterName) as GraphQLInputObjectType

const field = (on: Function, name: string, graph: () => unknown, description: string, more: object = {}, design: Function = Object) => {
  Reflect.defineMetadata('design:type', design, on.prototype, name)
  Field(graph as never, { description, ...more })(on.prototype, name)
}

function rowShape(view: View): Function {
  const row = class {}
  for (const { name, type, labelZh, unit, of } of view.columns) {
    const graph = type === 'ENUM' ? () => of!() : scalars[type]
    field(row, name, graph, `${labelZh}${unit ? `（${unit}）` : ''}`, { nullable: true })
  }
  ObjectType(rowTypeOf(view), { description: `A row of the view ${view.name} (${view.labelZh}). What you may not read is null.`, simpleResolvers: true })(row)
  return row
}

/** The columns that the selection of a page asks of its rows. */
function selected(view: View, info: GraphQLResolveInfo): { columns: readonly ViewColumn[]; isRead: boolean } {
  const { schema, fragments, variableValues, fieldNodes, returnType } = info
  const below = (type: unknown, nodes: readonly unknown[]) => collectSubfields(schema, fragments as never, variableValues, getNamedType(type as never) as never, nodes as never)
  const page = [...below(returnType, fieldNodes).values()]
  const rows = page.filter(([node]) => node!.name.value === 'rows').flatMap((nodes) => nodes)
  const names = new Set([...below(schema.getType(rowTypeOf(view)), rows).values()].map(([node]) => node!.name.value))
  const isRead = page.some(([node]) => ['rows', 'endCursor', 'hasMore'].includes(node!.name.value))
  return { columns: view.columns.filter(({ name }) => names.has(name)), isRead }
}

interface PageArgs {
  filter?: unknown
  first?: number | null
  after?: string | null
}

async function page(view: View, args: PageArgs, context: WithReads, info: GraphQLResolveInfo): Promise<object> {
  const { columns, isRead } = selected(view, info)
  const shape = { columns: columnsOf(info.schema, view) }
  if (!isRead) return shape
  const first = pageSize({ first: args.first ?? null, last: null }, maxPage)
  const { rows, endCursor, hasMore } = await readView(info.schema, context, view, columns, { filter: args.filter, first, after: args.after ?? '' })
  return { ...shape, endCursor, hasMore, rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at]]))) }
}

/** `Query.views` with a field for each view. */
export function viewsOf(views: readonly View[]): Function {
  const resolver = class {}
  const proto = resolver.prototype as Record<string, unknown>
  for (const view of views) {
    const row = rowShape(view)
    const made = class {}
    field(made, 'columns', () => [ViewColumnShape], 'The dictionary of all columns (数据字典).', {}, Array)
    field(made, 'rows', () => [row], 'Rows in the order of their entry; ids are those of the graph (数据行).', {}, Array)
    field(made, 'endCursor', () => String, 'Send it back as `after` for the next page. Always there: the last row\'s, or the one that was given (游标).')
    field(made, 'hasMore', () => Boolean, 'Whether there are rows after the page (是否还有数据).')
    ObjectType(`${capital(view.name)}View`, { description: `${view.description} A page of the view.`, simpleResolvers: true })(made)
    for (const name of [rowTypeOf(view), `${capital(view.name)}View`]) markStructural(name)

    const args = class {}
    field(args, 'filter', () => shownBy(view).filter, isList(view) ? 'Which of the visible rows, as in the list of the graph; comparisons on fields hidden from you match nothing.' : 'What is reckoned; it must be given.', { nullable: true })
    field(args, 'first', () => Int, 'Rows of the page, 1-1,000; 50 where left out. Whole views are for /export.', { nullable: true }, Number)
    field(args, 'after', () => String, 'Cursor after which the page starts; "" is the start.', { nullable: true }, String)
    ArgsType()(args)

    proto[view.name] = (given: PageArgs, context: WithReads, info: GraphQLResolveInfo) => page(view, given, context, info)
    decorate(proto, view.name, [args, Object, Object])
    Args(() => args as never)(proto, view.name, 0)
    Ctx()(proto, view.name, 1)
    Info()(proto, view.name, 2)
    FieldResolver(() => made as never, { description: view.description })(proto, view.name, Object.getOwnPropertyDescriptor(proto, view.name)!)
  }
  proto['views'] = () => ({})
  decorate(proto, 'views', [])
  Query(() => Views, { description: 'The lists of the graph, flat (扁平视图). The same views, whole and as files: /export/<view>.<csv|ndjson|xlsx|parquet>.' })(proto, 'views', Object.getOwnPropertyDescriptor(proto, 'views')!)
  Resolver(() => Views)(resolver)
  for (const name of ['Views', 'ViewColumn', 'ViewCode']) markStructural(name)
  return resolver
}
