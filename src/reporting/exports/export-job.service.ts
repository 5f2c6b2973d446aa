import type { GraphQLSchema } from 'graphql'
import { standingOf } from '../../access/index.js'
import { action, type Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { catalogue, filterFault } from '../views/index.js'
import { ExportJob, type ExportState } from './export-job.entity.js'
import type { ExportCancelInput, ExportRequestInput } from './export-job.input.js'
import { exportVerbs } from './export-job.lifecycle.js'

const mostOpen = 5

export const requestExport = (schema: GraphQLSchema) => async (work: Work, { view, format, filter }: ExportRequestInput): Promise<ExportJob> => {
  const fault = filterFault(schema, catalogue.get(view)!, filter ?? null)
  if (fault) throw new Problem('OUT_OF_RANGE', `input.${fault.field}`, fault.said)
  const { viewer } = work.reads
  const { personId, tokenId } = viewer
  const open = await work.em.count(ExportJob, { ...(personId ? { personId } : { tokenId }), state: { $in: ['QUEUED', 'RUNNING'] } })
  if (open >= mostOpen) throw new Problem('TOO_MANY', null, { en: `${mostOpen} of your exports are under way. Wait for one, or cancel it.`, zh: `您已有 ${mostOpen} 个导出正在进行，请等待完成或取消。` })
  return work.makes(Object.assign(new ExportJob(), { view, format, filter: filter ? JSON.stringify(filter) : null, state: 'QUEUED', rowsDone: 0, personId, tokenId, standing: standingOf(viewer), endCursor: '', attempts: 0 }))
}

action<{ state: ExportState }>(ExportJob, {
  mutation: 'exportCancel',
  facts: { state: (row) => row.column('state') },
  missing: ({ state }) => exportVerbs.faults('exportCancel', state, 'input.exportJobId'),
})

/** Whoever is writing it sees so with the next page, and stops. What was written is removed. */
export async function cancelExport(work: Work, { exportJobId, expectedVersion }: ExportCancelInput): Promise<ExportJob> {
  const job = await work.target(ExportJob, exportJobId, 'input.exportJobId', expectedVersion)
  await work.run('delete from export_chunk where export_job_id = $1', [job.id])
  return Object.assign(job, { state: 'CANCELLED', finishedAt: work.reads.facts.clock.now() })
}
