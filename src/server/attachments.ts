import express, { type Request, type RequestHandler } from 'express'
import { parse, type GraphQLSchema } from 'graphql'
import { createHash } from 'node:crypto'
import { ask } from '../engine/index.js'
import { notFound, forbidden, prefixOf, type Language } from '../kernel/index.js'
import type { RequestContext } from '../schema.js'
import { leastCost } from './cost.js'
import type { Door, Entered } from './door.js'
import { sendError } from './request.js'
import { announcedBytes, cutAfterAnswer, readUpload, UploadRefused, UploadSpace } from './uploads.js'

const add = parse(`mutation AttachmentAdd($input: AttachmentAddInput!) {
  attachmentAdd(input: $input) {
    attachment { id version fileName mediaType size sha256 note createdAt withdrawnAt contentPath task { id } assignment { id } unit { id } }
    userErrors { code message field }
  }
}`)
const find = parse('query Attachment($id: ID!) { attachment(id: $id) { fileName mediaType size sha256 withdrawnAt contentPath } }')

/** A write, and one for each KiB: what passes through this process counts like what it reads. */
const uploadCost = (bytes: number): number => 50 + Math.ceil(bytes / 1_024)
const downloadCost = (bytes: number): number => Math.ceil(bytes / 1_024)

/**
 * `POST /attachments?task=…&assignment=…&idempotencyKey=…&note=…` takes a file as its body, named by `x-file-name`; `GET /attachments/att_…` gives one out.
 * Both ask the schema, as any operation does: nothing here decides who may.
 */
export function serveAttachments(door: Door, schema: GraphQLSchema, limit: number): RequestHandler {
  const router = express.Router({ caseSensitive: true, strict: true })
  const space = new UploadSpace(limit)
  router.post('/', (request, response, next) => (cutAfterAnswer(request, response), next()), door.route((entered) => upload(entered, schema, limit, space).catch((error: unknown) => refuseUpload(entered, error))))
  router.get('/:id', door.route((entered) => download(entered, schema)))
  router.all('/', (_request, response) => void sendError(response.set('allow', 'POST'), 405, 'METHOD_NOT_ALLOWED', 'Send a file by POST.'))
  router.all('/:id', (_request, response) => void sendError(response.set('allow', 'GET, HEAD'), 405, 'METHOD_NOT_ALLOWED', 'Fetch an attachment by GET.'))
  return router
}

function refuseUpload({ response, language }: Entered, error: unknown): void {
  if (!(error instanceof UploadRefused)) throw error
  if (error.status === 413) response.set('connection', 'close')
  if (error.status === 503) response.set('retry-after', '2')
  sendError(response, error.status, error.code, error.said[language])
}

async function upload({ request, response, context, client, pay }: Entered, schema: GraphQLSchema, limit: number, space: UploadSpace): Promise<void> {
  const announced = announcedBytes(request, limit)
  const input = inputOf(request)
  await pay(uploadCost(announced))
  await space.during(client, announced, async () => {
    const bytes = await readUpload(request, limit)
    const of = context as RequestContext
    const receiving: RequestContext = { ...of, evidence: { ...of.evidence, upload: bytes } }
    const { attachmentAdd } = await ask<{ attachmentAdd: Added }>(schema, add, receiving, { input })
    response.status(statusOf(attachmentAdd)).set('cache-control', 'no-store').json(attachmentAdd)
  })
}

interface Added {
  attachment: object | null
  userErrors: { code: string }[]
}

const statuses: Readonly<Record<string, number>> = { UNSUPPORTED_TYPE: 415, TOO_LARGE: 413, CONFLICT: 409, ILLEGAL_TRANSITION: 409 }
const statusOf = ({ userErrors: [first] }: Added): number => (first ? (statuses[first.code] ?? 422) : 201)

const badRequest = (en: string, zh: string) => new UploadRefused(400, 'BAD_REQUEST', { en, zh })

