import { lifecycle, verbs } from '../../kernel/index.js'
import type { TaskStatus } from './task.entity.js'

/** ACCEPTED, IN_PROGRESS and REPORTED follow the lead unit's track; ISSUED again when the lead is handed over. Every other step is an act of the issuer. */
export const taskLifecycle = lifecycle<TaskStatus>('DRAFT', {
  DRAFT: ['PENDING_ISSUE', 'TERMINATED'],
  PENDING_ISSUE: ['ISSUED', 'TERMINATED'],
  ISSUED: ['PENDING_ISSUE', 'ACCEPTED', 'SUSPENDED', 'TERMINATED'],
  ACCEPTED: ['IN_PROGRESS', 'ISSUED', 'SUSPENDED', 'TERMINATED'],
  IN_PROGRESS: ['REPORTED', 'ISSUED', 'SUSPENDED', 'TERMINATED'],
  REPORTED: ['RETURNED', 'COMPLETED', 'ISSUED', 'SUSPENDED', 'TERMINATED'],
  RETURNED: ['IN_PROGRESS', 'REPORTED', 'ISSUED', 'SUSPENDED', 'TERMINATED'],
  SUSPENDED: ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'TERMINATED'],
  COMPLETED: ['CLOSED'],
  CLOSED: [],
  TERMINATED: [],
})

const underWay = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED'] as const

export const taskVerbs = verbs(taskLifecycle, {
  taskPropose: { from: ['DRAFT'], to: 'PENDING_ISSUE' },
  taskIssue: { from: ['PENDING_ISSUE'], to: 'ISSUED' },
  taskWithdraw: { from: ['ISSUED'], to: 'PENDING_ISSUE' },
  taskReturn: { from: ['REPORTED'], to: 'RETURNED' },
  taskComplete: { from: ['REPORTED'], to: 'COMPLETED' },
  taskClose: { from: ['COMPLETED'], to: 'CLOSED' },
  taskSuspend: { from: underWay, to: 'SUSPENDED' },
  taskResume: { from: ['SUSPENDED'], to: underWay },
  taskTerminate: { from: ['DRAFT', 'PENDING_ISSUE', ...underWay, 'SUSPENDED'], to: 'TERMINATED' },
})
