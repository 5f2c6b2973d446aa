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
  await build().calendar()
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

const taskFields = 'id version code title requirement source initiative { id } issuingUnit { id } urgency confidential dueOn expectedResult status parent { id } assignments { role status dueOn unit { id } person { id } liaison { id } }'
const create = `mutation ($input: TaskCreateInput!) { taskCreate(input: $input) { task { ${taskFields} } ${errorFields} } }`
const update = `mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { task { ${taskFields} } ${errorFields} } }`
const assign = `mutation ($input: TaskAssignInput!) { taskAssign(input: $input) { assignment { id version role status dueOn unit { id } task { id } person { id } liaison { id } } ${errorFields} } }`
const keep = `mutation ($input: AssignmentUpdateInput!) { assignmentUpdate(input: $input) { assignment { id version person { id } liaison { id } internalNote } ${errorFields} } }`

type Made = Awaited<ReturnType<typeof staged>>
const key = { idempotencyKey: 'a' }
const absent = (prefix: string) => `${prefix}_00000000000000000000000000`

/** A task of the initiative, issued by the coordinating unit, led by the school; the lead unit of the initiative co-operates. */
async function staged() {
  const made = await network()
  const task = await build().task({ initiativeId: made.joint.id, issuingUnitId: made.office.id, status: 'IN_PROGRESS', dueOn: '2026-12-31' })
  const lead = await build().assignment({ taskId: task.id, unitId: made.school.id, role: 'LEAD' })
  const cooperating = await build().assignment({ taskId: task.id, unitId: made.department.id })
  return { ...made, task, lead, cooperating }
}
const proposal = ({ joint, school }: Made, more: object = {}) => ({ ...key, code: 'NEW', title: ' 新任务 ', source: 'INITIATIVE', initiativeId: joint.id, issuingUnitId: school.id, dueOn: '2026-12-15', ...more })

