import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { DatabaseUnavailable, isOutage } from './outage.js'
import { quoteLiteral, quoteName } from './statement.js'

interface ReaderChoices {
  readonly ownerUrl: string
  readonly readerUrl: string
  readonly isDerived: boolean
  readonly isProduction: boolean
}

const remedy =
  'Either let the owner create roles (alter role <owner> createrole), or create a role yourself (create role <name> login nosuperuser nobypassrls password \'…\') and give its address in DATABASE_READER_URL.'

/** Makes sure that the reader can sign in and is bound by row-level security; creates it where its address is derived. */
export async function prepareReader(choices: ReaderChoices): Promise<void> {
  // Looked at before anything is altered: several databases of one server share the role, and altering it all at once collides.
  const before = await tryReader(choices.readerUrl)
  if (before === 'accepted') return refuseUnsafeReader(choices)
  if (!choices.isDerived) throw new DatabaseUnavailable('DATABASE_READER_URL: the server does not accept this user and password. Correct it, or remove it to let Heli create the role heli_reader.')
  await createReader(choices)
  if ((await tryReader(choices.readerUrl)) !== 'accepted') {
    throw new DatabaseUnavailable(`The role heli_reader exists but may not sign in: check pg_hba.conf and "grant connect on database". ${remedy}`)
  }
  await refuseUnsafeReader(choices)
}

/**
 * Refuses a reader for whom no permission in the database holds, at every start in production: a migration checks it too, but
 * `DATABASE_READER_URL` and the rights of a role may change after one. One that cannot sign in yet is the next migration's to make.
 */
export async function refuseUnsafeReaderAtStart(urls: { ownerUrl: string; readerUrl: string }): Promise<void> {
  if ((await tryReader(urls.readerUrl)) === 'accepted') await refuseUnsafeReader(urls)
}

async function tryReader(url: string): Promise<'accepted' | 'refused'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return 'accepted'
  } catch (error) {
    const { code } = error as { code?: string }
    // 28: wrong password or no such role; 42501: may not connect to this database.
    if (code?.startsWith('28') || code === '42501') return 'refused'
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

async function createReader({ ownerUrl, readerUrl }: ReaderChoices): Promise<void> {
  const { username, password, pathname } = new URL(readerUrl)
  const role = quoteName(username)
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    for (let attempt = 1; ; attempt++) {
      try {
        const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [username])
        // NOSUPERUSER and NOBYPASSRLS are what a new role has anyway; naming them when altering would need the right to grant them.
        await client.query(`${rowCount ? 'alter' : 'create'} role ${role} login password ${quoteLiteral(password)}`)
        break
      } catch (error) {
        const { code } = error as { code?: string }
        if (code === '42501') throw new Error(`The database owner in DATABASE_URL may not create or change the role heli_reader that reads run as. ${remedy}`, { cause: error })
        // Another instance does the same thing in the same instant: duplicate role, or the row changed under the statement.
        if (attempt === 5 || !['42710', '23505', 'XX000'].includes(code ?? '')) throw error
        await pause(50 * attempt)
      }
    }
    const database = decodeURIComponent(pathname.slice(1))
    const { rows } = await client.query<{ may: boolean }>(`select has_database_privilege($1, current_database(), 'connect') as may`, [username])
    if (!rows[0]?.may && database) await client.query(`grant connect on database ${quoteName(database)} to ${role}`)
  } finally {
    await client.end().catch(() => {})
  }
}

async function refuseUnsafeReader({ ownerUrl, readerUrl }: Pick<ReaderChoices, 'ownerUrl' | 'readerUrl'>): Promise<void> {
  const client = new pg.Client({ connectionString: readerUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const owner = decodeURIComponent(new URL(ownerUrl).username)
    const { rows } = await client.query<{ name: string; unsafe: boolean; owns: boolean }>(
      `select current_user as name, rolsuper or rolbypassrls as unsafe,
              exists (select 1 from pg_roles o where o.rolname = $1 and pg_has_role(current_user, o.oid, 'member')) as owns
         from pg_roles where rolname = current_user`,
      [owner],
    )
    const [role] = rows
    if (!role || role.unsafe || role.owns) {
      throw new Error(
        `Reads would run as "${role?.name}", which is ${role?.unsafe ? 'a superuser or bypasses row-level security' : 'the owner or a member of it'}: the fence in the database would not hold. ${remedy}`,
      )
    }
  } catch (error) {
    if (isOutage(error)) throw new DatabaseUnavailable('The database does not answer at the moment. Try again shortly.', { cause: error })
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
