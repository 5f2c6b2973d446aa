import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Every setting that the process understands. Nothing else in the code reads `process.env`. */
export interface Environment {
  readonly NODE_ENV: 'development' | 'test' | 'production'
  readonly isProduction: boolean
  readonly PORT: number
  readonly HOST: string
  readonly LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  readonly DATABASE_URL?: string
  readonly DATABASE_READER_URL?: string
  readonly DATA_DIR: string
  readonly POOL_SIZE: number
  readonly STATEMENT_TIMEOUT_MS: number
  readonly OIDC_ISSUER?: string
  readonly OIDC_AUDIENCE?: string
  readonly JWKS_URI?: string
  readonly CORS_ORIGINS: readonly string[]
  readonly ROUTER_CREDENTIAL?: string
  readonly BODY_LIMIT_BYTES: number
  readonly MAX_IN_FLIGHT: number
  /** What one operation may cost, in objects of its answer as estimated: `src/server/cost.ts`. */
  readonly MAX_COST: number
  /** What one client may spend in a minute, on this instance: `src/server/budget.ts`. */
  readonly BUDGET_PER_MINUTE: number
  readonly TRUSTED_DOCUMENTS_ONLY: boolean
  /** Manifest of trusted documents; relative to the project. */
  readonly TRUSTED_DOCUMENTS: string
  readonly TRUST_PROXY: boolean | number | string
  /** Where new attachments are kept; those kept before stay where they are. */
  readonly ATTACHMENT_STORE: 'database' | 's3'
  readonly ATTACHMENT_LIMIT_BYTES: number
  /** An S3-compatible bucket, addressed by path: all five, or none. */
  readonly S3_ENDPOINT?: string
  readonly S3_BUCKET?: string
  readonly S3_REGION?: string
  readonly S3_ACCESS_KEY_ID?: string
  readonly S3_SECRET_ACCESS_KEY?: string
  /** Folder of the key that sealed bids are opened with; outside production `<DATA_DIR>-keys` where it is not set. */
  readonly BID_KEY_DIR?: string
  /** Whether this process takes part in the daily jobs: `src/jobs.ts`. */
  readonly JOBS: 'on' | 'off'
}

