import { lifecycle, verbs } from '../../kernel/index.js'
import type { ExportState } from './export-job.entity.js'

const exportLifecycle = lifecycle<ExportState>('QUEUED', {
  QUEUED: ['RUNNING', 'CANCELLED'],
  RUNNING: ['DONE', 'FAILED', 'CANCELLED'],
  DONE: ['EXPIRED', 'CANCELLED'],
  FAILED: [],
  EXPIRED: [],
  CANCELLED: [],
})
/** Calling off a file that is written removes it. */
export const exportVerbs = verbs(exportLifecycle, { exportCancel: { from: ['QUEUED', 'RUNNING', 'DONE'], to: 'CANCELLED' } })
