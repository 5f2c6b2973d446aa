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

const fields = 'id version code title summary mechanisms division { id } visibility startsOn endsOn status leadUnit { id } parent { id } document { id } updateEveryDays participations { role isLead unit { id } }'
const create = `mutation ($input: InitiativeCreateInput!) { initiativeCreate(input: $input) { initiative { ${fields} } ${errorFields} } }`
const update = `mutation ($input: InitiativeUpdateInput!) { initiativeUpdate(input: $input) { initiative { ${fields} } ${errorFields} } }`
const step = (name: string) => `mutation ($input: InitiativeStepInput!) { ${name}(input: $input) { initiative { id version status } ${errorFields} } }`
const milestoneAdd = `mutation ($input: MilestoneAddInput!) { milestoneAdd(input: $input) { milestone { id version title dueOn reachedOn initiative { id } } ${errorFields} } }`
const milestoneUpdate = `mutation ($input: MilestoneUpdateInput!) { milestoneUpdate(input: $input) { milestone { id version title dueOn reachedOn } ${errorFields} } }`
const report = `mutation ($input: InitiativeReportInput!) { initiativeReport(input: $input) { initiativeUpdate { id version reportedOn health text changes author { id } } ${errorFields} } }`

type Made = Awaited<ReturnType<typeof network>> & { milestone?: Built }
const key = { idempotencyKey: 'a' }
const absent = 'init_00000000000000000000000000'
/** Who sees the initiative and may not act on it; and to whom it does not exist. */
const seeing = ['leadership director', 'below director', 'school director', 'school clerk']
const blind = ['stranger director', 'former coordinator', 'county coordinator', 'apart coordinator']

interface Act {
  document: string
  input: (made: Made) => object
  other: object
  /** Besides the COORDINATOR, the lead unit's DIRECTOR may. */
  byLead: boolean
  isVersioned?: boolean
}
const acts: Record<string, Act> = {
  initiativeUpdate: { document: update, input: ({ joint }) => ({ initiativeId: joint.id, expectedVersion: 1, title: '新' }), other: { title: '别' }, byLead: true, isVersioned: true },
  initiativeSuspend: { document: step('initiativeSuspend'), input: ({ joint }) => ({ initiativeId: joint.id, expectedVersion: 1 }), other: { expectedVersion: 2 }, byLead: false, isVersioned: true },
  initiativeClose: { document: step('initiativeClose'), input: ({ joint }) => ({ initiativeId: joint.id, expectedVersion: 1 }), other: { expectedVersion: 2 }, byLead: false, isVersioned: true },
  initiativeCancel: { document: step('initiativeCancel'), input: ({ joint }) => ({ initiativeId: joint.id, expectedVersion: 1 }), other: { expectedVersion: 2 }, byLead: false, isVersioned: true },
  milestoneAdd: { document: milestoneAdd, input: ({ joint }) => ({ initiativeId: joint.id, title: '启动', dueOn: '2026-12-01' }), other: { title: '别' }, byLead: true },
  milestoneUpdate: { document: milestoneUpdate, input: ({ milestone }) => ({ milestoneId: milestone!.id, expectedVersion: 1, title: '新' }), other: { title: '别' }, byLead: true, isVersioned: true },
  initiativeReport: { document: report, input: ({ joint }) => ({ initiativeId: joint.id, health: 'AT_RISK', text: '缓慢' }), other: { text: '别' }, byLead: true },
}
/** PLANNED comes from DRAFT, ACTIVE from PLANNED: the same people, on an initiative that stands there. */
const earlier: Record<string, string> = { initiativePlan: 'DRAFT', initiativeActivate: 'PLANNED' }
for (const name of Object.keys(earlier)) acts[name] = { ...acts['initiativeClose']!, document: step(name) }

async function stage(name: string): Promise<Made> {
  const made = await network()
  if (earlier[name]) await sql('update initiative set status = $1 where id = $2', [earlier[name], made.joint.id])
  const milestone = await build().row('milestone', 'mile', { initiativeId: made.joint.id, title: '启动', dueOn: '2026-12-01' })
  return { ...made, milestone }
}

