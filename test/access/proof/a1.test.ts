/** A1: what each viewer is answered, against the oracle, cell by cell. */
import { describe, expect, it } from '@jest/globals'
import { pages } from '../oracle/pages.js'
import { useWorld } from '../../support/world.js'
import { Documents, type Root } from './documents.js'
import { unitOfPerson, type Viewer } from '../oracle/words.js'
import { Judge, Tally } from './judge.js'
import { load, makeNetwork, type Network } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'
import { nodeTypes, rootsOf } from './schema-paths.js'

const world = useWorld()
// Networks beyond `networks` are asked only where a rule has not yet said yes or no often enough: some cases are few in any one network.
const size = isFull ? { networks: 5, atMost: 40, viewers: 200, documents: 700, triples: 100_000, cell: 200 } : { networks: 1, atMost: 3, viewers: 12, documents: 40, triples: 100_000, cell: 1 }

it('every type of the graph that has rows has its page, and every field a line on it', () => {
  const missing = nodeTypes(world.backbone.schema).flatMap((type) => (pages[type.name] ? Object.keys(type.getFields()).filter((field) => !pages[type.name]!.fields[field]).map((field) => `${type.name}.${field}`) : [type.name]))
  expect(missing).toEqual([])
})

describe('what each viewer is answered', () => {
  it('is what the oracle says', async () => {
    const tally = new Tally()
    const began = Date.now()
    say(`A1 seed ${seedOfRun}`)
    let turn = 0
    for (; turn < size.networks || (turn < size.atMost && thinIn(tally).length > 0); turn++) {
      const network = makeNetwork(seedOfRun + turn)
      const { snapshot } = network
      if (turn > 0) await wipe()
      await load(world, network.tables)
      const chance = random(seedOfRun + turn)
      const documents = new Documents(world.backbone.schema, snapshot, chance)
      const judge = new Judge(snapshot, tally, `network ${network.seed}`)
      const viewers = varied(network.viewers, size.viewers, turn)
      const ask = async (viewer: (typeof viewers)[number], roots: Root[]) => {
        const asking = documents.ask(roots)
        judge.judge(viewer, asking, await world.as(viewer.login).run(asking.text, asking.variables, { isRouter: true }))
      }
      const lack = (cell: string, verdict: boolean) => size.cell - (tally.rules.get(cell)?.[verdict ? 'yes' : 'no'] ?? 0)
      const askRare = async (enough: (cell: string, verdict: boolean) => number) => {
        for (const [viewer, asked] of rare(network, tally, enough)) {
          const types = [...asked.values()]
          await ask(viewer, [{ kind: 'nodes', key: 'rare', ids: [...asked.keys()], types, inside: [...new Set(types)].map((type) => documents.everything(type, false, `${type}_`)) }])
        }
      }
      if (turn >= size.networks) {
        await askRare(lack)
        continue
      }
      // Whose own numbers nobody else reads, and who reads those of a unit: few among all, so each of them asks for the people.
      const hasNoUnit = ({ personId }: Viewer) => personId !== null && unitOfPerson(snapshot, personId) === undefined
      const list = (type: string) => {
        const field = rootsOf(world.backbone.schema, type).list!
        return { kind: 'list' as const, key: field, part: { key: field, field, leads: { kind: 'connection' as const, type, hasFilter: true, hasOrder: true }, args: { first: 200 }, shape: { totalCount: true, nodes: true, edges: false }, inside: documents.everything(type, isFull) } }
      }
      for (const viewer of network.viewers.filter((one) => !viewers.includes(one) && (hasNoUnit(one) || one.places.some(({ role }) => role === 'HR_OFFICER')))) await ask(viewer, [list('Person')])
      // Every row of every type, for each viewer: by its list, or by id where it has none.
      for (const [at, viewer] of viewers.entries()) {
        for (const type of documents.lists.filter((name) => name !== 'AuditEntry' && (at < 3 || !openToAll.includes(name)))) {
          await ask(viewer, [list(type)])
        }
        const rest = Object.keys(pages).filter((type) => !documents.lists.includes(type) || type === 'AuditEntry').flatMap((type) => pages[type]!.rows(snapshot).map(({ id }) => ({ type, id })))
        const asked = chance.some(rest, 150)
        await ask(viewer, [{ kind: 'nodes', key: 'rest', ids: asked.map(({ id }) => id), types: asked.map(({ type }) => type), inside: [...new Set(asked.map(({ type }) => type))].map((type) => documents.everything(type, true, `${type}_`)) }])
      }
      await askRare(() => (isFull ? 80 : size.cell))
      for (let at = 0; at < size.documents; at++) {
        const viewer = chance.pick(network.viewers)
        const asking = documents.random(viewer)
        // A list of the trail grows while it is read, so it is judged by id alone.
        if (asking.text.includes('auditEntries')) continue
        judge.judge(viewer, asking, await world.as(viewer.login).run(asking.text, asking.variables, { isRouter: true }))
      }
    }
    say(`A1 seed ${seedOfRun}: ${turn} networks, ${tally.triples.size} triples, ${tally.checks} checks, ${tally.differences.length} differences, ${Date.now() - began} ms\n${tally.histogram()}`)
    if (tally.differences.length > 0) say(tally.summary())
    expect(tally.differences.length).toBe(0)
    expect(tally.triples.size).toBeGreaterThanOrEqual(size.triples)
    expect(thinIn(tally)).toEqual([])
  }, isFull ? 1_800_000 : 300_000)
})