/** Carries one line per wrong or missing variable; its message is fit to be printed as it is. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'

  constructor(readonly reasons: readonly string[]) {
    super(`The environment is not usable:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`)
  }
}

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/.+/, 'must look like postgresql://user:password@host:5432/database')

const webUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'must be an http:// or https:// address')

const whole = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((value) => value >= low && value <= high, `must be a whole number from ${low} to ${high}`)

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()).filter(Boolean))
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be a comma-separated list of origins such as https://portal.example.gov.cn, without path or trailing slash',
  )

// `true` would let any client write its own address into the log, so the number of proxies or their addresses are preferred.
const proxyList = /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d{1,3})?)(\s*,\s*(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d{1,3})?))*$/i
const trustProxy = z
  .string()
  .refine((text) => /^(true|false|\d{1,2})$/.test(text) || proxyList.test(text), 'must be the number of proxies in front, or their addresses (10.0.0.0/8, loopback)')
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text))

const variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production'], 'must be development, test or production').default('development'),
  PORT: whole(0, 65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be one of fatal, error, warn, info, debug, trace, silent')
    .default('info'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_READER_URL: postgresUrl.optional(),
  DATA_DIR: z.string().default('.heli'),
  // Reads and writes have a pool each. A statement keeps one core of the database busy, so more connections than twice its cores only wait there
  // instead of here, where waiting costs less; ten serve four cores, and are few enough for several instances on one server's 100 connections.
  POOL_SIZE: whole(1, 500).default(10),
  // A front page takes 10 ms, the dearest list a second: what takes fifteen is a mistake, and holds one of the ten.
  STATEMENT_TIMEOUT_MS: whole(100, 600_000).default(15_000),
  // Thirty for each connection of the pool: two to three seconds of front pages on two cores. Whoever came later would give up before the answer.
  MAX_IN_FLIGHT: whole(1, 100_000).default(300),
  OIDC_ISSUER: webUrl.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  JWKS_URI: webUrl.optional(),
  CORS_ORIGINS: origins.default([]),
  ROUTER_CREDENTIAL: z.string().min(32, 'must have 32 characters or more, for example from `openssl rand -base64 32`').optional(),
  BODY_LIMIT_BYTES: whole(1_024, 64 * 1_048_576).default(1_048_576),
  // A portal's front page costs 3,731 (a test says so): one request may ask for thirteen of them, one client for eight hundred a minute.
  MAX_COST: whole(100, 10_000_000).default(50_000),
  BUDGET_PER_MINUTE: whole(100, 999_999_999_999).default(3_000_000),
  TRUSTED_DOCUMENTS_ONLY: z.enum(['true', 'false'], 'must be true or false').default('false').transform((text) => text === 'true'),
  TRUSTED_DOCUMENTS: z.string().default('schema/operations/manifest.json'),
  TRUST_PROXY: trustProxy.default(false),
  ATTACHMENT_STORE: z.enum(['database', 's3'], 'must be database or s3').default('database'),
  ATTACHMENT_LIMIT_BYTES: whole(1_024, 200 * 1_048_576).default(20 * 1_048_576),
  S3_ENDPOINT: webUrl.refine((value) => new URL(value).pathname === '/' && !new URL(value).search, 'must be an address without a path, such as https://s3.example.gov.cn').optional(),
  S3_BUCKET: z.string().regex(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/, 'must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens').optional(),
  S3_REGION: z.string().regex(/^[\w-]{1,64}$/, 'must be the name of a region, such as us-east-1').optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  BID_KEY_DIR: z.string().optional(),
  JOBS: z.enum(['on', 'off'], 'must be on or off').default('on'),
})

const s3 = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const

const neededInProduction = {
  DATABASE_URL: 'the embedded database is for trying Heli out; set postgresql://user:password@host:5432/database',
  OIDC_ISSUER: 'the demo issuer signs in anybody as anyone; set the issuer of your identity provider',
  OIDC_AUDIENCE: 'set the audience that your identity provider writes into tokens for Heli',
  JWKS_URI: "set the address of your identity provider's public keys (jwks_uri in its discovery document)",
} as const

// A name without a dot is a neighbour on a container network, where nothing has certificates.
const isSafeForKeys = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || hostname === '[::1]' || hostname.startsWith('127.') || !hostname.includes('.')

/** Reads and checks the whole environment at once, so that a start fails with every mistake named and not with the first. */
export function readEnvironment(source: Readonly<Record<string, string | undefined>> = process.env): Environment {
  // A variable that is set but empty is how compose files and shells say "not set".
  const stated = Object.fromEntries(Object.keys(variables.shape).flatMap((name) => (source[name]?.trim() ? [[name, source[name].trim()]] : [])))
  const parsed = variables.safeParse(stated)
  if (!parsed.success) throw new EnvironmentError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))

  const values = parsed.data
  const isProduction = values.NODE_ENV === 'production'
  const reasons: string[] = []
  if (isProduction) {
    for (const [name, remedy] of Object.entries(neededInProduction)) {
      if (!values[name as keyof typeof neededInProduction]) reasons.push(`${name} is required when NODE_ENV=production: ${remedy}`)
    }
    if (values.OIDC_ISSUER && new URL(values.OIDC_ISSUER).hostname.endsWith('.invalid')) {
      reasons.push('OIDC_ISSUER names the demo issuer, which signs in anybody as anyone: set the issuer of your identity provider')
    }
    if (values.JWKS_URI && !isSafeForKeys(new URL(values.JWKS_URI))) {
      reasons.push('JWKS_URI must begin with https://: whoever can change the keys on their way can sign in as anyone')
    }
    if (values.TRUST_PROXY === true) {
      reasons.push('TRUST_PROXY=true lets every caller choose the address that is logged: set the number of proxies in front, or their addresses')
    }
  } else {
    const stated = (['OIDC_ISSUER', 'OIDC_AUDIENCE', 'JWKS_URI'] as const).filter((name) => values[name])
    if (stated.length > 0 && stated.length < 3) {
      reasons.push(`OIDC_ISSUER, OIDC_AUDIENCE and JWKS_URI belong together: set all three, or none for the demo issuer (only ${stated.join(', ')} set)`)
    }
  }
  if (values.DATABASE_READER_URL && !values.DATABASE_URL) {
    reasons.push('DATABASE_READER_URL is set without DATABASE_URL: set DATABASE_URL too, or remove it')
  }
  if (values.BUDGET_PER_MINUTE < values.MAX_COST) {
    reasons.push(`BUDGET_PER_MINUTE (${values.BUDGET_PER_MINUTE}) is below MAX_COST (${values.MAX_COST}): an allowed operation could never be answered. Raise the budget or lower MAX_COST`)
  }
  const missing = s3.filter((name) => !values[name])
  if (missing.length > 0 && (values.ATTACHMENT_STORE === 's3' || missing.length < s3.length)) {
    reasons.push(`${s3.join(', ')} belong together: set all five${values.ATTACHMENT_STORE === 's3' ? ', or ATTACHMENT_STORE=database' : ', or none'} (missing: ${missing.join(', ')})`)
  }
  if (isProduction && values.S3_ENDPOINT && !isSafeForKeys(new URL(values.S3_ENDPOINT))) {
    reasons.push('S3_ENDPOINT must begin with https://: whoever is on the way could read the attachments')
  }
  if (reasons.length > 0) throw new EnvironmentError(reasons)
  return Object.freeze({ ...values, isProduction })
}

/** The folder of package.json: the same whether this file runs from `src/` or from `dist/src/`. */
export const projectRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
})()
