/** "Result fetched only by that viewer": an export is there for whoever asked for it, a person or a service token, and for nobody else. */
import type { ExportJob } from './snapshot-exports.js'
import { derivedIfAny, ofEveryRow, value, verdict, type Page } from './words.js'

export const exportJob: Page<ExportJob> = {
  type: 'ExportJob',
  rows: ({ tables }) => tables.export_job,
  visible: ({ personId, login, snapshot }, row) =>
    verdict({
      'the person who asked for it': personId !== null && row.personId === personId,
      'the token that asked for it': personId === null && row.tokenId !== null && snapshot.where('service_token', 'id', row.tokenId).some(({ tokenHash }) => login === `service:${tokenHash}`),
    }),
  fields: {
    ...ofEveryRow,
    view: value('view'), format: value('format'), filter: value('filter'), state: value('state'), rowsDone: value('rowsDone'), rowsTotal: value('rowsTotal'), asOf: value('asOf'),
    finishedAt: value('finishedAt'), expiresAt: value('expiresAt'), sha256: value('sha256'), failure: value('failure'), progress: derivedIfAny, resultPath: derivedIfAny,
    viewerCan: derivedIfAny, nextActions: derivedIfAny,
  },
}
