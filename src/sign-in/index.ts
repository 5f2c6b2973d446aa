import type { Environment } from '../environment.js'
import { createIdentify, remoteKeys } from './bearer.js'
import { type DemoIssuer, openDemoIssuer } from './demo-issuer.js'
import type { Identify } from './identity.js'

export { bearerOf, createIdentify, remoteKeys, type Trust } from './bearer.js'
export { type DemoIssuer, openDemoIssuer } from './demo-issuer.js'
export { type Identify, type Identity, SignInError, type SignInReason, SignInUnavailable } from './identity.js'
export { createServiceToken, demoServiceToken, hashServiceToken, looksLikeServiceToken } from './service-token.js'

export interface SignIn {
  readonly identify: Identify
  /** Present only while no identity provider is set, and never in production. */
  readonly demo?: DemoIssuer
}

/** The identity provider of the environment; without one, the demo issuer. Never both: a demo key must not open a real door. */
export async function openSignIn(environment: Environment): Promise<SignIn> {
  const { OIDC_ISSUER, OIDC_AUDIENCE, JWKS_URI } = environment
  if (OIDC_ISSUER && OIDC_AUDIENCE && JWKS_URI) {
    return { identify: createIdentify([{ issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, keys: remoteKeys(JWKS_URI) }]) }
  }
  const demo = await openDemoIssuer(environment)
  return { identify: createIdentify([demo.trust]), demo }
}
