import { describe, expect, it } from '@jest/globals'
import { Work } from '../../src/engine/index.js'
import { importFile, type ImportOptions, type ImportReport } from '../../src/importing/import.js'
import { policyFor } from '../../src/modules/supervision/index.js'
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

const policyFields = 'id version name division { id } validFrom validTo basis { id } acceptWithinDays reportEveryDays rules { level colour trigger threshold sendsSlip }'
const set = `mutation ($input: SupervisionPolicySetInput!) { supervisionPolicySet(input: $input) { supervisionPolicy { ${policyFields} } ${errorFields} } }`
const end = `mutation ($input: SupervisionPolicyEndInput!) { supervisionPolicyEnd(input: $input) { supervisionPolicy { id version validTo } ${errorFields} } }`
const admin = 'bureau SYSTEM_ADMIN'

/** A province, a prefecture and a county below each other, a basis, and one person for each role. */
async function network() {
  const province = await build().division({ code: '330000', name: '示例省' })
  const prefecture = await build().division({ code: '330100', name: '示例市', level: 'PREFECTURE', parentId: province.id })
  const county = await build().division({ code: '330102', name: '示例区', level: 'COUNTY', parentId: prefecture.id })
  const unit = await build().unit({ divisionId: province.id })
  const basis = await build().document({ number: '示发〔2024〕9号', issuedOn: '2024-01-01' })
  return { province, prefecture, county, unit, basis, logins: await staff('bureau', unit.id) }
}
const policy = (division: Built, basis: Built, values: object = {}) =>
  build().row('supervision_policy', 'supp', { divisionId: division.id, name: '规则', validFrom: '2024-01-01', basisId: basis.id, acceptWithinDays: 3, reportEveryDays: 10, ...values })

const calm = { level: 'NONE', colour: '绿', trigger: null, threshold: null, sendsSlip: false }
const near = { level: 'APPROACHING', colour: '黄', trigger: 'DAYS_TO_DUE', threshold: 5, sendsSlip: false }
const late = { level: 'LATE', colour: '红', trigger: 'DAYS_LATE', threshold: 1, sendsSlip: true }
const given = ({ province, basis }: { province: Built; basis: Built }, more: object = {}) =>
  ({ idempotencyKey: 'a', divisionId: province.id, name: '规则', validFrom: '2024-03-01', basisId: basis.id, acceptWithinDays: 3, reportEveryDays: 10, rules: [calm, near, late], ...more })

