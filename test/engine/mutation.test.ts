import { beforeEach, describe, expect, it } from '@jest/globals'
import { useWorld, type World } from '../support/world.js'

const create = `mutation ($input: InitiativeCreateInput!) { initiativeCreate(input: $input) { initiative { id code title version status } userErrors { code field message currentVersion changedFields } } }`
const update = `mutation ($input: InitiativeUpdateInput!) { initiativeUpdate(input: $input) { initiative { id title summary version } userErrors { code field message currentVersion changedFields } } }`
const createTask = `mutation ($input: TaskCreateInput!) { taskCreate(input: $input) { task { id } userErrors { code field message } } }`

/** Everything that a refused act must leave as it was: the number of rows of every table, and where the journal stands. */
async function state({ sql }: World): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  const [counts] = await sql<Record<string, string>>(`select ${tables.map(({ name }) => `(select count(*)::text || ':' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from "${name}" t) as "${name}"`).join(', ')}`)
  return counts!
}

describe.each(['pglite', 'postgresql'] as const)('a mutation on %s', (on) => {
  const world = useWorld({ on })
  let input: Record<string, unknown>
  let office: { id: string }
  let province: { id: string }

  beforeEach(async () => {
    ;({ office, province } = await world.build.network())
    input = { idempotencyKey: 'first', code: 'INI-1', title: '示例行动', mechanisms: ['FUNDING'], divisionId: province.id, visibility: 'NETWORK', leadUnitId: office.id }
  })
  const run = async (document: string, given: object, login = 'coordinator', more: object = {}) => {
    const answer = await world.as(login).run(document, { input: given }, more)
    return { ...answer, payload: Object.values<any>(answer.data ?? {})[0] }
  }
  const made = async () => (await run(create, input)).payload.initiative as { id: string; version: number }

  it('with a key that was used answers the first result again and changes nothing', async () => {
    const first = await run(create, input)
    expect(first.payload).toEqual({ initiative: { id: expect.stringMatching(/^init_/), code: 'INI-1', title: '示例行动', version: 1, status: 'DRAFT' }, userErrors: [] })
    const before = await state(world)
    const again = await run(create, { ...input })
    expect(again.data).toEqual(first.data)
    // The order in which an input was written is no part of it.
    expect((await run(create, Object.fromEntries(Object.entries(input).reverse()))).data).toEqual(first.data)
    expect(await state(world)).toEqual(before)
  })

  it('with a key that was used for another input is a CONFLICT and changes nothing', async () => {
    await run(create, input)
    const before = await state(world)
    const { payload, errors } = await run(create, { ...input, code: 'INI-2' })
    expect(errors).toEqual([])
    expect(payload).toEqual({ initiative: null, userErrors: [{ code: 'CONFLICT', field: 'input.idempotencyKey', message: 'This idempotencyKey was used with another input. Use a new key for a new act.', currentVersion: null, changedFields: null }] })
    expect(await state(world)).toEqual(before)
  })

  it('keeps keys apart by who sends them and for what, and for a day', async () => {
    const one = await made()
    await world.build.person({ login: 'second', unit: office.id, role: 'COORDINATOR' })
    expect((await run(create, { ...input, code: 'INI-2' }, 'second')).payload).toMatchObject({ initiative: { code: 'INI-2' }, userErrors: [] })
    expect((await run(update, { idempotencyKey: 'first', expectedVersion: 1, initiativeId: one.id, title: '改名' })).payload).toMatchObject({ initiative: { title: '改名', version: 2 }, userErrors: [] })
    await world.sql(`update idempotency set created_at = now() - interval '25 hours'`)
    expect((await run(create, { ...input, code: 'INI-3' })).payload).toMatchObject({ initiative: { code: 'INI-3' }, userErrors: [] })
  })

  it('that failed leaves its key free', async () => {
    expect((await run(create, { ...input, mechanisms: [] })).payload.userErrors).toMatchObject([{ code: 'REQUIRED', field: 'input.mechanisms' }])
    expect((await run(create, input)).payload.userErrors).toEqual([])
  })

  it('sent twenty times at once has one effect and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(create, input)))
    expect(answers.flatMap(({ errors }) => errors)).toEqual([])
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(answers[0]!.payload.userErrors).toEqual([])
    expect(await world.sql('select code from initiative')).toEqual([{ code: 'INI-1' }])
    expect(await world.sql('select verb from audit_entry')).toEqual([{ verb: 'initiativeCreate' }])
    expect(await world.sql('select count(*)::integer as n from event')).toEqual([{ n: 2 }])
  }, 60_000)

  it('from a stale version is a CONFLICT that tells the version and the fields changed since', async () => {
    const { id } = await made()
    await run(update, { idempotencyKey: 'b', expectedVersion: 1, initiativeId: id, title: '第二版' })
    await run(update, { idempotencyKey: 'c', expectedVersion: 2, initiativeId: id, summary: '概述', endsOn: '2027-01-01' })
    const before = await state(world)
    const stale = await run(update, { idempotencyKey: 'd', expectedVersion: 1, initiativeId: id, title: '旧' })
    expect(stale.payload).toEqual({
      initiative: null,
      userErrors: [{ code: 'CONFLICT', field: 'input.expectedVersion', message: 'Somebody changed the row since you read it (endsOn, summary, title). Read it again and repeat your change.', currentVersion: 3, changedFields: ['endsOn', 'summary', 'title'] }],
    })
    expect((await run(update, { idempotencyKey: 'e', expectedVersion: 2, initiativeId: id, title: '旧' })).payload.userErrors).toMatchObject([{ code: 'CONFLICT', currentVersion: 3, changedFields: ['endsOn', 'summary'] }])
    expect((await run(update, { idempotencyKey: 'f', expectedVersion: 9, initiativeId: id, title: '未来' })).payload.userErrors).toMatchObject([{ code: 'CONFLICT', currentVersion: 3, changedFields: [] }])
    expect(await state(world)).toEqual(before)
  })

  it('of many at once on one version wins once; the others conflict and lose nothing', async () => {
    const { id } = await made()
    const answers = await Promise.all([...Array(12).keys()].map((at) => run(update, { idempotencyKey: `k${at}`, expectedVersion: 1, initiativeId: id, title: `标题${at}` })))
    const won = answers.filter(({ payload }) => payload.userErrors.length === 0)
    expect(won).toHaveLength(1)
    expect(answers.filter(({ payload }) => payload.userErrors[0]?.code === 'CONFLICT' && payload.userErrors[0]?.currentVersion === 2)).toHaveLength(11)
    expect(await world.sql('select title, version from initiative')).toEqual([{ title: won[0]!.payload.initiative.title, version: 2 }])
    expect(await world.sql(`select count(*)::integer as n from audit_entry where verb = 'initiativeUpdate'`)).toEqual([{ n: 1 }])
  }, 60_000)

  it('refused after its work was written leaves nothing: no row, no entry, no event, no key', async () => {
    const county = await world.build.division({ parentId: province.id })
    const local = await world.build.unit({ divisionId: county.id })
    await world.build.mandate({ unitId: local.id, role: 'OVERALL_COORDINATION' })
    await world.build.person({ login: 'county', unit: local.id, role: 'COORDINATOR' })
    const before = await state(world)
    const refused = await run(create, input, 'county')
    expect({ codes: refused.codes, data: refused.data }).toEqual({ codes: ['FORBIDDEN'], data: null })
    expect(await state(world)).toEqual(before)
    expect((await run(create, { ...input, divisionId: county.id, leadUnitId: local.id }, 'county')).payload.userErrors).toEqual([])
  })

  it('that meets a problem half-way leaves nothing of its first half', async () => {
    const initiative = await made()
    const units = await Promise.all([world.build.unit({ divisionId: province.id }), world.build.unit({ divisionId: province.id, endedOn: '2020-01-01' })])
    const before = await state(world)
    const { payload } = await run(createTask, { idempotencyKey: 't', code: 'T', title: '任务', source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: office.id, assignments: [{ unitId: units[0]!.id, role: 'LEAD' }, { unitId: units[1]!.id, role: 'COOPERATING' }] })
    expect(payload).toEqual({ task: null, userErrors: [{ code: 'ENDED', field: 'input.assignments.1.unitId', message: expect.stringContaining('no longer exists') }] })
    expect(await state(world)).toEqual(before)
  })

  it('that the database refuses is told as a problem of its field', async () => {
    await made()
    const before = await state(world)
    expect((await run(create, { ...input, idempotencyKey: 'other' })).payload).toMatchObject({ initiative: null, userErrors: [{ code: 'TAKEN', field: 'input.code', message: 'input.code is already used by another row. Choose another one.' }] })
    expect(await state(world)).toEqual(before)
  })

  it('tells every fault of its input at once, in the language asked for', async () => {
    const before = await state(world)
    const bad = { ...input, code: 'x'.repeat(41), title: ' ', updateEveryDays: 0 }
    expect((await run(create, bad)).payload.userErrors.map(({ code, field, message }: Record<string, string>) => [code, field, message])).toEqual([
      ['OUT_OF_RANGE', 'input.code', 'input.code must have 1 to 40 characters; it has 41.'],
      ['OUT_OF_RANGE', 'input.title', 'input.title must have 1 to 200 characters; it has 0.'],
      ['OUT_OF_RANGE', 'input.updateEveryDays', expect.stringContaining('1 to 366')],
    ])
    expect((await run(create, bad, 'coordinator', { language: 'zh' })).payload.userErrors[0].message).toBe('input.code 须为 1 至 40个字符，当前为 41。')
    expect(await state(world)).toEqual(before)
  })

  it('tells an explicit null from an attribute left out', async () => {
    const { id } = (await run(create, { ...input, summary: '概述' })).payload.initiative
    expect((await run(update, { idempotencyKey: 'b', expectedVersion: 1, initiativeId: id, title: '第二版' })).payload.initiative).toMatchObject({ title: '第二版', summary: '概述', version: 2 })
    expect((await run(update, { idempotencyKey: 'c', expectedVersion: 2, initiativeId: id, summary: null })).payload.initiative).toMatchObject({ title: '第二版', summary: null, version: 3 })
    const before = await state(world)
    expect((await run(update, { idempotencyKey: 'd', expectedVersion: 3, initiativeId: id, title: null })).payload.userErrors).toMatchObject([{ code: 'REQUIRED', field: 'input.title' }])
    expect(await state(world)).toEqual(before)
  })

  it('tells its changes as events without gaps, in the order of the commits', async () => {
    const { id } = await made()
    await run(update, { idempotencyKey: 'b', expectedVersion: 1, initiativeId: id, title: '第二版' })
    const unit = await world.build.unit({ divisionId: province.id })
    await run(`mutation ($input: ParticipationAddInput!) { participationAdd(input: $input) { participation { id } userErrors { code } } }`, { idempotencyKey: 'c', initiativeId: id, unitId: unit.id, role: 'COOPERATING' })
    const [participation] = await world.sql<{ id: string }>('select id from participation where unit_id = $1', [unit.id])
    await run(`mutation ($input: ParticipationRemoveInput!) { participationRemove(input: $input) { initiative { id } userErrors { code } } }`, { idempotencyKey: 'd', expectedVersion: 1, participationId: participation!.id })
    const events = await world.sql<{ seq: number; type: string; kind: string; subject_id: string; version: number; fields: string[]; audit_seq: number }>('select seq, type, kind, subject_id, version, fields, audit_seq from event order by seq')
    expect(events.map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4, 5])
    expect(events.slice(2).map(({ type, kind, subject_id, audit_seq }) => [type, kind, subject_id, Number(audit_seq)])).toEqual([
      ['Initiative', 'UPDATED', id, 2], ['Participation', 'CREATED', participation!.id, 3], ['Participation', 'DELETED', participation!.id, 4],
    ])
    expect(events[2]).toMatchObject({ version: 2, fields: ['title'] })
    expect(await world.sql(`select body->'changes'->0->'fields' as fields from audit_entry where seq = 2`)).toEqual([{ fields: { title: ['示例行动', '第二版'] } }])
  })

  it('runs each of several in one request, in order', async () => {
    const { errors, data } = await world.as('coordinator').run(`mutation ($a: InitiativeCreateInput!, $b: InitiativeCreateInput!) {
      a: initiativeCreate(input: $a) { initiative { code } userErrors { code } }
      b: initiativeCreate(input: $b) { initiative { code } userErrors { code field } }
      c: initiativeCreate(input: $a) { initiative { code } userErrors { code } } }`, { a: input, b: { ...input, idempotencyKey: 'b' } })
    expect(errors).toEqual([])
    expect(data).toEqual({ a: { initiative: { code: 'INI-1' }, userErrors: [] }, b: { initiative: null, userErrors: [{ code: 'TAKEN', field: 'input.code' }] }, c: { initiative: { code: 'INI-1' }, userErrors: [] } })
  })

  it('keeps the values of contact and identity out of the trail', async () => {
    await world.build.person({ login: 'hr', unit: office.id, role: 'HR_OFFICER' })
    const { payload } = await run(`mutation ($input: PersonCreateInput!) { personCreate(input: $input) { person { id mobile } userErrors { code field } } }`, { idempotencyKey: 'p', code: 'P-9', name: '示某', unitId: office.id, mobile: '13812345678', nationalId: '11010519491231002X' }, 'hr')
    expect(payload).toMatchObject({ person: { mobile: '13812345678' }, userErrors: [] })
    const trail = JSON.stringify(await world.sql('select * from audit_entry')) + JSON.stringify(await world.sql('select * from event'))
    expect(trail).toContain('nationalId')
    expect(trail).not.toMatch(/13812345678|11010519491231002X/)
  })
})
