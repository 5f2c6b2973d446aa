import { sql } from 'kysely'
import { Kind, type FieldNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { Predicate } from '../../access/index.js'
import { rootSpec, selectText, textWith, type Engine, type ToldInDatabase } from '../../engine/index.js'
import type { ColumnType } from '../../formats/index.js'
import { snakeCase } from '../../kernel/index.js'
import { postsOfToken } from '../../modules/people/index.js'
import { isList, readingOf, type ListView, type View, type ViewColumn } from './view.js'

const types: Readonly<Record<ColumnType, string>> = { ID: 'text', STRING: 'text', ENUM: 'text', INT: 'integer', DECIMAL: 'numeric', BOOLEAN: 'boolean', DAY: 'date', INSTANT: 'timestamptz' }
/** `taskId` → `task_id`: names in SQL are not case-sensitive unless quoted. */
export const sqlName = snakeCase

const lookUp: ToldInDatabase = (what, roles) => {
  if (what === 'person') return 'null'
  if (what === 'today') return '(select heli_sql.today())'
  const of = `array[${roles.map((role) => `'${role}'`).join(', ')}]::text[]`
  return what === 'holds' ? `(select heli_sql.holds(${of}))` : `(select heli_sql.places('${what}', ${of}))`
}

const todayText = `(now() at time zone 'Asia/Shanghai')::date`

/**
 * What the views ask of whoever is signed in. They go by `session_user`, which nobody but a superuser can change in a session: no setting and no `set role` does.
 * Each is asked once a statement.
 */
function functions(): string[] {
  const mine = textWith(postsOfToken(sql`s.id = (select r.token_id from public.sql_role r where r.name = session_user)`), (what) => {
    if (what === 'today') return todayText
    throw new Error(`the posts of a token do not depend on ${what}`)
  })
  const made = (signature: string, body: string) => `create or replace function heli_sql.${signature} stable security definer set search_path = pg_catalog, public, pg_temp as $body$ ${body} $body$`
  return [
    made('today() returns date language sql', `select ${todayText}`),
    made('posts() returns table (role text, unit_id text, line_path text, division_path text) language sql', `select unnest(p.standings), p."unitId", p."linePath", p."divisionPath" from (${mine}) p where p."unitId" is not null`),
    made('is_live() returns boolean language sql', `select exists (select 1 from (${mine}) p)`),
    made('holds(roles text[]) returns boolean language sql', 'select exists (select 1 from heli_sql.posts() p where p.role = any(roles))'),
    made(
      'places(what text, roles text[]) returns text[] language sql',
      `select coalesce(array_agg(distinct place), '{}') from heli_sql.posts() p cross join lateral unnest(case what
        when 'units' then array[p.unit_id] when 'lines' then array[p.line_path] when 'divisions' then array[p.division_path]
        when 'above' then (string_to_array(p.line_path, '/'))[2:cardinality(string_to_array(p.line_path, '/')) - 2] end) place where p.role = any(roles)`,
    ),
  ]
}

const called = /\b(heli_[a-z_]+)\(/g

/** A select that names functions of the house: these look into tables that its reader may not see, so they are called through ones that may. */
function throughOwner(text: string, needed: Set<string>): string {
  return text.replace(called, (_all, name: string) => {
    needed.add(name)
    return `heli_sql.${name}(`
  })
}

const wrapper = (name: string): string => `do $do$ declare f record; begin
  for f in select p.oid, pg_get_function_identity_arguments(p.oid) as given, pg_get_function_result(p.oid) as result, p.pronargs as n from pg_proc p where p.proname = '${name}' and p.pronamespace = 'public'::regnamespace loop
    execute format('create or replace function heli_sql.%I(%s) returns %s language sql stable security definer set search_path = pg_catalog, public, pg_temp as %L', '${name}', f.given, f.result,
      format('select public.%I(%s)', '${name}', (select coalesce(string_agg('$' || a, ', '), '') from generate_series(1, f.n) a)));
  end loop; end $do$`

/** Takes the views away, so that their tables can be changed. */
export const withoutSqlViews: readonly string[] = ['drop schema if exists bi cascade', 'drop schema if exists heli_sql cascade']

/**
 * Statements that make the flat views into views of the schema `bi`, anew: the owner runs them once its tables are as this build has them.
 * @param readers  roles that may read them
 */
export function sqlViews(engine: Pick<Engine, 'model' | 'policy'>, schema: GraphQLSchema, views: readonly View[], readers: readonly string[]): string[] {
  const needed = new Set<string>()
  // What is reckoned when it is asked for is no select.
  const made = views.filter(isList).map((view) => ({ view, text: throughOwner(selectOf(engine, schema, view), needed) }))
  return [
    ...withoutSqlViews,
    'create schema bi',
    'create schema heli_sql',
    ...functions(),
    ...[...needed].map(wrapper),
    ...made.flatMap(({ view, text }) => {
      const name = `bi."${sqlName(view.name)}"`
      const comments = view.columns.map(({ name: column, labelZh, unit }) => `comment on column ${name}."${sqlName(column)}" is ${quoted(`${labelZh}${unit ? `（${unit}）` : ''}`)}`)
      return [`create view ${name} with (security_barrier = true) as ${text}`, `comment on view ${name} is ${quoted(view.labelZh)}`, ...comments]
    }),
    'revoke all on all functions in schema heli_sql from public',
    // A function in a view runs for whoever asks the view, so they may run those that the views name; by name they cannot be called without the schema.
    ...readers.flatMap((reader) => [`grant usage on schema bi to "${reader}"`, `grant select on all tables in schema bi to "${reader}"`, `grant execute on all functions in schema heli_sql to "${reader}"`]),
  ]
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

function selectOf(engine: Pick<Engine, 'model' | 'policy'>, schema: GraphQLSchema, view: ListView): string {
  const { documents, places } = readingOf(view, view.columns)
  const [list] = (documents.flat.definitions[0] as OperationDefinitionNode).selectionSet.selections as FieldNode[]
  const nodes = list!.selectionSet!.selections.filter((part): part is FieldNode => part.kind === Kind.FIELD && part.name.value === 'nodes')
  const finish = (leaves: readonly Predicate[]) => sql.join(view.columns.map((column, at) => sql`${cast(column, leaves[places[at]!]!)} as ${sql.id(sqlName(column.name))}`))
  return selectText(engine, schema, rootSpec(view.list)!.to, nodes, finish, sql`(select heli_sql.is_live())`, lookUp)
}

const cast = ({ type, of }: ViewColumn, leaf: Predicate): Predicate =>
  type === 'STRING' && of ? sql`nullif(array_to_string(cast(${leaf} as text[]), ';'), '')` : sql`cast(${leaf} as ${sql.raw(types[type])})`
