import type { Database } from '../database.js'
import type { BlobStore } from '../modules/evidence/index.js'
import { newStorageKey } from './storage-key.js'

/** Bytes in a table of their own, written in the transaction of their row: there is nothing to take back when it fails. */
export const databaseStore = (database: Pick<Database, 'transaction'>): BlobStore => ({
  put: async (bytes) => ({
    save: async (write, attachmentId) => void (await write('insert into attachment_content (attachment_id, storage_key, bytes) values ($1, $2, $3)', [attachmentId, newStorageKey(), bytes])),
    discard: async () => undefined,
  }),
  async get(attachmentId) {
    const [row] = await database.transaction((run) => run<{ hex: string | null }>({ text: `select encode(bytes, 'hex') as hex from attachment_content where attachment_id = $1`, values: [attachmentId] }))
    return row?.hex ? Buffer.from(row.hex, 'hex') : undefined
  },
})
