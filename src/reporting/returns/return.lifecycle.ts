import { lifecycle, verbs } from '../../kernel/index.js'
import type { CorrectionStatus, ReturnStatus, ReturnTextStatus } from './return.entity.js'

/** Draft → submitted → approved → locked; until the lock it can be returned with a reason. */
export const returnLifecycle = lifecycle<ReturnStatus>('DRAFT', { DRAFT: ['SUBMITTED'], SUBMITTED: ['APPROVED', 'DRAFT'], APPROVED: ['LOCKED', 'DRAFT'], LOCKED: [] })

export const returnVerbs = verbs(returnLifecycle, {
  returnSubmit: { from: ['DRAFT'], to: 'SUBMITTED' },
  returnApprove: { from: ['SUBMITTED'], to: 'APPROVED' },
  returnSendBack: { from: ['SUBMITTED', 'APPROVED'], to: 'DRAFT' },
  returnLock: { from: ['APPROVED'], to: 'LOCKED' },
})

/** A text is written as often as it takes, handed over once, and returned with a reason. */
export const textLifecycle = lifecycle<ReturnTextStatus>('ASKED', { ASKED: ['WRITTEN'], WRITTEN: ['WRITTEN', 'FINAL'], FINAL: ['WRITTEN'] })

export const textVerbs = verbs(textLifecycle, {
  returnTextWrite: { from: ['ASKED', 'WRITTEN'], to: 'WRITTEN' },
  returnTextFinish: { from: ['WRITTEN'], to: 'FINAL' },
  returnTextSendBack: { from: ['FINAL'], to: 'WRITTEN' },
})

/** A correction is decided once. */
export const correctionLifecycle = lifecycle<CorrectionStatus>('PROPOSED', { PROPOSED: ['APPROVED', 'REFUSED'], APPROVED: [], REFUSED: [] })

export const correctionVerbs = verbs(correctionLifecycle, { returnCorrectionDecide: { from: ['PROPOSED'], to: ['APPROVED', 'REFUSED'] } })
