import { describe, expect, it } from '@jest/globals'
import { Copy, followed, stateOf } from '../support/copy.js'
import { useWorld } from '../support/world.js'

const world = useWorld()

/** A province with a unit of its own and an initiative of another; `clerk` sits in the unit, `portal` is a token of it, `far` sits in another province. */
async function network() {
  const { build } = world
  const { province, office } = await build.network()
  await build.calendar()
  const [owner, unit] = [await build.unit({ divisionId: province.id }), await build.unit({ divisionId: province.id })]
  await build.person({ login: 'clerk', unit: unit.id, role: 'CLERK' })
  await build.person({ login: 'director', unit: owner.id, role: 'DIRECTOR' })
  await build.person({ login: 'security', unit: (await build.unit({ divisionId: province.id })).id, role: 'SECURITY_ADMIN' })
  await build.row('service_token', 'stok', { name: 'bi', tokenHash: 'bi', role: 'BI_READER', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
  const initiative = await build.initiative({ leadUnitId: owner.id, divisionId: province.id })
  const task = await build.task({ initiativeId: initiative.id, issuingUnitId: owner.id, leadUnitId: owner.id, status: 'ISSUED', issuedOn: '2026-11-20' })
  const milestone = await build.row('milestone', 'mile', { initiativeId: initiative.id, title: '节点', dueOn: '2026-12-01' })
  return { province, office, owner, unit, initiative, task, milestone }
}

const act = async (login: string, document: string, input: object) => {
  const type = document === 'initiativeCancel' ? 'InitiativeStep' : document.replace(/^./, (letter) => letter.toUpperCase())
  const { data, errors } = await world.as(login).run(`mutation ($input: ${type}Input!) { ${document}(input: $input) { userErrors { code message } } }`, { input })
  expect({ errors, ...data?.[document] }).toEqual({ errors: [], userErrors: [] })
}
let keys = 0
const key = () => `key-${++keys}-0000000`
const brief = (changes: { type: string; id: string; kind: string }[]) => changes.map(({ type, kind }) => `${kind} ${type}`).sort()

async function agrees(copy: Copy): Promise<void> {
  expect(Object.fromEntries(copy.rows)).toEqual(Object.fromEntries(await stateOf(world, copy.login, copy.types ?? undefined)))
}

const followedOf = ['Initiative', 'Participation', 'Milestone', 'Task', 'Assignment', 'Mandate', 'Appointment', 'Unit']

describe('the feed of changes', () => {
  it('starts with all rows that exist for the viewer, page by page, and ends where nothing happens', async () => {
    await network()
    const copy = new Copy(world, 'clerk', null, 7)
    const told = await copy.pull()
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['UPSERT']))
    expect(copy.pages).toBe(Math.floor(told.length / 7) + 1)
    await agrees(copy)
    expect(await copy.pull()).toEqual([])
  })

  it('tells a change once, in the order of the commits, with the row as it is now', async () => {
    const { initiative, task } = await network()
    const copy = new Copy(world, 'coordinator', ['Initiative', 'Task', 'Assignment'])
    await copy.pull()
    await act('coordinator', 'taskUpdate', { taskId: task.id, expectedVersion: 1, idempotencyKey: key(), title: '甲' })
    await act('coordinator', 'initiativeUpdate', { initiativeId: initiative.id, expectedVersion: 1, idempotencyKey: key(), title: '乙' })
    await act('coordinator', 'taskUpdate', { taskId: task.id, expectedVersion: 2, idempotencyKey: key(), title: '丙' })
    const told = await copy.pull()
    expect(told.map(({ type, kind, node }) => [type, kind, node![`${type}_title`], node![`${type}_version`]])).toEqual([['Initiative', 'UPSERT', '乙', 2], ['Task', 'UPSERT', '丙', 3]])
    await agrees(copy)
  })

  const before = { expectedVersion: 1 }
  const family = ['GONE Assignment', 'GONE Initiative', 'GONE Milestone', 'GONE Participation', 'GONE Task']
  it.each<[string, string, (made: Awaited<ReturnType<typeof network>>) => Promise<void>, string[]]>([
    ['the row itself closes, and with it all below', 'clerk', ({ initiative }) => act('coordinator', 'initiativeUpdate', { initiativeId: initiative.id, ...before, idempotencyKey: key(), visibility: 'PARTICIPANTS' }), family],
    ['a parent becomes confidential', 'clerk', ({ task }) => act('coordinator', 'taskUpdate', { taskId: task.id, ...before, idempotencyKey: key(), confidential: true }), ['GONE Assignment', 'GONE Task']],
    ['what the row stands in ends: the mandate of the coordinating unit', 'coordinator', async ({ office }) => {
      const [mandate] = await world.sql<{ id: string }>('select id from mandate where unit_id = $1', [office.id])
      const heir = await world.build.unit({ divisionId: office['division_id'] })
      await act('security', 'mandateTransfer', { mandateId: mandate!.id, ...before, idempotencyKey: key(), unitId: heir.id, on: '2026-11-24', basisId: (await world.build.document()).id })
      world.day = '2026-11-24'
      // What a coordinator reads of units, others do not.
    }, [...family, 'UPSERT Mandate', 'UPSERT Mandate', ...Array<string>(5).fill('UPSERT Unit')]],
    ['the appointment of the viewer ends', 'clerk', async ({ unit }) => {
      const [place] = await world.sql<{ id: string }>('select id from appointment where unit_id = $1', [unit.id])
      await act('security', 'appointmentUpdate', { appointmentId: place!.id, ...before, idempotencyKey: key(), validTo: '2026-11-23' })
    }, [...family, 'UPSERT Appointment']],
    ['a day comes on which a right has run out', 'clerk', async () => {
      world.day = '2027-01-10'
    }, family],
  ])('says that rows are gone where %s', async (_why, login, change, expected) => {
    const made = await network()
    if (login === 'coordinator') await world.sql(`update initiative set visibility = 'PARTICIPANTS'`)
    await world.sql(`update appointment set valid_to = '2027-01-10' where role = 'CLERK'`)
    const copy = new Copy(world, login, followedOf)
    await copy.pull()
    await change(made)
    const told = await copy.pull()
    expect(brief(told)).toEqual(expected)
    await agrees(copy)
  })

  it('says that rows are gone, and there again, as a participation is taken away and given back', async () => {
    const { initiative, unit, task } = await network()
    await world.sql(`update initiative set visibility = 'PARTICIPANTS' where id = $1`, [initiative.id])
    const copy = new Copy(world, 'clerk', ['Initiative', 'Participation', 'Task', 'Assignment', 'Milestone'])
    expect(await copy.pull()).toEqual([])
    await act('coordinator', 'participationAdd', { initiativeId: initiative.id, unitId: unit.id, role: 'COOPERATING', idempotencyKey: key() })
    expect(brief(await copy.pull())).toEqual(['UPSERT Assignment', 'UPSERT Initiative', 'UPSERT Milestone', 'UPSERT Participation', 'UPSERT Participation', 'UPSERT Task'])
    await agrees(copy)
    const [joined] = await world.sql<{ id: string }>('select id from participation where unit_id = $1', [unit.id])
    await act('coordinator', 'participationRemove', { participationId: joined!.id, expectedVersion: 1, idempotencyKey: key() })
    expect(brief(await copy.pull())).toEqual(['GONE Assignment', 'GONE Initiative', 'GONE Milestone', 'GONE Participation', 'GONE Participation', 'GONE Task'])
    expect(copy.rows.size).toBe(0)
    // Nobody tells of what happens to them now.
    await act('coordinator', 'taskUpdate', { taskId: task.id, expectedVersion: 1, idempotencyKey: key(), title: '改' })
    expect(await copy.pull()).toEqual([])
  })

  it('never tells of a row that the viewer never saw, not even as gone', async () => {
    const { initiative, milestone } = await network()
    await world.sql(`update initiative set visibility = 'PARTICIPANTS' where id = $1`, [initiative.id])
    const [outside, inside] = [new Copy(world, 'clerk', followedOf), new Copy(world, 'director', followedOf)]
    await outside.pull()
    await inside.pull()
    await act('director', 'milestoneUpdate', { milestoneId: milestone.id, expectedVersion: 1, idempotencyKey: key(), title: '改' })
    await act('director', 'milestoneAdd', { initiativeId: initiative.id, title: '新', dueOn: '2026-12-05', idempotencyKey: key() })
    await act('coordinator', 'initiativeCancel', { initiativeId: initiative.id, expectedVersion: 1, idempotencyKey: key() })
    expect(brief(await outside.pull())).toEqual([])
    expect((await inside.pull()).length).toBeGreaterThanOrEqual(3)
    await agrees(inside)
  })

  it('tells a row anew where what is hidden of it changed, though the row did not', async () => {
    const { unit, owner } = await network()
    const person = await world.build.person({ unit: owner.id, mobile: '13900000001' })
    const copy = new Copy(world, 'clerk', ['Person'])
    await copy.pull()
    // The clerk becomes a colleague of everybody in the owner's unit.
    const [clerk] = await world.sql<{ id: string }>('select person_id as id from appointment where unit_id = $1', [unit.id])
    await act('security', 'appointmentCreate', { personId: clerk!.id, unitId: owner.id, role: 'CLERK', validFrom: '2026-11-23', idempotencyKey: key() })
    const told = await copy.pull()
    expect(told.map(({ id }) => id)).toContain(person.id)
    const { data } = await world.as('clerk').run('query ($id: ID!) { person(id: $id) { mobile } }', { id: person.id })
    expect(data.person.mobile).toBe('13900000001')
  })

  it('tells a row anew where a part of it changed that is kept apart', async () => {
    const { owner } = await network()
    await world.build.person({ login: 'hr', unit: owner.id, role: 'HR_OFFICER' })
    const person = await world.build.person({ unit: owner.id, mobile: '13900000001' })
    const copy = new Copy(world, 'hr', ['Person'])
    await copy.pull()
    await act('hr', 'personUpdate', { personId: person.id, expectedVersion: 1, idempotencyKey: key(), mobile: '13900000002' })
    expect((await copy.pull()).map(({ id, kind }) => [id, kind])).toEqual([[person.id, 'UPSERT']])
  })

  it('can be resumed at every cursor that it ever gave, and comes to the same', async () => {
    const { task, initiative } = await network()
    const copy = new Copy(world, 'clerk', followedOf, 3)
    const forks: Copy[] = []
    const pull = async () => {
      for (let more = true; more; forks.push(copy.fork())) more = (await copy.step()).hasMore
    }
    await pull()
    await act('coordinator', 'taskUpdate', { taskId: task.id, expectedVersion: 1, idempotencyKey: key(), confidential: true })
    await pull()
    await act('coordinator', 'taskUpdate', { taskId: task.id, expectedVersion: 2, idempotencyKey: key(), confidential: false })
    await act('coordinator', 'initiativeUpdate', { initiativeId: initiative.id, expectedVersion: 1, idempotencyKey: key(), title: '改' })
    await pull()
    await act('coordinator', 'initiativeUpdate', { initiativeId: initiative.id, expectedVersion: 2, idempotencyKey: key(), visibility: 'PARTICIPANTS' })
    await pull()
    expect(forks.length).toBeGreaterThan(8)
    for (const fork of forks) {
      await fork.pull()
      expect(Object.fromEntries(fork.rows)).toEqual(Object.fromEntries(copy.rows))
    }
    await agrees(copy)
    // A reader that lost everything starts anew, and is told of nothing that is gone.
    const anew = new Copy(world, 'clerk', followedOf, 3)
    expect(new Set((await anew.pull()).map(({ kind }) => kind))).toEqual(new Set(['UPSERT']))
    expect(Object.fromEntries(anew.rows)).toEqual(Object.fromEntries(copy.rows))
  })

  it('serves a service token: a BI_READER gets its division, and no person', async () => {
    await network()
    const copy = new Copy(world, 'service:bi')
    const types = new Set((await copy.pull()).map(({ type }) => type))
    expect([types.has('Task'), types.has('Unit'), types.has('Person'), types.has('Appointment')]).toEqual([true, true, false, false])
    await agrees(copy)
  })

  it('refuses a cursor that is not its own, with the way out', async () => {
    await network()
    const [mine, others] = [new Copy(world, 'clerk', ['Task']), new Copy(world, 'director', ['Task'])]
    await mine.pull()
    await others.pull()
    const ask = async (login: string, since: string, types: string[] = ['Task'], first = 10) => {
      const { codes, errors } = await world.as(login).run('query ($since: String, $types: [String!], $first: Int!) { changes(since: $since, types: $types, first: $first) { cursor } }', { since, types, first })
      return [codes.join(), errors[0]?.extensions['field'], errors[0]?.message.replace(/^.*?(Start anew.*|Send the same.*|must be.*|Name .*)?$/, '$1')]
    }
    const anew = ['BAD_USER_INPUT', 'since', 'Start anew with `since: null`.']
    expect(await ask('clerk', others.cursor!)).toEqual(anew)
    expect(await ask('clerk', 'nonsense')).toEqual(anew)
    expect(await ask('clerk', Buffer.from('["a"]').toString('base64url'))).toEqual(anew)
    expect(await ask('clerk', mine.cursor!, ['Task', 'Unit'])).toEqual(['BAD_USER_INPUT', 'since', 'Send the same ones with it. Start anew with `since: null`.'])
    expect(await ask('clerk', '', ['AuditEntry'])).toEqual(['BAD_USER_INPUT', 'types', 'Name types with an id of their own, such as Task.'])
    expect(await ask('clerk', '', [])).toEqual(['BAD_USER_INPUT', 'types', 'Name at least one, or leave it out for all.'])
    expect(await ask('clerk', '', ['Task'], 1001)).toEqual(['BAD_USER_INPUT', 'first', 'must be 1 to 1000; got 1001.'])
    expect((await world.as('nobody').run('{ changes { cursor } }')).codes).toEqual(['UNAUTHENTICATED'])
    // Dropped after 90 days without a reader.
    world.day = '2027-03-01'
    await new Copy(world, 'director', ['Task']).pull()
    expect(await ask('clerk', mine.cursor!)).toEqual(anew)
  })

  it('forgets after thirty days which rows are gone, and refuses whoever has not been told', async () => {
    const { task } = await network()
    const copy = new Copy(world, 'clerk', ['Task', 'Assignment'])
    await copy.pull()
    const late = copy.fork()
    await act('coordinator', 'taskUpdate', { taskId: task.id, expectedVersion: 1, idempotencyKey: key(), confidential: true })
    await copy.pull()
    world.day = '2026-12-25'
    expect(await copy.pull()).toEqual([])
    expect(await world.sql('select id from feed_row where content is null')).toEqual([])
    const { codes, errors } = await world.as('clerk').run('query ($since: String) { changes(since: $since, types: ["Task", "Assignment"]) { cursor } }', { since: late.cursor })
    expect([codes, errors[0]!.message]).toEqual([['BAD_USER_INPUT'], '`since` is older than what is still known of rows that are gone (30 days). Start anew with `since: null`.'])
  })

  it('follows every type of the graph but the trail, which has numbers of its own', () => {
    expect(followed(world)).not.toContain('AuditEntry')
    expect(followed(world).length).toBeGreaterThan(60)
  })
})