/** Rules that have said yes, or no, too seldom of a field that they guard. A rule that lets everybody in says no to nobody, and one that keeps somebody out says yes to nobody. */
const thinIn = ({ rules }: Tally) => [...rules].filter(([name, { yes, no }]) => (!name.endsWith(': none') && yes < size.cell) || (!name.includes('every signed-in viewer') && no < size.cell))

/** Rows of these are there for everybody, so a few viewers are enough. */
const openToAll = ['Division', 'Unit', 'Mandate', 'PolicyDocument', 'CalendarYear', 'SupervisionPolicy', 'DeductionRule', 'ScorePeriod', 'Post', 'Station']

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

/** Viewers and rows of which a rule says yes, or no, and which were not asked for yet: enough of each for every rule. */
function rare({ viewers, snapshot }: Network, tally: Tally, enough: (cell: string, verdict: boolean) => number): Map<Viewer, Map<string, string>> {
  const wanted = new Map<Viewer, Map<string, string>>()
  const counts = new Map<string, number>()
  for (const type of [
    'Initiative',
    'Task',
    'Person',
    'Appointment',
    'AuditEntry',
    'Assignment',
    'JointConference',
    'Comment',
    'UnitScore',
    'Deduction',
    'PeriodLock',
    'ExportJob',
    'ReturnText',
    'ReturnSubmission',
    'ReturnFigure',
    'ReturnCorrection',
    'SocialWorker',
    'Qualification',
    'Employment',
    'WorkLog',
    'TrainingAttendance',
    'Supervision',
    'MicroProject',
    'MicroPayment',
    'NeedsSurvey',
    'Consultation',
    'ServicePlan',
    'ServiceRecord',
    'BudgetLine',
    'Allocation',
    'OpeningBalance',
    'Procurement',
    'Lot',
    'Bid',
    'Award',
    'Contract',
    'Unit',
    'AgencyProfile',
    'AgencySupport',
  ]) {
    const page = pages[type]!
    for (const viewer of viewers) {
      for (const row of page.rows(snapshot)) {
        const isVisible = page.visible(viewer, row)
        const said = [['(row)', isVisible] as const, ...(isVisible.allowed ? Object.entries(page.fields).flatMap(([name, field]) => (field.kind === 'value' && field.readable ? [[name, field.readable(viewer, row)] as const] : [])) : [])]
        for (const [field, { rules }] of said) {
          for (const [rule, holds] of Object.entries(rules)) {
            const name = `${type}.${field} | ${rule}`
            const cell = `${name} ${holds}`
            const count = counts.get(cell) ?? 0
            if (count >= enough(name, holds)) continue
            counts.set(cell, count + 1)
            if (tally.triples.has(`${viewer.login}|${row.id}|${field}`)) continue
            const rows = wanted.get(viewer) ?? new Map<string, string>()
            if (rows.size >= 150) continue
            wanted.set(viewer, rows.set(row.id, type))
          }
        }
      }
    }
  }
  return wanted
}

async function wipe(): Promise<void> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('journal_head', 'mikro_orm_migrations')`)
  await world.sql(`do $$ begin set local session_replication_role = replica; ${tables.map(({ name }) => `delete from "${name}";`).join(' ')} end $$`)
}
