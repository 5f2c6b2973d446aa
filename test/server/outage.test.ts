import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { openBackbone, type Backbone } from '../../src/backbone.js'
import { readEnvironment } from '../../src/environment.js'
import { answersPlugin } from '../../src/server/answers.js'
import { createServer, type HeliServer } from '../../src/server.js'
import { startPostgres, type TestPostgres } from '../support/postgres.js'

let postgres: TestPostgres
let backbone: Backbone
let server: HeliServer
let url: string

beforeAll(async () => {
  postgres = await startPostgres()
  const environment = readEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_URL: postgres.url, PORT: '0' })
  const log = pino({ level: 'silent' })
  backbone = await openBackbone({ environment, log })
  server = await createServer({
    environment, log, database: backbone.database, schema: backbone.schema, sdl: backbone.sdl, plugins: [answersPlugin(log) as never],
    signIn: { identify: async (bearer) => (bearer ? { kind: 'person', issuer: 'test', subject: bearer } : { kind: 'anonymous' }) },
    contextFor: (facts) => backbone.contextFor({ ...facts, isRouter: false }),
  })
  url = await server.listen()
}, 120_000)

afterAll(async () => {
  await server?.stop()
  await backbone?.close()
  await postgres?.stop()
})

const ready = async () => {
  const response = await fetch(`${url}/readyz`)
  return { status: response.status, ...((await response.json()) as object) }
}
const ask = async (query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer admin', ...headers }, body: JSON.stringify({ query }) })
  return { status: response.status, retry: response.headers.get('retry-after'), json: (await response.json()) as any }
}
const create = 'mutation { divisionCreate(input: { idempotencyKey: "k", code: "330000", name: "示例省", level: PROVINCE }) { division { code } userErrors { code } } }'

// In the order in which an installation meets them.
describe('a server', () => {
  it('on a database without migrations is not ready, and names what is missing', async () => {
    const names = await backbone.database.pendingMigrations()
    expect(await ready()).toEqual({ status: 503, ready: false, reasons: names.map((name) => `migration ${name} is not applied`) })
    await backbone.database.migrate()
    expect(await ready()).toEqual({ status: 200, ready: true, reasons: [] })
    expect(await backbone.database.migrate()).toEqual([])
  }, 60_000)

  it('whose database goes away says that it is an outage, never that something is forbidden, and is itself again when it comes back', async () => {
    await backbone.database.transaction(async (run) => {
      const person = 'pers_01h455vb4pex5vsknk084sn02q'
      for (const text of [
        `insert into division (id, code, name, level) values ('div_01h455vb4pex5vsknk084sn02q', '100000', '某省', 'PROVINCE')`,
        `insert into unit (id, code, name, kind, division_id, founded_on) values ('unit_01h455vb4pex5vsknk084sn02q', 'U', '信息中心', 'PUBLIC_INSTITUTION', 'div_01h455vb4pex5vsknk084sn02q', '2000-01-01')`,
        `insert into person (id, code, name) values ('${person}', 'P', '示甲')`,
        `insert into account (id, issuer, subject, person_id) values ('acct_01h455vb4pex5vsknk084sn02q', 'test', 'admin', '${person}')`,
        `insert into appointment (id, person_id, unit_id, role, is_main, valid_from) values ('appt_01h455vb4pex5vsknk084sn02q', '${person}', 'unit_01h455vb4pex5vsknk084sn02q', 'SYSTEM_ADMIN', true, '2000-01-01')`,
      ]) await run({ text, values: [] })
    })
    expect((await ask('{ divisions { totalCount } }')).json).toMatchObject({ data: { divisions: { totalCount: 1 } } })
    if (!postgres.halt) return

    await postgres.halt('SIGQUIT')
    try {
      expect(await ready()).toEqual({ status: 503, ready: false, reasons: ['the database does not answer'] })
      expect((await fetch(`${url}/livez`)).status).toBe(200)
      for (const query of ['{ divisions { totalCount } }', '{ viewer { id } }', create]) {
        expect(await ask(query)).toMatchObject({
          status: 503, retry: '2', json: { errors: [{ message: 'The database does not answer at the moment. Try again shortly.', extensions: { code: 'DATABASE_UNAVAILABLE', requestId: expect.any(String) } }] },
        })
      }
      expect((await ask('{ divisions { totalCount } }', { 'accept-language': 'zh' })).json.errors[0].message).toBe('数据库暂时没有响应，请稍后再试。')
    } finally {
      await postgres.resume!()
    }

    expect(await ready()).toEqual({ status: 200, ready: true, reasons: [] })
    expect((await ask('{ divisions { totalCount } }')).json).toMatchObject({ data: { divisions: { totalCount: 1 } } })
    expect((await ask(create)).json).toMatchObject({ data: { divisionCreate: { division: { code: '330000' }, userErrors: [] } } })
  }, 60_000)

  it('whose database goes away between signing in and reading says the same', async () => {
    if (!postgres.halt) return
    const read = backbone.engine.connection.read
    let asked = 0
    // The first statement finds the viewer; the server is gone before the second.
    Object.assign(backbone.database, {
      read: async (...parameters: Parameters<typeof read>) => {
        if (++asked === 2) await postgres.halt!('SIGQUIT')
        return read(...parameters)
      },
    })
    try {
      const { json } = await ask('{ viewer { id } divisions { totalCount } }')
      expect(json.data ?? null).toBeNull()
      expect(json.errors.map((error: { message: string; extensions: { code: string } }) => [error.extensions.code, error.message])).toEqual([['DATABASE_UNAVAILABLE', 'The database does not answer at the moment. Try again shortly.']])
      expect(asked).toBe(2)
    } finally {
      Object.assign(backbone.database, { read })
      // Twice running on one folder, the first could no longer be stopped.
      if (asked >= 2) await postgres.resume!()
    }
  }, 60_000)

  it('that is stopping is not ready', async () => {
    const http = await createServer({
      environment: readEnvironment({ NODE_ENV: 'test', PORT: '0' }), log: pino({ level: 'silent' }), database: backbone.database, schema: backbone.schema, sdl: backbone.sdl,
      signIn: { identify: async () => ({ kind: 'anonymous' }) }, contextFor: (facts) => backbone.contextFor({ ...facts, isRouter: false }),
    })
    const address = await http.listen()
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    await http.stop()
    await expect(fetch(`${address}/readyz`)).rejects.toThrow()
  })
})
