/**
 * "Worklogs, plans, supervision: self and ownUnit DIRECTOR." "Money: ownUnit FINANCE_OFFICER and DIRECTOR, the contract's parties, COORDINATOR inDivision." "PRACTITIONER: own worklogs, plans, supervision."
 * The text is silent on courses and on micro-projects before money is in them, so narrowly: those who take part in the work, BI_READER and AUDITOR inDivision.
 */
import type { Snapshot } from './snapshot.js'
import type { ContinuingEducationRule, MicroPayment, MicroProject, Supervision, SupervisionRatio, SupervisionSession, Supervisor, Training, TrainingAttendance } from './snapshot-capability.js'
import { sharedWork } from './activity.js'
import { isSelf, socialWorker } from './posts.js'
import { coordinates, derived, everySignedInViewer, inDivision, leads, many, ofEveryRow, one, ownUnit, unitOfPerson, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

const holds = (viewer: Viewer, roles: readonly string[], unitId: string | null | undefined): boolean => unitId != null && viewer.places.some((place) => roles.includes(place.role) && ownUnit(place, unitId))
const ofUnit = (viewer: Viewer, row: { unitId: string }): Verdict => sharedWork(viewer, viewer.snapshot.one('unit', row.unitId)!.divisionId)
const personOf = (snapshot: Snapshot, id: string): string => snapshot.one('social_worker', id)!.personId

const attendanceVisible = (viewer: Viewer, row: TrainingAttendance): Verdict => {
  const personId = personOf(viewer.snapshot, row.socialWorkerId)
  return verdict({
    self: isSelf(viewer, personId),
    "staff officers of the person's unit": holds(viewer, ['HR_OFFICER', 'DIRECTOR', 'AGENCY_MANAGER'], unitOfPerson(viewer.snapshot, personId)?.id),
    'those who keep the course': holds(viewer, ['DIRECTOR', 'CLERK', 'HR_OFFICER'], viewer.snapshot.one('training', row.trainingId)!.unitId),
  })
}
const theTwo = (viewer: Viewer, row: Supervision) => ({ supervisor: isSelf(viewer, personOf(viewer.snapshot, row.supervisorId)), supervisee: isSelf(viewer, personOf(viewer.snapshot, row.superviseeId)) })
const supervisionVisible = (viewer: Viewer, row: Supervision): Verdict => verdict({ ...theTwo(viewer, row), 'ownUnit DIRECTOR': holds(viewer, ['DIRECTOR'], row.unitId) })
const moneyReadable = (viewer: Viewer, row: MicroProject): Verdict => {
  const { divisionId } = viewer.snapshot.one('unit', row.unitId)!
  return verdict({
    'ownUnit FINANCE_OFFICER or DIRECTOR': holds(viewer, ['FINANCE_OFFICER', 'DIRECTOR'], row.unitId),
    'the party that carries it out': holds(viewer, ['FINANCE_OFFICER', 'DIRECTOR', 'AGENCY_MANAGER'], row.carrierId),
    'COORDINATOR inDivision': viewer.places.some((place) => coordinates(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionId)),
    'DIRECTOR of the LEADERSHIP unit': viewer.places.some((place) => leads(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionId)),
  })
}

const unit: FieldPage<{ unitId: string }> = one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId))
const division: FieldPage<{ divisionId: string }> = one('Division', (row, snapshot) => snapshot.one('division', row.divisionId))
const basis: FieldPage<{ basisId: string }> = one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId))
const worker: FieldPage<{ socialWorkerId: string }> = one('SocialWorker', (row, snapshot) => snapshot.one('social_worker', row.socialWorkerId))
const initiative: FieldPage<{ initiativeId: string | null }> = one('Initiative', (row, snapshot) => snapshot.one('initiative', row.initiativeId))

export const training: Page<Training> = {
  type: 'Training', rows: ({ tables }) => tables.training, visible: ofUnit,
  fields: {
    ...ofEveryRow, unit, initiative, code: value('code'), title: value('title'), startsOn: value('startsOn'), endsOn: value('endsOn'), hours: value('hours'), isContinuingEducation: value('isContinuingEducation'),
    otherAttendances: value('otherAttendances'), attendanceCount: { kind: 'value', of: (row, snapshot) => row.otherAttendances + snapshot.where('training_attendance', 'trainingId', row.id).length }, attendances: many('TrainingAttendance', (row, snapshot) => snapshot.where('training_attendance', 'trainingId', row.id)),
  },
}
export const trainingAttendance: Page<TrainingAttendance> = {
  type: 'TrainingAttendance', rows: ({ tables }) => tables.training_attendance, visible: attendanceVisible,
  fields: { ...ofEveryRow, socialWorker: worker, hours: value('hours'), isPassed: value('isPassed'), training: one('Training', (row, snapshot) => snapshot.one('training', row.trainingId)) },
}
export const continuingEducationRule: Page<ContinuingEducationRule> = {
  type: 'ContinuingEducationRule', rows: ({ tables }) => tables.continuing_education_rule, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, basis, level: value('level'), hours: value('hours'), validFrom: value('validFrom'), validTo: value('validTo') },
}
export const supervisor: Page<Supervisor> = {
  type: 'Supervisor', rows: ({ tables }) => tables.supervisor, visible: (viewer, row) => socialWorker.visible(viewer, viewer.snapshot.one('social_worker', row.socialWorkerId)!),
  fields: { ...ofEveryRow, socialWorker: worker, unit, basis, rung: value('rung'), validFrom: value('validFrom'), validTo: value('validTo') },
}
export const supervisionRatio: Page<SupervisionRatio> = {
  type: 'SupervisionRatio', rows: ({ tables }) => tables.supervision_ratio, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, basis, rung: value('rung'), maxSupervisees: value('maxSupervisees'), sessionEveryDays: value('sessionEveryDays'), validFrom: value('validFrom'), validTo: value('validTo') },
}

