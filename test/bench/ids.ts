import { randomFillSync } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** An id in Heli's form: prefix, millisecond, noise. */
export function newId(prefix: string): string {
  const noise = randomFillSync(Buffer.alloc(16))
  const now = Date.now()
  const head = Array.from({ length: 10 }, (_, at) => alphabet[Math.floor(now / 32 ** (9 - at)) % 32]).join('')
  return `${prefix}_${head}${[...noise].map((byte) => alphabet[byte & 31]).join('')}`
}
