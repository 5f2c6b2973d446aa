import type { Database } from '../database.js'

const patienceMs = 2_000

/** Tells why this process cannot serve at the moment; an empty list when it can. */
export function createReadiness(database: Pick<Database, 'ping' | 'pendingMigrations'>, isStopping: () => boolean) {
  // Migrations that this code knows cannot become pending again while it runs.
  let isMigrated = false
  return async (): Promise<string[]> => {
    if (isStopping()) return ['the server is stopping']
    try {
      await withPatience(database.ping())
    } catch {
      // A database that was never migrated lacks the very role that reads: it answers its owner, and then says so.
      const missing = isMigrated ? [] : await pendingOf(database).catch(() => [])
      return missing.length > 0 ? missing : ['the database does not answer']
    }
    if (isMigrated) return []
    try {
      const pending = await pendingOf(database)
      isMigrated = pending.length === 0
      return pending
    } catch {
      return ['the database does not tell which migrations it has']
    }
  }
}

async function pendingOf(database: Pick<Database, 'pendingMigrations'>): Promise<string[]> {
  return (await withPatience(database.pendingMigrations())).map((name) => `migration ${name} is not applied`)
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
