import { databaseStore } from './blobs/database-store.js'
import { s3Store } from './blobs/s3-store.js'
import type { Database, Log } from './database.js'
import type { Environment } from './environment.js'
import type { BlobStore } from './modules/evidence/index.js'

/**
 * The store of the environment. New content goes where `ATTACHMENT_STORE` says; what was kept before is found where it lies,
 * in the database or, while the bucket is still named, in the bucket.
 */
export function openBlobStore(environment: Environment, database: Pick<Database, 'transaction'>, log: Log): BlobStore {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = environment
  const inDatabase = databaseStore(database)
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_REGION || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return inDatabase
  const inBucket = s3Store({ endpoint: S3_ENDPOINT, bucket: S3_BUCKET, region: S3_REGION, accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }, database, log)
  const newOnes = environment.ATTACHMENT_STORE === 's3' ? inBucket : inDatabase
  return {
    put: (bytes, sha256) => newOnes.put(bytes, sha256),
    get: async (attachmentId) => (await inDatabase.get(attachmentId)) ?? inBucket.get(attachmentId),
  }
}
