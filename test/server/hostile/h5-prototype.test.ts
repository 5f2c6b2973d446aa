import { afterEach, describe, expect, it } from '@jest/globals'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
const door = useDoor(world)
const before = Object.getOwnPropertyNames(Object.prototype).sort()

describe('H5 names of Object.prototype', () => {
  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

  it.each(names)('%s as an alias is an alias, or is refused', async (name) => {
    const answer = await door.ask(`{"query":"{ ${name}: __typename }"}`)
    expect([answer.status, JSON.stringify(answer.json.data)]).toEqual([200, `{"${name}":"Query"}`])
  })

  it.each(names)('%s as an alias of what the plan reads', async (name) => {
    await world.build.network()
    const answer = await door.ask(`{"query":"{ ${name === '__proto__' ? 'proto' : name}: units { nodes { ${name === '__proto__' ? 'proto' : name}: name } } }"}`, { as: 'coordinator' })
    expect(answer.codes).toEqual([])
    expect(answer.text).toContain('省委组织部')
    const reserved = await door.ask({ query: '{ units { nodes { __proto__: name } } }' }, { as: 'coordinator' })
    expect(reserved.codes).toEqual(['LIMIT_EXCEEDED'])
  })

  it.each(names)('%s as a variable and as keys of JSON', async (name) => {
    await world.build.network()
    const pollution = `{"polluted":true,"constructor":{"prototype":{"polluted":true}},"__proto__":{"polluted":true}}`
    for (const body of [
      `{"query":"query ($${name}: TaskFilter) { tasks(filter: $${name}) { totalCount } }","variables":{"${name}":{}}}`,
      `{"query":"query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }","variables":{"f":{"${name}":${pollution}}}}`,
      `{"query":"query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }","variables":{"f":{"code":{"${name}":${pollution}}}}}`,
      `{"query":"{ __typename }","variables":{"${name}":${pollution}}}`,
      `{"query":"{ __typename }","extensions":{"${name}":${pollution}},"${name}":${pollution}}`,
      `{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"${name}"}}}`,
      `{"query":"query ${name} { __typename }","operationName":"${name}"}`,
      `{"query":"mutation ($i: InitiativeCreateInput!) { initiativeCreate(input: $i) { userErrors { code } } }","variables":{"i":{"${name}":${pollution}}}}`,
    ]) {
      const answer = await door.ask(body, { as: 'coordinator' })
      expect([200, 400]).toContain(answer.status)
      expect(answer.codes.filter((code) => code === 'INTERNAL_SERVER_ERROR' || code === undefined)).toEqual([])
    }
    expect(await world.sql('select count(*)::int as n from initiative')).toEqual([{ n: 0 }])
  })

  it.each(names)('%s as a type, a field and an id', async (name) => {
    await world.build.network()
    for (const query of [`{ explainAccess(type: "${name}", field: "${name}", id: "x") { allowed } }`, `{ node(id: "${name}") { id } }`, `{ explainAccess(type: "Task", field: "${name}", id: "x") { allowed } }`]) {
      expect((await door.ask({ query }, { as: 'coordinator' })).codes).toEqual(['BAD_USER_INPUT'])
    }
  })
})
