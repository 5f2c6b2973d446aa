import { describe, expect, it } from '@jest/globals'
import { buildPay } from '../support/build-pay.js'
import { buildPosts } from '../support/build-posts.js'
import { buildVolunteers } from '../support/build-volunteers.js'
import { graphql } from 'graphql'
import { open, type Policy } from '../../src/access/index.js'
import { Reads } from '../../src/engine/index.js'
import { today, useWorld } from '../support/world.js'

// The fence must hold where the policy layer fails, so nothing here asks that layer: the tables are read as the reader role itself.
describe.each(['pglite', 'postgresql'] as const)('on %s', (on) => {
  const world = useWorld({ on })

  /** `worker` belongs to a unit in the county and works on an open task with `partner`; each other person stands in one relation to the worker, or in none. */
  async function network() {
    const { build } = world
    const { province, office } = await build.network()
    const county = await build.division({ code: '330102', parentId: province.id })
    const bureau = await build.unit({ divisionId: county.id })
    const school = await build.unit({ divisionId: county.id })
    const worker = await build.person({ code: 'worker', login: 'worker', unit: bureau.id, role: 'CLERK', mobile: '13800000001', nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true })
    const other = await build.person({ code: 'other', unit: school.id, mobile: '13800000002', nationalId: '110101198501020047' })
    await build.person({ login: 'colleague', unit: bureau.id, role: 'CLERK' })
    await build.person({ login: 'hr', unit: bureau.id, role: 'HR_OFFICER' })
    await build.person({ login: 'stranger', unit: (await build.unit()).id, role: 'CLERK' })
    await build.person({ login: 'analyst', unit: bureau.id, role: 'BI_READER' })
    const partner = await build.person({ login: 'partner', unit: (await build.unit()).id, role: 'CLERK' })
    const task = await build.task({ issuingUnitId: office.id })
    await build.assignment({ taskId: task.id, unitId: bureau.id, personId: worker.id, role: 'LEAD' })
    await build.assignment({ taskId: task.id, unitId: office.id, liaisonId: partner.id })
    await build.row('service_token', 'stok', { name: 'bi', tokenHash: 'bi', role: 'BI_READER', unitId: bureau.id, expiresAt: '2099-01-01T00:00:00Z' })
    return { worker, other, task, bureau, county }
  }

  const contextOf = (login: string) =>
    world.backbone.contextFor({
      identity: login.startsWith('service:') ? { kind: 'service', tokenHash: login.slice(8) } : login === 'nobody' ? { kind: 'anonymous' } : { kind: 'person', issuer: 'test', subject: login },
      language: 'en', strict: false, requestId: 'fence', isRouter: false,
    })
  const settingsOf = async (login: string) => world.backbone.engine.fence.settings((await contextOf(login)).reads.viewer, today)
  /** Whose rows the reader role finds in a table, by the persons' codes. */
  const rows = async (table: string, settings?: Record<string, string>) =>
    (await world.backbone.database.read<{ code: string }>({ text: `select p.code from ${table} f join person p on p.id = f.person_id order by p.code`, values: [] }, settings)).map(({ code }) => code)
  const both = async (settings?: Record<string, string>) => ({ contact: await rows('person_contact', settings), private: await rows('person_private', settings) })

  it('the tables are under row-level security, and the reader is neither owner nor exempt', async () => {
    expect(await world.sql(`select relname, relrowsecurity from pg_class where relname = any($1) order by 1`, [world.backbone.engine.fence.tables])).toEqual(['pay_amount', 'person_contact', 'person_private', 'qualification_number', 'volunteer_contact'].map((relname) => ({ relname, relrowsecurity: true })))
    expect(await world.sql(`select rolsuper, rolbypassrls from pg_roles where rolname = $1`, [world.backbone.database.readerRole])).toEqual([{ rolsuper: false, rolbypassrls: false }])
    expect(await world.sql(`select tablename from pg_tables where tableowner = $1`, [world.backbone.database.readerRole])).toEqual([])
  })

  it('without settings nobody is there', async () => {
    await network()
    expect(await both()).toEqual({ contact: [], private: [] })
    expect(await both({})).toEqual({ contact: [], private: [] })
    expect(await both(await settingsOf('nobody'))).toEqual({ contact: [], private: [] })
  })

  it.each([
    ['worker', ['worker'], ['worker']],
    ['colleague', ['worker'], []],
    ['hr', ['worker'], ['worker']],
    ['coordinator', ['other', 'worker'], []],
    ['partner', ['worker'], []],
    ['stranger', [], []],
    ['analyst', [], []],
    ['service:bi', [], []],
  ])('with the settings of %s the rows of the grant are there and no other', async (login, contact, identity) => {
    await network()
    expect(await both(await settingsOf(login))).toEqual({ contact, private: identity })
  })

  it('amounts of pay are there for the worker and the personnel officer of the unit that pays, and names of volunteers for their unit', async () => {
    const { worker, bureau } = await network()
    const { id: socialWorkerId } = await buildPosts(world).worker({ personId: worker.id })
    await buildPay(world).record({ socialWorkerId, unitId: bureau.id })
    const team = await buildVolunteers(world).team({ unitId: bureau.id, leaderId: socialWorkerId })
    await buildVolunteers(world).volunteer({ teamId: team.id })
    const found = async (login: string) => {
      const settings = login === 'nobody' ? undefined : await settingsOf(login)
      const count = async (table: string) => (await world.backbone.database.read({ text: `select 1 from ${table}`, values: [] }, settings)).length
      return [await count('pay_amount'), await count('volunteer_contact')]
    }
    const answers: Record<string, number[]> = {}
    for (const login of ['worker', 'hr', 'colleague', 'coordinator', 'partner', 'stranger', 'analyst', 'service:bi', 'nobody']) answers[login] = await found(login)
    expect(answers).toEqual({ worker: [1, 1], hr: [1, 1], colleague: [0, 1], coordinator: [0, 0], partner: [0, 0], stranger: [0, 0], analyst: [0, 0], 'service:bi': [0, 0], nobody: [0, 0] })
  })

  it('a statement sees the settings of its own viewer only', async () => {
    await network()
    expect((await both(await settingsOf('coordinator'))).contact).toEqual(['other', 'worker'])
    expect(await both()).toEqual({ contact: [], private: [] })
    expect((await both(await settingsOf('stranger'))).contact).toEqual([])
    const settings = await Promise.all(['coordinator', 'stranger', 'hr', 'worker', 'partner'].map(settingsOf))
    expect(await Promise.all(settings.map((one) => rows('person_contact', one)))).toEqual([['other', 'worker'], [], ['worker'], ['worker'], ['worker']])
  })

  it('the grant goes with the fact that it rests on', async () => {
    const { worker, task } = await network()
    await world.sql(`update task set status = 'CLOSED' where id = $1`, [task.id])
    expect((await both(await settingsOf('partner'))).contact).toEqual([])
    await world.sql('update appointment set valid_to = $1 where person_id = $2', [today, worker.id])
    expect(await both(await settingsOf('hr'))).toEqual({ contact: [], private: [] })
    expect(await both(await settingsOf('worker'))).toEqual({ contact: ['worker'], private: ['worker'] })
  })

  it('the reader changes nothing, whatever its settings', async () => {
    await network()
    const settings = await settingsOf('hr')
    const before = await world.sql('select * from person_contact order by id')
    for (const text of [`update person_contact set mobile = '1'`, 'delete from person_contact', `insert into person_contact (id, person_id) select 'x', id from person limit 1`, 'alter table person_contact disable row level security', 'drop policy heli_read on person_contact']) {
      await expect(world.backbone.database.read({ text, values: [] }, settings)).rejects.toThrow()
      await expect(world.backbone.database.read({ text, values: [] })).rejects.toThrow()
    }
    expect(await world.sql('select * from person_contact order by id')).toEqual(before)
    expect(await both()).toEqual({ contact: [], private: [] })
  })

  describe('with the policy layer switched off', () => {
    const people = '{ people(orderBy: [{ field: CODE }], filter: { code: { in: ["worker", "other"] } }) { nodes { code mobile nationalId birthDate partyMember } } found: people(filter: { mobile: { startsWith: "138" } }) { totalCount } }'
    const none = { mobile: null, nationalId: null, birthDate: null, partyMember: null }
    const identity = { nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true }

    async function unguarded(login: string) {
      const { engine, schema } = world.backbone
      const context = await contextOf(login)
      const gone = Object.create(engine.policy, { door: { value: () => open }, scope: { value: () => open } }) as Policy
      const contextValue = { ...context, reads: new Reads({ ...engine, policy: gone }, context.reads.viewer, context.reads.facts) }
      const { data, errors } = await graphql({ schema, source: people, contextValue })
      expect(errors).toBeUndefined()
      return JSON.parse(JSON.stringify(data)) as unknown
    }

    it.each([
      ['worker', { ...identity, mobile: '13800000001' }, none, 1],
      ['colleague', { ...none, mobile: '13800000001' }, none, 1],
      ['hr', { ...identity, mobile: '13800000001' }, none, 1],
      ['coordinator', { ...none, mobile: '13800000001' }, { ...none, mobile: '13800000002' }, 2],
      ['partner', { ...none, mobile: '13800000001' }, none, 1],
      ['stranger', none, none, 0],
      ['service:bi', none, none, 0],
    ])('the database yields %s no more than the grant', async (login, worker, other, found) => {
      await network()
      expect(await unguarded(login)).toEqual({ people: { nodes: [{ code: 'other', ...other }, { code: 'worker', ...worker }] }, found: { totalCount: found } })
    })
  })
})
