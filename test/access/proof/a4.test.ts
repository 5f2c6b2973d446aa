/** A4: a database is changed in all that one viewer may not see, and in nothing else; the viewer's documents are answered byte for byte as before. */
import { expect, it } from '@jest/globals'
import { useWorld } from '../../support/world.js'
import { Documents } from './documents.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'
import { unseenChanges } from './unseen.js'

const world = useWorld({ comparing: 4 })
const size = isFull ? { viewers: 12, documents: 90, changes: 10_000 } : { viewers: 3, documents: 20, changes: 1_500 }

it('what a viewer may not see leaves no trace in any answer', async () => {
  const began = Date.now()
  say(`A4 seed ${seedOfRun}`)
  const told: string[] = []
  const differing: unknown[] = []
  let compared = 0
  const roles = ['CLERK', 'BI_READER', 'HR_OFFICER', 'COORDINATOR', 'AUDITOR', 'DIRECTOR', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'SECURITY_ADMIN', 'SYSTEM_ADMIN', 'CLERK']
  for (let turn = 0; turn < size.viewers; turn++) {
    await world.sql(`do $$ begin set local session_replication_role = replica; ${(await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('journal_head', 'mikro_orm_migrations')`)).map(({ name }) => `delete from "${name}";`).join(' ')} end $$`)
    const network = makeNetwork(seedOfRun + turn)
    const chance = random(seedOfRun + turn)
    await load(world, network.tables)
    const viewer = chance.pick(network.viewers.filter(({ places }) => places.some(({ role }) => role === roles[turn])))
    const documents = new Documents(world.backbone.schema, network.snapshot, chance)
    const asked = Array.from({ length: size.documents * 2 }, () => documents.random(viewer)).filter(({ text }) => !text.includes('auditEntries')).slice(0, size.documents)
    const answers = async () => {
      const all: string[] = []
      for (const { text, variables } of asked) all.push(JSON.stringify(await world.as(viewer.login).run(text, variables, { isRouter: true })))
      return all
    }
    // The changes are real: others, who may see what changed, are answered otherwise.
    const others = chance.some(network.viewers.filter(({ login, personId }) => personId && login !== viewer.login), 4)
    const glimpse = () => Promise.all(others.map(async ({ login }) => JSON.stringify((await world.as(login).run('{ tasks(first: 200) { nodes { title dueOn } } assignments(first: 200) { nodes { internalNote } } }')).data)))
    const before = await answers()
    const glimpsed = await glimpse()
    const { kept, tried } = unseenChanges(network, viewer, chance, size.changes)
    await world.backbone.database.transaction(async (run) => { for (const { sql: [text, values] } of kept) await run({ text, values }) })
    const now = await answers()
    expect(await glimpse()).not.toEqual(glimpsed)
    compared += now.length
    for (const [at, text] of now.entries()) if (text !== before[at]) differing.push({ viewer: `${viewer.login} ${viewer.places.map(({ role, unit }) => `${role}@${unit.code}`).join()}`, network: network.seed, text: asked[at]!.text.slice(0, 600), first: firstDifference(before[at]!, text) })
    const labels = new Map<string, number>()
    for (const { label } of kept) labels.set(label, (labels.get(label) ?? 0) + 1)
    told.push(`${roles[turn]}: ${kept.length} of ${tried} changes (${[...labels].map(([label, n]) => `${label} ${n}`).join(', ')})`)
  }
  say(`A4 seed ${seedOfRun}: ${compared} documents compared, ${differing.length} differ, ${Date.now() - began} ms\n  ${told.join('\n  ')}`)
  if (differing.length > 0) say(JSON.stringify(differing.slice(0, 3), null, 1))
  expect(differing.length).toBe(0)
}, isFull ? 1_800_000 : 300_000)

function firstDifference(a: string, b: string): string {
  const at = [...a].findIndex((letter, index) => letter !== b[index])
  return `…${a.slice(Math.max(0, at - 160), at + 80)}… | …${b.slice(Math.max(0, at - 40), at + 80)}…`
}
