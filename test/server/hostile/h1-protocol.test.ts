import { describe, expect, it } from '@jest/globals'
import { serverAudits } from 'graphql-http'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
const door = useDoor(world)

/** GET is refused: a link or an image could ask in somebody's name, and a query string with its values ends in logs. */
const refusedOnPurpose = [
  'MAY accept application/x-www-form-urlencoded formatted GET requests',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
]

describe('H1 GraphQL over HTTP', () => {
  it('passes every audit of the reference implementation but for GET', async () => {
    const audits = serverAudits({ url: `${door.url}/graphql` })
    const results = await Promise.all(audits.map(async ({ name, fn }) => ({ name, status: (await fn()).status })))
    const count = (level: string) => results.filter(({ name }) => name.startsWith(`${level} `)).length
    expect([count('MUST'), count('SHOULD'), count('MAY')]).toEqual([13, 23, 25])
    expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name).sort()).toEqual(refusedOnPurpose)
  })

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('refuses %s and names POST', async (method) => {
    const answer = await door.send({ method, path: '/graphql?query=%7B__typename%7D', headers: { 'apollo-require-preflight': '1' } })
    expect([answer.status, answer.headers.allow, answer.codes]).toEqual([405, 'POST', ['METHOD_NOT_ALLOWED']])
  })

  it.each([
    ['application/json', 200],
    ['application/graphql-response+json', 400],
  ])('answers a document that is wrong to %s with %i, and says where', async (accept, status) => {
    const answer = await door.ask({ query: '{ initiatives { nodes { id }' }, { headers: { accept } })
    expect([answer.status, answer.codes]).toEqual([status, ['GRAPHQL_PARSE_FAILED']])
    expect(answer.headers['content-type']).toContain(accept)
    expect(answer.json.errors[0].locations).toEqual([{ line: 1, column: 29 }])
  })

  it('answers a refusal of its own in the media type that was asked for, and in the caller\'s language', async () => {
    const answer = await door.ask({ query: `{ ${'__typename '.repeat(30)} }` }, { headers: { accept: 'application/graphql-response+json', 'accept-language': 'zh-CN,en;q=0.5' } })
    expect([answer.status, answer.codes, answer.headers['content-type']]).toEqual([400, ['LIMIT_EXCEEDED'], 'application/graphql-response+json; charset=utf-8'])
    expect(answer.json.errors[0].message).toBe('根字段数上限为 20。请分多次请求。')
  })
})
