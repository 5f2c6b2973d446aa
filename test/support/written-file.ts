import readSheets from 'read-excel-file/node'
import type { Written } from '../../src/formats/index.js'

/** All bytes of a file as it was written. */
export async function whole(written: Written): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of written) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The sheets of a workbook, each with its lines. */
export async function sheetsOf(bytes: Buffer): Promise<{ sheet: string; data: unknown[][] }[]> {
  return (await readSheets(bytes, { trim: false })) as unknown as { sheet: string; data: unknown[][] }[]
}

export const arrayBufferOf = (bytes: Buffer): ArrayBuffer => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
