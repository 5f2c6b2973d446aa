import { lifecycle, verbs } from '../../kernel/index.js'
import type { ComplaintStatus } from './service.entity.js'
import type { VolunteerStatus } from './volunteer.entity.js'

/** Registered after the public notice, or not. */
export const volunteerLifecycle = lifecycle<VolunteerStatus>('NOTICE', { NOTICE: ['REGISTERED', 'REFUSED'], REGISTERED: ['WITHDRAWN'], REFUSED: [], WITHDRAWN: [] })
export const volunteerVerbs = verbs(volunteerLifecycle, {
  volunteerRegister: { from: ['NOTICE'], to: 'REGISTERED' },
  volunteerRefuse: { from: ['NOTICE'], to: 'REFUSED' },
  volunteerWithdraw: { from: ['REGISTERED'], to: 'WITHDRAWN' },
})

/** One outcome, for good. */
export const complaintLifecycle = lifecycle<ComplaintStatus>('RECEIVED', { RECEIVED: ['UPHELD', 'DISMISSED'], UPHELD: [], DISMISSED: [] })
export const complaintVerbs = verbs(complaintLifecycle, { complaintSettle: { from: ['RECEIVED'], to: ['UPHELD', 'DISMISSED'] } })
