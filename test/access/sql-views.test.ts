import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { dayOf } from '../../src/kernel/index.js'
import { catalogue, isList, sqlName } from '../../src/reporting/views/index.js'
import { createSqlRole, dropSqlRole, listSqlRoles } from '../../src/sql-roles.js'
import { revokeServiceToken } from '../../src/service-tokens.js'
import { useWorld } from '../support/world.js'
import { load, makeNetwork, type Network } from './proof/network.js'
import { random, say, seedOfRun } from './proof/random.js'

const world = useWorld({ on: 'postgresql' })
// What is reckoned when it is asked for is no view of SQL.
const views = [...catalogue.values()].filter(isList)
const clients: pg.Client[] = []

async function signIn(role: string, password: string): Promise<pg.Client> {
  const [{ port, base }] = (await world.sql<{ port: number; base: string }>('select inet_server_port() as port, current_database() as base')) as [{ port: number; base: string }]
  const client = new pg.Client({ host: '127.0.0.1', port, database: base, user: role, password })
  // The server is stopped under them at the end.
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  return client
}

let counter = 0
/** A token in a unit, and a login in its name. */
async function reader(role: string, unitId: string): Promise<{ login: string; token: string; name: string; client: pg.Client }> {
  const n = ++counter
  const token = await world.build.row('service_token', 'stok', { name: `bi-${n}`, tokenHash: `bi-${n}`, role, unitId, expiresAt: '2099-01-01T00:00:00Z' })
  const name = `heli_bi_test_${process.pid}_${n}`
  const made = await createSqlRole(world.backbone.database, world.backbone, token.id, name)
  return { login: `service:bi-${n}`, token: token.id, name, client: await signIn(made.role, made.password) }
}

async function leave({ client, name }: { client: pg.Client; name: string }): Promise<void> {
  await client.end()
  await dropSqlRole(world.backbone.database, world.backbone, name)
}

const numbers = (value: unknown) => (value === null ? null : Number(value))
const moment = (value: unknown) => (value === null ? null : new Date(value as string).getTime())

/** Rows of a view as plain values, by both ways. */
async function bothWays({ login, client }: { login: string; client: pg.Client }, name: string): Promise<[unknown[], unknown[]]> {
  const view = catalogue.get(name)!
  const plain = (row: Record<string, unknown>, nameOf: (column: string) => string) =>
    view.columns.map(({ name: column, type }) => { const value = row[nameOf(column)] ?? null; return type === 'DECIMAL' ? numbers(value) : type === 'INSTANT' ? moment(value) : value })
  const graph: Record<string, unknown>[] = []
  for (let after = '', hasMore = true; hasMore; ) {
    const { data, errors } = await world.as(login).run(`query ($after: String) { views { ${name}(first: 1000, after: $after) { hasMore endCursor rows { ${view.columns.map(({ name: column }) => column).join(' ')} } } } }`, { after })
    expect(errors).toEqual([])
    ;({ endCursor: after, hasMore } = data.views[name])
    graph.push(...data.views[name].rows)
  }
  const { rows } = await client.query(`select row_to_json(v) as row from bi."${sqlName(name)}" v order by v.id collate "C"`)
  return [graph.map((row) => plain(row, (column) => column)).sort(byId), rows.map(({ row }) => plain(row, sqlName)).sort(byId)]
}
const byId = ([a]: unknown[], [b]: unknown[]) => ((a as string) < (b as string) ? -1 : 1)

const privilege = '42501'
const code = (client: pg.Client, text: string) => client.query(text).then(() => 'ran', (error: { code?: string }) => error.code)

