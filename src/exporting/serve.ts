import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import express, { type Express, type RequestHandler } from 'express'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { formats, type FormatName, type Row } from '../formats/index.js'
import { Refusal } from '../kernel/index.js'
import { columnsOf } from '../reporting/views/index.js'
import type { RequestContext } from '../schema.js'
import { sendError, Throttled, type Door, type Entered } from '../server.js'
import { askedIn, formatNamed, viewNamed, type ExportAsked } from './asked.js'
import { manifestOf } from './manifest.js'
import { atStart, pageRows, walk, type Progress } from './walk.js'

export interface ExportChoices {
  readonly schema: GraphQLSchema
  readonly log: Logger
}

/**
 * `GET /export/<view>.<csv|ndjson|xlsx|parquet>` and `GET /export/<view>.manifest.json`, with `filter`, `columns`, `first` and `after` in the query string. A row costs what an object
 * of an answer does. It streams: whoever reads slowly is written to slowly, whoever leaves ends the reading.
 */
export const serveExports =
  (choices: ExportChoices) =>
  (app: Express, door: Door): void => {
    const router = express.Router({ caseSensitive: true, strict: true })
    router.get('/:file', door.route((entered) => serve(choices, entered)))
    router.all('/:file', (_request, response) => void sendError(response.set('allow', 'GET, HEAD'), 405, 'METHOD_NOT_ALLOWED', 'Fetch an export by GET.'))
    app.use('/export', router as RequestHandler)
  }

async function serve(choices: ExportChoices, entered: Entered): Promise<void> {
  const { request } = entered
  const [, name = '', ending = ''] = /^([^.]*)\.(.+)$/.exec(request.params['file'] as string) ?? [undefined, request.params['file'] as string]
  const view = viewNamed(name)
  const isManifest = ending === 'manifest.json'
  const format = formatNamed(isManifest ? String(request.query['format'] ?? 'ndjson') : ending)
  const asked = askedIn(choices.schema, view, request.query)
  const answer = new Answering(choices, entered, asked, format)
  await (isManifest ? answer.manifest() : answer.file())
}

// What a budget holds at least (`BUDGET_PER_MINUTE`): a page is paid for in parts that any budget can pay.
const part = 100

/** One export as it is answered. */
class Answering {
  readonly #asOf = new Date().toISOString()
  readonly #hash = createHash('sha256')
  readonly #gone = new AbortController()
  readonly #progress: Progress
  #bytes = 0

  constructor(
    private readonly choices: ExportChoices,
    private readonly entered: Entered,
    private readonly asked: ExportAsked,
    private readonly format: FormatName,
  ) {
    this.#progress = atStart(asked)
    entered.response.once('close', () => this.#gone.abort())
  }

  async manifest(): Promise<void> {
    for await (const chunk of this.#written(this.#pages())) void chunk
    this.entered.response.set(closed).json(this.#manifest())
  }

  async file(): Promise<void> {
    const { request, response } = this.entered
    const pages = this.#pages()
    // Whatever is wrong shows with the first page, while there is still an answer to say it in.
    const first = await pages.next()
    const { view, first: most } = this.asked
    const { mediaType } = formats[this.format]
    response.status(200).set({
      ...closed,
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${view.name}.${this.format}"; filename*=UTF-8''${encodeURIComponent(view.labelZh)}.${this.format}`,
      'x-heli-as-of': this.#asOf,
    })
    // One page: all of it is known before it is sent.
    if (most !== undefined && most <= pageRows) response.set({ 'x-heli-rows': String(this.#progress.rows), 'x-heli-has-more': String(this.#progress.hasMore), 'x-heli-end-cursor': this.#progress.endCursor })
    else response.set('trailer', 'repr-digest, x-heli-rows, x-heli-has-more, x-heli-end-cursor')
    if (request.method === 'HEAD') {
      await pages.return()
      return void response.end()
    }
    await this.#send(first.done ? [] : chained(first.value, pages))
  }

  /** From here on a failure can only be told by breaking off, which no reader takes for the end. */
  async #send(pages: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>): Promise<void> {
    const { response } = this.entered
    const { rows, hasMore, endCursor } = this.#progress
    try {
      await pipeline(this.#written(pages), response, { end: false })
      if (response.hasHeader('trailer')) {
        const { rows, hasMore, endCursor } = this.#progress
        response.addTrailers({ 'repr-digest': `sha-256=:${this.#hash.digest('base64')}:`, 'x-heli-rows': String(rows), 'x-heli-has-more': String(hasMore), 'x-heli-end-cursor': endCursor })
      }
      response.end()
    } catch (error) {
      const facts = { requestId: response.locals['requestId'], view: this.asked.view.name, rows, hasMore, endCursor }
      if (this.#gone.signal.aborted) this.choices.log.info(facts, 'an export was left by its reader')
      else if (error instanceof Refusal) this.choices.log.warn({ ...facts, code: error.code }, 'an export ended before its time')
      else this.choices.log.error({ ...facts, err: error }, 'an export failed')
      response.destroy()
    }
  }

  #pages(): AsyncGenerator<readonly Row[], void, undefined> {
    const { schema } = this.choices
    const enter = () => this.entered.renew() as Promise<RequestContext>
    return walk({ schema, asked: this.asked, enter, onPage: (rows) => this.#pay(rows) }, this.#progress)
  }

  /** A file under way waits for the next minute's budget; one that has not begun is refused. */
  async #pay(rows: number): Promise<void> {
    for (let left = rows; left > 0; left -= part) {
      for (;;) {
        if (this.#gone.signal.aborted) throw new Error('The reader has left')
        const refused = await this.entered.pay(Math.min(part, left)).then(() => undefined, (error: unknown) => error)
        if (refused === undefined) break
        if (!(refused instanceof Throttled) || this.#progress.rows === 0) throw refused
        await pause(refused.retryAfterSeconds * 1_000, undefined, { signal: this.#gone.signal })
      }
    }
  }

  async *#written(pages: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array> {
    const { view, columns } = this.asked
    for await (const chunk of formats[this.format].write({ columns: columnsOf(this.choices.schema, view, columns), pages }, view.labelZh)) {
      this.#hash.update(chunk)
      this.#bytes += chunk.length
      yield chunk
    }
  }

  #manifest(): object {
    return manifestOf(this.choices.schema, this.asked, this.format, { ...this.#progress, asOf: this.#asOf, bytes: this.#bytes, sha256: this.#hash.digest('hex') })
  }
}

async function* chained<T>(first: T, rest: AsyncGenerator<T, void, undefined>): AsyncGenerator<T> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return()
  }
}

/** A browser saves it and runs nothing; nobody keeps it, and no other site gets it. */
const closed = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin' }
