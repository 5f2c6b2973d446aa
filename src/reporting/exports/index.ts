/*
 * Exports in the background (导出作业): for what is too long to wait for. A view is asked for as a file; a job writes it page by page with the rights that its owner has at each page, goes on after a
 * crash from the last page written, and ends where the rights change. The file is fetched at `resultPath` by its owner alone, for three days; with other rights than those of the asking the link is dead.
 */
import { Float } from 'type-graphql'
import { sql } from 'kysely'
import { actionFields, collection, defineModule, value } from '../../engine/index.js'
import { ExportJob } from './export-job.entity.js'
import { exportPaging } from './export-job.input.js'
import { ExportMutations } from './export-job.resolver.js'
import { exportsAccess, exportsScopes } from './exports.access.js'

export const exports = defineModule({
  name: 'exports',
  records: [ExportJob],
  resolvers: [ExportMutations],
  fields: [
    collection(ExportJob, 'exportJob', 'exportJobs', exportPaging),
    value(ExportJob, 'progress', () => Float, 'Share of the rows that is written, 0 to 1; null where their number is not known (进度).', {
      nullable: true,
      sql: (row) => sql`case when ${row.column('state')} in ('DONE', 'EXPIRED') then 1 when ${row.column('rowsTotal')} > 0 then least(1, round(${row.column('rowsDone')}::numeric / ${row.column('rowsTotal')}, 4)) end::float8`,
    }),
    value(ExportJob, 'resultPath', () => String, 'Where the file is fetched, by its owner; null where there is none (文件地址).', {
      nullable: true,
      sql: (row) => sql`case when ${row.column('state')} = 'DONE' and ${row.column('expiresAt')} > now() then '/export/jobs/' || ${row.column('id')} end`,
    }),
    ...actionFields(ExportJob),
  ],
  access: [exportsAccess],
  scopes: exportsScopes,
})

export { ExportFormat, ExportJob, type ExportFailure, type ExportState } from './export-job.entity.js'
