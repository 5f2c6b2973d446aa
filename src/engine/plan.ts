import { sql } from 'kysely'
import { isObjectType, type FieldNode, type FragmentDefinitionNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { getArgumentValues } from 'graphql/execution/values.js'
import { toSql, type Door, type Guard, type Policy, type Predicate, type RowRef, type Viewer } from '../access/index.js'
import { Refusal } from '../kernel/index.js'
import { beyond, cursorSql, orderSql, readCursor, signatureOf, type OrderKey } from './cursor.js'
import { propertyOfOrder, type ReadSpec } from './fields.js'
import { compareSql, partsOf } from './filter.js'
import { Aliases, type Model, type Row, type TypeModel } from './model.js'
import { DerivedSlot, taken, VariableSlot } from './statement.js'

/** The part of a running operation that a plan depends on. */
export interface Selected {
  schema: GraphQLSchema
  fragments: Readonly<Record<string, FragmentDefinitionNode>>
  variableValues: Record<string, unknown>
}

/** A selection as one SQL expression that yields the answer's JSON in its final shape. */
export interface Planned {
  expression: Predicate
  /** It reads a table under row-level security, so it needs the fence's settings. */
  fenced: boolean
  /** A value of it is made in JavaScript, so its JSON is not yet the answer. */
  unfinished: boolean
  /** Sensitive fields that it is searched or ordered by. */
  searched: ReadonlySet<string>
}

interface Page {
  filter?: Record<string, unknown> | null
  orderBy?: { field: string; direction: 'ASC' | 'DESC' }[] | null
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

/** JSON that stands for a hidden value and names its field. `~` is no GraphQL name, and a text would hold its quotes escaped, so no answer can look like it. */
const hidden = (type: string, field: string): Predicate => sql.raw(`'{"~":"${type}.${field}"}'::json`)
export const hiddenMarks = /\{"~":"(\w+\.\w+)"\}/g
const maxPage = 200
const defaultPage = 50

/**
 * Turns a selection into SQL for one viewer: every field through its door, every row through its scope.
 * The whole answer is one expression, so one statement reads it in one snapshot however deep it is.
 */
export class Plan {
  readonly #aliases = new Aliases()
  #fenced = false
  #unfinished = false
  readonly #searched = new Set<string>()

  constructor(
    private readonly model: Model,
    private readonly policy: Policy,
    private readonly viewer: Viewer,
    private readonly selected: Selected,
  ) {}

  /** One row by id, or JSON null. */
  byId(type: TypeModel, id: string, fields: readonly FieldNode[]): Planned {
    const row = this.model.row(type, this.#aliases)
    return this.#planned(this.#object(row, fields, sql`${row.column('id')} = ${id}`, true, true))
  }

  /** A page of a type. */
  page(type: TypeModel, fields: readonly FieldNode[], page: Page, filter: Function, order: object | undefined, where?: (row: RowRef) => Predicate): Planned {
    return this.#planned(this.#connection(this.model.row(type, this.#aliases), fields, page, filter, order, where, true))
  }

  #planned(expression: Predicate): Planned {
    return { expression, fenced: this.#fenced, unfinished: this.#unfinished, searched: this.#searched }
  }

  #door(type: string, field: string, door: Door): Guard {
    return this.policy.door(this.viewer, type, field, door)
  }

  #scope(row: Row): Predicate | undefined {
    const guard = this.policy.scope(this.viewer, row.type)
    return guard.kind === 'open' ? undefined : toSql(guard, row)
  }

  #graphType(name: string): GraphQLObjectType {
    const type = this.selected.schema.getType(name)
    if (!isObjectType(type)) throw new Error(`${name} is no object type`)
    return type
  }

  #subfields(type: GraphQLObjectType, fields: readonly FieldNode[]) {
    const { schema, fragments, variableValues } = this.selected
    return collectSubfields(schema, fragments as never, variableValues, type, fields as FieldNode[])
  }

  /** `select … as "responseKey", …`: the columns of one row's object. */
  #columns(row: Row, fields: readonly FieldNode[], isTyped = false): Predicate {
    const graph = this.#graphType(row.type)
    const columns: Predicate[] = isTyped ? [sql`${sql.lit(row.type)} as "__typename"`] : []
    const needs = new Set<string>()
    for (const [key, nodes] of this.#subfields(graph, fields)) {
      const name = nodes[0]!.name.value
      if (name === '__typename') {
        columns.push(sql`${sql.lit(row.type)} as ${sql.id(key)}`)
        continue
      }
      const spec = row.of.specs.get(name)
      if (spec?.kind === 'computed') {
        if (this.#door(row.type, name, 'read').kind !== 'open') throw new Error(`${row.type}.${name}: a computed field is guarded by the columns that it reads`)
        for (const need of spec.needs) needs.add(need)
      } else {
        // Whose value it was goes into the audit trail.
        if (spec?.kind === 'value' && spec.fenced) needs.add('id')
        const args = getArgumentValues(graph.getFields()[name]!, nodes[0]!, this.selected.variableValues)
        columns.push(sql`${this.#guarded(row, name, () => this.#value(row, name, spec, nodes, args))} as ${sql.id(key)}`)
      }
    }
    if (needs.size > 0) this.#unfinished = true
    for (const need of needs) columns.push(sql`${this.#needed(row, need)} as ${sql.id(`~${need}`)}`)
    return columns.length > 0 ? sql.join(columns) : sql`1 as "~~"`
  }

  /** The value through its read door, or the mark of a hidden one. */
  #guarded(row: Row, name: string, value: () => Predicate): Predicate {
    const guard = this.#door(row.type, name, 'read')
    if (guard.kind === 'open') return value()
    if (guard.kind === 'never') return hidden(row.type, name)
    return sql`case when ${toSql(guard, row)} then to_json(${value()}) else ${hidden(row.type, name)} end`
  }

  /** A property that a computed field reads: through its own door, or free where it is in no graph. */
  #needed(row: Row, name: string): Predicate {
    const isInGraph = this.policy.rows.get(row.type)?.has(name) ?? false
    return isInGraph ? this.#guarded(row, name, () => this.#scalar(row, name)) : this.#scalar(row, name)
  }

  #scalar(row: Row, name: string): Predicate {
    const column = row.of.columns.get(name)
    if (column) return column.asText ? sql`cast(${row.column(name)} as text)` : row.column(name)
    const spec = row.of.specs.get(name)
    if (spec?.kind !== 'value') throw new Error(`${row.type}.${name} has no reading`)
    if (spec.fenced) this.#fenced = true
    return row.column(name)
  }

  #value(row: Row, name: string, spec: ReadSpec | undefined, nodes: readonly FieldNode[], args: Record<string, unknown>): Predicate {
    const link = row.of.links.get(name)
    if (link || spec?.kind === 'one') {
      const target = this.model.row(this.model.type(link ? link.to : (spec as { to: () => Function }).to().name), this.#aliases)
      // A row that is visible because its parent is has passed the parent's scope already.
      const passed = this.policy.scopes.get(row.type)?.comesWith === name
      return this.#object(target, nodes, sql`${target.column('id')} = ${row.column(`${name}Id`)}`, !passed)
    }
    if (spec?.kind === 'list' || spec?.kind === 'connection') {
      const child = this.model.row(this.model.of(spec.to()), this.#aliases, spec.by)
      const belongs = (of: RowRef) => sql`${of.column(`${spec.by}Id`)} = ${row.column('id')}`
      const scoped = this.policy.scopes.get(child.type)?.comesWith !== spec.by
      if (spec.kind === 'connection') return this.#connection(child, nodes, args as Page, spec.filter, spec.order, belongs, scoped)
      const conditions = [belongs(child), scoped ? this.#scope(child) : undefined, spec.where?.(child, args)]
      return this.#array(child, nodes, conditions, sql.join(spec.order.map((path) => fixedOrder(child, path))))
    }
    return this.#scalar(row, name)
  }

  #object(row: Row, fields: readonly FieldNode[], match: Predicate, scoped: boolean, isTyped = false): Predicate {
    const where = both([match, scoped ? this.#scope(row) : undefined])
    return sql`(select row_to_json(o) from (select ${this.#columns(row, fields, isTyped)} from ${row.from} where ${where}) o)`
  }

  #array(row: Row, fields: readonly FieldNode[], conditions: (Predicate | undefined)[], order: Predicate): Predicate {
    return sql`(select coalesce(json_agg(row_to_json(o)), '[]'::json) from (select ${this.#columns(row, fields)} from ${row.from} where ${both(conditions)} order by ${order}) o)`
  }

  #connection(row: Row, fields: readonly FieldNode[], page: Page, filter: Function, order: object | undefined, where: ((row: RowRef) => Predicate) | undefined, scoped: boolean): Predicate {
    const size = pageSize({ first: taken(page.first), last: taken(page.last) })
    const backwards = page.last !== null && page.last !== undefined
    const asked = [...this.#subfields(this.#graphType(`${row.type}Connection`), fields)].map(([key, nodes]) => ({ key, name: nodes[0]!.name.value, nodes }))

    const conditionsOn = (of: Row) => [where?.(of), scoped ? this.#scope(of) : undefined, page.filter ? this.filter(of, page.filter, filter, false) : undefined]
    const terms = (page.orderBy ?? []).map((term) => ({ name: propertyOfOrder(order!, taken(term.field)), descending: taken(term.direction) === 'DESC' }))
    const keys = this.#orderKeys(row, terms)
    const signature = signatureOf(row.type, terms)
    const after = cursorOf(page.after, signature, keys.length, 'after')
    const before = cursorOf(page.before, signature, keys.length, 'before')
    const bounds = { before: before !== undefined, after: after !== undefined }

    const named = new Set(asked.map(({ name }) => name))
    const limit = named.has('pageInfo') ? size + 1 : size
    const window = [...conditionsOn(row), after && beyond(keys, after, false), before && beyond(keys, before, true)]
    const pageOfRows = sql`(select ${sql.raw(`${row.alias}.*`)} from ${row.from} where ${both(window)} order by ${orderSql(keys, backwards)} limit ${limit}) ${sql.raw(row.alias)}`

    const columns: Predicate[] = []
    // A page that is only its nodes, in order, needs no numbers: its rows become JSON as they come.
    const isPlain = !backwards && !named.has('pageInfo') && !named.has('edges') && asked.filter(({ name }) => name === 'nodes').length === 1
    const listed = (value: Predicate): Predicate => {
      columns.push(value)
      const column = sql.raw(`r.n${columns.length - 1}`)
      return sql`coalesce(json_agg(${column} order by r.i ${sql.raw(backwards ? 'desc' : 'asc')}) filter (where r.i <= ${size}), '[]'::json)`
    }
    const rowObject = (nodesOf: readonly FieldNode[]) => sql`(select row_to_json(o) from (select ${this.#columns(row, nodesOf)}) o)`
    const parts = asked.map(({ key, name, nodes }) => {
      const part = (): Predicate => {
        switch (name) {
          case 'totalCount': {
            const counted = this.model.row(row.of, this.#aliases, row.parent)
            return sql`(select count(*) from ${counted.from} where ${both(conditionsOn(counted))})`
          }
          case 'nodes':
            return isPlain ? sql`coalesce(json_agg(row_to_json(r)), '[]'::json)` : listed(rowObject(nodes))
          case 'edges':
            return listed(this.#edge(row, nodes, rowObject, () => cursorSql(signature, keys)))
          case 'pageInfo':
            return this.#pageInfo(nodes, size, backwards, page, bounds)
          default:
            return sql.lit(`${row.type}Connection`)
        }
      }
      return sql`${part()} as ${sql.id(key)}`
    })
    const plainNodes = isPlain ? asked.find(({ name }) => name === 'nodes')! : undefined
    const numbered = [sql`row_number() over () as i`, ...columns.map((value, index) => sql`${value} as ${sql.raw(`n${index}`)}`), ...(named.has('pageInfo') ? [sql`${cursorSql(signature, keys)} as c`] : [])]
    const rows = plainNodes ? this.#columns(row, plainNodes.nodes) : sql.join(numbered)
    const isCounted = asked.every(({ name }) => name === 'totalCount' || name === '__typename')
    return sql`(select row_to_json(c) from (select ${sql.join(parts)} ${isCounted ? sql`` : sql`from (select ${rows} from ${pageOfRows}) r`}) c)`
  }

  #edge(row: Row, fields: readonly FieldNode[], rowObject: (nodes: readonly FieldNode[]) => Predicate, cursor: () => Predicate): Predicate {
    const entries = [...this.#subfields(this.#graphType(`${row.type}Edge`), fields)].map(([key, nodes]) => {
      const name = nodes[0]!.name.value
      return sql`${sql.lit(key)}, ${name === 'cursor' ? cursor() : name === 'node' ? rowObject(nodes) : sql.lit(`${row.type}Edge`)}`
    })
    return sql`json_build_object(${sql.join(entries)})`
  }

  #pageInfo(fields: readonly FieldNode[], size: number, backwards: boolean, page: Page, bounds: { before: boolean; after: boolean }): Predicate {
    const more = sql`coalesce(bool_or(r.i > ${size}), false)`
    const end = (largest: boolean) => sql`(array_agg(r.c order by r.i ${sql.raw(largest ? 'desc' : 'asc')}) filter (where r.i <= ${size}))[1]`
    const parts = [...this.#subfields(this.#graphType('PageInfo'), fields)].flatMap(([key, nodes]) => {
      switch (nodes[0]!.name.value) {
        case 'hasNextPage':
          return [sql`${sql.lit(key)}, ${backwards ? sql`${sql.lit(bounds.before)}` : more}`]
        case 'hasPreviousPage':
          return [sql`${sql.lit(key)}, ${backwards ? more : sql`${sql.lit(bounds.after)}`}`]
        case 'startCursor':
          return [sql`${sql.lit(key)}, ${end(backwards)}`]
        case 'endCursor':
          return [sql`${sql.lit(key)}, coalesce(${end(!backwards)}, cast(${backwards ? '' : (page.after ?? '')} as text))`]
        default:
          return [sql`${sql.lit(key)}, 'PageInfo'`]
      }
    })
    return sql`json_build_object(${sql.join(parts)})`
  }

  #orderKeys(row: Row, terms: readonly { name: string; descending: boolean }[]): OrderKey[] {
    const keys = terms.map(({ name, descending }) => {
      const column = row.of.columns.get(name)
      const guard = this.#door(row.type, name, 'order')
      const plain = row.column(name)
      const cast = column?.type.replace(/\(\d+\)$/, '').replace(/^varchar$/, 'text') ?? 'text'
      if (guard.kind === 'open') return { expression: plain, cast, descending, nullable: column?.nullable ?? true }
      const spec = row.of.specs.get(name)
      if (spec?.kind === 'value' && spec.fenced) this.#search(row.type, name, 'order')
      const expression = guard.kind === 'never' ? sql`cast(null as ${sql.raw(cast)})` : sql`case when ${toSql(guard, row)} then ${plain} end`
      return { expression, cast, descending, nullable: true }
    })
    const last = terms.at(-1)?.descending ?? false
    return [...keys, { expression: row.column('id'), cast: 'text', descending: last, nullable: false }]
  }

  #search(type: string, field: string, door: Door): void {
    this.#fenced = true
    this.#searched.add(`${type}.${field}/${door}`)
  }

  /** A filter over a row. Each comparison passes its field's filter door; a negation moves to the leaves, so a hidden value matches neither way. */
  filter(row: Row, value: Record<string, unknown>, filter: Function, negated: boolean): Predicate {
    const joined = (conditions: Predicate[], isAnd: boolean): Predicate =>
      conditions.length === 0 ? sql.raw(isAnd !== negated ? 'true' : 'false') : sql`(${sql.join(conditions, isAnd !== negated ? sql` and ` : sql` or `)})`
    const conditions: Predicate[] = []
    for (const [key, part] of Object.entries(value)) {
      if (part === null || part === undefined) continue
      if (key === 'and' || key === 'or') conditions.push(joined((part as Record<string, unknown>[]).map((each) => this.filter(row, each, filter, negated)), key === 'and'))
      else if (key === 'not') conditions.push(this.filter(row, part as Record<string, unknown>, filter, !negated))
      else conditions.push(this.#comparison(row, key, part as Record<string, unknown>, filter, negated, joined))
    }
    return joined(conditions, true)
  }

  #comparison(row: Row, field: string, operand: Record<string, unknown>, filter: Function, negated: boolean, joined: (of: Predicate[], isAnd: boolean) => Predicate): Predicate {
    const guard = this.#door(row.type, field, 'filter')
    if (guard.kind === 'never') return sql`false`
    const part = partsOf(filter).get(field)!
    const allowed = (condition: Predicate) => (guard.kind === 'open' ? condition : sql`(${toSql(guard, row)} and ${condition})`)
    if (part.kind === 'compare') {
      const spec = row.of.specs.get(field)
      if (spec?.kind === 'value' && spec.fenced) this.#search(row.type, field, 'filter')
      const column = row.column(field)
      const tests = Object.entries(operand).flatMap(([operator, against]) => (against === undefined || (against === null && operator !== 'eq' && operator !== 'ne') ? [] : [compareSql(column, operator, against, part.by, negated)]))
      return allowed(joined(tests, true))
    }
    const spec = row.of.specs.get(field)
    if (part.kind === 'one') {
      const link = row.of.links.get(field)
      const target = this.model.row(this.model.type(link ? link.to : (spec as { to: () => Function }).to().name), this.#aliases)
      const passed = this.policy.scopes.get(row.type)?.comesWith === field
      const where = both([sql`${target.column('id')} = ${row.column(`${field}Id`)}`, passed ? undefined : this.#scope(target), this.filter(target, operand, part.filter(), negated)])
      return allowed(sql`exists (select 1 from ${target.from} where ${where})`)
    }
    if (spec?.kind !== 'list' && spec?.kind !== 'connection') throw new Error(`${row.type}.${field} is no list`)
    const quantified = Object.entries(operand).flatMap(([quantifier, inner]) => {
      if (!inner) return []
      const child = this.model.row(this.model.of(spec.to()), this.#aliases, spec.by)
      const scoped = this.policy.scopes.get(child.type)?.comesWith !== spec.by
      const where = both([sql`${child.column(`${spec.by}Id`)} = ${row.column('id')}`, scoped ? this.#scope(child) : undefined, this.filter(child, inner as Record<string, unknown>, part.filter(), false)])
      const exists = (quantifier === 'some') !== negated
      return [sql`${sql.raw(exists ? 'exists' : 'not exists')} (select 1 from ${child.from} where ${where})`]
    })
    return allowed(joined(quantified, true))
  }
}

/** `property` or `property desc`. */
const fixedOrder = (row: Row, term: string): Predicate => {
  const [path, direction] = term.split(' ')
  return direction === 'desc' ? sql`${row.column(path!)} desc` : row.column(path!)
}

const both = (conditions: readonly (Predicate | undefined)[]): Predicate => {
  const present = conditions.filter((condition) => condition !== undefined)
  return present.length === 0 ? sql`true` : sql.join(present, sql` and `)
}

/** A cursor's key values, now or, for a variable, when the statement runs; the text depends on which of them are null. */
function cursorOf(cursor: string | null | undefined, signature: string, keys: number, argument: string): (string | null)[] | undefined {
  if (!((cursor as unknown) instanceof VariableSlot)) return readCursor(cursor, signature, keys, argument)
  const slot = cursor as unknown as VariableSlot
  const read = (value: unknown) => readCursor(value as string | null, signature, keys, argument)
  const shape = (values: (string | null)[] | undefined) => values?.map((value) => value === null).join()
  const values = read(slot.value)
  slot.take((other) => shape(read(other)) === shape(values))
  return values?.map((value, index) => (value === null ? null : (new DerivedSlot(slot, (other) => read(other)![index]) as never)))
}

function pageSize({ first, last }: Pick<Page, 'first' | 'last'>): number {
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

