import type { RequestHandler } from 'express'
import { bigPage } from './big-page.js'

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
  const page = bigPage(
    async () => {
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
      return renderGraphiQL({ title: 'Heli 合力', endpoint, defaultQuery: firstQuery, headers: firstHeaders, shouldPersistHeaders: true, favicon: 'data:,' })
    },
    () => policy,
  )
  return (request, response, next) => {
    const isBrowser = request.method === 'GET' && request.query['query'] === undefined && request.accepts(['application/json', 'text/html']) === 'text/html'
    if (!isBrowser) return next()
    response.vary('Accept')
    return page(request, response, next)
  }
}
