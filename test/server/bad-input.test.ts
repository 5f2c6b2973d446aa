import { beforeEach, describe, expect, it } from '@jest/globals'
import { newId } from '../../src/kernel/index.js'
import { useDoor, type Answer } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world)
const made = {} as Record<'province' | 'office' | 'unit' | 'initiative' | 'task', { id: string }>

beforeEach(async () => {
  const { build } = world
  const { province, office } = await build.network()
  Object.assign(made, { province, office })
  made.unit = await build.unit({ divisionId: province.id })
  made.initiative = await build.initiative({ leadUnitId: office.id })
  made.task = await build.task({ issuingUnitId: office.id, initiativeId: made.initiative.id, leadUnitId: office.id })
  await build.person({ login: 'system', unit: office.id, role: 'SYSTEM_ADMIN' })
  await build.person({ login: 'security', unit: office.id, role: 'SECURITY_ADMIN' })
})

/** Everything that a refused request must leave as it was. */
async function state(): Promise<unknown> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  return (await world.sql(`select ${tables.map(({ name }) => `(select count(*)::text || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') from "${name}" t) as "${name}"`).join(', ')}`))[0]
}

// Asked for so, the status says as well that the request was not understood; plain JSON is 200 by the protocol.
const accept = { accept: 'application/graphql-response+json' }
const ask = (query: string, variables?: Record<string, unknown>, { as = 'coordinator', headers = {} }: { as?: string; headers?: Record<string, string> } = {}) => door.ask({ query, variables }, { as, headers: { ...accept, ...headers } })
const createInitiative = (input: Record<string, unknown>) =>
  ask('mutation ($input: InitiativeCreateInput!) { initiativeCreate(input: $input) { initiative { id } userErrors { code field message } } }', {
    input: { idempotencyKey: 'k', code: 'N-1', title: '新行动', mechanisms: ['FUNDING'], divisionId: made.province.id, visibility: 'NETWORK', leadUnitId: made.office.id, ...input },
  })
const createUnit = (input: Record<string, unknown>) =>
  ask('mutation ($input: UnitCreateInput!) { unitCreate(input: $input) { unit { id } userErrors { code field message } } }', { input: { idempotencyKey: 'k', code: 'N-1', name: '新单位', kind: 'HEALTH', divisionId: made.province.id, foundedOn: '2010-01-01', ...input } }, { as: 'system' })

interface Told {
  status?: number
  code: string
  /** What the message says, with the remedy. */
  says: RegExp
  field?: string
}

// The top level: the request as a whole was not understood, or not allowed.
const refused: Record<string, [send: () => Promise<Answer>, told: Told]> = {
  'malformed GraphQL': [() => ask('{ tasks { nodes { id }'), { status: 400, code: 'GRAPHQL_PARSE_FAILED', says: /Syntax Error: Expected Name, found <EOF>/ }],
  'an unknown field': [() => ask('{ tasks { nodes { colour } } }'), { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: /Cannot query field "colour" on type "Task"/ }],
  'an unknown argument': [() => ask('{ tasks(top: 5) { totalCount } }'), { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: /Unknown argument "top"/ }],
  'a wrong type in the document': [() => ask('{ tasks(first: "5") { totalCount } }'), { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: /Int cannot represent non-integer value: "5"/ }],
  'a wrong type in a variable': [() => ask('query ($n: Int) { tasks(first: $n) { totalCount } }', { n: '5' }), { status: 400, code: 'BAD_USER_INPUT', says: /"\$n" got invalid value "5"; Int cannot represent/ }],
  'an enum value that is none': [() => ask('{ tasks(filter: { status: { eq: DONE } }) { totalCount } }'), { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: /Value "DONE" does not exist in "TaskStatus" enum/ }],
  'a variable that must be given': [() => ask('query ($id: ID!) { task(id: $id) { id } }', {}), { status: 400, code: 'BAD_USER_INPUT', says: /"\$id" of required type "ID!" was not provided/ }],
  'a page over 200': [() => ask('{ tasks(first: 201) { totalCount nodes { id } } }'), { code: 'BAD_USER_INPUT', says: /`first` must be 1 to 200; got 201\. Page on with `after`\./, field: 'first' }],
  'a page from both ends': [() => ask('{ tasks(first: 1, last: 1) { nodes { id } } }'), { code: 'BAD_USER_INPUT', says: /Give `first` or `last`, not both/, field: 'last' }],
  'a cursor from another query': [
    async () => ask('query ($after: String) { units(after: $after) { nodes { id } } }', { after: (await ask('{ tasks { pageInfo { endCursor } } }')).json.data.tasks.pageInfo.endCursor }),
    { code: 'BAD_USER_INPUT', says: /`after` is not a cursor of this list in this order\. Take it from/, field: 'after' },
  ],
  'a cursor that somebody made up': [
    async () => {
      const [signature, , id] = JSON.parse(Buffer.from((await ask('{ tasks(orderBy: [{ field: DUE_ON }]) { pageInfo { endCursor } } }')).json.data.tasks.pageInfo.endCursor, 'base64').toString()) as string[]
      return ask('query ($after: String) { tasks(after: $after, orderBy: [{ field: DUE_ON }]) { nodes { id } } }', { after: Buffer.from(JSON.stringify([signature, 'someday', id])).toString('base64') })
    },
    { code: 'BAD_USER_INPUT', says: /a cursor changed by hand.*Send it as it was given/ },
  ],
  'a NUL inside a text': [() => ask('query ($t: String) { tasks(filter: { title: { eq: $t } }) { nodes { id } } }', { t: 'a\u0000b' }), { code: 'BAD_USER_INPUT', says: /a character that no text has/ }],
  'a day that does not exist, in a variable': [() => createInitiative({ startsOn: '2026-02-30' }), { status: 400, code: 'BAD_USER_INPUT', says: /at "input\.startsOn".*existing calendar day written YYYY-MM-DD, such as "2026-11-23"/ }],
  'a day that does not exist, in the document': [() => ask('{ tasks(filter: { dueOn: { lt: "2026-13-01" } }) { totalCount } }'), { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', says: /existing calendar day written YYYY-MM-DD/ }],
  'a day of the year 0': [() => ask('query ($d: Day) { tasks(filter: { dueOn: { lt: $d } }) { totalCount } }', { d: '0000-01-01' }), { status: 400, code: 'BAD_USER_INPUT', says: /existing calendar day/ }],
  'an id that nothing has': [() => ask('query ($id: ID!) { task(id: $id) { id } }', { id: newId('task') }), { code: 'NOT_FOUND', says: /No such object is visible to you\. Check the id\./, field: 'id' }],
  'the id of another type': [() => ask('query ($id: ID!) { task(id: $id) { id } }', { id: made.unit.id }), { code: 'BAD_USER_INPUT', says: /`id` is the id of a Unit; send the id of a Task \(task_…\)/, field: 'id' }],
  'the id of another type in a mutation': [() => createInitiative({ leadUnitId: made.task.id }), { code: 'BAD_USER_INPUT', says: /is the id of a Task; send the id of a Unit/, field: 'input.leadUnitId' }],
  'an id that is none in a mutation': [() => createInitiative({ divisionId: '330000' }), { code: 'BAD_USER_INPUT', says: /`input\.divisionId` is not an id; send the id of a Division \(div_…\)/, field: 'input.divisionId' }],
  'an act on what is not there': [
    () => ask('mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { userErrors { code } } }', { input: { idempotencyKey: 'k', expectedVersion: 1, taskId: newId('task'), title: 'x' } }),
    { code: 'NOT_FOUND', says: /Check the id/, field: 'input.taskId' },
  ],
  'an act that the viewer may not do': [
    () => ask('mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { userErrors { code } } }', { input: { idempotencyKey: 'k', expectedVersion: 1, taskId: made.task.id, title: 'x' } }, { as: 'system' }),
    { code: 'FORBIDDEN', says: /You may not do this: taskUpdate\. Ask the security administrator/ },
  ],
  'nobody signed in': [() => ask('{ tasks { totalCount } }', {}, { as: 'nobody' }), { code: 'UNAUTHENTICATED', says: /Sign in first: send "Authorization: Bearer <token>"/ }],
  'nobody signed in, and a mutation': [
    () => door.ask({ query: 'mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { userErrors { code } } }', variables: { input: { idempotencyKey: 'k', expectedVersion: 1, taskId: made.task.id, title: 'x' } } }),
    { code: 'UNAUTHENTICATED', says: /Sign in first/ },
  ],
  'two operations without a name': [() => door.ask({ query: 'query a { tasks { totalCount } } query b { units { totalCount } }' }, { as: 'coordinator', headers: accept }), { status: 400, code: 'OPERATION_RESOLUTION_FAILURE', says: /operation/i }],
  'an empty body': [() => door.ask('', { as: 'coordinator' }), { status: 400, code: 'BAD_REQUEST', says: /body missing/ }],
  'a list of operations': [() => door.ask([{ query: '{ tasks { totalCount } }' }], { as: 'coordinator' }), { status: 400, code: 'BAD_REQUEST', says: /batch/i }],
  'a body that is no JSON': [() => door.ask('{"query": ', { as: 'coordinator' }), { status: 400, code: 'BAD_REQUEST', says: /not valid JSON/ }],
  'a body of 10 MB': [() => door.ask({ query: `{ tasks { totalCount } } # ${'x'.repeat(10_000_000)}` }, { as: 'coordinator' }), { status: 413, code: 'PAYLOAD_TOO_LARGE', says: /larger than 1048576 bytes\. Send less at a time\./ }],
}

describe('a request that cannot be answered', () => {
  it.each(Object.entries(refused))('%s: a code, a sentence, and nothing changed', async (_name, [send, told]) => {
    const before = await state()
    const answer = await send()
    expect(answer.json.errors).toHaveLength(1)
    const [error] = answer.json.errors
    expect({ code: error.extensions.code, message: error.message }).toEqual({ code: told.code, message: expect.stringMatching(told.says) })
    if (told.status) expect(answer.status).toBe(told.status)
    if (told.field) expect(error.extensions.field).toBe(told.field)
    expect(answer.text).not.toMatch(/stacktrace|node_modules|select |\bat .*\.ts:/)
    expect(await state()).toEqual(before)
  })
})

// In the payload: the user can mend it.
const update = (input: Record<string, unknown>) => ask('mutation ($input: TaskUpdateInput!) { taskUpdate(input: $input) { task { id } userErrors { code field message currentVersion } } }', { input: { idempotencyKey: 'k', expectedVersion: 1, taskId: made.task.id, ...input } })
const mendable: Record<string, [send: () => Promise<Answer>, errors: { code: string; field: string; says: RegExp }[]]> = {
  'a stale version': [async () => { await update({ title: '甲' }); return update({ idempotencyKey: 'l', title: '乙' }) }, [{ code: 'CONFLICT', field: 'input.expectedVersion', says: /Read it again and repeat your change/ }]],
  'an idempotency key used before': [async () => { await update({ title: '甲' }); return update({ title: '乙' }) }, [{ code: 'CONFLICT', field: 'input.idempotencyKey', says: /Use a new key for a new act/ }]],
  'a second lead unit': [
    () => ask('mutation ($input: TaskAssignInput!) { taskAssign(input: $input) { assignment { id } userErrors { code field message } } }', { input: { idempotencyKey: 'k', taskId: made.task.id, unitId: made.unit.id, role: 'LEAD' } }),
    [{ code: 'TAKEN', field: 'input.role', says: /already has a lead unit/ }],
  ],
  'a unit that takes part already': [
    () => ask('mutation ($input: ParticipationAddInput!) { participationAdd(input: $input) { participation { id } userErrors { code field message } } }', { input: { idempotencyKey: 'k', initiativeId: made.initiative.id, unitId: made.office.id, role: 'COOPERATING' } }),
    [{ code: 'TAKEN', field: 'input.unitId', says: /already takes part/ }],
  ],
  'a wrong credit code': [() => createUnit({ creditCode: '91310115MA1H8R7C6D' }), [{ code: 'MALFORMED', field: 'input.creditCode', says: /check character D, which should be .\. Compare it with the certificate/ }]],
  'a credit code of another shape': [() => createUnit({ creditCode: '123' }), [{ code: 'MALFORMED', field: 'input.creditCode', says: /18 digits and capital letters/ }]],
  'an id that nothing visible has, as a reference': [() => createInitiative({ leadUnitId: newId('unit') }), [{ code: 'UNKNOWN', field: 'input.leadUnitId', says: /names no Unit that you can see\. Check the id/ }]],
  'a NUL inside a text': [() => createInitiative({ title: 'a\u0000b' }), [{ code: 'MALFORMED', field: 'input.title', says: /NUL character\. Remove it/ }]],
  'several faults at once': [() => createInitiative({ code: '', title: 'x'.repeat(201) }), [{ code: 'OUT_OF_RANGE', field: 'input.code', says: /1 to 40/ }, { code: 'OUT_OF_RANGE', field: 'input.title', says: /1 to 200 characters; it has 201/ }]],
  'an end before the start': [() => createInitiative({ startsOn: '2026-05-02', endsOn: '2026-05-01' }), [{ code: 'OUT_OF_RANGE', field: 'input.endsOn', says: /must not end before it starts \(2026-05-02\)/ }]],
  'a code that is taken': [() => createUnit({ code: '330000-X' }).then(() => createUnit({ code: '330000-X', idempotencyKey: 'l' })), [{ code: 'TAKEN', field: 'input.code', says: /Choose another one/ }]],
}

describe('an input that the user can mend', () => {
  it.each(Object.entries(mendable))('%s: a code, the field, what to do, and nothing changed', async (name, [send, errors]) => {
    const isSecondAct = /stale|idempotency|taken/.test(name)
    const before = await state()
    const { status, json } = await send()
    expect({ status, errors: json.errors }).toEqual({ status: 200, errors: undefined })
    const [payload] = Object.values<any>(json.data)
    const [made] = Object.values(payload)
    expect(made).toBeNull()
    expect(payload.userErrors).toEqual(errors.map(({ code, field, says }) => expect.objectContaining({ code, field, message: expect.stringMatching(says) })))
    // The first act of two was done; the second must not be.
    if (isSecondAct) expect(await world.sql('select count(*)::integer as n from audit_entry')).toEqual([{ n: 1 }])
    else expect(await state()).toEqual(before)
  })

  it('is told in Chinese to whoever asks in Chinese, with the same codes', async () => {
    const { json } = await ask('mutation ($input: UnitCreateInput!) { unitCreate(input: $input) { userErrors { code field message } } }', { input: { idempotencyKey: 'k', code: 'N', name: '新', kind: 'HEALTH', divisionId: made.province.id, foundedOn: '2010-01-01', creditCode: '91310115MA1H8R7C6D' } }, { as: 'system', headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
    expect(json.data.unitCreate.userErrors).toEqual([{ code: 'MALFORMED', field: 'input.creditCode', message: expect.stringMatching(/校验码为 D，应为 .，请核对登记证书。/) }])
    const denied = await ask('{ tasks { totalCount } }', {}, { as: 'nobody', headers: { 'accept-language': 'zh-CN' } })
    expect(denied.json.errors[0]).toMatchObject({ message: '请先登录：请求头须带 "Authorization: Bearer <令牌>"。', extensions: { code: 'UNAUTHENTICATED' } })
  })
})

describe('a masked value', () => {
  const query = '{ people(orderBy: [{ field: CODE }]) { nodes { name mobile } } }'
  beforeEach(async () => {
    await world.build.person({ login: 'clerk', unit: (await world.build.unit()).id, role: 'CLERK', mobile: '13911111111', code: 'P-zz' })
    await world.build.person({ unit: made.office.id, mobile: '13922222222' })
  })

  it('is null and is counted once in the extensions', async () => {
    const { json } = await ask(query, {}, { as: 'clerk' })
    expect(json.errors).toBeUndefined()
    expect(json.data.people.nodes.map(({ mobile }: { mobile: string }) => mobile)).toEqual([null, null, null, null, '13911111111'])
    expect(json.extensions.access).toEqual({ masked: ['Person.mobile'], maskedValues: { 'Person.mobile': 4 } })
    expect((await ask('{ viewer { id } }', {}, { as: 'clerk' })).json.extensions?.access).toBeUndefined()
  })

  it('is an error in strict mode', async () => {
    const { json } = await ask(query, {}, { as: 'clerk', headers: { 'x-heli-strict': '1' } })
    expect(json.errors).toHaveLength(4)
    expect(json.errors[0]).toMatchObject({ message: 'Person.mobile is hidden from you. Ask `explainAccess` why, or leave strict mode.', path: ['people', 'nodes', 0, 'mobile'], extensions: { code: 'FORBIDDEN', field: 'Person.mobile' } })
    expect(JSON.stringify(json)).not.toContain('13922222222')
  })
})

describe('a fault of ours', () => {
  it('is told by an id that finds it in the log, without inner text', async () => {
    const { engine } = world.backbone
    const read = engine.connection.read
    Object.assign(engine.connection, { read: () => Promise.reject(new Error('secret: relation "person_private" has no column')) })
    try {
      const before = await state()
      door.log()
      // The account is looked up by the same connection, so the context fails where a resolver would.
      const { json, text } = await ask('{ __typename tasks { totalCount } }', {}, { as: 'nobody' })
      expect(json.errors[0].extensions.code).toBe('UNAUTHENTICATED')
      const failing = await ask('{ tasks { totalCount } }')
      expect(failing.text + text).not.toMatch(/secret|person_private/)
      const [error] = failing.json.errors
      expect(error.extensions.code).toBe('INTERNAL_SERVER_ERROR')
      const id = /([\da-f]{8}-[\da-f-]{27})/.exec(error.message)![1]!
      const log = door.log().join('\n')
      expect(log).toContain(id)
      expect(log).toContain('secret: relation')
      expect(await state()).toEqual(before)
    } finally {
      Object.assign(engine.connection, { read })
    }
  })
})
