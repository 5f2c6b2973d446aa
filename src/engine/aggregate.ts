import 'reflect-metadata'
import { Args, ArgsType, Field, Float, InputType, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql'
import { Decimal, enumCase } from '../kernel/index.js'
import { decorate, Direction, markStructural, PageInfo, type FieldDeclaration, type Paging } from './fields.js'
import { roots } from './roots.js'

type Graph = () => unknown

/** What the rows of a type can be grouped by and what can be reckoned over them: properties of the type, each through its own door. */
export interface Grouping {
  /** Property → its type in the graph. A to-one relation groups by the object that it leads to; `path` is one of that object's own properties. */
  keys: Readonly<Record<string, Graph | { of: Graph; path: string }>>
  /** Properties that are numbers. */
  numbers?: readonly string[]
}

/** The enums and input types made for one grouping, for reading arguments back. */
export interface Grouped extends Pick<Grouping, 'keys'> {
  /** Enum value → property. */
  keyOf: ReadonlyMap<string, string>
  numberOf: ReadonlyMap<string, string>
}

export const TimeBucket = { DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH', QUARTER: 'QUARTER', YEAR: 'YEAR' } as const
export type TimeBucket = keyof typeof TimeBucket
registerEnumType(TimeBucket, {
  name: 'TimeBucket',
  description: 'The span of time that a day or an instant falls into (时间粒度); a group is named by the first day of its span.',
  valuesConfig: { WEEK: { description: 'Monday to Sunday (周)' } },
})

interface Extensible {
  keys: { values: Record<string, string>; of: Map<string, string> }
  numbers: { values: Record<string, string>; of: Map<string, string> } | undefined
  keysType: Function
  grouped: { keys: Record<string, unknown> }
}
const made = new Map<string, Extensible>()

/** Adds keys and numbers to the groups of a type above: a module below may group by the fields that it adds. Before the schema is built; a type without numbers gets none. */
export function extendGrouping(of: Function, { keys = {}, numbers = [] }: Partial<Grouping>): void {
  const { keys: keyEnum, numbers: numberEnum, keysType, grouped } = made.get(of.name)!
  for (const [key, graph] of Object.entries(keys)) {
    keyEnum.values[enumCase(key)] = enumCase(key)
    keyEnum.of.set(enumCase(key), key)
    grouped.keys[key] = graph
    describeKey(keysType, key, graph)
  }
  for (const number of numbers) {
    numberEnum!.values[enumCase(number)] = enumCase(number)
    numberEnum!.of.set(enumCase(number), number)
  }
}

const describeKey = (keysType: Function, key: string, of: Grouping['keys'][string]): void =>
  property(keysType, key, typeof of === 'function' ? of : of.of, `Value of \`${typeof of === 'function' ? key : of.path}\` that the rows share; null where it is not grouped by, or where they have none.`)

/** Reckonings over a number of each row. */
export const reckonings = { sum: 'Sum (合计)', average: 'Average, to four digits (平均)', min: 'Least (最小)', max: 'Greatest (最大)', median: 'Median (中位数)' } as const
export type Reckoning = keyof typeof reckonings

function enumOf(name: string, description: string, properties: readonly string[]): { values: Record<string, string>; of: Map<string, string> } {
  const entries = properties.map((property) => [enumCase(property), property] as const)
  const values = Object.fromEntries(entries.map(([key]) => [key, key]))
  registerEnumType(values, { name, description })
  return { values, of: new Map(entries) }
}

const property = (on: Function, name: string, graph: Graph, description: string, more: object = { nullable: true }, design: Function = Object) => {
  Reflect.defineMetadata('design:type', design, on.prototype, name)
  Field(graph as never, { description, ...more })(on.prototype, name)
}

/** A field that reckons, with its arguments; the plan writes its value. */
function reckoned(on: Function, name: string, graph: Graph, description: string, args: Function, nullable = true): void {
  const proto = on.prototype as Record<string, unknown>
  proto[name] = () => {
    throw new Error(`${name} is read by the plan`)
  }
  decorate(proto, name, [args])
  Args(() => args as never)(proto, name, 0)
  Field(graph as never, { description, nullable })(proto, name, Object.getOwnPropertyDescriptor(proto, name)!)
}

function argsOf(...fields: readonly [name: string, graph: Graph, description: string][]): Function {
  const args = class {}
  for (const [name, graph, description] of fields) property(args, name, graph, description, {})
  ArgsType()(args)
  return args
}

const comparisons = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const

/** One measure of a group: exactly one of its parts is given. */
function measureInput(name: string, description: string, keys: object, numbers: object | undefined, filter: Function): Function {
  const input = class {}
  property(input, 'count', () => Boolean, 'true: the number of rows (行数).')
  property(input, 'countDistinct', () => keys, 'The number of different values of this field (去重计数).')
  property(input, 'countWhere', () => filter, 'The number of rows for which this holds (条件计数).')
  property(input, 'shareWhere', () => filter, 'The share of rows for which this holds (条件占比).')
  if (numbers) for (const [reckoning, what] of Object.entries(reckonings)) property(input, reckoning, () => numbers, `${what} of this field.`)
  InputType(name, { description })(input)
  return input
}

/**
 * `<name>(filter, groupBy, having, orderBy, first, after)`: the visible rows of a type in groups. Every key passes its field's group door and every
 * measure its aggregate door: a row whose key you may not read is in no group, and a value that you may not read is in no figure.
 */
export function aggregate(of: Function, name: string, { filter }: Paging, grouping: Grouping): FieldDeclaration {
  const type = of.name
  const keys = enumOf(`${type}GroupField`, `What rows of ${type} can be grouped and counted by.`, Object.keys(grouping.keys))
  const numbers = grouping.numbers?.length ? enumOf(`${type}NumberField`, `Numbers of ${type} to reckon with.`, grouping.numbers) : undefined

  const by = class {}
  property(by, 'field', () => keys.values, 'The field (分组字段).', {})
  property(by, 'bucket', () => TimeBucket, 'For a day or an instant: the span that it falls into; DAY for an instant where left out (时间粒度).')
  property(by, 'timeZone', () => String, 'For an instant: an IANA time zone; "Asia/Shanghai" where left out (时区).')
  InputType(`${type}GroupBy`, { description: 'One key of the groups (分组键).' })(by)

  const having = measureInput(`${type}GroupHaving`, 'A condition on one measure of a group: the measure, and at least one comparison (分组条件).', keys.values, numbers?.values, filter)
  for (const comparison of comparisons) property(having, comparison, () => Decimal, 'The measure compared with this number.')
  const order = measureInput(`${type}GroupOrder`, 'Order of the groups: by one key that they are grouped by, or by one measure (分组排序).', keys.values, numbers?.values, filter)
  property(order, 'key', () => keys.values, 'A field that the groups are grouped by. An object is ordered by its id.')
  property(order, 'direction', () => Direction, 'Direction (排序方向).', { defaultValue: 'ASC' })

  const keysType = class {}
  for (const [key, of] of Object.entries(grouping.keys)) describeKey(keysType, key, of)
  ObjectType(`${type}GroupKeys`, { description: 'What the rows of a group have in common (分组键值).', simpleResolvers: true })(keysType)

  const group = class {}
  property(group, 'keys', () => keysType, 'What its rows have in common (分组键值).', {})
  property(group, 'count', () => Int, 'Rows (行数).', {})
  reckoned(group, 'countDistinct', () => Int, 'Different values that you may read (去重计数).', argsOf(['field', () => keys.values, 'The field.']))
  reckoned(group, 'countWhere', () => Int, 'Rows for which the filter holds (条件计数).', argsOf(['filter', () => filter, 'The condition.']), false)
  reckoned(group, 'shareWhere', () => Float, 'Share of the rows for which the filter holds, to four digits; null without rows (条件占比).', argsOf(['filter', () => filter, 'The condition.']))
  if (numbers) {
    const one = argsOf(['field', () => numbers.values, 'The number.'])
    for (const [reckoning, what] of Object.entries(reckonings)) reckoned(group, reckoning, () => Decimal, `${what} of the values that you may read; null without any.`, one)
    reckoned(group, 'percentile', () => Decimal, 'The value below which this share of the values lies, interpolated; null without any (百分位数).', argsOf(['field', () => numbers.values, 'The number.'], ['at', () => Float, 'The share, 0 to 1.']))
  }
  ObjectType(`${type}Group`, { description: `Rows of ${type} that have their keys in common (分组).`, simpleResolvers: true })(group)

  const page = class {}
  property(page, 'nodes', () => [group], 'The groups (分组).', {}, Array)
  property(page, 'pageInfo', () => PageInfo, 'Where the page stands in its list.', {})
  property(page, 'totalCount', () => Int, 'Number of groups, exact (组数).', {})
  ObjectType(`${type}Groups`, { description: `A page of groups of ${type}.`, simpleResolvers: true })(page)
  for (const shape of [`${type}GroupKeys`, `${type}Group`, `${type}Groups`]) markStructural(shape)
  for (const shape of [`${type}GroupKeys`, `${type}Group`]) written.add(shape)

  const args = class {}
  property(args, 'filter', () => filter, 'Which of the visible rows; comparisons on fields hidden from you match nothing.')
  property(args, 'groupBy', () => [by], 'Keys, at most four; one group of all rows where there are none.', { defaultValue: [] }, Array)
  property(args, 'having', () => [having], 'Which groups: all of these hold.', { nullable: true }, Array)
  property(args, 'orderBy', () => [order], 'Order of the groups; ties are settled by the keys.', { nullable: true }, Array)
  property(args, 'first', () => Int, 'Groups on the page, 1-1,000; 50 where left out.')
  property(args, 'after', () => String, 'Cursor after which the page starts; "" is the start.')
  ArgsType()(args)

  const resolver = class {
    [key: string]: unknown
  }
  const proto = resolver.prototype as Record<string, unknown>
  proto[name] = () => {
    throw new Error(`${name} is read by the plan`)
  }
  decorate(proto, name, [args])
  Args(() => args as never)(proto, name, 0)
  const description = `The visible rows of ${type} in groups, with figures over each (分组统计). A row whose key you may not read is in no group; a value that you may not read is in no figure.`
  Query(() => page as never, { description })(proto, name, Object.getOwnPropertyDescriptor(proto, name)!)
  Resolver()(resolver)
  const grouped = { keys: { ...grouping.keys }, keyOf: keys.of, numberOf: numbers?.of ?? new Map<string, string>() }
  roots.set(name, { kind: 'groups', to: of, filter, grouped })
  made.set(type, { keys, numbers, keysType, grouped })
  return { resolver }
}

const written = new Set<string>()
/** Types whose fields the plan wrote under their response keys. */
export const isWritten = (type: string): boolean => written.has(type)
