/**
 * The feed of changes against the rules: a copy made from it is what its reader may read, whatever happened to whichever rows; and what a reader may not see
 * leaves no trace in it, neither in what is told nor in numbers, order or pages.
 */
import { expect, it } from '@jest/globals'
import { Copy, happen, stateOf } from '../../support/copy.js'
import { useWorld } from '../../support/world.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun, type Random } from './random.js'
import { unseenChanges, type Change } from './unseen.js'

const world = useWorld()

const readers = (network: ReturnType<typeof makeNetwork>, chance: Random, roles: readonly string[]) =>
  roles.flatMap((role) => chance.some(network.viewers.filter(({ places }) => places.some((place) => place.role === role)), 1).map(({ login }) => ({ role, login })))

/** Changes to the rows on which rights rest, and to any others: for the database nothing but updates and events. */
async function upheaval(chance: Random): Promise<Change[]> {
  const rows = async (table: string) => (await world.sql<{ id: string }>(`select id from "${table}" order by id`)).map(({ id }) => id)
  const set = (type: string, table: string, id: string, fields: string[], assignment: string, values: unknown[] = []): Change => ({
    type, id, kind: 'UPDATED', fields, label: `${table}.${fields.join()}`, apply: () => undefined, sql: [`update "${table}" set ${assignment}, version = version + 1, updated_at = updated_at + interval '1 hour' where id = $1`, [id, ...values]],
  })
  const remove = (type: string, table: string, id: string): Change => ({ type, id, kind: 'DELETED', fields: [], label: `${table} removed`, apply: () => undefined, sql: [`delete from "${table}" where id = $1`, [id]] })
  const divisions = await rows('division')
  const units = await rows('unit')
  const each = async (table: string, share: number, change: (id: string) => Change) => (await rows(table)).filter(() => chance.chance(share)).map(change)
  const joined = await world.sql<{ id: string }>('select p.id from participation p join initiative i on i.id = p.initiative_id where i.lead_unit_id <> p.unit_id order by 1')
  return [
    ...(await each('initiative', 0.15, (id) => set('Initiative', 'initiative', id, ['visibility'], `visibility = case visibility when 'NETWORK' then 'PARTICIPANTS' else 'NETWORK' end`))),
    ...(await each('initiative', 0.1, (id) => set('Initiative', 'initiative', id, ['division'], 'division_id = $2', [chance.pick(divisions)]))),
    ...(await each('task', 0.1, (id) => set('Task', 'task', id, ['confidential'], 'confidential = not confidential'))),
    ...(await each('task', 0.1, (id) => set('Task', 'task', id, ['title'], 'title = $2', [`改${chance.below(1_000)}`]))),
    ...joined.filter(() => chance.chance(0.2)).map(({ id }) => remove('Participation', 'participation', id)),
    ...(await each('appointment', 0.1, (id) => set('Appointment', 'appointment', id, ['validTo'], `valid_to = greatest(valid_from + 1, date '2026-11-23')`))),
    ...(await each('mandate', 0.1, (id) => set('Mandate', 'mandate', id, ['validTo'], `valid_to = greatest(valid_from + 1, date '2026-11-23')`))),
    ...(await each('unit', 0.1, (id) => set('Unit', 'unit', id, ['division'], 'division_id = $2', [chance.pick(divisions)]))),
    ...(await each('unit', 0.05, (id) => set('Unit', 'unit', id, ['endedOn'], `ended_on = date '2026-11-23'`))),
    ...(await each('conference_member', 0.2, (id) => remove('ConferenceMember', 'conference_member', id))),
    ...(await each('comment', 0.3, (id) => set('Comment', 'comment', id, ['visibility'], `visibility = case visibility when 'ALL' then 'INTERNAL' else 'ALL' end`))),
    ...(await each('contract', 0.2, (id) => set('Contract', 'contract', id, ['agency'], 'agency_id = $2', [chance.pick(units)]))),
    ...(await each('volunteer_team', 0.2, (id) => set('VolunteerTeam', 'volunteer_team', id, ['unit'], 'unit_id = $2', [chance.pick(units)]))),
  ]
}

