import { lifecycle, verbs } from '../../kernel/index.js'
import type { MicroProjectStatus } from './micro-project.entity.js'

/** Need → call → review → contract → carry out → evaluate → close. A proposal that is refused opens the call again; what is evaluated cannot be given up any more. */
export const microProjectLifecycle = lifecycle<MicroProjectStatus>('NEED', {
  NEED: ['CALLED', 'CANCELLED'],
  CALLED: ['IN_REVIEW', 'CANCELLED'],
  IN_REVIEW: ['CONTRACTED', 'CALLED', 'CANCELLED'],
  CONTRACTED: ['RUNNING', 'CANCELLED'],
  RUNNING: ['EVALUATED', 'CANCELLED'],
  EVALUATED: ['CLOSED'],
  CLOSED: [],
  CANCELLED: [],
})

export const microProjectVerbs = verbs(microProjectLifecycle, {
  microProjectCall: { from: ['NEED'], to: 'CALLED' },
  microProjectPropose: { from: ['CALLED'], to: 'IN_REVIEW' },
  microProjectReject: { from: ['IN_REVIEW'], to: 'CALLED' },
  microProjectContract: { from: ['IN_REVIEW'], to: 'CONTRACTED' },
  microProjectStart: { from: ['CONTRACTED'], to: 'RUNNING' },
  microProjectEvaluate: { from: ['RUNNING'], to: 'EVALUATED' },
  microProjectClose: { from: ['EVALUATED'], to: 'CLOSED' },
  microProjectCancel: { from: ['NEED', 'CALLED', 'IN_REVIEW', 'CONTRACTED', 'RUNNING'], to: 'CANCELLED' },
})
