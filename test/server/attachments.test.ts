import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { openBlobStore } from '../../src/blobs.js'
import { readEnvironment } from '../../src/environment.js'
import { newId } from '../../src/kernel/index.js'
import { UploadSpace } from '../../src/server/uploads.js'
import { useBucket } from '../support/bucket.js'
import type { Built } from '../support/build.js'
import { badFiles, goodFiles, pdf } from '../support/files.js'
import { useDoor, type Answer } from '../support/http.js'
import { useWorld } from '../support/world.js'

const limit = 65_536
const world = useWorld()
const bucket = useBucket()
const door = useDoor(world, { ATTACHMENT_LIMIT_BYTES: String(limit), CORS_ORIGINS: 'https://portal.example.gov.cn' })
const poor = useDoor(world, { MAX_COST: '100', BUDGET_PER_MINUTE: '150', ATTACHMENT_LIMIT_BYTES: String(limit) })

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const log = { debug: () => undefined, info: () => undefined, warn: (...line: unknown[]) => void warnings.push(line), error: (...line: unknown[]) => void warnings.push(line) }
const warnings: unknown[] = []
let place: { bureau: Built; school: Built; task: Built; assignment: Built }

async function staged() {
  const { build } = world
  const { province, office } = await build.network()
  const [bureau, school] = [await build.unit({ divisionId: province.id }), await build.unit({ divisionId: province.id })]
  for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER']) await build.person({ login: `bureau-${role}`, unit: bureau.id, role })
  await build.person({ login: 'school', unit: school.id, role: 'DIRECTOR' })
  await build.person({ login: 'stranger', unit: (await build.unit()).id, role: 'DIRECTOR' })
  for (const [name, role, revokedAt] of [['service-clerk', 'CLERK', null], ['service-revoked', 'CLERK', '2026-01-01T00:00:00Z'], ['service-bi', 'BI_READER', null]] as const) {
    await build.row('service_token', 'stok', { name, tokenHash: name, role, unitId: bureau.id, expiresAt: '2099-01-01T00:00:00Z', revokedAt })
  }
  const initiative = await build.initiative({ leadUnitId: bureau.id, divisionId: province.id, visibility: 'PARTICIPANTS' })
  await build.participation({ initiativeId: initiative.id, unitId: school.id })
  const task = await build.task({ initiativeId: initiative.id, issuingUnitId: office.id })
  const assignment = await build.assignment({ taskId: task.id, unitId: bureau.id, role: 'LEAD' })
  return { bureau, school, task, assignment }
}
beforeEach(async () => {
  place = await staged()
  warnings.length = 0
})

interface Sent {
  as?: string
  type?: string
  name?: string
  bytes?: Buffer
  query?: Record<string, string>
  headers?: Record<string, string>
}
let keys = 0
const paths = ({ query = {} }: Sent) => `/attachments?${new URLSearchParams({ task: place.task.id, assignment: place.assignment.id, idempotencyKey: `k${++keys}`, ...query })}`
const headersOf = ({ as = 'bureau-CLERK', type = 'application/pdf', name = '进展.pdf', headers = {} }: Sent) =>
  ({ ...(as === 'nobody' ? {} : { authorization: `Bearer ${as}` }), 'content-type': type, 'x-file-name': encodeURIComponent(name), ...headers })
const upload = (sent: Sent = {}, through = door): Promise<Answer> => through.send({ path: paths(sent), headers: headersOf(sent), body: sent.bytes ?? pdf })
const fetchAs = (as: string, id: string, through = door) => through.send({ method: 'GET', path: `/attachments/${id}`, headers: { authorization: `Bearer ${as}` } })
const rows = () => world.sql('select a.id, file_name, media_type, size, sha256, unit_id, uploaded_by_id, withdrawn_at, c.bytes is null as elsewhere from attachment a left join attachment_content c on c.attachment_id = a.id order by a.id')
const audited = () => world.sql<{ verb: string; subject_id: string }>('select verb, subject_id from audit_entry order by seq')

/** A refusal, and that nothing at all was written. */
async function refused(sent: Sent, through = door): Promise<Answer> {
  const before = [await rows(), await world.sql('select * from attachment_content'), await audited(), await world.sql('select * from idempotency')]
  const answer = await upload(sent, through)
  expect([await rows(), await world.sql('select * from attachment_content'), await audited(), await world.sql('select * from idempotency')]).toEqual(before)
  return answer
}

