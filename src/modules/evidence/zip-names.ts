const endOfDirectory = 0x06054b50
const entryOfDirectory = 0x02014b50
const longestTail = 65_557
const mostEntries = 10_000

/** Names in the directory of a ZIP archive, which is what programs open it by; undefined where the bytes are no plain archive from first to last. Nothing is unpacked. */
export function zipNames(bytes: Buffer): string[] | undefined {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50) return undefined
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - longestTail); at--) {
    if (bytes.readUInt32LE(at) !== endOfDirectory || at + 22 + bytes.readUInt16LE(at + 20) !== bytes.length) continue
    return namesFrom(bytes, bytes.readUInt32LE(at + 16), bytes.readUInt16LE(at + 10), at)
  }
  return undefined
}

function namesFrom(bytes: Buffer, start: number, count: number, end: number): string[] | undefined {
  if (count > mostEntries) return undefined
  const names: string[] = []
  let at = start
  for (let seen = 0; seen < count; seen++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== entryOfDirectory) return undefined
    const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1
    const next = at + 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    if (isEncrypted || next > end) return undefined
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)))
    at = next
  }
  return at === end ? names : undefined
}
