import type { Built } from '../../support/build.js'
import type { World } from '../../support/world.js'
import { casesOn, type Base, type Part } from './cases.js'

interface Stage extends Base {
  lock: Built
  officeLock: Built
}

/** Locks of the bureau and of the coordinator's own unit. */
export function periodsPart(world: World): Part {
  const { exists, acts } = casesOn<Stage>(world)
  return {
    async stage({ bureau, office }) {
      const locked = ({ id }: Built) => world.build.row('period_lock', 'plck', { unitId: id, ledger: 'WORKLOGS', month: '2026-09', lockedOn: '2026-10-08' })
      return { lock: await locked(bureau), officeLock: await locked(office) }
    },
    registry: {
      ...exists('PeriodLock', ({ lock }) => lock.id, 'bureau CLERK', 'school DIRECTOR'),
      ...acts('periodLock', ({ bureau }) => ({ unitId: bureau.id, ledger: 'PAY', month: '2026-10' }), 'bureau HR_OFFICER', 'bureau CLERK'),
    },
    ids: ({ officeLock }: Stage) => ({ PeriodLock: officeLock.id }),
  }
}
