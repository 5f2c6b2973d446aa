/** Locked months of units, most of them of units with people of their own. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import type { Add } from './network.js'
import type { Random } from './random.js'

export function lockMonths(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null))
  for (const unit of [...new Set([...chance.some(staffed, 14), ...chance.some(units, 4)])]) {
    for (const ledger of chance.some(['WORKLOGS', 'SERVICE_HOURS', 'MONEY', 'PAY'], 1 + chance.below(3))) {
      // Early months: entries of the network lie in later ones, so that locks and entries do not hinder each other.
      const month = chance.pick(['2025-10', '2025-11', '2025-12'])
      add('period_lock', 'plck', { unitId: unit.id, ledger, month, lockedOn: '2026-01-08', lockedById: chance.chance(0.8) ? chance.pick(tables.person).id : null })
    }
  }
}
