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

const fields = 'id version code name shortName kind division { id } lineParent { id } creditCode legalForm registrationLevel institutionKind foundedOn endedOn successor { id } names { name validFrom validTo }'
const create = `mutation ($input: UnitCreateInput!) { unitCreate(input: $input) { unit { ${fields} } ${errorFields} } }`
const update = `mutation ($input: UnitUpdateInput!) { unitUpdate(input: $input) { unit { ${fields} } ${errorFields} } }`
const rename = `mutation ($input: UnitRenameInput!) { unitRename(input: $input) { unit { id version name names { name validFrom validTo } } ${errorFields} } }`
const end = `mutation ($input: UnitEndInput!) { unitEnd(input: $input) { unit { id version endedOn successor { id } } ${errorFields} } }`

async function network() {
  const province = await build().division({ code: '330000', name: '示例省' })
  const prefecture = await build().division({ code: '330100', name: '示例市', level: 'PREFECTURE', parentId: province.id })
  const bureau = await build().unit({ divisionId: province.id })
  const unit = await build().unit({ divisionId: prefecture.id, lineParentId: bureau.id, code: 'CA', name: '市民政局' })
  return { province, prefecture, bureau, unit, logins: await staff('bureau', bureau.id) }
}
const admin = 'bureau SYSTEM_ADMIN'
const absent = 'unit_00000000000000000000000000'
const creditCode = '91331081307655191L'

/** A mutation by its document, with an input that SYSTEM_ADMIN may send. */
const acts: [string, string, (made: { [name: string]: any }) => object, object][] = [
  ['unitCreate', create, ({ prefecture }) => ({ code: 'NEW', name: '新局', kind: 'EDUCATION', divisionId: prefecture.id, foundedOn: '2020-01-01' }), { name: '另一局' }],
  ['unitUpdate', update, ({ unit }) => ({ unitId: unit.id, expectedVersion: 1, shortName: '简' }), { shortName: '另' }],
  ['unitRename', rename, ({ unit }) => ({ unitId: unit.id, expectedVersion: 1, name: '新名', validFrom: '2020-01-01' }), { name: '另' }],
  ['unitEnd', end, ({ unit }) => ({ unitId: unit.id, expectedVersion: 1, endedOn: '2026-12-01' }), { endedOn: '2026-12-02' }],
]

