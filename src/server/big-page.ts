import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { RequestHandler } from 'express'

/** A page that brings everything along, some megabytes that most processes never serve: made when first asked for, and kept packed. */
export function bigPage(make: () => string | Promise<string>, policy: () => string): RequestHandler {
  let page: Promise<{ plain: Buffer; packed: Buffer }> | undefined
  return async (request, response) => {
    const { plain, packed } = await (page ??= pack(make()))
    response.vary('Accept-Encoding').set('content-security-policy', policy()).set('x-content-type-options', 'nosniff').set('cache-control', 'no-cache').type('html')
    if (request.acceptsEncodings('gzip')) response.set('content-encoding', 'gzip').send(packed)
    else response.send(plain)
  }
}

async function pack(made: string | Promise<string>) {
  const plain = Buffer.from(await made)
  return { plain, packed: await promisify(gzip)(plain) }
}
