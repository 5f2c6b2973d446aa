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

const fields = 'id version code name title officePhone unit { id } mobile nationalId birthDate partyMember'
const plain = (document: string) => document.replace(fields, 'id version title')
const create = `mutation ($input: PersonCreateInput!) { personCreate(input: $input) { person { ${fields} } ${errorFields} } }`
const update = `mutation ($input: PersonUpdateInput!) { personUpdate(input: $input) { person { ${fields} } ${errorFields} } }`

async function network() {
  const bureau = await build().unit({ name: '民政厅' })
  const elsewhere = await build().unit({ name: '教育厅', divisionId: bureau['division_id'], lineParentId: bureau.id })
  const person = await build().person({ code: 'P', name: '示甲', unit: bureau.id, mobile: '13800000001', nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true })
  return { bureau, elsewhere, person, logins: [...(await staff('bureau', bureau.id)), ...(await staff('elsewhere', elsewhere.id))] }
}
const hr = 'bureau HR_OFFICER'
const newcomer = (unit: Built) => ({ idempotencyKey: 'a', code: 'NEW', name: '示乙', unitId: unit.id })

describe('personCreate', () => {
  it('enters a person into the own unit, contact and identity apart and out of the trail', async () => {
    const { bureau } = await network()
    const person = await done(hr, create, { ...newcomer(bureau), title: '科员', officePhone: '0571-1', mobile: '13800000002', nationalId: '110101198501020047', birthDate: '1985-01-02', partyMember: false })
    expect(person).toEqual({ id: expect.stringMatching(/^pers_/), version: 1, code: 'NEW', name: '示乙', title: '科员', officePhone: '0571-1', unit: { id: bureau.id }, mobile: '13800000002', nationalId: '110101198501020047', birthDate: '1985-01-02', partyMember: false })
    expect(await sql('select unit_id, role, is_main, valid_from, valid_to from appointment where person_id = $1', [person.id])).toEqual([{ unit_id: bureau.id, role: null, is_main: true, valid_from: today, valid_to: null }])
    const [entry] = (await trail()) as [string, string, [string, string, object][]][]
    expect([entry![0], entry![1], new Map(entry![2].map(([type, kind, changes]) => [type, [kind, changes]]))]).toEqual([
      'personCreate', person.id,
      new Map<string, unknown>([
        ['Person', ['CREATED', expect.objectContaining({ name: [null, '示乙'] })]],
        ['Appointment', ['CREATED', expect.objectContaining({ person: [null, person.id], unit: [null, bureau.id] })]],
        ['PersonContact', ['CREATED', { person: [null, null], mobile: [null, null] }]],
        ['PersonPrivate', ['CREATED', { person: [null, null], nationalId: [null, null], birthDate: [null, null], partyMember: [null, null] }]],
      ]),
    ])
    expect((await events()).map((event) => (event as { type: string }).type).sort()).toEqual(['Appointment', 'Person', 'PersonContact', 'PersonPrivate'])
  })

  it('leaves the parts out where nothing of them is sent', async () => {
    const { bureau } = await network()
    const { id } = await done(hr, create, newcomer(bureau))
    expect(await sql('select 1 from person_contact where person_id = $1 union all select 1 from person_private where person_id = $1', [id])).toEqual([])
  })

  it('is refused to everyone but HR_OFFICER of that very unit', async () => {
    const { bureau, logins } = await network()
    const others = but(logins, hr)
    expect(await refusals(create, newcomer(bureau), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('is refused for a unit below by line', async () => {
    const { elsewhere } = await network()
    expect(await refusals(create, newcomer(elsewhere), [hr])).toEqual({ [hr]: 'FORBIDDEN' })
  })

  it('answers the same when repeated', async () => {
    const { bureau } = await network()
    await replays(hr, plain(create), newcomer(bureau), { name: '示丙' })
  })

  it.each([
    ['a person who begins tomorrow: the unit is that of today', { from: '2026-11-24' }, 'OUT_OF_RANGE', 'input.from'],
    ['a person who began before the unit', { from: '2003-12-31' }, 'OUT_OF_RANGE', 'input.from'],
    ['a staff number that is taken', { code: 'P' }, 'TAKEN', 'input.code'],
    ['a mobile number of ten digits', { mobile: '1380000000' }, 'MALFORMED', 'input.mobile'],
    ['a mobile number that begins with 2', { mobile: '23800000000' }, 'MALFORMED', 'input.mobile'],
    ['an identity number with a wrong check character', { nationalId: '110101199003070039' }, 'MALFORMED', 'input.nationalId'],
    ['an identity number with a day that is none', { nationalId: '110101199002300038' }, 'MALFORMED', 'input.nationalId'],
    ['a unit that is not there', { unitId: 'unit_00000000000000000000000000' }, 'UNKNOWN', 'input.unitId'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { bureau } = await network()
    expect(await faults(hr, create, { ...newcomer(bureau), ...change })).toEqual([fault(code, field)])
  })

  it('repeats no identity number in a message', async () => {
    const { bureau } = await network()
    const { data } = await as(hr).run(`mutation ($input: PersonCreateInput!) { personCreate(input: $input) { userErrors { message } } }`, { input: { ...newcomer(bureau), nationalId: '110101199003070039' } })
    expect(JSON.stringify(data)).not.toContain('1990')
  })
})

describe('personUpdate', () => {
  const change = (person: Built) => ({ idempotencyKey: 'a', personId: person.id, expectedVersion: 1, title: '处长' })

  it('changes what is sent and keeps what is left out', async () => {
    const { person, bureau } = await network()
    expect(await done(hr, update, { ...change(person), mobile: '13800000009' })).toEqual({ id: person.id, version: 2, code: 'P', name: '示甲', title: '处长', officePhone: null, unit: { id: bureau.id }, mobile: '13800000009', nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true })
    const [entry] = (await trail()) as [string, string, unknown[]][]
    expect(entry!.slice(0, 2)).toEqual(['personUpdate', person.id])
    expect(entry![2]).toHaveLength(2)
    expect(entry![2]).toEqual(expect.arrayContaining([['Person', 'UPDATED', { title: [null, '处长'] }], ['PersonContact', 'UPDATED', { mobile: [null, null] }]]))
    expect(await sql(`select type, kind, fields from event order by type`)).toEqual([{ type: 'Person', kind: 'UPDATED', fields: ['title'] }, { type: 'PersonContact', kind: 'UPDATED', fields: ['mobile'] }])
  })

  it('empties what is sent as an explicit null', async () => {
    const { person } = await network()
    expect(await done(hr, update, { idempotencyKey: 'a', personId: person.id, expectedVersion: 1, mobile: null, nationalId: null, partyMember: null })).toMatchObject({ mobile: null, nationalId: null, birthDate: '1990-03-07', partyMember: null })
  })

  it('makes the version of the person stale when only a part changed', async () => {
    const { person } = await network()
    expect(await done(hr, update, { idempotencyKey: 'a', personId: person.id, expectedVersion: 1, mobile: '13800000009' })).toMatchObject({ version: 2 })
    expect(await faults(hr, update, { ...change(person), idempotencyKey: 'b' })).toEqual([stale(2, [])])
  })

  it('refuses an explicit null name', async () => {
    const { person } = await network()
    expect(await faults(hr, update, { ...change(person), name: null })).toEqual([fault('REQUIRED', 'input.name')])
  })

  it('is refused to everyone but HR_OFFICER of the unit, the person included', async () => {
    const { bureau, person, logins } = await network()
    await build().row('account', 'acct', { issuer: 'test', subject: 'the person', personId: person.id })
    await build().appointment({ personId: person.id, unitId: bureau.id, role: 'CLERK' })
    const others = [...but(logins, hr), 'the person']
    expect(await refusals(update, change(person), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('is refused to HR_OFFICER of a unit that the person will join, and of one that the person has left', async () => {
    const { bureau, elsewhere } = await network()
    const person = await build().person({ unit: elsewhere.id, from: '2026-11-24' })
    await build().appointment({ personId: person.id, unitId: bureau.id, isMain: true, validFrom: '2010-01-01', validTo: today })
    expect(await refusals(update, change(person), [hr, 'elsewhere HR_OFFICER'])).toEqual({ [hr]: 'FORBIDDEN', 'elsewhere HR_OFFICER': 'FORBIDDEN' })
  })

  it('does not find an absent person', async () => {
    const { person } = await network()
    expect(await refusals(update, { ...change(person), personId: 'pers_00000000000000000000000000' }, [hr])).toEqual({ [hr]: 'NOT_FOUND' })
  })

  it('answers the same when repeated, and tells a stale version', async () => {
    const { person } = await network()
    await replays(hr, plain(update), change(person), { title: '厅长' })
    expect(await faults(hr, update, { ...change(person), idempotencyKey: 'b' })).toEqual([stale(2, ['title'])])
  })
})
