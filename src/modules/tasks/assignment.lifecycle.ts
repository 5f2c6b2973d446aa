import { lifecycle, verbs } from '../../kernel/index.js'
import type { AssignmentStatus } from './task.entity.js'

/** A track is ISSUED anew when it is handed over to another unit, or given again to the one that refused it. */
export const assignmentLifecycle = lifecycle<AssignmentStatus>('PROPOSED', {
  PROPOSED: ['ISSUED', 'TERMINATED'],
  ISSUED: ['PROPOSED', 'ACCEPTED', 'REFUSED', 'ISSUED', 'EXCUSED', 'TERMINATED'],
  REFUSED: ['ISSUED', 'PROPOSED', 'EXCUSED', 'TERMINATED'],
  ACCEPTED: ['IN_PROGRESS', 'ISSUED', 'EXCUSED', 'TERMINATED'],
  IN_PROGRESS: ['REPORTED', 'ISSUED', 'EXCUSED', 'TERMINATED'],
  REPORTED: ['RETURNED', 'COMPLETED', 'ISSUED', 'EXCUSED', 'TERMINATED'],
  RETURNED: ['IN_PROGRESS', 'ISSUED', 'EXCUSED', 'TERMINATED'],
  COMPLETED: [],
  EXCUSED: [],
  TERMINATED: [],
})

const open = ['ISSUED', 'REFUSED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED'] as const

export const assignmentVerbs = verbs(assignmentLifecycle, {
  assignmentAccept: { from: ['ISSUED'], to: 'ACCEPTED' },
  assignmentRefuse: { from: ['ISSUED'], to: 'REFUSED' },
  assignmentStart: { from: ['ACCEPTED', 'RETURNED'], to: 'IN_PROGRESS' },
  assignmentReport: { from: ['IN_PROGRESS'], to: 'REPORTED' },
  assignmentComplete: { from: ['REPORTED'], to: 'COMPLETED' },
  assignmentExcuse: { from: open, to: 'EXCUSED' },
  assignmentHandOver: { from: open, to: 'ISSUED' },
})
