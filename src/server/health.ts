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
      return ['the database does not answer']
    }
    if (isMigrated) return []
    try {
      const pending = await withPatience(database.pendingMigrations())
      isMigrated = pending.length === 0
      return pending.map((name) => `migration ${name} is not applied`)
    } catch {
      return ['the database does not tell which migrations it has']
    }
  }
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
