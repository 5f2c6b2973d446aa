import { lifecycle } from '../../kernel/index.js'
import type { InitiativeStatus } from './initiative.entity.js'

export const initiativeLifecycle = lifecycle<InitiativeStatus>('DRAFT', {
  DRAFT: ['PLANNED', 'CANCELLED'],
  PLANNED: ['ACTIVE', 'CANCELLED'],
  ACTIVE: ['SUSPENDED', 'CLOSED', 'CANCELLED'],
  SUSPENDED: ['ACTIVE', 'CANCELLED'],
  CLOSED: [],
  CANCELLED: [],
})
