import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Budget, clientAt, clientOf, Throttled } from '../../../src/server/budget.js'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
// Every test signs in somebody of its own: budgets live as long as the server.
const door = useDoor(world, { MAX_COST: '500', BUDGET_PER_MINUTE: '1000' })

const page = (first: number) => ({ query: `{ tasks(first: ${first}) { nodes { id } } }` })

async function somebody(login: string): Promise<{ as: string }> {
  const unit = await world.build.unit()
  await world.build.person({ login, unit: unit.id, role: 'CLERK' })
  return { as: login }
}

describe('H9 cost and budget', () => {
  it('tells who is signed in what the request cost, may cost, and what is left', async () => {
    const ada = await somebody('ada')
    expect((await door.ask(page(200), ada)).json.extensions.cost).toEqual({ requested: 201, limit: 500, remaining: 799 })
    expect((await door.ask({ query: '{ __typename }' }, ada)).json.extensions.cost).toEqual({ requested: 10, limit: 500, remaining: 789 })
    expect((await door.ask({ query: '{ nothing }' }, ada)).json.extensions.cost).toEqual({ requested: 0, limit: 500, remaining: 779 })
    expect((await door.ask({ query: '{ __typename }' })).json.extensions).toBeUndefined()
  })

  it('runs nothing unpriced: not the only operation of a document under a name that is not its own', async () => {
    const unit = await world.build.unit()
    await world.build.person({ login: 'kim', unit: unit.id, role: 'SYSTEM_ADMIN' })
    const query = 'mutation Create { divisionCreate(input: { idempotencyKey: "a", code: "440000", name: "示例", level: PROVINCE }) { userErrors { code } } }'
    for (const operationName of ['create', 'x', '__proto__']) {
      const answer = await door.ask({ query, operationName }, { as: 'kim' })
      expect([answer.status, answer.codes]).toEqual([400, ['OPERATION_RESOLUTION_FAILURE']])
    }
    expect((await door.ask({ query: 'query A { __typename } query B { __typename }' }, { as: 'kim' })).codes).toEqual(['OPERATION_RESOLUTION_FAILURE'])
    expect(await world.sql(`select 1 from division where code = '440000'`)).toEqual([])
    expect((await door.ask({ query, operationName: 'Create' }, { as: 'kim' })).json.extensions.cost).toMatchObject({ requested: 56 })
    expect(await world.sql(`select 1 from division where code = '440000'`)).toHaveLength(1)
  })

  it('refuses one operation that costs too much, and says so; nothing but the check is paid', async () => {
    const bob = await somebody('bob')
    const answer = await door.ask({ query: '{ initiatives(first: 100) { nodes { leadUnit { name } tasks(first: 100) { nodes { id } } } } }' }, bob)
    expect([answer.status, answer.codes]).toEqual([400, ['LIMIT_EXCEEDED']])
    expect(answer.json.errors[0].extensions).toMatchObject({ limit: 'cost', max: 500, found: 10_301 })
    expect(answer.json.errors[0].message).toContain('Ask for smaller pages with `first`')
    expect(answer.json.extensions.cost).toEqual({ requested: 10_301, limit: 500, remaining: 990 })
  })

  it('answers 429 with Retry-After and THROTTLED when the minute is spent, and still answers what is left for', async () => {
    const eve = await somebody('eve')
    for (let at = 0; at < 4; at++) expect((await door.ask(page(200), eve)).status).toBe(200)
    const over = await door.ask(page(199), eve)
    expect([over.status, over.codes, over.json.data]).toEqual([429, ['THROTTLED'], undefined])
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(over.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect(over.json.errors[0].extensions).toEqual({ code: 'THROTTLED', limit: 1000, retryAfterSeconds: Number(over.headers['retry-after']) })
    expect(over.json.extensions.cost).toMatchObject({ requested: 200, limit: 500, remaining: 196 })
    expect((await door.ask(page(100), eve)).status).toBe(200)
  })

  it('refuses at the door, before the viewer is looked up, whoever has nothing left', async () => {
    const fay = await somebody('fay')
    for (let at = 0; at < 5; at++) await door.ask(page(199), fay)
    world.statements()
    const answer = await door.ask({ query: '{ __typename }' }, { ...fay, headers: { 'accept-language': 'zh' } })
    expect([answer.status, answer.codes]).toEqual([429, ['THROTTLED']])
    expect(answer.json.errors[0].message).toMatch(/^一分钟内的查询量超过 1000 个对象。请在 \d+ 秒后重试/)
    expect(world.statements()).toEqual([])
  })

  it('keeps one client from spending what is another\'s', async () => {
    const [gus, hal] = [await somebody('gus'), await somebody('hal')]
    for (let at = 0; at < 5; at++) await door.ask(page(199), gus)
    expect((await door.ask(page(200), gus)).status).toBe(429)
    expect((await door.ask(page(200), hal)).status).toBe(200)
  })

  it('takes part of the budget for whatever is refused, so that refusals are not free', async () => {
    const ian = await somebody('ian')
    const bomb = { query: `{ ${'__typename '.repeat(30)} }` }
    for (let at = 0; at < 100; at++) expect((await door.ask(bomb, ian)).status).toBe(400)
    expect((await door.ask(bomb, ian)).status).toBe(429)
  })

  it('makes the address pay for forged and unknown tokens, and no one else behind it', async () => {
    for (let at = 0; at < 110; at++) await door.ask({ query: '{ __typename }' }, { as: at % 2 ? 'forged' : `service-${at}` })
    expect((await door.ask({ query: '{ __typename }' }, { as: 'forged' })).status).toBe(429)
    expect((await door.ask({ query: '{ __typename }' }, { as: 'service-new' })).status).toBe(429)
    expect((await door.ask({ query: '{ __typename }' }, await somebody('joe'))).status).toBe(200)
  })
})

describe('a budget', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }))
  afterEach(() => void jest.useRealTimers())

  it('begins anew after a minute', async () => {
    const budget = new Budget(100)
    expect(await budget.spend('a', 60)).toBe(40)
    await expect(budget.spend('a', 41)).rejects.toMatchObject({ remaining: 40, retryAfterSeconds: 60 })
    expect(await budget.spend('a', 40)).toBe(0)
    await expect(budget.check('a')).rejects.toThrow(Throttled)
    jest.advanceTimersByTime(60_000)
    await budget.check('a')
    expect(await budget.spend('a', 100)).toBe(0)
  })

  it('does not let many at once pass what one after the other could not', async () => {
    const budget = new Budget(100)
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => budget.spend('a', 10)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  })

  it('is one for a subscriber of IPv6, and one for an address of IPv4 however it is written', () => {
    expect(clientAt('2001:db8:1:2::7')).toBe(clientAt('2001:db8:1:2:ffff::9'))
    expect(clientAt('2001:db8:1:2::7')).not.toBe(clientAt('2001:db8:1:3::7'))
    expect(clientAt('::1')).toBe('address 0:0:0:0')
    expect(clientAt('::ffff:10.0.0.1')).toBe(clientAt('10.0.0.1'))
    expect(clientOf({ kind: 'anonymous' }, '10.0.0.1')).toBe('address 10.0.0.1')
  })
})
