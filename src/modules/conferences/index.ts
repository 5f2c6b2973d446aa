/*
 * Joint conferences (联席会议): where units agree. One unit convenes a conference, member units send a liaison officer each; a unit is a member once at a time.
 * Meetings are numbered within their conference and go PLANNED, HELD or CANCELLED; only a meeting that was held has resolutions (议定事项), numbered within it.
 * A resolution is AGREED, then carried out by tasks (TASKED), NOTED or DROPPED. What became of it is read from its tasks, so each viewer learns as much as it sees of them.
 * A unit ends only when it convenes no living conference and is a member of none.
 */
import { sql } from 'kysely'
import { collection, connection, constraintMeans, defineModule, list, one } from '../../engine/index.js'
import { Task } from '../tasks/index.js'
import { beforeUnitEnds } from '../units/index.js'
import { conferenceAccess, conferenceScopes } from './conference.access.js'
import { ConferenceMember, JointConference } from './conference.entity.js'
import { conferencePaging } from './conference.input.js'
import { ConferenceMutations } from './conference.resolver.js'
import { alreadyMember, checkUnitIsFree } from './conference.service.js'
import { Meeting, Resolution, ResolutionTask } from './meeting.entity.js'
import { meetingPaging, resolutionPaging } from './meeting.input.js'
import { MeetingMutations } from './meeting.resolver.js'

constraintMeans('conference_member_no_overlap', () => alreadyMember('input.unitId'))
beforeUnitEnds(checkUnitIsFree)

export const conferences = defineModule({
  name: 'conferences',
  records: [JointConference, ConferenceMember, Meeting, Resolution, ResolutionTask],
  resolvers: [ConferenceMutations, MeetingMutations],
  fields: [
    collection(JointConference, 'conference', 'conferences', conferencePaging),
    collection(Meeting, 'meeting', 'meetings', meetingPaging),
    collection(Resolution, 'resolution', 'resolutions', resolutionPaging),
    list(JointConference, 'members', () => ConferenceMember, 'conference', 'Member units, those that left included, oldest first; at most some hundred (成员单位).', { order: ['joinedOn', 'id'] }),
    connection(JointConference, 'meetings', () => Meeting, 'conference', 'Its meetings (会议).', meetingPaging),
    list(Meeting, 'resolutions', () => Resolution, 'meeting', 'What it resolved, by number; some dozens (议定事项).', { order: ['number'] }),
    list(Resolution, 'tasks', () => ResolutionTask, 'resolution', 'Tasks that carry it out; a few (转办任务).', { order: ['id'] }),
    one(Task, 'resolution', () => Resolution, 'Resolution that it carries out, where you see it (议定事项).', (row) => sql`select rt.resolution_id from resolution_task rt where rt.task_id = ${row.column('id')}`),
  ],
  access: [conferenceAccess],
  scopes: conferenceScopes,
})

export { ConferenceMember, JointConference } from './conference.entity.js'
export { Meeting, MeetingStatus, Resolution, ResolutionStatus, ResolutionTask } from './meeting.entity.js'
export { meetingLifecycle } from './meeting.lifecycle.js'
export { resolutionLifecycle } from './resolution.lifecycle.js'
