import { beforeEach, describe, expect, it } from '@jest/globals'
import { buildSchema } from 'graphql'
import { newId } from '../../src/kernel/index.js'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const credential = 'a credential of forty characters or more.'
const world = useWorld()
const door = useDoor(world, { ROUTER_CREDENTIAL: credential })
const closed = useDoor(world, { ROUTER_CREDENTIAL: credential }, { inProduction: true })
const router = { 'x-heli-router': credential }
let unit: { id: string }

beforeEach(async () => {
  const { office } = await world.build.network()
  unit = office
})

describe('the gateway', () => {
  it('reads the schema with its credential, in production nobody does without', async () => {
    const { json } = await closed.ask({ query: '{ _service { sdl } }' }, { headers: router })
    expect(json.errors).toBeUndefined()
    expect(json.data._service.sdl).toContain('type Task implements Node @key(fields: "id")')
    for (const headers of [{}, { 'x-heli-router': 'guess' }, { 'x-heli-router': `${credential}.` }]) {
      for (const as of ['nobody', 'coordinator']) {
        const refused = await closed.ask({ query: '{ _service { sdl } }' }, { as, headers })
        expect(refused.codes).toEqual(['FORBIDDEN'])
        expect(refused.text).not.toContain('type Task')
      }
    }
    expect((await closed.send({ method: 'GET', path: '/schema.graphql' })).json.errors).toEqual([{ message: expect.stringContaining('send its credential as x-heli-router'), extensions: { code: 'FORBIDDEN', requestId: expect.any(String) } }])
    expect(await closed.send({ method: 'GET', path: '/schema.graphql', headers: router })).toMatchObject({ status: 200, text: world.backbone.sdl })
  })

  const entities = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Unit { id name } ... on Task { title } } }'

  it('joins objects by id, each as the viewer sees it', async () => {
    const hidden = await world.build.task({ issuingUnitId: unit.id, confidential: true, title: '涉密' })
    await world.build.person({ login: 'clerk', unit: (await world.build.unit()).id, role: 'CLERK' })
    const of = [{ __typename: 'Unit', id: unit.id }, { __typename: 'Task', id: hidden.id }, { __typename: 'Unit', id: newId('unit') }]
    expect((await door.ask({ query: entities, variables: { of } }, { as: 'coordinator', headers: router })).json.data).toEqual({ _entities: [{ __typename: 'Unit', id: unit.id, name: '省委组织部' }, { __typename: 'Task', title: '涉密' }, null] })
    expect((await door.ask({ query: entities, variables: { of } }, { as: 'clerk', headers: router })).json.data).toEqual({ _entities: [{ __typename: 'Unit', id: unit.id, name: '省委组织部' }, null, null] })
  })

  it('joins nothing without the credential, without a viewer, or for what is no entity', async () => {
    const of = [{ __typename: 'Unit', id: unit.id }]
    expect((await door.ask({ query: entities, variables: { of } }, { as: 'coordinator' })).codes).toEqual(['FORBIDDEN'])
    expect((await door.ask({ query: entities, variables: { of } }, { headers: router })).codes).toEqual(['UNAUTHENTICATED'])
    for (const wrong of [{ __typename: 'Account', id: unit.id }, { __typename: 'Unit' }, { __typename: 'Unit', id: newId('task') }, { __typename: '__proto__', id: unit.id }]) {
      const { codes, json } = await door.ask({ query: entities, variables: { of: [wrong] } }, { as: 'coordinator', headers: router })
      expect({ wrong, codes, data: json.data }).toEqual({ wrong, codes: ['BAD_USER_INPUT'], data: null })
    }
  })
})

