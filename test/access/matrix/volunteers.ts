import type { Built } from '../../support/build.js'
import { buildPosts } from '../../support/build-posts.js'
import { buildVolunteers } from '../../support/build-volunteers.js'
import { today, type World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

type Stage = Base & Record<'noticeRule' | 'team' | 'volunteer' | 'applicant' | 'hours' | 'volunteerCourse' | 'praise' | 'ofVolunteer' | 'blame' | 'leading', Built>

/** A team of the bureau, led by a practitioner who belongs to no unit there. */
export function volunteersPart(world: World): Part {
  const { exists, reads, acts } = casesOn<Stage>(world)
  const [keeper, apart, leader] = ['bureau CLERK', 'apart DIRECTOR', 'team leader']
  return {
    async stage({ bureau, apart: elsewhere, province, mandate }) {
      const make = buildVolunteers(world)
      const person = await world.build.person({ login: 'team leader', unit: elsewhere.id, role: 'PRACTITIONER' })
      const leading = await buildPosts(world).worker({ personId: person.id })
      const team = await make.team({ unitId: bureau.id, leaderId: leading.id })
      const volunteer = await make.volunteer({ teamId: team.id, mobile: '15400000001', nationalNumber: 'NV00000001' })
      return {
        leading, team, volunteer, applicant: await make.volunteer({ teamId: team.id, status: 'NOTICE' }), hours: await make.service({ volunteerId: volunteer.id }),
        noticeRule: await make.noticeRule({ divisionId: province.id, basisId: mandate['basis_id'] }), volunteerCourse: await make.training({ divisionId: province.id, unitId: bureau.id }),
        praise: await make.commendation({ teamId: team.id }), ofVolunteer: await make.commendation({ teamId: team.id, volunteerId: volunteer.id }), blame: await make.complaint({ teamId: team.id }),
      }
    },
    registry: {
      ...exists('VolunteerTeam', ({ team }) => team.id, apart, 'bureau SYSTEM_ADMIN'),
      ...exists('Volunteer', ({ volunteer }) => volunteer.id, leader, apart),
      ...exists('VolunteerService', ({ hours }) => hours.id, 'bureau AUDITOR', apart),
      ...exists('VolunteerTraining', ({ volunteerCourse }) => volunteerCourse.id, apart, 'bureau SECURITY_ADMIN'),
      ...exists('Commendation', ({ ofVolunteer }) => ofVolunteer.id, keeper, apart),
      ...exists('Complaint', ({ blame }) => blame.id, 'coordinator', leader),
      ...reads('Volunteer', 'name', ({ volunteer }) => volunteer.id, leader, 'coordinator'),
      ...reads('Volunteer', 'mobile', ({ volunteer }) => volunteer.id, 'bureau HR_OFFICER', 'service:bi'),
      ...reads('Volunteer', 'nationalNumber', ({ volunteer }) => volunteer.id, keeper, 'bureau AUDITOR'),
      ...acts('volunteerNoticeRuleCreate', ({ apart: { division_id }, mandate }) => ({ divisionId: division_id, days: 5, validFrom: today, basisId: mandate['basis_id'] }), 'bureau SYSTEM_ADMIN', keeper),
      ...acts('volunteerNoticeRuleUpdate', ({ noticeRule }) => versioned('volunteerNoticeRuleId', noticeRule, { validTo: today }), 'bureau SYSTEM_ADMIN', 'coordinator'),
      ...acts('volunteerTeamCreate', ({ bureau, leading }) => ({ code: 'NEW', name: '队', kind: 'TEAM', unitId: bureau.id, leaderId: leading.id, foundedOn: today }), keeper, apart),
      ...acts('volunteerTeamUpdate', ({ team }) => versioned('volunteerTeamId', team, { name: '改' }), 'bureau DIRECTOR', leader),
      ...acts('volunteerEnter', ({ team }) => ({ code: 'NEW', teamId: team.id, origin: 'STUDENT', name: '示新' }), leader, apart),
      ...acts('volunteerUpdate', ({ volunteer }) => versioned('volunteerId', volunteer, { mobile: '15400000002' }), leader, 'bureau HR_OFFICER'),
      ...acts('volunteerRegister', ({ applicant }) => versioned('volunteerId', applicant), keeper, 'coordinator'),
      ...acts('volunteerRefuse', ({ applicant }) => versioned('volunteerId', applicant, { reason: '不符' }), 'bureau DIRECTOR', 'coordinator'),
      ...acts('volunteerWithdraw', ({ volunteer }) => versioned('volunteerId', volunteer, { reason: '搬迁' }), leader, 'bureau HR_OFFICER'),
      ...acts('volunteerServiceRecord', ({ volunteer }) => ({ volunteerId: volunteer.id, startsAt: '2026-11-21T09:00:00+08:00', endsAt: '2026-11-21T10:00:00+08:00', activity: '陪伴' }), leader, 'bureau HR_OFFICER'),
      ...acts('volunteerServiceUpdate', ({ hours }) => versioned('volunteerServiceId', hours, { activity: '改' }), keeper, 'coordinator'),
      ...acts('volunteerServiceCorrect', ({ hours }) => ({ volunteerServiceId: hours.id, hours: '-1', reason: '误记' }), leader, 'bureau HR_OFFICER'),
      ...acts('volunteerTrainingCreate', ({ bureau, province }) => ({ divisionId: province.id, unitId: bureau.id, organiser: '示', organiserType: 'OTHER', title: '班', content: '内容', heldOn: today, persons: 3 }), keeper, apart),
      ...acts('volunteerTrainingUpdate', ({ volunteerCourse }) => versioned('volunteerTrainingId', volunteerCourse, { persons: 4 }), keeper, apart),
      ...acts('commendationCreate', ({ team }) => ({ teamId: team.id, title: '嘉许', level: 'COUNTY', awardedBy: '示', awardedOn: today }), keeper, leader),
      ...acts('commendationUpdate', ({ praise }) => versioned('commendationId', praise, { title: '改' }), keeper, apart),
      ...acts('complaintCreate', ({ team }) => ({ teamId: team.id, receivedOn: today, text: '投诉' }), keeper, leader),
      ...acts('complaintUpdate', ({ blame }) => versioned('complaintId', blame, { text: '改' }), 'bureau DIRECTOR', 'coordinator'),
      ...acts('complaintSettle', ({ blame }) => versioned('complaintId', blame, { status: 'UPHELD', outcome: '属实' }), 'bureau DIRECTOR', keeper),
    },
    ids: ({ noticeRule, team, volunteer, hours, volunteerCourse, praise, blame }: Stage) => ({ VolunteerNoticeRule: noticeRule.id, VolunteerTeam: team.id, Volunteer: volunteer.id, VolunteerService: hours.id, VolunteerTraining: volunteerCourse.id, Commendation: praise.id, Complaint: blame.id }),
  }
}
