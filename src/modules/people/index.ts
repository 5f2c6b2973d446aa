/*
 * People (人员): who works where, and as what. A person has a directory part that every signed-in viewer reads, and contact and identity parts apart.
 * An appointment (任职) places a person in a unit between two dates; with a role it lends rights, without one it only says where the person belongs.
 * A person has one main appointment on a day. AUDITOR, SECURITY_ADMIN and SYSTEM_ADMIN exclude each other and every other role.
 */
import { sql } from 'kysely'
import type { RowRef } from '../../access/index.js'
import { collection, constraintMeans, defineModule, inForce, list, markSensitive, oneAmong, value } from '../../engine/index.js'
import { Day, Problem } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import { personAccess, personScopes } from './person.access.js'
import { Account, Appointment, Person, PersonContact, PersonPrivate, ServiceToken } from './person.entity.js'
import { appointmentPaging, personPaging } from './person.input.js'
import { PeopleResolver } from './person.resolver.js'

markSensitive(PersonContact)
markSensitive(PersonPrivate)
constraintMeans('appointment_one_main', () => new Problem('OVERLAP', 'input.isMain', { en: 'The person has another main appointment on one of these days.', zh: '期间内该人员已有主要任职。' }))

const mainUnit = (row: RowRef) => ({ from: sql`appointment ma`, id: sql`ma.unit_id`, where: sql`ma.person_id = ${row.column('id')} and ma.is_main and ${inForce('ma')}` })
const apart = (table: string, column: string) => (row: RowRef) => sql`select x.${sql.raw(column)} from ${sql.raw(table)} x where x.person_id = ${row.column('id')}`
const hiddenPart = (table: string, column: string) => ({ sql: apart(table, column), nullable: true, fenced: true })

export const people = defineModule({
  name: 'people',
  records: [Person, Appointment],
  stored: [PersonContact, PersonPrivate, Account, ServiceToken],
  resolvers: [PeopleResolver],
  fields: [
    collection(Person, 'person', 'people', personPaging),
    collection(Appointment, 'appointment', 'appointments', appointmentPaging),
    oneAmong(Person, 'unit', () => Unit, 'Unit of the main appointment in force today (所在单位).', mainUnit),
    list(Person, 'appointments', () => Appointment, 'person', 'Appointments that you may see, oldest first; a handful (任职).', { order: ['validFrom', 'id'] }),
    value(Person, 'mobile', () => String, 'Mobile phone (手机).', hiddenPart('person_contact', 'mobile')),
    value(Person, 'nationalId', () => String, 'Resident identity number (身份证号, GB 11643).', hiddenPart('person_private', 'national_id')),
    value(Person, 'birthDate', () => Day, 'Birth date (出生日期).', hiddenPart('person_private', 'birth_date')),
    value(Person, 'partyMember', () => Boolean, 'Member of the Party (中共党员).', hiddenPart('person_private', 'party_member')),
  ],
  access: [personAccess],
  scopes: personScopes,
  fenced: [
    { table: 'person_contact', owner: 'person_id', type: 'Person', fields: ['mobile'] },
    { table: 'person_private', owner: 'person_id', type: 'Person', fields: ['nationalId', 'birthDate', 'partyMember'] },
  ],
})

export { Account, Appointment, Person, PersonContact, PersonPrivate, ServiceToken } from './person.entity.js'
export { memberOf } from './appointment.service.js'
export { PersonFilter } from './person.input.js'
export { checkNationalId } from './national-id.js'
export { postsOfToken, viewerFrom, viewerTold, viewerValues, type Identity } from './viewer.query.js'
