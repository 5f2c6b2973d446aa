/*
 * How the database answers the hot statements: a reviewed snapshot of each statement and the shape of its plan, at a size at which the planner
 * chooses as with 100,000 tasks. A statement that comes to read a large table through fails here before it is slow anywhere.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'graphql'
import pg from 'pg'
import { openBackbone, type Backbone } from '../../src/backbone.js'
import { mayAsk } from '../../src/access/index.js'
import { answerDirectly } from '../../src/engine/index.js'
import { readEnvironment } from '../../src/environment.js'
import { createLog } from '../../src/server.js'
import { generate, issuer, personas, type Persona } from '../bench/data.js'
import { P1, P2, P3, P4 } from '../bench/queries.js'
import { startPostgres, type TestPostgres } from '../support/postgres.js'

let server: TestPostgres
let backbone: Backbone
let admin: pg.Client
const seen: { text: string; values: readonly unknown[] }[] = []

beforeAll(async () => {
  server = await startPostgres()
  const environment = readEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'error', DATABASE_URL: server.url })
  backbone = await openBackbone({ environment, log: createLog(environment) })
  await backbone.database.migrate()
  // The server's own housekeeping at that moment would keep the vacuum from seeing that all rows are old, and other plans come out.
  await withAdmin(['alter system set autovacuum = off', 'select pg_reload_conf()'])
  await generate(server.adminUrl, 'explained', () => undefined)
  await withAdmin(['vacuum (analyze)'])
  const read = backbone.database.read.bind(backbone.database)
  Object.assign(backbone.database, { read: (statement: (typeof seen)[number], fence?: Record<string, string>) => (seen.push(statement), read(statement, fence)) })
  admin = new pg.Client({ connectionString: server.adminUrl, options: '-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1' })
  await admin.connect()
}, 120_000)

async function withAdmin(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.adminUrl })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

afterAll(async () => {
  await admin?.end()
  await backbone?.close()
  await server?.stop()
})

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Subplan Name'?: string
  Plans?: Node[]
}

const literal = (value: unknown): string => (value === null ? 'null' : `'${(Array.isArray(value) ? `{${value.map((each) => JSON.stringify(each)).join()}}` : String(value)).replaceAll("'", "''")}'`)

/** Node types with what they read and by which index, one a line. */
const shapeOf = (node: Node, depth = 0): string[] => {
  const what = [node['Node Type'], node['Relation Name'] && `on ${node['Relation Name']}`, node['Index Name'] && `by ${node['Index Name']}`].filter(Boolean).join(' ')
  const part = node['Subplan Name']?.startsWith('SubPlan') || node['Subplan Name']?.startsWith('InitPlan') ? `${node['Subplan Name'].split(' ')[0]}: ` : ''
  return [`${'  '.repeat(depth)}${part}${what}`, ...(node.Plans ?? []).flatMap((below) => shapeOf(below, depth + 1))]
}

async function explained(document: string, variables: Record<string, unknown>, persona: Persona, isThere = true): Promise<{ statement: string; shape: string[] }> {
  const { reads } = await backbone.contextFor({ identity: { kind: 'person', issuer, subject: persona }, language: 'en', strict: false, requestId: 'explain', isRouter: false })
  const { schema, engine } = backbone
  expect((await answerDirectly({ schema, document: parse(document), variables }, reads, mayAsk(engine.policy))) !== undefined).toBe(isThere)
  const { text, values } = seen.at(-1)!
  await admin.query('deallocate all')
  await admin.query(`prepare hot as ${text}`)
  const { rows } = await admin.query(`explain (costs off, format json) execute hot(${values.map(literal).join()})`)
  return { statement: text, shape: shapeOf(rows[0]['QUERY PLAN'][0].Plan) }
}

/** Tables that grow with the work: none may be read through. (Participations are 700 at this size, and a count reads them through; of a province's it reads the units' own.) */
const large = /^ *(?:\w+: )?Seq Scan on (task|assignment|person|appointment|initiative_update|milestone|audit_entry|event)\b/

