import { AwsClient } from 'aws4fetch'
import type { Database, Log } from '../database.js'
import { Refusal } from '../kernel/index.js'
import type { BlobStore } from '../modules/evidence/index.js'
import { newStorageKey } from './storage-key.js'

export interface Bucket {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const timeoutMs = 20_000
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const unavailable = () =>
  new Refusal('STORE_UNAVAILABLE', { en: 'The store of attachments does not answer at the moment. Try again shortly.', zh: '附件存储暂时没有响应，请稍后再试。' })

/**
 * Bytes as objects of a bucket, by signed requests (AWS Signature Version 4) that name the bucket in the path.
 * An object is put before its row's transaction, so that no transaction waits for the network, and removed where no row came to name it.
 */
export function s3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey }: Bucket, database: Pick<Database, 'transaction'>, log: Log): BlobStore {
  // Tries of its own would outlast the caller's patience; a caller that tries again is safe by its idempotency key.
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })

  async function ask(method: 'PUT' | 'GET' | 'DELETE', key: string, sha256: string, body?: Buffer): Promise<{ status: number; bytes: Buffer }> {
    try {
      const signed = await client.sign(new URL(`/${bucket}/${key}`, endpoint).href, { method, headers: { 'x-amz-content-sha256': sha256 }, ...(body ? { body: new Uint8Array(body) } : {}) })
      // A redirect would carry the bytes to an address that nobody has set.
      const response = await fetch(signed, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
    } catch (error) {
      log.error({ err: error, method, key }, 'the attachment store did not answer')
      throw unavailable()
    }
  }

  function refuse(method: string, key: string, status: number): never {
    log.error({ method, key, status }, 'the attachment store refused')
    throw unavailable()
  }

  return {
    async put(bytes, sha256) {
      const key = newStorageKey()
      const { status } = await ask('PUT', key, sha256, bytes)
      if (status !== 200) refuse('PUT', key, status)
      return {
        save: async (write, attachmentId) => void (await write('insert into attachment_content (attachment_id, storage_key) values ($1, $2)', [attachmentId, key])),
        discard: () => discard(key),
      }
    },
    async get(attachmentId) {
      const [row] = await database.transaction((run) => run<{ storage_key: string }>({ text: 'select storage_key from attachment_content where attachment_id = $1 and bytes is null', values: [attachmentId] }))
      if (!row) return undefined
      const { status, bytes } = await ask('GET', row.storage_key, emptyHash)
      if (status === 404) return undefined
      return status === 200 ? bytes : refuse('GET', row.storage_key, status)
    },
  }

  /** Where it is not known whether the transaction came to its end, the object stays: one too many does no harm, one too few does. */
  async function discard(key: string): Promise<void> {
    try {
      const rows = await database.transaction((run) => run({ text: 'select 1 from attachment_content where storage_key = $1', values: [key] }))
      if (rows.length > 0) return
      const { status } = await ask('DELETE', key, emptyHash)
      if (status >= 300 && status !== 404) refuse('DELETE', key, status)
    } catch (error) {
      log.warn({ err: error, key }, 'an object of the attachment store that no row names was left behind')
    }
  }
}
