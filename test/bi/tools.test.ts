/* The documents for other tools, tried as far as they run here: their addresses, queries and loops are taken out of them and asked of a server. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { useDoor } from '../support/http.js'
import { temporaryFolder, useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world)
const file = (name: string) => readFileSync(`test/bi/${name}`, 'utf8')
const token = 'service-bi'
const headers = { authorization: `Bearer ${token}` }

/** Two divisions with tracks, some of them late, and one that the token may not see. */
beforeEach(async () => {
  const { build } = world
  const { province, office } = await build.network()
  await build.calendar()
  await build.row('service_token', 'stok', { name: 'bi', tokenHash: token, role: 'BI_READER', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
  for (const code of ['330100', '330200', '340100']) {
    const division = await build.division({ code, parentId: code.startsWith('33') ? province.id : null, level: 'PREFECTURE' })
    const unit = await build.unit({ divisionId: division.id, kind: code === '330200' ? 'EDUCATION' : 'CIVIL_AFFAIRS' })
    const initiative = await build.initiative({ leadUnitId: unit.id, divisionId: division.id })
    for (const dueOn of ['2026-10-30', '2026-11-20', '2026-12-31']) await build.task({ initiativeId: initiative.id, issuingUnitId: unit.id, leadUnitId: unit.id, dueOn })
  }
  await world.sql(`update assignment set due_on = (select t.due_on from task t where t.id = task_id)`)
})

const ask = async (query: string, variables: object = {}) => {
  const { json } = await door.ask({ query, variables }, { as: token })
  expect(json.errors).toBeUndefined()
  return json.data
}
const at = (value: unknown, path: string): any => path.split('.').reduce<any>((part, key) => part?.[key], value)

describe('documents for BI tools', () => {
  it('Grafana Infinity: each target answers its columns', async () => {
    const { targets } = JSON.parse(file('grafana-infinity.json')) as { targets: any[] }
    const [graph, csv] = targets
    const rows = at({ data: await ask(graph.url_options.body_graphql_query, JSON.parse(graph.url_options.body_graphql_variables)) }, graph.root_selector)
    expect(rows.map((row: unknown) => graph.columns.map(({ selector }: { selector: string }) => at(row, selector)))).toEqual([['CIVIL_AFFAIRS', 3, 0.6667], ['EDUCATION', 3, 0.6667]])
    const { status, text } = await door.send({ method: csv.url_options.method, path: csv.url, headers })
    const [head, ...lines] = text.replace(/^\uFEFF/, '').trim().split(/\r?\n/)
    expect([status, lines.length]).toEqual([200, 6])
    expect(csv.columns.filter(({ selector }: { selector: string }) => !head!.split(',').includes(selector))).toEqual([])
  })

  it('Power BI and Excel: the loop of the M query brings every row once', async () => {
    const text = file('heli.pq')
    const document = /Ask\("(query [^"]+)"/.exec(text)![1]!
    const [, fields] = /List\.Combine\(Pages\), \{([^}]+)\}/.exec(text)!
    const names = [...fields!.matchAll(/"(\w+)"/g)].map(([, name]) => name!)
    const rows: Record<string, unknown>[] = []
    // With short pages, so that there are several.
    for (let page = { endCursor: '', hasMore: true, rows: [] as object[] }; page.hasMore; rows.push(...(page.rows as never[]))) page = at(await ask(document.replace('first: 1000', 'first: 4'), { after: page.endCursor }), 'views.assignments')
    expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => names))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(6)
    expect(rows.length).toBe(6)
  })

  it('DuckDB: the query over the Parquet export tells what the graph tells', async () => {
    const folder = await temporaryFolder()
    const answer = await fetch(`${door.url}/export/assignments.parquet`, { headers })
    await writeFile(join(folder, 'assignments.parquet'), Buffer.from(await answer.arrayBuffer()))
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const sql = file('overdue.sql').replace(`'assignments.parquet' group`, `'${join(folder, 'assignments.parquet')}' group`)
    const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
    connection.closeSync()
    const { assignments } = await ask('{ assignments(first: 200) { nodes { unit { division { code } } isOverdue daysLate dueOn } } }')
    const divisions = [...new Set<string>(assignments.nodes.map((row: any) => row.unit.division.code))].sort()
    expect(divisions).toEqual(['330100', '330200'])
    expect(rows).toEqual(
      divisions.map((divisionCode) => {
        const own = assignments.nodes.filter((row: any) => row.unit.division.code === divisionCode)
        return { divisionCode, tracks: String(own.length), overdue: String(own.filter((row: any) => row.isOverdue).length), latest: Math.max(...own.map((row: any) => row.daysLate ?? 0)), firstDue: own.map((row: any) => row.dueOn).sort()[0] }
      }),
    )
  })

  it('Python: the copy is what the token may read, in one run and in the next', async () => {
    const document = /DOCUMENT = """([^"]+(?:"[^"]+)*?)"""/.exec(file('copy.py'))![1]!
    const path = join(await temporaryFolder(), 'copy.json')
    const mine = { cursor: null as string | null, rows: {} as Record<string, object> }
    /** The script itself where there is a Python to run it, and its document and loop in any case. */
    const run = async () => {
      for (let more = true; more; ) {
        const page: any = (await ask(document, { since: mine.cursor })).changes
        for (const { id, type, kind, node } of page.changes) kind === 'GONE' ? delete mine.rows[id] : node && (mine.rows[id] = { type, ...node })
        ;({ cursor: mine.cursor, hasMore: more } = page)
      }
      const python = await promisify(execFile)('python3', ['test/bi/copy.py', path], { env: { ...process.env, HELI_ADDRESS: door.url, HELI_TOKEN: token } }).catch((error: { code?: unknown }) => error)
      if ('code' in python && python.code === 'ENOENT') return
      expect(python).not.toHaveProperty('code')
      expect(JSON.parse(await readFile(path, 'utf8')).rows).toEqual(mine.rows)
    }
    const now = async () => {
      const { tasks, assignments } = await ask('{ tasks(first: 200) { nodes { id code title taskStatus: status } } assignments(first: 200) { nodes { id trackStatus: status progress dueOn unit { id } task { id } } } }')
      const typed = (type: string, nodes: any[]) => nodes.map(({ id, ...row }) => [id, { type, ...row }])
      return Object.fromEntries([...typed('Task', tasks.nodes), ...typed('Assignment', assignments.nodes)])
    }
    await run()
    expect(mine.rows).toEqual(await now())
    expect(Object.keys(mine.rows)).toHaveLength(12)
    const [{ id }] = (await world.sql<{ id: string }>('select id from task order by id limit 1')) as [{ id: string }]
    await door.ask({ query: 'mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { userErrors { code } } }', variables: { input: { taskId: id, expectedVersion: 1, idempotencyKey: 'confidential-1', confidential: true } } }, { as: 'coordinator' })
    await run()
    expect(mine.rows).toEqual(await now())
    expect(Object.keys(mine.rows)).toHaveLength(10)
  })
})
