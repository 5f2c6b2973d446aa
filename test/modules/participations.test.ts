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

/**
 * A province whose coordination went over today, a county with a coordinating unit of its own, and a province apart.
 * `department` leads the initiative `joint`; `below` stands under it by line, in the county; `school` takes part; `stranger` has nothing to do with any of it.
 */
async function network() {
  const province = await build().division({ code: '330000', name: '示例省' })
  const county = await build().division({ code: '330102', name: '示例区', parentId: province.id })
  const apart = await build().division({ code: '340000', name: '外省' })
  const unit = (divisionId: string, more: object = {}) => build().unit({ divisionId, ...more })
  const office = await unit(province.id, { kind: 'ORGANISATION_DEPARTMENT' })
  const former = await unit(province.id, { kind: 'PARTY_SOCIAL_WORK' })
  const countyOffice = await unit(county.id, { kind: 'ORGANISATION_DEPARTMENT' })
  const apartOffice = await unit(apart.id, { kind: 'ORGANISATION_DEPARTMENT' })
  const committee = await unit(province.id, { kind: 'PARTY_COMMITTEE' })
  const department = await unit(province.id)
  const below = await unit(county.id, { lineParentId: department.id })
  const school = await unit(province.id, { kind: 'EDUCATION' })
  const stranger = await unit(province.id, { kind: 'HEALTH' })
  await build().mandate({ unitId: former.id, role: 'OVERALL_COORDINATION', validTo: today })
  await build().mandate({ unitId: office.id, role: 'OVERALL_COORDINATION', validFrom: today })
  await build().mandate({ unitId: countyOffice.id, role: 'OVERALL_COORDINATION' })
  await build().mandate({ unitId: apartOffice.id, role: 'OVERALL_COORDINATION' })
  await build().mandate({ unitId: committee.id, role: 'LEADERSHIP' })
  const seat = (login: string, of: Built, role: string) => build().person({ login, unit: of.id, role })
  await seat('coordinator', office, 'COORDINATOR')
  await seat('former coordinator', former, 'COORDINATOR')
  await seat('county coordinator', countyOffice, 'COORDINATOR')
  await seat('apart coordinator', apartOffice, 'COORDINATOR')
  await seat('leadership director', committee, 'DIRECTOR')
  await seat('below director', below, 'DIRECTOR')
  await seat('school director', school, 'DIRECTOR')
  await seat('school clerk', school, 'CLERK')
  await seat('stranger director', stranger, 'DIRECTOR')
  const joint = await build().initiative({ code: 'JOINT', leadUnitId: department.id, visibility: 'PARTICIPANTS', status: 'ACTIVE', divisionId: province.id })
  const participation = await build().participation({ initiativeId: joint.id, unitId: school.id })
  return { province, county, apart, office, former, countyOffice, committee, department, below, school, stranger, joint, participation }
}
/** Logins of the lead unit's people and its BI token. */
const ofLead = ({ department }: { department: Built }) => staff('lead', department.id)

const fields = 'id version role isLead unit { id } initiative { id }'
const add = `mutation ($input: ParticipationAddInput!) { participationAdd(input: $input) { participation { ${fields} } ${errorFields} } }`
const update = `mutation ($input: ParticipationUpdateInput!) { participationUpdate(input: $input) { participation { ${fields} } ${errorFields} } }`
const remove = `mutation ($input: ParticipationRemoveInput!) { participationRemove(input: $input) { initiative { id participations { unit { id } } } ${errorFields} } }`

type Made = Awaited<ReturnType<typeof network>>
const key = { idempotencyKey: 'a' }
const joining = ({ joint, stranger }: Made, more: object = {}) => ({ ...key, initiativeId: joint.id, unitId: stranger.id, role: 'COOPERATING', ...more })
const of = ({ participation }: Made, more: object = {}) => ({ ...key, participationId: participation.id, expectedVersion: 1, ...more })
const units = async ({ joint }: Made) => (await world.sql<{ unit_id: string }>('select unit_id from participation where initiative_id = $1 order by id', [joint.id])).map(({ unit_id }) => unit_id)

