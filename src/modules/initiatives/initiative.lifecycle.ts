import { lifecycle, verbs } from '../../kernel/index.js'
import type { InitiativeStatus } from './initiative.entity.js'

export const initiativeLifecycle = lifecycle<InitiativeStatus>('DRAFT', {
  DRAFT: ['PLANNED', 'CANCELLED'],
  PLANNED: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['SUSPENDED', 'CLOSED', 'CANCELLED'],
  SUSPENDED: ['ACTIVE', 'CANCELLED'],
  CLOSED: [],
  CANCELLED: [],
})

export const initiativeVerbs = verbs(initiativeLifecycle, {
  initiativePlan: { from: ['DRAFT'], to: 'PLANNED' },
  initiativeActivate: { from: ['PLANNED', 'SUSPENDED'], to: 'ACTIVE' },
  initiativeSuspend: { from: ['ACTIVE'], to: 'SUSPENDED' },
  initiativeClose: { from: ['ACTIVE'], to: 'CLOSED' },
  initiativeCancel: { from: ['DRAFT', 'PLANNED', 'ACTIVE', 'SUSPENDED'], to: 'CANCELLED' },
})
