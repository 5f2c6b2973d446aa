import { lifecycle } from '../../kernel/index.js'
import type { MeetingStatus } from './meeting.entity.js'

export const meetingLifecycle = lifecycle<MeetingStatus>('PLANNED', {
  PLANNED: ['HELD', 'CANCELLED'],
  HELD: [],
  CANCELLED: [],
})