describe('supervisionPolicySet', () => {
  it('sets a policy with its light rules, one audit entry and an event for each row', async () => {
    const made = await network()
    const set1 = await done(admin, set, given(made, { name: ' 全省规则 ' }))
    expect(set1).toEqual({
      id: expect.stringMatching(/^supp_/), version: 1, name: '全省规则', division: { id: made.province.id }, validFrom: '2024-03-01', validTo: null, basis: { id: made.basis.id }, acceptWithinDays: 3, reportEveryDays: 10, rules: [calm, near, late],
    })
    expect(await trail()).toMatchObject([['supervisionPolicySet', set1.id, [
      ['SupervisionPolicy', 'CREATED', { division: [null, made.province.id], acceptWithinDays: [null, 3] }],
      ['LightRule', 'CREATED', { level: [null, 'NONE'], policy: [null, set1.id] }],
      ['LightRule', 'CREATED', { level: [null, 'APPROACHING'], trigger: [null, 'DAYS_TO_DUE'], threshold: [null, 5] }],
      ['LightRule', 'CREATED', { level: [null, 'LATE'], sendsSlip: [null, true] }],
    ]]])
    expect((await events()).map((event) => [event['type'], event['kind'], event['version']])).toEqual([['SupervisionPolicy', 'CREATED', 1], ['LightRule', 'CREATED', 1], ['LightRule', 'CREATED', 1], ['LightRule', 'CREATED', 1]])
  })

  it('takes what is left out and what is null for none', async () => {
    const made = await network()
    const { level, colour } = calm
    expect(await done(admin, set, given(made, { rules: [{ level, colour }], validTo: null }))).toMatchObject({ validTo: null, rules: [calm] })
    expect(await done(admin, set, given(made, { idempotencyKey: 'b', divisionId: made.prefecture.id, rules: [], validTo: '2025-01-01' }))).toMatchObject({ validTo: '2025-01-01', rules: [] })
  })

  it('is refused to everyone but SYSTEM_ADMIN', async () => {
    const made = await network()
    const others = but(made.logins, 'SYSTEM_ADMIN')
    expect(await refusals(set, given(made), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('answers the same when repeated', async () => {
    const made = await network()
    await replays(admin, set, given(made), { name: '另一规则' })
  })

  it.each([
    ['a division that is not there', { divisionId: 'div_00000000000000000000000000' }, 'UNKNOWN', 'input.divisionId'],
    ['a basis that is not there', { basisId: 'doc_00000000000000000000000000' }, 'UNKNOWN', 'input.basisId'],
    ['an end on the first day', { validTo: '2024-03-01' }, 'OUT_OF_RANGE', 'input.validTo'],
    ['no day to accept in', { acceptWithinDays: 0 }, 'OUT_OF_RANGE', 'input.acceptWithinDays'],
    ['reports more than a year apart', { reportEveryDays: 367 }, 'OUT_OF_RANGE', 'input.reportEveryDays'],
    ['an empty name', { name: ' ' }, 'OUT_OF_RANGE', 'input.name'],
    ['a trigger of NONE', { rules: [{ ...calm, trigger: 'DAYS_LATE' }] }, 'MALFORMED', 'input.rules.0.trigger'],
    ['a threshold of NONE', { rules: [near, { ...calm, threshold: 3 }] }, 'MALFORMED', 'input.rules.1.threshold'],
    ['a slip of NONE', { rules: [{ ...calm, sendsSlip: true }] }, 'MALFORMED', 'input.rules.0.sendsSlip'],
    ['a level without a trigger', { rules: [{ ...late, trigger: null }] }, 'MALFORMED', 'input.rules.0.trigger'],
    ['a trigger without a threshold', { rules: [{ ...late, threshold: null }] }, 'MALFORMED', 'input.rules.0.threshold'],
    ['lateness of no day', { rules: [{ ...late, threshold: 0 }] }, 'MALFORMED', 'input.rules.0.threshold'],
    ['a lag of more than everything', { rules: [{ ...late, trigger: 'BEHIND_OR_POOR', threshold: 101 }] }, 'MALFORMED', 'input.rules.0.threshold'],
    ['a negative threshold', { rules: [{ ...near, threshold: -1 }] }, 'OUT_OF_RANGE', 'input.rules.0.threshold'],
    ['an unanswered slip below APPROACHING', { rules: [{ ...near, trigger: 'PREVIOUS_SLIP_UNANSWERED' }] }, 'MALFORMED', 'input.rules.0.trigger'],
    ['the same rule twice', { rules: [late, near, { ...late, threshold: 9 }] }, 'MALFORMED', 'input.rules.2.trigger'],
    ['two colours of one level', { rules: [late, { ...late, colour: '橙', trigger: 'BEHIND_OR_POOR' }] }, 'MALFORMED', 'input.rules.1.colour'],
    ['an empty colour', { rules: [{ ...late, colour: ' ' }] }, 'OUT_OF_RANGE', 'input.rules.0.colour'],
  ])('refuses %s', async (_what, change, code, field) => {
    const made = await network()
    expect(await faults(admin, set, given(made, change))).toEqual([fault(code, field)])
  })

  it('tells every bad rule at once', async () => {
    const made = await network()
    expect(await faults(admin, set, given(made, { rules: [{ ...late, threshold: 0 }, near, { ...calm, sendsSlip: true }] }))).toEqual([fault('MALFORMED', 'input.rules.0.threshold'), fault('MALFORMED', 'input.rules.2.sendsSlip')])
  })

  it('lets a light climb slip by slip, and warns on the due day itself', async () => {
    const made = await network()
    const rules = [{ ...near, threshold: 0 }, { ...late, trigger: 'PREVIOUS_SLIP_UNANSWERED', threshold: 3 }, { ...late, trigger: 'BEHIND_OR_POOR', threshold: 100 }]
    expect(await done(admin, set, given(made, { rules }))).toMatchObject({ rules })
  })

  it.each([['an open one', null, '2024-02-01', null, true], ['one that ended', '2024-02-01', '2024-02-01', null, false], ['one that comes later', null, '2023-01-01', '2024-01-01', false], ['one that comes too soon', null, '2023-01-01', '2024-01-02', true]])(
    'knows no two policies of a division on one day: %s',
    async (_what, kept, validFrom, validTo, isRefused) => {
      const made = await network()
      await policy(made.province, made.basis, { validTo: kept })
      if (isRefused) expect(await faults(admin, set, given(made, { validFrom, validTo }))).toEqual([fault('OVERLAP', 'input.validFrom')])
      else expect(await done(admin, set, given(made, { validFrom, validTo }))).toMatchObject({ validFrom, validTo })
    },
  )

  it('cannot be made to overlap, nor a rule to lose its shape, behind the service either', async () => {
    const { province, basis } = await network()
    const { id } = await policy(province, basis)
    await expect(policy(province, basis, { validFrom: '2030-01-01' })).rejects.toThrow('supervision_policy_no_overlap')
    const rule = (values: object) => build().row('light_rule', 'lrul', { policyId: id, colour: '红', ...values })
    await expect(rule({ level: 'NONE', trigger: 'DAYS_LATE', threshold: 1 })).rejects.toThrow('light_rule_shape')
    await expect(rule({ level: 'LATE' })).rejects.toThrow('light_rule_shape')
    await rule({ level: 'LATE', trigger: 'DAYS_LATE', threshold: 1 })
    await expect(rule({ level: 'LATE', trigger: 'DAYS_LATE', threshold: 2 })).rejects.toThrow('light_rule_once')
  })
})

describe('supervisionPolicyEnd', () => {
  it('ends a policy, earlier or later, so that another may follow', async () => {
    const made = await network()
    const { id } = await policy(made.province, made.basis)
    expect(await done(admin, end, { idempotencyKey: 'a', policyId: id, expectedVersion: 1, validTo: '2026-01-01' })).toEqual({ id, version: 2, validTo: '2026-01-01' })
    expect(await trail()).toEqual([['supervisionPolicyEnd', id, [['SupervisionPolicy', 'UPDATED', { validTo: [null, '2026-01-01'] }]]]])
    expect(await events()).toEqual([{ type: 'SupervisionPolicy', kind: 'UPDATED', version: 2, fields: ['validTo'] }])
    await done(admin, set, given(made, { idempotencyKey: 'b', validFrom: '2027-01-01' }))
    expect(await done(admin, end, { idempotencyKey: 'c', policyId: id, expectedVersion: 2, validTo: '2027-01-01' })).toMatchObject({ version: 3 })
    expect(await faults(admin, end, { idempotencyKey: 'd', policyId: id, expectedVersion: 3, validTo: '2027-01-02' })).toEqual([fault('OVERLAP', 'input.validTo')])
  })

  it('refuses an end on the first day and an explicit null', async () => {
    const made = await network()
    const { id } = await policy(made.province, made.basis)
    expect(await faults(admin, end, { idempotencyKey: 'a', policyId: id, expectedVersion: 1, validTo: '2024-01-01' })).toEqual([fault('OUT_OF_RANGE', 'input.validTo')])
    const before = await everything()
    const { errors } = await as(admin).run(end, { input: { idempotencyKey: 'a', policyId: id, expectedVersion: 1, validTo: null } })
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('Expected non-nullable type "Day!" not to be null.')])
    expect(await everything()).toEqual(before)
  })

  it('is refused to everyone but SYSTEM_ADMIN, and does not find an absent policy', async () => {
    const made = await network()
    const { id } = await policy(made.province, made.basis)
    const others = but(made.logins, 'SYSTEM_ADMIN')
    expect(await refusals(end, { idempotencyKey: 'a', policyId: id, expectedVersion: 1, validTo: '2026-01-01' }, [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    expect(await refusals(end, { idempotencyKey: 'a', policyId: 'supp_00000000000000000000000000', expectedVersion: 1, validTo: '2026-01-01' }, [admin])).toEqual({ [admin]: 'NOT_FOUND' })
  })

  it('answers the same when repeated, and tells a stale version', async () => {
    const made = await network()
    const { id } = await policy(made.province, made.basis)
    await replays(admin, end, { idempotencyKey: 'a', policyId: id, expectedVersion: 1, validTo: '2026-01-01' }, { validTo: '2026-02-01' })
    expect(await faults(admin, end, { idempotencyKey: 'b', policyId: id, expectedVersion: 1, validTo: '2026-02-01' })).toEqual([stale(2, ['validTo'])])
  })
})

describe('the policy in force', () => {
  const inForce = async (division: Built, day: string): Promise<string | null> => {
    const [row] = await world.sql<{ id: string | null }>('select heli_supervision_policy($1, $2) as id', [division.id, day])
    const { database, contextFor } = world.backbone
    const { reads } = await contextFor({ identity: { kind: 'person', issuer: 'test', subject: admin }, language: 'en', strict: false, requestId: 'r', isRouter: false })
    const found = await database.orm.em.fork().transactional((em) => policyFor(new Work(reads, em as never, 'supervisionPolicySet'), division.id, day))
    expect(found?.id ?? null).toBe(row!.id)
    return row!.id
  }

  it('is the division\'s own, else that of the nearest division above it', async () => {
    const { province, prefecture, county, basis } = await network()
    const stranger = await build().division({ code: '320000' })
    const [first, second] = [await policy(province, basis, { validTo: '2025-01-01' }), await policy(province, basis, { validFrom: '2025-01-01' })]
    const city = await policy(prefecture, basis, { validFrom: '2024-06-01', validTo: '2024-09-01' })
    const ownBelow = await policy(county, basis, { validFrom: '2026-01-01' })
    expect(await Promise.all([inForce(province, '2023-12-31'), inForce(stranger, '2024-06-01')])).toEqual([null, null])
    for (const [division, day, expected] of [
      [province, '2024-01-01', first], [province, '2024-12-31', first], [province, '2025-01-01', second], [province, '2024-07-01', first],
      [prefecture, '2024-05-31', first], [prefecture, '2024-06-01', city], [prefecture, '2024-08-31', city], [prefecture, '2024-09-01', first],
      [county, '2024-06-01', city], [county, '2025-12-31', second], [county, '2026-01-01', ownBelow], [prefecture, '2026-01-01', second],
    ] as const) expect([division.code, day, await inForce(division, day)]).toEqual([division.code, day, expected.id])
  })

  it('is read by every signed-in viewer, with its rules, and by nobody else', async () => {
    const { province, basis, logins } = await network()
    const { id } = await policy(province, basis)
    await build().row('light_rule', 'lrul', { policyId: id, ...late })
    const document = `query ($id: ID!) { supervisionPolicy(id: $id) { ${policyFields} } supervisionPolicies(filter: { division: { code: { eq: "330000" } }, validTo: { isNull: true } }, orderBy: [{ field: VALID_FROM }]) { totalCount nodes { id } } }`
    for (const login of logins) {
      const { data } = await as(login).run(document, { id })
      expect(data).toMatchObject({ supervisionPolicy: { id, acceptWithinDays: 3, reportEveryDays: 10, rules: [late] }, supervisionPolicies: { totalCount: 1, nodes: [{ id }] } })
    }
    expect((await as('nobody').run(document, { id })).codes).toContain('UNAUTHENTICATED')
  })
})

describe('heli import policies', () => {
  const bring = (text: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> =>
    importFile({ database: world.backbone.database, type: 'policies', source: { name: 'policies.csv', bytes: Buffer.from(text) }, today, ...more })
  const header = 'division,name,from,to,basis,acceptWithinDays,reportEveryDays,rules\n'
  const kept = () => sql(`select d.code, p.valid_from, p.valid_to, p.version, array(select concat_ws(' ', r.level, r.colour, r.trigger, r.threshold, r.sends_slip::text) from light_rule r where r.policy_id = p.id order by r.id) as rules from supervision_policy p join division d on d.id = p.division_id order by 1, 2`)
  const told = ({ faults: all }: ImportReport) => all.map(({ line, column, reason }) => [line, column, reason.en])

  it('enters policies with their rules in Chinese or English, and changes nothing the second time', async () => {
    await network()
    const text = '区划,名称,起始日期,终止日期,依据文件,签收时限,反馈周期,亮灯规则\n330000,省规则,2024-03-15,,示发〔2024〕9号,3,20,正常 绿;临近 黄 距到期 5；逾期 红 逾期满 1 督办单\n330100,市规则,2024-04-01,2025-01-01,示发〔2024〕9号,2,10,LATE 橙 PREVIOUS_SLIP_UNANSWERED 3 SLIP\n'
    expect(await bring(text)).toMatchObject({ rows: 2, created: 2, faults: [] })
    const expected = [
      { code: '330000', valid_from: '2024-03-15', valid_to: null, version: 1, rules: ['NONE 绿 false', 'APPROACHING 黄 DAYS_TO_DUE 5 false', 'LATE 红 DAYS_LATE 1 true'] },
      { code: '330100', valid_from: '2024-04-01', valid_to: '2025-01-01', version: 1, rules: ['LATE 橙 PREVIOUS_SLIP_UNANSWERED 3 true'] },
    ]
    expect(await kept()).toEqual(expected)
    const before = await everything()
    expect(await bring(text)).toMatchObject({ unchanged: 2, created: 0, updated: 0 })
    expect(await everything()).toEqual(before)
  })

  it('takes the rules of a policy as a whole, and lets one policy follow another', async () => {
    await network()
    await bring(`${header}330000,省规则,2024-03-15,,示发〔2024〕9号,3,20,NONE 绿;LATE 红 DAYS_LATE 1;SERIOUS 红 DAYS_LATE 9\n`)
    expect(await bring(`${header}330000,新规则,2026-01-01,,示发〔2024〕9号,3,20,NONE 绿\n330000,省规则,2024-03-15,2026-01-01,示发〔2024〕9号,3,20,NONE 绿;LATE 红 DAYS_LATE 2\n`)).toMatchObject({ created: 1, updated: 1, faults: [] })
    expect(await kept()).toEqual([
      { code: '330000', valid_from: '2024-03-15', valid_to: '2026-01-01', version: 2, rules: ['NONE 绿 false', 'LATE 红 DAYS_LATE 2 false'] },
      { code: '330000', valid_from: '2026-01-01', valid_to: null, version: 1, rules: ['NONE 绿 false'] },
    ])
    expect(await bring(`${header}330000,新规则,2026-01-01,,示发〔2024〕9号,3,20,LATE 红 DAYS_LATE 2\n`)).toMatchObject({ updated: 1 })
    expect((await kept())[1]).toMatchObject({ version: 2, rules: ['LATE 红 DAYS_LATE 2 false'] })
  })

  it('keeps the end where the file has no such column', async () => {
    const { province, basis } = await network()
    await policy(province, basis, { validTo: '2026-01-01' })
    await bring('division,name,from,basis,acceptWithinDays,reportEveryDays,rules\n330000,省规则,2024-01-01,示发〔2024〕9号,3,20,NONE 绿\n')
    expect(await kept()).toMatchObject([{ valid_to: '2026-01-01', version: 2, rules: ['NONE 绿 false'] }])
  })

  it.each([
    ['a division that is not there', '340000,规则,2024-03-15,,示发〔2024〕9号,3,20,NONE 绿', [[2, 'division', 'There is no division 340000.']]],
    ['a basis that is not there', '330000,规则,2027-03-15,,示发〔2024〕8号,3,20,NONE 绿', [[2, 'basis', 'There is no document 示发〔2024〕8号.']]],
    ['an end on the first day', '330000,规则,2027-03-15,2027-03-15,示发〔2024〕9号,3,20,NONE 绿', [[2, 'to', 'The end must be later than the start.']]],
    ['a limit of no day', '330000,规则,2027-03-15,,示发〔2024〕9号,0,20,NONE 绿', [[2, 'acceptWithinDays', 'This is no whole number in range.']]],
    ['a rule without a colour', '330000,规则,2027-03-15,,示发〔2024〕9号,3,20,NONE', [[2, 'rules', '"NONE" is no light rule.']]],
    ['a rule with a word too many', '330000,规则,2027-03-15,,示发〔2024〕9号,3,20,LATE 红 DAYS_LATE 1 SLIP x', [[2, 'rules', '"LATE 红 DAYS_LATE 1 SLIP x" is no light rule.']]],
    ['a rule that breaks the shape', '330000,规则,2027-03-15,,示发〔2024〕9号,3,20,NONE 绿;LATE 红', [[2, 'rules', 'Rule 2: NONE holds where nothing else does and names no trigger; every other level names one.']]],
    ['a policy over a stored one', '330000,规则,2026-12-31,,示发〔2024〕9号,3,20,NONE 绿', [[2, 'from', 'The division has another policy: 2024-01-01..2027-01-01.']]],
    ['two policies over each other', '330100,规则,2024-01-01,,示发〔2024〕9号,3,20,NONE 绿\n330100,规则,2025-01-01,,示发〔2024〕9号,3,20,NONE 绿', [[3, 'from', 'The division has another policy: 2024-01-01...']]],
  ])('refuses %s', async (_what, lines, expected) => {
    const { province, basis } = await network()
    await policy(province, basis, { validTo: '2027-01-01' })
    const before = await everything()
    expect(told(await bring(`${header}${lines}\n`))).toEqual(expected)
    expect(await everything()).toEqual(before)
  })
})
