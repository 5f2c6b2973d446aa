import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from '@jest/globals'
import { Copy, happen, stateOf } from '../support/copy.js'
import { useWorld } from '../support/world.js'

// Writers at once and commits that come late: on a real server, where one transaction can overtake another.
const world = useWorld({ on: 'postgresql' })
const types = ['Initiative', 'Participation', 'Milestone', 'Task', 'Assignment', 'Unit']
const writers = 8
const actsEach = 25

async function network() {
  const { build } = world
  const { province, office } = await build.network()
  await build.calendar()
  const owner = await build.unit({ divisionId: province.id })
  const outsider = await build.unit({ divisionId: province.id })
  await build.person({ login: 'clerk', unit: outsider.id, role: 'CLERK' })
  await build.row('service_token', 'stok', { name: 'bi', tokenHash: 'bi', role: 'BI_READER', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
  const tasks: string[] = []
  const initiatives: string[] = []
  for (let n = 0; n < 12; n++) {
    const initiative = await build.initiative({ leadUnitId: owner.id, divisionId: province.id })
    initiatives.push(initiative.id)
    for (let m = 0; m < 4; m++) tasks.push((await build.task({ initiativeId: initiative.id, issuingUnitId: owner.id, leadUnitId: owner.id, status: 'ISSUED', issuedOn: '2026-11-20' })).id)
  }
  return { tasks, initiatives, outsider }
}

it('rebuilds exactly what its reader may read while eight write at once, some commits come late, and readers die between their pages', async () => {
  const { tasks, initiatives, outsider } = await network()
  const began = Date.now()
  let done = false
  let written = 0
  const step = (n: number, length: number) => (n * 7919) % length
  const mutate = async (document: string, input: object): Promise<boolean> => {
    const { data, errors } = await world.as('coordinator').run(document, { input })
    expect(errors).toEqual([])
    return (Object.values(data)[0] as { userErrors: unknown[] }).userErrors.length === 0
  }
  const versionOf = async (table: string, id: string) => (await world.sql<{ version: number }>(`select version from "${table}" where id = $1`, [id]))[0]!.version
  const write = async (writer: number) => {
    for (let n = 0; n < actsEach; n++) {
      const at = writer * actsEach + n
      const task = tasks[step(at, tasks.length)]!
      const initiative = initiatives[step(at, initiatives.length)]!
      const idempotencyKey = `writer-${writer}-act-${n}`
      const kind = at % 6
      if (kind === 0) {
        // Rows first, the journal only after a while: whoever comes meanwhile gets the smaller number.
        await world.backbone.database.transaction(async (run) => {
          await run({ text: `update initiative set summary = $2, version = version + 1 where id = $1`, values: [initiative, `第${at}稿`] })
          await run({ text: `insert into milestone (id, initiative_id, title, due_on) values ($1, $2, '节点', '2026-12-01')`, values: [`mile_${String(at).padStart(26, '0')}`, initiative] })
          await pause(30)
          await run({ text: 'select heli_record($1::jsonb)', values: [JSON.stringify({ verb: 'test', subjectId: null, requestId: 'test', personId: null, tokenId: null, posts: [], changes: [{ type: 'Initiative', id: initiative, kind: 'UPDATED', version: 1, fields: { summary: [null, null] } }, { type: 'Milestone', id: `mile_${String(at).padStart(26, '0')}`, kind: 'CREATED', version: 1, fields: {} }], idempotency: null })] })
          // And a commit that keeps the others waiting.
          await pause(10)
        })
        written++
      } else if (kind === 1) {
        const id = `mile_${String(at - 1).padStart(26, '0')}`
        if ((await world.sql('select id from milestone where id = $1', [id])).length > 0) {
          await happen(world, [[`delete from milestone where id = $1`, [id]]], [{ type: 'Milestone', id, kind: 'DELETED' }])
          written++
        }
      } else if (kind === 2) {
        if (await mutate('mutation ($input: InitiativeUpdateInput!) { initiativeUpdate(input: $input) { userErrors { code } } }', { initiativeId: initiative, expectedVersion: await versionOf('initiative', initiative), idempotencyKey, visibility: at % 4 < 2 ? 'PARTICIPANTS' : 'NETWORK' })) written++
      } else if (kind === 3) {
        if (await mutate('mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { userErrors { code } } }', { taskId: task, expectedVersion: await versionOf('task', task), idempotencyKey, confidential: at % 4 < 2 })) written++
      } else if (kind === 4) {
        const [joined] = await world.sql<{ id: string; version: number }>('select id, version from participation where initiative_id = $1 and unit_id = $2', [initiative, outsider.id])
        const document = joined ? 'mutation ($input: ParticipationRemoveInput!) { participationRemove(input: $input) { userErrors { code } } }' : 'mutation ($input: ParticipationAddInput!) { participationAdd(input: $input) { userErrors { code } } }'
        const { data } = await world.as('coordinator').run(document, { input: joined ? { participationId: joined.id, expectedVersion: joined.version, idempotencyKey } : { initiativeId: initiative, unitId: outsider.id, role: 'COOPERATING', idempotencyKey } })
        if (data && (Object.values(data)[0] as { userErrors: unknown[] } | null)?.userErrors.length === 0) written++
      } else if (await mutate('mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { userErrors { code } } }', { taskId: task, expectedVersion: await versionOf('task', task), idempotencyKey, title: `第${at}稿` })) written++
    }
  }
  let [deaths, pages] = [0, 0]
  const read = async (login: string): Promise<Copy> => {
    let copy = new Copy(world, login, types, 5)
    for (let turn = 1; !done; turn++) {
      // The reader dies with an answer in its hands, and another goes on with what was kept before it.
      const kept = copy.fork()
      const { hasMore } = await copy.step()
      pages++
      if (turn % 3 === 0) [copy, deaths] = [kept, deaths + 1]
      if (!hasMore) await pause(15)
    }
    return copy
  }
  const reading = ['clerk', 'service:bi', 'coordinator'].map(read)
  await Promise.all(Array.from({ length: writers }, (_none, writer) => write(writer)))
  done = true
  const copies = await Promise.all(reading)
  const [{ events }] = (await world.sql<{ events: number }>('select count(*)::int as events from event')) as [{ events: number }]
  let rows = 0
  for (const copy of copies) {
    const sequences: number[] = []
    for (const { sequence } of await copy.pull()) sequences.push(Number(sequence))
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b))
    const state = await stateOf(world, copy.login, types)
    expect(Object.fromEntries(copy.rows)).toEqual(Object.fromEntries(state))
    // And as the lists have it, row by row.
    const { data } = await world.as(copy.login).run('{ tasks(first: 200) { nodes { id version title confidential status } } initiatives(first: 200) { nodes { id version visibility } } assignments(first: 200) { nodes { id version status } } }')
    const held = (type: string, names: readonly string[]) => [...copy.rows].filter(([id]) => id.startsWith(`${type.toLowerCase().slice(0, 4)}_`)).map(([, row]) => JSON.parse(row)).map((row) => Object.fromEntries(names.map((name) => [name, row[`${type}_${name}`]])))
    expect(held('Task', ['id', 'version', 'title', 'confidential', 'status']).sort(byId)).toEqual(data.tasks.nodes.sort(byId))
    expect(held('Initiative', ['id', 'version', 'visibility']).sort(byId)).toEqual(data.initiatives.nodes.sort(byId))
    rows += state.size
  }
  console.log(`feed: ${writers} writers, ${written} acts, ${events} events, ${copies.length} readers, ${pages} pages, ${deaths} deaths, ${copies.reduce((sum, { told }) => sum + told, 0)} changes told, ${rows} rows compared, ${Date.now() - began} ms`)
  expect([written > 120, events > 100, deaths > 5]).toEqual([true, true, true])
}, 120_000)

