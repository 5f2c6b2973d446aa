import { coerceInputValue, getNamedType, isInputObjectType, isListType, getNullableType, isLeafType, type GraphQLInputObjectType, type GraphQLInputType, type GraphQLSchema } from 'graphql'
import { formats, type FormatName } from '../../formats/index.js'
import { Refusal, type Said } from '../../kernel/index.js'
import { catalogue } from './catalogue.js'
import { filterTypeOf } from './views.graph.js'
import type { View, ViewColumn } from './view.js'

/** What of which view is to be written. */
export interface ViewExport {
  readonly view: View
  readonly columns: readonly ViewColumn[]
  /** As the list of the graph takes it. */
  readonly filter: Record<string, unknown> | null
  /** The most rows; all where left out. */
  readonly first?: number
  readonly after: string
}

const bad = (field: string, en: string, zh: string) => new Refusal('BAD_USER_INPUT', { en: `\`${field}\`: ${en}`, zh: `\`${field}\`：${zh}` }, field)

export function viewNamed(name: string): View {
  const view = catalogue.get(name)
  const known = [...catalogue.keys()].join(', ')
  if (!view) throw bad('view', `there is no view "${name}". The views are ${known}.`, `没有视图“${name}”，可用视图：${known}。`)
  return view
}

export function formatNamed(name: string): FormatName {
  const known = Object.keys(formats).join(', ')
  if (!Object.hasOwn(formats, name)) throw bad('format', `there is no format "${name}". The formats are ${known}.`, `没有格式“${name}”，可用格式：${known}。`)
  return name as FormatName
}

// A filter of a tool has a dozen conditions. It is asked anew with each page, and in a job nobody pays for it.
const mostConditions = 200
const mostLevels = 20

/** Looks level by level, and no further than is allowed. */
function tooMuch(filter: unknown): Said | undefined {
  let level: unknown[] = [filter]
  let conditions = 0
  for (let depth = 0; level.length > 0; depth++) {
    conditions += level.filter((value) => !Array.isArray(value)).length
    if (depth > mostLevels || conditions > mostConditions) return { en: `has at most ${mostConditions} conditions on ${mostLevels} levels. Ask for less at a time.`, zh: `最多 ${mostConditions} 个条件、${mostLevels} 层，请分次查询。` }
    level = level.flatMap((value) => Object.values(value as object)).filter((value) => typeof value === 'object' && value !== null)
  }
  return undefined
}

/** What is wrong with a filter, as the list of the graph would find, and where. */
export function filterFault(schema: GraphQLSchema, view: View, filter: unknown): { field: string; said: Said } | undefined {
  if (filter === null || filter === undefined) return undefined
  const beyond = tooMuch(filter)
  if (beyond) return { field: 'filter', said: beyond }
  const faults: { field: string; said: Said }[] = []
  coerceInputValue(filter, filterTypeOf(schema, view), (path, _value, { message }) => {
    // What is like a name that was meant tells names.
    const said = message.replace(/ ?Did you mean .*$/s, '').replace(/[^.]$/, '$&.')
    faults.push({ field: ['filter', ...path].join('.'), said: { en: `${said} It takes what \`views { ${view.name}(filter:) }\` takes in the graph.`, zh: `${said} 取值与图查询 views { ${view.name}(filter:) } 相同。` } })
  })
  return faults[0]
}

const own = new Set(['filter', 'first', 'after', 'columns', 'format'])

/**
 * A view as an address asks for it: `filter` as an object (the address's JSON, parsed), `columns` by name, `first`, `after`; any other parameter is a field of the filter that equals a value,
 * `status=ACTIVE` or `unit.code=330000`, or one of several where it is given more than once.
 */
