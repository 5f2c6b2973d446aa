import { beforeEach, describe, expect, it } from '@jest/globals'
import { keepPage, LetGo, takeNext } from '../../src/exporting/kept.js'
import { runNextExport } from '../../src/exporting/run.js'
import { createLog } from '../../src/server.js'
import type { Built } from '../support/build.js'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world)
const log = createLog({ LOG_LEVEL: 'silent' })
let province: Built
let office: Built

beforeEach(async () => {
  ;({ province, office } = await world.build.network())
  await world.sql(`insert into unit (id, code, name, kind, division_id, founded_on) select 'unit_01z' || lpad(n::text, 23, '0'), 'U' || n, '单位' || n, 'EDUCATION', $1, '2000-01-01' from generate_series(1, 4500) n`, [province.id])
  await world.build.person({ login: 'clerk', unit: office.id, role: 'CLERK' })
})

const request = (input: object = {}, as = 'coordinator') =>
  world.as(as).run('mutation ($input: ExportRequestInput!) { exportRequest(input: $input) { exportJob { id state view format filter rowsDone progress resultPath } userErrors { code field message } } }', { input: { view: 'units', format: 'ndjson', idempotencyKey: `${Math.random()}`, ...input } })
const asked = async (input: object = {}, as = 'coordinator'): Promise<string> => {
  const { data } = await request(input, as)
  expect(data.exportRequest.userErrors).toEqual([])
  return data.exportRequest.exportJob.id
}
const job = async (id: string, as = 'coordinator') => {
  const { data, codes } = await world.as(as).run('query ($id: ID!) { exportJob(id: $id) { state rowsDone rowsTotal progress resultPath sha256 failure version viewerCan { exportCancel { allowed } } } }', { id })
  return codes.length > 0 ? codes : data.exportJob
}
const run = (signal?: AbortSignal) => runNextExport(world.backbone, log, signal)
const fetched = (path: string, as = 'coordinator') => fetch(`${door.url}${path}`, { headers: { authorization: `Bearer ${as}` } })
const chunks = async () => (await world.sql<{ rows: number }>('select rows from export_chunk order by number')).map(({ rows }) => rows)

