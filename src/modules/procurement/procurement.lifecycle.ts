import { lifecycle, verbs } from '../../kernel/index.js'
import type { ContractStatus, MilestoneStatus } from './contract.entity.js'
import type { AwardStatus, BidStatus, LotStatus, ProcurementStatus } from './procurement.entity.js'

export const procurementLifecycle = lifecycle<ProcurementStatus>('DRAFT', { DRAFT: ['PUBLISHED', 'CANCELLED'], PUBLISHED: ['CLOSED', 'CANCELLED'], CLOSED: [], CANCELLED: [] })
export const procurementVerbs = verbs(procurementLifecycle, {
  procurementPublish: { from: ['DRAFT'], to: 'PUBLISHED' },
  procurementClose: { from: ['PUBLISHED'], to: 'CLOSED' },
  procurementCancel: { from: ['DRAFT', 'PUBLISHED'], to: 'CANCELLED' },
})

/** A lot whose award is declined is open for another choice. */
export const lotLifecycle = lifecycle<LotStatus>('DRAFT', {
  DRAFT: ['PUBLISHED', 'CANCELLED'],
  PUBLISHED: ['OPENED', 'CANCELLED'],
  OPENED: ['AWARDED', 'FAILED'],
  AWARDED: ['CONTRACTED', 'OPENED'],
  CONTRACTED: [],
  FAILED: [],
  CANCELLED: [],
})
export const lotVerbs = verbs(lotLifecycle, {
  lotOpen: { from: ['PUBLISHED'], to: 'OPENED' },
  awardMake: { from: ['OPENED'], to: 'AWARDED' },
  lotFail: { from: ['OPENED'], to: 'FAILED' },
})

export const bidLifecycle = lifecycle<BidStatus>('SEALED', { SEALED: ['WITHDRAWN', 'OPENED', 'UNREADABLE'], WITHDRAWN: [], OPENED: [], UNREADABLE: [] })
export const bidVerbs = verbs(bidLifecycle, { bidWithdraw: { from: ['SEALED'], to: 'WITHDRAWN' } })

export const awardLifecycle = lifecycle<AwardStatus>('CHOSEN', { CHOSEN: ['ACCEPTED', 'DECLINED'], ACCEPTED: [], DECLINED: [] })
export const awardVerbs = verbs(awardLifecycle, { awardAccept: { from: ['CHOSEN'], to: 'ACCEPTED' }, awardDecline: { from: ['CHOSEN'], to: 'DECLINED' } })

export const contractLifecycle = lifecycle<ContractStatus>('ACTIVE', { ACTIVE: ['COMPLETED', 'TERMINATED'], COMPLETED: [], TERMINATED: [] })
export const contractVerbs = verbs(contractLifecycle, { contractComplete: { from: ['ACTIVE'], to: 'COMPLETED' }, contractTerminate: { from: ['ACTIVE'], to: 'TERMINATED' } })

export const milestoneLifecycle = lifecycle<MilestoneStatus>('PLANNED', { PLANNED: ['REPORTED'], REPORTED: ['ACCEPTED', 'RETURNED'], RETURNED: ['REPORTED'], ACCEPTED: [] })
export const milestoneVerbs = verbs(milestoneLifecycle, {
  contractMilestoneReport: { from: ['PLANNED', 'RETURNED'], to: 'REPORTED' },
  contractMilestoneAccept: { from: ['REPORTED'], to: 'ACCEPTED' },
  contractMilestoneReturn: { from: ['REPORTED'], to: 'RETURNED' },
})