/** The same checks whichever store holds the bytes. */
describe.each(['database', 's3'] as const)('attachments kept in %s', (kind) => {
  beforeAll(() => {
    const environment = readEnvironment({ NODE_ENV: 'test', ...(kind === 's3' ? bucket.settings() : {}) })
    Object.assign(world.backbone.evidence, { store: openBlobStore(environment, world.backbone.database, log), limit })
  })

  it('takes a file, answers with its row, and gives back the very bytes', async () => {
    const bytes = Buffer.concat([pdf, Buffer.alloc(40_000, 'x')])
    const { status, json, headers } = await upload({ bytes, name: '第三季度 进展(终稿).pdf', query: { note: '走访记录' } })
    expect([status, json.userErrors, headers['cache-control']]).toEqual([201, [], 'no-store'])
    expect(json.attachment).toMatchObject({
      id: expect.stringMatching(/^att_/), version: 1, fileName: '第三季度 进展(终稿).pdf', mediaType: 'application/pdf', size: bytes.length, sha256: hash(bytes), note: '走访记录', withdrawnAt: null,
      task: { id: place.task.id }, assignment: { id: place.assignment.id }, unit: { id: place.bureau.id }, contentPath: `/attachments/${json.attachment.id}`,
    })
    expect(await rows()).toMatchObject([{ id: json.attachment.id, size: bytes.length, unit_id: place.bureau.id, elsewhere: kind === 's3' }])
    const answer = await door.send({ method: 'GET', path: json.attachment.contentPath, headers: { authorization: 'Bearer school', 'x-request-id': 'reading-1' } })
    expect([answer.status, hash(Buffer.from(answer.text))]).toEqual([200, hash(bytes)])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf', 'content-length': String(bytes.length), 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', etag: `"${hash(bytes)}"`,
      'content-disposition': `attachment; filename="${json.attachment.id}.pdf"; filename*=UTF-8''${encodeURIComponent('第三季度 进展')}%28${encodeURIComponent('终稿')}%29.pdf`,
      'repr-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`, 'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(await world.sql(`select verb, subject_ids, body->'reads' as reads from audit_entry where request_id = 'reading-1'`)).toEqual([{ verb: 'read', subject_ids: [json.attachment.id], reads: [{ field: 'Attachment.content', ids: [json.attachment.id] }] }])
  })

  it('keeps binary content byte by byte', async () => {
    const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from(Array.from({ length: 50_000 }, (_none, at) => at % 256))])
    const { json } = await upload({ bytes, type: 'image/png', name: '现场.png' })
    expect((await world.backbone.evidence.store.get(json.attachment.id))!.equals(bytes)).toBe(true)
  })

  it('answers a replay with the first row, keeps its bytes once, and refuses the key for another content', async () => {
    const query = { idempotencyKey: 'same' }
    const first = await upload({ query })
    const kept = [await rows(), await audited(), bucket.objects.size]
    const again = await upload({ query })
    expect([again.status, again.json]).toEqual([201, first.json])
    const other = await upload({ query, bytes: Buffer.concat([pdf, Buffer.from('!')]) })
    expect([other.status, other.json.attachment, other.json.userErrors[0]]).toMatchObject([409, null, { code: 'CONFLICT', field: 'input.idempotencyKey' }])
    expect([await rows(), await audited(), bucket.objects.size]).toEqual(kept)
    expect(bucket.objects.size).toBe(kind === 's3' ? 1 : 0)
  })

  it('keeps no bytes of an upload that the rules refuse', async () => {
    const { status, codes } = await refused({ as: 'school' })
    expect([status, codes]).toEqual([403, ['FORBIDDEN']])
    expect(bucket.objects.size).toBe(0)
  })

  it('gives out nothing that is not what was uploaded, and says where to find the fault', async () => {
    const { json } = await upload()
    const { id } = json.attachment
    if (kind === 's3') for (const key of bucket.objects.keys()) bucket.objects.set(key, Buffer.from(pdf.toString().replace('obj', 'job')))
    else await world.sql(`update attachment_content set bytes = set_byte(bytes, 9, 0)`)
    door.log()
    const changed = await fetchAs('bureau-CLERK', id)
    expect([changed.status, changed.codes, changed.text.includes('%PDF')]).toEqual([500, ['INTERNAL_SERVER_ERROR'], false])
    expect(changed.json.errors[0].message).toContain(changed.headers['x-request-id'])
    expect(door.log().join('\n')).toContain(`The content of ${id} is not what was uploaded`)
    if (kind === 's3') bucket.objects.clear()
    else await world.sql('delete from attachment_content')
    expect((await fetchAs('bureau-CLERK', id)).status).toBe(500)
    expect(door.log().join('\n')).toContain(`The content of ${id} is gone`)
    expect((await audited()).filter(({ verb }) => verb === 'read')).toEqual([])
  })

  it('takes a small file inside the mutation too', async () => {
    const query = 'mutation ($input: AttachmentAddInput!) { attachmentAdd(input: $input) { attachment { id sha256 } userErrors { code field } } }'
    const input = { idempotencyKey: 'inside', taskId: place.task.id, assignmentId: place.assignment.id, fileName: 'a.pdf', mediaType: 'application/pdf', content: pdf.toString('base64') }
    const { json } = await door.ask({ query, variables: { input } }, { as: 'bureau-CLERK' })
    expect(json.data.attachmentAdd).toEqual({ attachment: { id: expect.any(String), sha256: hash(pdf) }, userErrors: [] })
    expect((await fetchAs('bureau-CLERK', json.data.attachmentAdd.attachment.id)).text).toBe(pdf.toString())
  })
})

