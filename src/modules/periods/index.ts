/*
 * Periods (账期): what a unit keeps by the month (worklogs, service hours, money, pay) can be changed until the month is locked, one ledger at a time, once it has ended.
 * In a locked month no entry is added, changed or removed, by whatever way; the database holds it. A correcting entry (更正) links `corrects` to the entry, carries the difference
 * with its sign and a reason, and bears the day on which it is made, whose month is open. A lock stays: nobody opens a month again.
 */
import { collection, connection, constraintMeans, defineModule } from '../../engine/index.js'
import { Unit } from '../units/index.js'
import { periodLockAccess, periodLockScopes } from './period-lock.access.js'
import { PeriodLock } from './period-lock.entity.js'
import { periodLockPaging } from './period-lock.input.js'
import { PeriodLockMutations } from './period-lock.resolver.js'
import { isLocked, periodLocked } from './period-lock.service.js'

constraintMeans('period_locked', periodLocked)
constraintMeans('period_lock_once', isLocked)

export const periods = defineModule({
  name: 'periods',
  records: [PeriodLock],
  resolvers: [PeriodLockMutations],
  fields: [
    collection(PeriodLock, 'periodLock', 'periodLocks', periodLockPaging),
    connection(Unit, 'periodLocks', () => PeriodLock, 'unit', 'Its locked months that you may see (已锁定账期).', periodLockPaging),
  ],
  access: [periodLockAccess],
  scopes: periodLockScopes,
})

export { Ledger, PeriodLock } from './period-lock.entity.js'
export { isLockedMonth, requireOpenMonth, type EntryPlace } from './period-lock.service.js'
