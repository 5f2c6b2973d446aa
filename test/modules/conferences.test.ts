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

/**
 * A province whose coordination went over today, a county with a coordinating unit of its own, and a province apart.
 * `department` convenes the conference; `school` is a member; `gone` left today and `coming` joins tomorrow; `stranger` has nothing to do with it.
 */
async function network() {
  const province = await build().division({ code: '330000', name: '示例省' })
  const county = await build().division({ code: '330102', name: '示例区', parentId: province.id })
  const apart = await build().division({ code: '340000', name: '外省' })
  const unit = (divisionId: string, more: object = {}) => build().unit({ divisionId, ...more })
  const [office, former, committee] = [await unit(province.id), await unit(province.id), await unit(province.id, { kind: 'PARTY_COMMITTEE' })]
  const [countyOffice, apartOffice] = [await unit(county.id), await unit(apart.id)]
  const [department, school, gone, coming, stranger] = [await unit(province.id), await unit(county.id), await unit(province.id), await unit(province.id), await unit(province.id)]
  const below = await unit(county.id, { lineParentId: department.id })
  await build().mandate({ unitId: former.id, role: 'OVERALL_COORDINATION', validTo: today })
  await build().mandate({ unitId: office.id, role: 'OVERALL_COORDINATION', validFrom: today })
  for (const { id } of [countyOffice, apartOffice]) await build().mandate({ unitId: id, role: 'OVERALL_COORDINATION' })
  await build().mandate({ unitId: committee.id, role: 'LEADERSHIP' })
  const seats: [string, Built, string][] = [
    ['coordinator', office, 'COORDINATOR'], ['office director', office, 'DIRECTOR'], ['former coordinator', former, 'COORDINATOR'], ['county coordinator', countyOffice, 'COORDINATOR'], ['apart coordinator', apartOffice, 'COORDINATOR'],
    ['leadership director', committee, 'DIRECTOR'], ['leadership clerk', committee, 'CLERK'], ['gone director', gone, 'DIRECTOR'], ['coming director', coming, 'DIRECTOR'], ['stranger director', stranger, 'DIRECTOR'], ['below director', below, 'DIRECTOR'], ['keeper', stranger, 'SYSTEM_ADMIN'],
  ]
  for (const [login, { id }, role] of seats) await build().person({ login, unit: id, role })
  const conference = await build().conference({ code: 'JOINT', name: '联席会议', convenorId: department.id, divisionId: province.id })
  const join = (unitId: string, more: object = {}) => build().row('conference_member', 'cmem', { conferenceId: conference.id, unitId, joinedOn: '2024-01-01', ...more })
  const member = await join(school.id)
  await join(gone.id, { leftOn: today })
  await join(coming.id, { joinedOn: tomorrow })
  const held = await build().meeting({ conferenceId: conference.id, number: 1, heldOn: '2026-11-10', status: 'HELD', minutes: '纪要' })
  const planned = await build().meeting({ conferenceId: conference.id, number: 2, heldOn: today, status: 'PLANNED' })
  const resolution = await build().resolution({ meetingId: held.id, number: 1, text: '开展培训', responsibleId: school.id, dueOn: '2026-12-15' })
  return { province, county, apart, office, committee, department, school, gone, coming, stranger, below, conference, member, held, planned, resolution }
}
const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
const withoutPart = ['BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
const absent = (prefix: string) => `${prefix}_00000000000000000000000000`

type Made = Awaited<ReturnType<typeof network>>
const key = { idempotencyKey: 'a' }
const on = (name: string, row: Built, more: object = {}) => ({ ...key, [`${name}Id`]: row.id, expectedVersion: 1, ...more })
const upper = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`
const document = (name: string, payload: string, fields: string, input = upper(name)) => `mutation ($input: ${input}Input!) { ${name}(input: $input) { ${payload} { ${fields} } ${errorFields} } }`

const conferenceFields = 'id version code name foundedOn endedOn division { id } convenor { id } document { id } members { unit { id } liaison { id } joinedOn leftOn }'
const memberFields = 'id version joinedOn leftOn conference { id } unit { id } liaison { id }'
const meetingFields = 'id version number title heldOn minutes status conference { id }'
const resolutionFields = 'id version number text status dueOn meeting { id } responsible { id }'
const acts = {
  conferenceCreate: document('conferenceCreate', 'conference', conferenceFields),
  conferenceUpdate: document('conferenceUpdate', 'conference', conferenceFields),
  conferenceMemberAdd: document('conferenceMemberAdd', 'conferenceMember', memberFields),
  conferenceMemberUpdate: document('conferenceMemberUpdate', 'conferenceMember', memberFields),
  meetingPlan: document('meetingPlan', 'meeting', meetingFields),
  meetingUpdate: document('meetingUpdate', 'meeting', meetingFields),
  meetingHold: document('meetingHold', 'meeting', meetingFields),
  meetingCancel: document('meetingCancel', 'meeting', meetingFields),
  resolutionAdd: document('resolutionAdd', 'resolution', resolutionFields),
  resolutionNote: document('resolutionNote', 'resolution', resolutionFields, 'ResolutionStep'),
  resolutionDrop: document('resolutionDrop', 'resolution', resolutionFields, 'ResolutionStep'),
  resolutionToTask: document('resolutionToTask', 'resolutionTask', 'id resolution { id version status } task { id code title requirement source status confidential urgency dueOn initiative { id } issuingUnit { id } assignments { role status dueOn unit { id } } resolution { id } }'),
}
type Act = keyof typeof acts
/** A good input of each act. */
const inputs: { [name in Act]: (made: Made) => { [field: string]: unknown } } = {
  conferenceCreate: ({ province, department }) => ({ ...key, code: ' NEW ', name: ' 新会议 ', divisionId: province.id, convenorId: department.id, foundedOn: '2026-11-01' }),
  conferenceUpdate: ({ conference }) => on('conference', conference, { name: ' 新名 ' }),
  conferenceMemberAdd: ({ conference, stranger }) => ({ ...key, conferenceId: conference.id, unitId: stranger.id }),
  conferenceMemberUpdate: ({ member }) => on('conferenceMember', member, { leftOn: today }),
  meetingPlan: ({ conference }) => ({ ...key, conferenceId: conference.id, title: ' 议题 ', heldOn: tomorrow }),
  meetingUpdate: ({ held }) => on('meeting', held, { minutes: '更正' }),
  meetingHold: ({ planned }) => on('meeting', planned, { minutes: '纪要' }),
  meetingCancel: ({ planned }) => on('meeting', planned),
  resolutionAdd: ({ held, school }) => ({ ...key, meetingId: held.id, text: ' 内容 ', responsibleId: school.id, dueOn: '2026-12-01' }),
  resolutionNote: ({ resolution }) => on('resolution', resolution),
  resolutionDrop: ({ resolution }) => on('resolution', resolution),
  resolutionToTask: ({ resolution, office }) => on('resolution', resolution, { code: ' NEW ', title: ' 培训 ', issuingUnitId: office.id }),
}
const act = (login: string, name: Act, made: Made, more: object = {}) => done(login, acts[name], { ...inputs[name](made), ...more })
const wrong = (login: string, name: Act, made: Made, more: object = {}) => faults(login, acts[name], { ...inputs[name](made), ...more })

describe('rows', () => {
  async function linked() {
    const made = await network()
    const task = await build().task({ issuingUnitId: made.office.id, confidential: true, leadUnitId: made.school.id })
    const link = await build().row('resolution_task', 'rtsk', { resolutionId: made.resolution.id, taskId: task.id })
    return { ...made, task, link }
  }
  /** How many of the conference and all that comes with it a viewer reads, by id and by list. */
  async function seen(login: string, { conference, member, held, resolution, link }: Awaited<ReturnType<typeof linked>>): Promise<string> {
    const ids = [conference, member, held, resolution, link].map(({ id }) => id)
    const { data } = await as(login).run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } conferences { totalCount } meetings { totalCount } resolutions { totalCount } }', { ids })
    return [data.nodes.filter(Boolean).length, data.conferences.totalCount, data.meetings.totalCount, data.resolutions.totalCount].join()
  }
  const [whole, none] = ['5,1,2,1', '0,0,0,0']

  it('are for those who take part in the work in the convenor and in a member', async () => {
    const made = await linked()
    for (const login of [...(await staff('convenor', made.department.id)), ...(await staff('member', made.school.id))]) {
      expect([login, await seen(login, made)]).toEqual([login, withoutPart.some((role) => login.endsWith(role)) || login.startsWith('service') ? none : whole])
    }
  })

  it('are for the COORDINATOR and the DIRECTOR of the LEADERSHIP unit of its division, and for nobody else', async () => {
    const made = await linked()
    for (const login of ['coordinator', 'leadership director']) expect([login, await seen(login, made)]).toEqual([login, whole])
    for (const login of ['former coordinator', 'office director', 'county coordinator', 'apart coordinator', 'leadership clerk', 'gone director', 'coming director', 'stranger director', 'below director', 'keeper']) expect([login, await seen(login, made)]).toEqual([login, none])
    await sql('update joint_conference set division_id = $1', [made.county.id])
    for (const login of ['coordinator', 'county coordinator']) expect([login, await seen(login, made)]).toEqual([login, whole])
  })

  it('show the task of a resolution to whoever sees the task, and the resolution of a task to whoever sees the conference', async () => {
    const made = await linked()
    await staff('convenor', made.department.id)
    await staff('member', made.school.id)
    const asked = '{ resolutions { nodes { tasks { id task { id } } } } late: resolutions(filter: { tasks: { some: { task: { status: { eq: IN_PROGRESS } } } } }) { totalCount } tasks { nodes { id resolution { id } } } }'
    const answer = async (login: string) => (await as(login).run(asked)).data
    const link = { id: made.link.id }
    expect(await answer('member CLERK')).toEqual({ resolutions: { nodes: [{ tasks: [{ ...link, task: { id: made.task.id } }] }] }, late: { totalCount: 1 }, tasks: { nodes: [{ id: made.task.id, resolution: { id: made.resolution.id } }] } })
    expect(await answer('convenor CLERK')).toEqual({ resolutions: { nodes: [{ tasks: [{ ...link, task: null }] }] }, late: { totalCount: 0 }, tasks: { nodes: [] } })
    expect(await answer('county coordinator')).toEqual({ resolutions: { nodes: [] }, late: { totalCount: 0 }, tasks: { nodes: [{ id: made.task.id, resolution: null }] } })
  })

  it('are found by status, due day and responsible unit', async () => {
    const made = await network()
    const other = await build().resolution({ meetingId: made.held.id, number: 2, status: 'NOTED', dueOn: '2026-12-01' })
    const found = async (args: string) => (await as('coordinator').run(`{ resolutions(${args}) { nodes { id } } }`)).data.resolutions.nodes.map(({ id }: Built) => id)
    expect(await found('filter: { status: { in: [AGREED] } }')).toEqual([made.resolution.id])
    expect(await found('filter: { dueOn: { lt: "2026-12-10" } }')).toEqual([other.id])
    expect(await found(`filter: { responsible: { id: { eq: "${made.school.id}" } } }`)).toEqual([made.resolution.id])
    expect(await found('filter: { meeting: { conference: { code: { eq: "JOINT" } } } }, orderBy: [{ field: DUE_ON }]')).toEqual([other.id, made.resolution.id])
    const { data } = await as('coordinator').run('{ conferences(filter: { members: { some: { leftOn: { isNull: false } } } }) { nodes { meetings(orderBy: [{ field: NUMBER, direction: DESC }]) { nodes { number } } } } }')
    expect(data).toEqual({ conferences: { nodes: [{ meetings: { nodes: [{ number: 2 }, { number: 1 }] } }] } })
  })
})

const keptBy = (name: Act) => name.startsWith('conference')
describe.each(Object.keys(acts) as Act[])('%s', (name) => {
  it('is done by whom it is granted to, and is refused to everyone else', async () => {
    const made = await network()
    const logins = [...(await staff('convenor', made.department.id)), ...(await staff('member', made.school.id)), 'leadership director', 'office director', 'former coordinator', 'county coordinator', 'apart coordinator', 'gone director', 'stranger director', 'keeper', 'nobody']
    const granted = keptBy(name) || name === 'resolutionToTask' ? [] : ['convenor DIRECTOR', 'convenor CLERK']
    const expected = (login: string) => {
      if (login === 'nobody') return 'UNAUTHENTICATED'
      // Nothing is there yet that could be hidden.
      if (name === 'conferenceCreate') return 'FORBIDDEN'
      const sees = login === 'leadership director' || (/^(convenor|member) /.test(login) && !withoutPart.some((role) => login.endsWith(role)))
      // Whoever holds no role of the act is refused before any row is looked at.
      const holdsRole = /^(county|apart) coordinator$/.test(login) || (!keptBy(name) && /director$|DIRECTOR|CLERK/.test(login))
      return sees || !holdsRole ? 'FORBIDDEN' : 'NOT_FOUND'
    }
    const refused = logins.filter((login) => !granted.includes(login))
    expect(await refusals(acts[name], inputs[name](made), refused)).toEqual(Object.fromEntries(refused.map((login) => [login, expected(login)])))
    for (const login of ['coordinator', ...granted]) {
      // A step is taken once; each takes it with a meeting or resolution of its own.
      const planned = /Hold|Cancel/.test(name) ? await build().meeting({ conferenceId: made.conference.id, status: 'PLANNED', heldOn: today }) : made.planned
      const held = name === 'meetingUpdate' ? await build().meeting({ conferenceId: made.conference.id }) : made.held
      const resolution = /Note|Drop/.test(name) ? await build().resolution({ meetingId: made.held.id }) : made.resolution
      expect(await act(login, name, { ...made, planned, held, resolution })).toMatchObject({ id: expect.any(String) })
    }
  })

  it('answers the same when repeated', async () => {
    const made = await network()
    await replays('coordinator', acts[name], inputs[name](made), 'expectedVersion' in inputs[name](made) ? { expectedVersion: 7 } : name === 'conferenceMemberAdd' ? { unitId: made.below.id } : name === 'resolutionAdd' ? { text: '另' } : { [name === 'meetingPlan' ? 'title' : 'name']: '另' })
  })
})

describe.each((Object.keys(acts) as Act[]).filter((name) => /Update|Hold|Cancel|Note|Drop|ToTask/.test(name)))('%s', (name) => {
  it('tells a stale version', async () => {
    const made = await network()
    const input = inputs[name](made)
    const table = ['conferenceMember', 'conference', 'meeting', 'resolution'].find((one) => `${one}Id` in input)!
    await sql(`update ${{ conferenceMember: 'conference_member', conference: 'joint_conference' }[table] ?? table} set version = 4 where id = $1`, [input[`${table}Id`]])
    expect(await wrong('coordinator', name, made)).toEqual([stale(4, [])])
  })
})

describe('conferences', () => {
  it('are founded with their members', async () => {
    const made = await network()
    const paper = await build().document()
    const liaison = await build().person({ unit: made.school.id })
    const members = [{ unitId: made.school.id, liaisonId: liaison.id }, { unitId: made.department.id }]
    const conference = await act('coordinator', 'conferenceCreate', made, { documentId: paper.id, members })
    expect(conference).toEqual({
      id: expect.stringMatching(/^conf_/), version: 1, code: 'NEW', name: '新会议', foundedOn: '2026-11-01', endedOn: null, division: { id: made.province.id }, convenor: { id: made.department.id }, document: { id: paper.id },
      members: [{ unit: { id: made.school.id }, liaison: { id: liaison.id }, joinedOn: '2026-11-01', leftOn: null }, { unit: { id: made.department.id }, liaison: null, joinedOn: '2026-11-01', leftOn: null }],
    })
    expect(await trail()).toEqual([['conferenceCreate', conference.id, [
      ['JointConference', 'CREATED', { code: [null, 'NEW'], name: [null, '新会议'], division: [null, made.province.id], convenor: [null, made.department.id], document: [null, paper.id], foundedOn: [null, '2026-11-01'], endedOn: [null, null] }],
      ['ConferenceMember', 'CREATED', { conference: [null, conference.id], unit: [null, made.school.id], liaison: [null, liaison.id], joinedOn: [null, '2026-11-01'], leftOn: [null, null] }],
      ['ConferenceMember', 'CREATED', { conference: [null, conference.id], unit: [null, made.department.id], liaison: [null, null], joinedOn: [null, '2026-11-01'], leftOn: [null, null] }],
    ]]])
    expect(await events()).toHaveLength(3)
  })

  it('are refused with what cannot be', async () => {
    const made = await network()
    const elsewhere = await build().person({ unit: made.stranger.id })
    const refused = (more: object) => wrong('coordinator', 'conferenceCreate', made, more)
    expect(await refused({ code: 'JOINT' })).toEqual([fault('TAKEN', 'input.code')])
    expect(await refused({ convenorId: absent('unit') })).toEqual([fault('UNKNOWN', 'input.convenorId')])
    expect(await refused({ documentId: absent('doc') })).toEqual([fault('UNKNOWN', 'input.documentId')])
    expect(await refused({ members: [{ unitId: made.school.id }, { unitId: made.school.id }] })).toEqual([fault('TAKEN', 'input.members.1.unitId')])
    expect(await refused({ members: [{ unitId: made.school.id, liaisonId: elsewhere.id }] })).toEqual([fault('OUT_OF_RANGE', 'input.members.0.liaisonId')])
    expect(await refused({ members: Array.from({ length: 101 }, () => ({ unitId: made.school.id })) })).toEqual([fault('OUT_OF_RANGE', 'input.members')])
    expect(await refusals(acts.conferenceCreate, { ...inputs.conferenceCreate(made), divisionId: made.apart.id }, ['coordinator'])).toEqual({ coordinator: 'FORBIDDEN' })
    await sql('update unit set ended_on = $1 where id = $2', [today, made.department.id])
    expect(await refused({})).toEqual([fault('ENDED', 'input.convenorId')])
  })

  it('change name, convenor, document and end', async () => {
    const made = await network()
    const paper = await build().document()
    await sql(`update meeting set held_on = '2026-11-01'`)
    await sql(`delete from conference_member where unit_id = $1`, [made.coming.id])
    expect(await act('coordinator', 'conferenceUpdate', made, { convenorId: made.stranger.id, documentId: paper.id, endedOn: today })).toMatchObject({ version: 2, name: '新名', convenor: { id: made.stranger.id }, document: { id: paper.id }, endedOn: today })
    expect(await act('coordinator', 'conferenceUpdate', made, { idempotencyKey: 'b', expectedVersion: 2, documentId: null, endedOn: null })).toMatchObject({ version: 3, document: null, endedOn: null })
  })

  it('do not end before they begin, nor under a meeting or a membership', async () => {
    const made = await network()
    const refused = (endedOn: string) => wrong('coordinator', 'conferenceUpdate', made, { endedOn })
    expect(await refused('2024-01-01')).toEqual([fault('OUT_OF_RANGE', 'input.endedOn')])
    expect(await refused('2026-11-10')).toEqual([fault('IN_USE', 'input.endedOn')])
    expect(await refused(tomorrow)).toEqual([fault('IN_USE', 'input.endedOn')])
    await sql('delete from conference_member where unit_id = $1', [made.coming.id])
    expect(await refused(today)).toEqual([fault('IN_USE', 'input.endedOn')])
    await sql(`update meeting set status = 'CANCELLED' where id = $1`, [made.planned.id])
    expect(await act('coordinator', 'conferenceUpdate', made, { endedOn: today })).toMatchObject({ endedOn: today })
  })
})

describe('members', () => {
  it('join from today or a given day on, with a liaison officer of their own', async () => {
    const made = await network()
    const liaison = await build().person({ unit: made.stranger.id })
    const member = await act('coordinator', 'conferenceMemberAdd', made, { liaisonId: liaison.id })
    expect(member).toEqual({ id: expect.stringMatching(/^cmem_/), version: 1, joinedOn: today, leftOn: null, conference: { id: made.conference.id }, unit: { id: made.stranger.id }, liaison: { id: liaison.id } })
    expect(await trail()).toEqual([['conferenceMemberAdd', member.id, [['ConferenceMember', 'CREATED', { conference: [null, made.conference.id], unit: [null, made.stranger.id], liaison: [null, liaison.id], joinedOn: [null, today], leftOn: [null, null] }]]]])
    expect(await act('coordinator', 'conferenceMemberAdd', made, { idempotencyKey: 'b', unitId: made.gone.id })).toMatchObject({ joinedOn: today })
    expect(await act('coordinator', 'conferenceMemberAdd', made, { idempotencyKey: 'c', unitId: made.below.id, joinedOn: '2025-01-01' })).toMatchObject({ joinedOn: '2025-01-01' })
  })

  it('are refused twice, outside the life of the conference, ended, or with a liaison officer of elsewhere', async () => {
    const made = await network()
    const elsewhere = await build().person({ unit: made.school.id })
    const refused = (more: object) => wrong('coordinator', 'conferenceMemberAdd', made, more)
    expect(await refused({ unitId: made.school.id })).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await refused({ unitId: made.coming.id })).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await refused({ unitId: made.gone.id, joinedOn: yesterday })).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await refused({ joinedOn: '2023-12-31' })).toEqual([fault('OUT_OF_RANGE', 'input.joinedOn')])
    expect(await refused({ liaisonId: elsewhere.id })).toEqual([fault('OUT_OF_RANGE', 'input.liaisonId')])
    expect(await refused({ unitId: absent('unit') })).toEqual([fault('UNKNOWN', 'input.unitId')])
    await sql('update unit set ended_on = $1 where id = $2', [today, made.stranger.id])
    expect(await refused({})).toEqual([fault('ENDED', 'input.unitId')])
    await sql('update joint_conference set ended_on = $1', [today])
    expect(await refused({ unitId: made.below.id })).toEqual([fault('OUT_OF_RANGE', 'input.joinedOn')])
    await expect(build().row('conference_member', 'cmem', { conferenceId: made.conference.id, unitId: made.school.id, joinedOn: '2025-01-01' })).rejects.toThrow('conference_member_no_overlap')
  })

  it('name another liaison officer and leave, but not before they joined nor into a later membership', async () => {
    const made = await network()
    const liaison = await build().person({ unit: made.school.id })
    const elsewhere = await build().person({ unit: made.stranger.id })
    await build().row('conference_member', 'cmem', { conferenceId: made.conference.id, unitId: made.gone.id, joinedOn: tomorrow })
    const [left] = (await sql('select id from conference_member where left_on is not null')) as [Built]
    expect(await act('coordinator', 'conferenceMemberUpdate', made, { leftOn: undefined, liaisonId: liaison.id })).toMatchObject({ version: 2, liaison: { id: liaison.id }, leftOn: null })
    expect(await act('coordinator', 'conferenceMemberUpdate', made, { idempotencyKey: 'b', expectedVersion: 2, liaisonId: null })).toMatchObject({ version: 3, liaison: null, leftOn: today })
    const refused = (more: object) => wrong('coordinator', 'conferenceMemberUpdate', made, { idempotencyKey: 'c', expectedVersion: 3, ...more })
    expect(await refused({ leftOn: '2024-01-01' })).toEqual([fault('OUT_OF_RANGE', 'input.leftOn')])
    expect(await refused({ liaisonId: elsewhere.id })).toEqual([fault('OUT_OF_RANGE', 'input.liaisonId')])
    expect(await refused({ conferenceMemberId: left.id, expectedVersion: 1, leftOn: null })).toEqual([fault('OVERLAP', 'input.leftOn')])
    expect(await refusals(acts.conferenceMemberUpdate, on('conferenceMember', { id: absent('cmem') }, { idempotencyKey: 'd' }), ['coordinator'])).toEqual({ coordinator: 'NOT_FOUND' })
  })

  it('and convenors do not end while they are needed', async () => {
    const made = await network()
    const end = 'mutation ($input: UnitEndInput!) { unitEnd(input: $input) { unit { id } userErrors { code field message } } }'
    const ending = async (unit: Built) => (await as('keeper').run(end, { input: { ...key, unitId: unit.id, expectedVersion: 1, endedOn: today } })).data.unitEnd
    const before = await everything()
    expect(await ending(made.department)).toEqual({ unit: null, userErrors: [{ code: 'IN_USE', field: 'input.unitId', message: 'The unit convenes joint conferences: 1. Name another convenor first.' }] })
    for (const unit of [made.school, made.coming]) expect(await ending(unit)).toEqual({ unit: null, userErrors: [{ code: 'IN_USE', field: 'input.unitId', message: 'The unit is a member of joint conferences: 1. Let it leave them first.' }] })
    expect(await everything()).toEqual(before)
    await sql('delete from mandate')
    expect((await as('keeper').run(end, { input: { ...key, idempotencyKey: 'g', unitId: made.gone.id, expectedVersion: 1, endedOn: today } })).data.unitEnd).toEqual({ unit: { id: made.gone.id }, userErrors: [] })
    await sql('update joint_conference set ended_on = $1', [today])
    for (const [at, { id }] of [made.department, made.school].entries()) expect((await as('keeper').run(end, { input: { idempotencyKey: `e${at}`, unitId: id, expectedVersion: 1, endedOn: today } })).data.unitEnd).toEqual({ unit: { id }, userErrors: [] })
  })
})

describe('meetings', () => {
  it('get the next number of their conference', async () => {
    const made = await network()
    const meeting = await act('coordinator', 'meetingPlan', made)
    expect(meeting).toEqual({ id: expect.stringMatching(/^meet_/), version: 1, number: 3, title: '议题', heldOn: tomorrow, minutes: null, status: 'PLANNED', conference: { id: made.conference.id } })
    expect(await trail()).toEqual([['meetingPlan', meeting.id, [['Meeting', 'CREATED', { conference: [null, made.conference.id], number: [null, 3], heldOn: [null, tomorrow], title: [null, '议题'], minutes: [null, null], status: [null, 'PLANNED'] }]]]])
    expect(await act('coordinator', 'meetingPlan', { ...made, conference: await build().conference({ divisionId: made.province.id }) }, { idempotencyKey: 'b' })).toMatchObject({ number: 1 })
    const many = await Promise.all([1, 2, 3, 4].map((at) => act('coordinator', 'meetingPlan', made, { idempotencyKey: `m${at}` })))
    expect(many.map(({ number }) => number).sort()).toEqual([4, 5, 6, 7])
    await expect(build().meeting({ conferenceId: made.conference.id, number: 3 })).rejects.toThrow('meeting_number_once')
  })

  it('are planned neither for the past nor outside the life of the conference', async () => {
    const made = await network()
    expect(await wrong('coordinator', 'meetingPlan', made, { heldOn: yesterday })).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    await sql('update joint_conference set ended_on = $1', [tomorrow])
    expect(await wrong('coordinator', 'meetingPlan', made)).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    expect(await act('coordinator', 'meetingPlan', made, { heldOn: today })).toMatchObject({ heldOn: today })
  })

  it('are held with their minutes, and not before their day', async () => {
    const made = await network()
    const later = await build().meeting({ conferenceId: made.conference.id, status: 'PLANNED', heldOn: tomorrow })
    expect(await wrong('coordinator', 'meetingHold', { ...made, planned: later })).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    expect(await wrong('coordinator', 'meetingHold', made, { heldOn: '2023-12-31' })).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    expect(await act('coordinator', 'meetingHold', made)).toMatchObject({ version: 2, status: 'HELD', heldOn: today, minutes: '纪要' })
    expect(await act('coordinator', 'meetingHold', { ...made, planned: later }, { idempotencyKey: 'b', heldOn: yesterday, minutes: null })).toMatchObject({ status: 'HELD', heldOn: yesterday, minutes: null })
    expect(await trail()).toEqual([
      ['meetingHold', made.planned.id, [['Meeting', 'UPDATED', { minutes: [null, '纪要'], status: ['PLANNED', 'HELD'] }]]],
      ['meetingHold', later.id, [['Meeting', 'UPDATED', { heldOn: [tomorrow, yesterday], status: ['PLANNED', 'HELD'] }]]],
    ])
  })

  it.each([['meetingHold', 'HELD'], ['meetingHold', 'CANCELLED'], ['meetingCancel', 'HELD'], ['meetingCancel', 'CANCELLED']] as const)('%s is no step from %s', async (name, status) => {
    const made = await network()
    await sql('update meeting set status = $1', [status])
    expect(await wrong('coordinator', name, made)).toEqual([fault('ILLEGAL_TRANSITION', 'input.meetingId')])
  })

  it('are cancelled, and then rest', async () => {
    const made = await network()
    expect(await act('coordinator', 'meetingCancel', made)).toMatchObject({ version: 2, number: 2, status: 'CANCELLED' })
    expect(await wrong('coordinator', 'meetingUpdate', { ...made, held: made.planned }, { expectedVersion: 2 })).toEqual([fault('ILLEGAL_TRANSITION', 'input.meetingId')])
  })

  it('change title, day and minutes as their state allows', async () => {
    const made = await network()
    expect(await act('coordinator', 'meetingUpdate', made, { title: ' 新题 ', heldOn: '2026-11-11' })).toMatchObject({ version: 2, title: '新题', heldOn: '2026-11-11', minutes: '更正' })
    const refused = (meeting: Built, more: object) => wrong('coordinator', 'meetingUpdate', { ...made, held: meeting }, { idempotencyKey: 'c', minutes: undefined, ...more })
    expect(await refused(made.held, { expectedVersion: 2, heldOn: tomorrow })).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    expect(await refused(made.held, { expectedVersion: 2, heldOn: '2023-12-31' })).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    expect(await refused(made.planned, { heldOn: yesterday })).toEqual([fault('OUT_OF_RANGE', 'input.heldOn')])
    expect(await refused(made.planned, { minutes: '早' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.minutes')])
    expect(await act('coordinator', 'meetingUpdate', { ...made, held: made.planned }, { idempotencyKey: 'b', minutes: null, heldOn: tomorrow })).toMatchObject({ heldOn: tomorrow, minutes: null })
  })
})

describe('resolutions', () => {
  it('get the next number of their meeting', async () => {
    const made = await network()
    const resolution = await act('coordinator', 'resolutionAdd', made)
    expect(resolution).toEqual({ id: expect.stringMatching(/^reso_/), version: 1, number: 2, text: '内容', status: 'AGREED', dueOn: '2026-12-01', meeting: { id: made.held.id }, responsible: { id: made.school.id } })
    expect(await trail()).toEqual([['resolutionAdd', resolution.id, [['Resolution', 'CREATED', { meeting: [null, made.held.id], number: [null, 2], text: [null, '内容'], responsible: [null, made.school.id], dueOn: [null, '2026-12-01'], status: [null, 'AGREED'] }]]]])
    expect(await act('coordinator', 'resolutionAdd', made, { idempotencyKey: 'b', responsibleId: made.department.id, dueOn: null })).toMatchObject({ number: 3, responsible: { id: made.department.id }, dueOn: null })
  })

  it('come of a meeting that was held, are due after it and fall to those who take part today', async () => {
    const made = await network()
    const refused = (more: object) => wrong('coordinator', 'resolutionAdd', made, more)
    expect(await refused({ meetingId: made.planned.id })).toEqual([fault('ILLEGAL_TRANSITION', 'input.meetingId')])
    expect(await refused({ dueOn: '2026-11-09' })).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    for (const { id } of [made.gone, made.coming, made.stranger]) expect(await refused({ responsibleId: id })).toEqual([fault('OUT_OF_RANGE', 'input.responsibleId')])
    expect(await refused({ responsibleId: absent('unit') })).toEqual([fault('UNKNOWN', 'input.responsibleId')])
  })

  it.each([['resolutionNote', 'NOTED'], ['resolutionDrop', 'DROPPED']] as const)('%s makes one %s, which is final', async (name, status) => {
    const made = await network()
    expect(await act('coordinator', name, made)).toMatchObject({ version: 2, status })
    expect(await trail()).toEqual([[name, made.resolution.id, [['Resolution', 'UPDATED', { status: ['AGREED', status] }]]]])
    for (const step of ['resolutionNote', 'resolutionDrop', 'resolutionToTask'] as const) expect(await wrong('coordinator', step, made, { idempotencyKey: step, expectedVersion: 2 })).toEqual([fault('ILLEGAL_TRANSITION', 'input.resolutionId')])
  })
})

describe('tasks of a resolution', () => {
  it('take its text, due day and responsible unit where nothing else is said', async () => {
    const made = await network()
    const link = await act('coordinator', 'resolutionToTask', made)
    expect(link).toEqual({
      id: expect.stringMatching(/^rtsk_/), resolution: { id: made.resolution.id, version: 2, status: 'TASKED' },
      task: {
        id: expect.stringMatching(/^task_/), code: 'NEW', title: '培训', requirement: '开展培训', source: 'MEETING_RESOLUTION', status: 'DRAFT', confidential: false, urgency: 'NORMAL', dueOn: '2026-12-15', initiative: null, issuingUnit: { id: made.office.id },
        assignments: [{ role: 'LEAD', status: 'PROPOSED', dueOn: '2026-12-15', unit: { id: made.school.id } }], resolution: { id: made.resolution.id },
      },
    })
    expect(await sql(`select verb, subject_id from audit_entry where body->'reads' is null`)).toEqual([{ verb: 'resolutionToTask', subject_id: link.id }])
    expect(await sql('select type, kind from event order by type')).toEqual([{ type: 'Assignment', kind: 'CREATED' }, { type: 'Resolution', kind: 'UPDATED' }, { type: 'ResolutionTask', kind: 'CREATED' }, { type: 'Task', kind: 'CREATED' }])
  })

  it('are several, each as it is asked for', async () => {
    const made = await network()
    await act('coordinator', 'resolutionToTask', made)
    const assignments = [{ unitId: made.department.id, role: 'LEAD' }, { unitId: made.stranger.id, role: 'COOPERATING', dueOn: '2026-12-01' }]
    const second = { idempotencyKey: 'b', expectedVersion: 2, code: 'TWO', requirement: null, dueOn: '2026-12-20', urgency: 'MAJOR', confidential: true, assignments }
    expect((await act('coordinator', 'resolutionToTask', made, second)).task).toMatchObject({
      code: 'TWO', requirement: null, dueOn: '2026-12-20', urgency: 'MAJOR', confidential: true, assignments: [{ role: 'LEAD', dueOn: '2026-12-20', unit: { id: made.department.id } }, { role: 'COOPERATING', dueOn: '2026-12-01', unit: { id: made.stranger.id } }],
    })
    const { data } = await as('coordinator').run('{ resolutions { nodes { status version tasks { task { code } } } } }')
    expect(data.resolutions.nodes).toEqual([{ status: 'TASKED', version: 2, tasks: [{ task: { code: 'NEW' } }, { task: { code: 'TWO' } }] }])
    for (const name of ['resolutionNote', 'resolutionDrop'] as const) expect(await wrong('coordinator', name, made, { idempotencyKey: name, expectedVersion: 2 })).toEqual([fault('ILLEGAL_TRANSITION', 'input.resolutionId')])
    await expect(build().row('resolution_task', 'rtsk', { resolutionId: made.resolution.id, taskId: ((await sql('select id from task limit 1')) as [Built])[0].id })).rejects.toThrow('resolution_task_once')
  })

  it('need both rights: to record what became of the resolution, and to create that very task', async () => {
    const made = await network()
    await staff('convenor', made.department.id)
    await staff('member', made.school.id)
    const joint = await build().initiative({ leadUnitId: made.department.id, divisionId: made.province.id })
    await build().participation({ initiativeId: joint.id, unitId: made.school.id })
    const proposal = { initiativeId: joint.id, issuingUnitId: made.department.id }
    // The convenor records, and proposes in an initiative in which it takes part; without one, or for another unit, it may create no task.
    expect(await refusals(acts.resolutionToTask, { ...inputs.resolutionToTask(made), issuingUnitId: made.department.id }, ['convenor CLERK'])).toEqual({ 'convenor CLERK': 'FORBIDDEN' })
    expect(await refusals(acts.resolutionToTask, { ...inputs.resolutionToTask(made), ...proposal, issuingUnitId: made.school.id }, ['convenor CLERK'])).toEqual({ 'convenor CLERK': 'FORBIDDEN' })
    // The member may propose that task, and records nothing.
    expect(await refusals(acts.resolutionToTask, { ...inputs.resolutionToTask(made), ...proposal, issuingUnitId: made.school.id }, ['member CLERK'])).toEqual({ 'member CLERK': 'FORBIDDEN' })
    expect((await act('convenor CLERK', 'resolutionToTask', made, proposal)).task).toMatchObject({ initiative: { id: joint.id }, issuingUnit: { id: made.department.id }, status: 'DRAFT' })
    // A coordinator creates tasks in its own division alone, whatever the conference's.
    expect(await refusals(acts.resolutionToTask, { ...inputs.resolutionToTask(made), idempotencyKey: 'b', expectedVersion: 2, code: 'TWO', issuingUnitId: ((await sql(`select id from unit where division_id = $1`, [made.apart.id])) as [Built])[0].id }, ['coordinator'])).toEqual({ coordinator: 'FORBIDDEN' })
  })

  it('are refused as tasks are: nothing of the resolution changes', async () => {
    const made = await network()
    expect(await wrong('coordinator', 'resolutionToTask', made, { dueOn: yesterday })).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await wrong('coordinator', 'resolutionToTask', made, { assignments: [{ unitId: made.school.id, role: 'LEAD' }, { unitId: made.stranger.id, role: 'LEAD' }] })).toEqual([fault('TAKEN', 'input.assignments.1.role')])
    expect(await wrong('coordinator', 'resolutionToTask', made, { issuingUnitId: absent('unit') })).toEqual([fault('UNKNOWN', 'input.issuingUnitId')])
    await build().task({ issuingUnitId: made.office.id, code: 'NEW' })
    expect(await wrong('coordinator', 'resolutionToTask', made)).toEqual([fault('TAKEN', 'input.code')])
  })
})