describe('the bucket', () => {
  const store = (more: Record<string, string> = {}) => openBlobStore(readEnvironment({ NODE_ENV: 'test', ...bucket.settings(), ...more }), world.backbone.database, log)
  const use = (more?: Record<string, string>) => void Object.assign(world.backbone.evidence, { store: store(more), limit })

  it('holds each content under a key of its own that nothing tells, and gives none without a good signature', async () => {
    use()
    const [first, second] = [await upload(), await upload()]
    const [one, other] = [...bucket.objects.keys()]
    expect([one, other]).toEqual([expect.stringMatching(/^\/evidence\/attachments\/[0-9a-f]{64}$/), expect.stringMatching(/^\/evidence\/attachments\/[0-9a-f]{64}$/)])
    expect(one).not.toBe(other)
    for (const known of [first.json.attachment.id, first.json.attachment.sha256, second.json.attachment.id]) expect(one + other!).not.toContain(known)
    expect((await fetch(`${bucket.url}${one}`)).status).toBe(403)
    use({ S3_SECRET_ACCESS_KEY: 'another secret' })
    const wrong = await fetchAs('bureau-CLERK', first.json.attachment.id)
    expect([wrong.status, wrong.codes, wrong.headers['retry-after']]).toEqual([503, ['STORE_UNAVAILABLE'], '5'])
    expect(bucket.seen).toEqual([...Array<string>(2).fill('PUT /evidence/attachments/… 200'), 'GET /evidence/attachments/… 403', 'GET /evidence/attachments/… 403'])
  })

  it('that refuses or is silent leaves no row, in either language; the same key then succeeds', async () => {
    use()
    const query = { idempotencyKey: 'again' }
    bucket.fails = 500
    const { status, json } = await refused({ query, headers: { 'accept-language': 'zh' } })
    expect([status, json.errors[0].message]).toEqual([503, '附件存储暂时没有响应，请稍后再试。'])
    use({ S3_ENDPOINT: 'http://127.0.0.1:9' })
    expect((await refused({ query })).codes).toEqual(['STORE_UNAVAILABLE'])
    expect(warnings).toHaveLength(2)
    use()
    delete bucket.fails
    expect((await upload({ query })).status).toBe(201)
  })

  it('loses the object again when the transaction fails, and keeps one of which that is not known', async () => {
    use()
    await world.sql(`create function test_fails() returns trigger language plpgsql as $$ begin raise exception 'disk full' using errcode = 'XX001'; end $$`)
    await world.sql(`create trigger test_fails before insert on attachment_content for each row execute function test_fails()`)
    try {
      expect((await refused({})).status).toBe(500)
    } finally {
      await world.sql('drop function test_fails cascade')
    }
    expect(bucket.seen).toEqual(['PUT /evidence/attachments/… 200', 'DELETE /evidence/attachments/… 204'])
    expect(bucket.objects.size).toBe(0)
    const held = await store().put(pdf, hash(pdf))
    bucket.fails = 503
    await held.discard()
    expect([bucket.objects.size, warnings.length > 0]).toEqual([1, true])
  })

  it('may be given up or taken up: what was kept before is found where it lies', async () => {
    use()
    const inBucket = (await upload()).json.attachment.id as string
    use({ ATTACHMENT_STORE: 'database' })
    const inDatabase = (await upload()).json.attachment.id as string
    expect(bucket.objects.size).toBe(1)
    for (const setting of ['database', 's3']) {
      use({ ATTACHMENT_STORE: setting })
      for (const id of [inBucket, inDatabase]) expect((await fetchAs('bureau-CLERK', id)).text).toBe(pdf.toString())
    }
  })
})

