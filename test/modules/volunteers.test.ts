import { describe, expect, it } from '@jest/globals'
import { absent, actsOn, all, errorFields, fault, stale } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { buildPosts } from '../support/build-posts.js'
import { buildVolunteers } from '../support/build-volunteers.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything, refusals, faults, done, replays, trail } = actsOn(world)
const make = () => buildVolunteers(world)

const fields = 'id version code status noticeFrom noticeTo registeredOn registeredNationallyOn endedOn origin name mobile nationalNumber hours team { id } unit { id }'
const acting = (name: string, type: string, key: string, asked: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { ${key} { ${asked} } ${errorFields} } }`
const enter = acting('volunteerEnter', 'VolunteerEnterInput', 'volunteer', fields)
const update = acting('volunteerUpdate', 'VolunteerUpdateInput', 'volunteer', fields)
const registering = acting('volunteerRegister', 'VolunteerStepInput', 'volunteer', fields)
const refuse = acting('volunteerRefuse', 'VolunteerEndInput', 'volunteer', fields)
const withdraw = acting('volunteerWithdraw', 'VolunteerEndInput', 'volunteer', fields)
const hoursFields = 'id version servedOn startsAt endsAt hours activity reason corrects { id } volunteer { hours }'
const record = acting('volunteerServiceRecord', 'VolunteerServiceRecordInput', 'volunteerService', hoursFields)
const change = acting('volunteerServiceUpdate', 'VolunteerServiceUpdateInput', 'volunteerService', hoursFields)
const correct = acting('volunteerServiceCorrect', 'VolunteerServiceCorrectInput', 'volunteerService', hoursFields)
const newTeam = acting('volunteerTeamCreate', 'VolunteerTeamCreateInput', 'volunteerTeam', 'id name leader { id }')
const changeTeam = acting('volunteerTeamUpdate', 'VolunteerTeamUpdateInput', 'volunteerTeam', 'id version leader { id }')
const settle = acting('complaintSettle', 'ComplaintSettleInput', 'complaint', 'id status outcome handledOn')

/** A province with a coordinator; a unit with its staff, whose team a practitioner of elsewhere leads; another unit. */
async function network() {
  const { build } = world
  const { province, office } = await build.network()
  const unit = await build.unit({ divisionId: province.id })
  for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER', 'PRACTITIONER', 'BI_READER', 'AUDITOR', 'SYSTEM_ADMIN']) await build.person({ login: role, unit: unit.id, role })
  const other = await build.unit({ divisionId: province.id })
  for (const role of ['DIRECTOR', 'CLERK']) await build.person({ login: `other ${role}`, unit: other.id, role })
  const leader = await buildPosts(world).worker({ personId: (await build.person({ login: 'leader', unit: other.id, role: 'PRACTITIONER' })).id })
  const team = await make().team({ unitId: unit.id, leaderId: leader.id })
  return { province, office, unit, other, leader, team, basis: await build.document() }
}
const given = (team: Built, more: object = {}) => ({ idempotencyKey: 'e', code: 'V-NEW', teamId: team.id, origin: 'FORMER_BENEFICIARY', name: '示新', mobile: '15400000009', ...more })
const at = (from: string, to: string, day = '2026-11-20') => ({ startsAt: `${day}T${from}:00+08:00`, endsAt: `${day}T${to}:00+08:00` })

describe('registration', () => {
  it('stands in public notice as long as the nearest rule says, and is then registered', async () => {
    const { province, team, basis } = await network()
    await make().noticeRule({ divisionId: province.id, days: 5, basisId: basis.id })
    const made = await done('CLERK', enter, given(team))
    expect(made).toMatchObject({ status: 'NOTICE', noticeFrom: today, noticeTo: '2026-11-28', registeredOn: null, name: '示新', mobile: '15400000009', hours: '0.00' })
    expect(await faults('CLERK', registering, { idempotencyKey: 'r', volunteerId: made.id, expectedVersion: 1 })).toEqual([fault('IN_NOTICE', 'input.volunteerId')])
    world.day = '2026-11-28'
    expect(await done('leader', registering, { idempotencyKey: 'r2', volunteerId: made.id, expectedVersion: 1 })).toMatchObject({ status: 'REGISTERED', registeredOn: '2026-11-28', version: 2 })
    expect(await done('leader', withdraw, { idempotencyKey: 'w', volunteerId: made.id, expectedVersion: 2, reason: '搬迁' })).toMatchObject({ status: 'WITHDRAWN', endedOn: '2026-11-28' })
    expect(await faults('leader', withdraw, { idempotencyKey: 'w2', volunteerId: made.id, expectedVersion: 3, reason: '搬迁' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.volunteerId')])
  })

  it('needs no notice without a rule, and may be refused', async () => {
    const { team } = await network()
    const made = await done('leader', enter, given(team))
    expect(made).toMatchObject({ noticeTo: today })
    expect(await done('DIRECTOR', refuse, { idempotencyKey: 'r', volunteerId: made.id, expectedVersion: 1, reason: '不符' })).toMatchObject({ status: 'REFUSED', endedOn: today })
  })

  it('keeps who the volunteer is out of the audit trail, and tells it to the unit and the leader alone', async () => {
    const { team } = await network()
    const made = await done('CLERK', enter, given(team, { nationalNumber: 'NV12345678', registeredNationallyOn: '2026-01-05' }))
    expect(JSON.stringify(await trail())).not.toMatch(/示新|15400000009|NV12345678/)
    const read = async (login: string) => (await world.as(login).run('query ($id: ID!) { volunteer(id: $id) { name mobile nationalNumber origin } }', { id: made.id })).data?.volunteer
    for (const login of ['CLERK', 'HR_OFFICER', 'leader']) expect([login, await read(login)]).toEqual([login, { name: '示新', mobile: '15400000009', nationalNumber: 'NV12345678', origin: 'FORMER_BENEFICIARY' }])
    for (const login of ['coordinator', 'BI_READER', 'AUDITOR']) expect([login, await read(login)]).toEqual([login, { name: null, mobile: null, nationalNumber: null, origin: 'FORMER_BENEFICIARY' }])
    for (const login of ['other DIRECTOR', 'SYSTEM_ADMIN']) expect([login, await read(login)]).toEqual([login, null])
  })

  it('is refused to everybody but DIRECTOR and CLERK of the unit and the one who leads, and repeats itself', async () => {
    const { team } = await network()
    const others = ['coordinator', 'HR_OFFICER', 'PRACTITIONER', 'BI_READER', 'AUDITOR', 'SYSTEM_ADMIN', 'other DIRECTOR', 'other CLERK']
    expect(await refusals(enter, given(team), others)).toEqual(all(others, 'FORBIDDEN'))
    // Who reads a name is on record, so the repetition asks for none.
    await replays('leader', acting('volunteerEnter', 'VolunteerEnterInput', 'volunteer', 'id version'), given(team), { name: '示另' })
  })

  it('moves within the unit, and a stale version is a conflict', async () => {
    const { unit, other, leader, team } = await network()
    const volunteer = await make().volunteer({ teamId: team.id })
    const sister = await make().team({ unitId: unit.id, leaderId: leader.id })
    const elsewhere = await make().team({ unitId: other.id, leaderId: leader.id })
    expect(await done('CLERK', update, { idempotencyKey: 'a', volunteerId: volunteer.id, expectedVersion: 1, teamId: sister.id, mobile: null })).toMatchObject({ version: 2, team: { id: sister.id }, mobile: null })
    expect(await faults('CLERK', update, { idempotencyKey: 'b', volunteerId: volunteer.id, expectedVersion: 2, teamId: elsewhere.id })).toEqual([fault('OUT_OF_RANGE', 'input.teamId')])
    expect(await faults('CLERK', update, { idempotencyKey: 'c', volunteerId: volunteer.id, expectedVersion: 1, origin: 'OTHER' })).toEqual([stale(2, ['team'])])
  })

  it.each([
    ['a team that is not there', { teamId: absent('vtea') }, 'UNKNOWN', 'input.teamId'],
    ['a mobile of ten digits', { mobile: '1540000000' }, 'MALFORMED', 'input.mobile'],
    ['a number without its day', { nationalNumber: 'NV12345678' }, 'REQUIRED', 'input.registeredNationallyOn'],
    ['a day without its number', { registeredNationallyOn: '2026-01-01' }, 'REQUIRED', 'input.registeredNationallyOn'],
    ['a national number of another shape', { nationalNumber: 'nv1', registeredNationallyOn: '2026-01-01' }, 'MALFORMED', 'input.nationalNumber'],
  ])('refuses %s', async (_what, more, code, field) => {
    const { team } = await network()
    expect(await faults('CLERK', enter, given(team, more))).toEqual([fault(code, field)])
  })

  it('takes a code and a national number once', async () => {
    const { team } = await network()
    await make().volunteer({ teamId: team.id, code: 'V-NEW', nationalNumber: 'NV12345678' })
    expect(await faults('CLERK', enter, given(team))).toEqual([fault('TAKEN', 'input.code')])
    expect(await faults('CLERK', enter, given(team, { code: 'V-2', nationalNumber: 'NV12345678', registeredNationallyOn: '2026-01-01' }))).toEqual([fault('TAKEN', 'input.nationalNumber')])
    expect(await refusals(enter, given(team), ['other CLERK'])).toEqual({ 'other CLERK': 'FORBIDDEN' })
  })
})

describe('a team', () => {
  const team = (unit: Built, more: object = {}) => ({ idempotencyKey: 't', code: 'D-NEW', name: '邻里队', kind: 'TEAM', unitId: unit.id, foundedOn: today, ...more })

  it('is led by a social worker', async () => {
    const { unit, leader } = await network()
    expect(await done('CLERK', newTeam, team(unit, { leaderId: leader.id }))).toMatchObject({ name: '邻里队', leader: { id: leader.id } })
  })

  it('is led by somebody: without a leader, or with one who belongs nowhere, nothing is entered', async () => {
    const { unit, team: led } = await network()
    const gone = await buildPosts(world).worker({})
    expect(await faults('CLERK', newTeam, team(unit))).toEqual([fault('LED_BY_NOBODY', 'input.leaderId')])
    expect(await faults('CLERK', newTeam, team(unit, { leaderId: gone.id }))).toEqual([fault('LED_BY_NOBODY', 'input.leaderId')])
    expect(await faults('CLERK', changeTeam, { idempotencyKey: 'u', volunteerTeamId: led.id, expectedVersion: 1, leaderId: gone.id })).toEqual([fault('LED_BY_NOBODY', 'input.leaderId')])
    expect(await faults('CLERK', changeTeam, { idempotencyKey: 'n', volunteerTeamId: led.id, expectedVersion: 1, leaderId: null })).toEqual([fault('REQUIRED', 'input.leaderId')])
  })

  it('takes no volunteer when its leader is gone, or when it ended', async () => {
    const { unit, leader, team: led } = await network()
    const ended = await make().team({ unitId: unit.id, leaderId: leader.id, endedOn: today })
    expect(await faults('CLERK', enter, given(ended))).toEqual([fault('OUT_OF_RANGE', 'input.teamId')])
    await world.sql('update appointment set valid_to = $1 where person_id = $2', [today, leader['person_id']])
    expect(await faults('CLERK', enter, given(led))).toEqual([fault('LED_BY_NOBODY', 'input.teamId')])
  })
})

describe('hours', () => {
  const entry = (volunteer: Built, span: object, more: object = {}) => ({ idempotencyKey: 'h', volunteerId: volunteer.id, activity: '陪伴', ...span, ...more })

  it('are recorded once: the same hours again, or hours that touch them, change nothing', async () => {
    const { unit, leader, team } = await network()
    const volunteer = await make().volunteer({ teamId: team.id })
    expect(await done('leader', record, entry(volunteer, at('09:00', '10:45')))).toMatchObject({ servedOn: '2026-11-20', hours: '1.75', volunteer: { hours: '1.75' } })
    for (const [key, span] of [['b', at('09:00', '10:45')], ['c', at('10:44', '11:00')], ['d', at('08:00', '12:00')], ['e', at('09:30', '09:40')]] as const) {
      expect(await faults('CLERK', record, entry(volunteer, span, { idempotencyKey: key }))).toEqual([fault('OVERLAP', 'input.startsAt')])
    }
    expect(await done('CLERK', record, entry(volunteer, at('10:45', '11:00'), { idempotencyKey: 'f' }))).toMatchObject({ hours: '0.25', volunteer: { hours: '2.00' } })
    // In another team too.
    const sister = await make().team({ unitId: unit.id, leaderId: leader.id })
    await done('CLERK', update, { idempotencyKey: 'm', volunteerId: volunteer.id, expectedVersion: 1, teamId: sister.id })
    expect(await faults('CLERK', record, entry(volunteer, at('10:00', '10:10'), { idempotencyKey: 'g' }))).toEqual([fault('OVERLAP', 'input.startsAt')])
  })

  it('are refused by the database too when they overlap, whoever writes', async () => {
    const { team } = await network()
    const volunteer = await make().volunteer({ teamId: team.id })
    await make().service({ volunteerId: volunteer.id })
    const before = await everything()
    await expect(make().service({ volunteerId: volunteer.id, startsAt: '2026-11-20T10:30:00+08:00', endsAt: '2026-11-20T12:30:00+08:00' })).rejects.toMatchObject({ constraint: 'volunteer_service_no_overlap' })
    expect(await everything()).toEqual(before)
  })

  it.each([
    ['an end before the beginning', at('10:00', '09:00'), 'input.endsAt'],
    ['more than 24 hours', { startsAt: '2026-11-20T00:00:00+08:00', endsAt: '2026-11-21T00:01:00+08:00' }, 'input.endsAt'],
    ['what is not over yet', at('09:00', '10:30', today), 'input.endsAt'],
  ])('refuse %s', async (_what, span, field) => {
    const { team } = await network()
    expect(await faults('CLERK', record, entry(await make().volunteer({ teamId: team.id }), span))).toEqual([fault('OUT_OF_RANGE', field)])
  })

  it('are those of a registered volunteer', async () => {
    const { team } = await network()
    expect(await faults('CLERK', record, entry(await make().volunteer({ teamId: team.id, status: 'NOTICE' }), at('09:00', '10:00')))).toEqual([fault('ILLEGAL_TRANSITION', 'input.volunteerId')])
  })

  it('in a locked month take correcting entries only, dated today', async () => {
    const { unit, team } = await network()
    const volunteer = await make().volunteer({ teamId: team.id })
    const kept = await make().service({ volunteerId: volunteer.id, servedOn: '2026-10-20' })
    await world.build.row('period_lock', 'plck', { unitId: unit.id, ledger: 'SERVICE_HOURS', month: '2026-10', lockedOn: '2026-11-02' })
    expect(await faults('CLERK', record, entry(volunteer, at('14:00', '15:00', '2026-10-20')))).toEqual([fault('PERIOD_LOCKED', 'input.startsAt')])
    expect(await faults('CLERK', change, { idempotencyKey: 'c', volunteerServiceId: kept.id, expectedVersion: 1, activity: '改' })).toEqual([fault('PERIOD_LOCKED', 'input.volunteerServiceId')])
    const open = await make().service({ volunteerId: volunteer.id })
    expect(await faults('CLERK', change, { idempotencyKey: 'd', volunteerServiceId: open.id, expectedVersion: 1, ...at('14:00', '15:00', '2026-10-21') })).toEqual([fault('PERIOD_LOCKED', 'input.startsAt')])
    const before = await everything()
    await expect(world.sql(`update volunteer_service set activity = '改' where id = $1`, [kept.id])).rejects.toMatchObject({ constraint: 'period_locked' })
    expect(await everything()).toEqual(before)
    expect(await done('leader', correct, { idempotencyKey: 'k', volunteerServiceId: kept.id, hours: '-0.5', reason: '误记' })).toMatchObject({ servedOn: today, startsAt: null, hours: '-0.50', reason: '误记', corrects: { id: kept.id }, volunteer: { hours: '3.50' } })
  })

  it('do not fall below zero by corrections, and a correction is not corrected', async () => {
    const { team } = await network()
    const volunteer = await make().volunteer({ teamId: team.id })
    const kept = await make().service({ volunteerId: volunteer.id })
    const correction = await done('CLERK', correct, { idempotencyKey: 'a', volunteerServiceId: kept.id, hours: '-1.5', reason: '误记' })
    expect(await faults('CLERK', correct, { idempotencyKey: 'b', volunteerServiceId: kept.id, hours: '-0.51', reason: '误记' })).toEqual([fault('OUT_OF_RANGE', 'input.hours')])
    expect(await faults('CLERK', correct, { idempotencyKey: 'c', volunteerServiceId: kept.id, hours: '0', reason: '误记' })).toEqual([fault('OUT_OF_RANGE', 'input.hours')])
    expect(await faults('CLERK', correct, { idempotencyKey: 'd', volunteerServiceId: correction.id, hours: '1', reason: '误记' })).toEqual([fault('OUT_OF_RANGE', 'input.volunteerServiceId')])
    expect(await faults('CLERK', change, { idempotencyKey: 'e', volunteerServiceId: kept.id, expectedVersion: 1, ...at('09:00', '10:00') })).toEqual([fault('OUT_OF_RANGE', 'input.endsAt')])
    expect(await done('CLERK', change, { idempotencyKey: 'f', volunteerServiceId: kept.id, expectedVersion: 1, ...at('09:00', '12:00') })).toMatchObject({ hours: '3.00', version: 2, volunteer: { hours: '1.50' } })
  })
})

describe('a complaint', () => {
  it('is settled once, by a DIRECTOR of the unit', async () => {
    const { team } = await network()
    const blame = await make().complaint({ teamId: team.id })
    const input = { idempotencyKey: 's', complaintId: blame.id, expectedVersion: 1, status: 'DISMISSED', outcome: '不属实' }
    expect(await refusals(settle, input, ['CLERK', 'leader', 'coordinator', 'other DIRECTOR'])).toEqual({ ...all(['CLERK', 'leader', 'coordinator'], 'FORBIDDEN'), 'other DIRECTOR': 'NOT_FOUND' })
    expect(await faults('DIRECTOR', settle, { ...input, status: 'RECEIVED' })).toEqual([fault('OUT_OF_RANGE', 'input.status')])
    expect(await done('DIRECTOR', settle, input)).toMatchObject({ status: 'DISMISSED', outcome: '不属实', handledOn: today })
    expect(await faults('DIRECTOR', settle, { ...input, idempotencyKey: 't', expectedVersion: 2 })).toEqual([fault('ILLEGAL_TRANSITION', 'input.complaintId')])
    expect(JSON.stringify(await trail())).not.toContain('不属实')
  })
})
