/* A database with the generated network, and Heli's own migrations in it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { dataVersion, generate, root, type Tier } from './data.ts'

const run = promisify(execFile)
const owner = { name: 'heli_owner', password: 'heli-test' }

export interface BenchDatabase {
  /** As its owner, who is no superuser. */
  readonly url: string
  readonly adminUrl: string
  readonly version: string
  readonly settings: string
  stop(): Promise<void>
}

export interface HeliProcessSettings {
  readonly OIDC_ISSUER: string
  readonly OIDC_AUDIENCE: string
  readonly JWKS_URI: string
}

// What any installation of this size would set; both references and Heli live with the same.
const tuned = [`shared_buffers = '1GB'`, `effective_cache_size = '3GB'`, `random_page_cost = 1.1`, `max_wal_size = '8GB'`, `maintenance_work_mem = '256MB'`]

/**
 * The database of a tier. On `TEST_DATABASE_URL` the generated one is kept as a template and copied for each run;
 * on a server of our own it is generated each time and gone afterwards.
 */
export async function openDatabase(tier: Tier, settings: HeliProcessSettings, log: (line: string) => void): Promise<BenchDatabase> {
  const server = await startPostgres()
  const isOwn = server.halt !== undefined
  if (isOwn) await tune(server)
  const at = (url: string, name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const kept = `heli_bench_${tier}_${dataVersion()}`
  const name = new URL(server.url).pathname.slice(1)
  const maintenance = at(server.adminUrl, 'postgres')
  const [found] = await query(maintenance, `select 1 from pg_database where datname = '${kept}'`)
  if (!found) {
    log(`generating ${tier} …`)
    await migrate(server.url, settings)
    await generate(server.adminUrl, tier, log)
    if (!isOwn) await query(maintenance, `alter database "${name}" rename to "${kept}"`)
  } else {
    await query(maintenance, `drop database "${name}"`)
  }
  if (!isOwn) {
    await query(maintenance, `create database "${name}" template "${kept}" owner ${owner.name}`)
    await query(at(server.adminUrl, name), 'vacuum analyze')
  }
  const [row] = await query(server.adminUrl, `select current_setting('server_version') as version, (select string_agg(name || ' ' || setting || coalesce(unit, ''), ', ') from pg_settings where name in ('shared_buffers', 'jit', 'work_mem', 'fsync', 'random_page_cost')) as settings`)
  return { url: server.url, adminUrl: server.adminUrl, version: row!['version'] as string, settings: row!['settings'] as string, stop: () => server.stop() }
}

/** A server whose data stays in a folder; from now on it is the one that databases are opened on. */
export async function keepServer(folder: string): Promise<{ stop(): Promise<void> }> {
  const server = await startPostgres(folder)
  await tune(server)
  process.env['TEST_DATABASE_URL'] = Object.assign(new URL(server.adminUrl), { pathname: '/postgres' }).href
  await query(process.env['TEST_DATABASE_URL'], `drop database "${new URL(server.url).pathname.slice(1)}"`)
  return server
}

async function tune(server: TestPostgres): Promise<void> {
  for (const setting of tuned) await query(server.adminUrl, `alter system set ${setting}`)
  await server.halt!()
  await server.resume!()
}

export async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

async function migrate(url: string, settings: HeliProcessSettings): Promise<void> {
  await run(process.execPath, [join(root, 'dist', 'src', 'cli.js'), 'migrate'], { cwd: root, env: { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL: url, ...settings } as NodeJS.ProcessEnv })
}
