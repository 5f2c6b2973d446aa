import { beforeEach, describe, expect, it } from '@jest/globals'
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isObjectType, type GraphQLInputType } from 'graphql'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
const door = useDoor(world, { BUDGET_PER_MINUTE: '999999999999', MAX_COST: '10000000' })

/** Classes: closing a literal, comments, stacked statements, unions, time, errors, encodings, operators, patterns, placeholders. */
const corpus = [
  `'`, `''`, `"`, '`', '\\', `\\'`, `'--`, `'#`, `'/*`, `*/ or 1=1 --`, `;`, `%00`, `'||'`, `$1`, `$$`, `?`, `:id`, '{{7*7}}', '${7*7}', `E'\\''`,
  `' or '1'='1`, `' or 1=1 --`, `") or ("1"="1`, `1 or 1=1`, `' or true; --`, `%' or '1' like '1`, `_%`, `%`, `admin'--`, `' and 1=0 union select null --`,
  `' union select token_hash from service_token --`, `') union all select national_id from person_private --`, `' union select version() --`,
  `'; create table pwned (a int); --`, `1; create table pwned (a int)`, `'; drop table person; --`, `$$; create table pwned (a int); $$`, `'; update person set name = 'pwned'; --`,
  `'; insert into service_token (id) values ('pwned'); --`, `'; set session_replication_role = replica; --`, `'; reset role; --`, `'; select set_config('heli.person', 'x', false); --`,
  `' and (select pg_sleep(5)) is null --`, `'; select pg_sleep(5); --`, `1 and 1=(select count(*) from pg_sleep(5))`, `' || (select pg_read_file('/etc/passwd')) || '`, `'; copy person to program 'id'; --`,
  `' and 1=cast((select version()) as int) --`, `' and extractvalue(1, concat(0x7e, version())) --`, `{"$gt": ""}`, `{"$ne": null}`, `' || 'a`, `＇ or 1=1`, `ʼ or 1=1`, `\u02bc; drop table person`, `\ud800`, `\u202e' or 1=1`,
  '%c0%27', '%bf%27', 'null', 'true', '-1', '0x27', '1e309', `div_' or 1=1`, `task_01h455vb4pex5vsknk084sn02q' or '1'='1`, 'x'.repeat(5_000), `'${' or 1=1'.repeat(500)}`,
]

const noise = new RegExp(['syntax error', 'select ', 'pg_', 'column "', 'relation', 'unterminated', 'PostgreSQL', 'kysely', 'node_modules', 'invalid input syntax', 'SQLSTATE', 'pglite'].join('|'), 'i')
// The caller's own words may come back in an error about them; nobody else's may.
const foreign = (text: string, payload: string) => noise.exec(text.replaceAll(payload, '').replaceAll(JSON.stringify(payload).slice(1, -1), '').replaceAll(JSON.stringify(JSON.stringify(payload).slice(1, -1)).slice(1, -1), ''))?.[0]

/** All of the corpus everywhere with `HELI_FULL=1`; otherwise each request meets one or two payloads, its neighbour the next. */
const isFull = process.env['HELI_FULL'] === '1'
const stride = isFull ? 1 : 48

interface Place {
  name: string
  /** How many texts of the request hold the payload. */
  texts: number
  query: string
  variables: (payload: string) => Record<string, unknown>
}

interface Way {
  leaf: string
  value: (payload: string) => unknown
}

const readable = new Set(['String', 'ID'])
const others = new Set(['Day', 'DateTime'])

/** Every way down from an input type to a text, over one relation at most. */
function ways(type: GraphQLInputType, depth = 3): Way[] {
  const bare = getNullableType(type)
  if (isListType(bare)) return ways(bare.ofType as GraphQLInputType, depth).map(({ leaf, value }) => ({ leaf, value: (payload) => [value(payload)] }))
  const named = getNamedType(bare)
  if (isInputObjectType(named)) {
    if (depth === 0) return []
    return Object.values(named.getFields()).flatMap((field) => (['and', 'or', 'not'].includes(field.name) ? [] : ways(field.type, depth - 1).map(({ leaf, value }) => ({ leaf, value: (payload: string) => ({ [field.name]: value(payload) }) }))))
  }
  return readable.has(named.name) || others.has(named.name) || isEnumType(named) ? [{ leaf: named.name, value: (payload) => payload }] : []
}

