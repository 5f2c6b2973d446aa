/**
 * "Conferences: convenor, members, COORDINATOR." "A DIRECTOR of the LEADERSHIP unit reads what that coordinator reads." "This section alone decides; what it does not grant is
 * denied": AUDITOR, BI_READER, SECURITY_ADMIN and SYSTEM_ADMIN are granted none, wherever they sit. "A link to an invisible object answers like no object."
 * Read here so: members are the units that are members today; what belongs to a conference is seen with it; the COORDINATOR is that of the conference's division.
 */
import type { ConferenceMember, JointConference, Meeting, Resolution, ResolutionTask, Snapshot } from './snapshot.js'
import { coordinates, inDivision, leads, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Verdict, type Viewer } from './words.js'

const withoutPart = ['AUDITOR', 'BI_READER', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']

export function conferenceVisible({ snapshot, places }: Viewer, row: JointConference): Verdict {
  const members = snapshot.where('conference_member', 'conferenceId', row.id).filter(({ joinedOn, leftOn }) => joinedOn <= snapshot.today && (leftOn === null || snapshot.today < leftOn))
  const limits: { [rule: string]: boolean } = {}
  const said = { convenor: false, 'a member today': false, 'COORDINATOR, division of the conference': false, 'DIRECTOR of the LEADERSHIP unit': false }
  for (const place of places) {
    const [convenes, belongs] = [ownUnit(place, row.convenorId), members.some(({ unitId }) => ownUnit(place, unitId))]
    if (withoutPart.includes(place.role)) {
      if (convenes || belongs) limits[`${place.role}: none`] = false
      continue
    }
    const isIn = inDivision(snapshot, place, row.divisionId)
    said.convenor ||= convenes
    said['a member today'] ||= belongs
    said['COORDINATOR, division of the conference'] ||= coordinates(snapshot, place) && isIn
    said['DIRECTOR of the LEADERSHIP unit'] ||= leads(snapshot, place) && isIn
  }
  return verdict(said, limits)
}

const conferenceOf = ({ conferenceId }: { conferenceId: string }, snapshot: Snapshot): JointConference => snapshot.one('joint_conference', conferenceId)!
const meetingOf = ({ meetingId }: Resolution, snapshot: Snapshot): Meeting => snapshot.one('meeting', meetingId)!
const resolutionOf = ({ resolutionId }: ResolutionTask, snapshot: Snapshot): Resolution => snapshot.one('resolution', resolutionId)!
const withConference = (viewer: Viewer, row: JointConference): Verdict => verdict({ 'with its conference': conferenceVisible(viewer, row).allowed })

export const conference: Page<JointConference> = {
  type: 'JointConference',
  rows: ({ tables }) => tables.joint_conference,
  visible: conferenceVisible,
  fields: {
    ...ofEveryRow,
    code: value('code'), name: value('name'), foundedOn: value('foundedOn'), endedOn: value('endedOn'),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    convenor: one('Unit', (row, snapshot) => snapshot.one('unit', row.convenorId)),
    document: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.documentId)),
    members: many('ConferenceMember', (row, snapshot) => snapshot.where('conference_member', 'conferenceId', row.id)),
    meetings: many('Meeting', (row, snapshot) => snapshot.where('meeting', 'conferenceId', row.id)),
  },
}

export const conferenceMember: Page<ConferenceMember> = {
  type: 'ConferenceMember',
  rows: ({ tables }) => tables.conference_member,
  visible: (viewer, row) => withConference(viewer, conferenceOf(row, viewer.snapshot)),
  fields: {
    ...ofEveryRow,
    joinedOn: value('joinedOn'), leftOn: value('leftOn'),
    conference: one('JointConference', conferenceOf),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    liaison: one('Person', (row, snapshot) => snapshot.one('person', row.liaisonId)),
  },
}

export const meeting: Page<Meeting> = {
  type: 'Meeting',
  rows: ({ tables }) => tables.meeting,
  visible: (viewer, row) => withConference(viewer, conferenceOf(row, viewer.snapshot)),
  fields: {
    ...ofEveryRow,
    number: value('number'), heldOn: value('heldOn'), title: value('title'), minutes: value('minutes'), status: value('status'),
    conference: one('JointConference', conferenceOf),
    resolutions: many('Resolution', (row, snapshot) => snapshot.where('resolution', 'meetingId', row.id)),
  },
}

export const resolution: Page<Resolution> = {
  type: 'Resolution',
  rows: ({ tables }) => tables.resolution,
  visible: (viewer, row) => withConference(viewer, conferenceOf(meetingOf(row, viewer.snapshot), viewer.snapshot)),
  fields: {
    ...ofEveryRow,
    number: value('number'), text: value('text'), dueOn: value('dueOn'), status: value('status'),
    meeting: one('Meeting', meetingOf),
    responsible: one('Unit', (row, snapshot) => snapshot.one('unit', row.responsibleId)),
    tasks: many('ResolutionTask', (row, snapshot) => snapshot.where('resolution_task', 'resolutionId', row.id)),
  },
}

export const resolutionTask: Page<ResolutionTask> = {
  type: 'ResolutionTask',
  rows: ({ tables }) => tables.resolution_task,
  visible: (viewer, row) => withConference(viewer, conferenceOf(meetingOf(resolutionOf(row, viewer.snapshot), viewer.snapshot), viewer.snapshot)),
  fields: {
    ...ofEveryRow,
    resolution: one('Resolution', resolutionOf),
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
  },
}
