import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { isDay } from './clock.js'

export const complain = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

const readDay = (value: unknown): string => {
  if (typeof value !== 'string' || !isDay(value)) {
    throw complain(`Day must be an existing calendar day written YYYY-MM-DD, such as "2026-11-23"; got ${JSON.stringify(value)}`)
  }
  return value
}

/** A calendar day in Asia/Shanghai (ISO 8601 `YYYY-MM-DD`), kept as text from the database to the answer. */
export const Day = new GraphQLScalarType<string, string>({
  name: 'Day',
  description: 'A calendar day in Asia/Shanghai, ISO 8601 `YYYY-MM-DD` (日期).',
  serialize: (value) => value as string,
  parseValue: readDay,
  parseLiteral: (node) => readDay(node.kind === Kind.STRING ? node.value : null),
})

// Without an offset the instant would depend on the time zone of this process.
const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

const readInstant = (value: unknown): string => {
  const number = typeof value === 'number' || (typeof value === 'string' && /^\d{12,14}$/.test(value)) ? Number(value) : NaN
  const isText = typeof value === 'string' && instantShape.test(value) && isDay(value.slice(0, 10))
  const instant = Number.isFinite(number) ? new Date(number) : isText ? new Date(value) : new Date(NaN)
  if (Number.isNaN(instant.getTime())) {
    throw complain(
      `DateTime must be ISO 8601 with an offset, such as "2026-11-23T09:00:00+08:00", or milliseconds since 1970; got ${JSON.stringify(value)}`,
    )
  }
  return instant.toISOString()
}

/** An instant. Read as ISO 8601 or epoch milliseconds, answered as ISO 8601 in UTC. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'An instant (时刻): ISO 8601, answered in UTC; epoch milliseconds are accepted too.',
  // The database already writes ISO 8601 in UTC; parsing it again for each value would only cost.
  serialize: (value) => (value instanceof Date ? value.toISOString() : (value as string)),
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : node.kind === Kind.INT ? Number(node.value) : null),
})

const readDecimal = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^-?\d{1,12}(\.\d{1,6})?$/.test(text)) {
    throw complain(`Decimal must be a number written in digits, such as "1.5"; got ${JSON.stringify(value)}`)
  }
  return text
}

/** An exact decimal number, kept as text from the database to the answer: a binary fraction would lose digits. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number, answered as text such as "1.50" (小数); a number is accepted too.',
  serialize: (value) => value as string,
  parseValue: readDecimal,
  parseLiteral: (node) => readDecimal(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : null),
})
