import { sql } from 'kysely'
import { Field, Float, ID, InputType, Int } from 'type-graphql'
import type { GraphQLScalarType } from 'graphql'
import type { Predicate } from '../access/index.js'
import { DateTime, Day, Decimal, Money } from '../kernel/index.js'
import { derived, taken } from './statement.js'

/** How values of a comparator are bound; `array` is the array type for `in`. */
export interface Comparator {
  input: Function
  array: string
  /** An index in byte order (`collate "C"`) stands behind the column, for what begins like this. */
  byPrefix?: true
}

const plainArray = (of: unknown) => () => [of] as never

function comparator(name: string, graph: GraphQLScalarType | object, array: string, operators: readonly string[], description: string): Comparator {
  const input = class {}
  for (const operator of operators) {
    const isList = operator === 'in' || operator === 'notIn'
    const type = operator === 'isNull' ? () => Boolean as never : isList ? plainArray(graph) : () => graph as never
    Reflect.defineMetadata('design:type', isList ? Array : Object, input.prototype, operator)
    Field(type, { nullable: true })(input.prototype, operator)
  }
  InputType(name, { description })(input)
  return { input, array }
}

const equality = ['eq', 'ne', 'in', 'notIn', 'isNull'] as const
const ordered = [...equality, 'lt', 'lte', 'gt', 'gte'] as const

export const compare = {
  id: comparator('IdFilter', ID as never, 'text[]', ['eq', 'ne', 'in', 'notIn'], 'Comparison of an id.'),
  text: comparator('StringFilter', String, 'text[]', [...ordered, 'contains', 'startsWith'], 'Comparison of a text; `contains` ignores case.'),
  whole: comparator('IntFilter', Int as never, 'integer[]', ordered, 'Comparison of a whole number.'),
  decimal: comparator('DecimalFilter', Decimal, 'numeric[]', ordered, 'Comparison of a decimal number.'),
  money: comparator('MoneyFilter', Money, 'numeric[]', ordered, 'Comparison of an amount in yuan.'),
  rate: comparator('FloatFilter', Float as never, 'numeric[]', ordered, 'Comparison of a rate.'),
  flag: comparator('BooleanFilter', Boolean, 'boolean[]', ['eq', 'ne', 'isNull'], 'Comparison of a yes or no.'),
  day: comparator('DayFilter', Day, 'date[]', ordered, 'Comparison of a calendar day.'),
  instant: comparator('DateTimeFilter', DateTime, 'timestamptz[]', ordered, 'Comparison of an instant.'),
  lists: new Map<object, Comparator>(),
  enums: new Map<object, Comparator>(),
}

/** Comparison of one enum's values. */
export function compareEnum(name: string, values: object): Comparator {
  const known = compare.enums.get(values)
  if (known) return known
  const made = comparator(`${name}Filter`, values, 'text[]', equality, `Comparison of a ${name}.`)
  compare.enums.set(values, made)
  return made
}

/** Comparison of a list of enum values: does it hold this one? */
export function compareEnumList(name: string, values: object): Comparator {
  const known = compare.lists.get(values)
  if (known) return known
  const made = comparator(`${name}ListFilter`, values, 'text[]', ['has'], `Comparison of a list of ${name}.`)
  compare.lists.set(values, made)
  return made
}

/** Comparison of a text that begins like others, with an index for it. */
export const comparePrefixed: Comparator = { ...compare.text, byPrefix: true }

/** Does a list of ids hold this one? */
export const compareIds = comparator('IdListFilter', ID as never, 'text[]', ['has'], 'Comparison of a list of ids.')

type Part = { kind: 'compare'; by: Comparator } | { kind: 'one'; filter: () => Function } | { kind: 'many'; filter: () => Function; list: Function }
const parts = new Map<Function, Map<string, Part>>()
const names = new Map<Function, string>()
export const partsOf = (filter: Function): ReadonlyMap<string, Part> => parts.get(filter)!

/** A to-many part: `{ some: … }` or `{ none: … }` of the visible children. */
export const many = (filter: () => Function) => ({ many: filter })

type Declared = Comparator | (() => Function) | { many: () => Function }