const open = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const first = async (text: string): Promise<string> => (await admin.query(text)).rows[0].id
const hot: Record<string, () => Promise<[string, Record<string, unknown>, isThere?: boolean]>> = {
  [P1.title]: async () => [P1.document, { before: '2026-06-01T00:00:00Z' }],
  [P2.title]: async () => [P2.document, { a: '', b: '', c: '', d: '', e: '' }],
  [P3.title]: async () => [P3.document, { division: '3301', status: open }],
  [P4.title]: async () => [P4.document, { id: await first(`select id from task where in_network order by id limit 1`) }],
  // What a glance cannot answer, the whole text is asked for.
  [`${P4.title}, asked in whole`]: async () => [P4.document, { id: 'task_01h455vb4pex5vsknk084sn02q' }, false],
}
const tables = { tasks: ['DUE_ON', 'ISSUED_ON', 'CREATED_AT', 'UPDATED_AT', 'CODE', 'TITLE', 'STATUS', 'URGENCY'], assignments: ['DUE_ON', 'PROGRESS', 'STATUS', 'CREATED_AT', 'UPDATED_AT'], initiatives: ['CODE', 'CREATED_AT', 'UPDATED_AT', 'TITLE', 'STARTS_ON', 'ENDS_ON'] }

const askedHot = async (title: string, persona: Persona) => {
  const [document, variables, isThere] = await hot[title]!()
  return explained(document, variables, persona, isThere)
}

describe.each(Object.keys(personas) as Persona[])('as %s', (persona) => {
  it.each(Object.keys(hot))('%s', async (title) => {
    const { statement, shape } = await askedHot(title, persona)
    expect(shape.filter((line) => large.test(line))).toEqual([])
    expect(`${statement}\n\n${shape.join('\n')}`).toMatchSnapshot()
  })

  it.each(Object.entries(tables).flatMap(([list, fields]) => fields.map((field) => [list, field])))('a page of %s by %s is read in that order, not sorted', async (list, field) => {
    for (const direction of ['ASC', 'DESC']) {
      const { shape } = await explained(`{ ${list}(first: 50, orderBy: [{ field: ${field}, direction: ${direction} }]) { nodes { id } } }`, {}, persona)
      expect(shape.filter((line) => large.test(line) || /^ *Sort$/.test(line))).toEqual([])
    }
  })

  // At this size the bound between the two ways is a thousand matches.
  it.each([
    ['{ unit: { division: { code: { startsWith: "3301" } } }, status: { ne: EXCUSED } }', false],
    ['{ unit: { division: { code: { startsWith: "330106" } } } }', true],
    ['{ unit: { division: { code: { startsWith: "nowhere" } } } }', true],
    ['{ not: { unit: { division: { code: { startsWith: "330" } } } } }', false],
    ['{ task: { urgency: { eq: MAJOR }, assignments: { none: { role: { eq: COOPERATING } } } } }', true],
    ['{ task: { assignments: { some: { status: { eq: IN_PROGRESS } } } } }', false],
  ])('an ordered list with %s holds the same rows in order whichever way it takes', async (filter, isFew) => {
    const ask = async (args: string) => {
      const { reads } = await backbone.contextFor({ identity: { kind: 'person', issuer, subject: persona }, language: 'en', strict: false, requestId: 'ways', isRouter: false })
      const answer = await answerDirectly({ schema: backbone.schema, document: parse(`{ assignments(filter: ${filter} ${args}) { nodes { id dueOn } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`) }, reads, mayAsk(backbone.engine.policy))
      return (JSON.parse(answer!.json) as { assignments: { nodes: { id: string; dueOn: string }[]; pageInfo: Record<string, string> } }).assignments
    }
    const all: { id: string; dueOn: string }[] = []
    for (let after = '', more: unknown = true; more; ) {
      const { nodes, pageInfo } = await ask(`first: 200, after: "${after}"`)
      all.push(...nodes)
      after = pageInfo['endCursor']!
      more = pageInfo['hasNextPage']
    }
    const key = ({ dueOn, id }: { id: string; dueOn: string }) => `${dueOn} ${id}`
    all.sort((one, other) => (key(one) < key(other) ? 1 : -1))
    const order = 'orderBy: [{ field: DUE_ON, direction: DESC }]'
    const first = await ask(`${order}, first: 30`)
    expect(first.nodes).toEqual(all.slice(0, 30))
    expect((await ask(`${order}, first: 30, after: "${first.pageInfo['endCursor']}"`)).nodes).toEqual(all.slice(30, 60))
    expect((await ask(`${order}, last: 30`)).nodes).toEqual(all.slice(-30))
    expect((await ask('orderBy: [{ field: DUE_ON, direction: ASC }], first: 30')).nodes.map(({ dueOn }) => dueOn)).toEqual(all.slice(-30).reverse().map(({ dueOn }) => dueOn))
    expect(all.length < 1_000).toBe(isFew)
  }, 60_000)
})
