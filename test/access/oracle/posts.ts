/**
 * "Person: the row and its directory fields likewise, except for BI_READER, who reads no field of Person." That somebody is a social worker, and of which grade, is such a field; posts are
 * there for every signed-in viewer. "HR_OFFICER: people, employment and pay of ownUnit." "AGENCY_MANAGER: own … staff." Employments and qualifications: self, and those of the unit who have
 * to do with its staff. "Worklogs …: self and ownUnit DIRECTOR." Certificate numbers are as "identity: self and ownUnit HR_OFFICER; never filtered, ordered or grouped by". The office counts idle certificates in its division.
 */
import type { Employment, Post, Qualification, Snapshot, SocialWorker, Station, WorkLog } from './snapshot.js'
import { coordinates, everySignedInViewer, inDivision, inForce, leads, many, ofEveryRow, one, ownUnit, unitOfPerson, value, verdict, type Page, type Verdict, type Viewer } from './words.js'
import { educationFields } from './education.js'
import { person } from './person.js'

const ofStaff = ['HR_OFFICER', 'DIRECTOR', 'AGENCY_MANAGER']
const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR']

export const workerOf = (snapshot: Snapshot, { socialWorkerId }: { socialWorkerId: string }): SocialWorker => snapshot.one('social_worker', socialWorkerId)!
export const isSelf = (viewer: Viewer, personId: string): boolean => viewer.personId !== null && viewer.personId === personId
const staffOf = (viewer: Viewer, unitId: string | undefined): Record<string, boolean> =>
  Object.fromEntries(ofStaff.map((role) => [`ownUnit ${role}`, unitId !== undefined && viewer.places.some((place) => place.role === role && ownUnit(place, unitId))]))

const credentials = (snapshot: Snapshot, worker: SocialWorker): Qualification[] =>
  snapshot.where('qualification', 'socialWorkerId', worker.id).filter(({ kind, issuedOn, withdrawnOn }) => kind === 'CREDENTIAL' && issuedOn <= snapshot.today && (withdrawnOn === null || snapshot.today < withdrawnOn))
const grade = (worker: SocialWorker, snapshot: Snapshot): string | null => credentials(snapshot, worker).map(({ level }) => level!).sort((a, b) => levels.indexOf(b) - levels.indexOf(a))[0] ?? null
const isIdle = (worker: SocialWorker, snapshot: Snapshot): boolean => credentials(snapshot, worker).length > 0 && !snapshot.where('employment', 'socialWorkerId', worker.id).some((one) => inForce(one, snapshot.today))

const isUnused = (worker: SocialWorker, snapshot: Snapshot): boolean =>
  snapshot.where('qualification', 'socialWorkerId', worker.id).some(({ issuedOn, withdrawnOn }) => issuedOn <= snapshot.today && (withdrawnOn === null || snapshot.today < withdrawnOn)) && !snapshot.where('employment', 'socialWorkerId', worker.id).some((one) => inForce(one, snapshot.today))

function idleReadable(viewer: Viewer, worker: SocialWorker): Verdict {
  const { snapshot, places } = viewer
  const unit = unitOfPerson(snapshot, worker.personId)
  return verdict({
    self: isSelf(viewer, worker.personId),
    ...staffOf(viewer, unit?.id),
    COORDINATOR: unit !== undefined && places.some((place) => coordinates(snapshot, place) && inDivision(snapshot, place, unit.divisionId)),
    'DIRECTOR of the LEADERSHIP unit': unit !== undefined && places.some((place) => leads(snapshot, place) && inDivision(snapshot, place, unit.divisionId)),
  })
}

const isSupervised = ({ id, personId }: SocialWorker, snapshot: Snapshot): boolean => {
  const unit = unitOfPerson(snapshot, personId)
  return unit !== undefined && snapshot.where('supervision', 'superviseeId', id).some((one) => one.unitId === unit.id && inForce(one, snapshot.today))
}
function supervisedReadable(viewer: Viewer, { personId }: SocialWorker): Verdict {
  const unit = unitOfPerson(viewer.snapshot, personId)
  return verdict({ self: isSelf(viewer, personId), "DIRECTOR of the person's unit": unit !== undefined && viewer.places.some((place) => place.role === 'DIRECTOR' && ownUnit(place, unit.id)) })
}

export const socialWorker: Page<SocialWorker> = {
  type: 'SocialWorker',
  rows: ({ tables }) => tables.social_worker,
  visible: (viewer, row) => person.visible(viewer, viewer.snapshot.one('person', row.personId)!),
  fields: {
    ...ofEveryRow,
    grade: { kind: 'value', of: grade },
    isSupervised: { kind: 'value', of: isSupervised, readable: supervisedReadable },
    isIdle: { kind: 'value', of: isIdle, readable: idleReadable },
    isUnused: { kind: 'value', of: isUnused, readable: idleReadable },
    person: one('Person', (row, snapshot) => snapshot.one('person', row.personId)),
    servicePlans: many('ServicePlan', (row, snapshot) => snapshot.where('service_plan', 'socialWorkerId', row.id)),
    supervisions: many('Supervision', (row, snapshot) => snapshot.where('supervision', 'superviseeId', row.id)),
    qualifications: many('Qualification', (row, snapshot) => snapshot.where('qualification', 'socialWorkerId', row.id)),
    employments: many('Employment', (row, snapshot) => snapshot.where('employment', 'socialWorkerId', row.id)),
  },
}

