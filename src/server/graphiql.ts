import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { RequestHandler } from 'express'

const firstQuery = `# Heli 合力
# Sign in: "npm run token -- coordinator" prints a token; put it under "Headers" below.
# Press Ctrl+Enter to run.

query JointInitiatives {
  initiatives(first: 5) {
    totalCount
    nodes {
      id
      code
      title
      status
      leadUnit { id name }
    }
  }
}
`

const firstHeaders = JSON.stringify({ authorization: 'Bearer <output of: npm run token -- coordinator>', 'accept-language': 'zh-CN' }, null, 2)

// The page brings everything along. The policy makes sure of it: on a closed network a script from elsewhere would hang the page.
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  "img-src 'self' data: blob:",
  'font-src data:',
  "connect-src 'self' blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** GraphiQL for a browser that opens the endpoint; every other request passes on. */
export function serveGraphiql(endpoint: string): RequestHandler {
  let page: Promise<{ plain: Buffer; packed: Buffer }> | undefined
  return async (request, response, next) => {
    const isBrowser = request.method === 'GET' && request.query['query'] === undefined && request.accepts(['application/json', 'text/html']) === 'text/html'
    if (!isBrowser) return next()
    // Nine megabytes that most processes never serve: loaded when first asked for.
    const { plain, packed } = await (page ??= render(endpoint))
    response.vary('Accept').vary('Accept-Encoding').set('content-security-policy', policy).set('cache-control', 'no-cache').type('html')
    if (request.acceptsEncodings('gzip')) response.set('content-encoding', 'gzip').send(packed)
    else response.send(plain)
  }
}

async function render(endpoint: string) {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({ title: 'Heli 合力', endpoint, defaultQuery: firstQuery, headers: firstHeaders, shouldPersistHeaders: true, favicon: 'data:,' })
  const plain = Buffer.from(html)
  return { plain, packed: await promisify(gzip)(plain) }
}
