import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { openBackbone } from '../../../src/backbone.js'
import { EnvironmentError, readEnvironment } from '../../../src/environment.js'
import { createLog } from '../../../src/server.js'
import { openDemoIssuer, openSignIn } from '../../../src/sign-in/index.js'
import { startPostgres, type TestPostgres } from '../../support/postgres.js'

const safe = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://heli:secret@db.example.gov.cn/heli', OIDC_ISSUER: 'https://login.example.gov.cn', OIDC_AUDIENCE: 'heli', JWKS_URI: 'https://login.example.gov.cn/jwks' }
const reasonsAgainst = (settings: Record<string, string | undefined>) => {
  try {
    readEnvironment({ ...safe, ...settings })
    return []
  } catch (error) {
    return (error as EnvironmentError).reasons
  }
}

const bucket = { ATTACHMENT_STORE: 's3', S3_ENDPOINT: 'https://s3.example.gov.cn', S3_BUCKET: 'evidence', S3_REGION: 'cn-north-1', S3_ACCESS_KEY_ID: 'key', S3_SECRET_ACCESS_KEY: 'secret' }

describe('H10 unsafe settings in production', () => {
  it('starts with safe ones', () => {
    expect(reasonsAgainst({})).toEqual([])
    expect(reasonsAgainst(bucket)).toEqual([])
    expect(readEnvironment(safe)).toMatchObject({ isProduction: true, MAX_COST: 50_000, BUDGET_PER_MINUTE: 3_000_000, TRUSTED_DOCUMENTS_ONLY: false, TRUST_PROXY: false, CORS_ORIGINS: [] })
  })

  it.each<[string, Record<string, string | undefined>, RegExp]>([
    ['no database', { DATABASE_URL: undefined }, /^DATABASE_URL is required when NODE_ENV=production: the embedded database is for trying Heli out/],
    ['no issuer, hence the demo issuer', { OIDC_ISSUER: undefined }, /^OIDC_ISSUER is required .* signs in anybody as anyone/],
    ['the demo issuer by name', { OIDC_ISSUER: 'http://demo.heli.invalid' }, /^OIDC_ISSUER names the demo issuer/],
    ['no audience', { OIDC_AUDIENCE: '' }, /^OIDC_AUDIENCE is required/],
    ['no keys', { JWKS_URI: ' ' }, /^JWKS_URI is required/],
    ['keys over http', { JWKS_URI: 'http://login.example.gov.cn/jwks' }, /^JWKS_URI must begin with https:\/\/: whoever can change the keys/],
    ['an address that every caller chooses', { TRUST_PROXY: 'true' }, /^TRUST_PROXY=true lets every caller choose the address/],
    ['every origin', { CORS_ORIGINS: '*' }, /^CORS_ORIGINS must be a comma-separated list of origins/],
    ['an origin that sandboxed pages have', { CORS_ORIGINS: 'null' }, /^CORS_ORIGINS must be/],
    ['a gateway credential that can be guessed', { ROUTER_CREDENTIAL: 'router' }, /^ROUTER_CREDENTIAL must have 32 characters or more/],
    ['no limit of cost', { MAX_COST: '0' }, /^MAX_COST must be a whole number from 100/],
    ['a cost without end', { MAX_COST: '999999999' }, /^MAX_COST must be a whole number from 100 to 10000000/],
    ['no budget', { BUDGET_PER_MINUTE: '0' }, /^BUDGET_PER_MINUTE must be a whole number/],
    ['a budget below the cost of one operation', { BUDGET_PER_MINUTE: '1000' }, /^BUDGET_PER_MINUTE \(1000\) is below MAX_COST \(50000\)/],
    ['bodies without end', { BODY_LIMIT_BYTES: '1000000000' }, /^BODY_LIMIT_BYTES must be/],
    ['statements without end', { STATEMENT_TIMEOUT_MS: '0' }, /^STATEMENT_TIMEOUT_MS must be/],
    ['attachments without end', { ATTACHMENT_LIMIT_BYTES: '1000000000' }, /^ATTACHMENT_LIMIT_BYTES must be a whole number/],
    ['a bucket that is not named', { ATTACHMENT_STORE: 's3', S3_ENDPOINT: 'https://s3.example.gov.cn' }, /^S3_ENDPOINT, S3_BUCKET, .* belong together: set all five, or ATTACHMENT_STORE=database \(missing: S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY\)/],
    ['half a bucket beside the database', { S3_BUCKET: 'evidence' }, /belong together: set all five, or none \(missing: S3_ENDPOINT/],
    ['a bucket over http', { ...bucket, S3_ENDPOINT: 'http://s3.example.gov.cn' }, /^S3_ENDPOINT must begin with https:\/\/: whoever is on the way/],
    ['a bucket address with a path', { ...bucket, S3_ENDPOINT: 'https://s3.example.gov.cn/evidence' }, /^S3_ENDPOINT must be an address without a path/],
    ['a bucket name that leads elsewhere', { ...bucket, S3_BUCKET: '../other' }, /^S3_BUCKET must be the name of a bucket/],
    ['another store', { ATTACHMENT_STORE: 'disk' }, /^ATTACHMENT_STORE must be database or s3/],
    ['a half-meant "only"', { TRUSTED_DOCUMENTS_ONLY: 'yes' }, /^TRUSTED_DOCUMENTS_ONLY must be true or false/],
    ['a reader without an owner', { DATABASE_URL: undefined, DATABASE_READER_URL: 'postgresql://reader@db/heli' }, /^DATABASE_URL is required/],
  ])('refuse the start: %s', (_what, settings, reason) => {
    expect(reasonsAgainst(settings)[0]).toMatch(reason)
  })

  it('are all named at once', () => {
    expect(reasonsAgainst({ OIDC_ISSUER: undefined, JWKS_URI: 'http://a.b/c', TRUST_PROXY: 'true' })).toHaveLength(3)
    expect(() => readEnvironment({ NODE_ENV: 'production' })).toThrow(/DATABASE_URL.*\n.*OIDC_ISSUER.*\n.*OIDC_AUDIENCE.*\n.*JWKS_URI/)
  })

  it('have no setting that opens introspection or GraphiQL there', () => {
    expect(Object.keys(readEnvironment(safe)).filter((name) => /INTROSPECT|GRAPHIQL|PLAYGROUND|DEBUG/i.test(name))).toEqual([])
  })

  it('never have the demo issuer at hand', async () => {
    await expect(openDemoIssuer({ DATA_DIR: 'memory://', isProduction: true })).rejects.toThrow('The demo issuer does not run when NODE_ENV=production')
    expect((await openSignIn(readEnvironment(safe))).demo).toBeUndefined()
  })
})

describe('H10 unsafe roles in the database', () => {
  let postgres: TestPostgres
  beforeAll(async () => void (postgres = await startPostgres()), 120_000)
  afterAll(() => postgres?.stop())

  const open = async (settings: Record<string, string>) => {
    const environment = readEnvironment({ ...safe, LOG_LEVEL: 'silent', ...settings })
    const backbone = await openBackbone({ environment, log: createLog(environment) })
    return backbone
  }
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: postgres.adminUrl })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
  const as = (user: string, password: string) => {
    const url = new URL(postgres.url)
    Object.assign(url, { username: user, password })
    return url.href
  }

  it('refuse the start: the owner is a superuser', async () => {
    await expect(open({ DATABASE_URL: postgres.adminUrl })).rejects.toThrow('DATABASE_URL signs in as a superuser')
  })

  it.each([
    ['a superuser', 'create role boss superuser login password \'p\'', 'boss'],
    ['a role that bypasses row-level security', 'create role bypass bypassrls login password \'p\'', 'bypass'],
    ['a member of the owner', 'create role member login password \'p\'; grant heli_owner to member', 'member'],
  ])('refuse the start without any migration to run: the reader is %s', async (_what, sql, user) => {
    await admin(sql)
    await expect(open({ DATABASE_URL: postgres.url, DATABASE_READER_URL: as(user, 'p') })).rejects.toThrow(/Reads would run as .*the fence in the database would not hold/)
  })

  it('refuse the start: the reader is the owner', async () => {
    await expect(open({ DATABASE_URL: postgres.url, DATABASE_READER_URL: postgres.url })).rejects.toThrow(/which is the owner or a member of it/)
  })

  it('let a reader with no rights of its own start, and one that the first migration has still to make', async () => {
    const fresh = await open({ DATABASE_URL: postgres.url })
    expect(await fresh.database.pendingMigrations()).not.toEqual([])
    await fresh.close()
    await admin('create role plain login password \'p\'')
    await (await open({ DATABASE_URL: postgres.url, DATABASE_READER_URL: as('plain', 'p') })).close()
  })
})
