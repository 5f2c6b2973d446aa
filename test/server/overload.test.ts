import { beforeEach, describe, expect, it } from '@jest/globals'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world, { MAX_IN_FLIGHT: '2' })
const query = '{ divisions { nodes { code } } }'

beforeEach(async () => void (await world.build.network()))

/** Holds every read of the database until it is let go. */
function hold(): () => void {
  const { database } = world.backbone
  const read = database.read
  let letGo = () => {}
  const gate = new Promise<void>((open) => (letGo = open))
  Object.assign(database, { read: async (...of: Parameters<typeof read>) => (await gate, read(...of)) })
  return () => {
    Object.assign(database, { read })
    letGo()
  }
}

describe('more requests than may be under way', () => {
  it('are refused at once with 503 and Retry-After; the others are answered, and so is whoever comes back', async () => {
    const letGo = hold()
    const answered = [door.ask({ query }, { as: 'coordinator' }), door.ask({ query }, { as: 'coordinator' })]
    await new Promise((later) => setTimeout(later, 200))
    let refused = await door.ask({ query }, { as: 'coordinator' })
    letGo()
    expect({ status: refused.status, codes: refused.codes, after: refused.headers['retry-after'], says: refused.json.errors[0].message }).toEqual({
      status: 503, codes: ['OVERLOADED'], after: '1', says: 'More is being asked at this moment than can be answered in time. Try again in a second.',
    })
    expect((await Promise.all(answered)).map(({ status, codes }) => ({ status, codes }))).toEqual([{ status: 200, codes: [] }, { status: 200, codes: [] }])
    refused = await door.ask({ query }, { as: 'coordinator' })
    expect({ status: refused.status, codes: refused.codes }).toEqual({ status: 200, codes: [] })
  })

  it('do not count as under way once their client is gone', async () => {
    const letGo = hold()
    const gone = [new AbortController(), new AbortController()]
    const left = gone.map(({ signal }) => fetch(`${door.url}/graphql`, { method: 'POST', signal, headers: { 'content-type': 'application/json', authorization: 'Bearer coordinator' }, body: JSON.stringify({ query }) }).catch(() => 'gone'))
    await new Promise((later) => setTimeout(later, 200))
    for (const client of gone) client.abort()
    expect(await Promise.all(left)).toEqual(['gone', 'gone'])
    await new Promise((later) => setTimeout(later, 200))
    const next = door.ask({ query }, { as: 'coordinator' })
    letGo()
    expect((await next).status).toBe(200)
  })
})
