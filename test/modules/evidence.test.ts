import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { pdf } from '../support/files.js'
import { flat } from '../support/flat.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const as = (login: string) => world.as(login)

const errorFields = 'userErrors { code field message currentVersion changedFields }'
const fields = 'id version fileName mediaType size sha256 note withdrawnAt contentPath task { id } assignment { id } uploadedBy { id } unit { id }'
const add = `mutation ($input: AttachmentAddInput!) { attachmentAdd(input: $input) { attachment { ${fields} } ${errorFields} } }`
const withdraw = `mutation ($input: AttachmentWithdrawInput!) { attachmentWithdraw(input: $input) { attachment { ${fields} } ${errorFields} } }`

const sha256 = createHash('sha256').update(pdf).digest('hex')
let keys = 0
let stage: Awaited<ReturnType<typeof staged>>

/** A task of the province, led by the bureau; the bureau has decomposed it into a child task for its branch in a county with a coordinator of its own. */
async function staged() {
  const { build } = world
  const { province, office, coordinator } = await build.network()
  const county = await build.division({ parentId: province.id })
  const countyOffice = await build.unit({ divisionId: county.id, kind: 'ORGANISATION_DEPARTMENT' })
  await build.mandate({ unitId: countyOffice.id, role: 'OVERALL_COORDINATION' })
  const bureau = await build.unit({ divisionId: province.id })
  const branch = await build.unit({ divisionId: county.id, lineParentId: bureau.id })
  const school = await build.unit({ divisionId: province.id, kind: 'EDUCATION' })
  const people: Record<string, Built> = { coordinator }
  const seat = async (login: string, unit: Built, role: string) => void (people[login] = await build.person({ login, unit: unit.id, role }))
  for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN', 'BI_READER']) await seat(`bureau ${role}`, bureau, role)
  for (const role of ['DIRECTOR', 'CLERK']) for (const [name, unit] of [['branch', branch], ['school', school], ['office', office]] as const) await seat(`${name} ${role}`, unit, role)
  await seat('county coordinator', countyOffice, 'COORDINATOR')
  await seat('stranger', await build.unit(), 'DIRECTOR')
  const task = await build.task({ issuingUnitId: office.id })
  const lead = await build.assignment({ taskId: task.id, unitId: bureau.id, role: 'LEAD' })
  const track = await build.assignment({ taskId: task.id, unitId: school.id })
  const child = await build.task({ issuingUnitId: bureau.id, parentId: task.id })
  const below = await build.assignment({ taskId: child.id, unitId: branch.id, role: 'LEAD' })
  return { office, bureau, branch, school, people, task, lead, track, child, below }
}
beforeEach(async () => void (stage = await staged()))

const input = (more: object = {}) => ({ idempotencyKey: `k${++keys}`, taskId: stage.task.id, assignmentId: stage.lead.id, fileName: '进展.pdf', mediaType: 'application/pdf', content: pdf.toString('base64'), ...more })

async function done(login: string, document: string, of: object): Promise<any> {
  const { data, errors } = await as(login).run(document, { input: of })
  expect(errors).toEqual([])
  const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
  expect(userErrors).toEqual([])
  return Object.values(changed)[0]
}