describe.each(acts)('%s', (name, document, input, other) => {
  it('is refused to everyone but SYSTEM_ADMIN', async () => {
    const made = await network()
    const others = but(made.logins, 'SYSTEM_ADMIN')
    expect(await refusals(document, { idempotencyKey: 'a', ...input(made) }, [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('answers the same when repeated', async () => {
    await replays(admin, document, { idempotencyKey: 'a', ...input(await network()) }, other)
  })

  if (name === 'unitCreate') return
  it('does not find an absent unit', async () => {
    const made = await network()
    expect(await refusals(document, { idempotencyKey: 'a', ...input(made), unitId: absent }, [admin])).toEqual({ [admin]: 'NOT_FOUND' })
  })

  it('tells a stale version and what changed since', async () => {
    const made = await network()
    await done(admin, update, { idempotencyKey: 'first', unitId: made.unit.id, expectedVersion: 1, institutionKind: '养老' })
    expect(await faults(admin, document, { idempotencyKey: 'a', ...input(made) })).toEqual([stale(2, ['institutionKind'])])
  })
})

describe('unitCreate', () => {
  it('enters a unit with its first name and its place in both trees', async () => {
    const { prefecture, bureau } = await network()
    const unit = await done(admin, create, {
      idempotencyKey: 'a', code: 'AG', name: '示例社工中心', shortName: '中心', kind: 'SERVICE_AGENCY', divisionId: prefecture.id, lineParentId: bureau.id, creditCode,
      legalForm: 'SOCIAL_SERVICE_INSTITUTION', registrationLevel: 'PREFECTURE', institutionKind: '养老', foundedOn: '2012-03-01',
    })
    expect(unit).toEqual({
      id: expect.stringMatching(/^unit_/), version: 1, code: 'AG', name: '示例社工中心', shortName: '中心', kind: 'SERVICE_AGENCY', division: { id: prefecture.id }, lineParent: { id: bureau.id }, creditCode,
      legalForm: 'SOCIAL_SERVICE_INSTITUTION', registrationLevel: 'PREFECTURE', institutionKind: '养老', foundedOn: '2012-03-01', endedOn: null, successor: null,
      names: [{ name: '示例社工中心', validFrom: '2012-03-01', validTo: null }],
    })
    expect(await sql('select line_path, division_path from unit where id = $1', [unit.id])).toEqual([{ line_path: `/${bureau.id}/${unit.id}/`, division_path: '/330000/330100/' }])
    expect(await trail()).toMatchObject([['unitCreate', unit.id, [['Unit', 'CREATED', { code: [null, 'AG'], creditCode: [null, creditCode], division: [null, prefecture.id], lineParent: [null, bureau.id] }], ['UnitName', 'CREATED', { unit: [null, unit.id], name: [null, '示例社工中心'], validFrom: [null, '2012-03-01'] }]]]])
    expect(await sql('select type, kind, version from event order by seq')).toEqual([{ type: 'Unit', kind: 'CREATED', version: 1 }, { type: 'UnitName', kind: 'CREATED', version: 1 }])
  })

  it.each([
    ['a credit code that is short', { creditCode: creditCode.slice(1) }, 'MALFORMED', 'input.creditCode'],
    ['a credit code with an I', { creditCode: '9133108130765519IL' }, 'MALFORMED', 'input.creditCode'],
    ['a credit code in small letters', { creditCode: creditCode.toLowerCase() }, 'MALFORMED', 'input.creditCode'],
    ['a credit code with a wrong check character', { creditCode: '91310115MA1H8R7C6D' }, 'MALFORMED', 'input.creditCode'],
    ['a code that is taken', { code: 'CA' }, 'TAKEN', 'input.code'],
    ['a line parent that is not there', { lineParentId: absent }, 'UNKNOWN', 'input.lineParentId'],
    ['an empty name', { name: '' }, 'OUT_OF_RANGE', 'input.name'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { prefecture } = await network()
    expect(await faults(admin, create, { idempotencyKey: 'a', code: 'NEW', name: '新局', kind: 'EDUCATION', divisionId: prefecture.id, foundedOn: '2020-01-01', ...change })).toEqual([fault(code, field)])
  })

  it('refuses a credit code that another unit has', async () => {
    const { prefecture } = await network()
    await build().unit({ creditCode })
    expect(await faults(admin, create, { idempotencyKey: 'a', code: 'NEW', name: '新局', kind: 'EDUCATION', divisionId: prefecture.id, foundedOn: '2020-01-01', creditCode })).toEqual([fault('TAKEN', 'input.creditCode')])
  })

  it.each([['市辖区', 'PREFECTURE'], ['省直辖县级行政区划', 'PREFECTURE'], ['县', 'COUNTY']])('puts no unit into the pseudo-division %s', async (name, level) => {
    const { province } = await network()
    const pseudo = await build().division({ code: '339000', name, level, parentId: province.id })
    expect(await faults(admin, create, { idempotencyKey: 'a', code: 'NEW', name: '新局', kind: 'EDUCATION', divisionId: pseudo.id, foundedOn: '2020-01-01' })).toEqual([fault('OUT_OF_RANGE', 'input.divisionId')])
  })
})

describe('unitUpdate', () => {
  it('changes what is sent and keeps what is left out', async () => {
    const { unit, bureau, prefecture } = await network()
    await sql('update unit set short_name = $2 where id = $1', [unit.id, '民政'])
    expect(await done(admin, update, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, creditCode })).toMatchObject({ version: 2, creditCode, shortName: '民政', lineParent: { id: bureau.id }, division: { id: prefecture.id } })
    expect(await trail()).toEqual([['unitUpdate', unit.id, [['Unit', 'UPDATED', { creditCode: [null, creditCode] }]]]])
    expect(await events()).toEqual([{ type: 'Unit', kind: 'UPDATED', version: 2, fields: ['creditCode'] }])
  })

  it('empties what is sent as an explicit null', async () => {
    const { unit } = await network()
    await sql('update unit set short_name = $2, credit_code = $3 where id = $1', [unit.id, '民政', creditCode])
    expect(await done(admin, update, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, creditCode: null, lineParentId: null })).toMatchObject({ version: 2, creditCode: null, lineParent: null, shortName: '民政' })
    expect(await sql('select line_path from unit where id = $1', [unit.id])).toEqual([{ line_path: `/${unit.id}/` }])
  })

  it('moves those below it by line along', async () => {
    const { unit, bureau } = await network()
    const below = await build().unit({ lineParentId: unit.id })
    const top = await build().unit()
    await done(admin, update, { idempotencyKey: 'a', unitId: bureau.id, expectedVersion: 1, lineParentId: top.id })
    expect(await sql('select line_path from unit where id = $1', [below.id])).toEqual([{ line_path: `/${top.id}/${bureau.id}/${unit.id}/${below.id}/` }])
  })

  it.each([['itself', 0], ['a unit below it', 1], ['a unit two steps below it', 2]])('refuses %s as line parent: a line has no cycle', async (_what, depth) => {
    const { unit } = await network()
    const below = await build().unit({ lineParentId: unit.id })
    const chain = [unit, below, await build().unit({ lineParentId: below.id })]
    expect(await faults(admin, update, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, lineParentId: chain[depth]!.id })).toEqual([fault('CYCLE', 'input.lineParentId')])
  })

  it('cannot be made a cycle behind the service either', async () => {
    const { unit, bureau } = await network()
    await expect(sql('update unit set line_parent_id = $1 where id = $2', [unit.id, bureau.id])).rejects.toThrow('a unit cannot stand below itself')
  })

  it.each([
    ['an explicit null division', { divisionId: null }, 'REQUIRED', 'input.divisionId'],
    ['a bad credit code', { creditCode: '91310115MA1H8R7C6D' }, 'MALFORMED', 'input.creditCode'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { unit } = await network()
    expect(await faults(admin, update, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, ...change })).toEqual([fault(code, field)])
  })

  it('moves a unit to another division, but to no pseudo-division', async () => {
    const { unit, province } = await network()
    const pseudo = await build().division({ code: '330101', name: '市辖区', level: 'COUNTY', parentId: unit['division_id'] })
    expect(await faults(admin, update, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, divisionId: pseudo.id })).toEqual([fault('OUT_OF_RANGE', 'input.divisionId')])
    expect(await done(admin, update, { idempotencyKey: 'b', unitId: unit.id, expectedVersion: 1, divisionId: province.id })).toMatchObject({ division: { id: province.id } })
    expect(await sql('select division_path from unit where id = $1', [unit.id])).toEqual([{ division_path: '/330000/' }])
  })

  it.each([
    ['in force', '2008-03-01', null, true],
    ['that begins later', '2027-01-01', null, true],
    ['that ends tomorrow', '2008-03-01', '2026-11-24', true],
    ['that ended today', '2008-03-01', today, false],
  ])('with a mandate %s', async (_what, validFrom, validTo, isKept) => {
    const { unit, province } = await network()
    await build().mandate({ unitId: unit.id, mechanism: 'FUNDING', validFrom, validTo })
    const input = { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, divisionId: province.id }
    if (isKept) expect(await faults(admin, update, input)).toEqual([fault('IN_USE', 'input.divisionId')])
    else expect(await done(admin, update, input)).toMatchObject({ division: { id: province.id } })
  })
})

describe('unitRename', () => {
  it('keeps the old name with its dates', async () => {
    const { unit } = await network()
    const old = await build().row('unit_name', 'uname', { unitId: unit.id, name: '市民政局', validFrom: '2004-01-01' })
    expect(await done(admin, rename, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, name: '市民政和社会工作局', validFrom: today })).toEqual({
      id: unit.id, version: 2, name: '市民政和社会工作局', names: [{ name: '市民政局', validFrom: '2004-01-01', validTo: today }, { name: '市民政和社会工作局', validFrom: today, validTo: null }],
    })
    const [entry] = (await trail()) as [string, string, unknown[]][]
    expect(entry!.slice(0, 2)).toEqual(['unitRename', unit.id])
    expect(entry![2]).toEqual(expect.arrayContaining([
      ['Unit', 'UPDATED', { name: ['市民政局', '市民政和社会工作局'] }],
      ['UnitName', 'UPDATED', { validTo: [null, today] }],
      ['UnitName', 'CREATED', expect.objectContaining({ name: [null, '市民政和社会工作局'], validFrom: [null, today] })],
    ]))
    expect(await sql('select valid_to, version from unit_name where id = $1', [old.id])).toEqual([{ valid_to: today, version: 2 }])
  })

  it.each([
    ['on the day on which the current name began', '2010-05-01', 'OVERLAP'],
    ['before it', '2010-04-30', 'OVERLAP'],
    ['in the future', '2026-11-24', 'OUT_OF_RANGE'],
  ])('refuses a name that begins %s', async (_what, validFrom, code) => {
    const { unit } = await network()
    await build().row('unit_name', 'uname', { unitId: unit.id, name: '市民政局', validFrom: '2010-05-01' })
    expect(await faults(admin, rename, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, name: '新', validFrom })).toEqual([fault(code, 'input.validFrom')])
  })
})

