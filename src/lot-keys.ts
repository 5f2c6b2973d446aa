import { createHmac, createPrivateKey, createPublicKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from './environment.js'
import { rawOf, seal, unseal } from './lot-keys/seal.js'
import type { LotKeys } from './modules/procurement/index.js'

const fileName = 'lots.key'
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

/**
 * The keys of lots, outside the database: one secret of 32 bytes in a folder of its own, from which the key of each lot is derived, so that the folder is to be kept once and never grows.
 * Several instances share the folder or have copies of it. Whoever holds the database alone opens nothing; whoever loses the folder loses every bid that is still sealed.
 */
export function openLotKeys({ BID_KEY_DIR, DATA_DIR, isProduction }: Pick<Environment, 'BID_KEY_DIR' | 'DATA_DIR' | 'isProduction'>): LotKeys | undefined {
  // A folder that nobody chose would go with the machine or its container, and the bids with it.
  const folder = BID_KEY_DIR ?? (isProduction ? undefined : DATA_DIR === 'memory://' ? null : `${DATA_DIR}-keys`)
  if (folder === undefined) return undefined
  const passing = folder === null ? randomBytes(32) : undefined
  const secret = async (): Promise<Buffer> => passing ?? (await kept(folder!))
  const derived = async (what: string): Promise<Buffer> => Buffer.from(hkdfSync('sha256', await secret(), '', what, 32))
  const pair = async (lotId: string): Promise<{ privateKey: KeyObject; raw: Buffer }> => {
    const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, await derived(`heli lot 1 ${lotId}`)]), format: 'der', type: 'pkcs8' })
    return { privateKey, raw: rawOf(createPublicKey(privateKey)) }
  }
  return {
    publicKey: async (lotId) => (await pair(lotId)).raw.toString('base64url'),
    async opener(lotId, publicKey) {
      const { privateKey, raw } = await pair(lotId)
      const published = Buffer.from(publicKey, 'base64url')
      if (published.length !== raw.length || !timingSafeEqual(raw, published)) return undefined
      return (sealed, bidId) => unseal(sealed, privateKey, publicKey, lotId, bidId)
    },
    seal,
    blind: async (text) => createHmac('sha256', await derived('heli blind 1')).update(text).digest('hex'),
  }
}

/** The secret of the folder, made where there is none: written aside and linked into place, so that of two instances that begin at once both use the same. */
async function kept(folder: string): Promise<Buffer> {
  const path = join(folder, fileName)
  const read = async () => Buffer.from((await readFile(path, 'utf8')).trim(), 'hex')
  const found = await read().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found) return checked(found, path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(aside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  await link(aside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(aside)
  return checked(await read(), path)
}

function checked(secret: Buffer, path: string): Buffer {
  if (secret.length !== 32) throw new Error(`${path} does not hold the 64 hexadecimal digits of a key for sealed bids. Restore it from where it was kept.`)
  return secret
}
