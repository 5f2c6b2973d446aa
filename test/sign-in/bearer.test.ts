import { createHmac, createPublicKey } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type JWTPayload, SignJWT, UnsecuredJWT, createLocalJWKSet, exportJWK, generateKeyPair, importJWK } from 'jose'
import { type Identify, SignInError, SignInUnavailable, bearerOf, createIdentify, demoServiceToken, hashServiceToken, openDemoIssuer, remoteKeys } from '../../src/sign-in/index.js'

const issuer = 'https://id.example.gov.cn'
const audience = 'heli'
const now = () => Math.floor(Date.now() / 1_000)

type Pair = Awaited<ReturnType<typeof generateKeyPair>>
const pairs = {} as Record<'rsa' | 'ec' | 'ed' | 'other' | 'p384', Pair>
let identify: Identify
let publicPem: string

beforeAll(async () => {
  pairs.rsa = await generateKeyPair('RS256', { extractable: true })
  pairs.ec = await generateKeyPair('ES256', { extractable: true })
  pairs.ed = await generateKeyPair('EdDSA', { extractable: true })
  pairs.other = await generateKeyPair('ES256', { extractable: true })
  pairs.p384 = await generateKeyPair('ES384', { extractable: true })
  const keys = await Promise.all((['rsa', 'ec', 'ed', 'p384'] as const).map(async (kid) => ({ ...(await exportJWK(pairs[kid].publicKey)), kid, use: 'sig' })))
  // A provider may publish a symmetric key by mistake; it must not become a way in.
  const shared = { kty: 'oct', kid: 'shared', k: Buffer.from('a shared secret of 32 bytes long').toString('base64url') }
  identify = createIdentify([{ issuer, audience, keys: createLocalJWKSet({ keys: [...keys, shared] }) }])
  publicPem = createPublicKey({ key: await exportJWK(pairs.rsa.publicKey), format: 'jwk' } as never).export({ type: 'spki', format: 'pem' }).toString()
})

interface Changes {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
  without?: string[]
  key?: keyof typeof pairs
}

async function mint({ header = {}, claims = {}, without = [], key = 'ec' }: Changes = {}): Promise<string> {
  const payload: Record<string, unknown> = { sub: 'u-100', iss: issuer, aud: audience, iat: now(), exp: now() + 600, ...claims }
  for (const name of without) delete payload[name]
  const algorithm = { rsa: 'RS256', ec: 'ES256', ed: 'EdDSA', other: 'ES256', p384: 'ES384' }[key]
  return new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: key, ...header }).sign(pairs[key].privateKey)
}

const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const goodClaims = () => ({ sub: 'u-100', iss: issuer, aud: audience, iat: now(), exp: now() + 600 })

