import { lifecycle, verbs } from '../../kernel/index.js'
import type { ExtensionStatus } from './progress.entity.js'

/** A request is decided or withdrawn once. */
export const extensionLifecycle = lifecycle<ExtensionStatus>('PENDING', {
  PENDING: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
})

export const extensionVerbs = verbs(extensionLifecycle, {
  extensionWithdraw: { from: ['PENDING'], to: 'WITHDRAWN' },
  extensionDecide: { from: ['PENDING'], to: ['APPROVED', 'REJECTED'] },
})
