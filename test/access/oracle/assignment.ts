/** "Assignment …: with their task." Their history too. "Assignment.internalNote: ownUnit of the assignment's unit." */
import { latestReport, latestReview, pendingExtension } from './progress.js'
import { descendants, rollUps } from './roll-up.js'
import type { Assignment, TaskStep } from './snapshot.js'
import { taskVisible } from './task.js'
import { coordinates, derived, derivedIfAny, inDivision, leads, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Place, type Verdict, type Viewer } from './words.js'

function seesAllOfTrack({ snapshot, places }: Viewer, { taskId, unitId }: Assignment): Verdict {
  const task = snapshot.one('task', taskId)!
  const division = snapshot.one('initiative', task.initiativeId)?.divisionId ?? snapshot.one('unit', task.issuingUnitId)!.divisionId
  const isCoordinator = (place: Place) => coordinates(snapshot, place) || leads(snapshot, place)
  return verdict({
    'ownUnit of the track': places.some((place) => !['AUDITOR', 'BI_READER', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'].includes(place.role) && ownUnit(place, unitId)),
    'coordinates the division of the task or of the unit': places.some((place) => isCoordinator(place) && (inDivision(snapshot, place, division) || inDivision(snapshot, place, snapshot.one('unit', unitId)!.divisionId))),
  })
}

export const assignment: Page<Assignment> = {
  type: 'Assignment',
  rows: ({ tables }) => tables.assignment,
  visible: (viewer, row) => verdict({ 'with its task': taskVisible(viewer, viewer.snapshot.one('task', row.taskId)!).allowed }),
  fields: {
    ...ofEveryRow,
    role: value('role'), dueOn: value('dueOn'), status: value('status'), progress: value('progress'),
    acceptBy: value('acceptBy'), reportBy: value('reportBy'), acceptedOn: value('acceptedOn'), reportedOn: value('reportedOn'), completedOn: value('completedOn'),
    isAcceptedInTime: { kind: 'value', of: ({ acceptedOn, acceptBy, status }, { today }) => (acceptedOn ? (acceptBy ? acceptedOn <= acceptBy : null) : status === 'ISSUED' && acceptBy && acceptBy < today ? false : null) },
    isOverdue: derived, overdueKinds: derived, daysLate: derivedIfAny, statusAsOf: derived, dueOnAsOf: derivedIfAny, viewerCan: derived, nextActions: derived,
    internalNote: { kind: 'value', of: (row) => row.internalNote, readable: ({ places }, row) => verdict({ "ownUnit of the assignment's unit": places.some((place) => ownUnit(place, row.unitId)) }) },
    steps: many('TaskStep', (row, snapshot) => snapshot.where('task_step', 'assignmentId', row.id)),
    unitAsOf: one('Unit', (row, snapshot) => {
      const steps = snapshot.where('task_step', 'assignmentId', row.id).sort((a, b) => a.seq - b.seq)
      const last = steps.filter(({ onDay }) => onDay <= snapshot.today).at(-1)
      return snapshot.one('unit', last ? last.unitToId : (steps[0]?.unitFromId ?? row.unitId))
    }),
    ...rollUps<Assignment>((snapshot, { taskId, unitId }) => snapshot.where('task', 'parentId', taskId).filter(({ issuingUnitId }) => issuingUnitId === unitId).flatMap((child) => [child, ...descendants(snapshot, child.id)]), seesAllOfTrack),
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    person: one('Person', (row, snapshot) => snapshot.one('person', row.personId)),
    attachments: many('Attachment', (row, snapshot) => snapshot.where('attachment', 'assignmentId', row.id)),
    reports: many('ProgressReport', (row, snapshot) => snapshot.where('progress_report', 'assignmentId', row.id)),
    reviews: many('Review', (row, snapshot) => snapshot.where('review', 'assignmentId', row.id)),
    extensions: many('ExtensionRequest', (row, snapshot) => snapshot.where('extension_request', 'assignmentId', row.id)),
    latestReport: one('ProgressReport', latestReport),
    latestReview: one('Review', latestReview),
    pendingExtension: one('ExtensionRequest', pendingExtension),
    light: derived, lightColour: derivedIfAny, slipDue: derivedIfAny,
    reminders: many('Reminder', (row, snapshot) => snapshot.where('reminder', 'assignmentId', row.id)),
    liaison: one('Person', (row, snapshot) => snapshot.one('person', row.liaisonId)),
  },
}

export const taskStep: Page<TaskStep> = {
  type: 'TaskStep',
  rows: ({ tables }) => tables.task_step,
  visible: (viewer, row) => verdict({ 'with its task': taskVisible(viewer, viewer.snapshot.one('task', row.taskId)!).allowed }),
  fields: {
    id: value('id'), at: value('at'), onDay: value('onDay'), act: value('act'), note: value('note'), taskFrom: value('taskFrom'), taskTo: value('taskTo'), trackFrom: value('trackFrom'), trackTo: value('trackTo'),
    dueFrom: value('dueFrom'), dueTo: value('dueTo'),
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
    assignment: one('Assignment', (row, snapshot) => snapshot.one('assignment', row.assignmentId)),
    person: one('Person', (row, snapshot) => snapshot.one('person', row.personId)),
    unitFrom: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitFromId)),
    unitTo: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitToId)),
  },
}
