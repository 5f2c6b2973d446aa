/*
 * A joint conference is visible to whoever takes part in the work in its convenor or in a unit that is a member today,
 * and to who coordinates its division (or is a DIRECTOR of the LEADERSHIP unit there). Nobody else: neither AUDITOR, BI_READER, SECURITY_ADMIN nor SYSTEM_ADMIN.
 * Members, meetings, resolutions and the links to tasks come with their conference; the task of a link is there for whoever sees the task, and is null for others.
 * The chapter on acts names no conferences; it is read so: they belong to the COORDINATOR of their division, who keeps them and their members,
 * and a convenor needs to run its conference, so its own DIRECTOR or CLERK, like the coordinator, plans and minutes meetings and records what was resolved.
 * Who makes a task of a resolution must be allowed both: to record what became of it, and to create that task.
 */
import { sql } from 'kysely'
import { accessTable, act, any, can, condition, open, permissions, scope, signedIn, viewerSql, visible, type Guard } from '../../access/index.js'
import { taskAccess } from '../tasks/index.js'

const participant = permissions['work:takePart']

const isMember = condition({
  sentence: { en: 'their unit is a member today', zh: '其本单位当前为成员单位' },
  columns: ['id'],
  roles: participant,
  sql: (row) => sql`exists (select 1 from conference_member cm where cm.conference_id = ${row.column('id')} and cm.unit_id = any(${viewerSql.units(participant)})
    and cm.joined_on <= ${viewerSql.today} and (cm.left_on is null or cm.left_on > ${viewerSql.today}))`,
})

const keeps = can('conference:keep').inDivision('divisionId')
/** `to`: the path from the row to its conference. */
const runs = (to = ''): Guard => any(can('conference:keep').inDivision(`${to}divisionId`), can('conference:run').ownUnit(`${to}convenorId`))
const runsMeeting = runs('conference.')
export const runsResolution = runs('meeting.conference.')
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const conferenceAccess = accessTable({
  JointConference: { ...record, code: open, name: open, division: open, convenor: open, document: open, foundedOn: open, endedOn: open, members: open, meetings: open },
  ConferenceMember: { ...record, conference: open, unit: open, liaison: open, joinedOn: open, leftOn: open },
  Meeting: { ...record, conference: open, number: open, heldOn: open, title: open, minutes: open, status: open, resolutions: open },
  Resolution: { ...record, meeting: open, number: open, text: open, responsible: open, dueOn: open, status: open, tasks: open },
  ResolutionTask: { ...record, resolution: open, task: open },
  Task: { resolution: open },
  Query: { conference: signedIn, conferences: signedIn, meeting: signedIn, meetings: signedIn, resolution: signedIn, resolutions: signedIn },
  Mutation: {
    conferenceCreate: act('JointConference', keeps),
    conferenceUpdate: act('JointConference', keeps),
    conferenceMemberAdd: act('JointConference', keeps),
    conferenceMemberUpdate: act('JointConference', keeps),
    meetingPlan: act('JointConference', runs()),
    meetingUpdate: act('Meeting', runsMeeting),
    meetingHold: act('Meeting', runsMeeting),
    meetingCancel: act('Meeting', runsMeeting),
    resolutionAdd: act('Meeting', runsMeeting),
    resolutionNote: act('Resolution', runsResolution),
    resolutionDrop: act('Resolution', runsResolution),
    // Asked of the task that it makes; the resolution's own right is asked by the service.
    resolutionToTask: taskAccess['Mutation']!['taskCreate']!,
  },
})

export const conferenceScopes = [
  scope('JointConference', any(can('work:takePart').ownUnit('convenorId'), isMember, can('coordination:read').inDivision('divisionId'))),
  scope('ConferenceMember', visible('JointConference', 'conferenceId'), 'conference'),
  scope('Meeting', visible('JointConference', 'conferenceId'), 'conference'),
  scope('Resolution', visible('Meeting', 'meetingId'), 'meeting'),
  scope('ResolutionTask', visible('Resolution', 'resolutionId'), 'resolution'),
]