/** The filter input `<Type>Filter`: comparators by field name, `() => OtherFilter` over a to-one relation, `many(…)` over a to-many one. */
export function filterOf(type: string, declared: Readonly<{ [field: string]: Declared }>): Function {
  const filter = class {}
  parts.set(filter, new Map())
  names.set(filter, type)
  extendFilter(filter, declared)
  describePart(filter, 'and', () => [filter], true)
  describePart(filter, 'or', () => [filter], true)
  describePart(filter, 'not', () => filter)
  InputType(`${type}Filter`, { description: `Which rows of ${type}: all parts hold. What you may not read matches nothing, negated or not.` })(filter)
  return filter
}

function describePart(filter: Function, key: string, graph: () => unknown, isList = false): void {
  Reflect.defineMetadata('design:type', isList ? Array : Object, filter.prototype, key)
  Field(graph as never, { nullable: true })(filter.prototype, key)
}

/** Adds parts to the filter of a type above: a module below may filter by the fields that it adds. Before the schema is built. */
export function extendFilter(filter: Function, declared: Readonly<{ [field: string]: Declared }>): void {
  const own = parts.get(filter)!
  const type = names.get(filter)!
  for (const [field, part] of Object.entries(declared)) {
    if (typeof part === 'function') {
      own.set(field, { kind: 'one', filter: part })
      describePart(filter, field, part)
    } else if ('many' in part) {
      const list = class {}
      for (const quantifier of ['some', 'none']) {
        Reflect.defineMetadata('design:type', Object, list.prototype, quantifier)
        Field(() => part.many() as never, { nullable: true })(list.prototype, quantifier)
      }
      InputType(`${type}${field[0]!.toUpperCase()}${field.slice(1)}Filter`)(list)
      own.set(field, { kind: 'many', filter: part.many, list })
      describePart(filter, field, () => list)
    } else {
      own.set(field, { kind: 'compare', by: part })
      describePart(filter, field, () => part.input)
    }
  }
}

const escaped = (text: unknown) => String(text).replace(/[\\%_]/g, '\\$&')

/** One operator over a column as SQL, or its negation. Never asks for an index that a negation would lose. */
export function compareSql(column: Predicate, operator: string, operand: unknown, by: Comparator, negated: boolean): Predicate {
  const list = () => sql`cast(${operand} as ${sql.raw(by.array)})`
  // A boolean stands in the text itself: `(a and b) = true` then becomes `a and b`, which can use an index.
  const single = () => typeof operand === 'boolean' ? sql.lit(operand) : sql`cast(${operand} as ${sql.raw(by.array.slice(0, -2))})`
  const either = (plain: Predicate, other: Predicate) => (negated ? other : plain)
  switch (operator) {
    case 'eq':
      return operand === null ? nullness(column, !negated) : either(sql`${column} = ${single()}`, sql`${column} is distinct from ${single()}`)
    case 'ne':
      return operand === null ? nullness(column, negated) : either(sql`${column} is distinct from ${single()}`, sql`${column} = ${single()}`)
    case 'in':
      return either(sql`${column} = any(${list()})`, sql`(${column} is null or ${column} <> all(${list()}))`)
    case 'notIn':
      return either(sql`(${column} is null or ${column} <> all(${list()}))`, sql`${column} = any(${list()})`)
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte': {
      const sign = sql.raw({ lt: '<', lte: '<=', gt: '>', gte: '>=' }[operator])
      return either(sql`${column} ${sign} ${single()}`, sql`(${column} ${sign} ${single()}) is not true`)
    }
    case 'contains': {
      const pattern = derived(operand, (text) => `%${escaped(text)}%`)
      return either(sql`${column} ilike ${pattern}`, sql`(${column} ilike ${pattern}) is not true`)
    }
    case 'startsWith': {
      const last = sql.raw(`repeat(chr(1114111), 4)`)
      // A value that is bound later tells no range, so the range is told.
      if (by.byPrefix && !negated) return sql`(${column} ^@ ${single()} and ${column} collate "C" >= ${single()} and ${column} collate "C" < ${single()} || ${last})`
      return either(sql`${column} ^@ ${single()}`, sql`(${column} ^@ ${single()}) is not true`)
    }
    case 'has':
      return either(sql`${column} @> array[${single()}]`, sql`not (${column} @> array[${single()}])`)
    case 'isNull':
      return nullness(column, (taken(operand) === true) !== negated)
    default:
      throw new Error(`no operator ${operator}`)
  }
}

const nullness = (column: Predicate, isNull: boolean): Predicate => (isNull ? sql`${column} is null` : sql`${column} is not null`)
