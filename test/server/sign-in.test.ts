import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { readEnvironment } from '../../src/environment.js'
import { answersPlugin } from '../../src/server/answers.js'
import { createLog, createServer, isRouter, type HeliServer } from '../../src/server.js'
import { hashServiceToken, openSignIn, type SignIn } from '../../src/sign-in/index.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
let server: HeliServer
let signIn: SignIn
let url: string

beforeAll(async () => {
  const environment = readEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: 'memory://', PORT: '0' })
  const log = createLog(environment)
  signIn = await openSignIn(environment)
  server = await createServer({
    environment, log, signIn, database: world.backbone.database, schema: world.backbone.schema, sdl: world.backbone.sdl, plugins: [answersPlugin(log) as never],
    contextFor: (facts) => world.backbone.contextFor({ ...facts, isRouter: isRouter(environment.ROUTER_CREDENTIAL, facts.router) }),
  })
  url = await server.listen()
}, 60_000)
afterAll(() => server?.stop())

let person: { id: string }
beforeEach(async () => {
  const { office } = await world.build.network()
  person = await world.build.person({ unit: office.id, role: 'CLERK' })
  await world.build.row('account', 'acct', { issuer: signIn.demo!.issuer, subject: 'clerk', personId: person.id })
  await world.build.row('service_token', 'stok', { name: 'bi', tokenHash: hashServiceToken(signIn.demo!.serviceToken('bi')), role: 'BI_READER', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
})

const query = '{ viewer { id posts { role isEffective } } }'
const mutate = 'mutation { divisionCreate(input: { idempotencyKey: "k", code: "990000", name: "某省", level: PROVINCE }) { userErrors { code } } }'
async function ask(authorization: string | undefined, text = query, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}), ...headers }, body: JSON.stringify({ query: text }) })
  return { status: response.status, challenge: response.headers.get('www-authenticate'), json: (await response.json()) as any }
}
async function sign(claims: Record<string, unknown>): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256')
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: signIn.demo!.jwks.keys[0]!.kid! }).sign(privateKey)
}
const soon = () => Math.floor(Date.now() / 1_000) + 600