const byId = (a: { id?: string; [name: string]: any }, b: { id?: string; [name: string]: any }) => (a.id! < b.id! ? -1 : 1)

it('reads from a journal whose numbers have no gap, at no moment', async () => {
  await network()
  const looks: { head: number; count: number; max: number | null }[] = []
  let done = false
  const watch = (async () => {
    while (!done) looks.push(...(await world.sql<{ head: number; count: number; max: number | null }>('select (select event_seq from journal_head)::int as head, count(*)::int as count, max(seq)::int as max from event')))
  })()
  const change = (n: number) => ({ type: 'Task', id: `task_${String(n).padStart(26, '0')}`, kind: 'UPDATED', fields: ['title'] })
  await Promise.all(Array.from({ length: writers }, async (_none, writer) => {
    for (let n = 0; n < 20; n++) {
      if ((writer + n) % 5 === 0) await happen(world, [['select 1 / 0']], [change(n)]).catch(() => undefined)
      else await happen(world, [['select pg_sleep($1)', [0.002 * ((writer + n) % 3)]]], [change(n), change(n + 1)])
    }
  }))
  done = true
  await watch
  expect(looks.filter(({ head, count, max }) => head !== count || (max ?? 0) !== count)).toEqual([])
  expect(looks.length).toBeGreaterThan(20)
}, 60_000)