describe.each(Object.entries(acts))('%s', (name, { document, input, other, byLead, isVersioned }) => {
  it('is refused to everyone else, and hidden from those who do not see the initiative', async () => {
    const made = await stage(name)
    const lead = await ofLead(made)
    // A right of a kind that the viewer holds nowhere is refused before any row is looked at.
    const expected: Record<string, string> = {
      ...all([...seeing, ...but(lead, ...(byLead ? ['DIRECTOR'] : [])), 'former coordinator'], 'FORBIDDEN'),
      'county coordinator': 'NOT_FOUND', 'apart coordinator': 'NOT_FOUND', 'stranger director': byLead ? 'NOT_FOUND' : 'FORBIDDEN', nobody: 'UNAUTHENTICATED',
    }
    expect(await refusals(document, { ...key, ...input(made) }, Object.keys(expected))).toEqual(expected)
  })

  it('answers a hidden initiative in the words of an absent one', async () => {
    const made = await stage(name)
    const hidden = await as('apart coordinator').run(document, { input: { ...key, ...input(made) } })
    const given = input(made) as Record<string, string>
    const gone = { ...given, ...(given['initiativeId'] ? { initiativeId: absent } : { milestoneId: 'mile_00000000000000000000000000' }) }
    const none = await as('apart coordinator').run(document, { input: { ...key, ...gone } })
    expect(hidden.codes).toEqual(['NOT_FOUND'])
    expect(hidden.errors).toEqual(none.errors)
  })

  it('answers the same when repeated', async () => {
    await replays('coordinator', document, { ...key, ...input(await stage(name)) }, other)
  })

  if (byLead)
    it("is an act of the lead unit's DIRECTOR too", async () => {
      const made = await stage(name)
      await ofLead(made)
      expect(await done('lead DIRECTOR', document, { ...key, ...input(made) })).toMatchObject({ id: expect.any(String) })
    })

  if (isVersioned)
    it('tells a stale version', async () => {
      const made = await stage(name)
      await done('coordinator', name === 'milestoneUpdate' ? milestoneUpdate : update, { idempotencyKey: 'first', ...(name === 'milestoneUpdate' ? { milestoneId: made.milestone!.id, dueOn: '2026-12-02' } : { initiativeId: made.joint.id, summary: '概述' }), expectedVersion: 1 })
      expect(await faults('coordinator', document, { ...key, ...input(made) })).toEqual([stale(2, [name === 'milestoneUpdate' ? 'dueOn' : 'summary'])])
    })
})