describe('unitEnd', () => {
  it('ends a unit and names its successor', async () => {
    const { unit, bureau } = await network()
    expect(await done(admin, end, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, endedOn: today, successorId: bureau.id })).toEqual({ id: unit.id, version: 2, endedOn: today, successor: { id: bureau.id } })
    expect(await trail()).toEqual([['unitEnd', unit.id, [['Unit', 'UPDATED', { endedOn: [null, today], successor: [null, bureau.id] }]]]])
    expect(await events()).toEqual([{ type: 'Unit', kind: 'UPDATED', version: 2, fields: expect.arrayContaining(['endedOn', 'successor']) }])
  })

  it.each([
    ['on the day of its founding', { endedOn: '2004-01-01' }, 'OUT_OF_RANGE', 'input.endedOn'],
    ['before its founding', { endedOn: '2003-12-31' }, 'OUT_OF_RANGE', 'input.endedOn'],
    ['with a successor that is not there', { successorId: absent }, 'UNKNOWN', 'input.successorId'],
  ])('refuses an end %s', async (_what, change, code, field) => {
    const { unit } = await network()
    expect(await faults(admin, end, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, endedOn: '2026-12-01', ...change })).toEqual([fault(code, field)])
  })

  it('cannot succeed itself', async () => {
    const { unit } = await network()
    expect(await faults(admin, end, { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, endedOn: '2026-12-01', successorId: unit.id })).toEqual([fault('CYCLE', 'input.successorId')])
  })

  it.each([
    ['PROPOSED', true], ['ISSUED', true], ['ACCEPTED', true], ['IN_PROGRESS', true], ['REPORTED', true], ['RETURNED', true],
    ['REFUSED', false], ['COMPLETED', false], ['EXCUSED', false], ['TERMINATED', false],
  ])('with an assignment that is %s', async (status, isOpen) => {
    const { unit } = await network()
    const task = await build().task()
    await build().assignment({ taskId: task.id, unitId: unit.id, role: 'LEAD', status })
    const input = { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, endedOn: '2026-12-01' }
    if (isOpen) expect(await faults(admin, end, input)).toEqual([fault('IN_USE', 'input.unitId')])
    else expect(await done(admin, end, input)).toMatchObject({ endedOn: '2026-12-01' })
  })

  it.each([
    ['without end', null, true],
    ['that ends a day later', '2026-12-02', true],
    ['that ends with it', '2026-12-01', false],
  ])('with a mandate %s', async (_what, validTo, isOpen) => {
    const { unit } = await network()
    await build().mandate({ unitId: unit.id, mechanism: 'FUNDING', validTo })
    const input = { idempotencyKey: 'a', unitId: unit.id, expectedVersion: 1, endedOn: '2026-12-01' }
    if (isOpen) expect(await faults(admin, end, input)).toEqual([fault('IN_USE', 'input.unitId')])
    else expect(await done(admin, end, input)).toMatchObject({ endedOn: '2026-12-01' })
  })
})
