import { separatedRoles, type Role } from '../access/index.js'
import { isWithin, overlaps } from '../kernel/index.js'
import { Appointment } from '../modules/people/index.js'
import type { Period } from './columns.js'
import { say } from './fault.js'
import type { UnitFound } from './references.js'
import type { FileRow } from './sheet.js'
import { indexed, table, type Stored } from './stored.js'

export const appointments = table(Appointment, { person: 'link', unit: 'link', role: 'text', isMain: 'flag', validFrom: 'day', validTo: 'day' }, { property: 'validTo', to: 'valid_from', when: ['isMain', 'validTo'] })

/** An appointment as a cell says it; `unit` is a code. */
export interface Post extends Period {
  unit: string
  role: Role | null
  isMain: boolean
}

export interface PostColumns {
  unit?: string | null
  roles?: Role[] | null
  from?: string | null
  to?: string | null
  otherAppointments?: Post[] | null
}

export interface PlannedPost {
  unit: string
  role: string | null
  isMain: boolean
  validFrom: string
  validTo: string | null
  before: Stored<typeof appointments.properties> | undefined
}

interface Held extends PlannedPost {
  column: string
}

/**
 * The appointments of one row, checked together with those of the person that stay: separated roles alone (三员分立), no role twice in one unit at a time,
 * one main appointment a day. Several roles in the main unit are several appointments, of which the first is the main one.
 */
export function postsOf(row: FileRow<unknown>, values: PostColumns, units: ReadonlyMap<string, UnitFound>, stored: readonly Stored<typeof appointments.properties>[]): PlannedPost[] {
  if (values.unit && !values.from) row.refuse('from', say('The appointment has no first day.', '任职缺少起始日期。'), say('Fill it in.', '请填写。'))
  const mainRoles = values.roles?.length ? [...new Set(values.roles)] : [null]
  const own: (Post & { column: string })[] = values.unit && values.from ? mainRoles.map((role, at) => ({ unit: values.unit!, role, isMain: at === 0, from: values.from!, to: values.to ?? null, column: 'from' })) : []
  const others = (values.otherAppointments ?? []).map((post) => ({ ...post, column: 'otherAppointments' }))
  const byKey = indexed(stored, ({ unit, role, validFrom }) => `${unit} ${role ?? ''} ${validFrom}`)
  const wanted = [...own, ...others].map(({ unit: code, role, isMain, from, to, column }): Held => {
    const unit = units.get(code)!
    const before = byKey.get(`${unit.id} ${role ?? ''} ${from}`)
    if (!before && !isWithin(from, unit.foundedOn, unit.endedOn)) row.refuse(column, say(`${code} does not exist on ${from}.`, `${code} 在 ${from} 不存在。`))
    if (to && to < from) row.refuse(column === 'from' ? 'to' : column, say('The end must not be earlier than the start.', '终止日期不得早于起始日期。'))
    return { unit: unit.id, role, isMain, validFrom: from, validTo: to, before, column }
  })
  const taken = new Set(wanted.map(({ before }) => before?.id))
  const staying = stored.filter(({ id }) => !taken.has(id)).map((one): Held => ({ unit: one.unit!, role: one.role, isMain: one.isMain!, validFrom: one.validFrom!, validTo: one.validTo, before: one, column: '' }))
  const all = [...wanted, ...staying]
  for (const [at, post] of wanted.entries()) {
    const meeting = all.find((other, index) => index > at && overlaps(post.validFrom, post.validTo, other.validFrom, other.validTo) && collision(post, other))
    if (!meeting) continue
    const { reason, remedy } = collision(post, meeting)!
    row.refuse(post.column, reason, remedy)
  }
  return wanted.map(({ column: _column, ...post }) => post)
}

/** Why two appointments of one person cannot hold on one day. */
function collision(one: Held, other: Held) {
  const separated = [one.role, other.role].find((role) => separatedRoles.includes(role as Role))
  if (one.role && other.role && one.role !== other.role && separated) {
    return { reason: say(`${separated} excludes every other role.`, `${separated} 不得兼任其他角色（三员分立）。`), remedy: say('End the other appointment first.', '请先终止其他任职。') }
  }
  if (one.role && one.role === other.role && one.unit === other.unit) {
    return { reason: say(`The person holds ${one.role} in this unit on one of these days already.`, `期间内该人员在该单位已有相同角色 ${one.role}。`), remedy: say('Change the dates, or end the other appointment.', '请调整日期，或先终止另一任职。') }
  }
  if (one.isMain && other.isMain) {
    return { reason: say('The person has another main appointment on one of these days.', '期间内该人员已有主要任职。'), remedy: say('End the other one first.', '请先终止该任职。') }
  }
  return undefined
}
