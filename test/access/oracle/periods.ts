/**
 * "Worklogs …: ownUnit DIRECTOR. Money: ownUnit FINANCE_OFFICER and DIRECTOR. PayRecord: ownUnit HR_OFFICER." That a month of a unit is locked tells no entry of it; it is for those of the unit
 * who take part in the work.
 */
import type { PeriodLock } from './snapshot.js'
import { ofEveryRow, one, ownUnit, value, verdict, type Page } from './words.js'

const noPart = ['BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']

export const periodLock: Page<PeriodLock> = {
  type: 'PeriodLock',
  rows: ({ tables }) => tables.period_lock,
  visible: (viewer, row) => verdict({ 'ownUnit, taking part': viewer.places.some((place) => !noPart.includes(place.role) && ownUnit(place, row.unitId)) }),
  fields: {
    ...ofEveryRow,
    ledger: value('ledger'), month: value('month'), lockedOn: value('lockedOn'),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    lockedBy: one('Person', (row, snapshot) => snapshot.one('person', row.lockedById)),
  },
}
