import { sql } from 'kysely'
import type { FieldNode, GraphQLSchema } from 'graphql'
import { Slot, toSql, viewerOf, type Predicate } from '../access/index.js'
import { cellsOf, type Leaves } from './plan-flat.js'
import { Planning } from './planning.js'
import type { Engine } from './read.js'
import { compileWithSlots } from './statement.js'

/** Every role may be its, and none is known of it. */
const anyToken = viewerOf('service', {}, [])

/** How the database itself tells a value of whoever is signed in to it. */
export type ToldInDatabase = (what: string, roles: readonly string[]) => string

/**
 * The rows of a type and the leaves of a selection as a `select` that needs no values: the guards of the graph, with the viewer asked of the database.
 * What is hidden is null. `finish` makes columns of the leaves; `live` must hold for there to be rows at all.
 */
export function selectText(engine: Pick<Engine, 'model' | 'policy'>, schema: GraphQLSchema, of: Function, nodes: readonly FieldNode[], finish: (leaves: readonly Predicate[]) => Predicate, live: Predicate, told: ToldInDatabase): string {
  const planning = new Planning(engine.model, engine.policy.unfolded(), anyToken, { schema, fragments: {}, variableValues: {} })
  const row = engine.model.row(engine.model.of(of), planning.aliases)
  const shown = (test: Predicate, value: Predicate) => sql`case when ${test} then ${value} end`
  const leaves: Leaves = {
    guarded: (target, name) => {
      const guard = planning.door(target, name, 'read')
      return guard.kind === 'never' ? sql`null` : guard.kind === 'open' ? target.column(name) : shown(toSql(guard, target), target.column(name))
    },
    hidden: () => sql`null`,
    shown,
  }
  const { cells, joins } = cellsOf(planning, row, nodes, leaves)
  const scope = planning.scope(row)
  const builder = sql`select ${finish(cells)} from ${row.from} ${sql.join(joins, sql` `)} where ${live}${scope ? sql` and ${scope}` : sql``}`
  return textWith(builder, told)
}

/** The text of a statement with every value written into it. */
export function textWith(builder: Parameters<typeof compileWithSlots>[0], told: ToldInDatabase): string {
  const { text, values } = compileWithSlots(builder)
  return text.replace(/\$(\d+)/g, (_all, at: string) => {
    const value = values[Number(at) - 1]
    if (!(value instanceof Slot)) return literal(value)
    const [what, roles = ''] = value.key.split(':')
    return told(what!, roles.split('+').filter(Boolean))
  })
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `array[${value.map(literal).join(', ')}]`
  if (typeof value !== 'string') throw new Error('SQL that lives in the database takes texts, numbers and lists of them')
  const quoted = `'${value.replaceAll("'", "''")}'`
  return quoted.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}
