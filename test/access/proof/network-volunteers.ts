/** Teams of some units, most of them with people of their own, led by social workers some of whom are practitioners; volunteers in every state, their hours and corrections, courses, praise and blame. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'

export function gatherVolunteers(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null && role !== 'SYSTEM_ADMIN'))
  const practitioners = tables.social_worker.filter(({ personId }) => tables.appointment.some((place) => place.personId === personId && place.role === 'PRACTITIONER' && place.validFrom <= dayFrom(0) && (!place.validTo || place.validTo > dayFrom(0))))
  const someone = () => (chance.chance(0.2) ? null : chance.pick(tables.person).id)
  for (const [at, division] of chance.some(tables.division, 4).entries()) add('volunteer_notice_rule', 'vnot', { divisionId: division.id, days: 3 + at, validFrom: '2024-01-01', validTo: at % 2 ? null : '2026-01-01', basisId: chance.pick(tables.policy_document).id })
  for (const unit of [...new Set([...chance.some(staffed, 12), ...chance.some(units, 6)])]) {
    const leaderId = practitioners.length > 0 && chance.chance(0.6) ? chance.pick(practitioners).id : chance.pick(tables.social_worker).id
    const code = `D-${String(tables.volunteer_team.length).padStart(3, '0')}`
    const team = add('volunteer_team', 'vtea', { code, name: `队${code}`, kind: chance.pick(['ORGANISATION', 'TEAM']), unitId: unit.id, leaderId, foundedOn: '2021-01-01', endedOn: chance.chance(0.15) ? '2026-01-01' : null })
    for (let more = chance.below(5); more > 0; more--) enrol(chance, add, team, tables)
    const members = tables.volunteer.filter(({ teamId }) => teamId === team.id)
    const perhaps = () => (members.length > 0 && chance.chance(0.6) ? chance.pick(members).id : null)
    for (let more = chance.below(3); more > 0; more--) add('commendation', 'cmdn', { teamId: team.id, volunteerId: perhaps(), title: `嘉许${tables.commendation.length}`, level: chance.pick(['COUNTY', 'PROVINCE']), awardedBy: '示', awardedOn: dayFrom(-chance.below(300)) })
    for (let more = chance.below(3); more > 0; more--) {
      const status = chance.pick(['RECEIVED', 'UPHELD', 'DISMISSED'])
      const isOpen = status === 'RECEIVED'
      add('complaint', 'cplt', { teamId: team.id, volunteerId: perhaps(), receivedOn: dayFrom(-40), text: `投诉${tables.complaint.length}`, status, outcome: isOpen ? null : '已处理', handledOn: isOpen ? null : dayFrom(-3), handledById: isOpen ? null : someone() })
    }
    add('volunteer_training', 'vtrn', { divisionId: chance.chance(0.6) ? unit.divisionId : chance.pick(tables.division).id, unitId: unit.id, organiser: '示', organiserType: chance.pick(['PARTY_GOVERNMENT', 'VOLUNTEER_ORGANISATION', 'OTHER']), title: `班${code}`, content: '内容', heldOn: dayFrom(-chance.below(300)), persons: chance.below(90) })
  }
}

function enrol(chance: Random, add: Add, team: Tables['volunteer_team'][number], tables: Tables): void {
  const status = chance.pick(['NOTICE', 'REGISTERED', 'REGISTERED', 'REGISTERED', 'REFUSED', 'WITHDRAWN'])
  const isNational = chance.chance(0.4)
  const code = `V-${String(tables.volunteer.length).padStart(4, '0')}`
  const volunteer = add('volunteer', 'volu', {
    code, teamId: team.id, unitId: team.unitId, origin: chance.pick(['RESIDENT', 'STUDENT', 'EMPLOYEE', 'FORMER_BENEFICIARY', 'OTHER']), status, noticeFrom: dayFrom(-5), noticeTo: dayFrom(chance.chance(0.5) ? -2 : 2),
    registeredOn: ['REGISTERED', 'WITHDRAWN'].includes(status) ? dayFrom(-2) : null, registeredNationallyOn: isNational ? dayFrom(-90) : null, endedOn: ['REFUSED', 'WITHDRAWN'].includes(status) ? dayFrom(-1) : null,
  })
  add('volunteer_contact', 'vcon', { volunteerId: volunteer.id, name: `志${code}`, mobile: chance.chance(0.7) ? `154${String(20_000_000 + tables.volunteer.length)}` : null, nationalNumber: isNational ? `NV${String(10_000_000 + tables.volunteer.length)}` : null })
  for (let at = chance.below(4); at > 0; at--) {
    const day = dayFrom(-10 * at)
    const entry = add('volunteer_service', 'vsvc', { volunteerId: volunteer.id, teamId: team.id, unitId: team.unitId, servedOn: day, startsAt: `${day}T01:00:00.000Z`, endsAt: `${day}T03:30:00.000Z`, hours: '2.50', activity: `服务${at}`, correctsId: null, reason: null, recordedById: chance.chance(0.5) ? chance.pick(tables.person).id : null })
    if (chance.chance(0.3)) add('volunteer_service', 'vsvc', { volunteerId: volunteer.id, teamId: team.id, unitId: team.unitId, servedOn: dayFrom(-1), startsAt: null, endsAt: null, hours: chance.pick(['-0.50', '1.25']), activity: `服务${at}`, correctsId: entry.id, reason: '误记', recordedById: null })
  }
}
