import type { Work } from '../../engine/index.js'
import { overlaps, Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { livingUnit } from '../initiatives/index.js'
import { memberOf } from '../people/index.js'
import { PolicyDocument, Unit } from '../units/index.js'
import { ConferenceMember, JointConference } from './conference.entity.js'
import type { ConferenceCreateInput, ConferenceMemberAddInput, ConferenceMemberUpdateInput, ConferenceUpdateInput } from './conference.input.js'

export async function createConference(work: Work, input: ConferenceCreateInput): Promise<JointConference> {
  const conference = Object.assign(new JointConference(), {
    code: input.code.trim(),
    name: input.name.trim(),
    division: await work.reference(Division, input.divisionId, 'input.divisionId'),
    convenor: await livingUnit(work, input.convenorId, 'input.convenorId'),
    document: input.documentId ? await work.reference(PolicyDocument, input.documentId, 'input.documentId') : null,
    foundedOn: input.foundedOn,
    endedOn: null,
  })
  work.makes(conference)
  const members = input.members ?? []
  if (members.length > 100) throw new Problem('OUT_OF_RANGE', 'input.members', { en: `At most 100 units at once; got ${members.length}.`, zh: `一次最多 100 个单位，当前 ${members.length} 个。` })
  const joined = new Set<string>()
  for (const [at, { unitId, liaisonId }] of members.entries()) {
    const field = `input.members.${at}`
    if (joined.has(unitId)) throw alreadyMember(`${field}.unitId`)
    joined.add(unitId)
    await admit(work, conference, { unitId, liaisonId, joinedOn: input.foundedOn }, field)
  }
  return conference
}

export async function updateConference(work: Work, input: ConferenceUpdateInput): Promise<JointConference> {
  const conference = await work.target(JointConference, input.conferenceId, 'input.conferenceId', input.expectedVersion)
  if (input.name !== undefined) conference.name = input.name.trim()
  if (input.convenorId !== undefined && input.convenorId !== conference.convenor.id) conference.convenor = await livingUnit(work, input.convenorId, 'input.convenorId')
  if (input.documentId !== undefined) conference.document = input.documentId ? await work.reference(PolicyDocument, input.documentId, 'input.documentId') : null
  if (input.endedOn !== undefined) {
    if (input.endedOn) await checkEnd(work, conference, input.endedOn)
    conference.endedOn = input.endedOn
  }
  return conference
}

export async function addMember(work: Work, input: ConferenceMemberAddInput): Promise<ConferenceMember> {
  const conference = await work.target(JointConference, input.conferenceId, 'input.conferenceId')
  const joinedOn = input.joinedOn ?? work.today
  checkWithin(conference, joinedOn, 'input.joinedOn')
  const before = await work.em.find(ConferenceMember, { conference: conference.id, unit: input.unitId })
  if (before.some((one) => overlaps(joinedOn, null, one.joinedOn, one.leftOn))) throw alreadyMember('input.unitId')
  return admit(work, conference, { ...input, joinedOn }, 'input')
}

export async function updateMember(work: Work, input: ConferenceMemberUpdateInput): Promise<ConferenceMember> {
  const member = await work.part(ConferenceMember, 'conference', input.conferenceMemberId, 'input.conferenceMemberId', input.expectedVersion)
  if (input.liaisonId !== undefined) {
    member.liaison = input.liaisonId ? await memberOf(work, await work.em.findOneOrFail(Unit, member.unit.id), input.liaisonId, 'input.liaisonId') : null
  }
  if (input.leftOn !== undefined) {
    if (input.leftOn && input.leftOn <= member.joinedOn) throw new Problem('OUT_OF_RANGE', 'input.leftOn', { en: `The unit joined on ${member.joinedOn}; it can only leave later.`, zh: `该单位于 ${member.joinedOn} 加入，退出日期须晚于该日。` })
    const others = await work.em.find(ConferenceMember, { conference: member.conference.id, unit: member.unit.id, id: { $ne: member.id } })
    if (others.some((one) => overlaps(member.joinedOn, input.leftOn, one.joinedOn, one.leftOn))) {
      throw new Problem('OVERLAP', 'input.leftOn', { en: 'The unit is a member again on one of these days.', zh: '期间内该单位已再次成为成员单位。' })
    }
    member.leftOn = input.leftOn
  }
  return member
}

/** A meeting, membership or due day lies within the life of its conference. */
export function checkWithin(conference: JointConference, day: string, field: string): void {
  if (conference.isInForceOn(day)) return
  const until = conference.endedOn ?? '…'
  throw new Problem('OUT_OF_RANGE', field, { en: `The conference exists from ${conference.foundedOn} to ${until}.`, zh: `该联席会议的存续期为 ${conference.foundedOn} 至 ${until}。` })
}

/** The convenor, and every unit that is a member today. */
export async function takesPart(work: Work, conference: JointConference, unitId: string): Promise<boolean> {
  if (conference.convenor.id === unitId) return true
  const memberships = await work.em.count(ConferenceMember, { conference: conference.id, unit: unitId, joinedOn: { $lte: work.today }, $or: [{ leftOn: null }, { leftOn: { $gt: work.today } }] })
  return memberships > 0
}

/** A unit that convenes a living conference, or belongs to one, ends only when another took its place. Whoever ends units sees no conferences, so none is named. */
export async function checkUnitIsFree(work: Work, unit: Unit): Promise<void> {
  const living = { $or: [{ endedOn: null }, { endedOn: { $gt: work.today } }] }
  const convened = await work.em.count(JointConference, { convenor: unit.id, ...living })
  if (convened > 0) throw new Problem('IN_USE', 'input.unitId', { en: `The unit convenes joint conferences: ${convened}. Name another convenor first.`, zh: `该单位仍是 ${convened} 个联席会议的召集单位，请先变更召集单位。` })
  const joined = await work.em.count(ConferenceMember, { unit: unit.id, $or: [{ leftOn: null }, { leftOn: { $gt: work.today } }], conference: living })
  if (joined > 0) throw new Problem('IN_USE', 'input.unitId', { en: `The unit is a member of joint conferences: ${joined}. Let it leave them first.`, zh: `该单位仍是 ${joined} 个联席会议的成员单位，请先办理退出。` })
}

export const alreadyMember = (field: string) => new Problem('TAKEN', field, { en: 'The unit is already a member on one of these days.', zh: '期间内该单位已是成员单位。' })

async function admit(work: Work, conference: JointConference, given: { unitId: string; liaisonId?: string | null | undefined; joinedOn: string }, field: string): Promise<ConferenceMember> {
  const unit = await livingUnit(work, given.unitId, `${field}.unitId`)
  const liaison = given.liaisonId ? await memberOf(work, unit, given.liaisonId, `${field}.liaisonId`) : null
  const member = Object.assign(new ConferenceMember(), { conference, unit, liaison, joinedOn: given.joinedOn, leftOn: null })
  work.em.persist(member)
  return member
}

async function checkEnd(work: Work, conference: JointConference, endedOn: string): Promise<void> {
  if (endedOn <= conference.foundedOn) throw new Problem('OUT_OF_RANGE', 'input.endedOn', { en: `The conference was founded on ${conference.foundedOn}; it must end later.`, zh: `联席会议成立于 ${conference.foundedOn}，撤销日期须晚于该日。` })
  const later = await work.run(
    `select 1 from meeting where conference_id = $1 and status <> 'CANCELLED' and held_on >= $2 union all select 1 from conference_member where conference_id = $1 and joined_on >= $2 limit 1`,
    [conference.id, endedOn],
  )
  if (later.length > 0) throw new Problem('IN_USE', 'input.endedOn', { en: 'A meeting or a membership begins on that day or later. Cancel the meeting, or end later.', zh: '该日或之后仍有会议或新成员，请先取消会议或推迟撤销日期。' })
}
