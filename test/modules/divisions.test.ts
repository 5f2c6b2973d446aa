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

const create = `mutation ($input: DivisionCreateInput!) { divisionCreate(input: $input) { division { id version code name level parent { id } revision endedOn isPseudo } ${errorFields} } }`
const update = `mutation ($input: DivisionUpdateInput!) { divisionUpdate(input: $input) { division { id version name parent { id } endedOn } ${errorFields} } }`

/** A province, its unit with one person for each role, and a prefecture. */
async function network() {
  const province = await build().division({ code: '330000', name: '示例省' })
  const prefecture = await build().division({ code: '330100', name: '示例市', level: 'PREFECTURE', parentId: province.id })
  const unit = await build().unit({ divisionId: province.id })
  return { province, prefecture, unit, logins: await staff('bureau', unit.id) }
}
const admin = 'bureau SYSTEM_ADMIN'

describe('divisionCreate', () => {
  it('enters a division with its place in the tree, one audit entry and one event', async () => {
    const { prefecture } = await network()
    const division = await done(admin, create, { idempotencyKey: 'a', code: '330102', name: ' 示例区 ', level: 'COUNTY', parentId: prefecture.id, revision: '2020' })
    expect(division).toEqual({ id: expect.stringMatching(/^div_/), version: 1, code: '330102', name: '示例区', level: 'COUNTY', parent: { id: prefecture.id }, revision: '2020', endedOn: null, isPseudo: false })
    expect(await sql('select code, name, level, parent_id, path, version from division where id = $1', [division.id])).toEqual([
      { code: '330102', name: '示例区', level: 'COUNTY', parent_id: prefecture.id, path: '/330000/330100/330102/', version: 1 },
    ])
    expect(await trail()).toMatchObject([
      ['divisionCreate', division.id, [['Division', 'CREATED', { code: [null, '330102'], name: [null, '示例区'], level: [null, 'COUNTY'], parent: [null, prefecture.id], revision: [null, '2020'] }]]],
    ])
    expect(await events()).toEqual([{ type: 'Division', kind: 'CREATED', version: 1, fields: expect.arrayContaining(['code', 'level', 'name', 'parent', 'revision']) }])
  })

  it('is refused to everyone but SYSTEM_ADMIN', async () => {
    const { logins } = await network()
    const others = but(logins, 'SYSTEM_ADMIN')
    expect(await refusals(create, { idempotencyKey: 'a', code: '340000', name: '甲省', level: 'PROVINCE' }, [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('answers the same when repeated', async () => {
    await network()
    await replays(admin, create, { idempotencyKey: 'a', code: '340000', name: '甲省', level: 'PROVINCE' }, { name: '乙省' })
  })

  it.each([
    ['a code that is taken', { code: '330100' }, 'TAKEN', 'input.code'],
    ['five digits', { code: '33010' }, 'MALFORMED', 'input.code'],
    ['a county with nine digits', { code: '330102001' }, 'MALFORMED', 'input.code'],
    ['a township with six digits', { code: '330103', level: 'TOWNSHIP' }, 'MALFORMED', 'input.code'],
    ['a county without a parent', { parentId: undefined }, 'MALFORMED', 'input.parentId'],
    ['a province with a parent', { level: 'PROVINCE' }, 'MALFORMED', 'input.parentId'],
    ['a parent of the same level', { level: 'PREFECTURE' }, 'MALFORMED', 'input.parentId'],
    ['a parent that is not there', { parentId: 'div_00000000000000000000000000' }, 'UNKNOWN', 'input.parentId'],
    ['an empty name', { name: ' ' }, 'OUT_OF_RANGE', 'input.name'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { prefecture } = await network()
    expect(await faults(admin, create, { idempotencyKey: 'a', code: '330102', name: '示例区', level: 'COUNTY', parentId: prefecture.id, ...change })).toEqual([fault(code, field)])
  })

  it.each(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划'])('marks %s as a pseudo-division', async (name) => {
    const { province } = await network()
    expect(await done(admin, create, { idempotencyKey: 'a', code: '339000', name, level: 'PREFECTURE', parentId: province.id })).toMatchObject({ name, isPseudo: true })
  })
})

describe('divisionUpdate', () => {
  it('changes what is sent, keeps what is left out, and moves everything below', async () => {
    const { province, prefecture } = await network()
    const other = await build().division({ code: '330200', name: '乙市', level: 'PREFECTURE', parentId: province.id })
    const county = await build().division({ code: '330102', name: '区', level: 'COUNTY', parentId: prefecture.id })
    const unit = await build().unit({ divisionId: county.id })
    expect(await done(admin, update, { idempotencyKey: 'a', divisionId: county.id, expectedVersion: 1, parentId: other.id })).toEqual({ id: county.id, version: 2, name: '区', parent: { id: other.id }, endedOn: null })
    expect(await sql('select division_path from unit where id = $1', [unit.id])).toEqual([{ division_path: '/330000/330200/330102/' }])
    expect(await trail()).toEqual([['divisionUpdate', county.id, [['Division', 'UPDATED', { parent: [prefecture.id, other.id] }]]]])
    expect(await events()).toEqual([{ type: 'Division', kind: 'UPDATED', version: 2, fields: ['parent'] }])
  })

  it('ends a division, and opens it again with an explicit null', async () => {
    const { prefecture } = await network()
    expect(await done(admin, update, { idempotencyKey: 'a', divisionId: prefecture.id, expectedVersion: 1, endedOn: '2026-12-01' })).toMatchObject({ version: 2, endedOn: '2026-12-01' })
    expect(await done(admin, update, { idempotencyKey: 'b', divisionId: prefecture.id, expectedVersion: 2, name: '新市' })).toMatchObject({ version: 3, name: '新市', endedOn: '2026-12-01' })
    expect(await done(admin, update, { idempotencyKey: 'c', divisionId: prefecture.id, expectedVersion: 3, endedOn: null })).toMatchObject({ version: 4, endedOn: null })
  })

  it('is refused to everyone but SYSTEM_ADMIN', async () => {
    const { prefecture, logins } = await network()
    const others = but(logins, 'SYSTEM_ADMIN')
    expect(await refusals(update, { idempotencyKey: 'a', divisionId: prefecture.id, expectedVersion: 1, name: '改' }, [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('does not find an absent division', async () => {
    await network()
    expect(await refusals(update, { idempotencyKey: 'a', divisionId: 'div_00000000000000000000000000', expectedVersion: 1 }, [admin])).toEqual({ [admin]: 'NOT_FOUND' })
  })

  it('answers the same when repeated, and tells a stale version', async () => {
    const { prefecture } = await network()
    await replays(admin, update, { idempotencyKey: 'a', divisionId: prefecture.id, expectedVersion: 1, name: '新市' }, { name: '别市' })
    expect(await faults(admin, update, { idempotencyKey: 'b', divisionId: prefecture.id, expectedVersion: 1, name: '别市' })).toEqual([stale(2, ['name'])])
  })

  it.each([
    ['an explicit null name', () => ({ name: null }), 'REQUIRED', 'input.name'],
    ['an explicit null parent', () => ({ parentId: null }), 'REQUIRED', 'input.parentId'],
    ['itself as parent: the tree has no cycle', ({ prefecture }: { [name: string]: Built }) => ({ parentId: prefecture!.id }), 'MALFORMED', 'input.parentId'],
    ['its own child as parent', ({ county }: { [name: string]: Built }) => ({ parentId: county!.id }), 'MALFORMED', 'input.parentId'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { prefecture } = await network()
    const county = await build().division({ code: '330102', name: '区', level: 'COUNTY', parentId: prefecture.id })
    expect(await faults(admin, update, { idempotencyKey: 'a', divisionId: prefecture.id, expectedVersion: 1, ...change({ prefecture, county }) })).toEqual([fault(code, field)])
  })

  it('cannot be made a cycle behind the service either', async () => {
    const { province, prefecture } = await network()
    await expect(sql('update division set parent_id = $1 where id = $2', [prefecture.id, province.id])).rejects.toThrow('a division cannot stand below itself')
  })
})