describe('who', () => {
  beforeAll(() => void Object.assign(world.backbone.evidence, { store: openBlobStore(readEnvironment({ NODE_ENV: 'test' }), world.backbone.database, log), limit }))

  it.each([['bureau-DIRECTOR', 201], ['bureau-CLERK', 201], ['service-clerk', 201], ['coordinator', 201], ['bureau-HR_OFFICER', 403], ['school', 403], ['service-bi', 403], ['service-revoked', 401], ['forged', 401], ['nobody', 401]])('%s is answered %d', async (as, status) => {
    const answer = status === 201 ? await upload({ as }) : await refused({ as })
    expect(answer.status).toBe(status)
    if (status === 401) expect([answer.codes, answer.headers['www-authenticate']]).toEqual([['UNAUTHENTICATED'], 'Bearer error="invalid_token"'])
  })

  it('says of a task that is hidden what it says of one that is not there', async () => {
    const [hidden, absent] = [await refused({ as: 'stranger' }), await refused({ as: 'bureau-CLERK', query: { task: newId('task') } })]
    expect(hidden.json).toEqual(absent.json)
    expect([hidden.status, hidden.json.userErrors[0].code]).toEqual([422, 'UNKNOWN'])
  })

  it('fetches under the rights of that moment; hidden, absent and malformed answer alike', async () => {
    const { id } = (await upload()).json.attachment
    const said = (answer: Answer) => [answer.status, answer.codes, answer.json.errors[0].message]
    const absent = said(await fetchAs('bureau-CLERK', newId('att')))
    expect(absent).toEqual([404, ['NOT_FOUND'], 'No such object is visible to you. Check the id.'])
    for (const [as, of] of [['stranger', id], ['bureau-CLERK', place.task.id], ['bureau-CLERK', 'att_x'], ['bureau-CLERK', '..%2F..%2Fetc%2Fpasswd'], ['bureau-CLERK', id.toUpperCase()]] as const) expect([of, said(await fetchAs(as, of))]).toEqual([of, absent])
    expect((await fetchAs('nobody', id)).status).toBe(401)
    expect((await door.send({ method: 'GET', path: `/attachments/${id}` })).status).toBe(401)
    expect((await fetchAs('service-revoked', id)).status).toBe(401)
    expect(said(await fetchAs('service-bi', id)).slice(0, 2)).toEqual([403, ['FORBIDDEN']])
    expect((await audited()).filter(({ verb }) => verb === 'read')).toEqual([])
    expect((await fetchAs('bureau-CLERK', id)).status).toBe(200)
    await world.sql(`update appointment set valid_to = '2026-11-23'`)
    expect(said(await fetchAs('bureau-CLERK', id))).toEqual(absent)
  })

  it('withdraws: nobody is given the content any more, not even its own unit, and the row stays', async () => {
    const { id } = (await upload()).json.attachment
    const query = 'mutation ($input: AttachmentWithdrawInput!) { attachmentWithdraw(input: $input) { attachment { contentPath withdrawnAt } userErrors { code } } }'
    const { json } = await door.ask({ query, variables: { input: { idempotencyKey: 'w', attachmentId: id, expectedVersion: 1 } } }, { as: 'bureau-DIRECTOR' })
    expect(json.data.attachmentWithdraw).toEqual({ attachment: { contentPath: null, withdrawnAt: '2026-11-23T02:00:00+00:00' }, userErrors: [] })
    for (const as of ['bureau-CLERK', 'coordinator']) {
      const gone = await fetchAs(as, id)
      expect([gone.status, gone.codes, gone.text.includes('%PDF')]).toEqual([410, ['WITHDRAWN'], false])
    }
    expect((await fetchAs('stranger', id)).status).toBe(404)
    expect(await rows()).toMatchObject([{ id, elsewhere: false }])
  })

  it('passes no request that a foreign page can send: nothing but the header signs anyone in', async () => {
    for (const type of ['text/plain', 'multipart/form-data; boundary=b', 'application/x-www-form-urlencoded']) {
      const answer = await refused({ as: 'nobody', type, headers: { origin: 'https://elsewhere.example', cookie: 'authorization=Bearer bureau-CLERK', 'sec-fetch-site': 'cross-site' } })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, undefined])
    }
    const preflight = await door.send({ method: 'OPTIONS', path: '/attachments', headers: { origin: 'https://portal.example.gov.cn', 'access-control-request-method': 'POST' } })
    expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([204, expect.stringContaining('x-file-name')])
    for (const [method, path] of [['GET', '/attachments'], ['PUT', '/attachments'], ['DELETE', `/attachments/${newId('att')}`], ['POST', `/attachments/${newId('att')}`]] as const) {
      expect((await door.send({ method, path, headers: { authorization: 'Bearer bureau-CLERK' } })).status).toBe(405)
    }
  })
})

