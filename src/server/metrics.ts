import type { RequestHandler } from 'express'
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

const knownPaths = new Set(['/graphql', '/livez', '/readyz', '/metrics', '/schema.graphql', '/.well-known/jwks.json'])

/** Metrics of this server alone: tests start several in one process. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'heli_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const inFlight = new Gauge({ name: 'heli_http_requests_in_flight', help: 'Requests being answered', registers: [registry] })

  const measure: RequestHandler = (request, response, next) => {
    const stop = duration.startTimer()
    // Read now: while a router mounted on a path is at work, Express shows the rest of the path only.
    const { path } = request
    inFlight.inc()
    response.once('close', () => {
      inFlight.dec()
      // Labels from a closed list: a label that callers choose is a way to fill the memory.
      const route = knownPaths.has(path) ? path : path.startsWith('/export/') ? '/export' : path === '/attachments' || path.startsWith('/attachments/') ? '/attachments' : 'other'
      const method = ['GET', 'POST', 'OPTIONS', 'HEAD'].includes(request.method) ? request.method : 'other'
      stop({ method, route, status: String(response.statusCode) })
    })
    next()
  }
  const expose: RequestHandler = async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  }
  return { registry, measure, expose }
}