/** The input of the act, from query string and headers. What of it is wrong the act says itself. */
function inputOf(request: Request): Record<string, unknown> {
  const encoding = request.get('content-encoding')
  if (encoding && encoding !== 'identity') throw new UploadRefused(415, 'UNSUPPORTED_TYPE', { en: 'Send the file as it is, without content-encoding.', zh: '请按原样发送文件，不要使用 content-encoding。' })
  const { task, assignment, idempotencyKey, note } = request.query
  const one = (value: unknown) => value === undefined || (typeof value === 'string' && value !== '')
  if (!task || !idempotencyKey || ![task, assignment, idempotencyKey, note].every(one)) {
    throw badRequest('Name the task and an idempotency key, each once: POST /attachments?task=task_…&idempotencyKey=…; `assignment` and `note` may be added.', '请指定任务与幂等键，各一次：POST /attachments?task=task_…&idempotencyKey=…；可另加 assignment 与 note。')
  }
  const mediaType = request.get('content-type')?.split(';')[0]!.trim().toLowerCase()
  if (!mediaType) throw badRequest('Say the type of the file in content-type.', '请以 content-type 注明文件类型。')
  return { taskId: task, assignmentId: assignment ?? null, idempotencyKey, note: note ?? null, mediaType, fileName: fileNameOf(request) }
}

/** `x-file-name`: UTF-8, percent-encoded, alone or as RFC 5987 writes it (`UTF-8''…`). */
function fileNameOf(request: Request): string {
  const [, encoded] = /^(?:utf-8'[\w-]*')?([\w!#$&+.^`|~%()',;=@[\]{} -]+)$/i.exec(request.get('x-file-name') ?? '') ?? []
  const name = encoded === undefined ? undefined : decodedName(encoded)
  if (name === undefined) throw badRequest('Say the name of the file in x-file-name, as percent-encoded UTF-8.', '请以 x-file-name 注明文件名，采用百分号编码的 UTF-8。')
  return name
}

function decodedName(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

interface Found {
  fileName: string
  mediaType: string
  size: number
  sha256: string
  withdrawnAt: string | null
  contentPath: string | null
}

async function download({ request, response, context, language, pay }: Entered, schema: GraphQLSchema): Promise<void> {
  const id = request.params['id'] as string
  const of = context as RequestContext
  await pay(leastCost)
  // What is no id of an attachment is as absent as one of somebody else's.
  if (prefixOf(id) !== 'att') throw notFound()
  const { attachment } = await ask<{ attachment: Found }>(schema, find, of, { id })
  if (attachment.withdrawnAt) return sendError(response, 410, 'WITHDRAWN', withdrawn[language])
  if (!attachment.contentPath) throw forbidden('fetch the content of an attachment', '获取佐证材料内容')
  await pay(downloadCost(attachment.size))
  const bytes = await of.evidence.store.get(id)
  if (bytes?.length !== attachment.size || createHash('sha256').update(bytes).digest('hex') !== attachment.sha256) {
    throw new Error(`The content of ${id} is ${bytes ? 'not what was uploaded' : 'gone'}: restore it from a backup`)
  }
  of.reads.noteSensitive('Attachment.content', id)
  await of.recordReads()
  response.status(200).set(headersOf(id, attachment)).end(bytes)
}

const withdrawn: Record<Language, string> = { en: 'The attachment was withdrawn; its content is no longer given out.', zh: '该材料已撤回，不再提供内容。' }

const headersOf = (id: string, { fileName, mediaType, size, sha256 }: Found): Record<string, string> => ({
  'content-type': mediaType,
  'content-length': String(size),
  // Whatever it is called and whatever is in it, a browser saves it and runs nothing.
  'content-disposition': `attachment; filename="${id}${/\.[a-z]+$/.exec(fileName.toLowerCase())?.[0] ?? ''}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*!]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)}`,
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  etag: `"${sha256}"`,
  'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
})
