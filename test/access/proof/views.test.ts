/**
 * The door of exports (A2): every cell of every view, for viewers of every role, is what the oracle lets them read; and in GraphQL, CSV, NDJSON, XLSX and Parquet it is the same one.
 * What the oracle says nothing of is held against the list of the graph.
 */
import { expect, it } from '@jest/globals'
import { parse as parseCsv } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import { ask, rootSpec } from '../../../src/engine/index.js'
import { catalogue, isList, readView, type View, type ViewColumn } from '../../../src/reporting/views/index.js'
import { readingOf } from '../../../src/reporting/views/view.js'
import { pages } from '../oracle/pages.js'
import type { Row } from '../oracle/snapshot.js'
import type { Viewer } from '../oracle/words.js'
import { useDoor } from '../../support/http.js'
import { arrayBufferOf, sheetsOf } from '../../support/written-file.js'
import { useWorld } from '../../support/world.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'

type Value = string | number | boolean | null

const world = useWorld({ comparing: 4 })
const door = useDoor(world)
// What is reckoned is held against the graph in test/exporting/exports.test.ts.
const views = [...catalogue.values()].filter(isList)
type ListView = (typeof views)[number]
const typeOf = ({ list }: ListView) => (rootSpec(list) as { to: Function }).to.name
const isInstant = ({ type }: ViewColumn) => type === 'INSTANT'
const instant = (value: unknown): Value => (value === null || value === undefined ? null : new Date(value as string).toISOString())

/** What the oracle lets the viewer read at the end of a path; 'unsaid' where it is reckoned when it is asked for. */
function expectedAt(viewer: Viewer, type: string, row: Row, [step, ...rest]: readonly string[]): unknown {
  const field = pages[type]!.fields[step!]!
  if (field.kind === 'one') {
    const target = field.of(row, viewer.snapshot, viewer) as Row | undefined
    return target && pages[field.type]!.visible(viewer, target).allowed ? expectedAt(viewer, field.type, target, rest) : null
  }
  if (field.kind === 'derived') return 'unsaid'
  if (field.kind !== 'value') throw new Error(`${type}.${step} is no value`)
  if (field.readable && !field.readable(viewer, row).allowed) return null
  const value = field.of(row, viewer.snapshot, viewer) ?? null
  return Array.isArray(value) ? value.join(';') || null : value
}

const plain = ({ columns }: View, rows: readonly Record<string, unknown>[]): Value[][] => rows.map((row) => columns.map((column) => (isInstant(column) ? instant(row[column.name]) : (row[column.name] as Value))))

async function inGraph(viewer: Viewer, view: View): Promise<Value[][]> {
  const { data, errors } = await world.as(viewer.login).run(`{ views { ${view.name}(first: 1000) { hasMore rows { ${view.columns.map(({ name }) => name).join(' ')} } } } }`)
  expect([viewer.login, view.name, errors, data.views[view.name].hasMore]).toEqual([viewer.login, view.name, [], false])
  return plain(view, data.views[view.name].rows)
}

/** The list of the graph itself, nested. */
async function inList(viewer: Viewer, view: ListView): Promise<Value[][]> {
  const nested = (path: readonly string[], key: string): string => path.reduceRight((inner, step, at) => (at === path.length - 1 ? `${key}: ${step}` : `${key}${at}: ${step} { ${inner} }`), '')
  const fields = view.columns.map(({ path, name }) => nested(path, name)).join(' ')
  const found: Value[][] = []
  for (let after = '', more = true; more; ) {
    const { data } = await world.as(viewer.login).run(`query ($after: String) { ${view.list}(first: 200, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`, { after })
    const { nodes, pageInfo } = data[view.list]
    for (const node of nodes) {
      found.push(view.columns.map((column) => {
        const value = column.path.reduce((of: any, _step, at) => (of === null ? null : at === column.path.length - 1 ? of[column.name] : of[`${column.name}${at}`]), node)
        return isInstant(column) ? instant(value) : Array.isArray(value) ? value.join(';') || null : value
      }))
    }
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage
  }
  return found
}

/** What is hidden, field by field: in the arrays that files are made of, and in the same document answered as objects. */
async function hiddenIn(viewer: Viewer, view: ListView): Promise<{ flat: object; nested: object }> {
  const { schema } = world.backbone
  const isToken = viewer.login.startsWith('service:')
  const identity = isToken ? ({ kind: 'service', tokenHash: viewer.login.slice(8) } as const) : ({ kind: 'person', issuer: 'test', subject: viewer.login } as const)
  const entered = () => world.backbone.contextFor({ identity, language: 'en', strict: false, requestId: 'hidden', isRouter: false })
  const [flat, nested] = [await entered(), await entered()]
  await readView(schema, flat, view, view.columns, { first: 1_000, after: '' })
  await ask(schema, readingOf(view, view.columns).documents.nested, nested, { filter: null, first: 1_000, after: '' })
  return { flat: Object.fromEntries(flat.reads.masked), nested: Object.fromEntries(nested.reads.masked) }
}

