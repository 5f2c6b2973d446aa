/** "Every signed-in viewer" reads what the network shares; the calendar is a dictionary of it, and a year's days are part of the year. */
import type { CalendarDay, CalendarYear } from './snapshot.js'
import { everySignedInViewer, many, ofEveryRow, one, value, type Page } from './words.js'

export const calendarYear: Page<CalendarYear> = {
  type: 'CalendarYear',
  rows: ({ tables }) => tables.calendar_year,
  visible: everySignedInViewer,
  fields: { ...ofEveryRow, year: value('year'), basis: value('basis'), days: many('CalendarDay', (row, snapshot) => snapshot.where('calendar_day', 'yearId', row.id)) },
}

export const calendarDay: Page<CalendarDay> = {
  type: 'CalendarDay',
  rows: ({ tables }) => tables.calendar_day,
  visible: everySignedInViewer,
  fields: { ...ofEveryRow, on: value('on'), kind: value('kind'), name: value('name'), year: one('CalendarYear', (row, snapshot) => snapshot.one('calendar_year', row.yearId)) },
}
