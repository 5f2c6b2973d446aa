import { separatedRoles } from '../../access/index.js'
import type { Work } from '../../engine/index.js'
import { overlaps, Problem } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import { Appointment, Person } from './person.entity.js'
import type { AppointmentCreateInput, AppointmentUpdateInput } from './person.input.js'

export async function createAppointment(work: Work, input: AppointmentCreateInput): Promise<Appointment> {
  const person = await work.reference(Person, input.personId, 'input.personId')
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  if (!unit.isInForceOn(input.validFrom)) throw new Problem('OUT_OF_RANGE', 'input.validFrom', { en: 'The unit does not exist on that day.', zh: '该单位在起始日期不存在。' })
  const appointment = Object.assign(new Appointment(), { person, unit, role: input.role, isMain: input.isMain ?? false, validFrom: input.validFrom, validTo: input.validTo ?? null })
  // Two appointments entered at once must see each other, or separated roles could meet in one person.
  await work.run('select id from person where id = $1 for update', [person.id])
  const others = await work.em.find(Appointment, { person: person.id })
  checkAppointment(appointment, others)
  if (appointment.isMain) await stepBack(work, others, appointment)
  return work.makes(appointment)
}

export async function updateAppointment(work: Work, input: AppointmentUpdateInput): Promise<Appointment> {
  const appointment = await work.target(Appointment, input.appointmentId, 'input.appointmentId', input.expectedVersion)
  if (input.validTo !== undefined) appointment.validTo = input.validTo
  await work.run('select id from person where id = $1 for update', [appointment.person.id])
  checkAppointment(appointment, await work.em.find(Appointment, { person: appointment.person.id, id: { $ne: appointment.id } }))
  return appointment
}

/** A person with an appointment in the unit today. */
export async function memberOf(work: Work, unit: Unit, personId: string, field: string): Promise<Person> {
  const person = await work.reference(Person, personId, field)
  const place = await work.em.count(Appointment, { person: person.id, unit: unit.id, validFrom: { $lte: work.today }, $or: [{ validTo: null }, { validTo: { $gt: work.today } }] })
  if (place === 0) throw new Problem('OUT_OF_RANGE', field, { en: `${person.name} has no appointment in that unit today.`, zh: `${person.name} 当前不在该单位任职。` })
  return person
}

/** Dates in order; AUDITOR, SECURITY_ADMIN and SYSTEM_ADMIN stand alone (三员分立); no role twice in one unit at a time. */
export function checkAppointment(appointment: Appointment, others: readonly Appointment[]): void {
  const { validFrom, validTo, role } = appointment
  if (validTo && validTo < validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', { en: 'The end must not be earlier than the start.', zh: '终止日期不得早于起始日期。' })
  const meeting = others.filter((other) => overlaps(validFrom, validTo, other.validFrom, other.validTo))
  const separated = [appointment, ...meeting].find((one) => one.role && separatedRoles.includes(one.role))
  if (role && separated && meeting.some((other) => other.role && other.role !== role && (separated === appointment || separated === other))) {
    throw new Problem('SEPARATED_ROLES', 'input.role', { en: `${separated.role} excludes every other role. End the other appointment first.`, zh: `${separated.role} 不得兼任其他角色（三员分立），请先终止其他任职。` })
  }
  if (role && meeting.some((other) => other.role === role && other.unit.id === appointment.unit.id)) {
    throw new Problem('OVERLAP', 'input.validFrom', { en: 'The person already holds this role in this unit on one of these days.', zh: '期间内该人员在该单位已有相同角色。' })
  }
}

/**
 * The main appointment so far gives way on the new one's first day: a person has one unit a day.
 * Its role stays, so from that day on it goes on beside the new one.
 */
async function stepBack(work: Work, others: readonly Appointment[], next: Appointment): Promise<void> {
  for (const other of others) {
    if (!other.isMain || !overlaps(next.validFrom, next.validTo, other.validFrom, other.validTo)) continue
    const { person, unit, role, validTo } = other
    if (other.validFrom < next.validFrom) {
      other.validTo = next.validFrom
      if (role) work.em.persist(Object.assign(new Appointment(), { person, unit, role, isMain: false, validFrom: next.validFrom, validTo: validTo ?? null }))
    } else if (role) other.isMain = false
    else throw new Problem('OVERLAP', 'input.validFrom', { en: `The person belongs to another unit from ${other.validFrom}. Begin later than that.`, zh: `该人员自 ${other.validFrom} 起在另一单位，起始日期须晚于该日。` })
  }
  await work.em.flush()
}