const lastSession = (row: Supervision, snapshot: Snapshot): string | null => snapshot.where('supervision_session', 'supervisionId', row.id).map(({ heldOn }) => heldOn).sort().at(-1) ?? null
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
function isLate(row: Supervision, snapshot: Snapshot): boolean {
  const last = lastSession(row, snapshot)
  const since = last && last > row.validFrom ? last : row.validFrom
  return row.sessionEveryDays !== null && (row.validTo === null || row.validTo > snapshot.today) && days(since, snapshot.today) > row.sessionEveryDays
}
export const supervision: Page<Supervision> = {
  type: 'Supervision', rows: ({ tables }) => tables.supervision, visible: supervisionVisible,
  fields: {
    ...ofEveryRow, unit, sessionEveryDays: value('sessionEveryDays'), validFrom: value('validFrom'), validTo: value('validTo'), lastSessionOn: { kind: 'value', of: lastSession }, isSessionLate: { kind: 'value', of: isLate },
    supervisor: one('SocialWorker', (row, snapshot) => snapshot.one('social_worker', row.supervisorId)), supervisee: one('SocialWorker', (row, snapshot) => snapshot.one('social_worker', row.superviseeId)),
    sessions: many('SupervisionSession', (row, snapshot) => snapshot.where('supervision_session', 'supervisionId', row.id)),
  },
}
function inTime({ id, heldOn, supervisionId }: SupervisionSession, snapshot: Snapshot): boolean | null {
  const { validFrom, sessionEveryDays } = snapshot.one('supervision', supervisionId)!
  const before = snapshot.where('supervision_session', 'supervisionId', supervisionId).filter((one) => one.heldOn < heldOn || (one.heldOn === heldOn && one.id < id)).map((one) => one.heldOn)
  return sessionEveryDays === null ? null : days([validFrom, ...before].sort().at(-1)!, heldOn) <= sessionEveryDays
}
export const supervisionSession: Page<SupervisionSession> = {
  type: 'SupervisionSession', rows: ({ tables }) => tables.supervision_session,
  visible: (viewer, row) => verdict({ 'with its supervision': supervisionVisible(viewer, viewer.snapshot.one('supervision', row.supervisionId)!).allowed }),
  fields: {
    ...ofEveryRow, heldOn: value('heldOn'), hours: value('hours'), isInTime: { kind: 'value', of: inTime }, supervision: one('Supervision', (row, snapshot) => snapshot.one('supervision', row.supervisionId)),
    text: { kind: 'value', of: (row) => row.text, readable: (viewer, row) => verdict(theTwo(viewer, viewer.snapshot.one('supervision', row.supervisionId)!)) },
  },
}
const ofMoney = <K extends 'amount' | 'verdict' | 'evaluation'>(column: K): FieldPage<MicroProject> => ({ kind: 'value', of: (row) => row[column], readable: moneyReadable })
export const microProject: Page<MicroProject> = {
  type: 'MicroProject', rows: ({ tables }) => tables.micro_project, visible: ofUnit,
  fields: {
    ...ofEveryRow, unit, initiative, code: value('code'), title: value('title'), kind: value('kind'), status: value('status'), need: value('need'), proposal: value('proposal'), calledOn: value('calledOn'),
    callUntil: value('callUntil'), contractedOn: value('contractedOn'), dueOn: value('dueOn'), evaluatedOn: value('evaluatedOn'), endedOn: value('endedOn'), amount: ofMoney('amount'), verdict: ofMoney('verdict'),
    evaluation: ofMoney('evaluation'), carrier: one('Unit', (row, snapshot) => snapshot.one('unit', row.carrierId)),
    evaluatedBy: one('Person', (row, snapshot, viewer) => (moneyReadable(viewer, row).allowed ? snapshot.one('person', row.evaluatedById) : undefined)),
    payments: many('MicroPayment', (row, snapshot) => snapshot.where('micro_payment', 'microProjectId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}
export const microPayment: Page<MicroPayment> = {
  type: 'MicroPayment', rows: ({ tables }) => tables.micro_payment, visible: (viewer, row) => moneyReadable(viewer, viewer.snapshot.one('micro_project', row.microProjectId)!),
  fields: {
    ...ofEveryRow, unit, kind: value('kind'), amount: value('amount'), paidOn: value('paidOn'), microProject: one('MicroProject', (row, snapshot) => snapshot.one('micro_project', row.microProjectId)),
    paidBy: one('Person', (row, snapshot) => snapshot.one('person', row.paidById)),
  },
}