export const qualification: Page<Qualification> = {
  type: 'Qualification',
  rows: ({ tables }) => tables.qualification,
  visible: (viewer, row) => {
    const { personId } = workerOf(viewer.snapshot, row)
    return verdict({ self: isSelf(viewer, personId), ...staffOf(viewer, unitOfPerson(viewer.snapshot, personId)?.id) })
  },
  fields: {
    ...ofEveryRow,
    kind: value('kind'), level: value('level'), title: value('title'), issuer: value('issuer'), issuedOn: value('issuedOn'), withdrawnOn: value('withdrawnOn'), registeredOn: value('registeredOn'), registeredUntil: value('registeredUntil'),
    ...educationFields,
    isRegistered: {
      kind: 'value',
      of: ({ registeredOn, registeredUntil, withdrawnOn }, { today }) => registeredOn !== null && registeredOn <= today && today < registeredUntil! && (withdrawnOn === null || today < withdrawnOn),
    },
    certificateNumber: {
      kind: 'value',
      of: (row, snapshot) => snapshot.where('qualification_number', 'qualificationId', row.id)[0]?.certificateNumber ?? null,
      readable: (viewer, row) => {
        const { personId } = workerOf(viewer.snapshot, row)
        const unit = unitOfPerson(viewer.snapshot, personId)
        return verdict({ self: isSelf(viewer, personId), 'ownUnit HR_OFFICER': unit !== undefined && viewer.places.some((place) => place.role === 'HR_OFFICER' && ownUnit(place, unit.id)) })
      },
      never: ['filter', 'order'],
    },
    socialWorker: one('SocialWorker', (row, snapshot) => workerOf(snapshot, row)),
  },
}

export const post: Page<Post> = {
  type: 'Post',
  rows: ({ tables }) => tables.post,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    code: value('code'), title: value('title'), unitType: value('unitType'), kind: value('kind'), grade: value('grade'), openedOn: value('openedOn'), closedOn: value('closedOn'),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    initiative: one('Initiative', (row, snapshot) => snapshot.one('initiative', row.initiativeId)),
    employments: many('Employment', (row, snapshot) => snapshot.where('employment', 'postId', row.id)),
  },
}

export const employment: Page<Employment> = {
  type: 'Employment',
  rows: ({ tables }) => tables.employment,
  visible: (viewer, row) => verdict({ self: isSelf(viewer, workerOf(viewer.snapshot, row).personId), ...staffOf(viewer, row.unitId) }),
  fields: {
    ...ofEveryRow,
    kind: value('kind'), validFrom: value('validFrom'), validTo: value('validTo'),
    socialWorker: one('SocialWorker', (row, snapshot) => workerOf(snapshot, row)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    post: one('Post', (row, snapshot) => snapshot.one('post', row.postId)),
    workLogs: many('WorkLog', (row, snapshot) => snapshot.where('work_log', 'employmentId', row.id)),
  },
}

export const station: Page<Station> = {
  type: 'Station',
  rows: ({ tables }) => tables.station,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    code: value('code'), name: value('name'), kind: value('kind'), openedOn: value('openedOn'), closedOn: value('closedOn'),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
  },
}

const employmentOf = (snapshot: Snapshot, { employmentId }: WorkLog): Employment => snapshot.one('employment', employmentId)!

export const workLog: Page<WorkLog> = {
  type: 'WorkLog',
  rows: ({ tables }) => tables.work_log,
  visible: (viewer, row) => {
    const of = employmentOf(viewer.snapshot, row)
    return verdict({ self: isSelf(viewer, workerOf(viewer.snapshot, of).personId), 'ownUnit DIRECTOR': viewer.places.some((place) => place.role === 'DIRECTOR' && ownUnit(place, of.unitId)) })
  },
  fields: {
    ...ofEveryRow,
    workedOn: value('workedOn'), bookedOn: value('bookedOn'), hours: value('hours'), category: value('category'), origin: value('origin'), note: value('note'), reason: value('reason'),
    employment: one('Employment', (row, snapshot) => employmentOf(snapshot, row)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', employmentOf(snapshot, row).unitId)),
    socialWorker: one('SocialWorker', (row, snapshot) => workerOf(snapshot, employmentOf(snapshot, row))),
    corrects: one('WorkLog', (row, snapshot) => snapshot.one('work_log', row.correctsId)),
    corrections: many('WorkLog', (row, snapshot) => snapshot.where('work_log', 'correctsId', row.id)),
  },
}