/** Number and content of the rows of every table: equal before and after means that nothing at all was written. */
async function everything(): Promise<unknown> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  return world.sql(tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from "${name}" t`).join(' union all '))
}

/** The code of what is answered instead of the change, a refusal's or the user error's. */
async function refusal(login: string, document: string, of: object): Promise<unknown> {
  const before = await everything()
  const { data, codes } = await as(login).run(document, { input: of })
  expect(await everything()).toEqual(before)
  if (codes.length > 0) return codes.join()
  const { userErrors, attachment } = Object.values(data as object)[0] as { userErrors: { code: string; field: string }[]; attachment: unknown }
  expect(attachment).toBeNull()
  return userErrors.map(({ code, field }) => `${code} ${field}`).join()
}

describe('attachmentAdd', () => {
  it('enters file and row in one act, on record with the names of what was entered and without the content', async () => {
    const made = await done('bureau CLERK', add, input({ note: ' 走访记录 ', idempotencyKey: 'first' }))
    expect(made).toEqual({
      id: expect.stringMatching(/^att_/), version: 1, fileName: '进展.pdf', mediaType: 'application/pdf', size: pdf.length, sha256, note: '走访记录', withdrawnAt: null, contentPath: `/attachments/${made.id}`,
      task: { id: stage.task.id }, assignment: { id: stage.lead.id }, uploadedBy: { id: stage.people['bureau CLERK']!.id }, unit: { id: stage.bureau.id },
    })
    expect(await world.sql('select attachment_id, length(storage_key) as key, bytes from attachment_content')).toEqual([{ attachment_id: made.id, key: 76, bytes: expect.anything() }])
    const [entry] = await world.sql<{ verb: string; subject_id: string; body: { changes: { type: string; kind: string; fields: object }[] } }>('select verb, subject_id, body from audit_entry')
    expect([entry!.verb, entry!.subject_id, entry!.body.changes.map(({ type, kind, fields: changed }) => [type, kind, Object.keys(changed).sort()])]).toEqual([
      'attachmentAdd', made.id, [['Attachment', 'CREATED', ['assignment', 'fileName', 'mediaType', 'note', 'sha256', 'size', 'task', 'unit', 'uploadedBy', 'withdrawnAt']]],
    ])
    const [{ storage_key: key }] = (await world.sql<{ storage_key: string }>('select storage_key from attachment_content')) as [{ storage_key: string }]
    for (const secret of [key, pdf.toString('base64').slice(0, 20), pdf.toString('hex').slice(0, 20)]) expect(JSON.stringify([entry, await world.sql('select * from event'), await world.sql('select * from idempotency')])).not.toContain(secret)
    expect(await world.sql('select type, kind, version from event')).toEqual([{ type: 'Attachment', kind: 'CREATED', version: 1 }])
  })

  it.each<[string, 'lead' | 'track' | 'below' | undefined, 'task' | 'child', 'bureau' | 'school' | 'branch' | 'office']>([
    ['bureau DIRECTOR', 'lead', 'task', 'bureau'],
    ['school CLERK', 'track', 'task', 'school'],
    ['branch CLERK', 'below', 'child', 'branch'],
    ['coordinator', 'lead', 'task', 'office'],
    ['coordinator', undefined, 'task', 'office'],
    ['coordinator', 'below', 'child', 'office'],
    ['bureau DIRECTOR', undefined, 'child', 'bureau'],
    ['bureau DIRECTOR', 'below', 'child', 'bureau'],
  ])('lets %s add to %s of the %s, in the name of the %s', async (login, track, task, unit) => {
    const made = await done(login, add, input({ taskId: stage[task].id, assignmentId: track ? stage[track].id : null }))
    expect(made).toMatchObject({ task: { id: stage[task].id }, assignment: track ? { id: stage[track].id } : null, unit: { id: stage[unit].id }, uploadedBy: { id: stage.people[login]!.id } })
  })

  it('lets nobody else add anything, and nothing is left of the try', async () => {
    const others = ['bureau HR_OFFICER', 'bureau FINANCE_OFFICER', 'bureau PRACTITIONER', 'bureau AUDITOR', 'bureau SECURITY_ADMIN', 'bureau SYSTEM_ADMIN', 'bureau BI_READER', 'branch DIRECTOR', 'school DIRECTOR', 'office DIRECTOR', 'county coordinator', 'stranger']
    const answers: Record<string, unknown> = {}
    for (const login of others) answers[login] = await refusal(login, add, input())
    expect(answers).toEqual({
      ...Object.fromEntries(others.map((login) => [login, 'FORBIDDEN'])),
      stranger: 'UNKNOWN input.taskId', 'county coordinator': 'UNKNOWN input.taskId', 'branch DIRECTOR': 'UNKNOWN input.taskId',
    })
    expect(await refusal('nobody', add, input())).toBe('UNAUTHENTICATED')
    // A track's own unit speaks for its track, not for the task as a whole, nor for another track; a clerk does not write the child task.
    for (const [login, more] of [['bureau DIRECTOR', { assignmentId: null }], ['bureau CLERK', { assignmentId: stage.track.id }], ['bureau CLERK', { taskId: stage.child.id, assignmentId: null }]] as const) expect([login, await refusal(login, add, input(more))]).toEqual([login, 'FORBIDDEN'])
  })

  it('replays by its key, and refuses the key for another content', async () => {
    const given = input()
    const first = await done('bureau CLERK', add, given)
    const before = await everything()
    expect(await done('bureau CLERK', add, given)).toEqual(first)
    expect(await everything()).toEqual(before)
    expect(await refusal('bureau CLERK', add, { ...given, content: Buffer.concat([pdf, Buffer.from(' ')]).toString('base64') })).toBe('CONFLICT input.idempotencyKey')
  })

  it('is tried again as a whole where the database asks for it', async () => {
    await world.sql('create sequence test_tries')
    await world.sql(`create function test_once() returns trigger language plpgsql as $$ begin if nextval('test_tries') < 3 then raise exception 'again' using errcode = '40001'; end if; return new; end $$`)
    await world.sql('create trigger test_once before insert on audit_entry for each row execute function test_once()')
    try {
      const made = await done('bureau CLERK', add, input())
      expect(await world.sql('select a.id, c.bytes is not null as kept, e.verb from attachment a join attachment_content c on c.attachment_id = a.id join audit_entry e on e.subject_id = a.id')).toEqual([{ id: made.id, kept: true, verb: 'attachmentAdd' }])
    } finally {
      await world.sql('drop function test_once cascade')
      await world.sql('drop sequence test_tries')
    }
  })

  it('says what is wrong with the input', async () => {
    for (const [more, said] of [
      [{ assignmentId: 'below' }, 'OUT_OF_RANGE input.assignmentId'],
      [{ content: undefined }, 'REQUIRED input.content'],
      [{ content: null }, 'REQUIRED input.content'],
      [{ content: '' }, 'OUT_OF_RANGE input.content'],
      [{ content: 'JVBERi0x!' }, 'MALFORMED input.content'],
      [{ content: 'JVBE\nRi0x' }, 'MALFORMED input.content'],
      [{ content: Buffer.from('MZ').toString('base64') }, 'UNSUPPORTED_TYPE input.content'],
      [{ fileName: '../a.pdf' }, 'MALFORMED input.fileName'],
      [{ fileName: '' }, 'OUT_OF_RANGE input.fileName'],
      [{ fileName: 'a.exe' }, 'UNSUPPORTED_TYPE input.fileName'],
      [{ mediaType: 'text/html' }, 'UNSUPPORTED_TYPE input.mediaType'],
      [{ note: 'x'.repeat(1001) }, 'OUT_OF_RANGE input.note'],
      [{ content: Buffer.concat([pdf, Buffer.alloc(20 * 1_048_576)]).toString('base64') }, 'TOO_LARGE input.content'],
    ] as const) {
      const given = input({ ...more, ...('assignmentId' in more ? { assignmentId: stage.below.id } : {}) })
      expect([JSON.stringify(more).slice(0, 80), await refusal('coordinator', add, given)]).toEqual([JSON.stringify(more).slice(0, 80), said])
    }
  }, 60_000)

  it.each(['CLOSED', 'TERMINATED'])('takes nothing for a task that is %s', async (status) => {
    const given = await done('bureau CLERK', add, input())
    await world.sql('update task set status = $1', [status])
    expect(await refusal('bureau CLERK', add, input())).toBe('ILLEGAL_TRANSITION input.taskId')
    expect(await refusal('bureau CLERK', withdraw, { idempotencyKey: 'w', attachmentId: given.id, expectedVersion: 1 })).toBe('ILLEGAL_TRANSITION input.attachmentId')
  })
})

describe('attachmentWithdraw', () => {
  it('keeps row and bytes, gives out no path any more, and happens once', async () => {
    const { id } = await done('bureau CLERK', add, input())
    const given = { idempotencyKey: 'w', attachmentId: id, expectedVersion: 1 }
    const gone = await done('bureau DIRECTOR', withdraw, given)
    expect(gone).toMatchObject({ id, version: 2, contentPath: null, sha256 })
    expect(Date.parse(gone.withdrawnAt)).toBe(Date.parse(`${today}T10:00:00+08:00`))
    expect(await world.sql('select attachment_id from attachment_content')).toEqual([{ attachment_id: id }])
    expect(await done('bureau DIRECTOR', withdraw, given)).toEqual(gone)
    expect(await refusal('bureau DIRECTOR', withdraw, { ...given, idempotencyKey: 'x', expectedVersion: 2 })).toBe('ILLEGAL_TRANSITION input.attachmentId')
    expect((await world.sql<{ verb: string }>('select verb from audit_entry order by seq')).map(({ verb }) => verb)).toEqual(['attachmentAdd', 'attachmentWithdraw'])
    for (const login of ['coordinator', 'bureau CLERK']) expect((await as(login).run(`query ($id: ID!) { attachment(id: $id) { id contentPath } }`, { id })).data).toEqual({ attachment: { id, contentPath: null } })
  })

  it('is for the unit in whose name it was uploaded, from the version that was read', async () => {
    const { id } = await done('bureau CLERK', add, input())
    const given = { idempotencyKey: 'w', attachmentId: id, expectedVersion: 1 }
    for (const login of ['school DIRECTOR', 'coordinator', 'bureau HR_OFFICER', 'bureau AUDITOR', 'bureau SYSTEM_ADMIN']) expect([login, await refusal(login, withdraw, given)]).toEqual([login, 'FORBIDDEN'])
    expect(await refusal('stranger', withdraw, given)).toBe('NOT_FOUND')
    expect(await refusal('bureau CLERK', withdraw, { ...given, expectedVersion: 7 })).toBe('CONFLICT input.expectedVersion')
    const own = await done('coordinator', add, input())
    expect(await done('coordinator', withdraw, { ...given, attachmentId: own.id })).toMatchObject({ unit: { id: stage.office.id }, contentPath: null })
  })
})

describe('reading', () => {
  it('comes with the task, on each path, and with nothing for those who do not see it', async () => {
    const { id } = await done('bureau CLERK', add, input())
    const other = await done('coordinator', add, input({ assignmentId: null, fileName: 'b.pdf' }))
    const paths = `query ($task: ID!, $track: ID!) { task(id: $task) { attachments(orderBy: [{ field: FILE_NAME }]) { totalCount nodes { id } } } assignment(id: $track) { attachments { nodes { id } } } attachments(filter: { fileName: { startsWith: "进" } }) { nodes { id } } }`
    const variables = { task: stage.task.id, track: stage.lead.id }
    expect((await as('school CLERK').run(paths, variables)).data).toEqual({
      task: { attachments: { totalCount: 2, nodes: [{ id: other.id }, { id }] } }, assignment: { attachments: { nodes: [{ id }] } }, attachments: { nodes: [{ id }] },
    })
    expect((await as('stranger').run('{ attachments { totalCount } }')).data).toEqual({ attachments: { totalCount: 0 } })
    expect((await as('stranger').run('query ($id: ID!) { attachment(id: $id) { id } }', { id })).codes).toEqual(['NOT_FOUND'])
    const bi = await as('bureau BI_READER').run('{ attachments(first: 1) { totalCount nodes { sha256 contentPath uploadedBy { name } } } }')
    expect([bi.data.attachments.totalCount, bi.data.attachments.nodes[0].contentPath, bi.masked]).toEqual([2, null, expect.objectContaining({ 'Attachment.contentPath': 1 })])
  })

  it('lies behind no statement of a reader: the table of contents is empty for the role that reads', async () => {
    await done('bureau CLERK', add, input())
    expect(await world.backbone.database.read({ text: 'select * from attachment_content', values: [] })).toEqual([])
    await expect(world.backbone.database.read({ text: `insert into attachment_content (attachment_id, storage_key) values ('att_x', 'x')`, values: [] })).rejects.toThrow()
    expect(await world.sql('select count(*)::int as n from attachment_content')).toEqual([{ n: 1 }])
    expect(world.backbone.sdl).not.toMatch(/storageKey|attachmentContent/i)
  })

  it('asks a constant number of statements, however many there are', async () => {
    let made = 0
    const grow = async (rows: number) => {
      for (; made < rows; made++) await world.build.row('attachment', 'att', { taskId: stage.task.id, fileName: `${made}.pdf`, mediaType: 'application/pdf', size: 1, sha256, unitId: stage.bureau.id })
    }
    await flat(world, { as: 'bureau CLERK', document: '{ tasks { nodes { attachments(first: 100) { nodes { fileName contentPath task { title } unit { name } } } } } }' }, grow)
  })
})
