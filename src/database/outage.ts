import { types } from 'node:util'

/** The database cannot be asked at the moment. It says nothing about what the viewer may do. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
  readonly code = 'DATABASE_UNAVAILABLE'
}

const networkCodes = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'EACCES',
])

// SQLSTATE classes: 08 connection, 57P operator intervention (shutdown, crash, starting up), 53 out of resources, 28 sign-in of the
// process itself, 3D missing database, 58 system error. 57014 (statement cancelled) and 55P03 (lock timeout) are no outage: the server answered.
const outageStates = /^(08...|57P0.|53...|28...|3D000|58...)$/

// Raised by node-postgres itself, which gives these errors no code.
const driverMessages = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|connection is closed|PGlite is closed/i

/** Whether an error, or what caused it, means "the database did not answer" and not "the statement was wrong". */
export function isOutage(error: unknown): boolean {
  // Not `instanceof`: what the network layer throws may come from another realm.
  for (let cause = error, depth = 0; isError(cause) && depth < 5; cause = cause.cause ?? previousOf(cause), depth++) {
    if (cause instanceof DatabaseUnavailable) return true
    const code = (cause as { code?: unknown }).code
    if (typeof code === 'string' && (networkCodes.has(code) || outageStates.test(code))) return true
    if (driverMessages.test(cause.message)) return true
    if ('errors' in cause && Array.isArray(cause.errors) && cause.errors.some(isOutage)) return true
  }
  return false
}

const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error

// MikroORM keeps what it wraps in `previous`.
function previousOf(error: Error): unknown {
  return (error as { previous?: unknown }).previous
}

/** Turns an outage into `DatabaseUnavailable` and leaves every other error as it is. */
export function namingOutage(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable || !isOutage(error)) return error
  return new DatabaseUnavailable('The database does not answer at the moment. Try again shortly.', { cause: error })
}