function hmac(header: Record<string, unknown>, secret: string | Buffer): string {
  const signed = `${part(header)}.${part(goodClaims())}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

async function withPart(index: 0 | 1 | 2, change: (text: string) => string): Promise<string> {
  const parts = (await mint()).split('.')
  parts[index] = change(parts[index] as string)
  return parts.join('.')
}

const bad: Record<string, [reason: string, token: () => string | Promise<string>]> = {
  'an empty token': ['MALFORMED', () => ''],
  'a word': ['MALFORMED', () => 'coordinator'],
  'two parts': ['MALFORMED', async () => (await mint()).split('.').slice(0, 2).join('.')],
  'four parts': ['MALFORMED', async () => `${await mint()}.x`],
  'five parts, as an encrypted token has': ['MALFORMED', async () => `${await mint()}.x.y`],
  'an empty signature': ['MALFORMED', () => withPart(2, () => '')],
  'dots only': ['MALFORMED', () => '..'],
  'characters outside base64url': ['MALFORMED', () => withPart(1, (text) => `${text}!`)],
  'a line break inside': ['MALFORMED', () => withPart(1, (text) => `${text}\n`)],
  'a payload that is no JSON': ['MALFORMED', () => withPart(1, () => part('not json'))],
  'a payload that is null': ['WRONG_ISSUER', () => withPart(1, () => part('null'))],
  'a payload that is a list': ['WRONG_ISSUER', () => withPart(1, () => part('[]'))],
  'a header that is no JSON': ['MALFORMED', () => withPart(0, () => part('not json'))],
  'a header without algorithm': ['MALFORMED', () => withPart(0, () => part({ typ: 'JWT', kid: 'ec' }))],
  'more than 8 KiB': ['TOO_LONG', () => mint({ claims: { groups: 'x'.repeat(9_000) } })],
  'a megabyte': ['TOO_LONG', () => 'a'.repeat(1_048_576)],
  'alg none, unsigned': ['MALFORMED', () => new UnsecuredJWT(goodClaims()).encode()],
  'alg none with a signature': ['WRONG_KIND', () => withPart(0, () => part({ alg: 'none', kid: 'ec' }))],
  'alg None': ['WRONG_KIND', () => withPart(0, () => part({ alg: 'None', kid: 'ec' }))],
  'HS256 with the public key as the secret': ['WRONG_KIND', () => hmac({ alg: 'HS256', typ: 'JWT', kid: 'rsa' }, publicPem)],
  'HS256 with an empty secret': ['WRONG_KIND', () => hmac({ alg: 'HS256', typ: 'JWT', kid: 'ec' }, '')],
  'HS256 with the symmetric key of the set': ['WRONG_KIND', () => hmac({ alg: 'HS256', typ: 'JWT', kid: 'shared' }, 'a shared secret of 32 bytes long')],
  'ES256 with the symmetric key of the set': ['BAD_SIGNATURE', () => hmac({ alg: 'ES256', typ: 'JWT', kid: 'shared' }, 'a shared secret of 32 bytes long')],
  'an algorithm that is not on the list, rightly signed': ['WRONG_KIND', () => mint({ key: 'p384' })],
  'RS256 written over an ES256 signature': ['BAD_SIGNATURE', () => withPart(0, () => part({ alg: 'RS256', typ: 'JWT', kid: 'ec' }))],
  'a key of somebody else': ['BAD_SIGNATURE', () => mint({ key: 'other', header: { kid: 'ec' } })],
  'an unknown key id': ['BAD_SIGNATURE', () => mint({ header: { kid: 'gone' } })],
  'a key brought along in the header': ['BAD_SIGNATURE', async () => mint({ key: 'other', header: { kid: 'own', jwk: await exportJWK(pairs.other.publicKey) } })],
  'a key address brought along in the header': ['BAD_SIGNATURE', () => mint({ key: 'other', header: { kid: 'own', jku: 'https://evil.example/jwks.json' } })],
  'a key id that walks the file system': ['BAD_SIGNATURE', () => mint({ header: { kid: '../../etc/passwd' } })],
  'an unknown critical header': ['WRONG_KIND', () => mint({ header: { crit: ['x-must'], 'x-must': true } }).catch(() => withPart(0, () => part({ alg: 'ES256', kid: 'ec', crit: ['x-must'], 'x-must': true })))],
  'one character of the signature changed': ['BAD_SIGNATURE', () => withPart(2, (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1))],
  'a shortened signature': ['BAD_SIGNATURE', () => withPart(2, (text) => text.slice(0, 40))],
  'another subject under the old signature': ['BAD_SIGNATURE', () => withPart(1, () => part({ ...goodClaims(), sub: 'u-1' }))],
  'the payload of another token': ['BAD_SIGNATURE', async () => { const other = (await mint({ claims: { sub: 'u-2' } })).split('.')[1] as string; return withPart(1, () => other) }],
  'expired a minute ago': ['EXPIRED', () => mint({ claims: { exp: now() - 60 } })],
  'expired in 1970': ['EXPIRED', () => mint({ claims: { exp: 0 } })],
  'without expiry': ['WRONG_KIND', () => mint({ without: ['exp'] })],
  'an expiry in words': ['WRONG_KIND', () => mint({ claims: { exp: '2099-01-01' } })],
  'valid only from tomorrow': ['NOT_YET_VALID', () => mint({ claims: { nbf: now() + 86_400 } })],
  'issued tomorrow': ['NOT_YET_VALID', () => mint({ claims: { iat: now() + 86_400, exp: now() + 90_000 } })],
  'another issuer': ['WRONG_ISSUER', () => mint({ claims: { iss: 'https://evil.example' } })],
  'the issuer with a slash at its end': ['WRONG_ISSUER', () => mint({ claims: { iss: `${issuer}/` } })],
  'the issuer in capitals': ['WRONG_ISSUER', () => mint({ claims: { iss: issuer.toUpperCase() } })],
  'the issuer in a list': ['WRONG_ISSUER', () => mint({ claims: { iss: [issuer] } })],
  'without issuer': ['WRONG_ISSUER', () => mint({ without: ['iss'] })],
  'another audience': ['WRONG_AUDIENCE', () => mint({ claims: { aud: 'payroll' } })],
  'a list of other audiences': ['WRONG_AUDIENCE', () => mint({ claims: { aud: ['payroll', 'mail'] } })],
  'an audience that begins alike': ['WRONG_AUDIENCE', () => mint({ claims: { aud: 'heli-admin' } })],
  'without audience': ['WRONG_AUDIENCE', () => mint({ without: ['aud'] })],
  'without subject': ['WRONG_KIND', () => mint({ without: ['sub'] })],
  'an empty subject': ['WRONG_KIND', () => mint({ claims: { sub: '' } })],
  'a blank subject': ['WRONG_KIND', () => mint({ claims: { sub: '   ' } })],
  'a subject that is a number': ['WRONG_KIND', () => mint({ claims: { sub: 100 } })],
  'a subject of 300 characters': ['WRONG_KIND', () => mint({ claims: { sub: 'x'.repeat(300) } })],
  'a subject with a NUL': ['WRONG_KIND', () => mint({ claims: { sub: 'u-100\u0000admin' } })],
  'a logout token': ['WRONG_KIND', () => mint({ header: { typ: 'logout+jwt' } })],
  'a proof of possession': ['WRONG_KIND', () => mint({ header: { typ: 'dpop+jwt' } })],
  'a token bound to a key of its holder': ['WRONG_KIND', () => mint({ claims: { cnf: { jkt: 'abc' } } })],
  'a service token one character short': ['MALFORMED', () => `heli_${'a'.repeat(42)}`],
  'a service token one character long': ['MALFORMED', () => `heli_${'a'.repeat(44)}`],
}

describe('a bad token is refused', () => {
  test('there are 40 of them or more', () => expect(Object.keys(bad).length).toBeGreaterThanOrEqual(40))

  test.each(Object.entries(bad))('%s', async (_what, [reason, make]) => {
    const token = await make()
    const error = await identify(token).then(
      (identity) => expect(identity).toBe('refused'),
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(SignInError)
    expect((error as SignInError).reason).toBe(reason)
    expect((error as SignInError).code).toBe('UNAUTHENTICATED')
    // A message ends up in logs and on screens: nothing of the token, nothing of the library.
    for (const said of Object.values((error as SignInError).said)) {
      if (token.length > 3) expect(said).not.toContain(token.slice(0, 40))
      expect(said).not.toMatch(/jose|JWS|JWT|claim check|unexpected/i)
    }
  })
})

describe('a good token is accepted', () => {
  const person = { kind: 'person', issuer, subject: 'u-100' }

  test.each(['rsa', 'ec', 'ed'] as const)('signed with %s', async (key) => expect(await identify(await mint({ key }))).toEqual(person))
  test('signed with PS256', async () => {
    const token = await new SignJWT(goodClaims()).setProtectedHeader({ alg: 'PS256', kid: 'rsa' }).sign(await importJWK(await exportJWK(pairs.rsa.privateKey), 'PS256'))
    expect(await identify(token)).toEqual(person)
  })
  test('of type at+jwt', async () => expect(await identify(await mint({ header: { typ: 'at+jwt' } }))).toEqual(person))
  test('with several audiences', async () => expect(await identify(await mint({ claims: { aud: ['mail', audience] } }))).toEqual(person))
  test('no token is nobody', async () => expect(await identify(undefined)).toEqual({ kind: 'anonymous' }))
  test('a service token is known by its hash only', async () => {
    const token = demoServiceToken('key', 'bi')
    expect(token).toMatch(/^heli_[\w-]{43}$/)
    expect(demoServiceToken('key', 'bi')).toBe(token)
    expect(demoServiceToken('key', 'other')).not.toBe(token)
    expect(await identify(token)).toEqual({ kind: 'service', tokenHash: hashServiceToken(token) })
  })
})

describe('the Authorization header', () => {
  test('gives the token', () => expect(bearerOf('Bearer abc.def.ghi')).toBe('abc.def.ghi'))
  test('may be absent', () => expect(bearerOf(undefined)).toBeUndefined())
  test.each(['Basic dXNlcjpwdw==', 'Bearer', 'Bearer ', 'abc.def.ghi', 'Bearer a b', 'Token abc'])('"%s" is refused', (header) => {
    expect(() => bearerOf(header)).toThrow(SignInError)
  })
})

describe('keys by address', () => {
  let status = 200
  let asked = 0
  let body: string
  const provider = createServer((_request, response) => {
    asked++
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })

  beforeAll(async () => {
    body = JSON.stringify({ keys: [{ ...(await exportJWK(pairs.ec.publicKey)), kid: 'ec' }] })
    await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))
  })
  afterAll(() => new Promise((done) => provider.close(done)))

  const fromProvider = () => createIdentify([{ issuer, audience, keys: remoteKeys(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/jwks.json`) }])

  test('are asked for once', async () => {
    const check = fromProvider()
    asked = 0
    await Promise.all([check(await mint()), check(await mint())])
    await check(await mint())
    expect(asked).toBe(1)
  })

  test('an unknown key id does not ask again and again', async () => {
    const check = fromProvider()
    await check(await mint())
    asked = 0
    for (let i = 0; i < 5; i++) await expect(check(await mint({ header: { kid: `k${i}` } }))).rejects.toBeInstanceOf(SignInError)
    expect(asked).toBe(0)
  })

  test('a provider that is down is no wrong token', async () => {
    status = 503
    const check = fromProvider()
    await expect(check(await mint())).rejects.toBeInstanceOf(SignInUnavailable)
    status = 200
    expect((await check(await mint())).kind).toBe('person')
  })
})

