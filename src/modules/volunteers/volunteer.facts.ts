import { sql } from 'kysely'
import { viewerSql } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Complaint, type ComplaintStatus } from './service.entity.js'
import { Volunteer, type VolunteerStatus } from './volunteer.entity.js'
import { complaintVerbs, volunteerVerbs } from './volunteer.lifecycle.js'

const volunteer = 'input.volunteerId'
const volunteerFacts = {
  volunteerStatus: (row) => row.column('status'),
  noticeTo: (row) => sql`${row.column('noticeTo')}::text`,
  isInNotice: (row) => sql`${row.column('noticeTo')} > ${viewerSql.today}`,
} satisfies Facts
interface VolunteerTold {
  volunteerStatus: VolunteerStatus
  noticeTo: string
  isInNotice: boolean
}

for (const verb of volunteerVerbs.names) {
  action<VolunteerTold>(Volunteer, {
    mutation: verb,
    facts: volunteerFacts,
    missing: ({ volunteerStatus, noticeTo, isInNotice }) => {
      const state = volunteerVerbs.faults(verb, volunteerStatus, volunteer)
      if (state.length > 0 || verb !== 'volunteerRegister' || !isInNotice) return state
      return [new Problem('IN_NOTICE', volunteer, { en: `The public notice lasts until ${noticeTo}; register then.`, zh: `公示至 ${noticeTo} 止，届时方可注册。` })]
    },
  })
}
action<VolunteerTold>(Volunteer, {
  mutation: 'volunteerServiceRecord',
  facts: volunteerFacts,
  missing: ({ volunteerStatus }) =>
    volunteerStatus === 'REGISTERED' ? [] : [new Problem('ILLEGAL_TRANSITION', volunteer, { en: `Hours are recorded of a REGISTERED volunteer; the state is ${volunteerStatus}.`, zh: `仅已注册的志愿者可记录时数，当前状态为 ${volunteerStatus}。` })],
})

action<{ complaintStatus: ComplaintStatus }>(Complaint, {
  mutation: 'complaintSettle',
  facts: { complaintStatus: (row) => row.column('status') },
  missing: ({ complaintStatus }) => complaintVerbs.faults('complaintSettle', complaintStatus, 'input.complaintId'),
})
