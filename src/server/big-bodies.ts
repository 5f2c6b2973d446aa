import type { RequestHandler } from 'express'
import { sendError } from './request.js'

const lingerMs = 1_000

/**
 * Answers a body beyond the limit as soon as it is known to be one, and ends the connection. Express alone reads such a body
 * to its end first, so that whoever sends slowly enough would hold the connection all the while.
 */
export function refuseBigBodies(limit: number): RequestHandler {
  return (request, response, next) => {
    let received = 0
    const refuse = () => {
      if (response.headersSent) return
      response.set('connection', 'close')
      sendError(response, 413, 'PAYLOAD_TOO_LARGE', `The request body is larger than ${limit} bytes. Send less at a time.`)
      // Cut at once, many clients would see a broken connection instead of the answer.
      response.once('finish', () => void setTimeout(() => request.destroy(), lingerMs).unref())
    }
    if (Number(request.get('content-length') ?? 0) > limit) {
      request.resume()
      return refuse()
    }
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received > limit) refuse()
    })
    next()
  }
}