describe('initiativeCreate', () => {
  const draft = ({ province, department, school }: Made) => ({ ...key, code: 'INI-1', title: ' 示例行动 ', mechanisms: ['FUNDING', 'CAPABILITY', 'FUNDING'], divisionId: province.id, visibility: 'NETWORK', leadUnitId: department.id, participations: [{ unitId: school.id, role: 'COOPERATING' }] })

  it('drafts an initiative whose lead unit takes part, audits it and tells it as events', async () => {
    const made = await network()
    const initiative = await done('coordinator', create, draft(made))
    expect(initiative).toEqual({
      id: expect.stringMatching(/^init_/), version: 1, code: 'INI-1', title: '示例行动', summary: null, mechanisms: ['FUNDING', 'CAPABILITY'], division: { id: made.province.id }, visibility: 'NETWORK', startsOn: null, endsOn: null,
      status: 'DRAFT', leadUnit: { id: made.department.id }, parent: null, document: null, updateEveryDays: 30,
      participations: [{ role: 'RESPONSIBLE', isLead: true, unit: { id: made.department.id } }, { role: 'COOPERATING', isLead: false, unit: { id: made.school.id } }],
    })
    const [entry] = (await trail()) as [string, string, [string, string, object][]][]
    expect(entry!.slice(0, 2)).toEqual(['initiativeCreate', initiative.id])
    expect(entry![2].map(([type, kind]) => [type, kind]).sort()).toEqual([['Initiative', 'CREATED'], ['Participation', 'CREATED'], ['Participation', 'CREATED']])
    expect(entry![2]).toEqual(expect.arrayContaining([['Initiative', 'CREATED', expect.objectContaining({ code: [null, 'INI-1'], status: [null, 'DRAFT'], leadUnit: [null, made.department.id] })]]))
    expect(await sql('select type, kind, version from event order by type')).toEqual([{ type: 'Initiative', kind: 'CREATED', version: 1 }, { type: 'Participation', kind: 'CREATED', version: 1 }, { type: 'Participation', kind: 'CREATED', version: 1 }])
  })

  it('is an act of the COORDINATOR of the division or one above, and of nobody else', async () => {
    const made = await network()
    const others = [...(await ofLead(made)), ...seeing, ...blind]
    expect(await refusals(create, draft(made), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    expect(await done('coordinator', create, { ...draft(made), divisionId: made.county.id })).toMatchObject({ division: { id: made.county.id } })
    expect(await done('county coordinator', create, { ...draft(made), code: 'INI-2', divisionId: made.county.id })).toMatchObject({ division: { id: made.county.id } })
  })

  it('answers the same when repeated', async () => {
    await replays('coordinator', create, draft(await network()), { title: '别' })
  })

  it.each([
    ['no mechanism', () => ({ mechanisms: [] }), 'REQUIRED', 'input.mechanisms'],
    ['a code that is taken', () => ({ code: 'JOINT' }), 'TAKEN', 'input.code'],
    ['an end before the start', () => ({ startsOn: '2026-12-02', endsOn: '2026-12-01' }), 'OUT_OF_RANGE', 'input.endsOn'],
    ['a unit twice', ({ school }: Made) => ({ participations: [{ unitId: school.id, role: 'COOPERATING' }, { unitId: school.id, role: 'RESPONSIBLE' }] }), 'TAKEN', 'input.participations.1.unitId'],
    ['the lead unit once more', ({ department }: Made) => ({ participations: [{ unitId: department.id, role: 'COOPERATING' }] }), 'TAKEN', 'input.participations.0.unitId'],
    ['a rhythm of no days', () => ({ updateEveryDays: 0 }), 'OUT_OF_RANGE', 'input.updateEveryDays'],
    ['a parent that is not there', () => ({ parentId: absent }), 'UNKNOWN', 'input.parentId'],
    ['more than 200 other units', ({ school }: Made) => ({ participations: Array(201).fill({ unitId: school.id, role: 'COOPERATING' }) }), 'TAKEN', 'input.participations.1.unitId'],
  ])('refuses %s', async (what, change, code, field) => {
    const made = await network()
    const expected = what.startsWith('more than') ? fault('OUT_OF_RANGE', 'input.participations') : fault(code, field)
    expect(await faults('coordinator', create, { ...draft(made), ...change(made) })).toEqual([expected])
  })

  it('gives nothing to a unit that has ended', async () => {
    const made = await network()
    await sql('update unit set ended_on = $1 where id = any($2)', [today, [made.school.id]])
    expect(await faults('coordinator', create, draft(made))).toEqual([fault('ENDED', 'input.participations.0.unitId')])
    expect(await faults('coordinator', create, { ...draft(made), leadUnitId: made.school.id, participations: [] })).toEqual([fault('ENDED', 'input.leadUnitId')])
  })
})

describe('initiativeUpdate', () => {
  it('changes what is sent and keeps what is left out', async () => {
    const { joint } = await network()
    await sql(`update initiative set summary = '旧', starts_on = '2026-01-01' where id = $1`, [joint.id])
    expect(await done('coordinator', update, { ...key, initiativeId: joint.id, expectedVersion: 1, title: '新', endsOn: '2026-12-31' })).toMatchObject({ version: 2, title: '新', summary: '旧', startsOn: '2026-01-01', endsOn: '2026-12-31' })
    expect(await trail()).toEqual([['initiativeUpdate', joint.id, [['Initiative', 'UPDATED', { title: [joint['title'], '新'], endsOn: [null, '2026-12-31'] }]]]])
    expect(await events()).toEqual([{ type: 'Initiative', kind: 'UPDATED', version: 2, fields: expect.arrayContaining(['endsOn', 'title']) }])
  })

  it('empties what is sent as an explicit null', async () => {
    const { joint } = await network()
    await sql(`update initiative set summary = '旧', starts_on = '2026-01-01' where id = $1`, [joint.id])
    expect(await done('coordinator', update, { ...key, initiativeId: joint.id, expectedVersion: 1, summary: null, startsOn: null })).toMatchObject({ summary: null, startsOn: null, title: joint['title'] })
  })

  it('gives the lead to another unit, which becomes a participant', async () => {
    const { joint, stranger, department, school } = await network()
    const { leadUnit, participations } = await done('coordinator', update, { ...key, initiativeId: joint.id, expectedVersion: 1, leadUnitId: stranger.id })
    expect(leadUnit).toEqual({ id: stranger.id })
    expect(participations).toHaveLength(3)
    expect(participations).toEqual(expect.arrayContaining([{ role: 'RESPONSIBLE', isLead: false, unit: { id: department.id } }, { role: 'COOPERATING', isLead: false, unit: { id: school.id } }, { role: 'RESPONSIBLE', isLead: true, unit: { id: stranger.id } }]))
  })

  it('the DIRECTOR of the lead unit does not give the lead away', async () => {
    const made = await network()
    await ofLead(made)
    expect(await refusals(update, { ...key, initiativeId: made.joint.id, expectedVersion: 1, leadUnitId: made.school.id }, ['lead DIRECTOR'])).toEqual({ 'lead DIRECTOR': 'FORBIDDEN' })
  })

  it.each([['itself', 0], ['a part of it', 1], ['a part of a part', 2]])('refuses %s as parent: there is no cycle', async (_what, depth) => {
    const { joint } = await network()
    const part = await build().initiative({ parentId: joint.id })
    const chain = [joint, part, await build().initiative({ parentId: part.id })]
    expect(await faults('coordinator', update, { ...key, initiativeId: joint.id, expectedVersion: 1, parentId: chain[depth]!.id })).toEqual([fault('CYCLE', 'input.parentId')])
  })

  it.each([
    ['no mechanism', { mechanisms: [] }, 'REQUIRED', 'input.mechanisms'],
    ['an explicit null title', { title: null }, 'REQUIRED', 'input.title'],
    ['an explicit null lead unit', { leadUnitId: null }, 'REQUIRED', 'input.leadUnitId'],
    ['an end before the start', { startsOn: '2026-12-02', endsOn: '2026-12-01' }, 'OUT_OF_RANGE', 'input.endsOn'],
  ])('refuses %s', async (_what, change, code, field) => {
    const { joint } = await network()
    expect(await faults('coordinator', update, { ...key, initiativeId: joint.id, expectedVersion: 1, ...change })).toEqual([fault(code, field)])
  })

  it.each(['CLOSED', 'CANCELLED'])('changes nothing that is %s', async (status) => {
    const { joint } = await network()
    await sql('update initiative set status = $1 where id = $2', [status, joint.id])
    expect(await faults('coordinator', update, { ...key, initiativeId: joint.id, expectedVersion: 1, title: '新' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.initiativeId')])
  })
})

describe('the lifecycle', () => {
  const verbs: Record<string, string> = { initiativePlan: 'PLANNED', initiativeActivate: 'ACTIVE', initiativeSuspend: 'SUSPENDED', initiativeClose: 'CLOSED', initiativeCancel: 'CANCELLED' }
  const legal: Record<string, string[]> = {
    DRAFT: ['PLANNED', 'CANCELLED'], PLANNED: ['ACTIVE', 'CANCELLED'], ACTIVE: ['SUSPENDED', 'CLOSED', 'CANCELLED'], SUSPENDED: ['ACTIVE', 'CANCELLED'], CLOSED: [], CANCELLED: [],
  }

  it.each(Object.keys(legal))('from %s takes its legal steps and no other', async (from) => {
    const { joint } = await network()
    for (const [verb, to] of Object.entries(verbs)) {
      await sql('update initiative set status = $1, version = 1 where id = $2', [from, joint.id])
      const input = { idempotencyKey: `${from} ${verb}`, initiativeId: joint.id, expectedVersion: 1 }
      if (legal[from]!.includes(to)) expect(await done('coordinator', step(verb), input)).toEqual({ id: joint.id, version: 2, status: to })
      else expect([verb, await faults('coordinator', step(verb), input)]).toEqual([verb, [fault('ILLEGAL_TRANSITION', 'input.initiativeId')]])
    }
  })

  it('audits a step by its verb', async () => {
    const { joint } = await network()
    await done('coordinator', step('initiativeSuspend'), { ...key, initiativeId: joint.id, expectedVersion: 1 })
    expect(await trail()).toEqual([['initiativeSuspend', joint.id, [['Initiative', 'UPDATED', { status: ['ACTIVE', 'SUSPENDED'] }]]]])
    expect(await events()).toEqual([{ type: 'Initiative', kind: 'UPDATED', version: 2, fields: ['status'] }])
  })

  it.each([
    ['DRAFT', true], ['PENDING_ISSUE', true], ['ISSUED', true], ['ACCEPTED', true], ['IN_PROGRESS', true], ['REPORTED', true], ['RETURNED', true], ['SUSPENDED', true],
    ['COMPLETED', false], ['CLOSED', false], ['TERMINATED', false],
  ])('closes with a task that is %s: refused %s', async (status, isOpen) => {
    const { joint, school } = await network()
    await build().task({ initiativeId: joint.id, issuingUnitId: school.id, status })
    const input = { ...key, initiativeId: joint.id, expectedVersion: 1 }
    if (isOpen) expect(await faults('coordinator', step('initiativeClose'), input)).toEqual([fault('IN_USE', 'input.initiativeId')])
    else expect(await done('coordinator', step('initiativeClose'), input)).toMatchObject({ status: 'CLOSED' })
  })

  it('terminates open tasks and open or refused assignments when it is cancelled, and leaves what is settled', async () => {
    const { joint, school, department, below, stranger, office } = await network()
    const open = await build().task({ initiativeId: joint.id, issuingUnitId: school.id, status: 'IN_PROGRESS' })
    const settled = await build().task({ initiativeId: joint.id, issuingUnitId: school.id, status: 'CLOSED' })
    const elsewhere = await build().task({ issuingUnitId: school.id, status: 'IN_PROGRESS' })
    const states: [Built, string, Built][] = [[open, 'IN_PROGRESS', school], [open, 'REFUSED', department], [open, 'COMPLETED', below], [open, 'EXCUSED', stranger], [settled, 'COMPLETED', office], [elsewhere, 'ISSUED', school]]
    for (const [task, status, { id }] of states) await build().assignment({ taskId: task.id, unitId: id, status })
    await done('coordinator', step('initiativeCancel'), { ...key, initiativeId: joint.id, expectedVersion: 1 })
    expect(await sql('select id, status from task order by id')).toEqual([{ id: open.id, status: 'TERMINATED' }, { id: settled.id, status: 'CLOSED' }, { id: elsewhere.id, status: 'IN_PROGRESS' }])
    expect(await sql('select status from assignment order by id')).toEqual(['TERMINATED', 'TERMINATED', 'COMPLETED', 'EXCUSED', 'COMPLETED', 'ISSUED'].map((status) => ({ status })))
    expect(await sql('select type, count(*)::int from event group by type order by type')).toEqual([{ type: 'Assignment', count: 2 }, { type: 'Initiative', count: 1 }, { type: 'Task', count: 1 }])
  })
})

describe('milestones and updates', () => {
  it('adds a milestone, changes it, and notes that it was reached', async () => {
    const { joint } = await network()
    const milestone = await done('coordinator', milestoneAdd, { ...key, initiativeId: joint.id, title: '启动', dueOn: '2026-12-01' })
    expect(milestone).toEqual({ id: expect.stringMatching(/^mile_/), version: 1, title: '启动', dueOn: '2026-12-01', reachedOn: null, initiative: { id: joint.id } })
    expect(await done('coordinator', milestoneUpdate, { ...key, milestoneId: milestone.id, expectedVersion: 1, reachedOn: today })).toEqual({ id: milestone.id, version: 2, title: '启动', dueOn: '2026-12-01', reachedOn: today })
    expect(await done('coordinator', milestoneUpdate, { idempotencyKey: 'b', milestoneId: milestone.id, expectedVersion: 2, reachedOn: null })).toMatchObject({ version: 3, reachedOn: null })
    expect(await trail()).toMatchObject([
      ['milestoneAdd', milestone.id, [['Milestone', 'CREATED', { title: [null, '启动'] }]]],
      ['milestoneUpdate', milestone.id, [['Milestone', 'UPDATED', { reachedOn: [null, today] }]]],
      ['milestoneUpdate', milestone.id, [['Milestone', 'UPDATED', { reachedOn: [today, null] }]]],
    ])
    expect(await faults('coordinator', milestoneUpdate, { idempotencyKey: 'c', milestoneId: milestone.id, expectedVersion: 3, reachedOn: '2026-11-24' })).toEqual([fault('OUT_OF_RANGE', 'input.reachedOn')])
    expect(await faults('coordinator', milestoneUpdate, { idempotencyKey: 'd', milestoneId: milestone.id, expectedVersion: 3, title: null })).toEqual([fault('REQUIRED', 'input.title')])
  })

  it('tells how the initiative stands, in the name of who tells it', async () => {
    const made = await network()
    await ofLead(made)
    const [author] = await world.sql<{ id: string }>(`select person_id as id from account where subject = 'lead DIRECTOR'`)
    const told = await done('lead DIRECTOR', report, { ...key, initiativeId: made.joint.id, health: 'AT_RISK', text: '缓慢' })
    expect(told).toEqual({ id: expect.stringMatching(/^upd_/), version: 1, reportedOn: today, health: 'AT_RISK', text: '缓慢', changes: null, author: { id: author!.id } })
    expect(await trail()).toMatchObject([['initiativeReport', told.id, [['InitiativeUpdate', 'CREATED', { health: [null, 'AT_RISK'], author: [null, author!.id] }]]]])
  })
})
