import { sql } from 'kysely'
import { isObjectType, type FieldNode, type FragmentDefinitionNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import { toSql, type Door, type Guard, type Policy, type Predicate, type RowRef, type Viewer } from '../access/index.js'
import type { Among, ReadSpec } from './fields.js'
import { glance, type Sight } from './glance.js'
import { Aliases, type Model, type Row } from './model.js'

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
  /** Its JSON may hold `undecidedMark`, and is no answer then. */
  undecided: boolean
  /** Sensitive fields that it is searched or ordered by. */
  searched: ReadonlySet<string>
}

/** What the parts of one plan share: for whom, of what, and what came up on the way. */
export class Planning {
  readonly aliases = new Aliases()
  readonly #searched = new Set<string>()
  #fenced = false
  #unfinished = false
  #undecided = false

  constructor(
    readonly model: Model,
    readonly policy: Policy,
    private readonly viewer: Viewer,
    readonly selected: Selected,
    /** Rows are asked by their own columns alone, and marked where those do not decide. */
    private readonly atAGlance = false,
  ) {}

  planned(expression: Predicate): Planned {
    return { expression, fenced: this.#fenced, unfinished: this.#unfinished, undecided: this.#undecided, searched: this.#searched }
  }

  /** A value will be made in JavaScript. */
  leaveUnfinished(): void {
    this.#unfinished = true
  }

  /** A sensitive value is read. */
  fence(): void {
    this.#fenced = true
  }

  /** A field is searched or ordered by; noted where it is sensitive. */
  search(row: Row, field: string, door: Door): void {
    const spec = row.of.specs.get(field)
    if (spec?.kind !== 'value' || !spec.fenced) return
    this.#fenced = true
    this.#searched.add(`${row.type}.${field}/${door}`)
  }

  door(row: Row, field: string, door: Door): Guard {
    return this.policy.door(this.viewer, row.type, field, door)
  }

  /** Which rows of the type exist for the viewer; undefined for all. */
  scope(row: Row): Predicate | undefined {
    const guard = this.policy.scope(this.viewer, row.type)
    return guard.kind === 'open' ? undefined : toSql(guard, row)
  }

  /** What is said of a row: by the guard itself, or by what a glance tells of it. */
  sight(guard: Guard, row: Row, oneLookUp = false): Sight {
    const sight = this.atAGlance ? glance(guard, row, oneLookUp) : { test: toSql(guard, row), whole: true }
    if (!sight.whole) this.#undecided = true
    return sight
  }

  /** The same of the scope; undefined where all rows of the type exist for the viewer. */
  scopeSight(row: Row): Sight | undefined {
    const guard = this.policy.scope(this.viewer, row.type)
    return guard.kind === 'open' ? undefined : this.sight(guard, row)
  }

  /** A row that comes with its parent has passed the scope when the parent has, and so has the parent of a row. */
  hasPassed(type: string, through: string): boolean {
    return this.policy.scopes.get(type)?.comesWith === through
  }

  /** The id to which a to-one field leads for this viewer. */
  leadsTo(row: Row, field: string): Predicate {
    const id = row.column(`${field}Id`)
    const hides = this.#mayHide(row, field)
    return hides ? sql`case when ${toSql(hides.shows, row)} then ${id} else (${hides.otherwise(row)}) end` : id
  }

  /** The same at a glance: the id, where `test` is true. Undefined where the field leads for everyone to the same, or nothing was left undecided. */
  leadsToAtAGlance(row: Row, field: string): { id: Predicate; test: Predicate } | undefined {
    const hides = this.atAGlance ? this.#mayHide(row, field) : undefined
    if (!hides) return undefined
    const { test, whole } = this.sight(hides.shows, row, true)
    return whole ? undefined : { id: row.column(`${field}Id`), test }
  }

  /** The rows of another table of which one names the object that a field leads to. */
  among(row: Row, field: string): Among | undefined {
    const spec = row.of.specs.get(field)
    return spec?.kind === 'one' ? spec.among?.(row) : undefined
  }

  #mayHide(row: Row, field: string): { shows: Guard; otherwise: (row: RowRef) => Predicate } | undefined {
    const spec = row.of.specs.get(field)
    if (spec?.kind !== 'one' || !spec.when || !spec.otherwise) return undefined
    const shows = this.policy.folded(this.viewer, spec.when)
    return shows.kind === 'open' ? undefined : { shows, otherwise: spec.otherwise }
  }

  /** Whether the viewer may do an act on the row. */
  mayAct(row: Row, act: string): Predicate {
    const guard = this.policy.folded(this.viewer, this.policy.act(act).when)
    return guard.kind === 'open' ? sql`true` : guard.kind === 'never' ? sql`false` : sql`coalesce(${toSql(guard, row)}, false)`
  }

  /** A row of the type that a to-one field leads to. */
  targetOf(row: Row, field: string): Row {
    const link = row.of.links.get(field)
    const spec = row.of.specs.get(field) as Extract<ReadSpec, { kind: 'one' }> | undefined
    return this.model.row(this.model.type(link ? link.to : spec!.to().name), this.aliases)
  }

  graphType(name: string): GraphQLObjectType {
    const type = this.selected.schema.getType(name)
    if (!isObjectType(type)) throw new Error(`${name} is no object type`)
    return type
  }

  /** Selected fields by response key: fragments spread, `@skip` and `@include` applied. */
  subfields(type: string, fields: readonly FieldNode[]): { key: string; name: string; nodes: readonly FieldNode[] }[] {
    const { schema, fragments, variableValues } = this.selected
    const found = collectSubfields(schema, fragments as never, variableValues, this.graphType(type), fields as FieldNode[])
    return [...found].map(([key, nodes]) => ({ key, name: nodes[0]!.name.value, nodes }))
  }
}

/** All conditions that there are. */
export const both = (conditions: readonly (Predicate | undefined)[]): Predicate => {
  const present = conditions.filter((condition) => condition !== undefined)
  return present.length === 0 ? sql`true` : sql.join(present, sql` and `)
}

/** The id of an object that the row names: none where the viewer may not see it, as a link to it answers. */
export function shownId(planning: Planning, row: Row, property: string): Predicate {
  const target = planning.targetOf(row, property)
  const id = planning.leadsTo(row, property)
  const scope = planning.hasPassed(row.type, property) ? undefined : planning.scope(target)
  return scope ? sql`(select ${target.column('id')} from ${target.from} where ${both([sql`${target.column('id')} = ${id}`, scope])})` : id
}