describe('routes', () => {
  it('/livez says that the process is alive', async () => {
    expect(await door.send({ method: 'GET', path: '/livez' })).toMatchObject({ status: 200, json: { alive: true } })
  })

  it('/readyz says that it can serve', async () => {
    expect(await door.send({ method: 'GET', path: '/readyz' })).toMatchObject({ status: 200, json: { ready: true, reasons: [] } })
  })

  it('/metrics counts requests by route and status, with no label that a caller chooses', async () => {
    await door.ask({ query: '{ __typename }' }, { as: 'coordinator' })
    await door.send({ method: 'GET', path: '/guess-1234' })
    await new Promise((done) => setTimeout(done, 50))
    const { status, text, headers } = await door.send({ method: 'GET', path: '/metrics' })
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(text).toMatch(/heli_http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} \d+/)
    expect(text).toMatch(/heli_http_request_duration_seconds_count\{method="GET",route="other",status="404"\} \d+/)
    expect(text).not.toContain('guess-1234')
  })

  it('/schema.graphql gives the contract', async () => {
    const { status, text, headers } = await door.send({ method: 'GET', path: '/schema.graphql' })
    expect({ status, type: headers['content-type'], text }).toEqual({ status: 200, type: 'text/plain; charset=utf-8', text: world.backbone.sdl })
    expect(() => buildSchema(text.replace(/^extend schema.*$/m, 'directive @key(fields: String!) repeatable on OBJECT directive @shareable on OBJECT'))).not.toThrow()
  })

  it('elsewhere is nothing, and says where the endpoint is', async () => {
    expect(await door.send({ method: 'GET', path: '/admin' })).toMatchObject({ status: 404, json: { errors: [{ message: 'There is nothing here. The GraphQL endpoint is /graphql.', extensions: { code: 'NOT_FOUND' } }] } })
  })

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'text/plain; application/json', ''])('a %s body is refused and has no effect: a form of another site can send it', async (type) => {
    await world.build.person({ login: 'system', unit: unit.id, role: 'SYSTEM_ADMIN' })
    const body = JSON.stringify({ query: 'mutation { divisionCreate(input: { idempotencyKey: "k", code: "990000", name: "某省", level: PROVINCE }) { userErrors { code } } }' })
    const { status, json } = await door.send({ headers: { authorization: 'Bearer system', ...(type ? { 'content-type': type } : {}) }, body })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(json.errors[0].extensions.code).toBe('BAD_REQUEST')
    expect(await world.sql(`select 1 from division where code = '990000'`)).toEqual([])
    const good = await door.ask(body, { as: 'system' })
    expect(good.json).toMatchObject({ data: { divisionCreate: { userErrors: [] } } })
  })

  it('answers no GET, with a query or a mutation', async () => {
    for (const query of ['{ __typename }', 'mutation { divisionCreate(input: { idempotencyKey: "k", code: "990000", name: "x", level: PROVINCE }) { userErrors { code } } }']) {
      const { status, headers } = await door.send({ method: 'GET', path: `/graphql?query=${encodeURIComponent(query)}`, headers: { authorization: 'Bearer coordinator', 'apollo-require-preflight': 'true' } })
      expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'POST' })
    }
    expect(await world.sql(`select 1 from division where code = '990000'`)).toEqual([])
  })
})

describe('request ids', () => {
  it('are echoed, and stand in the answer to an error, the log and the trail', async () => {
    await world.build.person({ login: 'system', unit: unit.id, role: 'SYSTEM_ADMIN' })
    door.log()
    const good = await door.ask({ query: 'mutation { divisionCreate(input: { idempotencyKey: "k", code: "990000", name: "某省", level: PROVINCE }) { userErrors { code } } }' }, { as: 'system', headers: { 'x-request-id': 'portal-42:a.b' } })
    expect(good.headers['x-request-id']).toBe('portal-42:a.b')
    expect(await world.sql('select request_id from audit_entry')).toEqual([{ request_id: 'portal-42:a.b' }])
    const bad = await door.ask('{', { headers: { 'x-request-id': 'portal-43' } })
    expect(bad.json.errors[0].extensions.requestId).toBe('portal-43')
    // A line is written when the connection's answer is done.
    await new Promise((done) => setTimeout(done, 50))
    expect(door.log().join('\n')).toContain('"requestId":"portal-42:a.b"')
  })

  it('are made where none is given, or one that would not stand in a log', async () => {
    for (const given of [undefined, 'a b', 'x'.repeat(129), '{"a":1}']) {
      const { headers } = await door.ask({ query: '{ __typename }' }, { headers: given ? { 'x-request-id': given } : {} })
      expect(headers['x-request-id']).toMatch(/^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/)
    }
  })
})