describe('the flat views for SQL', () => {
  const chance = random(seedOfRun)
  let network: Network
  beforeAll(() => { network = makeNetwork(seedOfRun) })
  afterAll(() => Promise.all(clients.map((client) => client.end().catch(() => undefined))))

  it('show each token the rows and values that the graph shows it, live', async () => {
    // The database goes by its own clock.
    world.day = dayOf(new Date())
    await load(world, network.tables)
    const counts: string[] = []
    for (const role of ['BI_READER', 'COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'AUDITOR', 'SECURITY_ADMIN']) {
      // Where somebody holds the role, so that there is something to see; coordinators with and without the mandate.
      const units = [...new Set(network.viewers.flatMap(({ places }) => places.filter((place) => place.role === role).map(({ unit }) => unit.id)))]
      let [rows, masked] = [0, 0]
      for (const unit of chance.some(units, role === 'COORDINATOR' || role === 'DIRECTOR' ? 2 : 1)) {
        const one = await reader(role, unit)
        for (const { name } of views) {
          const [graph, database] = await bothWays(one, name)
          expect([role, name, database]).toEqual([role, name, graph])
          rows += database.length
          masked += database.flat().filter((value) => value === null).length
        }
        await leave(one)
      }
      counts.push(`${role} ${rows} rows, ${masked} empty values`)
    }
    say(`sql views seed ${seedOfRun}: ${views.length} views, ${counts.join('; ')}`)
    expect(counts.length).toBe(10)
  })

  it('follow the token: its unit moves, it is revoked', async () => {
    const { build } = world
    const { province, office } = await build.network()
    const elsewhere = await build.division({ code: '340000', level: 'PROVINCE' })
    const initiative = await build.initiative({ leadUnitId: office.id, divisionId: province.id })
    const one = await reader('BI_READER', office.id)
    const seen = async () => (await one.client.query('select id from bi.initiatives')).rows.map(({ id }) => id)
    expect(await seen()).toEqual([initiative.id])
    const moved = await build.unit({ divisionId: elsewhere.id })
    await world.sql('update service_token set unit_id = $2 where id = $1', [one.token, moved.id])
    expect(await seen()).toEqual([])
    await world.sql('update service_token set unit_id = $2 where id = $1', [one.token, office.id])
    expect(await seen()).toEqual([initiative.id])
    await revokeServiceToken(world.backbone.database, one.token)
    expect([await seen(), (await one.client.query('select * from bi.units')).rows]).toEqual([[], []])
    expect(await listSqlRoles(world.backbone.database)).toMatchObject([{ role: one.name, isLive: false }])
    await leave(one)
    expect(await world.sql('select 1 from pg_roles where rolname = $1', [one.name])).toEqual([])
  })

  it('are all that the login may read or do, and nothing in a session widens them', async () => {
    const { build } = world
    const { province, office } = await build.network()
    const other = await build.unit({ divisionId: province.id })
    const hidden = await build.initiative({ leadUnitId: other.id, divisionId: (await build.division({ code: '340000', level: 'PROVINCE' })).id, title: '不可见' })
    await build.initiative({ leadUnitId: office.id, divisionId: province.id, title: '可见' })
    const coordinator = await reader('COORDINATOR', office.id)
    const one = await reader('BI_READER', office.id)
    const { client } = one
    const tables = await world.sql<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`)
    const refused = { tables: 0, statements: 0 }
    for (const { name } of tables) {
      expect([name, await code(client, `select * from ${name}`)]).toEqual([name, privilege])
      refused.tables++
    }
    for (const text of [
      `set role ${coordinator.name}`, 'set role heli_reader', 'set role heli_owner', `set session authorization ${coordinator.name}`, `set local role ${coordinator.name}`,
      `select heli_sql.posts()`, `select heli_sql.places('units', array['BI_READER'])`, 'select public.heli_record(null)', `select * from public.sql_role`,
      'create table t (a int)', 'create temporary table unit (a int)', 'create schema s', `create function pg_temp.f() returns int language sql as 'select 1'`, 'create view bi.v as select 1',
      `insert into bi.units (id) values ('x')`, `update bi.units set name = 'x'`, 'delete from bi.units', 'alter view bi.units set (security_barrier = false)', 'drop view bi.units',
      `alter role ${one.name} superuser`, `alter role ${one.name} bypassrls`, `grant ${coordinator.name} to ${one.name}`, `copy bi.units to '/tmp/x'`, `select pg_read_file('/etc/passwd')`,
    ]) {
      await client.query('set default_transaction_read_only = off')
      // A view of several tables takes nothing in, whoever asks (55000).
      expect([text, await code(client, text)]).toEqual([text, /^(insert|update|delete) /.test(text) ? '55000' : privilege])
      refused.statements++
    }
    // Settings that once meant a viewer, or could turn a guard off, mean nothing here.
    for (const text of [`select set_config('heli.act', '{}', false)`, `set row_security = off`, `set search_path = pg_temp, public, bi`, `select set_config(name, '330000', false) from (select 'heli.s0123456789abcdef' as name) x`]) await client.query(text)
    expect((await client.query('select title from bi.initiatives')).rows).toEqual([{ title: '可见' }])
    // A condition that fails on a row tells of it: rows that are not the viewer's never come to it.
    expect((await client.query(`select count(*)::int as n from bi.initiatives where 1 / (case when title = '不可见' then 0 else 1 end) = 1`)).rows).toEqual([{ n: 1 }])
    expect((await client.query('select id from bi.initiatives where id = $1', [hidden.id])).rows).toEqual([])
    say(`sql views: ${refused.tables} tables and ${refused.statements} statements refused`)
    // What the coordinator's login may, it may by its own token.
    expect((await coordinator.client.query('select count(*)::int as n from bi.initiatives')).rows).toEqual([{ n: 2 }])
    await leave(one)
    await leave(coordinator)
  })

  it('come again with every migration, and do not stand in its way', async () => {
    const { office } = await world.build.network()
    const one = await reader('BI_READER', office.id)
    await world.backbone.database.migrate()
    expect((await one.client.query('select code from bi.units')).rows).toEqual([{ code: office['code'] }])
    await leave(one)
    expect(await world.sql(`select 1 from pg_namespace where nspname in ('bi', 'heli_sql')`)).toEqual([])
  })

  it('are refused a login without a live token, under a name that is taken, or a wrong one', async () => {
    const { office } = await world.build.network()
    const token = await world.build.row('service_token', 'stok', { name: 'one', tokenHash: 'one', role: 'BI_READER', unitId: office.id, expiresAt: '2020-01-01T00:00:00Z' })
    const make = (name: string, role = 'heli_bi_wrong') => createSqlRole(world.backbone.database, world.backbone, name, role)
    await expect(make(token.id)).rejects.toThrow('No live service token has the name or id')
    await world.sql(`update service_token set expires_at = '2099-01-01T00:00:00Z'`)
    await expect(make('one', 'heli_reader')).rejects.toThrow('has a role heli_reader already')
    await expect(make('one', 'a"; drop table unit; --')).rejects.toThrow('A role is named in small letters')
    await world.build.row('service_token', 'stok', { name: 'one', tokenHash: 'two', role: 'BI_READER', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
    await expect(make('one')).rejects.toThrow('2 live service tokens are named "one"')
    expect(await world.sql('select name from sql_role')).toEqual([])
  })
})
