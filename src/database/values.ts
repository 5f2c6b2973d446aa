import pg from 'pg'

type Parse = (text: string) => unknown

const asText: Parse = (text) => text
const textArray = pg.types.getTypeParser(1009 as never, 'text') as Parse

// Row counts and sums are int8; a number where it is exact, the digits where it is not.
const wholeNumber: Parse = (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text)

/**
 * How values of read rows arrive, the same from both databases: dates, times and exact numbers stay text,
 * because a `Date` loses microseconds and shifts days, and a `number` loses cents.
 */
export const readParsers: Readonly<Record<number, Parse>> = {
  16: (text) => text === 't',
  17: pg.types.getTypeParser(17, 'text') as Parse,
  20: wholeNumber,
  1016: (text) => (textArray(text) as (string | null)[]).map((item) => (item === null ? null : wholeNumber(item))),
  ...Object.fromEntries([1082, 1083, 1114, 1184, 1186, 1266, 1700].map((type) => [type, asText])),
  ...Object.fromEntries([1009, 1014, 1015, 1115, 1182, 1183, 1185, 1187, 1231, 1270, 2951].map((type) => [type, textArray])),
}

/** The parsers above in the form that node-postgres takes. */
export const readTypes: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') =>
    format === 'binary' ? pg.types.getTypeParser(type, 'binary') : (readParsers[type] ?? pg.types.getTypeParser(type, 'text'))) as pg.CustomTypesConfig['getTypeParser'],
}

/** What MikroORM expects of its own driver for PGlite: dates raw, everything else by default. */
export const entityParsers: Readonly<Record<number, Parse>> = {
  ...Object.fromEntries([1082, 1114, 1184, 1186].map((type) => [type, asText])),
  ...Object.fromEntries([1115, 1182, 1185, 1187].map((type) => [type, textArray])),
}

/** Writes a parameter as node-postgres would, so that one statement means the same on both databases. */
export function toParameter(value: unknown): string | Uint8Array | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return toArrayLiteral(value)
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

function toArrayLiteral(items: readonly unknown[]): string {
  const written = items.map((item) => {
    if (item === null || item === undefined) return 'NULL'
    if (Array.isArray(item)) return toArrayLiteral(item)
    return `"${String(toParameter(item)).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  })
  return `{${written.join(',')}}`
}

/** Keeps PGlite from writing values its own way: `toParameter` has written them already. */
export const textOnly = new Proxy({}, { get: () => asText }) as Record<number, (value: string) => string>
