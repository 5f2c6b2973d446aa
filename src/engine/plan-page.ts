import { sql } from 'kysely'
import type { FieldNode } from 'graphql'
import { toSql, type Predicate, type RowRef } from '../access/index.js'
import { Refusal } from '../kernel/index.js'
import { beyond, cursorSql, cursorValues, orderSql, signatureOf, type OrderKey } from './cursor.js'
import { propertyOfOrder } from './fields.js'
import { undecided } from './glance.js'
import { allowedOf } from './long-pages.js'
import type { Row } from './model.js'
import type { Cells } from './plan-flat.js'
import { filterSql } from './plan-filter.js'
import { hasTwoWays, twoWaysSql, windowSql, type Window } from './plan-window.js'
import { both, type Planning } from './planning.js'
import { taken } from './statement.js'

/** The arguments of a connection. */
export interface Page {
  filter?: Record<string, unknown> | null
  orderBy?: { field: string; direction: 'ASC' | 'DESC' }[] | null
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

/** What a list is asked for, besides its page. */
export interface Listed {
  filter: Function
  order: object | undefined
  /** Narrows the rows: children of one parent, or a question's own condition. */
  where?: ((row: RowRef) => Predicate) | undefined
  /** Whether the rows have still to pass their scope. */
  scoped: boolean
}

type Columns = (row: Row, fields: readonly FieldNode[]) => Predicate

const maxRows = 200
const defaultPage = 50
const maxCount = 1_000

/** A page of rows as the JSON of a connection. */
export function pageSql(planning: Planning, row: Row, fields: readonly FieldNode[], page: Page, { filter, order, where, scoped }: Listed, columnsOf: Columns, flatOf: (row: Row, fields: readonly FieldNode[]) => Cells): Predicate {
  const allowed = allowedOf(fields)
  const size = pageSize({ first: taken(page.first), last: taken(page.last) }, allowed?.rows)
  const backwards = page.last !== null && page.last !== undefined
  const asked = planning.subfields(`${row.type}Connection`, fields)
  const named = new Set(asked.map(({ name }) => name))

  // At a glance rows are taken without their scope; the answer holds only if each of them is seen to have passed it.
  const sight = scoped ? planning.scopeSight(row.paged()) : undefined
  const doubt = sight && !sight.whole ? sight.test : undefined
  const judged = (of: Row) => [where?.(of), scoped && !doubt ? planning.scope(of) : undefined]
  const given = page.filter ?? undefined
  const conditionsOn = (of: Row) => [...judged(of), given && filterSql(planning, of, given, filter, false)]
  const terms = (page.orderBy ?? []).map((term) => ({ name: propertyOfOrder(order!, taken(term.field)), descending: taken(term.direction) === 'DESC' }))
  const keys = orderKeys(planning, row, terms)
  const signature = signatureOf(row.type, terms)
  const after = cursorValues(page.after, signature, keys.length, 'after')
  const before = cursorValues(page.before, signature, keys.length, 'before')
  // A masked key has no index, so every row is looked at before the first is known: then not one by one.
  const isMasked = terms.some(({ name }) => planning.door(row, name, 'order').kind !== 'open')
  const window: Window = {
    filter: given, filterType: filter, judged, isJudged: where !== undefined || (scoped && !doubt && sight !== undefined), limit: named.has('pageInfo') ? size + 1 : size, backwards,
    seen: (of) => (doubt ? planning.scopeSight(of)!.test : undefined),
    keysOf: (of) => (of.alias === row.alias ? keys : orderKeys(planning, of, terms)),
    between: (own) => [after && beyond(own, after, false), before && beyond(own, before, true)],
  }
  const isCountOnly = asked.every(({ name }) => name === 'totalCount' || name === 'isTotalCountExact' || name === '__typename')
  const ways = !isMasked && !isCountOnly && hasTwoWays(row, given, filter, terms.length) ? twoWaysSql(planning, row, window) : undefined
  const rowsOfPage = ways?.rows ?? windowSql(row, window, conditionsOn(isMasked ? row : row.paged()))
  if (allowed?.isFlat) {
    const { cells, joins } = flatOf(row, named.has('nodes') ? asked.find(({ name }) => name === 'nodes')!.nodes : [])
    return sql`(select coalesce(json_agg(json_build_array(${sql.join(cells)}) order by ${orderSql(keys, backwards)}), '[]'::json) from ${rowsOfPage} ${sql.join(joins, sql` `)})`
  }

  const lists: Predicate[] = []
  const listed = (value: Predicate): Predicate => {
    lists.push(ifSeen(value))
    return sql`coalesce(json_agg(${sql.raw(`r.n${lists.length - 1}`)} order by r.i ${sql.raw(backwards ? 'desc' : 'asc')}) filter (where r.i <= ${size}), '[]'::json)`
  }
  const rowObject = (nodes: readonly FieldNode[]) => sql`(select o from (select ${columnsOf(row, nodes)}) o)`
  const ifSeen = (value: Predicate) => (doubt ? sql`case when ${doubt} then to_json(${value}) else ${undecided} end` : value)
  // A page that is only its nodes, in order, needs no numbers: its rows become JSON as they come.
  const nodes = asked.filter(({ name }) => name === 'nodes')
  const isPlain = !backwards && !named.has('pageInfo') && !named.has('edges') && nodes.length === 1
  // Counting stops where nobody reads on: exact counts of 100,000 rows took most of a page's time, and ten times as long with ten times the rows.
  const counted = (limit: number, count: Predicate) => {
    // What was gathered for the page is counted as it is, where nothing is left to judge and the page begins where the list does.
    const isGathered = ways && !window.isJudged && !after && !before
    const of = planning.model.row(row.of, planning.aliases, row.parent)
    const passes = doubt && planning.scopeSight(of.paged())!.test
    const rows = isGathered ? sql`(select * from near limit ${sql.lit(limit)}) m` : sql`(select ${passes ? sql`${passes} as seen` : sql`1`} from ${of.from} where ${both(conditionsOn(of))} limit ${sql.lit(limit)}) m`
    return passes ? sql`(select case when count(*) filter (where m.seen) = count(*) then to_json(${count}) else ${undecided} end from ${rows})` : sql`(select ${count} from ${rows})`
  }
  const pageInfo = (of: readonly FieldNode[]) => {
    const info = pageInfoSql(planning, of, size, backwards, page, { before: before !== undefined, after: after !== undefined })
    // The row after the page is in no object, and tells that there is more.
    return doubt ? sql`case when count(*) filter (where r.seen) = count(*) then ${info} else ${undecided} end` : info
  }
  const part = (name: string, of: readonly FieldNode[]): Predicate => {
    switch (name) {
      case 'totalCount':
        return counted(maxCount, sql`count(*)`)
      case 'isTotalCountExact':
        return counted(maxCount + 1, sql`count(*) <= ${sql.lit(maxCount)}`)
      case 'nodes':
        return isPlain ? sql`coalesce(json_agg(${sql.raw(doubt ? 'r.o' : 'r')}), '[]'::json)` : listed(rowObject(of))
      case 'edges':
        return listed(edgeSql(planning, row, of, rowObject, () => cursorSql(signature, keys)))
      case 'pageInfo':
        return pageInfo(of)
      default:
        return sql.lit(`${row.type}Connection`)
    }
  }
  const parts = asked.map(({ key, name, nodes: of }) => sql`${part(name, of)} as ${sql.id(key)}`)
  if (isCountOnly) return sql`(select row_to_json(c) from (select ${sql.join(parts)}) c)`
  const numbered = [sql`row_number() over () as i`, ...lists.map((value, index) => sql`${value} as ${sql.raw(`n${index}`)}`), ...(named.has('pageInfo') ? [sql`${cursorSql(signature, keys)} as c`] : []), ...(doubt ? [sql`${doubt} as seen`] : [])]
  const columns = !isPlain ? sql.join(numbered) : doubt ? sql`${ifSeen(rowObject(nodes[0]!.nodes))} as o` : columnsOf(row, nodes[0]!.nodes)
  return sql`(select row_to_json(c) from (${ways ? sql`${ways.gathered} ` : sql``}select ${sql.join(parts)} from (select ${columns} from ${rowsOfPage}) r) c)`
}

function edgeSql(planning: Planning, row: Row, fields: readonly FieldNode[], rowObject: (nodes: readonly FieldNode[]) => Predicate, cursor: () => Predicate): Predicate {
  const entries = planning.subfields(`${row.type}Edge`, fields).map(({ key, name, nodes }) => {
    const value = name === 'cursor' ? cursor() : name === 'node' ? rowObject(nodes) : sql.lit(`${row.type}Edge`)
    return sql`${sql.lit(key)}, ${value}`
  })
  return sql`json_build_object(${sql.join(entries)})`
}

function pageInfoSql(planning: Planning, fields: readonly FieldNode[], size: number, backwards: boolean, page: Page, bounds: { before: boolean; after: boolean }): Predicate {
  const more = sql`coalesce(bool_or(r.i > ${size}), false)`
  const end = (largest: boolean) => sql`(array_agg(r.c order by r.i ${sql.raw(largest ? 'desc' : 'asc')}) filter (where r.i <= ${size}))[1]`
  const value = (name: string): Predicate => {
    switch (name) {
      case 'hasNextPage':
        return backwards ? sql.lit(bounds.before) : more
      case 'hasPreviousPage':
        return backwards ? more : sql.lit(bounds.after)
      case 'startCursor':
        return end(backwards)
      case 'endCursor':
        return sql`coalesce(${end(!backwards)}, cast(${backwards ? '' : (page.after ?? '')} as text))`
      default:
        return sql.lit('PageInfo')
    }
  }
  return sql`json_build_object(${sql.join(planning.subfields('PageInfo', fields).map(({ key, name }) => sql`${sql.lit(key)}, ${value(name)}`))})`
}

/** The order's keys, each through its field's order door, with the id last so that no two rows tie. */
export function orderKeys(planning: Planning, row: Row, terms: readonly { name: string; descending: boolean }[]): OrderKey[] {
  const keys = terms.map(({ name, descending }) => {
    const column = row.of.columns.get(name)
    const guard = planning.door(row, name, 'order')
    const plain = row.column(name)
    const cast = column?.type.replace(/\(\d+\)$/, '').replace(/^varchar$/, 'text') ?? 'text'
    if (guard.kind === 'open') return { expression: plain, cast, descending, nullable: column?.nullable ?? true }
    planning.search(row, name, 'order')
    const expression = guard.kind === 'never' ? sql`cast(null as ${sql.raw(cast)})` : sql`case when ${toSql(guard, row)} then ${plain} end`
    return { expression, cast, descending, nullable: true }
  })
  return [...keys, { expression: row.column('id'), cast: 'text', descending: terms.at(-1)?.descending ?? false, nullable: false }]
}

export function pageSize({ first, last }: Pick<Page, 'first' | 'last'>, maxPage = maxRows): number {
  const given = first ?? last
  const argument = first !== null && first !== undefined ? 'first' : 'last'
  if (first !== null && first !== undefined && last !== null && last !== undefined) {
    throw new Refusal('BAD_USER_INPUT', { en: 'Give `first` or `last`, not both.', zh: '`first` 与 `last` 只能给出一个。' }, 'last')
  }
  if (given === null || given === undefined) return defaultPage
  if (given < 1 || given > maxPage) {
    throw new Refusal('BAD_USER_INPUT', { en: `\`${argument}\` must be 1 to ${maxPage}; got ${given}. Page on with \`after\`.`, zh: `\`${argument}\` 须为 1 至 ${maxPage}，当前为 ${given}，请用 after 翻页。` }, argument)
  }
  return given
}

