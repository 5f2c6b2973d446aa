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

const fields = 'id version unit { id } division { id } mechanism role validFrom validTo basis { id }'
const create = `mutation ($input: MandateCreateInput!) { mandateCreate(input: $input) { mandate { ${fields} } ${errorFields} } }`
const update = `mutation ($input: MandateUpdateInput!) { mandateUpdate(input: $input) { mandate { ${fields} } ${errorFields} } }`
const transfer = `mutation ($input: MandateTransferInput!) { mandateTransfer(input: $input) { mandate { ${fields} } ${errorFields} } }`

/** A province coordinated by one unit since 2008, with a second unit to hand over to; the security administrator sits in a third. */
async function network() {
  const province = await build().division({ code: '330000', name: '示例省' })
  const office = await build().unit({ divisionId: province.id, kind: 'ORGANISATION_DEPARTMENT', name: '组织部' })
  const heir = await build().unit({ divisionId: province.id, kind: 'PARTY_SOCIAL_WORK', name: '社会工作部' })
  const bureau = await build().unit({ divisionId: province.id })
  const basis = await build().document()
  const coordination = await build().mandate({ unitId: office.id, role: 'OVERALL_COORDINATION', basisId: basis.id })
  const funding = await build().mandate({ unitId: office.id, mechanism: 'FUNDING', basisId: basis.id })
  return { province, office, heir, bureau, basis, coordination, funding, logins: await staff('bureau', bureau.id) }
}
const admin = 'bureau SECURITY_ADMIN'
const absent = 'mand_00000000000000000000000000'
const stored = () => sql('select unit_id, role, valid_from, valid_to from mandate order by role, valid_from')

const acts: [string, string, (made: { [name: string]: any }) => object, object][] = [
  ['mandateCreate', create, ({ heir, basis }) => ({ unitId: heir.id, role: 'RESPONSIBLE', mechanism: 'FUNDING', validFrom: '2023-07-01', basisId: basis.id }), { validFrom: '2023-08-01' }],
  ['mandateUpdate', update, ({ funding }) => ({ mandateId: funding.id, expectedVersion: 1, validTo: '2027-01-01' }), { validTo: '2027-02-01' }],
  ['mandateTransfer', transfer, ({ coordination, heir, basis }) => ({ mandateId: coordination.id, expectedVersion: 1, unitId: heir.id, on: '2026-12-01', basisId: basis.id }), { on: '2026-12-02' }],
]

