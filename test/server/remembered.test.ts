/* Whoever asked before is taken for the same as then, and the answer counts only once the database has said so. */
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world, {}, { inProduction: true })
let clerk: Built
let task: Built
let elsewhere: Built

beforeEach(async () => {
  const { build } = world
  const { office, province } = await build.network()
  elsewhere = await build.unit({ divisionId: province.id })
  clerk = await build.person({ login: 'clerk', unit: office.id, role: 'DIRECTOR' })
  const initiative = await build.initiative({ leadUnitId: office.id, visibility: 'PARTICIPANTS' })
  task = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id, confidential: true, status: 'ISSUED' })
  await build.row('service_token', 'stok', { name: 'portal', tokenHash: 'service-portal', role: 'CLERK', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
})

const documents = {
  'one row, at a glance': () => ({ query: `{ task(id: "${task.id}") { id } }` }),
  'a list': () => ({ query: '{ tasks { nodes { id } } }' }),
  'values that JavaScript makes': () => ({ query: `{ task(id: "${task.id}") { nextActions { action } } }` }),
  'nothing that is read': () => ({ query: '{ __typename }' }),
}
const sees = { 'one row, at a glance': true, 'a list': true, 'values that JavaScript makes': true } as Record<string, boolean>

describe.each(Object.keys(documents) as (keyof typeof documents)[])('%s', (name) => {
  const ask = (as = 'clerk') => door.ask(documents[name](), { as })

  it.each(['clerk', 'service-portal'])('is refused to %s at the door of the next request when account or token is taken away', async (login) => {
    expect([(await ask(login)).status, (await ask(login)).status]).toEqual([200, 200])
    await world.sql('update account set blocked_at = now()')
    await world.sql('update service_token set revoked_at = now()')
    const { status, json, headers } = await ask(login)
    expect([status, headers['www-authenticate'], json]).toEqual([401, 'Bearer error="invalid_token"', expect.objectContaining({ errors: [{ message: expect.stringMatching(/^The token is good, but no account/), extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) } }] })])
    expect(json.data ?? null).toBeNull()
    expect((await ask(login)).status).toBe(401)
    await world.sql('update account set blocked_at = null')
    await world.sql('update service_token set revoked_at = null')
    expect((await ask(login)).status).toBe(200)
  })

  it('is answered with the rights of now, not with those of the request before', async () => {
    if (!sees[name]) return
    const first = (await ask()).json
    expect(first.errors).toBeUndefined()
    await world.sql('update appointment set unit_id = $1 where person_id = $2', [elsewhere.id, clerk.id])
    const moved = (await ask()).json
    expect(JSON.stringify(moved)).not.toContain(task.id)
    if (name !== 'a list') expect(moved.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual(['NOT_FOUND'])
    // Another kind of viewer asks by another text.
    await world.sql(`update appointment set role = 'SYSTEM_ADMIN' where person_id = $1`, [clerk.id])
    expect(JSON.stringify((await ask()).json)).not.toContain(task.id)
    await world.sql(`update appointment set role = 'DIRECTOR', unit_id = $1 where person_id = $2`, [await officeOf(), clerk.id])
    expect((await ask()).json.data).toEqual(first.data)
  })
})

const officeOf = async () => (await world.sql<{ id: string }>('select issuing_unit_id as id from task where id = $1', [task.id]))[0]!.id

it('costs no statement of its own where the answer is one', async () => {
  const { database } = world.backbone
  const { read } = database
  let count = 0
  Object.assign(database, { read: (...parameters: Parameters<typeof read>) => (count++, read.apply(database, parameters)) })
  try {
    const counts: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      count = 0
      expect((await door.ask(documents['one row, at a glance'](), { as: 'clerk' })).codes).toEqual([])
      counts.push(count)
    }
    expect(counts).toEqual([2, 1, 1])
  } finally {
    Object.assign(database, { read })
  }
})

it('tells the schema to whoever has become SYSTEM_ADMIN since, and no longer to whoever is none', async () => {
  const ask = async () => (await door.ask({ query: '{ __schema { queryType { name } } }' }, { as: 'clerk' })).codes
  expect(await ask()).toEqual(['FORBIDDEN'])
  await world.sql(`update appointment set role = 'SYSTEM_ADMIN' where person_id = $1`, [clerk.id])
  expect(await ask()).toEqual([])
  await world.sql(`update appointment set role = 'CLERK' where person_id = $1`, [clerk.id])
  expect(await ask()).toEqual(['FORBIDDEN'])
})
