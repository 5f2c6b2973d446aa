import { beforeEach, describe, expect, it } from '@jest/globals'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
const door = useDoor(world, { CORS_ORIGINS: 'https://portal.example.gov.cn' })

/** What a page of another origin can make a browser send without being asked: the "simple" requests. */
const mutation = 'mutation { divisionCreate(input: { idempotencyKey: "a", code: "440000", name: "示例", level: PROVINCE }) { division { id } userErrors { code } } }'
const json = JSON.stringify({ query: mutation })
const form = new URLSearchParams({ query: mutation }).toString()
const multipart = `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${json}\r\n--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n${mutation}\r\n--b--\r\n`
const as = { authorization: 'Bearer admin' }

const divisions = async () => (await world.sql<{ n: number }>(`select count(*)::int as n from division where code = '440000'`))[0]!.n

describe('H8 requests that a foreign page can send', () => {
  beforeEach(async () => {
    const unit = await world.build.unit()
    await world.build.person({ login: 'admin', unit: unit.id, role: 'SYSTEM_ADMIN' })
  })

  it('has an effect when sent as JSON, so that the refusals below mean something', async () => {
    expect((await door.ask(json, { as: 'admin' })).codes).toEqual([])
    expect(await divisions()).toBe(1)
  })

  it.each<[string, { method?: string; path?: string; headers?: Record<string, string>; body?: string }]>([
    ['GET with the mutation in the query string', { method: 'GET', path: `/graphql?${form}` }],
    ['GET with a preflight header', { method: 'GET', path: `/graphql?${form}`, headers: { 'apollo-require-preflight': '1' } }],
    ['HEAD', { method: 'HEAD', path: `/graphql?${form}`, headers: { 'x-apollo-operation-name': 'A' } }],
    ['POST with the mutation in the query string', { path: `/graphql?${form}` }],
    ['text/plain', { headers: { 'content-type': 'text/plain' }, body: json }],
    ['text/plain that says JSON', { headers: { 'content-type': 'text/plain; charset=application/json' }, body: json }],
    ['no content type', { body: json }],
    ['an empty content type', { headers: { 'content-type': '' }, body: json }],
    ['application/x-www-form-urlencoded', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form }],
    ['urlencoded that holds JSON', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: json }],
    ['multipart/form-data', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: multipart }],
    ['multipart/form-data with a preflight header', { headers: { 'content-type': 'multipart/form-data; boundary=b', 'apollo-require-preflight': '1' }, body: multipart }],
    ['application/graphql', { headers: { 'content-type': 'application/graphql' }, body: mutation }],
    ['application/jsonp', { headers: { 'content-type': 'application/jsonp' }, body: json }],
    ['text/json', { headers: { 'content-type': 'text/json' }, body: json }],
    ['a method in the query string', { method: 'GET', path: `/graphql?_method=POST&${form}` }],
    ['a method in a header', { method: 'GET', path: `/graphql?${form}`, headers: { 'x-http-method-override': 'POST' } }],
  ])('refuses %s', async (_what, { headers = {}, ...request }) => {
    const answer = await door.send({ ...request, headers: { ...as, origin: 'https://elsewhere.example', ...headers } })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.json?.data ?? null).toBeNull()
    expect(await divisions()).toBe(0)
  })

  it('sets no cookie and reads none', async () => {
    const answer = await door.send({ headers: { 'content-type': 'application/json', cookie: 'authorization=Bearer admin; token=admin' }, body: JSON.stringify({ query: '{ viewer { id } }' }) })
    expect([answer.headers['set-cookie'], answer.codes]).toEqual([undefined, ['UNAUTHENTICATED']])
  })

  it('lets no other origin read an answer or pass a preflight', async () => {
    const from = (origin: string) => door.send({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, content-type' } })
    for (const origin of ['https://elsewhere.example', 'null', 'https://portal.example.gov.cn.elsewhere.example', 'http://portal.example.gov.cn']) {
      const { headers } = await from(origin)
      expect([origin, headers['access-control-allow-origin'], headers['access-control-allow-headers']]).toEqual([origin, undefined, undefined])
    }
    const own = await from('https://portal.example.gov.cn')
    expect([own.status, own.headers['access-control-allow-origin'], own.headers['access-control-allow-credentials']]).toEqual([204, 'https://portal.example.gov.cn', undefined])
  })
})
