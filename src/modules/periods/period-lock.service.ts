import type { Work } from '../../engine/index.js'
import { monthOfDay, Problem, type Said } from '../../kernel/index.js'
import { viewingPerson } from '../progress/index.js'
import { Unit } from '../units/index.js'
import { PeriodLock, type Ledger } from './period-lock.entity.js'
import type { PeriodLockInput } from './period-lock.input.js'

export async function lockPeriod(work: Work, { unitId, ledger, month }: PeriodLockInput): Promise<PeriodLock> {
  const unit = await work.reference(Unit, unitId, 'input.unitId')
  // The month of today stays open, so that a correcting entry, which bears today's date, always has a place.
  if (month >= monthOfDay(work.today)) throw new Problem('NOT_ENDED', 'input.month', { en: `${month} has not ended. Lock it in the month that follows.`, zh: `${month} 尚未结束，请于次月锁定。` })
  const known = await work.em.findOne(PeriodLock, { unit: unit.id, ledger, month })
  if (known) {
    await work.rightToMake(known)
    throw isLocked()
  }
  return work.makes(Object.assign(new PeriodLock(), { unit, ledger, month, lockedOn: work.today, lockedBy: viewingPerson(work) }))
}

export const isLocked = (): Problem => new Problem('LOCKED', 'input.month', { en: 'The month is locked already.', zh: '该月已锁定。' })

const lockedSaid = (what: Said): Said => ({
  en: `${what.en} is locked. Send a correcting entry instead: it names the entry that it corrects, bears the difference and today's date.`,
  zh: `${what.zh}已锁定，请改用更正记录：注明所更正的记录，填写差额，日期为当日。`,
})

/** What the database says of an entry in a locked month. */
export const periodLocked = (): Problem => new Problem('PERIOD_LOCKED', null, lockedSaid({ en: 'The month of the entry', zh: '该记录所属月份' }))

/** An entry of a ledger belongs to a unit's month by its day. */
export interface EntryPlace {
  unitId: string
  ledger: Ledger
  day: string
}

export const isLockedMonth = async (work: Work, { unitId, ledger, day }: EntryPlace): Promise<boolean> => (await work.em.count(PeriodLock, { unit: unitId, ledger, month: monthOfDay(day) })) > 0

/** Throws `PERIOD_LOCKED` where the month of an entry is locked: nothing in it is added, changed or removed any more. */
export async function requireOpenMonth(work: Work, place: EntryPlace, field: string | null): Promise<void> {
  const month = monthOfDay(place.day)
  if (await isLockedMonth(work, place)) throw new Problem('PERIOD_LOCKED', field, lockedSaid({ en: month, zh: `${month} ` }))
}
