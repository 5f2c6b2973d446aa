import type { Request, Response } from 'express'
import type { Said } from '../kernel/index.js'

const lingerMs = 1_000

/** An upload that is not taken, before or while its bytes are read. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused'

  constructor(
    readonly status: number,
    readonly code: 'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_TYPE' | 'UPLOADS_BUSY',
    readonly said: Said,
  ) {
    super(said.en)
  }
}

/** Memory that uploads under way may fill, all together and each client. An upload fills it from its first byte to its answer. */
export class UploadSpace {
  #all = 0
  readonly #byClient = new Map<string, number>()

  /** @param limit  bytes of the largest file: two of them for a client, eight for all */
  constructor(readonly limit: number) {}

  async during<T>(client: string, bytes: number, work: () => Promise<T>): Promise<T> {
    const own = this.#byClient.get(client) ?? 0
    if (own + bytes > 2 * this.limit || this.#all + bytes > 8 * this.limit) {
      throw new UploadRefused(503, 'UPLOADS_BUSY', { en: 'Too many uploads are under way. Send this one again in a moment.', zh: '正在进行的上传过多，请稍后重新上传。' })
    }
    this.#all += bytes
    this.#byClient.set(client, own + bytes)
    try {
      return await work()
    } finally {
      this.#all -= bytes
      const left = this.#byClient.get(client)! - bytes
      if (left > 0) this.#byClient.set(client, left)
      else this.#byClient.delete(client)
    }
  }
}

const tooLarge = (limit: number) =>
  new UploadRefused(413, 'PAYLOAD_TOO_LARGE', { en: `The file is larger than ${limit} bytes. Send a smaller one, or have the operator raise ATTACHMENT_LIMIT_BYTES.`, zh: `文件超过 ${limit} 字节。请减小文件，或请运维人员调高 ATTACHMENT_LIMIT_BYTES。` })

/** Bytes that a request says it will send; the limit where it does not say. Refuses more than the limit before any of them is read. */
export function announcedBytes(request: Request, limit: number): number {
  const stated = request.get('content-length')
  if (stated !== undefined && Number(stated) > limit) throw tooLarge(limit)
  return stated === undefined ? limit : Number(stated)
}

/** The body as it was sent, never more of it than the limit. */
export async function readUpload(request: Request, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let received = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received += chunk.length
    if (received > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, received)
}

/** Ends the connection of a sender that goes on sending after the answer. Cut at once, the sender would see a broken connection instead of the answer. */
export function cutAfterAnswer(request: Request, response: Response): void {
  response.once('finish', () => {
    if (request.complete) return
    request.resume()
    setTimeout(() => request.complete || request.destroy(), lingerMs).unref()
  })
}
