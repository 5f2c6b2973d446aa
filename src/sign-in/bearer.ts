import { createHash } from 'node:crypto'
import { type JWTVerifyGetKey, createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { type Identify, type Identity, SignInError, type SignInReason, SignInUnavailable } from './identity.js'
import { hashServiceToken, looksLikeServiceToken } from './service-token.js'

export interface Trust {
  readonly issuer: string
  readonly audience: string
  readonly keys: JWTVerifyGetKey
}

// Fixed here and not taken from the key set or the token: otherwise whoever writes the header chooses how it is checked.
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const accessTokenTypes = new Set(['JWT', 'AT+JWT'])
const longestToken = 8_192
const longestSubject = 255
const clockToleranceSeconds = 5

/** The token of an `Authorization` header; undefined without one. */
export function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined || header === '') return undefined
  const [, token] = /^Bearer +(\S+) *$/i.exec(header) ?? []
  if (!token) throw new SignInError('MALFORMED')
  return token
}

const rememberedTokens = 5_000
const rememberedMs = 30_000

interface Verified {
  readonly identity: Identity
  /** Seconds since 1970, as the token says. */
  readonly expires: number
  /** Milliseconds since 1970: then the signature is checked again, so that a key taken out of the set does not live on here. */
  readonly until: number
}

/**
 * Checks bearer tokens against the issuers that are trusted: usually one. A good token is remembered by its digest for half a minute, since its
 * signature cannot change (profile of one task by id: a quarter of the process's time was checking signatures); its end is looked at each time.
 */
export function createIdentify(trusted: readonly Trust[]): Identify {
  const verified = new Map<string, Verified>()
  return async (bearer): Promise<Identity> => {
    if (bearer === undefined) return { kind: 'anonymous' }
    if (bearer.length > longestToken) throw new SignInError('TOO_LONG')
    if (looksLikeServiceToken(bearer)) return { kind: 'service', tokenHash: hashServiceToken(bearer) }
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(bearer)) throw new SignInError('MALFORMED')

    const digest = createHash('sha256').update(bearer).digest('base64')
    const known = verified.get(digest)
    const now = Date.now()
    if (known && now < known.until && now / 1_000 < known.expires + clockToleranceSeconds) return known.identity
    verified.delete(digest)

    const claimed = issuerClaimed(bearer)
    const trust = trusted.find(({ issuer }) => issuer === claimed)
    if (!trust) throw new SignInError('WRONG_ISSUER')
    const { identity, expires } = await verify(bearer, trust)
    if (verified.size >= rememberedTokens) verified.delete(verified.keys().next().value as string)
    verified.set(digest, { identity, expires, until: now + rememberedMs })
    return identity
  }
}

async function verify(token: string, { issuer, audience, keys }: Trust): Promise<Pick<Verified, 'identity' | 'expires'>> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clockToleranceSeconds,
    })
    const { typ } = protectedHeader
    if (typ !== undefined && !accessTokenTypes.has(typ.toUpperCase().replace(/^APPLICATION\//, ''))) throw new SignInError('WRONG_KIND')
    // A token bound to a key of its holder is no bearer token: whoever found it could use it here without that key.
    if (payload['cnf'] !== undefined) throw new SignInError('WRONG_KIND')
    if (payload.iat !== undefined && payload.iat > Date.now() / 1_000 + clockToleranceSeconds) throw new SignInError('NOT_YET_VALID')
    const subject = payload.sub
    if (typeof subject !== 'string' || subject.trim() === '' || subject.length > longestSubject || /\p{Cc}/u.test(subject)) throw new SignInError('WRONG_KIND')
    return { identity: { kind: 'person', issuer, subject }, expires: payload.exp as number }
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): unknown {
  if (error instanceof SignInError || error instanceof SignInUnavailable) return error
  if (error instanceof errors.JWTExpired) return new SignInError('EXPIRED')
  if (error instanceof errors.JWTClaimValidationFailed) return new SignInError(reasonsByClaim[error.claim] ?? 'WRONG_KIND')
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return new SignInError('BAD_SIGNATURE')
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) return new SignInError('WRONG_KIND')
  // Whatever else the library dislikes, it dislikes about the token: what concerns the keys was told apart where they are fetched.
  return new SignInError('MALFORMED')
}

const reasonsByClaim: Readonly<Record<string, SignInReason>> = { iss: 'WRONG_ISSUER', aud: 'WRONG_AUDIENCE', nbf: 'NOT_YET_VALID' }

// Read before the signature is checked, only to choose whose keys to check it with.
function issuerClaimed(token: string): unknown {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return (claims as { iss?: unknown } | null)?.iss
  } catch {
    throw new SignInError('MALFORMED')
  }
}

const usableWithoutRefreshMs = 3_600_000

/** Keys by address, kept for ten minutes; while the address does not answer, those known are good for an hour more. */
export function remoteKeys(address: string): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(new URL(address), { timeoutDuration: 5_000, cooldownDuration: 30_000, cacheMaxAge: 600_000 })
  let lastAnswer = 0
  return async (header, token) => {
    try {
      const key = await remote(header, token)
      if (remote.fresh) lastAnswer = Date.now()
      return key
    } catch (error) {
      if (isAboutToken(error)) throw error
      const known = remote.jwks()
      if (known && Date.now() - lastAnswer < usableWithoutRefreshMs) return createLocalJWKSet(known)(header, token)
      throw new SignInUnavailable(error)
    }
  }
}

const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported
