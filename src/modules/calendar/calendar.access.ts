/*
 * Every signed-in viewer reads every year of the calendar and its days, and asks for due days.
 * SYSTEM_ADMIN keeps the calendar, as a dictionary; nobody else does.
 */
import { accessTable, act, can, open, scope, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const calendarAccess = accessTable({
  CalendarYear: { ...record, year: open, basis: open, days: open },
  CalendarDay: { ...record, year: open, on: open, kind: open, name: open },
  Query: { calendarYear: signedIn, calendarYears: signedIn, dueDay: signedIn },
  Mutation: { calendarYearSet: act('CalendarYear', can('structure:keep')) },
})
export const calendarScopes = ['CalendarYear', 'CalendarDay'].map((type) => scope(type, signedIn))