describe('what', () => {
  it.each(goodFiles)('takes %s called %s', async (type, name, bytes) => {
    const { status, json } = await upload({ type, name, bytes })
    expect([status, json.userErrors, json.attachment?.mediaType]).toEqual([201, [], type])
  })

  it.each(badFiles)('refuses %s, at %s', async (_what, field, type, name, bytes) => {
    const { status, json } = await refused({ type, name, bytes })
    expect([status, json.attachment, json.userErrors]).toEqual([415, null, [{ code: 'UNSUPPORTED_TYPE', field, message: expect.stringContaining('Accepted are PDF') }]])
  })

  it.each(['../../etc/passwd.pdf', '..\\a.pdf', '/a.pdf', 'C:a.pdf', 'a\0.pdf', 'a\r\nset-cookie: x.pdf', 'a\u202efdp.exe.pdf', '.htaccess.pdf', '..', ' a.pdf', 'a.pdf.', '"a".pdf', '<b>.pdf', 'a\u200b.pdf', `${'长'.repeat(200)}.pdf`])('refuses the name %j', async (name) => {
    const { status, json } = await refused({ name })
    expect([status, json.attachment, json.userErrors[0].field]).toEqual([422, null, 'input.fileName'])
  })

  it('reads the name as RFC 5987 writes it, and keeps it composed', async () => {
    expect((await upload({ headers: { 'x-file-name': "UTF-8''r%C3%A9sum%C3%A9%20(1).pdf" } })).json.attachment.fileName).toBe('résumé (1).pdf')
    expect((await upload({ headers: { 'x-file-name': encodeURIComponent('re\u0301sume\u0301.pdf') } })).json.attachment.fileName).toBe('résumé.pdf')
    for (const name of ['%E4%B8', '%', '', 'GBK\'\'%d6%d0.pdf'.replace('GBK', '%GG')]) expect([name, (await refused({ headers: { 'x-file-name': name } })).codes]).toEqual([name, ['BAD_REQUEST']])
  })

  it('wants task, key and type, each once, and says so', async () => {
    const plain = { authorization: 'Bearer bureau-CLERK', 'x-file-name': 'a.pdf' }
    for (const [path, headers] of [
      ['/attachments', { 'content-type': 'application/pdf' }],
      [`/attachments?task=${place.task.id}`, { 'content-type': 'application/pdf' }],
      [`/attachments?task=${place.task.id}&task=${place.task.id}&idempotencyKey=a`, { 'content-type': 'application/pdf' }],
      [`/attachments?task=${place.task.id}&idempotencyKey=a&assignment=`, { 'content-type': 'application/pdf' }],
      [`/attachments?task=${place.task.id}&idempotencyKey=a`, {}],
    ] as const) expect([path, (await door.send({ path, headers: { ...plain, ...headers }, body: pdf })).status]).toEqual([path, 400])
    expect((await refused({ headers: { 'content-encoding': 'gzip' } })).status).toBe(415)
    expect((await refused({ bytes: Buffer.alloc(0) })).json.userErrors).toMatchObject([{ code: 'REQUIRED', field: 'input.content' }])
    expect((await refused({ query: { task: 'task_x' } })).codes).toEqual(['BAD_USER_INPUT'])
  })
})

