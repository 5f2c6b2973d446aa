import { describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { as, build, sql } = { as: (login: string) => world.as(login), build: () => world.build, sql: (text: string, values: unknown[] = []) => world.sql(text, values) }

/** Number and content of the rows of every table: equal before and after means that nothing at all was written. */
async function everything(): Promise<unknown> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  return sql(tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from "${name}" t`).join(' union all '))
}

/** What each persona is answered instead of the change. */
async function refusals(document: string, input: object, logins: readonly string[]): Promise<Record<string, string>> {
  const before = await everything()
  const answers: Record<string, string> = {}
  for (const login of logins) {
    const { data, codes } = await as(login).run(document, { input })
    answers[login] = codes.join() || JSON.stringify(data)
  }
  expect(await everything()).toEqual(before)
  return answers
}
const all = (logins: readonly string[], code: string) => Object.fromEntries(logins.map((login) => [login, code]))

/** The `userErrors` of an input that changes nothing. */
async function faults(login: string, document: string, input: object): Promise<unknown> {
  const before = await everything()
  const { data, errors } = await as(login).run(document, { input })
  expect(errors).toEqual([])
  expect(await everything()).toEqual(before)
  const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
  expect(Object.values(changed)).toEqual([null])
  return userErrors
}
const fault = (code: string, field: string | null, more = {}) => ({ code, field, currentVersion: null, changedFields: null, ...more })
const stale = (currentVersion: number, changedFields: string[]) => fault('CONFLICT', 'input.expectedVersion', { currentVersion, changedFields })
const errorFields = 'userErrors { code field currentVersion changedFields }'

/** Runs an act that must succeed and returns what its payload holds. */
async function done(login: string, document: string, input: object): Promise<any> {
  const { data, errors } = await as(login).run(document, { input })
  expect(errors).toEqual([])
  const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
  expect(userErrors).toEqual([])
  return Object.values(changed)[0]
}

/** The same act again answers the same and writes nothing; its key with another input is a conflict. */
async function replays(login: string, document: string, input: object, other: object): Promise<void> {
  const first = await done(login, document, input)
  const before = await everything()
  expect(await done(login, document, input)).toEqual(first)
  expect(await everything()).toEqual(before)
  expect(await faults(login, document, { ...input, ...other })).toEqual([fault('CONFLICT', 'input.idempotencyKey')])
}

/** The audit trail without ids of its own: verb, subject, and each change as `[type, kind, fields]`. */
async function trail(): Promise<unknown[]> {
  const entries = await world.sql<{ verb: string; subject_id: string; changes: { type: string; kind: string; fields: object }[] }>(`select verb, subject_id, body->'changes' as changes from audit_entry where body->'reads' is null order by seq`)
  return entries.map(({ verb, subject_id, changes }) => [verb, subject_id, changes.map(({ type, kind, fields }) => [type, kind, fields])])
}
const events = () => sql('select type, kind, version, fields from event order by seq')

const allRoles = ['COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'] as const

/** One person for each role in a unit, signed in as `<place> <ROLE>`, and a BI tool's token `service:<place>`. Returns the logins. */
async function staff(place: string, unitId: string): Promise<string[]> {
  for (const role of allRoles) await build().person({ login: `${place} ${role}`, unit: unitId, role })
  await build().row('service_token', 'stok', { name: place, tokenHash: place, role: 'BI_READER', unitId, expiresAt: '2099-01-01T00:00:00Z' })
  return [...allRoles.map((role) => `${place} ${role}`), `service:${place}`]
}
const but = (logins: readonly string[], ...allowed: string[]) => logins.filter((login) => !allowed.some((one) => login.endsWith(one)))

const fields = 'id version person { id } unit { id } role isMain validFrom validTo'
const create = `mutation ($input: AppointmentCreateInput!) { appointmentCreate(input: $input) { appointment { ${fields} } ${errorFields} } }`
const update = `mutation ($input: AppointmentUpdateInput!) { appointmentUpdate(input: $input) { appointment { ${fields} } ${errorFields} } }`

async function network() {
  const bureau = await build().unit({ name: '民政厅' })
  const other = await build().unit({ name: '教育厅', divisionId: bureau['division_id'] })
  const person = await build().person({ unit: other.id })
  const appointment = await build().appointment({ personId: person.id, unitId: other.id, role: 'CLERK' })
  return { bureau, other, person, appointment, logins: await staff('bureau', bureau.id) }
}
const admin = 'bureau SECURITY_ADMIN'
const of = (personId: string) => sql('select unit_id, role, is_main, valid_from, valid_to from appointment where person_id = $1 order by valid_from, is_main desc, role nulls first', [personId])
const give = ({ person, other }: { [name: string]: any }, more: object = {}) => ({ idempotencyKey: 'a', personId: person.id, unitId: other.id, role: 'FINANCE_OFFICER', validFrom: today, ...more })

describe('appointmentCreate', () => {
  it('gives a role', async () => {
    const made = await network()
    const appointment = await done(admin, create, give(made, { validTo: '2027-01-01' }))
    expect(appointment).toEqual({ id: expect.stringMatching(/^appt_/), version: 1, person: { id: made.person.id }, unit: { id: made.other.id }, role: 'FINANCE_OFFICER', isMain: false, validFrom: today, validTo: '2027-01-01' })
    expect(await trail()).toMatchObject([['appointmentCreate', appointment.id, [['Appointment', 'CREATED', { person: [null, made.person.id], unit: [null, made.other.id], role: [null, 'FINANCE_OFFICER'], isMain: [null, false], validFrom: [null, today], validTo: [null, '2027-01-01'] }]]]])
    expect(await sql('select type, kind, version from event')).toEqual([{ type: 'Appointment', kind: 'CREATED', version: 1 }])
  })

  it('is refused to everyone but SECURITY_ADMIN', async () => {
    const made = await network()
    const others = but(made.logins, 'SECURITY_ADMIN')
    expect(await refusals(create, give(made), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('is refused for the SECURITY_ADMIN itself', async () => {
    const made = await network()
    const [self] = await world.sql<{ person_id: string }>(`select person_id from account where subject = $1`, [admin])
    expect(await refusals(create, give(made, { personId: self!.person_id, role: 'SECURITY_ADMIN' }), [admin])).toEqual({ [admin]: 'FORBIDDEN' })
  })

  it('answers the same when repeated', async () => {
    await replays(admin, create, give(await network()), { role: 'DIRECTOR' })
  })

  it.each([
    ['an end before the start', { validTo: '2026-11-22' }, 'OUT_OF_RANGE', 'input.validTo'],
    ['a start before the unit', { validFrom: '2003-12-31' }, 'OUT_OF_RANGE', 'input.validFrom'],
    ['the same role in the same unit again', { role: 'CLERK' }, 'OVERLAP', 'input.validFrom'],
    ['a person who is not there', { personId: 'pers_00000000000000000000000000' }, 'UNKNOWN', 'input.personId'],
    ['a unit that is not there', { unitId: 'unit_00000000000000000000000000' }, 'UNKNOWN', 'input.unitId'],
  ])('refuses %s', async (_what, change, code, field) => {
    expect(await faults(admin, create, give(await network(), change))).toEqual([fault(code, field)])
  })

  it.each(['AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'])('%s excludes every other role (三员分立)', async (separated) => {
    const made = await network()
    for (const role of allRoles.filter((one) => one !== separated)) {
      const holder = await build().person({ unit: made.other.id, role: separated })
      expect([role, await faults(admin, create, give({ ...made, person: holder }, { role }))]).toEqual([role, [fault('SEPARATED_ROLES', 'input.role')]])
      const other = await build().person({ unit: made.other.id, role })
      expect([role, await faults(admin, create, give({ ...made, person: other }, { role: separated, unitId: made.bureau.id }))]).toEqual([role, [fault('SEPARATED_ROLES', 'input.role')]])
    }
  })

  it('separated roles may follow each other, and one may be held in two units', async () => {
    const made = await network()
    await sql('update appointment set valid_to = $1 where id = $2', [today, made.appointment.id])
    await done(admin, create, give(made, { role: 'AUDITOR' }))
    await done(admin, create, give(made, { idempotencyKey: 'b', role: 'AUDITOR', unitId: made.bureau.id }))
    expect(await faults(admin, create, give(made, { idempotencyKey: 'c', role: 'CLERK' }))).toEqual([fault('SEPARATED_ROLES', 'input.role')])
  })

  describe('a new main appointment', () => {
    it('ends the place of before on its first day', async () => {
      const made = await network()
      await done(admin, create, give(made, { unitId: made.bureau.id, isMain: true, role: 'DIRECTOR', validFrom: '2026-11-01' }))
      expect(await of(made.person.id)).toEqual([
        { unit_id: made.other.id, role: null, is_main: true, valid_from: '2020-01-01', valid_to: '2026-11-01' },
        { unit_id: made.other.id, role: 'CLERK', is_main: false, valid_from: '2020-01-01', valid_to: null },
        { unit_id: made.bureau.id, role: 'DIRECTOR', is_main: true, valid_from: '2026-11-01', valid_to: null },
      ])
    })

    it('leaves the rights of before, and the unit of before until its first day', async () => {
      const made = await network()
      const person = await build().person({ unit: made.other.id, role: 'CLERK' })
      await done(admin, create, give({ ...made, person }, { unitId: made.bureau.id, isMain: true, role: 'DIRECTOR', validFrom: '2027-01-01' }))
      expect(await of(person.id)).toEqual([
        { unit_id: made.other.id, role: 'CLERK', is_main: true, valid_from: '2020-01-01', valid_to: '2027-01-01' },
        { unit_id: made.bureau.id, role: 'DIRECTOR', is_main: true, valid_from: '2027-01-01', valid_to: null },
        { unit_id: made.other.id, role: 'CLERK', is_main: false, valid_from: '2027-01-01', valid_to: null },
      ])
      const { data } = await as(admin).run('query ($id: ID!) { person(id: $id) { unit { id } } }', { id: person.id })
      expect(data).toEqual({ person: { unit: { id: made.other.id } } })
    })

    it('does not begin before the place that it takes over from', async () => {
      const made = await network()
      expect(await faults(admin, create, give(made, { unitId: made.bureau.id, isMain: true, validFrom: '2019-12-31' }))).toEqual([fault('OVERLAP', 'input.validFrom')])
    })

    it('takes over from one with a role that begins later', async () => {
      const made = await network()
      const person = await build().person({ unit: made.other.id, role: 'CLERK', from: '2027-01-01' })
      await done(admin, create, give({ ...made, person }, { unitId: made.bureau.id, isMain: true, role: 'DIRECTOR' }))
      expect(await of(person.id)).toEqual([
        { unit_id: made.bureau.id, role: 'DIRECTOR', is_main: true, valid_from: today, valid_to: null },
        { unit_id: made.other.id, role: 'CLERK', is_main: false, valid_from: '2027-01-01', valid_to: null },
      ])
    })

    it('cannot stand beside another behind the service either', async () => {
      const { person, bureau } = await network()
      await expect(build().appointment({ personId: person.id, unitId: bureau.id, isMain: true, validFrom: today })).rejects.toThrow('appointment_one_main')
    })
  })
})

describe('appointmentUpdate', () => {
  const ending = ({ appointment }: { [name: string]: any }) => ({ idempotencyKey: 'a', appointmentId: appointment.id, expectedVersion: 1, validTo: today })

  it('ends an appointment, opens it again with null, and keeps the end when it is left out', async () => {
    const made = await network()
    expect(await done(admin, update, ending(made))).toMatchObject({ id: made.appointment.id, version: 2, role: 'CLERK', validTo: today })
    expect(await trail()).toEqual([['appointmentUpdate', made.appointment.id, [['Appointment', 'UPDATED', { validTo: [null, today] }]]]])
    expect(await events()).toEqual([{ type: 'Appointment', kind: 'UPDATED', version: 2, fields: ['validTo'] }])
    expect(await done(admin, update, { idempotencyKey: 'b', appointmentId: made.appointment.id, expectedVersion: 2 })).toMatchObject({ validTo: today })
    expect(await done(admin, update, { idempotencyKey: 'c', appointmentId: made.appointment.id, expectedVersion: 2, validTo: null })).toMatchObject({ version: 3, validTo: null })
  })

  it('answers those who do not see the appointment as if it were absent', async () => {
    const made = await network()
    const others = but(made.logins, 'SECURITY_ADMIN')
    expect(await refusals(update, ending(made), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    expect(await refusals(update, { ...ending(made), appointmentId: 'appt_00000000000000000000000000' }, [admin])).toEqual({ [admin]: 'NOT_FOUND' })
  })

  it('is refused for the SECURITY_ADMIN itself', async () => {
    await network()
    const [own] = await world.sql<{ id: string }>(`select a.id from appointment a join account c on c.person_id = a.person_id where c.subject = $1`, [admin])
    expect(await refusals(update, { idempotencyKey: 'a', appointmentId: own!.id, expectedVersion: 1, validTo: '2030-01-01' }, [admin])).toEqual({ [admin]: 'FORBIDDEN' })
  })

  it('answers the same when repeated, and tells a stale version', async () => {
    const made = await network()
    await replays(admin, update, ending(made), { validTo: '2026-12-01' })
    expect(await faults(admin, update, { ...ending(made), idempotencyKey: 'b' })).toEqual([stale(2, ['validTo'])])
  })

  it('does not end before it begins', async () => {
    const made = await network()
    expect(await faults(admin, update, { ...ending(made), validTo: '2019-12-31' })).toEqual([fault('OUT_OF_RANGE', 'input.validTo')])
  })

  it('lets separated roles meet no more than a new appointment would', async () => {
    const made = await network()
    await sql('update appointment set valid_to = $1 where id = $2', ['2026-06-01', made.appointment.id])
    await build().appointment({ personId: made.person.id, unitId: made.bureau.id, role: 'AUDITOR', validFrom: '2026-06-01' })
    expect(await faults(admin, update, { ...ending(made), validTo: '2026-06-02' })).toEqual([fault('SEPARATED_ROLES', 'input.role')])
  })

  it('opens no second main appointment', async () => {
    const made = await network()
    const main = await build().person({ unit: made.other.id, role: 'CLERK', from: '2026-01-01' })
    const old = await build().appointment({ personId: main.id, unitId: made.bureau.id, role: 'CLERK', isMain: true, validFrom: '2020-01-01', validTo: '2026-01-01' })
    expect(await faults(admin, update, { idempotencyKey: 'a', appointmentId: old.id, expectedVersion: 1, validTo: null })).toEqual([fault('OVERLAP', 'input.isMain')])
  })
})