describe('participationAdd', () => {
  it('adds a unit', async () => {
    const made = await network()
    const participation = await done('coordinator', add, joining(made))
    expect(participation).toEqual({ id: expect.stringMatching(/^part_/), version: 1, role: 'COOPERATING', isLead: false, unit: { id: made.stranger.id }, initiative: { id: made.joint.id } })
    expect(await trail()).toEqual([['participationAdd', participation.id, [['Participation', 'CREATED', { initiative: [null, made.joint.id], unit: [null, made.stranger.id], role: [null, 'COOPERATING'] }]]]])
    expect(await events()).toEqual([{ type: 'Participation', kind: 'CREATED', version: 1, fields: expect.arrayContaining(['initiative', 'role', 'unit']) }])
  })

  it("lets the lead unit's DIRECTOR add units of its own line, and no other", async () => {
    const made = await network()
    await ofLead(made)
    const deeper = await build().unit({ divisionId: made.apart.id, lineParentId: made.below.id })
    const above = await build().unit({ divisionId: made.province.id })
    await sql('update unit set line_parent_id = $1 where id = $2', [above.id, made.department.id])
    expect(await done('lead DIRECTOR', add, joining(made, { unitId: made.below.id }))).toMatchObject({ unit: { id: made.below.id } })
    expect(await done('lead DIRECTOR', add, joining(made, { idempotencyKey: 'b', unitId: deeper.id }))).toMatchObject({ unit: { id: deeper.id } })
    for (const { id } of [made.stranger, above]) expect(await refusals(add, joining(made, { idempotencyKey: 'c', unitId: id }), ['lead DIRECTOR'])).toEqual({ 'lead DIRECTOR': 'FORBIDDEN' })
  })

  it('is refused to everyone else', async () => {
    const made = await network()
    const lead = but(await ofLead(made), 'DIRECTOR')
    expect(await refusals(add, joining(made), [...lead, 'school director', 'below director', 'leadership director', 'stranger director', 'former coordinator', 'apart coordinator', 'nobody'])).toEqual({
      ...all(lead, 'FORBIDDEN'), 'school director': 'FORBIDDEN', 'below director': 'FORBIDDEN', 'leadership director': 'FORBIDDEN', 'stranger director': 'NOT_FOUND', 'former coordinator': 'FORBIDDEN', 'apart coordinator': 'NOT_FOUND', nobody: 'UNAUTHENTICATED',
    })
  })

  it('refuses a unit that takes part already, one that has ended and one that is not there', async () => {
    const made = await network()
    expect(await faults('coordinator', add, joining(made, { unitId: made.school.id }))).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await faults('coordinator', add, joining(made, { unitId: made.department.id }))).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await faults('coordinator', add, joining(made, { unitId: 'unit_00000000000000000000000000' }))).toEqual([fault('UNKNOWN', 'input.unitId')])
    await sql('update unit set ended_on = $1 where id = $2', [today, made.stranger.id])
    expect(await faults('coordinator', add, joining(made))).toEqual([fault('ENDED', 'input.unitId')])
    await expect(build().participation({ initiativeId: made.joint.id, unitId: made.school.id })).rejects.toThrow('participation_once')
  })

  it('answers the same when repeated', async () => {
    await replays('coordinator', add, joining(await network()), { role: 'RESPONSIBLE' })
  })
})

describe.each([['participationUpdate', update, { role: 'RESPONSIBLE' }, { role: 'LEADERSHIP' }], ['participationRemove', remove, {}, { expectedVersion: 2 }]])('%s', (_name, document, more, other) => {
  it('is an act of the COORDINATOR alone', async () => {
    const made = await network()
    const lead = await ofLead(made)
    const seeing = ['school director', 'below director', 'leadership director', 'stranger director', 'former coordinator']
    expect(await refusals(document, of(made, more), [...lead, ...seeing, 'apart coordinator', 'nobody'])).toEqual({ ...all([...lead, ...seeing], 'FORBIDDEN'), 'apart coordinator': 'NOT_FOUND', nobody: 'UNAUTHENTICATED' })
  })

  it('answers a hidden participation in the words of an absent one', async () => {
    const made = await network()
    const hidden = await as('apart coordinator').run(document, { input: of(made, more) })
    const none = await as('apart coordinator').run(document, { input: of(made, { ...more, participationId: 'part_00000000000000000000000000' }) })
    expect(hidden.errors).toEqual(none.errors)
    expect(none.codes).toEqual(['NOT_FOUND'])
  })

  it('answers the same when repeated', async () => {
    await replays('coordinator', document, of(await network(), more), other)
  })

  it('tells a stale version', async () => {
    const made = await network()
    await done('coordinator', update, of(made, { idempotencyKey: 'first', role: 'LEADERSHIP' }))
    expect(await faults('coordinator', document, of(made, more))).toEqual([stale(2, ['role'])])
  })
})

describe('participationUpdate', () => {
  it("changes a unit's role", async () => {
    const made = await network()
    expect(await done('coordinator', update, of(made, { role: 'RESPONSIBLE' }))).toEqual({ id: made.participation.id, version: 2, role: 'RESPONSIBLE', isLead: false, unit: { id: made.school.id }, initiative: { id: made.joint.id } })
    expect(await trail()).toEqual([['participationUpdate', made.participation.id, [['Participation', 'UPDATED', { role: ['COOPERATING', 'RESPONSIBLE'] }]]]])
    expect(await events()).toEqual([{ type: 'Participation', kind: 'UPDATED', version: 2, fields: ['role'] }])
  })
})

describe('participationRemove', () => {
  it('takes a unit out and tells it as a tombstone', async () => {
    const made = await network()
    expect(await done('coordinator', remove, of(made))).toEqual({ id: made.joint.id, participations: [{ unit: { id: made.department.id } }] })
    expect(await units(made)).toEqual([made.department.id])
    expect(await trail()).toMatchObject([['participationRemove', made.joint.id, [['Participation', 'DELETED', {}]]]])
    expect(await sql('select type, kind, subject_id from event')).toEqual([{ type: 'Participation', kind: 'DELETED', subject_id: made.participation.id }])
  })

  it('keeps the lead unit', async () => {
    const made = await network()
    const [lead] = await world.sql<Built>('select id from participation where initiative_id = $1 and unit_id = $2', [made.joint.id, made.department.id])
    expect(await faults('coordinator', remove, { ...key, participationId: lead!.id, expectedVersion: 1 })).toEqual([fault('IN_USE', 'input.participationId')])
    await expect(sql('delete from participation where id = $1', [lead!.id])).rejects.toThrow('initiative_lead_takes_part')
  })
})
