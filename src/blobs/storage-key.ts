import { randomBytes } from 'node:crypto'

/** 32 random bytes: told by nothing that is known of the attachment. */
export const newStorageKey = (): string => `attachments/${randomBytes(32).toString('hex')}`
