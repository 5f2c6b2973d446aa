import { createCipheriv, createDecipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import type { Offer } from '../modules/procurement/index.js'

const spki = Buffer.from('302a300506032b656e032100', 'hex')
/** An X25519 key of 32 bytes as a key that can be used. */
export const publicKeyOf = (raw: Buffer): KeyObject => createPublicKey({ key: Buffer.concat([spki, raw]), format: 'der', type: 'spki' })
export const rawOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-32)

// Bound to its lot and its bid: copied into another row, or under another lot, it opens nothing.
const boundTo = (lotId: string, bidId: string): Buffer => Buffer.from(`heli bid 1 ${lotId} ${bidId}`)
const keyFor = (shared: Buffer, ephemeral: Buffer, lot: Buffer, bound: Buffer): Buffer => Buffer.from(hkdfSync('sha256', shared, Buffer.concat([ephemeral, lot]), bound, 32))

// Every sealed offer is a multiple of this long, so that its length tells nothing of a price and little of the words.
const block = 1_024

/** Seals an offer to a lot's public key: X25519 with a key made for it alone, HKDF-SHA-256, AES-256-GCM. */
export function seal({ amount, proposal }: Offer, lotKey: string, lotId: string, bidId: string): string {
  const lot = Buffer.from(lotKey, 'base64url')
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const ephemeral = rawOf(publicKey)
  const bound = boundTo(lotId, bidId)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(diffieHellman({ privateKey, publicKey: publicKeyOf(lot) }), ephemeral, lot, bound), iv).setAAD(bound)
  const plain = Buffer.from(JSON.stringify({ amount, proposal }))
  const padded = Buffer.alloc(Math.ceil(plain.length / block) * block, ' ')
  plain.copy(padded)
  const text = Buffer.concat([cipher.update(padded), cipher.final()])
  return Buffer.concat([ephemeral, iv, cipher.getAuthTag(), text]).toString('base64')
}

/** The offer, or undefined where it is not what was sealed for this lot and this bid. */
export function unseal(sealed: string, privateKey: KeyObject, lotKey: string, lotId: string, bidId: string): Offer | undefined {
  const all = Buffer.from(sealed, 'base64')
  const [ephemeral, iv, tag, text] = [all.subarray(0, 32), all.subarray(32, 44), all.subarray(44, 60), all.subarray(60)]
  const bound = boundTo(lotId, bidId)
  try {
    const shared = diffieHellman({ privateKey, publicKey: publicKeyOf(ephemeral) })
    const cipher = createDecipheriv('aes-256-gcm', keyFor(shared, ephemeral, Buffer.from(lotKey, 'base64url'), bound), iv, { authTagLength: 16 }).setAAD(bound).setAuthTag(tag)
    const { amount, proposal } = JSON.parse(Buffer.concat([cipher.update(text), cipher.final()]).toString()) as Offer
    return { amount, proposal }
  } catch {
    return undefined
  }
}
