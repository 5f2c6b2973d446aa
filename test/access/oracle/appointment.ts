/** The chapter names no reader of appointment rows; the house reads it as the person concerned, and SECURITY_ADMIN, who grants them. */
import type { Appointment } from './snapshot.js'
import { ofEveryRow, one, value, verdict, type Page } from './words.js'

export const appointment: Page<Appointment> = {
  type: 'Appointment',
  rows: ({ tables }) => tables.appointment,
  visible: ({ personId, places }, row) => verdict({ 'the person concerned': personId !== null && personId === row.personId, SECURITY_ADMIN: places.some(({ role }) => role === 'SECURITY_ADMIN') }),
  fields: {
    ...ofEveryRow,
    role: value('role'), isMain: value('isMain'), validFrom: value('validFrom'), validTo: value('validTo'),
    person: one('Person', (row, snapshot) => snapshot.one('person', row.personId)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
  },
}
