import { describe, expect, it } from '@jest/globals'
import { actsOn, errorFields, fault } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { moneyBuilder } from '../support/build-money.js'
import { buildPosts } from '../support/build-posts.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const { faults, done, replays } = actsOn(world)

const add = `mutation ($input: InitiativeTargetAddInput!) { initiativeTargetAdd(input: $input) { target { id version measure amount dueOn achieved initiative { id } } ${errorFields} } }`
const update = `mutation ($input: InitiativeTargetUpdateInput!) { initiativeTargetUpdate(input: $input) { target { version amount dueOn } ${errorFields} } }`
const remove = `mutation ($input: InitiativeTargetRemoveInput!) { initiativeTargetRemove(input: $input) { initiative { targets { id } } ${errorFields} } }`

/** An initiative of a bureau, with a coordinator above it, and two units of its division with money and posts of their own. */
async function staged() {
  const { build } = world
  const { province, office } = await build.network()
  const bureau = await build.unit({ divisionId: province.id })
  const [east, west] = [await build.unit({ divisionId: province.id }), await build.unit()]
  for (const role of ['DIRECTOR', 'CLERK', 'FINANCE_OFFICER']) await build.person({ login: `bureau ${role}`, unit: bureau.id, role })
  await build.person({ login: 'east FINANCE_OFFICER', unit: east.id, role: 'FINANCE_OFFICER' })
  const initiative = await build.initiative({ leadUnitId: bureau.id, divisionId: province.id })
  return { province, office, bureau, east, west, initiative }
}
const target = (initiative: Built, measure: string, amount = '10') => world.build.row('initiative_target', 'targ', { initiativeId: initiative.id, measure, amount })
const achieved = async (login: string, { id }: Built) => {
  const { data } = await world.as(login).run('query ($id: ID!) { initiative(id: $id) { targets { measure achieved } } }', { id })
  return Object.fromEntries(data.initiative.targets.map(({ measure, achieved: reached }: { measure: string; achieved: string }) => [measure, reached]))
}

describe('targets', () => {
  it('are set once a measure by the lead unit, changed and taken out', async () => {
    const { initiative } = await staged()
    const input = { idempotencyKey: 'a', initiativeId: initiative.id, measure: 'POSTS_OPENED', amount: '12', dueOn: '2026-12-31' }
    const made = await done('bureau DIRECTOR', add, input)
    expect(made).toEqual({ id: expect.stringMatching(/^targ_/), version: 1, measure: 'POSTS_OPENED', amount: '12.00', dueOn: '2026-12-31', achieved: '0', initiative: { id: initiative.id } })
    await replays('bureau DIRECTOR', add, input, { amount: '13' })
    expect(await faults('coordinator', add, { ...input, idempotencyKey: 'b' })).toEqual([fault('TAKEN', 'input.measure')])
    expect(await done('bureau DIRECTOR', update, { idempotencyKey: 'c', expectedVersion: 1, targetId: made.id, amount: '15.5', dueOn: null })).toEqual({ version: 2, amount: '15.50', dueOn: null })
    expect(await faults('bureau DIRECTOR', update, { idempotencyKey: 'd', expectedVersion: 1, targetId: made.id, amount: '1' })).toEqual([fault('CONFLICT', 'input.expectedVersion', { currentVersion: 2, changedFields: ['amount', 'dueOn'] })])
    expect(await done('bureau DIRECTOR', remove, { idempotencyKey: 'e', expectedVersion: 2, targetId: made.id })).toEqual({ targets: [] })
  })

  it.each(['0', '-3', '1.234', '1000000000000000'])('refuse an amount of %s', async (amount) => {
    const { initiative } = await staged()
    const { errors, data } = await world.as('bureau DIRECTOR').run(add, { input: { idempotencyKey: 'a', initiativeId: initiative.id, measure: 'POSTS_OPENED', amount } })
    if (errors.length > 0) expect(errors[0]!.extensions['code']).toBe('BAD_USER_INPUT')
    else expect(data.initiativeTargetAdd).toEqual({ target: null, userErrors: [fault('OUT_OF_RANGE', 'input.amount')] })
    expect(await world.sql('select id from initiative_target')).toEqual([])
  })

  it('count the posts opened for the initiative until today', async () => {
    const { east, west, initiative } = await staged()
    const posts = buildPosts(world)
    await target(initiative, 'POSTS_OPENED')
    for (const unit of [east, west]) await posts.post({ unitId: unit.id, initiativeId: initiative.id })
    await posts.post({ unitId: east.id, initiativeId: initiative.id, openedOn: '2026-11-24' })
    await posts.post({ unitId: east.id })
    expect(await achieved('bureau CLERK', initiative)).toEqual({ POSTS_OPENED: '2' })
    world.day = '2026-11-24'
    expect(await achieved('bureau CLERK', initiative)).toEqual({ POSTS_OPENED: '3' })
  })

  it('sum up the money that arrived, of what the reader may see, and lead to no line that the reader may not see', async () => {
    const { bureau, east, west, initiative } = await staged()
    const money = moneyBuilder(world)
    await target(initiative, 'FUNDS_SPENT')
    const line = async (unit: Built, to: Built, amount: string) => {
      const made = await money.line({ unitId: unit.id, initiativeId: initiative.id })
      const allocation = await money.allocation({ lineId: made.id, fromUnitId: unit.id, toUnitId: to.id, amount: '1000' })
      await money.disbursement({ allocationId: allocation.id, amount })
    }
    await line(bureau, bureau, '100')
    await line(bureau, east, '30.50')
    await line(west, west, '7')
    expect(await achieved('bureau FINANCE_OFFICER', initiative)).toEqual({ FUNDS_SPENT: '130.50' })
    // The line of another province is not the coordinator's to read.
    expect(await achieved('coordinator', initiative)).toEqual({ FUNDS_SPENT: '130.50' })
    // Who receives sees what arrives, and not the line that says what it was for.
    expect((await world.as('east FINANCE_OFFICER').run('{ disbursements { nodes { amount } } }')).data.disbursements.nodes).toEqual([{ amount: '30.50' }])
    expect(await achieved('east FINANCE_OFFICER', initiative)).toEqual({ FUNDS_SPENT: '0.00' })
    expect(await achieved('bureau CLERK', initiative)).toEqual({ FUNDS_SPENT: '0.00' })
  })

  it('have something that counts towards each measure', async () => {
    const { initiative } = await staged()
    const measures = (world.backbone.schema.getType('TargetMeasure') as unknown as { getValues(): { name: string }[] }).getValues().map(({ name }) => name)
    for (const measure of measures) await target(initiative, measure)
    expect(Object.keys(await achieved('coordinator', initiative)).sort()).toEqual([...measures].sort())
  })
})
