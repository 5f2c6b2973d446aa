import { createHash, createHmac, randomBytes } from 'node:crypto'

const form = /^heli_[A-Za-z0-9_-]{43}$/

/** A new token for a service account. Only its hash is stored, so it can be shown once. */
export const createServiceToken = (): string => `heli_${randomBytes(32).toString('base64url')}`

export const looksLikeServiceToken = (text: string): boolean => form.test(text)

// One round suffices: the token is 256 random bits, not a password that somebody could guess.
export const hashServiceToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** The token of a demo service account: the same for one issuer key every time, so that printing it needs no database. */
export const demoServiceToken = (issuerKey: string, name: string): string =>
  `heli_${createHmac('sha256', issuerKey).update(`service:${name}`).digest('base64url')}`
