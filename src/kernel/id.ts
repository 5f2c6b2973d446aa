import { randomFillSync } from 'node:crypto'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const shape = /^([a-z]{2,12})_([0-7][0-9a-hjkmnp-tv-z]{25})$/

let lastMillisecond = 0
let sequence = 0
const noise = Buffer.alloc(8)

/**
 * A new id: `<prefix>_` and a UUIDv7 (RFC 9562) in 26 characters of Crockford base 32 (the TypeID form).
 * Ids made by one process sort in the order of their making.
 */
export function newId(prefix: string): string {
  const now = Date.now()
  if (now > lastMillisecond) {
    lastMillisecond = now
    sequence = 0
  } else if (++sequence > 0xfff) {
    lastMillisecond++
    sequence = 0
  }
  randomFillSync(noise)
  const high = (BigInt(lastMillisecond) << 16n) | 0x7000n | BigInt(sequence)
  const low = (noise.readBigUInt64BE() & 0x3fffffffffffffffn) | 0x8000000000000000n
  let value = (high << 64n) | low
  const characters = new Array<string>(26)
  for (let at = 25; at >= 0; at--) {
    characters[at] = alphabet[Number(value & 31n)]!
    value >>= 5n
  }
  return `${prefix}_${characters.join('')}`
}

/** The prefix of a well-formed id, or undefined. */
export function prefixOf(id: string): string | undefined {
  return shape.exec(id)?.[1]
}