export function askedIn(schema: GraphQLSchema, view: View, query: Readonly<Record<string, unknown>>): ViewExport {
  const filters: Record<string, unknown>[] = []
  if (query['filter'] !== undefined) filters.push(filterIn(query['filter']))
  for (const [name, value] of Object.entries(query)) {
    if (!own.has(name)) filters.push(equality(filterTypeOf(schema, view), name, name.split('.'), [value].flat().map(String)))
  }
  const filter = filters.length === 0 ? null : together(filters)
  const fault = filterFault(schema, view, filter)
  if (fault) throw bad(fault.field, fault.said.en, fault.said.zh)
  const first = query['first'] === undefined ? undefined : Number(query['first'])
  if (first !== undefined && !(Number.isSafeInteger(first) && first >= 1)) throw bad('first', 'must be a whole number from 1 on. Leave it out for all rows.', '须为正整数；不填则导出全部。')
  const after = query['after'] ?? ''
  if (typeof after !== 'string') throw bad('after', 'give one cursor: the `endCursor` of the page before.', '只能给出一个游标，请取自上一页的 endCursor。')
  return { view, columns: columnsIn(view, query['columns']), filter, after, ...(first === undefined ? {} : { first }) }
}

function columnsIn(view: View, given: unknown): readonly ViewColumn[] {
  if (given === undefined) return view.columns
  const names = String(given).split(',').map((name) => name.trim())
  const known = view.columns.map(({ name }) => name)
  const wrong = names.find((name, at) => !known.includes(name) || names.indexOf(name) !== at)
  if (wrong !== undefined) throw bad('columns', `"${wrong}" is no column of ${view.name}, or is named twice. The columns are ${known.join(', ')}.`, `“${wrong}”不是视图 ${view.name} 的列，或重复给出。可用列：${known.join('、')}。`)
  return names.map((name) => view.columns.find((column) => column.name === name)!)
}

function filterIn(filter: unknown): Record<string, unknown> {
  if (typeof filter === 'object' && filter !== null && !Array.isArray(filter)) return filter as Record<string, unknown>
  throw bad('filter', 'must be one JSON object, percent-encoded, such as {"status":{"eq":"ACTIVE"}}.', '须为一个 JSON 对象并经百分号编码，例如 {"status":{"eq":"ACTIVE"}}。')
}

/** Filters that all hold: as one where they speak of different fields. */
function together(filters: readonly Record<string, unknown>[]): Record<string, unknown> {
  const merged: Record<string, unknown> = Object.assign({}, ...filters)
  return Object.keys(merged).length === filters.reduce((sum, filter) => sum + Object.keys(filter).length, 0) ? merged : { and: filters }
}

/** `a.b = x` as a filter object. */
function equality(type: GraphQLInputObjectType, name: string, [field, ...rest]: readonly string[], values: readonly string[]): Record<string, unknown> {
  const of = getNullableType(type.getFields()[field!]?.type)
  if (of && isLeafType(of) && rest.length === 0 && values.length === 1) return { [field!]: valueOf(of, values[0]!) }
  const inner = of && !isListType(of) && isInputObjectType(of) ? of : undefined
  const eq = inner?.getFields()['eq']?.type
  const isLeaf = eq !== undefined && isLeafType(getNullableType(eq))
  if (!inner || (rest.length === 0) !== isLeaf) {
    const fields = Object.keys(type.getFields()).filter((key) => !['and', 'or', 'not'].includes(key)).join(', ')
    throw bad(name, `no such parameter. Give filter, columns, first, after, or a field of the filter: ${fields}.`, `不是可用参数。可用 filter、columns、first、after，或筛选字段：${fields}。`)
  }
  if (rest.length > 0) return { [field!]: equality(inner, name, rest, values) }
  const typed = values.map((value) => valueOf(eq!, value))
  return { [field!]: typed.length > 1 ? { in: typed } : { eq: typed[0] } }
}

/** A text of an address as the value that the graph takes: a number or a truth where it says one. */
function valueOf(type: GraphQLInputType, text: string): unknown {
  const { name } = getNamedType(type)
  if (name === 'Boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if ((name === 'Int' || name === 'Float') && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  return text
}
