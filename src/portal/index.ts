import { serveExports } from '../exporting/serve.js'
import type { ServerChoices } from '../server.js'
import { serveReport } from './report/index.js'

/** What is served beside the graph: files of views, and the page of a report. */
export const routesBeside = (choices: Parameters<typeof serveExports>[0]): NonNullable<ServerChoices['routes']> => {
  const exports = serveExports(choices)
  return (app, door) => {
    exports(app, door)
    serveReport(app)
  }
}