describe.each(acts)('%s', (name, document, input, other) => {
  it('is refused to everyone but SECURITY_ADMIN', async () => {
    const made = await network()
    const others = [...but(made.logins, 'SECURITY_ADMIN'), ...(await staff('office', made.office.id)).filter((login) => login !== 'office SECURITY_ADMIN')]
    expect(await refusals(document, { idempotencyKey: 'a', ...input(made) }, [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('answers the same when repeated', async () => {
    await replays(admin, document, { idempotencyKey: 'a', ...input(await network()) }, other)
  })

  if (name === 'mandateCreate') return
  it('does not find an absent mandate', async () => {
    const made = await network()
    expect(await refusals(document, { idempotencyKey: 'a', ...input(made), mandateId: absent }, [admin])).toEqual({ [admin]: 'NOT_FOUND' })
  })

  it('tells a stale version and what changed since', async () => {
    const made = await network()
    const { id } = await build().document()
    const { mandateId } = input(made) as { mandateId: string }
    await done(admin, update, { idempotencyKey: 'first', mandateId, expectedVersion: 1, basisId: id })
    expect(await faults(admin, document, { idempotencyKey: 'a', ...input(made) })).toEqual([stale(2, ['basis'])])
  })
})

describe('a SECURITY_ADMIN never acts for its own unit', () => {
  it('charges it with nothing', async () => {
    const { bureau, basis } = await network()
    expect(await refusals(create, { idempotencyKey: 'a', unitId: bureau.id, role: 'RESPONSIBLE', mechanism: 'FUNDING', validFrom: today, basisId: basis.id }, [admin])).toEqual({ [admin]: 'FORBIDDEN' })
  })
  it('changes none of its mandates', async () => {
    const { bureau } = await network()
    const { id } = await build().mandate({ unitId: bureau.id, mechanism: 'FUNDING' })
    expect(await refusals(update, { idempotencyKey: 'a', mandateId: id, expectedVersion: 1, validTo: today }, [admin])).toEqual({ [admin]: 'FORBIDDEN' })
  })
  it('hands nothing over to it, and nothing of it away', async () => {
    const { bureau, heir, basis, coordination } = await network()
    const { id } = await build().mandate({ unitId: bureau.id, mechanism: 'FUNDING' })
    const input = { idempotencyKey: 'a', expectedVersion: 1, on: today, basisId: basis.id }
    expect(await refusals(transfer, { ...input, mandateId: coordination.id, unitId: bureau.id }, [admin])).toEqual({ [admin]: 'FORBIDDEN' })
    expect(await refusals(transfer, { ...input, mandateId: id, unitId: heir.id }, [admin])).toEqual({ [admin]: 'FORBIDDEN' })
  })
})

describe('mandateCreate', () => {
  it('charges a unit in its division', async () => {
    const { heir, province, basis } = await network()
    const mandate = await done(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'RESPONSIBLE', mechanism: 'FUNDING', validFrom: '2023-07-01', basisId: basis.id })
    expect(mandate).toEqual({ id: expect.stringMatching(/^mand_/), version: 1, unit: { id: heir.id }, division: { id: province.id }, mechanism: 'FUNDING', role: 'RESPONSIBLE', validFrom: '2023-07-01', validTo: null, basis: { id: basis.id } })
    expect(await trail()).toMatchObject([['mandateCreate', mandate.id, [['Mandate', 'CREATED', { unit: [null, heir.id], division: [null, province.id], mechanism: [null, 'FUNDING'], role: [null, 'RESPONSIBLE'], validFrom: [null, '2023-07-01'], basis: [null, basis.id] }]]]])
    expect(await sql('select type, kind, version from event')).toEqual([{ type: 'Mandate', kind: 'CREATED', version: 1 }])
  })

  it('lets units share every role but OVERALL_COORDINATION', async () => {
    const { heir, office, basis } = await network()
    await done(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'LEADERSHIP', validFrom: '2008-03-01', basisId: basis.id })
    await done(admin, create, { idempotencyKey: 'b', unitId: office.id, role: 'LEADERSHIP', validFrom: '2008-03-01', basisId: basis.id })
    expect(await sql(`select count(*)::int from mandate where role = 'LEADERSHIP'`)).toEqual([{ count: 2 }])
  })

  it.each([
    ['LEADERSHIP in one mechanism', { role: 'LEADERSHIP', mechanism: 'FUNDING' }, 'MALFORMED', 'input.mechanism'],
    ['OVERALL_COORDINATION in one mechanism', { role: 'OVERALL_COORDINATION', mechanism: 'FUNDING' }, 'MALFORMED', 'input.mechanism'],
    ['RESPONSIBLE without a mechanism', { mechanism: undefined }, 'MALFORMED', 'input.mechanism'],
    ['COOPERATING without a mechanism', { role: 'COOPERATING', mechanism: undefined }, 'MALFORMED', 'input.mechanism'],
    ['an explicit null mechanism', { mechanism: null }, 'REQUIRED', 'input.mechanism'],
    ['an end on the first day', { validTo: '2026-12-01' }, 'OUT_OF_RANGE', 'input.validTo'],
    ['an end before the first day', { validTo: '2026-11-30' }, 'OUT_OF_RANGE', 'input.validTo'],
    ['a start before the unit', { validFrom: '2003-12-31' }, 'OUT_OF_RANGE', 'input.validFrom'],
    ['a basis that is not there', { basisId: 'doc_00000000000000000000000000' }, 'UNKNOWN', 'input.basisId'],
    ['a unit that is not there', { unitId: 'unit_00000000000000000000000000' }, 'UNKNOWN', 'input.unitId'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { heir, basis } = await network()
    expect(await faults(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'RESPONSIBLE', mechanism: 'FUNDING', validFrom: '2026-12-01', basisId: basis.id, ...change })).toEqual([fault(code, field)])
  })

  it.each([['begins after the unit ended', '2026-12-01', undefined, 'input.validFrom'], ['outlives the unit', '2026-11-01', undefined, 'input.validTo'], ['ends after the unit', '2026-11-01', '2026-12-02', 'input.validTo']])('refuses a mandate that %s', async (_what, validFrom, validTo, field) => {
    const { heir, basis } = await network()
    await sql(`update unit set ended_on = '2026-12-01' where id = $1`, [heir.id])
    expect(await faults(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'RESPONSIBLE', mechanism: 'FUNDING', validFrom, validTo, basisId: basis.id })).toEqual([fault('OUT_OF_RANGE', field)])
  })

  it('refuses a second coordinating unit on a shared day', async () => {
    const { heir, basis } = await network()
    expect(await faults(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom: '2026-12-01', basisId: basis.id })).toEqual([fault('OVERLAP', 'input.validFrom')])
  })

  it.each([['before the first', '2007-01-01', '2008-02-29'], ['after the last', '2026-06-02', undefined]])('refuses days without a coordinating unit: %s', async (_what, validFrom, validTo) => {
    const { heir, basis, coordination } = await network()
    await sql(`update mandate set valid_to = '2026-06-01' where id = $1`, [coordination.id])
    expect(await faults(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom, validTo, basisId: basis.id })).toEqual([fault('GAP', validTo ? 'input.validTo' : 'input.validFrom')])
  })

  it('refuses a coordinating mandate that ends with nobody to follow', async () => {
    const { heir, basis, coordination } = await network()
    await sql(`update mandate set valid_to = '2026-06-01' where id = $1`, [coordination.id])
    expect(await faults(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom: '2026-06-01', validTo: '2026-12-01', basisId: basis.id })).toEqual([fault('GAP', 'input.validTo')])
  })

  it('joins a coordinating mandate to the one before or after', async () => {
    const { heir, basis, coordination } = await network()
    await sql(`update mandate set valid_to = '2026-06-01' where id = $1`, [coordination.id])
    await done(admin, create, { idempotencyKey: 'a', unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom: '2026-06-01', basisId: basis.id })
    await done(admin, create, { idempotencyKey: 'b', unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom: '2007-01-01', validTo: '2008-03-01', basisId: basis.id })
    expect(await sql(`select valid_from, valid_to from mandate where role = 'OVERALL_COORDINATION' order by 1`)).toEqual([
      { valid_from: '2007-01-01', valid_to: '2008-03-01' }, { valid_from: '2008-03-01', valid_to: '2026-06-01' }, { valid_from: '2026-06-01', valid_to: null },
    ])
  })

  it('lets another division have a coordinating unit of its own', async () => {
    const { basis } = await network()
    const other = await build().unit()
    expect(await done(admin, create, { idempotencyKey: 'a', unitId: other.id, role: 'OVERALL_COORDINATION', validFrom: '2026-06-02', basisId: basis.id })).toMatchObject({ role: 'OVERALL_COORDINATION' })
  })

  it.each([['the same mechanism and role', 'FUNDING', 'RESPONSIBLE', true], ['another role', 'FUNDING', 'COOPERATING', false], ['another mechanism', 'CAPABILITY', 'RESPONSIBLE', false]])('holds one unit to no overlap: %s', async (_what, mechanism, role, isRefused) => {
    const { office, basis } = await network()
    const input = { idempotencyKey: 'a', unitId: office.id, role, mechanism, validFrom: '2026-12-01', basisId: basis.id }
    if (isRefused) expect(await faults(admin, create, input)).toEqual([fault('OVERLAP', 'input.validFrom')])
    else expect(await done(admin, create, input)).toMatchObject({ role, mechanism })
  })

  it('cannot be made to overlap behind the service either', async () => {
    const { heir, office } = await network()
    await expect(build().mandate({ unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom: '2026-01-01' })).rejects.toThrow('mandate_one_coordinator')
    await expect(build().mandate({ unitId: office.id, mechanism: 'FUNDING', validFrom: '2026-01-01' })).rejects.toThrow('mandate_no_self_overlap')
  })
})