describe('the demo issuer', () => {
  test('signs personas in', async () => {
    const demo = await openDemoIssuer({ DATA_DIR: 'memory://', isProduction: false })
    const check = createIdentify([demo.trust])
    expect(await check(await demo.mint('coordinator'))).toEqual({ kind: 'person', issuer: 'http://demo.heli.invalid', subject: 'coordinator' })
    expect(JSON.stringify(demo.jwks)).not.toContain('"d"')
  })
  test('is not trusted by a server with an identity provider', async () => {
    const demo = await openDemoIssuer({ DATA_DIR: 'memory://', isProduction: false })
    await expect(identify(await demo.mint('coordinator'))).rejects.toMatchObject({ reason: 'WRONG_ISSUER' })
  })
  test('does not start in production', () => expect(openDemoIssuer({ DATA_DIR: 'memory://', isProduction: true })).rejects.toThrow('NODE_ENV=production'))
})

describe('a token that was good a moment ago', () => {
  const keysOf = async (...kids: (keyof typeof pairs)[]) => createLocalJWKSet({ keys: await Promise.all(kids.map(async (kid) => ({ ...(await exportJWK(pairs[kid].publicKey)), kid, use: 'sig' }))) })

  test('is refused once it has expired', async () => {
    // Five seconds of difference between clocks are forgiven.
    const token = await mint({ claims: { exp: now() - 3 } })
    expect(await identify(token)).toEqual({ kind: 'person', issuer, subject: 'u-100' })
    await new Promise((later) => setTimeout(later, 3_100))
    await expect(identify(token)).rejects.toMatchObject({ reason: 'EXPIRED' })
  })

  test('is checked again after half a minute, so that a key taken out of the set ends it', async () => {
    let keys = await keysOf('ec')
    const one = createIdentify([{ issuer, audience, keys: (header, input) => keys(header, input) }])
    const token = await mint()
    const person = { kind: 'person', issuer, subject: 'u-100' }
    expect(await one(token)).toEqual(person)
    keys = await keysOf('rsa')
    expect(await one(token)).toEqual(person)
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 30_001)
    await expect(one(token)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' })
    later.mockRestore()
    await expect(one(token)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' })
  })
})
