import { type Logger, pino } from 'pino'
import type { Environment } from '../environment.js'

/** JSON lines on standard output. What a caller sends to prove who they are is never written. */
export function createLog({ LOG_LEVEL }: Pick<Environment, 'LOG_LEVEL'>): Logger {
  return pino({
    level: LOG_LEVEL,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    base: null,
    redact: ['authorization', 'bearer', 'token', 'password', '*.authorization', '*.bearer', '*.token', '*.password', 'headers.authorization', 'headers.cookie'],
  })
}
