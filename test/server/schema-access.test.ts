import { describe, expect, it } from '@jest/globals'
import { getIntrospectionQuery } from 'graphql'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const credential = 'the-gateway-knows-these-forty-characters'
const development = useDoor(world)
const production = useDoor(world, { ROUTER_CREDENTIAL: credential }, { inProduction: true })

const questions: [string, string][] = [
  ['__schema', '{ __schema { queryType { name } } }'],
  ['__type', '{ __type(name: "Task") { name } }'],
  ['_service', '{ _service { sdl } }'],
  ['__schema in a fragment', '{ ...F } fragment F on Query { s: __schema { queryType { name } } }'],
  ['__schema in an inline fragment that is skipped', '{ ... on Query @include(if: false) { __schema { queryType { name } } } __typename }'],
  ['the introspection query of every tool', getIntrospectionQuery()],
]
const router = { headers: { 'x-heli-router': credential } }

async function admin() {
  const unit = await world.build.unit()
  await world.build.person({ login: 'admin', unit: unit.id, role: 'SYSTEM_ADMIN' })
  return { as: 'admin' }
}

describe('the schema in production', () => {
  it.each(questions)('is not told by %s to those without the right', async (_name, query) => {
    await world.build.network()
    for (const as of ['nobody', 'coordinator']) {
      const answer = await production.ask({ query }, { as })
      expect([answer.status, answer.codes, answer.json.data]).toEqual([403, ['FORBIDDEN'], undefined])
      expect(answer.json.errors[0].message).toContain('holders of `schema:introspect`')
    }
  })

  it.each(questions)('is told by %s to the system administrator and to the gateway', async (_name, query) => {
    for (const who of [await admin(), router]) expect((await production.ask({ query }, who)).codes).toEqual([])
  })

  it('is not given away by a suggestion, in the document or in its variables, but to those with the right', async () => {
    await world.build.network()
    const asks = [{ query: '{ initiativs { totalCount } }' }, { query: 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', variables: { f: { statu: { eq: 'x' } } } }, { query: '{ tasks(filter: { status: { eq: ISSUE } }) { totalCount } }' }]
    for (const body of asks) {
      const told = await production.ask(body, { as: 'coordinator' })
      expect(told.text).not.toMatch(/did you mean/i)
      expect(told.json.errors[0].message.length).toBeGreaterThan(20)
      expect((await production.ask(body, await admin())).text).toMatch(/Did you mean/)
      expect((await development.ask(body)).text).toMatch(/Did you mean/)
      await world.sql(`delete from appointment where role = 'SYSTEM_ADMIN'`)
      await world.sql(`delete from account where subject = 'admin'`)
    }
  })

  it('lets anyone ask for __typename', async () => {
    expect((await production.ask({ query: '{ __typename }' })).json.data).toEqual({ __typename: 'Query' })
  })

  it('serves neither /schema.graphql nor GraphiQL nor the demo keys', async () => {
    const get = (path: string, headers = {}) => production.send({ method: 'GET', path, headers })
    expect([(await get('/schema.graphql')).status, (await get('/schema.graphql', router.headers)).status]).toEqual([403, 200])
    expect((await get('/graphql', { accept: 'text/html' })).status).toBe(405)
    expect((await get('/.well-known/jwks.json')).status).toBe(404)
  })
})

describe('the schema outside production', () => {
  it.each(questions)('is told by %s to anyone', async (_name, query) => {
    expect((await development.ask({ query })).codes).toEqual([])
  })
})
