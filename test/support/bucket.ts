import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from '@jest/globals'

/** An S3-compatible server in this process. It works each signature out anew from the published procedure (AWS Signature Version 4) and refuses what does not match. */
export interface TestBucket {
  url: string
  objects: Map<string, Buffer>
  /** Method and path of each request, with the status answered. */
  seen: string[]
  /** Answers every request with this status instead. */
  fails?: number
  settings(): Record<string, string>
}

const [accessKeyId, secretAccessKey, region, bucket] = ['TESTKEY', 'test secret/+', 'cn-test-1', 'evidence'] as const
const hex = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** What is wrong with a request's proof; undefined where it is good. */
function fault({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
  const [, credential, signed, signature] = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ?? []
  if (!credential || !signed || !signature) return 'no signature'
  const moment = String(headers['x-amz-date'])
  const scope = `${moment.slice(0, 8)}/${region}/s3/aws4_request`
  if (credential !== `${accessKeyId}/${scope}`) return 'another credential'
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.split(';').includes(name))) return 'too little is signed'
  const hash = String(headers['x-amz-content-sha256'])
  if (hash !== hex(body)) return 'the content is not what was signed'
  const at = Date.parse(moment.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(Date.now() - at) < 900_000)) return 'another time'
  const canonical = [method, url, '', ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`), '', signed, hash].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, moment.slice(0, 8)), region), 's3'), 'aws4_request')
  return hmac(key, ['AWS4-HMAC-SHA256', moment, scope, hex(canonical)].join('\n')).toString('hex') === signature ? undefined : 'a wrong signature'
}

export function useBucket(): TestBucket {
  const made = { objects: new Map<string, Buffer>(), seen: [] as string[] } as unknown as TestBucket
  let server: Server
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks)
      const wrong = fault(request, body)
      const path = request.url!
      const answer = (status: number, content?: Buffer | string) => {
        made.seen.push(`${request.method} ${path.replace(/[0-9a-f]{64}$/, '…')} ${status}`)
        response.writeHead(status).end(content)
      }
      if (made.fails) return answer(made.fails)
      if (wrong || !path.startsWith(`/${bucket}/`)) return answer(403, wrong)
      if (request.method === 'PUT') return made.objects.set(path, body), answer(200)
      if (request.method === 'DELETE') return made.objects.delete(path), answer(204)
      const found = made.objects.get(path)
      return found ? answer(200, found) : answer(404)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    made.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
    made.objects.clear()
    made.seen.length = 0
    delete made.fails
  })
  afterAll(() => new Promise<void>((done) => void server.close(() => done())))
  made.settings = () => ({ ATTACHMENT_STORE: 's3', S3_ENDPOINT: made.url, S3_BUCKET: bucket, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey })
  return made
}
