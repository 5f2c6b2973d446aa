import { randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type JSONWebKeySet, type JWK, SignJWT, calculateJwkThumbprint, createLocalJWKSet, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Environment } from '../environment.js'
import type { Trust } from './bearer.js'
import { demoServiceToken } from './service-token.js'

// Reserved by RFC 2606, so that no real identity provider can ever be called this.
const issuer = 'http://demo.heli.invalid'
const audience = 'heli'
const lifetime = '30d'

/** Signs in anybody as any persona of the demo network. Never in production. */
export interface DemoIssuer {
  readonly issuer: string
  /** A person's token: `sub` is the persona's name. */
  mint(persona: string): Promise<string>
  /** The token of a service account of the demo network. */
  serviceToken(name: string): string
  /** What `/.well-known/jwks.json` answers: the public half. */
  readonly jwks: JSONWebKeySet
  readonly trust: Trust
}

export async function openDemoIssuer({ DATA_DIR, isProduction }: Pick<Environment, 'DATA_DIR' | 'isProduction'>): Promise<DemoIssuer> {
  if (isProduction) throw new Error('The demo issuer does not run when NODE_ENV=production: it signs in anybody as anyone. Set OIDC_ISSUER, OIDC_AUDIENCE and JWKS_URI.')
  const pair = DATA_DIR.startsWith('memory:') ? await createPair() : await loadPair(resolve(DATA_DIR))
  const { d, ...open } = pair
  if (!d) throw new Error('The demo issuer has no private key: delete issuer.json in DATA_DIR and start again.')
  const key = await importJWK(pair, 'ES256')
  const jwks: JSONWebKeySet = { keys: [open] }

  return {
    issuer,
    jwks,
    trust: { issuer, audience, keys: createLocalJWKSet(jwks) },
    serviceToken: (name) => demoServiceToken(d, name),
    mint(persona) {
      if (!/^[a-z][a-z0-9-]{0,63}$/.test(persona)) throw new TypeError(`"${persona}" cannot be a persona: small letters, digits and hyphens only`)
      return new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: pair.kid as string })
        .setSubject(persona)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .setJti(randomUUID())
        .sign(key)
    },
  }
}

async function createPair(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  return { ...key, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(key) }
}

async function loadPair(folder: string): Promise<JWK> {
  const file = join(folder, 'issuer.json')
  const known = read(file)
  if (known) return known

  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Linked into place: a server and `heli token` may both find it missing, and must end up with one key.
  const draft = `${file}.${process.pid}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(await createPair()), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return read(file) as JWK
}

function read(file: string): JWK | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  try {
    return JSON.parse(text) as JWK
  } catch (error) {
    throw new Error(`${file} is damaged. Delete it and start again; tokens issued so far then stop working.`, { cause: error })
  }
}
