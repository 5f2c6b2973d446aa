import { describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const tomorrow = '2026-11-24'

/** A unit in a province with one initiative that only its people see; `clerk` sits there, `coordinator` in the coordinating unit, `portal` is a token of the unit. */
async function network() {
  const { build } = world
  const { province, office, coordinator } = await build.network()
  const heir = await build.unit({ divisionId: province.id })
  const apart = await build.division({ code: '340000' })
  const unit = await build.unit({ divisionId: province.id })
  const clerk = await build.person({ login: 'clerk', unit: unit.id, role: 'CLERK' })
  const initiative = await build.initiative({ leadUnitId: unit.id, divisionId: province.id, visibility: 'PARTICIPANTS' })
  await build.row('service_token', 'stok', { name: 'portal', tokenHash: 'portal', role: 'CLERK', unitId: unit.id, expiresAt: '2099-01-01T00:00:00Z' })
  return { province, office, coordinator, heir, apart, unit, clerk, initiative }
}

const document = '{ viewer { posts { role isEffective } } initiatives { totalCount } }'
/** What the next request of a viewer is answered: roles in force and the number of initiatives, or the refusal. */
async function next(login: string): Promise<unknown> {
  try {
    const { data, codes } = await world.as(login).run(document)
    return codes.length > 0 ? codes : [data.viewer.posts.map(({ role, isEffective }: { role: string; isEffective: boolean }) => (isEffective ? role : `(${role})`)), data.initiatives.totalCount]
  } catch (error) {
    return (error as { code: string }).code
  }
}
/** The same viewer before and after a change. */
async function around(login: string, change: (made: { [name: string]: Built }) => Promise<unknown>): Promise<unknown[]> {
  const made = await network()
  const before = await next(login)
  await change(made)
  return [before, await next(login)]
}
const set = (text: string, ...values: unknown[]) => world.sql(`update ${text}`, values)
const seen = [['CLERK'], 1]

describe('an appointment', () => {
  it('that ends today lends nothing any more', async () => {
    expect(await around('clerk', ({ clerk }) => set('appointment set valid_to = $1 where person_id = $2', today, clerk!.id))).toEqual([seen, [[], 0]])
  })
  it('that ends tomorrow still lends today', async () => {
    expect(await around('clerk', ({ clerk }) => set('appointment set valid_to = $1 where person_id = $2', tomorrow, clerk!.id))).toEqual([seen, seen])
  })
  it('that begins tomorrow lends nothing yet', async () => {
    expect(await around('clerk', ({ clerk }) => set('appointment set valid_from = $1 where person_id = $2', tomorrow, clerk!.id))).toEqual([seen, [[], 0]])
  })
  it('that begins today lends today', async () => {
    expect(await around('clerk', ({ clerk }) => set('appointment set valid_from = $1 where person_id = $2', today, clerk!.id))).toEqual([seen, seen])
  })
  it('is ended by the SECURITY_ADMIN with effect on the next request', async () => {
    const { clerk, heir } = await network()
    await world.build.person({ login: 'admin', unit: heir.id, role: 'SECURITY_ADMIN' })
    const [appointment] = await world.sql<Built>('select id from appointment where person_id = $1', [clerk.id])
    const input = { idempotencyKey: 'a', appointmentId: appointment!.id, expectedVersion: 1, validTo: today }
    const before = await next('clerk')
    const { data } = await world.as('admin').run('mutation ($input: AppointmentUpdateInput!) { appointmentUpdate(input: $input) { userErrors { code } } }', { input })
    expect([before, data, await next('clerk')]).toEqual([seen, { appointmentUpdate: { userErrors: [] } }, [[], 0]])
  })
})

describe('an account', () => {
  it('that is blocked signs nobody in', async () => {
    expect(await around('clerk', ({ clerk }) => set('account set blocked_at = now() where person_id = $1', clerk!.id))).toEqual([seen, 'UNAUTHENTICATED'])
  })
  it('that is not there signs nobody in, in the same words as a blocked one', async () => {
    await network()
    const said = async (login: string) => world.as(login).run(document).then(() => 'let in', (error: Error) => error.message)
    await set('account set blocked_at = now()')
    expect(await said('clerk')).toBe(await said('never heard of'))
  })
})

describe('a service token', () => {
  it('that has expired signs nothing in', async () => {
    expect(await around('service:portal', () => set(`service_token set expires_at = now()`))).toEqual([seen, 'UNAUTHENTICATED'])
  })
  it('that is revoked signs nothing in', async () => {
    expect(await around('service:portal', () => set(`service_token set revoked_at = now()`))).toEqual([seen, 'UNAUTHENTICATED'])
  })
  it('of a unit that ended lends nothing', async () => {
    expect(await around('service:portal', ({ unit }) => set('unit set ended_on = $1 where id = $2', today, unit!.id))).toEqual([seen, [[], 0]])
  })
})

describe('a unit', () => {
  it('that ended today grants nothing', async () => {
    expect(await around('clerk', ({ unit }) => set('unit set ended_on = $1 where id = $2', today, unit!.id))).toEqual([seen, [[], 0]])
  })
  it('that ends tomorrow still grants', async () => {
    expect(await around('clerk', ({ unit }) => set('unit set ended_on = $1 where id = $2', tomorrow, unit!.id))).toEqual([seen, seen])
  })
  it('that does not exist yet grants nothing', async () => {
    expect(await around('clerk', ({ unit }) => set('unit set founded_on = $1 where id = $2', tomorrow, unit!.id))).toEqual([seen, [[], 0]])
  })
  it('that moved below another by line shows it what is below from then on', async () => {
    const { unit, heir } = await network()
    await world.build.person({ login: 'above', unit: heir.id, role: 'CLERK' })
    const before = await next('above')
    await set('unit set line_parent_id = $1 where id = $2', heir.id, unit.id)
    expect([before, await next('above')]).toEqual([[['CLERK'], 0], [['CLERK'], 1]])
  })
  it('that moved to another division is out of reach for the coordinator of the old one, with its people', async () => {
    const { unit, apart, initiative } = await network()
    const person = await world.build.person({ unit: unit.id, mobile: '13800000001' })
    const other = await world.build.unit({ divisionId: apart.id })
    await set('initiative set division_id = $1 where id = $2', apart.id, initiative.id)
    const mobile = async () => (await world.as('coordinator').run('query ($id: ID!) { person(id: $id) { mobile } initiatives { totalCount } }', { id: person.id })).data
    const before = await mobile()
    await set('unit set division_id = $1 where id = any($2)', apart.id, [unit.id, other.id])
    expect([before, await mobile()]).toEqual([{ person: { mobile: '13800000001' }, initiatives: { totalCount: 1 } }, { person: { mobile: null }, initiatives: { totalCount: 0 } }])
  })
})

describe('a mandate', () => {
  it('that is handed over takes the coordinator its reach on the day, and gives it to the other', async () => {
    const { heir, unit } = await network()
    await world.build.person({ login: 'next coordinator', unit: heir.id, role: 'COORDINATOR' })
    await world.build.person({ login: 'admin', unit: unit.id, role: 'SECURITY_ADMIN' })
    const [mandate] = await world.sql<Built>('select id, basis_id from mandate')
    const before = [await next('coordinator'), await next('next coordinator')]
    const input = { idempotencyKey: 'a', mandateId: mandate!.id, expectedVersion: 1, unitId: heir.id, on: today, basisId: mandate!['basis_id'] }
    const { data } = await world.as('admin').run('mutation ($input: MandateTransferInput!) { mandateTransfer(input: $input) { userErrors { code } } }', { input })
    expect([before, data, await next('coordinator'), await next('next coordinator')]).toEqual([
      [[['COORDINATOR'], 1], [['(COORDINATOR)'], 0]], { mandateTransfer: { userErrors: [] } }, [['(COORDINATOR)'], 0], [['COORDINATOR'], 1],
    ])
  })
  it('that is handed over tomorrow changes nothing today', async () => {
    expect(await around('coordinator', ({ office }) => set('mandate set valid_to = $1 where unit_id = $2', tomorrow, office!.id))).toEqual([[['COORDINATOR'], 1], [['COORDINATOR'], 1]])
  })
  it('of LEADERSHIP lends the DIRECTOR what the coordinator reads while it lasts', async () => {
    const { heir } = await network()
    await world.build.person({ login: 'director', unit: heir.id, role: 'DIRECTOR' })
    const answers = [await next('director')]
    const mandate = await world.build.mandate({ unitId: heir.id, role: 'LEADERSHIP' })
    answers.push(await next('director'))
    await set('mandate set valid_to = $1 where id = $2', today, mandate.id)
    expect([...answers, await next('director')]).toEqual([[['DIRECTOR'], 0], [['DIRECTOR'], 1], [['DIRECTOR'], 0]])
  })
})
