/*
 * The working calendar (工作日历): the days on which the State Council's yearly notice departs from the plain week, as data by year.
 * A day that is not listed is a working day from Monday to Friday. A make-up workday falls on a Saturday or Sunday. Years follow each other without a gap.
 * Day 0 is the day counted from; the nth working day after it is due, until 24:00. From one day to another count the working days after the first, up to and including the second.
 * The database keeps every day's place among the working days (`working_day`), made anew whenever a year changes, so that a count is two index look-ups.
 * Where a year is missing nothing is guessed: counts into it are null in SQL and `CALENDAR_MISSING` in a mutation.
 */
import { collection, constraintMeans, defineModule, list } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { calendarAccess, calendarScopes } from './calendar.access.js'
import { CalendarDay, CalendarYear } from './calendar.entity.js'
import { calendarYearPaging } from './calendar.input.js'
import { CalendarResolver } from './calendar.resolver.js'

constraintMeans('calendar_year_no_gap', () => new Problem('GAP', 'input.year', { en: 'The years of the calendar follow each other without a gap.', zh: '工作日历须逐年相接。' }))

export const calendar = defineModule({
  name: 'calendar',
  records: [CalendarYear, CalendarDay],
  resolvers: [CalendarResolver],
  fields: [
    collection(CalendarYear, 'calendarYear', 'calendarYears', calendarYearPaging),
    list(CalendarYear, 'days', () => CalendarDay, 'year', 'Days on which it departs from the plain week, in order; some forty (节假日安排).', { order: ['on'] }),
  ],
  access: [calendarAccess],
  scopes: calendarScopes,
})

export { CalendarDay, CalendarDayKind, CalendarYear } from './calendar.entity.js'
export { dayFault, importFirst, yearToEnterFirst } from './calendar.service.js'
export { checkWorkingDay, workingDayAfter, workingDaysBetween } from './working-days.js'
