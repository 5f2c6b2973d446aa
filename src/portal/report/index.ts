import { type Express } from 'express'
import { bigPage } from '../../server/big-page.js'
import { sendError } from '../../server/request.js'
import { reportPage, reportPolicy } from './page.js'

/** `GET /report`: the page without data. It asks its reader for a token and fetches the figures as that reader, so nothing lies in it that needs a right. */
export function serveReport(app: Express): void {
  app.get('/report', bigPage(reportPage, () => `${reportPolicy()}; frame-ancestors 'none'`))
  app.all('/report', (_request, response) => void sendError(response.set('allow', 'GET, HEAD'), 405, 'METHOD_NOT_ALLOWED', 'Open the report by GET.'))
}