describe('an export in the background', () => {
  it('is written as its owner sees it, and fetched as the file that the view gives at once', async () => {
    for (const format of ['csv', 'ndjson', 'xlsx', 'parquet']) {
      const id = await asked({ format, filter: { kind: { eq: 'EDUCATION' } } })
      expect(await job(id)).toMatchObject({ state: 'QUEUED', rowsDone: 0, progress: null, resultPath: null, viewerCan: { exportCancel: { allowed: true } } })
      expect((await fetched(`/export/jobs/${id}`)).status).toBe(409)
      expect(await run()).toBe(true)
      const done = await job(id)
      expect(done).toMatchObject({ state: 'DONE', rowsDone: 4_500, rowsTotal: 4_500, progress: 1, resultPath: `/export/jobs/${id}`, failure: null })
      const answer = await fetched(done.resultPath)
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"${done.sha256}"`])
      expect(bytes.equals(Buffer.from(await (await fetched(`/export/units.${format}?kind=EDUCATION`)).arrayBuffer()))).toBe(true)
    }
    expect(await run()).toBe(false)
  }, 60_000)

  it('is there for nobody else, and for its owner no longer once the rights change', async () => {
    const id = await asked()
    await run()
    expect(await job(id, 'clerk')).toEqual(['NOT_FOUND'])
    expect((await fetched(`/export/jobs/${id}`, 'clerk')).status).toBe(404)
    await world.build.person({ login: 'auditor', unit: office.id, role: 'AUDITOR' })
    expect((await fetched(`/export/jobs/${id}`, 'auditor')).status).toBe(404)
    await world.sql(`update appointment set valid_to = '2026-11-01' where role = 'COORDINATOR'`)
    expect((await fetched(`/export/jobs/${id}`)).status).toBe(403)
  }, 30_000)

  it('of a service token is fetched with that token', async () => {
    await world.sql(`insert into service_token (id, name, token_hash, role, unit_id, expires_at) values ('stok_a', 'a', 'service-a', 'BI_READER', $1, now() + interval '1 year'), ('stok_b', 'b', 'service-b', 'BI_READER', $1, now() + interval '1 year')`, [office.id])
    const id = await asked({}, 'service:service-a')
    await run()
    expect((await fetched(`/export/jobs/${id}`, 'service-b')).status).toBe(404)
    expect((await fetched(`/export/jobs/${id}`, 'service-a')).status).toBe(200)
    await world.sql(`update service_token set revoked_at = now() where id = 'stok_a'`)
    expect((await fetched(`/export/jobs/${id}`, 'service-a')).status).toBe(401)
  }, 30_000)

  it('goes on behind the last page after an interruption, and gives the same file', async () => {
    const [first, second] = [await asked(), await asked()]
    const stop = new AbortController()
    stop.abort()
    await run(stop.signal)
    expect(await job(first)).toMatchObject({ state: 'RUNNING', rowsDone: 2_000, progress: 0.4443 })
    await run(stop.signal)
    await run()
    await run()
    expect([(await job(first)).state, (await job(second)).state]).toEqual(['DONE', 'DONE'])
    expect((await job(first)).sha256).toBe((await job(second)).sha256)
    expect(await chunks()).toEqual([2_000, 2_000, 2_000, 2_000, 501, 501])
  }, 30_000)

  it('belongs to one writer at a time, and to another when that one falls silent', async () => {
    const { database } = world.backbone
    await asked()
    const lost = (await takeNext(database))!
    expect(await takeNext(database)).toBeUndefined()
    await world.sql(`update export_job set held_until = now() - interval '1 second'`)
    const found = (await takeNext(database))!
    expect([found.id, found.attempts]).toEqual([lost.id, 2])
    await expect(keepPage(database, lost, ['id'], [['unit_x']], { rows: 1, endCursor: 'c' })).rejects.toThrow(LetGo)
    expect(await chunks()).toEqual([])
    await keepPage(database, found, ['id'], [['unit_x']], { rows: 1, endCursor: 'c' })
    expect(await chunks()).toEqual([1])
  })

  it.each([
    ['the appointment ends', `update appointment set valid_to = '2026-11-01' where role = 'COORDINATOR'`],
    ['the account is blocked', `update account set blocked_at = now() where subject = 'coordinator'`],
  ])('ends where %s', async (_what, change) => {
    const id = await asked()
    await world.sql(change)
    await run()
    expect(await world.sql('select state, failure, rows_done from export_job where id = $1', [id])).toEqual([{ state: 'FAILED', failure: 'RIGHTS_CHANGED', rows_done: 0 }])
    expect(await chunks()).toEqual([])
  })

  it('is called off by its owner alone, and then written no further', async () => {
    const id = await asked()
    const cancel = (as: string, version: number) => world.as(as).run('mutation ($input: ExportCancelInput!) { exportCancel(input: $input) { exportJob { state } userErrors { code } } }', { input: { exportJobId: id, expectedVersion: version, idempotencyKey: `${as} ${version}` } })
    expect((await cancel('clerk', 1)).codes).toEqual(['NOT_FOUND'])
    expect((await job(id)).state).toBe('QUEUED')
    const stop = new AbortController()
    stop.abort()
    await run(stop.signal)
    expect((await cancel('coordinator', 1)).data.exportCancel).toEqual({ exportJob: { state: 'CANCELLED' }, userErrors: [] })
    expect(await chunks()).toEqual([])
    expect(await run()).toBe(false)
    expect((await cancel('coordinator', 2)).data.exportCancel.userErrors).toEqual([{ code: 'ILLEGAL_TRANSITION' }])
  })

  it('is gone when its days are over', async () => {
    const id = await asked()
    await run()
    await world.sql(`update export_job set expires_at = now()`)
    expect((await job(id)).resultPath).toBeNull()
    expect(await run()).toBe(false)
    expect(await job(id)).toMatchObject({ state: 'EXPIRED', resultPath: null })
    expect((await fetched(`/export/jobs/${id}`)).status).toBe(410)
    expect(await chunks()).toEqual([])
  })

  it('is refused with a filter that its view does not take, and beyond five at once', async () => {
    expect((await request({ filter: { kinds: { eq: 'X' } } })).data.exportRequest).toMatchObject({ exportJob: null, userErrors: [{ code: 'OUT_OF_RANGE', field: 'input.filter' }] })
    expect((await request({}, 'nobody')).codes).toEqual(['UNAUTHENTICATED'])
    for (let at = 0; at < 5; at++) await asked()
    expect((await request()).data.exportRequest.userErrors).toMatchObject([{ code: 'TOO_MANY' }])
    await asked({}, 'clerk')
  })
})
