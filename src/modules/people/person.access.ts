/*
 * Every signed-in viewer reads the directory part of every person; a BI_READER reads no field of a person.
 * Contact (mobile): the person; any role but BI_READER in the person's unit; the coordinator, and a DIRECTOR of the LEADERSHIP unit, of the division of that unit.
 * Identity (national id, birth date, party membership): the person, and HR_OFFICER of the person's unit; never filtered, ordered, grouped or aggregated by.
 * The person's unit is that of the main appointment in force today; a person without one is read in contact and identity by self alone.
 * Appointments are read by the person concerned and by SECURITY_ADMIN, who keeps them, never its own. HR_OFFICER keeps the people of its own unit.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, never, open, scope, self, signedIn, viewerSql } from '../../access/index.js'

const because = 'identity data stays with the person and the unit that employs the person'
const identity = { read: any(self('id'), can('person:readIdentity').ownUnit('unitId')), filter: never, order: never, group: never, aggregate: never, because }

const notOwn = condition({
  sentence: { en: 'never its own', zh: '不得涉及本人' },
  columns: ['personId'],
  sql: (row) => sql`${row.column('personId')} is distinct from ${viewerSql.person}`,
})
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const personAccess = accessTable({
  Person: {
    ...record,
    code: open, name: open, title: open, officePhone: open, unit: open, appointments: open,
    mobile: any(self('id'), can('person:readContact').ownUnit('unitId'), can('person:readContactInDivision').inDivisionOfUnit('unitId')),
    nationalId: identity, birthDate: identity, partyMember: identity,
  },
  Appointment: { ...record, person: open, unit: open, role: open, isMain: open, validFrom: open, validTo: open },
  Query: { viewer: signedIn, person: signedIn, people: signedIn, appointment: signedIn, appointments: signedIn },
  Mutation: {
    personCreate: act('Person', can('person:keep').ownUnit('unitId')),
    personUpdate: act('Person', can('person:keep').ownUnit('unitId')),
    appointmentCreate: act('Appointment', all(can('rights:keep'), notOwn)),
    appointmentUpdate: act('Appointment', all(can('rights:keep'), notOwn)),
  },
})
export const personScopes = [
  scope('Person', can('person:readDirectory')),
  scope('Appointment', any(self('personId'), can('rights:keep'))),
]
