import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Environment, EnvironmentError, projectRoot } from '../environment.js'
import type { Said } from '../kernel/index.js'

/** A request names, or sends, a document that this server does not take. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused'

  constructor(
    readonly code: 'UNKNOWN_DOCUMENT' | 'BAD_REQUEST',
    readonly said: Said,
  ) {
    super(said.en)
  }

  get extensions(): Record<string, unknown> {
    return { code: this.code }
  }
}

const release: Said = {
  en: 'Put the document into schema/operations/, run `npm run schema`, and deploy the manifest; documents are not registered at run time.',
  zh: '请将文档放入 schema/operations/，运行 npm run schema 并部署清单；本服务不接受运行时注册。',
}
const unknown = new DocumentRefused('UNKNOWN_DOCUMENT', { en: `No trusted document has this hash. Send its whole text as \`query\`, or release it. ${release.en}`, zh: `没有与该哈希对应的可信文档。请以 query 发送全文，或先行发布。${release.zh}` })
const unknownHere = new DocumentRefused('UNKNOWN_DOCUMENT', { en: `This server answers trusted documents only, and this is none of them. ${release.en}`, zh: `本服务仅执行可信文档，该文档不在其中。${release.zh}` })
const mismatch = new DocumentRefused('BAD_REQUEST', { en: 'The hash is not the SHA-256 of `query`. Send either of them alone.', zh: '哈希与 query 的 SHA-256 不符，请只发送其中之一。' })
const malformed = new DocumentRefused('BAD_REQUEST', {
  en: 'Name a trusted document by `documentId`, or by `extensions.persistedQuery` with `version` 1 and `sha256Hash`: 64 hexadecimal digits.',
  zh: '可信文档以 documentId，或以 extensions.persistedQuery（version 为 1）的 sha256Hash 指定，须为 64 位十六进制数。',
})

/** Documents by the SHA-256 of their text. */
export class TrustedDocuments {
  constructor(
    readonly byHash: ReadonlyMap<string, string>,
    /** Nothing else is answered, but to the gateway: it writes its documents itself and proves who it is. */
    readonly isExclusive: boolean,
  ) {}

  /** Puts the text in place of its hash, or refuses. */
  resolve(body: Record<string, unknown>, isRouter: boolean): void {
    const query = typeof body['query'] === 'string' && body['query'] !== '' ? body['query'] : undefined
    const named = hashOf(body)
    if (named === undefined) {
      if (this.isExclusive && !isRouter && query !== undefined && !this.byHash.has(digest(query))) throw unknownHere
      return
    }
    if (query !== undefined && digest(query) !== named) throw mismatch
    const kept = this.byHash.get(named)
    if (kept === undefined && this.isExclusive && !isRouter) throw unknownHere
    if (kept === undefined && query === undefined) throw unknown
    body['query'] = kept ?? query
    // It has done its work; Apollo would take it for a document to be registered.
    delete (body['extensions'] as Record<string, unknown> | undefined)?.['persistedQuery']
  }
}

function hashOf(body: Record<string, unknown>): string | undefined {
  const { documentId, extensions } = body
  const persisted = (extensions as { persistedQuery?: { version?: unknown; sha256Hash?: unknown } } | null | undefined)?.persistedQuery
  const given = documentId ?? persisted?.sha256Hash
  if (documentId === undefined && persisted === undefined) return undefined
  if (persisted && persisted.version !== 1) throw malformed
  const [, hash] = (typeof given === 'string' && /^(?:sha256:)?([\da-f]{64})$/i.exec(given)) || []
  if (!hash) throw malformed
  return hash.toLowerCase()
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Reads the manifest. A body that does not have its hash is somebody's edit: the start is refused. */
export function readTrustedDocuments({ TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_ONLY }: Pick<Environment, 'TRUSTED_DOCUMENTS' | 'TRUSTED_DOCUMENTS_ONLY'>): TrustedDocuments {
  const file = resolve(projectRoot, TRUSTED_DOCUMENTS)
  let manifest: Record<string, { name?: unknown; body?: unknown }>
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8')) as typeof manifest
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT' && !TRUSTED_DOCUMENTS_ONLY) return new TrustedDocuments(new Map(), false)
    throw new EnvironmentError([`TRUSTED_DOCUMENTS names ${file}, which cannot be read as a manifest: run \`npm run schema\`, or correct the path`])
  }
  const entries = Object.entries(manifest)
  const wrong = entries.filter(([hash, entry]) => typeof entry?.body !== 'string' || digest(entry.body) !== hash)
  if (wrong.length > 0) throw new EnvironmentError(wrong.map(([hash]) => `TRUSTED_DOCUMENTS: the document ${hash} does not have this hash: run \`npm run schema\` again`))
  if (TRUSTED_DOCUMENTS_ONLY && entries.length === 0) throw new EnvironmentError(['TRUSTED_DOCUMENTS_ONLY=true with an empty manifest would answer nobody: run `npm run schema`, or remove the setting'])
  return new TrustedDocuments(new Map(entries.map(([hash, { body }]) => [hash, body as string])), TRUSTED_DOCUMENTS_ONLY)
}
