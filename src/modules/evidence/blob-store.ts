/** A statement in the transaction of the row that names the bytes. */
export type Write = (text: string, values: readonly unknown[]) => Promise<unknown>

/** Bytes taken in, while no row names them yet. */
export interface HeldBlob {
  /** Ties them to their attachment, in its own transaction. */
  save(write: Write, attachmentId: string): Promise<void>
  /** Takes them back where that transaction did not come to its end. Never fails: what is left behind is noted, and no row names it. */
  discard(): Promise<void>
}

/** Where the bytes of attachments lie. Keys are random, so nobody finds an object by what is known of its attachment. */
export interface BlobStore {
  /** @param sha256  of the bytes, hexadecimal; the store may refuse what arrives otherwise */
  put(bytes: Buffer, sha256: string): Promise<HeldBlob>
  /** Undefined where they are gone. Asks nobody's rights: whoever calls it has asked the engine before. */
  get(attachmentId: string): Promise<Buffer | undefined>
}