/** One act: what the database refuses, did not happen. */
async function act({ sql: [text, values], type, id, kind, fields }: Change): Promise<boolean> {
  return happen(world, [[text, values]], [{ type, id, kind, fields }]).then(
    () => true,
    () => false,
  )
}

it('keeps every reader to what it may read, whatever happens', async () => {
  const began = Date.now()
  const network = makeNetwork(seedOfRun)
  const chance = random(seedOfRun)
  await load(world, network.tables)
  const roles = isFull ? ['COORDINATOR', 'CLERK', 'BI_READER', 'HR_OFFICER', 'DIRECTOR', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'AUDITOR', 'SECURITY_ADMIN'] : ['COORDINATOR', 'FINANCE_OFFICER']
  const copies = readers(network, chance, roles).map(({ login }) => new Copy(world, login, null, 500))
  for (const copy of copies) await copy.pull()
  const seen = new Map(copies.map((copy) => [copy, new Set(copy.rows.keys())]))
  let [acts, refused, rows, gone, told] = [0, 0, 0, 0, 0]
  for (let turn = 0; turn < (isFull ? 12 : 2); turn++) {
    if (turn % 3 === 1) world.day = `2026-11-${24 + Math.floor(turn / 3)}`
    for (const change of chance.some(await upheaval(chance), 24)) (await act(change)) ? acts++ : refused++
    for (const copy of copies) {
      const changes = await copy.pull()
      const state = await stateOf(world, copy.login)
      expect({ turn, login: copy.login, rows: Object.fromEntries(copy.rows) }).toEqual({ turn, login: copy.login, rows: Object.fromEntries(state) })
      rows += state.size
      told += changes.length
      for (const { id, kind } of changes) {
        if (kind === 'GONE') { gone++; expect(seen.get(copy)).toContain(id) } else seen.get(copy)!.add(id)
      }
      expect(await copy.pull()).toEqual([])
    }
  }
  say(`feed seed ${seedOfRun}: ${acts} acts (${refused} refused by the database), ${copies.length} readers, ${told} changes told, ${gone} of them gone, ${rows} rows compared, ${Date.now() - began} ms`)
  expect([acts > 20, told > 20, gone > 5]).toEqual([true, true, true])
}, isFull ? 900_000 : 120_000)

it('tells nothing of what its reader may not see', async () => {
  const began = Date.now()
  const network = makeNetwork(seedOfRun + 1)
  const chance = random(seedOfRun + 1)
  await load(world, network.tables)
  const said: string[] = []
  for (const { role, login } of readers(network, chance, isFull ? ['CLERK', 'BI_READER', 'DIRECTOR', 'HR_OFFICER'] : ['CLERK'])) {
    const viewer = network.viewers.find((one) => one.login === login)!
    const pages = async (copy: Copy) => {
      const all: unknown[] = []
      for (let more = true; more; all.push(copy.cursor)) {
        const page = await copy.step()
        more = page.hasMore
        all.push(page)
      }
      return JSON.stringify(all)
    }
    const copy = new Copy(world, login, null, 100)
    const before = await pages(copy)
    const { kept } = unseenChanges(network, viewer, chance, isFull ? 10_000 : 150)
    await happen(world, kept.map((change): [string, unknown[]] => change.sql), kept)
    // The same feed goes on: the journal is full of events, and not one is told.
    expect(await copy.pull()).toEqual([])
    // Another begins in the changed database: byte for byte the same.
    await world.sql('delete from feed')
    expect(await pages(new Copy(world, login, null, 100))).toBe(before)
    said.push(`${role}: ${kept.length} changes to what is hidden, ${copy.rows.size} rows in the copy, ${before.length} bytes`)
    await world.sql('delete from feed')
  }
  say(`feed seed ${seedOfRun + 1}: ${said.join('; ')}, ${Date.now() - began} ms`)
}, isFull ? 900_000 : 120_000)