describe('mandateUpdate', () => {
  it('ends a shared mandate, opens it again with null, and keeps the end when it is left out', async () => {
    const { funding } = await network()
    const other = await build().document()
    const input = { mandateId: funding.id }
    expect(await done(admin, update, { ...input, idempotencyKey: 'a', expectedVersion: 1, validTo: '2027-01-01' })).toMatchObject({ version: 2, validTo: '2027-01-01' })
    expect(await trail()).toEqual([['mandateUpdate', funding.id, [['Mandate', 'UPDATED', { validTo: [null, '2027-01-01'] }]]]])
    expect(await events()).toEqual([{ type: 'Mandate', kind: 'UPDATED', version: 2, fields: ['validTo'] }])
    expect(await done(admin, update, { ...input, idempotencyKey: 'b', expectedVersion: 2, basisId: other.id })).toMatchObject({ version: 3, validTo: '2027-01-01', basis: { id: other.id } })
    expect(await done(admin, update, { ...input, idempotencyKey: 'c', expectedVersion: 3, validTo: null })).toMatchObject({ version: 4, validTo: null })
  })

  it('leaves no day without a coordinating unit', async () => {
    const { coordination } = await network()
    expect(await faults(admin, update, { idempotencyKey: 'a', mandateId: coordination.id, expectedVersion: 1, validTo: '2027-01-01' })).toEqual([fault('GAP', 'input.validTo')])
  })

  it.each([['an explicit null basis', { basisId: null }, 'REQUIRED', 'input.basisId'], ['an end before the start', { validTo: '2008-03-01' }, 'OUT_OF_RANGE', 'input.validTo']])('refuses %s', async (_what, change, code, field) => {
    const { funding } = await network()
    expect(await faults(admin, update, { idempotencyKey: 'a', mandateId: funding.id, expectedVersion: 1, ...change })).toEqual([fault(code, field)])
  })

  it('refuses to reach into the next mandate of the same unit', async () => {
    const { funding, office } = await network()
    await sql(`update mandate set valid_to = '2026-06-01' where id = $1`, [funding.id])
    await build().mandate({ unitId: office.id, mechanism: 'FUNDING', validFrom: '2026-09-01' })
    expect(await faults(admin, update, { idempotencyKey: 'a', mandateId: funding.id, expectedVersion: 1, validTo: '2026-09-02' })).toEqual([fault('OVERLAP', 'input.validTo')])
    expect(await done(admin, update, { idempotencyKey: 'b', mandateId: funding.id, expectedVersion: 1, validTo: '2026-09-01' })).toMatchObject({ validTo: '2026-09-01' })
  })
})

