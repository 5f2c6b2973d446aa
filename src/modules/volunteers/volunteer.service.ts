import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { ruleFor } from '../divisions/index.js'
import { Unit } from '../units/index.js'
import { checkLeader } from './record.service.js'
import { Volunteer, VolunteerContact, VolunteerNoticeRule, VolunteerTeam } from './volunteer.entity.js'
import type { VolunteerEndInput, VolunteerEnterInput, VolunteerStepInput, VolunteerUpdateInput } from './volunteer.input.js'

/** Enters a volunteer into a team that is led; the public notice begins today and lasts as the nearest division's rule says, not a day without a rule. */
export async function enterVolunteer(work: Work, input: VolunteerEnterInput): Promise<Volunteer> {
  const known = await work.em.findOne(Volunteer, { code: input.code.trim() })
  if (known) {
    // Whoever may not act on it does not learn that the code is taken.
    await work.rightToMake(known)
    throw new Problem('TAKEN', 'input.code', { en: 'A volunteer has this code already. Choose another one.', zh: '该志愿者编号已被使用，请更换。' })
  }
  const team = await teamFor(work, input.teamId)
  const volunteer = Object.assign(new Volunteer(), { code: input.code.trim(), team, unit: team.unit, origin: input.origin, status: 'NOTICE' as const, noticeFrom: work.today, noticeTo: await endOfNotice(work, team) })
  const contact = Object.assign(new VolunteerContact(), { volunteer })
  fill(volunteer, contact, input)
  work.em.persist(contact)
  return work.makes(volunteer)
}

export async function updateVolunteer(work: Work, input: VolunteerUpdateInput): Promise<Volunteer> {
  const volunteer = await work.target(Volunteer, input.volunteerId, 'input.volunteerId', input.expectedVersion)
  if (input.origin !== undefined) volunteer.origin = input.origin
  if (input.teamId !== undefined) {
    const team = await teamFor(work, input.teamId)
    if (team.unit.id !== volunteer.unit.id) throw new Problem('OUT_OF_RANGE', 'input.teamId', { en: 'The other team belongs to the same unit.', zh: '只能转入同一单位的其他队伍。' })
    volunteer.team = team
  }
  const contact = await work.em.findOneOrFail(VolunteerContact, { volunteer: volunteer.id })
  fill(volunteer, contact, input)
  work.touch(volunteer)
  return volunteer
}

export async function registerVolunteer(work: Work, input: VolunteerStepInput): Promise<Volunteer> {
  const volunteer = await work.target(Volunteer, input.volunteerId, 'input.volunteerId', input.expectedVersion)
  return Object.assign(volunteer, { status: 'REGISTERED', registeredOn: work.today })
}

export const refuseVolunteer = (work: Work, input: VolunteerEndInput): Promise<Volunteer> => end(work, input, 'REFUSED')
export const withdrawVolunteer = (work: Work, input: VolunteerEndInput): Promise<Volunteer> => end(work, input, 'WITHDRAWN')

async function end(work: Work, input: VolunteerEndInput, status: 'REFUSED' | 'WITHDRAWN'): Promise<Volunteer> {
  const volunteer = await work.target(Volunteer, input.volunteerId, 'input.volunteerId', input.expectedVersion)
  return Object.assign(volunteer, { status, endedOn: work.today })
}

/** A team that exists today and is led by somebody: 社工引领义工. */
async function teamFor(work: Work, teamId: string): Promise<VolunteerTeam> {
  const team = await work.reference(VolunteerTeam, teamId, 'input.teamId')
  if (team.endedOn && team.endedOn <= work.today) throw new Problem('OUT_OF_RANGE', 'input.teamId', { en: `The team ended on ${team.endedOn}.`, zh: `该队伍已于 ${team.endedOn} 解散。` })
  await checkLeader(work, team.leader.id, 'input.teamId')
  return team
}

async function endOfNotice(work: Work, team: VolunteerTeam): Promise<string> {
  const unit = await work.em.findOneOrFail(Unit, team.unit.id)
  const rule = await ruleFor(work, VolunteerNoticeRule, unit.division.id, work.today)
  return new Date(Date.parse(`${work.today}T00:00:00Z`) + (rule?.days ?? 0) * 86_400_000).toISOString().slice(0, 10)
}

function fill(volunteer: Volunteer, contact: VolunteerContact, input: VolunteerEnterInput | VolunteerUpdateInput): void {
  for (const key of ['name', 'mobile', 'nationalNumber'] as const) if (input[key] !== undefined) Object.assign(contact, { [key]: input[key]?.trim() ?? null })
  if (input.registeredNationallyOn !== undefined) volunteer.registeredNationallyOn = input.registeredNationallyOn
  if (Boolean(contact.nationalNumber) !== Boolean(volunteer.registeredNationallyOn)) {
    throw new Problem('REQUIRED', 'input.registeredNationallyOn', { en: 'Number and day of registration in the national system go together.', zh: '全国系统编号与注册日期须同时填写。' })
  }
}
