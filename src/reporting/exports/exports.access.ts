/*
 * Every signed-in viewer may ask for a view as a file: it holds what the view shows to them. The export is there for its owner alone, a person or a service token, and its owner alone calls it off
 * or fetches the file; not even the owner once their rights are others than when they asked.
 */
import { sql } from 'kysely'
import { accessTable, act, any, condition, open, scope, self, signedIn, viewerSql } from '../../access/index.js'

const isOwner = any(
  self('personId'),
  condition({ sentence: { en: 'the service token that asked for it', zh: '发起导出的服务令牌' }, columns: ['tokenId'], sql: (row) => sql`coalesce(${row.column('tokenId')} = ${viewerSql.token}, false)` }),
)

export const exportsAccess = accessTable({
  ExportJob: {
    id: open, version: open, createdAt: open, updatedAt: open, view: open, format: open, filter: open, state: open, rowsDone: open, rowsTotal: open, asOf: open, finishedAt: open, expiresAt: open,
    sha256: open, failure: open, progress: open, resultPath: open, viewerCan: open, nextActions: open,
  },
  Query: { exportJob: signedIn, exportJobs: signedIn },
  // Nobody else sees it, so nobody else can name it.
  Mutation: { exportRequest: act('ExportJob', signedIn), exportCancel: act('ExportJob', signedIn) },
})

export const exportsScopes = [scope('ExportJob', isOwner)]