describe('mandateTransfer', () => {
  it('hands over on a day without gap or overlap', async () => {
    const { office, heir, province, basis, coordination } = await network()
    const mandate = await done(admin, transfer, { idempotencyKey: 'a', mandateId: coordination.id, expectedVersion: 1, unitId: heir.id, on: '2026-12-01', basisId: basis.id })
    expect(mandate).toEqual({ id: expect.stringMatching(/^mand_/), version: 1, unit: { id: heir.id }, division: { id: province.id }, mechanism: null, role: 'OVERALL_COORDINATION', validFrom: '2026-12-01', validTo: null, basis: { id: basis.id } })
    expect(await stored()).toEqual([
      { unit_id: office.id, role: 'OVERALL_COORDINATION', valid_from: '2008-03-01', valid_to: '2026-12-01' },
      { unit_id: heir.id, role: 'OVERALL_COORDINATION', valid_from: '2026-12-01', valid_to: null },
      { unit_id: office.id, role: 'RESPONSIBLE', valid_from: '2008-03-01', valid_to: null },
    ])
    expect(await trail()).toMatchObject([['mandateTransfer', mandate.id, [['Mandate', 'UPDATED', { validTo: [null, '2026-12-01'] }], ['Mandate', 'CREATED', { unit: [null, heir.id], validFrom: [null, '2026-12-01'] }]]]])
    expect(await sql('select kind, subject_id, version from event order by seq')).toEqual([{ kind: 'UPDATED', subject_id: coordination.id, version: 2 }, { kind: 'CREATED', subject_id: mandate.id, version: 1 }])
  })

  it('carries the end of the old mandate over', async () => {
    const { heir, basis, funding } = await network()
    await sql(`update mandate set valid_to = '2027-01-01' where id = $1`, [funding.id])
    expect(await done(admin, transfer, { idempotencyKey: 'a', mandateId: funding.id, expectedVersion: 1, unitId: heir.id, on: '2026-12-01', basisId: basis.id })).toMatchObject({ mechanism: 'FUNDING', role: 'RESPONSIBLE', validFrom: '2026-12-01', validTo: '2027-01-01' })
  })

  it.each([
    ['on its first day', () => ({ on: '2008-03-01' }), 'OUT_OF_RANGE', 'input.on'],
    ['on its last day or later', () => ({ on: '2027-01-01' }), 'OUT_OF_RANGE', 'input.on'],
    ['to a unit of another division', ({ stranger }: { [name: string]: Built }) => ({ unitId: stranger!.id }), 'OUT_OF_RANGE', 'input.unitId'],
    ['to a unit that is not there yet', ({ heir }: { [name: string]: Built }) => ({ unitId: heir!.id, on: '2008-06-01' }), 'OUT_OF_RANGE', 'input.on'],
    ['to a unit that holds the same already', ({ holder }: { [name: string]: Built }) => ({ unitId: holder!.id }), 'OVERLAP', 'input.on'],
  ])('refuses to hand over %s', async (_what, change, code, field) => {
    const { heir, basis, funding, province } = await network()
    await sql(`update mandate set valid_to = '2027-01-01' where id = $1`, [funding.id])
    await sql(`update unit set founded_on = '2023-03-16' where id = $1`, [heir.id])
    const stranger = await build().unit()
    const holder = await build().unit({ divisionId: province.id })
    await build().mandate({ unitId: holder.id, mechanism: 'FUNDING' })
    expect(await faults(admin, transfer, { idempotencyKey: 'a', mandateId: funding.id, expectedVersion: 1, unitId: heir.id, on: '2026-12-01', basisId: basis.id, ...change({ heir, stranger, holder }) })).toEqual([fault(code, field)])
  })
})

