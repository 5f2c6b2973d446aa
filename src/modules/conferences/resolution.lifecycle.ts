import { lifecycle } from '../../kernel/index.js'
import type { ResolutionStatus } from './meeting.entity.js'

/** One resolution may need several tasks, so TASKED may follow itself. */
export const resolutionLifecycle = lifecycle<ResolutionStatus>('AGREED', {
  AGREED: ['TASKED', 'NOTED', 'DROPPED'],
  TASKED: ['TASKED'],
  NOTED: [],
  DROPPED: [],
})
