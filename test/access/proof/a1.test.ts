/** A1: what each viewer is answered, against the oracle, cell by cell. */
import { describe, expect, it } from '@jest/globals'
import { pages } from '../oracle/pages.js'
import { useWorld } from '../../support/world.js'
import { Documents, type Root } from './documents.js'
import type { Viewer } from '../oracle/words.js'
import { Judge, Tally } from './judge.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'
import { nodeTypes, rootsOf } from './schema-paths.js'

const world = useWorld()
const size = isFull ? { networks: 6, viewers: 200, documents: 700, triples: 100_000, cell: 200 } : { networks: 2, viewers: 24, documents: 80, triples: 20_000, cell: 20 }

it('every type of the graph that has rows has its page, and every field a line on it', () => {
  const missing = nodeTypes(world.backbone.schema).flatMap((type) => (pages[type.name] ? Object.keys(type.getFields()).filter((field) => !pages[type.name]!.fields[field]).map((field) => `${type.name}.${field}`) : [type.name]))
  expect(missing).toEqual([])
})

describe('what each viewer is answered', () => {
  it('is what the oracle says', async () => {
    const tally = new Tally()
    const began = Date.now()
    say(`A1 seed ${seedOfRun}`)
    for (let turn = 0; turn < size.networks; turn++) {
      const network = makeNetwork(seedOfRun + turn)
      const { snapshot } = network
      if (turn > 0) await wipe()
      await load(world, network.tables)
      const chance = random(seedOfRun + turn)
      const documents = new Documents(world.backbone.schema, snapshot, chance)
      const judge = new Judge(snapshot, tally, `network ${network.seed}`)
      const viewers = isFull ? network.viewers : varied(network.viewers, size.viewers, turn)
      const ask = async (viewer: (typeof viewers)[number], roots: Root[]) => {
        const asking = documents.ask(roots)
        judge.judge(viewer, asking, await world.as(viewer.login).run(asking.text, asking.variables, { isRouter: true }))
      }
      // Every row of every type, for each viewer: by its list, or by id where it has none.
      for (const [at, viewer] of viewers.entries()) {
        for (const type of documents.lists.filter((name) => name !== 'AuditEntry' && (at < 3 || isFull || !openToAll.includes(name)))) {
          const field = rootsOf(world.backbone.schema, type).list!
          await ask(viewer, [{ kind: 'list', key: field, part: { key: field, field, leads: { kind: 'connection', type, hasFilter: true, hasOrder: true }, args: { first: 200 }, shape: { totalCount: true, nodes: true, edges: false }, inside: documents.everything(type, isFull) } }])
        }
        const rest = Object.keys(pages).filter((type) => !documents.lists.includes(type) || type === 'AuditEntry').flatMap((type) => pages[type]!.rows(snapshot).map(({ id }) => ({ type, id })))
        const asked = chance.some(rest, 150)
        await ask(viewer, [{ kind: 'nodes', key: 'rest', ids: asked.map(({ id }) => id), types: asked.map(({ type }) => type), inside: [...new Set(asked.map(({ type }) => type))].map((type) => documents.everything(type, true, `${type}_`)) }])
      }
      for (let at = 0; at < size.documents; at++) {
        const viewer = chance.pick(network.viewers)
        const asking = documents.random(viewer)
        // A list of the trail grows while it is read, so it is judged by id alone.
        if (asking.text.includes('auditEntries')) continue
        judge.judge(viewer, asking, await world.as(viewer.login).run(asking.text, asking.variables, { isRouter: true }))
      }
    }
    const thin = [...tally.rules].filter(([name, { yes, no }]) => (!name.endsWith(': none') && yes < size.cell) || (!name.includes('every signed-in viewer') && no < size.cell))
    say(`A1 seed ${seedOfRun}: ${tally.triples.size} triples, ${tally.checks} checks, ${tally.differences.length} differences, ${Date.now() - began} ms\n${tally.histogram()}`)
    if (tally.differences.length > 0) say(tally.summary())
    expect(tally.differences.length).toBe(0)
    expect(tally.triples.size).toBeGreaterThanOrEqual(size.triples)
    expect(thin).toEqual([])
  }, isFull ? 1_800_000 : 120_000)
})

/** Rows of these are there for everybody, so a few viewers are enough. */
const openToAll = ['Division', 'Unit', 'Mandate', 'PolicyDocument']

/** Some viewers of every role in turn, another choice in each network. */
function varied(viewers: readonly Viewer[], count: number, turn: number): Viewer[] {
  const byRole = new Map<string, Viewer[]>()
  for (const viewer of viewers) {
    const role = viewer.places.map((place) => place.role).sort().join() || 'nobody'
    byRole.set(role, [...(byRole.get(role) ?? []), viewer])
  }
  const chosen: Viewer[] = []
  for (let round = turn; chosen.length < count && round < 60; round++) for (const some of byRole.values()) if (chosen.length < count && some[round]) chosen.push(some[round]!)
  return chosen
}

async function wipe(): Promise<void> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('journal_head', 'mikro_orm_migrations')`)
  await world.sql(`do $$ begin set local session_replication_role = replica; ${tables.map(({ name }) => `delete from "${name}";`).join(' ')} end $$`)
}
