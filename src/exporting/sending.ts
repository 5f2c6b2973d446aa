import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { formats, type Column, type FormatName, type Pages } from '../formats/index.js'
import { Refusal } from '../kernel/index.js'
import type { View } from '../reporting/views/index.js'
import { Throttled, type Entered } from '../server.js'

// What a budget holds at least (`BUDGET_PER_MINUTE`): a page is paid for in parts that any budget can pay.
const part = 100

/** A browser saves it and runs nothing; nobody keeps it, and no other site gets it. */
export const closed = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin' }

/** What is known of a file only at its end, and sent behind it. */
const trailers = ['repr-digest', 'x-heli-rows', 'x-heli-has-more', 'x-heli-end-cursor']

/** A table on its way out as a file: paid for, hashed, written as fast as its reader reads, and ended when the reader leaves. */
export class Sending {
  readonly #hash = createHash('sha256')
  readonly #gone = new AbortController()
  #bytes = 0
  #digest: Buffer | undefined
  #isBegun = false

  constructor(
    private readonly log: Logger,
    private readonly entered: Entered,
    private readonly view: View,
    private readonly columns: readonly Column[],
    private readonly format: FormatName,
  ) {
    entered.response.once('close', () => this.#gone.abort())
  }

  get bytes(): number {
    return this.#bytes
  }

  /** SHA-256 of all that was written. */
  get digest(): Buffer {
    return (this.#digest ??= this.#hash.digest())
  }

  /** A row costs what an object of an answer does. A file under way waits for the next minute's budget; one that has not begun is refused. */
  async pay(rows: number): Promise<void> {
    for (let left = rows; left > 0; left -= part) {
      for (;;) {
        if (this.#gone.signal.aborted) throw new Error('The reader has left')
        const refused = await this.entered.pay(Math.min(part, left)).then(() => undefined, (error: unknown) => error)
        if (refused === undefined) break
        if (!(refused instanceof Throttled) || !this.#isBegun) throw refused
        await pause(refused.retryAfterSeconds * 1_000, undefined, { signal: this.#gone.signal })
      }
    }
    this.#isBegun = true
  }

  async *written(pages: Pages): AsyncGenerator<Uint8Array> {
    for await (const chunk of formats[this.format].write({ columns: this.columns, pages }, this.view.labelZh)) {
      this.#hash.update(chunk)
      this.#bytes += chunk.length
      yield chunk
    }
  }

  head(more: Readonly<Record<string, string>>): void {
    const { view, format } = this
    this.entered.response.status(200).set({
      ...closed,
      'content-type': formats[format].mediaType,
      'content-disposition': `attachment; filename="${view.name}.${format}"; filename*=UTF-8''${encodeURIComponent(view.labelZh)}.${format}`,
      ...more,
    })
  }

  /** From here on a failure can only be told by breaking off, which no reader takes for the end. */
  async send(pages: Pages, more?: () => Readonly<Record<string, string>>): Promise<void> {
    const { request, response } = this.entered
    const trailer = request.httpVersion === '1.0' ? undefined : more
    if (trailer) response.set('trailer', trailers.join(', '))
    try {
      await pipeline(this.written(pages), response, { end: false })
      if (trailer) response.addTrailers({ ...trailer(), 'repr-digest': `sha-256=:${this.digest.toString('base64')}:` })
      response.end()
    } catch (error) {
      const facts = { requestId: response.locals['requestId'], view: this.view.name, bytes: this.#bytes }
      if (this.#gone.signal.aborted) this.log.info(facts, 'an export was left by its reader')
      else if (error instanceof Refusal) this.log.warn({ ...facts, code: error.code }, 'an export ended before its time')
      else this.log.error({ ...facts, err: error }, 'an export failed')
      response.destroy()
    }
  }
}
