import { randomUUID } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'

declare module 'express-serve-static-core' {
  interface Locals {
    requestId: string
    operationName?: string
  }
}

/** Gives every request an id, the caller's where it can be put into a log without harm. */
export const identifyRequest: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id')
  response.locals['requestId'] = given && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
  response.set('x-request-id', response.locals['requestId'])
  response.set('x-content-type-options', 'nosniff')
  next()
}

const quietPaths = new Set(['/livez', '/readyz', '/metrics'])

/** One line per request. Without the query string, which may hold a whole GraphQL document with its values. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    // Read now: while a router mounted on a path is at work, Express shows the rest of the path only.
    const { path } = request
    response.once('close', () => {
      const facts = {
        requestId: response.locals['requestId'],
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ...(response.locals['operationName'] ? { operation: response.locals['operationName'] } : {}),
        ...(response.writableFinished ? {} : { aborted: true }),
      }
      if (quietPaths.has(path)) log.debug(facts, 'request')
      else if (response.statusCode >= 500) log.error(facts, 'request')
      else log.info(facts, 'request')
    })
    next()
  }
}

const allowedHeaders = 'authorization, content-type, accept-language, apollo-require-preflight, x-apollo-operation-name, apollographql-client-name, apollographql-client-version, x-request-id, x-heli-strict, x-file-name'

/** Lets browsers of the named origins in. Tokens travel in a header, so no cookies and no credentials. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins)
  return (request, response, next) => {
    const origin = request.get('origin')
    response.vary('Origin')
    if (origin && allowed.has(origin)) {
      response.set('access-control-allow-origin', origin)
      response.set('access-control-expose-headers', 'x-request-id, retry-after, www-authenticate, content-disposition, repr-digest')
      if (request.method === 'OPTIONS') {
        response.set('access-control-allow-methods', 'GET, POST')
        response.set('access-control-allow-headers', allowedHeaders)
        response.set('access-control-max-age', '600')
      }
    }
    if (request.method === 'OPTIONS') response.status(204).end()
    else next()
  }
}

/** Answers in the form of a GraphQL response, because that is what clients of this server can read. */
export function sendError(response: Response, status: number, code: string, message: string, more: Readonly<Record<string, unknown>> = {}): void {
  // The same form under the name that the client prefers: GraphQL over HTTP has one of its own since 2023.
  const type = response.req.accepts(['application/json', 'application/graphql-response+json']) || 'application/json'
  response.status(status).type(`${type}; charset=utf-8`).send(JSON.stringify({ errors: [{ message, extensions: { code, ...more, requestId: response.locals['requestId'] } }] }))
}

/** What body parsing and the rest of Express throw, in the form of a GraphQL response and without inner text. */
export function answerErrors(log: Logger, bodyLimit: number) {
  // Express tells an error handler by its four parameters.
  return (error: { type?: string; status?: number }, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error)
    const { type = '', status = 500 } = error
    if (type === 'entity.too.large') {
      return sendError(response, 413, 'PAYLOAD_TOO_LARGE', `The request body is larger than ${bodyLimit} bytes. Send less at a time.`)
    }
    if (type === 'entity.parse.failed') return sendError(response, 400, 'BAD_REQUEST', 'The request body is not valid JSON.')
    if (type === 'request.aborted') return sendError(response, 400, 'BAD_REQUEST', 'The request ended before its body did.')
    if (status === 415) return sendError(response, 415, 'BAD_REQUEST', 'The request body is in an encoding that is not understood. Send JSON in UTF-8.')
    if (status >= 400 && status < 500) return sendError(response, status, 'BAD_REQUEST', 'The request could not be understood.')
    log.error({ err: error, requestId: response.locals['requestId'] }, 'unexpected error')
    sendError(response, 500, 'INTERNAL_SERVER_ERROR', `Something went wrong here. Quote ${response.locals['requestId']} when you report it.`)
  }
}
