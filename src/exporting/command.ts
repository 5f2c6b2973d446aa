import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import cliProgress from 'cli-progress'
import type { Backbone } from '../backbone.js'
import { formats } from '../formats/index.js'
import { newId, Refusal, type Language } from '../kernel/index.js'
import { askedIn, columnsOf, formatNamed, viewNamed } from '../reporting/views/index.js'
import type { Identity } from '../sign-in/index.js'
import { countOf } from './run.js'
import { atStart, walk } from './walk.js'

export interface ExportRequest {
  view: string
  format: string
  /** JSON of the list's filter. */
  filter?: string
  columns?: string
  first?: string
  after?: string
  /** The file; `<view>.<format>` where it is left out. */
  out?: string
}

export interface ExportSurroundings {
  backbone: Backbone
  /** As whom: with no other rights than over the API. */
  identity: Identity
  out: Pick<Writable, 'write'>
  /** Somebody watches: show a bar. */
  isTerminal: boolean
  language: Language
}

/** Writes a view into a file and prints what came of it; 0 when it is written, 1 where it is refused. A file appears whole or not at all. */
export async function runExport({ view: name, format: ending, out: file = `${name}.${ending}`, filter, ...rest }: ExportRequest, { backbone, identity, out, isTerminal, language }: ExportSurroundings): Promise<0 | 1> {
  const { schema } = backbone
  const aside = `${file}.part`
  const bar = isTerminal ? new cliProgress.SingleBar({ format: ' {bar} {percentage}% {value} rows, {eta_formatted} left', hideCursor: true, clearOnComplete: true }, cliProgress.Presets.shades_classic) : undefined
  try {
    const view = viewNamed(name)
    const format = formatNamed(ending)
    const asked = askedIn(schema, view, { ...rest, ...(filter === undefined ? {} : { filter: parsed(filter) }) })
    const requestId = newId('cli')
    const enter = () => backbone.contextFor({ identity, language, strict: false, requestId, isRouter: false, mayRemember: true })
    const total = bar && Math.min((await countOf(view, asked.filter, await enter(), schema)) ?? Infinity, asked.first ?? Infinity)
    bar?.start(Number.isFinite(total) ? total! : 0, 0)
    const progress = atStart(asked)
    const hash = createHash('sha256')
    let bytes = 0
    async function* hashed() {
      const pages = walk({ schema, asked, enter, onPage: async (rows) => bar?.update(progress.rows + rows) }, progress)
      for await (const chunk of formats[format].write({ columns: columnsOf(schema, view, asked.columns), pages }, view.labelZh)) {
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    }
    await pipeline(hashed, createWriteStream(aside))
    await rename(aside, file)
    bar?.stop()
    const hidden = [...progress.masked].map(([field, count]) => `${field} ${count}`).join(', ')
    const more = progress.hasMore ? { en: ` Go on with --after ${progress.endCursor}`, zh: ` 续导请用 --after ${progress.endCursor}` }[language] : ''
    const sha256 = hash.digest('hex')
    out.write(`${{ en: `${file}: ${progress.rows} rows, ${bytes} bytes, sha256 ${sha256}.`, zh: `${file}：${progress.rows} 行，${bytes} 字节，sha256 ${sha256}。` }[language]}${more}\n`)
    if (hidden) out.write(`${{ en: `Hidden from you: ${hidden}.`, zh: `对您不可见的值：${hidden}。` }[language]}\n`)
    return 0
  } catch (error) {
    bar?.stop()
    await rm(aside, { force: true })
    if (!(error instanceof Refusal)) throw error
    out.write(`${error.said[language]}\n`)
    return 1
  }
}

/** What is no JSON stays a text, and is refused as one. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