/** Every argument of every root query. A filter holds all its comparisons of texts at once; what only takes dates or fixed words meets the payload by itself. */
function places(): Place[] {
  const root = world.backbone.schema.getQueryType()!
  return Object.values(root.getFields()).flatMap((field) => {
    if (field.name.startsWith('_')) return []
    const type = getNamedType(field.type)
    const selection = isObjectType(type) && type.getFields()['nodes'] ? '{ nodes { __typename } }' : '{ __typename }'
    return field.args.flatMap((argument) => {
      const used = field.args.filter((other) => other === argument || String(other.type).endsWith('!'))
      const query = `query (${used.map(({ name, type: of }) => `$${name}: ${of}`).join(', ')}) { ${field.name}(${used.map(({ name }) => `${name}: $${name}`).join(', ')}) ${selection} }`
      const place = (texts: number, value: Way['value']): Place => ({
        name: `${field.name}(${argument.name}: ${JSON.stringify(value('…')).slice(0, 80)})`,
        texts,
        query,
        variables: (payload) => Object.fromEntries(used.map((one) => [one.name, one === argument ? value(payload) : (ways(one.type)[0]?.value('x') ?? 'x')])),
      })
      const found = ways(argument.type)
      if (argument.name !== 'filter') return found.map(({ value }) => place(1, value))
      const compared = found.filter(({ leaf }) => readable.has(leaf))
      return [place(compared.length, (payload) => ({ or: compared.map(({ value }) => value(payload)), not: { and: compared.map(({ value }) => value(payload)) } })), ...found.filter(({ leaf }) => !readable.has(leaf)).map(({ value }) => place(1, value))]
    })
  })
}

