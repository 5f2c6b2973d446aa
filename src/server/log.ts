import { type DestinationStream, type Logger, pino } from 'pino'
import type { Environment } from '../environment.js'

/** JSON lines on standard output, or where told. What a caller sends to prove who they are is never written, nor a number that belongs to a person. */
export function createLog({ LOG_LEVEL }: Pick<Environment, 'LOG_LEVEL'>, destination?: DestinationStream): Logger {
  const options = {
    level: LOG_LEVEL,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    base: null,
    redact: ['authorization', 'bearer', 'token', 'password', '*.authorization', '*.bearer', '*.token', '*.password', 'headers.authorization', 'headers.cookie'],
    serializers: { err: tellError },
  }
  return destination ? pino(options, destination) : pino(options)
}

interface Told {
  type: string
  message: string
  stack?: string
  code?: string
  constraint?: string
  table?: string
  column?: string
  cause?: Told
}

/**
 * What of an error goes into the log. Not the rest of a database's error: `detail` quotes the row, `where` and `query` the statement with its values.
 * Long numbers in its words are blotted out, since they may be somebody's telephone or identity.
 */
export function tellError(error: unknown, depth = 0): Told {
  if (!(error instanceof Error)) return { type: typeof error, message: blotted(String(error)) }
  const { code, constraint, table, column, cause } = error as Error & Partial<Record<'code' | 'constraint' | 'table' | 'column', unknown>>
  const named = Object.entries({ code, constraint, table, column }).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  return {
    type: error.name,
    message: blotted(error.message),
    ...(error.stack ? { stack: blotted(error.stack) } : {}),
    ...Object.fromEntries(named.map(([key, value]) => [key, String(value)])),
    ...(cause instanceof Error && depth < 5 ? { cause: tellError(cause, depth + 1) } : {}),
  }
}

// An id may hold such a run by chance, and whoever mends a fault needs it whole.
const blotted = (text: string): string => text.replace(/\b[a-z]{2,12}_[0-7][0-9a-hjkmnp-tv-z]{25}\b|\d{7,}[\dXx]*/g, (found) => (found.includes('_') ? found : '…'))
