import { lifecycle, verbs } from '../../kernel/index.js'
import type { AppealStatus, ScorePeriodStatus } from './appraisal.entity.js'

/** What is published is locked. */
export const periodLifecycle = lifecycle<ScorePeriodStatus>('OPEN', { OPEN: ['PUBLISHED'], PUBLISHED: [] })

/** One appeal against a deduction, decided once. */
export const appealLifecycle = lifecycle<AppealStatus>('NONE', { NONE: ['APPEALED'], APPEALED: ['UPHELD', 'CANCELLED'], UPHELD: [], CANCELLED: [] })

export const appealVerbs = verbs(appealLifecycle, {
  deductionAppeal: { from: ['NONE'], to: 'APPEALED' },
  deductionDecide: { from: ['APPEALED'], to: ['UPHELD', 'CANCELLED'] },
})
