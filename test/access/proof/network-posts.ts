/** Social workers among the people, qualified in all ways, employed before, today, until today, from tomorrow on, in their own unit or elsewhere, or not at all. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'
import { today } from '../../support/world.js'

const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR']

export function employ(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null))
  for (const unit of chance.some(staffed, 16)) {
    for (let more = 1 + chance.below(3); more > 0; more--) {
      add('post', 'post', {
        code: `G-${String(tables.post.length).padStart(3, '0')}`, title: `岗位${tables.post.length}`, unitId: unit.id, unitType: chance.pick(['CIVIL_AFFAIRS_INSTITUTION', 'TOWNSHIP_COMMUNITY', 'OTHER_INSTITUTION', 'SOCIAL_ORGANISATION', 'OTHER']),
        kind: chance.pick(['EXPLICIT', 'DE_FACTO']), grade: chance.pick([null, ...levels]), openedOn: dayFrom(-chance.below(900)), closedOn: chance.chance(0.2) ? dayFrom(1 + chance.below(200)) : null,
        initiativeId: chance.chance(0.5) ? chance.pick(tables.initiative).id : null,
      })
    }
  }
  for (const { id: personId } of chance.some(tables.person, 48)) {
    const worker = add('social_worker', 'swrk', { personId })
    for (let more = chance.below(3); more > 0; more--) qualify(chance, add, worker.id, tables)
    const own = tables.appointment.filter((place) => place.personId === personId)
    const dates = chance.pick([[], [['2020-01-01', null]], [['2020-01-01', null]], [['2020-01-01', today]], [[today, null]], [[dayFrom(1), null]], [['2020-01-01', '2024-01-01'], ['2024-01-01', dayFrom(1)]]] as [string, string | null][][])
    for (const [validFrom, validTo] of dates) {
      const unit = own.length > 0 && chance.chance(0.6) ? units.find(({ id }) => id === own[0]!.unitId)! : chance.pick(staffed)
      const free = tables.post.filter(({ unitId }) => unitId === unit.id)
      add('employment', 'empl', { socialWorkerId: worker.id, unitId: unit.id, postId: free.length > 0 && chance.chance(0.6) ? chance.pick(free).id : null, kind: chance.pick(['FULL_TIME', 'FULL_TIME', 'CONCURRENT', 'UNPAID']), validFrom, validTo })
    }
  }
}

/** Entries of some weeks, and a few corrections of them; stations of some units. */
export function logWork(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  for (const unit of chance.some(units, 12)) {
    const at = tables.station.length
    add('station', 'stat', { code: `Z-${at}`, name: `站${at}`, kind: chance.pick(['SOCIAL_WORK', 'VOLUNTEERING']), unitId: unit.id, divisionId: unit.divisionId, openedOn: dayFrom(-chance.below(900)), closedOn: chance.chance(0.2) ? dayFrom(1 + chance.below(90)) : null })
  }
  for (const { id: employmentId } of tables.employment) {
    for (let more = chance.below(5); more > 0; more--) {
      const workedOn = dayFrom(-10 * more - chance.below(10))
      const entry = { employmentId, workedOn, category: chance.pick(['CASE', 'GROUP', 'COMMUNITY', 'SURVEY', 'SUPERVISION', 'TRAINING', 'ADMINISTRATIVE']), origin: chance.pick(['SUPERIOR_ASSIGNED', 'COMMUNITY_NEED', 'SELF_INITIATED']) }
      const made = add('work_log', 'wlog', { ...entry, bookedOn: workedOn, hours: `${1 + chance.below(7)}.50`, note: chance.chance(0.6) ? `记录${tables.work_log.length}` : null, correctsId: null, reason: null })
      if (chance.chance(0.15)) add('work_log', 'wlog', { ...entry, bookedOn: today, hours: '-0.25', note: null, correctsId: made.id, reason: '多记' })
    }
  }
}

function qualify(chance: Random, add: Add, socialWorkerId: string, tables: Tables): void {
  const kind = chance.pick(['DEGREE', 'CREDENTIAL', 'CREDENTIAL', 'CREDENTIAL', 'TRAINING_CERTIFICATE'])
  const isCredential = kind === 'CREDENTIAL'
  const registeredOn = isCredential && chance.chance(0.7) ? chance.pick([dayFrom(-1096), dayFrom(-1095), dayFrom(-400), today]) : null
  const at = tables.qualification.length
  const made = add('qualification', 'qual', {
    socialWorkerId, kind, level: isCredential ? chance.pick(levels) : null, title: `资质${at}`, issuer: chance.chance(0.5) ? `机构${at}` : null, issuedOn: '2019-09-01', withdrawnOn: chance.chance(0.2) ? chance.pick([today, dayFrom(1), '2024-01-01']) : null,
    registeredOn, registeredUntil: registeredOn && new Date(Date.parse(`${registeredOn}T00:00:00Z`) + 1096 * 86_400_000).toISOString().slice(0, 10),
  })
  if (isCredential && chance.chance(0.9)) add('qualification_number', 'qnum', { qualificationId: made.id, certificateNumber: `2019${String(10_000_000_000_000 + chance.below(1_000_000) * 1000 + at)}` })
}