describe('taskCreate: proposing', () => {
  it('makes a DRAFT with its assigned units', async () => {
    const made = await staged()
    const person = await build().person({ unit: made.school.id })
    const task = await done('school clerk', create, proposal(made, { assignments: [{ unitId: made.school.id, role: 'LEAD', personId: person.id }, { unitId: made.stranger.id, role: 'COOPERATING', dueOn: '2026-12-10' }] }))
    expect(task).toEqual({
      id: expect.stringMatching(/^task_/), version: 1, code: 'NEW', title: '新任务', requirement: null, source: 'INITIATIVE', initiative: { id: made.joint.id }, issuingUnit: { id: made.school.id }, urgency: 'NORMAL', confidential: false,
      dueOn: '2026-12-15', expectedResult: null, status: 'DRAFT', parent: null,
      assignments: [
        { role: 'LEAD', status: 'PROPOSED', dueOn: '2026-12-15', unit: { id: made.school.id }, person: { id: person.id }, liaison: null },
        { role: 'COOPERATING', status: 'PROPOSED', dueOn: '2026-12-10', unit: { id: made.stranger.id }, person: null, liaison: null },
      ],
    })
    const [entry] = (await trail()) as [string, string, [string, string, object][]][]
    expect(entry!.slice(0, 2)).toEqual(['taskCreate', task.id])
    expect(entry![2].map(([type, kind]) => `${type} ${kind}`).sort()).toEqual(['Assignment CREATED', 'Assignment CREATED', 'Task CREATED'])
    expect(await sql('select type, kind, version from event order by type')).toEqual([{ type: 'Assignment', kind: 'CREATED', version: 1 }, { type: 'Assignment', kind: 'CREATED', version: 1 }, { type: 'Task', kind: 'CREATED', version: 1 }])
  })

  it.each(['school director', 'school clerk', 'coordinator'])('is an act of %s', async (login) => {
    expect(await done(login, create, proposal(await staged()))).toMatchObject({ status: 'DRAFT' })
  })

  it('is refused in the name of another unit, and to everyone who is no DIRECTOR or CLERK of a participating unit', async () => {
    const made = await staged()
    const lead = await ofLead(made)
    const forbidden = [...but(lead, 'BI_READER'), 'lead BI_READER', 'former coordinator']
    expect(await refusals(create, proposal(made), [...forbidden, 'nobody'])).toEqual({ ...all(forbidden, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    for (const [login, unit] of [['below director', made.below], ['leadership director', made.committee]] as const) {
      expect(await refusals(create, proposal(made, { issuingUnitId: unit.id }), [login])).toEqual({ [login]: 'FORBIDDEN' })
    }
  })

  it('is no act of a unit that takes no part, even for someone who sits in one that does as well', async () => {
    const made = await staged()
    const person = await build().person({ login: 'both', unit: made.school.id, role: 'CLERK' })
    await build().appointment({ personId: person.id, unitId: made.stranger.id, role: 'CLERK' })
    expect(await refusals(create, proposal(made, { issuingUnitId: made.stranger.id }), ['both'])).toEqual({ both: 'FORBIDDEN' })
    expect(await done('both', create, proposal(made))).toMatchObject({ issuingUnit: { id: made.school.id } })
  })

  it('does not tell of an initiative that the viewer does not see', async () => {
    const made = await staged()
    const input = proposal(made, { issuingUnitId: made.stranger.id })
    expect(await faults('stranger director', create, input)).toEqual([fault('UNKNOWN', 'input.initiativeId')])
    expect(await faults('stranger director', create, { ...input, initiativeId: absent('init') })).toEqual([fault('UNKNOWN', 'input.initiativeId')])
  })

  it('without an initiative only the COORDINATOR of the issuing unit makes one', async () => {
    const made = await staged()
    const input = proposal(made, { initiativeId: undefined, source: 'LEADER_INSTRUCTION' })
    expect(await refusals(create, input, ['school director', 'school clerk', 'county coordinator'])).toEqual(all(['school director', 'school clerk', 'county coordinator'], 'FORBIDDEN'))
    expect(await done('coordinator', create, input)).toMatchObject({ initiative: null })
  })

  it('answers the same when repeated', async () => {
    await replays('school clerk', create, proposal(await staged()), { title: '别' })
  })

  it.each([
    ['a code that is taken', ({ task }: Made) => ({ code: task['code'] }), 'TAKEN', 'input.code'],
    ['a due day before today', () => ({ dueOn: '2026-11-22' }), 'OUT_OF_RANGE', 'input.dueOn'],
    ['two leads', ({ school, stranger }: Made) => ({ assignments: [{ unitId: school.id, role: 'LEAD' }, { unitId: stranger.id, role: 'LEAD' }] }), 'TAKEN', 'input.assignments.1.role'],
    ['a unit twice', ({ school }: Made) => ({ assignments: [{ unitId: school.id, role: 'LEAD' }, { unitId: school.id, role: 'COOPERATING' }] }), 'TAKEN', 'input.assignments.1.unitId'],
    ['a unit due later than the task', ({ school }: Made) => ({ assignments: [{ unitId: school.id, role: 'LEAD', dueOn: '2026-12-16' }] }), 'OUT_OF_RANGE', 'input.assignments.0.dueOn'],
    ['more than 50 units', ({ school }: Made) => ({ assignments: Array(51).fill({ unitId: school.id, role: 'COOPERATING' }) }), 'OUT_OF_RANGE', 'input.assignments'],
    ['an issuing unit that is not there', () => ({ issuingUnitId: absent('unit') }), 'UNKNOWN', 'input.issuingUnitId'],
    ['a parent that is not there', () => ({ parentId: absent('task') }), 'UNKNOWN', 'input.parentId'],
  ])('refuses %s', async (_what, change, code, field) => {
    const made = await staged()
    expect(await faults('school clerk', create, proposal(made, change(made)))).toEqual([fault(code, field)])
  })

  it.each(['CLOSED', 'CANCELLED'])('adds nothing to an initiative that is %s', async (status) => {
    const made = await staged()
    await sql('update initiative set status = $1 where id = $2', [status, made.joint.id])
    expect(await faults('school clerk', create, proposal(made))).toEqual([fault('ILLEGAL_TRANSITION', 'input.initiativeId')])
  })

  it('names nobody for another unit: people of one task read each other\'s mobile, so an act would open a number that its doer may not read', async () => {
    const made = await staged()
    const [own, target] = [await build().person({ login: 'prying', unit: made.school.id, role: 'CLERK' }), await build().person({ unit: made.stranger.id, mobile: '13800000077' })]
    const before = await sql('select count(*)::int as n from task')
    for (const part of ['personId', 'liaisonId']) {
      const assignments = [{ unitId: made.school.id, role: 'LEAD', personId: own.id }, { unitId: made.stranger.id, role: 'COOPERATING', [part]: target.id }]
      for (const login of ['prying', 'coordinator']) expect(await refusals(create, proposal(made, { assignments }), [login])).toEqual({ [login]: 'FORBIDDEN' })
      expect(await refusals(assign, { ...key, taskId: made.task.id, unitId: made.stranger.id, role: 'COOPERATING', [part]: target.id }, ['coordinator'])).toEqual({ coordinator: 'FORBIDDEN' })
    }
    expect(await sql('select count(*)::int as n from task')).toEqual(before)
    expect(await sql('select 1 from assignment where person_id = $1 or liaison_id = $1', [target.id])).toEqual([])
    expect((await as('prying').run('query ($id: ID!) { person(id: $id) { mobile } }', { id: target.id })).data.person.mobile).toBeNull()
  })

  it('assigns only people of the unit today', async () => {
    const made = await staged()
    const gone = await build().person({})
    await build().appointment({ personId: gone.id, unitId: made.school.id, isMain: true, validTo: today })
    const elsewhere = await build().person({ unit: made.stranger.id })
    for (const { id } of [gone, elsewhere]) {
      for (const part of ['personId', 'liaisonId']) expect(await faults('school clerk', create, proposal(made, { assignments: [{ unitId: made.school.id, role: 'LEAD', [part]: id }] }))).toEqual([fault('OUT_OF_RANGE', `input.assignments.0.${part}`)])
    }
  })
})

describe('taskCreate: decomposing', () => {
  const child = (made: Made, from: Built, to: Built, more: object = {}) => proposal(made, { parentId: made.task.id, issuingUnitId: from.id, assignments: [{ unitId: to.id, role: 'LEAD' }], ...more })

  /** A unit of a kind with an assignment on the task and a director, one below it by line elsewhere, one in its division, one in a county of it, and one outside. */
  async function decomposing(kind: string, isCoordinating = false) {
    const made = await staged()
    const from = await build().unit({ divisionId: made.province.id, kind })
    if (isCoordinating) {
      await sql('update mandate set unit_id = $1 where unit_id = $2', [from.id, made.office.id])
    }
    await build().person({ login: 'from director', unit: from.id, role: 'DIRECTOR' })
    await build().person({ login: 'from clerk', unit: from.id, role: 'CLERK' })
    await build().assignment({ taskId: made.task.id, unitId: from.id })
    const line = await build().unit({ divisionId: made.apart.id, lineParentId: from.id })
    const outside = await build().unit({ divisionId: made.apart.id })
    return { ...made, from, line, outside }
  }

  it.each([
    ['a department', 'CIVIL_AFFAIRS', false, false],
    ['a community', 'COMMUNITY', false, false],
    ['a Party committee', 'PARTY_COMMITTEE', false, true],
    ['a subdistrict or town', 'SUBDISTRICT_TOWN', false, true],
    ['the coordinating unit', 'ORGANISATION_DEPARTMENT', true, true],
    ['an organisation department that does not coordinate', 'ORGANISATION_DEPARTMENT', false, false],
  ])('%s decomposes by line; also in its division: %4$s', async (_what, kind, isCoordinating, byDivision) => {
    const made = await decomposing(kind, isCoordinating)
    expect(await done('from clerk', create, child(made, made.from, made.line))).toMatchObject({ parent: { id: made.task.id }, initiative: { id: made.joint.id }, issuingUnit: { id: made.from.id }, status: 'DRAFT' })
    for (const to of [made.stranger, made.countyOffice]) {
      const input = child(made, made.from, to, { idempotencyKey: to.id, code: to.id })
      if (byDivision) expect(await done('from director', create, input)).toMatchObject({ parent: { id: made.task.id } })
      else expect(await faults('from director', create, input)).toEqual([fault('OUT_OF_RANGE', 'input.assignments.0.unitId')])
    }
    expect(await faults('from director', create, child(made, made.from, made.outside, { idempotencyKey: 'c', code: 'C' }))).toEqual([fault('OUT_OF_RANGE', 'input.assignments.0.unitId')])
  })

  it('is no act of a unit without an assignment on the parent', async () => {
    const made = await staged()
    await build().person({ login: 'office clerk', unit: made.office.id, role: 'CLERK' })
    await build().participation({ initiativeId: made.joint.id, unitId: made.office.id })
    expect(await faults('office clerk', create, child(made, made.office, made.school))).toEqual([fault('OUT_OF_RANGE', 'input.issuingUnitId')])
  })

  it('is refused in the name of another unit, to the COORDINATOR too', async () => {
    const made = await staged()
    await ofLead(made)
    const others = ['coordinator', 'school director', 'lead HR_OFFICER', 'lead AUDITOR', 'lead SYSTEM_ADMIN', 'service:lead', 'former coordinator']
    expect(await refusals(create, child(made, made.department, made.below), others)).toEqual(all(others, 'FORBIDDEN'))
  })

  it.each([['later than the parent', '2027-01-01'], ['never, while the parent is', undefined]])('refuses a child that is due %s', async (_what, dueOn) => {
    const made = await decomposing('CIVIL_AFFAIRS')
    expect(await faults('from clerk', create, child(made, made.from, made.line, { dueOn }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await done('from clerk', create, child(made, made.from, made.line, { dueOn: '2026-12-31' }))).toMatchObject({ dueOn: '2026-12-31' })
  })

  it('hands confidentiality down', async () => {
    const made = await decomposing('CIVIL_AFFAIRS')
    await sql('update task set confidential = true where id = $1', [made.task.id])
    expect(await done('from clerk', create, child(made, made.from, made.line, { confidential: false }))).toMatchObject({ confidential: true })
  })

  it('keeps a child in the initiative of its parent', async () => {
    const made = await decomposing('CIVIL_AFFAIRS')
    const other = await build().initiative()
    expect(await faults('from clerk', create, child(made, made.from, made.line, { initiativeId: other.id }))).toEqual([fault('OUT_OF_RANGE', 'input.initiativeId')])
    expect(await done('from clerk', create, child(made, made.from, made.line, { initiativeId: undefined }))).toMatchObject({ initiative: { id: made.joint.id } })
  })

  it.each(['COMPLETED', 'CLOSED', 'TERMINATED'])('decomposes nothing that is %s', async (status) => {
    const made = await decomposing('CIVIL_AFFAIRS')
    await sql('update task set status = $1 where id = $2', [status, made.task.id])
    expect(await faults('from clerk', create, child(made, made.from, made.line))).toEqual([fault('ILLEGAL_TRANSITION', 'input.parentId')])
  })

  it('cannot be made a cycle behind the service', async () => {
    const { task } = await staged()
    const below = await build().task({ parentId: task.id })
    await expect(sql('update task set parent_id = $1 where id = $2', [below.id, task.id])).rejects.toThrow('a task cannot stand below itself')
    await expect(sql('update task set parent_id = $1 where id = $1', [task.id])).rejects.toThrow('a task cannot stand below itself')
  })
})

describe.each([
  ['taskUpdate', update, ({ task }: Made) => ({ taskId: task.id, expectedVersion: 1, title: '改' }), { title: '别' }],
  ['taskAssign', assign, ({ task, stranger }: Made) => ({ taskId: task.id, unitId: stranger.id, role: 'COOPERATING' }), { role: 'LEAD' }],
])('%s', (name, document, input, other) => {
  it('is an act of the COORDINATOR of the division alone', async () => {
    const made = await staged()
    const lead = await ofLead(made)
    const forbidden = [...lead, 'school director', 'school clerk', 'leadership director', 'below director', 'former coordinator']
    const unseen = ['stranger director', 'county coordinator', 'apart coordinator']
    expect(await refusals(document, { ...key, ...input(made) }, [...forbidden, ...unseen, 'nobody'])).toEqual({ ...all(forbidden, 'FORBIDDEN'), ...all(unseen, 'NOT_FOUND'), nobody: 'UNAUTHENTICATED' })
  })

  it("for a child task is also an act of the decomposing unit's DIRECTOR, not of its CLERK", async () => {
    const made = await staged()
    await ofLead(made)
    const child = await build().task({ parentId: made.task.id, initiativeId: made.joint.id, issuingUnitId: made.department.id, dueOn: '2026-12-20' })
    const given = { ...key, ...input({ ...made, task: child }), ...(name === 'taskAssign' ? { unitId: made.below.id } : {}) }
    expect(await refusals(document, given, ['lead CLERK', 'school director', 'below director'])).toEqual(all(['lead CLERK', 'school director', 'below director'], 'FORBIDDEN'))
    expect(await done('lead DIRECTOR', document, given)).toMatchObject({ id: expect.any(String) })
  })

  it('answers a hidden task in the words of an absent one', async () => {
    const made = await staged()
    const hidden = await as('apart coordinator').run(document, { input: { ...key, ...input(made) } })
    const none = await as('apart coordinator').run(document, { input: { ...key, ...input(made), taskId: absent('task') } })
    expect(hidden.codes).toEqual(['NOT_FOUND'])
    expect(hidden.errors).toEqual(none.errors)
  })

  it('answers the same when repeated', async () => {
    await replays('coordinator', document, { ...key, ...input(await staged()) }, other)
  })

  it.each(['COMPLETED', 'CLOSED', 'TERMINATED'])('changes nothing that is %s', async (status) => {
    const made = await staged()
    await sql('update task set status = $1 where id = $2', [status, made.task.id])
    expect(await faults('coordinator', document, { ...key, ...input(made) })).toEqual([fault('ILLEGAL_TRANSITION', 'input.taskId')])
  })
})

describe('taskUpdate', () => {
  const input = ({ id }: Built, more: object) => ({ ...key, taskId: id, expectedVersion: 1, ...more })

  it('changes what is sent, keeps what is left out, and empties an explicit null', async () => {
    const { task } = await staged()
    await sql(`update task set requirement = '要求', expected_result = '成果' where id = $1`, [task.id])
    expect(await done('coordinator', update, input(task, { urgency: 'MAJOR', requirement: null }))).toMatchObject({ version: 2, urgency: 'MAJOR', requirement: null, expectedResult: '成果', dueOn: '2026-12-31' })
    expect(await trail()).toEqual([['taskUpdate', task.id, [['Task', 'UPDATED', { urgency: ['NORMAL', 'MAJOR'], requirement: ['要求', null] }]]]])
    expect(await events()).toEqual([{ type: 'Task', kind: 'UPDATED', version: 2, fields: expect.arrayContaining(['requirement', 'urgency']) }])
  })

  it('tells a stale version', async () => {
    const { task } = await staged()
    await done('coordinator', update, input(task, { idempotencyKey: 'first', urgency: 'MAJOR' }))
    expect(await faults('coordinator', update, input(task, { title: '改' }))).toEqual([stale(2, ['urgency'])])
  })

  it('keeps a child due no later than its parent', async () => {
    const made = await staged()
    const child = await build().task({ parentId: made.task.id, initiativeId: made.joint.id, issuingUnitId: made.department.id, dueOn: '2026-12-20' })
    expect(await faults('coordinator', update, input(child, { dueOn: '2027-01-01' }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await faults('coordinator', update, input(child, { dueOn: null }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await done('coordinator', update, input(child, { dueOn: '2026-12-31' }))).toMatchObject({ dueOn: '2026-12-31' })
  })

  it('moves no parent before a child or an assigned unit that is still open', async () => {
    const made = await staged()
    await sql(`update assignment set due_on = '2026-12-10'`)
    const child = await build().task({ parentId: made.task.id, issuingUnitId: made.department.id, dueOn: '2026-12-20' })
    expect(await faults('coordinator', update, input(made.task, { dueOn: '2026-12-19' }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    await sql(`update task set status = 'TERMINATED' where id = $1`, [child.id])
    expect(await faults('coordinator', update, input(made.task, { dueOn: '2026-12-09' }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await done('coordinator', update, input(made.task, { dueOn: '2026-12-10' }))).toMatchObject({ dueOn: '2026-12-10' })
  })

  it('hands confidentiality down to every descendant, and takes it from none whose parent has it', async () => {
    const made = await staged()
    const child = await build().task({ parentId: made.task.id, issuingUnitId: made.department.id, initiativeId: made.joint.id, dueOn: '2026-12-20' })
    const grandchild = await build().task({ parentId: child.id, issuingUnitId: made.below.id, initiativeId: made.joint.id, dueOn: '2026-12-20' })
    await done('coordinator', update, input(made.task, { confidential: true }))
    expect(await sql('select id, confidential from task order by id')).toEqual([made.task, child, grandchild].map(({ id }) => ({ id, confidential: true })))
    expect(await faults('coordinator', update, { ...input(child, { confidential: false }), idempotencyKey: 'b', expectedVersion: 2 })).toEqual([fault('OUT_OF_RANGE', 'input.confidential')])
    await done('coordinator', update, { ...input(made.task, { confidential: false }), idempotencyKey: 'c', expectedVersion: 2 })
    expect(await sql('select id, confidential from task order by id')).toEqual([{ id: made.task.id, confidential: false }, { id: child.id, confidential: true }, { id: grandchild.id, confidential: true }])
  })

  it('refuses an explicit null title', async () => {
    const { task } = await staged()
    expect(await faults('coordinator', update, input(task, { title: null }))).toEqual([fault('REQUIRED', 'input.title')])
  })
})

describe('taskAssign', () => {
  const input = ({ task, stranger }: Made, more: object = {}) => ({ ...key, taskId: task.id, unitId: stranger.id, role: 'COOPERATING', ...more })

  it.each([['DRAFT', 'PROPOSED'], ['PENDING_ISSUE', 'PROPOSED'], ['ISSUED', 'ISSUED'], ['IN_PROGRESS', 'ISSUED']])('of a task that is %s makes a track that is %s', async (status, expected) => {
    const made = await staged()
    await sql('update task set status = $1 where id = $2', [status, made.task.id])
    const assignment = await done('coordinator', assign, input(made))
    expect(assignment).toEqual({ id: expect.stringMatching(/^asgn_/), version: 1, role: 'COOPERATING', status: expected, dueOn: '2026-12-31', unit: { id: made.stranger.id }, task: { id: made.task.id }, person: null, liaison: null })
    expect(await trail()).toMatchObject([['taskAssign', assignment.id, [['Assignment', 'CREATED', { unit: [null, made.stranger.id], status: [null, expected] }]]]])
  })

  it('refuses a second lead, a unit twice, and a later due day', async () => {
    const made = await staged()
    expect(await faults('coordinator', assign, input(made, { role: 'LEAD' }))).toEqual([fault('TAKEN', 'input.role')])
    expect(await faults('coordinator', assign, input(made, { unitId: made.school.id }))).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await faults('coordinator', assign, input(made, { dueOn: '2027-01-01' }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    await expect(build().assignment({ taskId: made.task.id, unitId: made.stranger.id, role: 'LEAD' })).rejects.toThrow('assignment_one_lead')
    await expect(build().assignment({ taskId: made.task.id, unitId: made.school.id })).rejects.toThrow('assignment_once')
  })
})

describe('assignmentUpdate', () => {
  const input = ({ lead }: Made, more: object = {}) => ({ ...key, assignmentId: lead.id, expectedVersion: 1, internalNote: '内部', ...more })

  it.each(['school director', 'school clerk'])('is an act of the %s', async (login) => {
    const made = await staged()
    const person = await build().person({ unit: made.school.id })
    expect(await done(login, keep, input(made, { personId: person.id }))).toEqual({ id: made.lead.id, version: 2, person: { id: person.id }, liaison: null, internalNote: '内部' })
    expect((await trail()).map((entry) => (entry as unknown[]).slice(0, 2))).toEqual([['assignmentUpdate', made.lead.id]])
    expect(await sql('select kind, version, fields from event')).toEqual([{ kind: 'UPDATED', version: 2, fields: expect.arrayContaining(['internalNote', 'person']) }])
  })

  it('is refused to every other role of the unit, and to every other unit', async () => {
    const made = await staged()
    const own = but(await staff('own', made.school.id), 'DIRECTOR', 'CLERK')
    const others = [...own, ...(await ofLead(made)), 'coordinator', 'leadership director', 'below director', 'former coordinator']
    const unseen = ['stranger director']
    for (const more of [{}, { internalNote: undefined, liaisonId: null }]) {
      expect(await refusals(keep, input(made, more), [...others, ...unseen, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), ...all(unseen, 'NOT_FOUND'), nobody: 'UNAUTHENTICATED' })
    }
  })

  it('answers a hidden assignment in the words of an absent one', async () => {
    const made = await staged()
    const hidden = await as('stranger director').run(keep, { input: input(made) })
    const none = await as('stranger director').run(keep, { input: input(made, { assignmentId: absent('asgn') }) })
    expect(hidden.codes).toEqual(['NOT_FOUND'])
    expect(hidden.errors).toEqual(none.errors)
  })

  it('keeps what is left out and empties an explicit null', async () => {
    const made = await staged()
    const person = await build().person({ unit: made.school.id })
    await sql(`update assignment set internal_note = '旧', liaison_id = $1 where id = $2`, [person.id, made.lead.id])
    expect(await done('school clerk', keep, input(made, { internalNote: undefined, liaisonId: null }))).toMatchObject({ internalNote: '旧', liaison: null })
    expect(await done('school clerk', keep, input(made, { idempotencyKey: 'b', expectedVersion: 2, internalNote: null }))).toMatchObject({ internalNote: null })
  })

  it('names only people of the unit', async () => {
    const made = await staged()
    const stranger = await build().person({ unit: made.stranger.id })
    for (const part of ['personId', 'liaisonId']) expect(await faults('school clerk', keep, input(made, { [part]: stranger.id }))).toEqual([fault('OUT_OF_RANGE', `input.${part}`)])
  })

  it('answers the same when repeated, and tells a stale version', async () => {
    const made = await staged()
    await replays('school clerk', keep, input(made), { internalNote: '别' })
    expect(await faults('school clerk', keep, input(made, { idempotencyKey: 'b' }))).toEqual([stale(2, ['internalNote'])])
  })
})