describe('how much', () => {
  const ofSize = (size: number) => Buffer.concat([pdf, Buffer.alloc(size - pdf.length, ' ')])

  it('takes a file up to the limit and refuses one byte more with 413', async () => {
    expect((await upload({ bytes: ofSize(limit) })).status).toBe(201)
    const over = await refused({ bytes: ofSize(limit + 1) })
    expect([over.status, over.codes, over.headers.connection]).toEqual([413, ['PAYLOAD_TOO_LARGE'], 'close'])
    expect(over.json.errors[0].message).toContain('larger than 65536 bytes')
  })

  it('refuses a body that does not say its length as soon as it is beyond the limit', async () => {
    let sent = 0
    const status = await new Promise<number>((resolve, reject) => {
      let answered = 0
      const outgoing = request(`${door.url}${paths({})}`, { method: 'POST', agent: false, headers: { ...headersOf({}), 'transfer-encoding': 'chunked' } }, (incoming) => {
        answered = incoming.statusCode!
        incoming.resume()
      })
      outgoing.on('error', (error: NodeJS.ErrnoException) => (['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? undefined : reject(error)))
      outgoing.on('close', () => resolve(answered))
      const more = () => {
        if (answered || outgoing.destroyed || sent > 200 * 1_048_576) return void outgoing.end()
        sent += 16_384
        outgoing.write(Buffer.alloc(16_384, ' '))
        setImmediate(more)
      }
      more()
    })
    expect(status).toBe(413)
    expect(sent).toBeLessThan(100 * 1_048_576)
    expect(await rows()).toEqual([])
    const chunked = await door.send({ path: paths({}), headers: { ...headersOf({}), 'transfer-encoding': 'chunked' }, body: pdf })
    expect(chunked.status).toBe(201)
  })

  it('spends the budget by size, before the bytes are read, and by what is fetched', async () => {
    // A write and 64 KiB are 114 of 150; the rest is enough for a small file and a look, and then for nothing.
    expect((await upload({ bytes: ofSize(limit) }, poor)).status).toBe(201)
    const [{ id }] = (await rows()) as [{ id: string }]
    const more = await refused({ bytes: ofSize(limit) }, poor)
    expect([more.status, more.codes, Number(more.headers['retry-after']) > 0]).toEqual([429, ['THROTTLED'], true])
    expect((await fetchAs('bureau-CLERK', id, poor)).status).toBe(429)
    expect((await fetchAs('bureau-DIRECTOR', id, poor)).status).toBe(200)
  })

  it('holds no more uploads at once than fit into memory, and gives each place back', async () => {
    const space = new UploadSpace(10)
    let finish!: () => void
    const until = new Promise<void>((done) => (finish = done))
    const under = [...'aabbccdd'].map((client) => space.during(client, 10, () => until))
    await expect(space.during('a', 1, async () => 1)).rejects.toMatchObject({ status: 503, code: 'UPLOADS_BUSY' })
    await expect(space.during('e', 1, async () => 1)).rejects.toMatchObject({ code: 'UPLOADS_BUSY' })
    finish()
    await Promise.all(under)
    await expect(space.during('a', 10, async () => { throw new Error('broken') })).rejects.toThrow('broken')
    expect(await Promise.all([space.during('a', 10, async () => 1), space.during('a', 10, async () => 2)])).toEqual([1, 2])
  })

  it('forgets an upload that breaks off', async () => {
    const outgoing = request(`${door.url}${paths({})}`, { method: 'POST', agent: false, headers: { ...headersOf({}), 'content-length': '1000' } })
    outgoing.on('error', () => undefined)
    outgoing.write(pdf)
    await pause(100)
    outgoing.destroy()
    await pause(100)
    expect(await rows()).toEqual([])
    expect((await upload()).status).toBe(201)
  })
})
