import { register, type Work } from '../../engine/index.js'
import { Given, Problem } from '../../kernel/index.js'
import { checkRuleAlone, Division, DivisionLevel } from '../divisions/index.js'
import { Appointment } from '../people/index.js'
import { SocialWorker } from '../posts/index.js'
import { viewingPerson } from '../progress/index.js'
import { PolicyDocument, Unit } from '../units/index.js'
import type { ComplaintSettleInput } from './hours.input.js'
import { Commendation, Complaint, OrganiserType, VolunteerTraining } from './service.entity.js'
import { TeamKind, Volunteer, VolunteerNoticeRule, VolunteerTeam } from './volunteer.entity.js'

const choice = (of: () => object) => (description: string, options = {}) => Given.choice(of, description, options)

/** A team is led by a social worker who belongs to a unit today: what everybody reads of a person, so that the answer tells nothing of employments. */
export async function checkLeader(work: Work, leaderId: string, field: string): Promise<void> {
  const { person } = await work.em.findOneOrFail(SocialWorker, leaderId)
  const places = await work.em.count(Appointment, { person: person.id, isMain: true, validFrom: { $lte: work.today }, $or: [{ validTo: null }, { validTo: { $gt: work.today } }] })
  if (places === 0) throw new Problem('LED_BY_NOBODY', field, { en: 'A team is led by a social worker, and that one belongs to no unit today. Give the team another leader first.', zh: '志愿者队伍须由社会工作者带领，该带领社工当前不属于任何单位，请先更换。' })
}

export const noticeRules = register(VolunteerNoticeRule, {
  name: 'volunteerNoticeRule', what: 'how long a registration is in public notice (公示期规则)',
  attributes: {
    divisionId: [Given.id, 'Division that sets it (区划).', { to: Division, isFixed: true }],
    days: [Given.whole, 'Calendar days of notice (公示天数).', { min: 0, max: 366, isFixed: true }],
    validFrom: [Given.day, 'First day (起始日期).', { isFixed: true }],
    validTo: [Given.day, 'First day on which it no longer holds (终止日期).', { clearable: true }],
    basisId: [Given.id, 'Document that it rests on (依据文件).', { to: PolicyDocument }],
  },
  check: (work, rule) => checkRuleAlone(work, VolunteerNoticeRule, rule),
})

export const teams = register(VolunteerTeam, {
  name: 'volunteerTeam', what: 'a team of volunteers (志愿者队伍)', once: ['code'],
  attributes: {
    code: [Given.text, 'Code inside the network (队伍编号).', { max: 40, isFixed: true }],
    unitId: [Given.id, 'Unit that it belongs to (所属单位).', { to: Unit, isFixed: true }],
    name: [Given.text, 'Name (队伍名称).'],
    kind: [choice(() => TeamKind), 'Kind (类别).'],
    leaderId: [Given.id, 'Social worker who leads it; must be given (带领社工).', { to: SocialWorker, optional: true }],
    foundedOn: [Given.day, 'First day (成立日期).'],
    endedOn: [Given.day, 'First day on which it no longer exists (解散日期).', { clearable: true }],
  },
  check: async (work, team) => {
    if (!team.leader) throw new Problem('LED_BY_NOBODY', 'input.leaderId', { en: 'A team is led by a social worker. Say by whom.', zh: '志愿者队伍须由社会工作者带领，请填写带领社工。' })
    if (team.endedOn && team.endedOn <= team.foundedOn) throw new Problem('OUT_OF_RANGE', 'input.endedOn', { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' })
    if (!team.endedOn) await checkLeader(work, team.leader.id, 'input.leaderId')
  },
})

export const trainings = register(VolunteerTraining, {
  name: 'volunteerTraining', what: 'a course for volunteers (志愿者培训班)',
  attributes: {
    divisionId: [Given.id, 'Division in which it was held (区划).', { to: Division, isFixed: true }],
    unitId: [Given.id, 'Unit that reports it (填报单位).', { to: Unit, isFixed: true }],
    organiser: [Given.text, 'Who held it (举办单位).'],
    organiserType: [choice(() => OrganiserType), 'Kind of organiser (举办单位类别).'],
    title: [Given.text, 'Title (培训班名称).'],
    content: [Given.text, 'Content (培训内容).', { max: 4000 }],
    heldOn: [Given.day, 'First day (培训日期).'],
    persons: [Given.whole, 'Persons trained (培训人数).', { min: 0 }],
  },
})

const ofTeam = {
  teamId: [Given.id, 'The team (队伍).', { to: VolunteerTeam, isFixed: true }],
  volunteerId: [Given.id, 'The volunteer, where it is about one (志愿者).', { to: Volunteer, clearable: true, isFixed: true }],
} as const
function checkMember({ team, volunteer }: Pick<Complaint, 'team' | 'volunteer'>): void {
  if (volunteer && volunteer.team.id !== team.id) throw new Problem('OUT_OF_RANGE', 'input.volunteerId', { en: 'The volunteer is not of that team.', zh: '该志愿者不属于该队伍。' })
}

export const commendations = register(Commendation, {
  name: 'commendation', what: 'a commendation (表彰嘉许)',
  attributes: {
    ...ofTeam,
    title: [Given.text, 'Title (荣誉名称).'],
    level: [choice(() => DivisionLevel), 'Level (级别).'],
    awardedBy: [Given.text, 'Who commends (授予单位).'],
    awardedOn: [Given.day, 'Day (授予日期).'],
  },
  begin: (_work, row) => checkMember(row),
})

export const complaints = register(Complaint, {
  name: 'complaint', what: 'a complaint, without saying who complains (投诉)',
  attributes: { ...ofTeam, receivedOn: [Given.day, 'Day on which it was received (受理日期).'], text: [Given.text, 'What it is about, without personal data of whoever was helped (投诉内容).', { max: 4000 }] },
  begin: (_work, complaint) => {
    complaint.status = 'RECEIVED'
    checkMember(complaint)
  },
  check: (_work, { status }) => {
    if (status !== 'RECEIVED') throw new Problem('LOCKED', 'input.complaintId', { en: 'The complaint is settled; it does not change any more.', zh: '该投诉已办结，不能再变更。' })
  },
})

export async function settleComplaint(work: Work, input: ComplaintSettleInput): Promise<Complaint> {
  const complaint = await work.target(Complaint, input.complaintId, 'input.complaintId', input.expectedVersion)
  if (input.status === 'RECEIVED') throw new Problem('OUT_OF_RANGE', 'input.status', { en: 'The outcome is UPHELD or DISMISSED.', zh: '结论须为 UPHELD 或 DISMISSED。' })
  return Object.assign(complaint, { status: input.status, outcome: input.outcome.trim(), handledOn: work.today, handledBy: viewingPerson(work) })
}