describe('a token', () => {
  it('of the demo issuer signs its persona in', async () => {
    expect((await ask(`Bearer ${await signIn.demo!.mint('clerk')}`)).json.data).toEqual({ viewer: { id: person.id, posts: [{ role: 'CLERK', isEffective: true }] } })
  })

  it('of a service account signs it in without a person', async () => {
    const { json } = await ask(`Bearer ${signIn.demo!.serviceToken('bi')}`, '{ viewer { person { id } posts { role } } people { totalCount } }')
    expect(json.data).toEqual({ viewer: { person: null, posts: [{ role: 'BI_READER' }] }, people: { totalCount: 0 } })
  })

  it.each<[string, () => Promise<string>, RegExp]>([
    ['that somebody else signed', async () => `Bearer ${await sign({ sub: 'clerk', iss: signIn.demo!.issuer, aud: 'heli', exp: soon() })}`, /signature of the token does not match.*Sign in again/],
    ['of another issuer', async () => `Bearer ${await sign({ sub: 'clerk', iss: 'https://login.example', aud: 'heli', exp: soon() })}`, /issued by somebody whom this server does not trust\. Sign in through/],
    ['without a signature', async () => `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: 'clerk', iss: signIn.demo!.issuer, aud: 'heli', exp: soon() })).toString('base64url')}.`, /holds no usable token/],
    ['that is a word', async () => 'Bearer clerk', /holds no usable token\. Send "Authorization: Bearer <token>"/],
    ['of another scheme', async () => 'Basic Y2xlcms6Y2xlcms=', /holds no usable token/],
    ['of a service account that is not known', async () => `Bearer heli_${'a'.repeat(43)}`, /no account here belongs to it/],
    ['of a persona without an account', async () => `Bearer ${await signIn.demo!.mint('nobody')}`, /no account here belongs to it, or the account is blocked.*Ask the security administrator/],
  ])('%s is a 401 that says what to do, whatever is asked, and nothing happens', async (_name, authorization, says) => {
    for (const text of [query, '{ __typename }', mutate]) {
      const { status, challenge, json } = await ask(await authorization(), text)
      expect({ status, challenge }).toEqual({ status: 401, challenge: 'Bearer error="invalid_token"' })
      expect(json).toEqual({ errors: [{ message: expect.stringMatching(says), extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) } }] })
    }
    expect(await world.sql(`select 1 from division where code = '990000'`)).toEqual([])
    expect(await world.sql('select 1 from audit_entry')).toEqual([])
  })

  it('that has expired is a 401 that says so, in the language asked for', async () => {
    const bearer = `Bearer ${await signIn.demo!.mint('clerk')}`
    expect((await ask(bearer)).status).toBe(200)
    // The demo key signs for thirty days; a clock beyond them is easier to come by than its private half.
    const now = Date.now
    Date.now = () => now() + 31 * 86_400_000
    const RealDate = globalThis.Date
    class LaterDate extends RealDate {
      constructor(...parts: []) {
        if (parts.length === 0) super(RealDate.now())
        else super(...parts)
      }
    }
    globalThis.Date = LaterDate as DateConstructor
    try {
      const { status, json } = await ask(bearer, query, { 'accept-language': 'zh-CN' })
      expect({ status, error: json.errors[0] }).toEqual({ status: 401, error: { message: '令牌已过期，请重新登录获取新令牌。', extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) } } })
    } finally {
      globalThis.Date = RealDate
      Date.now = now
    }
  })

  it('stops working with the next request when its account is blocked, its service token revoked or expired', async () => {
    const bearer = `Bearer ${await signIn.demo!.mint('clerk')}`
    const service = `Bearer ${signIn.demo!.serviceToken('bi')}`
    expect([(await ask(bearer)).status, (await ask(service)).status]).toEqual([200, 200])
    await world.sql('update account set blocked_at = now()')
    await world.sql('update service_token set revoked_at = now()')
    expect([(await ask(bearer)).status, (await ask(service)).status]).toEqual([401, 401])
    await world.sql('update account set blocked_at = null')
    await world.sql(`update service_token set revoked_at = null, expires_at = now() - interval '1 second'`)
    expect([(await ask(bearer)).status, (await ask(service)).status]).toEqual([200, 401])
  })

  it('lends no right that its appointment no longer lends', async () => {
    const bearer = `Bearer ${await signIn.demo!.mint('clerk')}`
    await world.sql(`update appointment set valid_to = '2026-11-23' where person_id = $1`, [person.id])
    expect((await ask(bearer)).json.data).toEqual({ viewer: { id: person.id, posts: [] } })
    // The directory is for everybody signed in; the work of the unit is not.
    expect((await ask(bearer, '{ people { totalCount } initiatives { totalCount } tasks { totalCount } auditEntries { totalCount } }')).json.data).toEqual({
      people: { totalCount: 2 }, initiatives: { totalCount: 0 }, tasks: { totalCount: 0 }, auditEntries: { totalCount: 0 },
    })
  })
})

describe('without a token', () => {
  it('every query and mutation of the schema but the gateway\'s is UNAUTHENTICATED', async () => {
    const { schema } = world.backbone
    const roots = [...Object.values(schema.getQueryType()!.getFields()), ...Object.values(schema.getMutationType()!.getFields())].filter(({ name }) => name !== '_service')
    expect(roots.length).toBeGreaterThan(40)
    const open: string[] = []
    for (const { name } of roots) {
      const row = world.backbone.engine.policy.rows.get('Query')?.get(name) ?? world.backbone.engine.policy.rows.get('Mutation')?.get(name)
      if (!row || row.row.read.kind === 'open') open.push(name)
    }
    expect(open).toEqual([])
    for (const text of [query, '{ units { totalCount } }', '{ nodes(ids: []) { id } }', mutate]) expect((await ask(undefined, text)).json.errors.map((error: { extensions: { code: string } }) => error.extensions.code)).toEqual(['UNAUTHENTICATED'])
    expect(await world.sql(`select 1 from division where code = '990000'`)).toEqual([])
  })

  it('the public half of the demo key is served, and the private one is not', async () => {
    const { keys } = (await (await fetch(`${url}/.well-known/jwks.json`)).json()) as { keys: Record<string, string>[] }
    expect(keys).toHaveLength(1)
    expect(Object.keys(keys[0]!).sort()).toEqual(Object.keys({ ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), alg: '', use: '', kid: '' }).sort())
  })
})
