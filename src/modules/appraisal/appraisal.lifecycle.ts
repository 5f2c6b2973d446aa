import { lifecycle, verbs } from '../../kernel/index.js'
import type { AppealStatus, ScorePeriodStatus } from './appraisal.entity.js'

/** Submitted to the level above, approved there, published; until then it can be sent back. What is published is locked. */
export const periodLifecycle = lifecycle<ScorePeriodStatus>('OPEN', { OPEN: ['SUBMITTED'], SUBMITTED: ['APPROVED', 'OPEN'], APPROVED: ['PUBLISHED', 'OPEN'], PUBLISHED: [] })

export const periodVerbs = verbs(periodLifecycle, {
  scorePeriodSubmit: { from: ['OPEN'], to: 'SUBMITTED' },
  scorePeriodApprove: { from: ['SUBMITTED'], to: 'APPROVED' },
  scorePeriodSendBack: { from: ['SUBMITTED', 'APPROVED'], to: 'OPEN' },
  scorePeriodPublish: { from: ['APPROVED'], to: 'PUBLISHED' },
})

/** One appeal against a deduction, decided once. */
export const appealLifecycle = lifecycle<AppealStatus>('NONE', { NONE: ['APPEALED'], APPEALED: ['UPHELD', 'CANCELLED'], UPHELD: [], CANCELLED: [] })

export const appealVerbs = verbs(appealLifecycle, {
  deductionAppeal: { from: ['NONE'], to: 'APPEALED' },
  deductionDecide: { from: ['APPEALED'], to: ['UPHELD', 'CANCELLED'] },
})