describe('who was in charge on a day', () => {
  const coordinating = `query ($divisionCode: String!, $on: Day) { coordinatingUnits(divisionCode: $divisionCode, on: $on) { totalCount nodes { name } } }`
  const inCharge = `query ($mechanism: Mechanism!, $on: Day, $role: MandateRole, $divisionCode: String) { unitsInCharge(mechanism: $mechanism, on: $on, role: $role, divisionCode: $divisionCode, orderBy: [{ field: NAME }]) { nodes { name } } }`

  /** On 2023-07-01 the social-work department takes over from civil affairs; on 2010-01-01 personnel and labour become one. */
  async function reorganised() {
    const made = await network()
    const { province, office, heir, bureau } = made
    await sql(`update unit set name = '民政厅' where id = $1`, [bureau.id])
    const unit = (name: string, more: object = {}) => build().unit({ divisionId: province.id, name, ...more })
    const [personnel, labour, merged, committee] = [await unit('人事厅', { endedOn: '2010-01-01' }), await unit('劳动厅', { endedOn: '2010-01-01' }), await unit('人社厅', { foundedOn: '2010-01-01' }), await unit('省委')]
    const stranger = await build().unit({ name: '外省民政厅', divisionId: (await build().division({ code: '340000' })).id })
    await build().mandate({ unitId: bureau.id, mechanism: 'SERVICE_AGENCIES', validTo: '2023-07-01' })
    await build().mandate({ unitId: heir.id, mechanism: 'SERVICE_AGENCIES', validFrom: '2023-07-01' })
    await build().mandate({ unitId: stranger.id, mechanism: 'SERVICE_AGENCIES' })
    await build().mandate({ unitId: personnel.id, mechanism: 'REMUNERATION', validTo: '2010-01-01' })
    await build().mandate({ unitId: labour.id, mechanism: 'REMUNERATION', validTo: '2010-01-01' })
    await build().mandate({ unitId: merged.id, mechanism: 'REMUNERATION', validFrom: '2010-01-01' })
    await build().mandate({ unitId: committee.id, role: 'LEADERSHIP' })
    await sql(`update mandate set valid_to = '2023-07-01' where role = 'OVERALL_COORDINATION' and unit_id = $1`, [office.id])
    await build().mandate({ unitId: heir.id, role: 'OVERALL_COORDINATION', validFrom: '2023-07-01' })
    return made
  }
  const names = async (document: string, variables: object) => (Object.values((await as('bureau CLERK').run(document, { ...variables })).data)[0] as { nodes: { name: string }[] }).nodes.map(({ name }) => name)

  it.each([['2008-02-29', []], ['2008-03-01', ['组织部']], ['2023-06-30', ['组织部']], ['2023-07-01', ['社会工作部']], ['2023-07-02', ['社会工作部']], [undefined, ['社会工作部']]])('coordinated the province on %s: %j', async (on, expected) => {
    await reorganised()
    expect(await names(coordinating, { divisionCode: '330000', on })).toEqual(expected)
    expect(await names(coordinating, { divisionCode: '340000', on })).toEqual([])
  })

  it.each([['2023-06-30', ['外省民政厅', '民政厅']], ['2023-07-01', ['外省民政厅', '社会工作部']], ['2023-07-02', ['外省民政厅', '社会工作部']], [undefined, ['外省民政厅', '社会工作部']]])('were responsible for the agencies on %s: %j', async (on, expected) => {
    await reorganised()
    expect((await names(inCharge, { mechanism: 'SERVICE_AGENCIES', on })).sort()).toEqual([...expected].sort())
    expect(await names(inCharge, { mechanism: 'SERVICE_AGENCIES', on, divisionCode: '330000' })).toEqual(expected.filter((name) => name !== '外省民政厅'))
  })

  it.each([['2009-12-31', ['人事厅', '劳动厅']], ['2010-01-01', ['人社厅']], ['2010-01-02', ['人社厅']]])('were responsible for pay on %s: %j', async (on, expected) => {
    await reorganised()
    expect((await names(inCharge, { mechanism: 'REMUNERATION', on })).sort()).toEqual([...expected].sort())
  })

  it('a role that covers all six mechanisms answers for each of them', async () => {
    await reorganised()
    expect(await names(inCharge, { mechanism: 'FUNDING', role: 'LEADERSHIP' })).toEqual(['省委'])
    expect(await names(inCharge, { mechanism: 'CAPABILITY', role: 'OVERALL_COORDINATION', on: '2023-06-30' })).toEqual(['组织部'])
    expect(await names(inCharge, { mechanism: 'CAPABILITY', role: 'RESPONSIBLE' })).toEqual([])
  })

  it('is not told to anyone who is not signed in', async () => {
    await reorganised()
    expect((await as('nobody').run(coordinating, { divisionCode: '330000' })).codes).toEqual(['UNAUTHENTICATED'])
    expect((await as('nobody').run(inCharge, { mechanism: 'FUNDING' })).codes).toEqual(['UNAUTHENTICATED'])
  })
})