async function fingerprint(): Promise<unknown> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('audit_entry', 'journal_head') order by 1`)
  const counts: unknown[] = []
  for (const { name } of tables) counts.push([name, (await world.sql<{ n: string }>(`select count(*) || ':' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as n from "${name}" t`))[0]!.n])
  return counts
}

describe('H6 SQL injection', () => {
  beforeEach(async () => {
    const { office } = await world.build.network()
    const initiative = await world.build.initiative({ leadUnitId: office.id })
    await world.build.task({ initiativeId: initiative.id, issuingUnitId: office.id, leadUnitId: office.id })
    await world.build.person({ unit: office.id, nationalId: '330102199001010012', mobile: '13800000000' })
  })

  it('has no effect and gives no SQL away, in any argument of any query', async () => {
    const before = await fingerprint()
    const all = places()
    const seen: Record<string, number> = {}
    let sent = 0
    for (const [at, place] of all.entries()) {
      // What takes dates or fixed words only refuses before any SQL is written: a sample of those will do.
      if (place.texts === 1 && at % stride !== 0) continue
      for (const payload of corpus.filter((_payload, index) => (index + at) % (place.texts === 1 ? stride * 4 : stride) === 0)) {
        const answer = await door.ask({ query: place.query, variables: place.variables(payload) }, { as: 'coordinator' })
        sent++
        const code = answer.codes[0] ?? 'answered'
        seen[code] = (seen[code] ?? 0) + 1
        const found = foreign(answer.text, payload)
        if (found || ['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'DATABASE_UNAVAILABLE', 'LIMIT_EXCEEDED', 'GRAPHQL_VALIDATION_FAILED'].includes(code)) throw new Error(`${place.name} with ${payload.slice(0, 100)}: ${found} ${answer.text.slice(0, 500)}`)
      }
    }
    const texts = all.reduce((sum, place) => sum + place.texts, 0)
    console.log(`H6: ${texts} texts in ${all.length} places, ${corpus.length} payloads, ${sent} requests: ${JSON.stringify(seen)}`)
    expect(texts).toBeGreaterThan(300)
    expect(seen['answered']).toBeGreaterThan(20)
    expect(seen['BAD_USER_INPUT']).toBeGreaterThan(20)
    // The trail tells that sensitive values were asked about, and of nothing else.
    expect(await world.sql(`select distinct verb from audit_entry where verb <> 'read'`)).toEqual([])
    expect(await fingerprint()).toEqual(before)
  }, isFull ? 1_800_000 : 240_000)

  it('matches a payload as the text it is: neither everything nor a pattern', async () => {
    for (const payload of corpus.filter((one) => one !== '\ud800')) {
      const answer = await door.ask({ query: 'query ($p: String!) { a: people(filter: { name: { eq: $p } }) { totalCount } b: people(filter: { name: { startsWith: $p } }) { totalCount } c: people(filter: { name: { contains: $p } }) { totalCount } }', variables: { p: payload } }, { as: 'coordinator' })
      expect([payload, answer.codes, answer.json.data]).toEqual([payload, [], { a: { totalCount: 0 }, b: { totalCount: 0 }, c: { totalCount: 0 } }])
    }
  })

  it('finds a person whose name is a payload, and keeps it unchanged', async () => {
    const payload = `'; drop table person; --%_\\"<script>`
    await world.build.person({ name: payload })
    const answer = await door.ask({ query: 'query ($p: String!) { people(filter: { name: { contains: $p } }) { nodes { name } } }', variables: { p: payload } }, { as: 'coordinator' })
    expect(answer.json.data).toEqual({ people: { nodes: [{ name: payload }] } })
  })

  it('takes nothing from a cursor that was tampered with', async () => {
    const { json } = await door.ask({ query: '{ units(first: 1, orderBy: [{ field: NAME }]) { pageInfo { endCursor } } }' }, { as: 'coordinator' })
    const held = JSON.parse(Buffer.from(json.data.units.pageInfo.endCursor, 'base64').toString()) as unknown[]
    const before = await fingerprint()
    const ask = (cursor: string) => door.ask({ query: 'query ($c: String) { units(first: 1, after: $c, orderBy: [{ field: NAME }]) { nodes { id } } }', variables: { c: cursor } }, { as: 'coordinator' })
    for (const payload of corpus.filter((_payload, index) => index % stride === 0)) {
      for (const forged of [[payload, ...held.slice(1)], [held[0], payload, held.at(-1)], [held[0], held[1], payload], [held[0], { a: payload }, payload], [held[0]]]) {
        const answer = await ask(Buffer.from(JSON.stringify(forged)).toString('base64'))
        expect(['BAD_USER_INPUT', undefined]).toContain(answer.codes[0])
        expect(foreign(answer.text, payload)).toBeUndefined()
      }
    }
    expect(await fingerprint()).toEqual(before)
  }, isFull ? 300_000 : 60_000)

  it.each(['ASC; drop table person', "ASC, (select 1)", 'asc', 'ASC NULLS FIRST', '', 'constructor'])('takes no order direction but its own: %s', async (direction) => {
    const answer = await door.ask({ query: 'query ($d: Direction) { units(orderBy: [{ field: NAME, direction: $d }]) { totalCount } }', variables: { d: direction } }, { as: 'coordinator' })
    expect([answer.codes, answer.json.data]).toEqual([['BAD_USER_INPUT'], undefined])
  })

  it('takes no SQL from an alias, which becomes a name in the statement', async () => {
    const alias = 'select_drop_1_union'
    const answer = await door.ask({ query: `{ ${alias}: units { ${alias}: nodes { ${alias}: name } } }` }, { as: 'coordinator' })
    expect(answer.json.data[alias][alias][0]).toEqual({ [alias]: '省委组织部' })
    for (const hostile of ['a"', `a'`, 'a;', 'a--', 'a b', 'a.b', 'a\\']) expect((await door.ask({ query: `{ units { nodes { ${hostile}: name } } }` }, { as: 'coordinator' })).json.data ?? null).toBeNull()
  })

  it('writes a payload as the text it is', async () => {
    const unit = await world.build.unit()
    await world.build.person({ login: 'admin', unit: unit.id, role: 'SYSTEM_ADMIN' })
    const create = 'mutation ($input: DivisionCreateInput!) { divisionCreate(input: $input) { division { name } userErrors { code field } } }'
    const tables = await world.sql('select count(*)::int as n from pg_tables')
    for (const [at, payload] of corpus.filter((one, index) => one.length <= 100 && one !== '\ud800' && index % Math.ceil(stride / 2) === 0).entries()) {
      for (const field of ['name', 'code', 'idempotencyKey']) {
        const input = { idempotencyKey: `${field} ${at}`, code: String(440000 + at), name: '示例', level: 'PROVINCE', [field]: payload }
        const answer = await door.ask({ query: create, variables: { input } }, { as: 'admin' })
        expect([payload, answer.codes]).toEqual([payload, []])
        expect(foreign(answer.text, payload)).toBeUndefined()
        if (answer.json.data.divisionCreate.division) expect(answer.json.data.divisionCreate.division.name).toBe(field === 'name' ? payload : '示例')
      }
    }
    expect(await world.sql('select count(*)::int as n from pg_tables')).toEqual(tables)
  }, isFull ? 300_000 : 60_000)
})