async function fetched(viewer: Viewer, view: View, format: string): Promise<Buffer> {
  const answer = await fetch(`${door.url}/export/${view.name}.${format}`, { headers: { authorization: `Bearer ${viewer.login.replace(/^service:/, '')}` } })
  expect([viewer.login, view.name, format, answer.status]).toEqual([viewer.login, view.name, format, 200])
  return Buffer.from(await answer.arrayBuffer())
}

const readers: Record<string, (view: View, bytes: Buffer) => Promise<Value[][]>> = {
  async ndjson(view, bytes) {
    return plain(view, bytes.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>))
  },
  async csv({ columns }, bytes) {
    const [head, ...lines] = parseCsv(bytes, { bom: true, cast: (value, { quoting, header }) => (header || quoting || value !== '' ? value : null) }) as (string | null)[][]
    expect(head).toEqual(columns.map(({ name }) => name))
    return lines.map((line) => line.map((cell, at): Value => {
      const { type } = columns[at]!
      if (cell === null) return null
      if (type === 'INT') return Number(cell)
      if (type === 'BOOLEAN') return cell === 'true'
      return type === 'INSTANT' ? instant(cell) : cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')
    }))
  },
  async xlsx({ columns }, bytes) {
    const [{ data: [head, ...lines] }] = (await sheetsOf(bytes)) as unknown as [{ data: [unknown[], ...unknown[][]] }]
    expect(head!.length).toBe(columns.length)
    return lines.map((line) => columns.map(({ type }, at): Value => {
      const cell = line[at] ?? null
      if (cell === null) return null
      if (type === 'DAY') return (cell as Date).toISOString().slice(0, 10)
      // Shown in Beijing time, to the millisecond or one before it.
      if (type === 'INSTANT') return new Date(Math.round((cell as Date).getTime() / 1_000) * 1_000 - 8 * 3_600_000).toISOString()
      return type === 'DECIMAL' ? Number(cell).toFixed(2) : (cell as Value)
    }))
  },
  async parquet({ columns }, bytes) {
    const rows = (await parquetReadObjects({ file: arrayBufferOf(bytes) })) as Record<string, unknown>[]
    return rows.map((row) => columns.map(({ name, type }): Value => {
      const value = row[name] ?? null
      if (value === null) return null
      if (type === 'DAY') return (value as Date).toISOString().slice(0, 10)
      if (type === 'INSTANT') return instant(value)
      return type === 'DECIMAL' ? Number(value).toFixed(2) : (value as Value)
    }))
  },
}

it('gives each viewer in every format the cells that the oracle lets them read', async () => {
  say(`views seed ${seedOfRun}`)
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const chance = random(seedOfRun)
  const roles = [...new Set(network.viewers.flatMap(({ places }) => places.map(({ role }) => role)))]
  const viewers = [...new Set(roles.flatMap((role) => chance.some(network.viewers.filter(({ places }) => places.some((place) => place.role === role)), isFull ? 6 : 1)))]
  expect(viewers.length).toBeGreaterThanOrEqual(8)
  let judged = 0
  let hidden = 0
  let masking = 0
  const withRows = new Set<string>()
  for (const viewer of viewers) {
    for (const view of views) {
      const type = typeOf(view)
      const rows = pages[type]!.rows(network.snapshot).filter((row) => pages[type]!.visible(viewer, row).allowed).sort((a, b) => (a.id < b.id ? -1 : 1))
      const list = await inList(viewer, view)
      const wanted = rows.map((row, at) => view.columns.map((column, place): Value => {
        const said = expectedAt(viewer, type, row, column.path)
        if (said === 'unsaid') return list[at]?.[place] ?? null
        judged++
        if (said === null) hidden++
        return isInstant(column) ? instant(said) : (said as Value)
      }))
      if (rows.length > 0) withRows.add(view.name)
      const told = { viewer: viewer.login, view: view.name }
      expect({ ...told, format: 'list', rows: list }).toEqual({ ...told, format: 'list', rows: wanted })
      expect({ ...told, format: 'graph', rows: await inGraph(viewer, view) }).toEqual({ ...told, format: 'graph', rows: wanted })
      const masked = await hiddenIn(viewer, view)
      expect({ ...told, masked: masked.flat }).toEqual({ ...told, masked: masked.nested })
      if (Object.keys(masked.flat).length > 0) masking++
      for (const [format, read] of Object.entries(readers)) {
        expect({ ...told, format, rows: await read(view, await fetched(viewer, view, format)) }).toEqual({ ...told, format, rows: wanted })
      }
    }
  }
  say(`views seed ${seedOfRun}: ${viewers.length} viewers, ${views.length} views, 6 ways each, ${judged} cells judged, ${hidden} of them empty or hidden`)
  expect([...withRows].sort()).toEqual(views.map(({ name }) => name).sort())
  expect(judged).toBeGreaterThan(5_000)
  expect(masking).toBeGreaterThan(5)
}, isFull ? 900_000 : 120_000)
