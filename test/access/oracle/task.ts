/**
 * "Task is visible when ownUnit issued it, has an assignment on it in any state, or leads its initiative; or for a COORDINATOR when the task's or an assigned unit's
 * division is inDivision; or when it is not confidential, not DRAFT, and its initiative is visible. A task without initiative: its division is the issuer's, and "inUnit of
 * issuer or of an assigned unit" replaces "its initiative is visible". AUDITOR and BI_READER never see confidential tasks. Child tasks inherit confidentiality. The
 * decomposing unit and coordinators see all descendants; roll-ups are null for everyone else. A link to an invisible object answers like no object."
 * "SECURITY_ADMIN / SYSTEM_ADMIN: neither sees initiatives, tasks, pay or audit."
 * Read here so: the decomposing unit is the one that issued a child task, and what stands below that child is its descendant; a coordinator sees what stands below a task
 * that is its own by division.
 */
import { initiativeVisible } from './initiative.js'
import { descendants, rollUps } from './roll-up.js'
import type { Snapshot, Task, Unit } from './snapshot.js'
import { coordinates, derived, derivedIfAny, inDivision, inForce, inUnit, leads, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Place, type Verdict, type Viewer } from './words.js'

const assignedTo = (snapshot: Snapshot, taskId: string): Unit[] => snapshot.where('assignment', 'taskId', taskId).map(({ unitId }) => snapshot.one('unit', unitId)!)
const initiativeOf = (snapshot: Snapshot, task: Task) => snapshot.one('initiative', task.initiativeId)
const above = (snapshot: Snapshot, task: Task): Task[] => [...snapshot.upwards('task', task.id)].filter((id) => id !== task.id).map((id) => snapshot.one('task', id)!)
export const isConfidential = (snapshot: Snapshot, task: Task): boolean => task.confidential || above(snapshot, task).some(({ confidential }) => confidential)

const ofTaskDivision = (snapshot: Snapshot, place: Place, task: Task): boolean =>
  inDivision(snapshot, place, initiativeOf(snapshot, task)?.divisionId ?? snapshot.one('unit', task.issuingUnitId)!.divisionId)
const ofAssignedDivision = (snapshot: Snapshot, place: Place, task: Task): boolean => assignedTo(snapshot, task.id).some(({ divisionId }) => inDivision(snapshot, place, divisionId))
const ofItsDivisions = (snapshot: Snapshot, place: Place, task: Task): boolean => ofTaskDivision(snapshot, place, task) || ofAssignedDivision(snapshot, place, task)

function rulesFor(viewer: Viewer, place: Place, row: Task): { [rule: string]: boolean } {
  const { snapshot } = viewer
  const initiative = initiativeOf(snapshot, row)
  const isOpen = row.status !== 'DRAFT' && !isConfidential(snapshot, row)
  const ancestors = above(snapshot, row)
  const isCoordinator = coordinates(snapshot, place)
  const isLeader = leads(snapshot, place)
  return {
    'ownUnit issued it': ownUnit(place, row.issuingUnitId),
    'ownUnit has an assignment on it': assignedTo(snapshot, row.id).some(({ id }) => ownUnit(place, id)),
    'ownUnit leads its initiative': initiative !== undefined && ownUnit(place, initiative.leadUnitId),
    'COORDINATOR, division of the task': isCoordinator && ofTaskDivision(snapshot, place, row),
    'COORDINATOR, division of an assigned unit': isCoordinator && ofAssignedDivision(snapshot, place, row),
    'DIRECTOR of the LEADERSHIP unit': isLeader && ofItsDivisions(snapshot, place, row),
    'open, and its initiative is visible': isOpen && initiative !== undefined && initiativeVisible({ ...viewer, places: [place] }, initiative).allowed,
    'open, no initiative: inUnit of the issuer': isOpen && !initiative && inUnit(snapshot, place, row.issuingUnitId),
    'open, no initiative: inUnit of an assigned unit': isOpen && !initiative && assignedTo(snapshot, row.id).some(({ id }) => inUnit(snapshot, place, id)),
    'below a task that ownUnit decomposed': ancestors.some((task) => task.parentId !== null && ownUnit(place, task.issuingUnitId)),
    'below a task of the coordinator': (isCoordinator || isLeader) && ancestors.some((task) => ofItsDivisions(snapshot, place, task)),
  }
}

export function taskVisible(viewer: Viewer, row: Task): Verdict {
  const said: { [rule: string]: boolean } = {}
  const limits: { [rule: string]: boolean } = {}
  for (const place of viewer.places) {
    const rules = rulesFor(viewer, place, row)
    const any = Object.values(rules).some(Boolean)
    let mayGrant = true
    if (place.role === 'SECURITY_ADMIN' || place.role === 'SYSTEM_ADMIN') {
      mayGrant = false
      if (any) limits[`${place.role}: none`] = false
    } else if (place.role === 'AUDITOR' || place.role === 'BI_READER') {
      mayGrant = !isConfidential(viewer.snapshot, row)
      if (any) limits[`${place.role}: never confidential`] ||= mayGrant
    }
    for (const [name, holds] of Object.entries(rules)) said[name] ||= mayGrant && holds
  }
  return verdict(said, limits)
}

const takesPart = ({ role }: Place): boolean => !['AUDITOR', 'BI_READER', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'].includes(role)

function seesAllBelow(viewer: Viewer, row: Task): Verdict {
  const { snapshot, places } = viewer
  const chain = [row, ...above(snapshot, row)]
  const isCoordinator = (place: Place) => coordinates(snapshot, place) || leads(snapshot, place)
  return verdict({
    'coordinates it, or a task above it': places.some((place) => isCoordinator(place) && chain.some((task) => ofItsDivisions(snapshot, place, task))),
    'ownUnit decomposed into it, or above it': places.some((place) => takesPart(place) && chain.some((task) => task.parentId !== null && ownUnit(place, task.issuingUnitId))),
  })
}

export const task: Page<Task> = {
  type: 'Task',
  rows: ({ tables }) => tables.task,
  visible: taskVisible,
  fields: {
    ...ofEveryRow,
    code: value('code'), title: value('title'), requirement: value('requirement'), source: value('source'), urgency: value('urgency'), confidential: value('confidential'),
    issuedOn: value('issuedOn'), dueOn: value('dueOn'), expectedResult: value('expectedResult'), status: value('status'),
    completedOn: value('completedOn'), closedOn: value('closedOn'), suspendedOn: value('suspendedOn'),
    isOverdue: derived, daysLate: derivedIfAny, statusAsOf: derived, dueOnAsOf: derivedIfAny, viewerCan: derived, nextActions: derived, closeOutCheck: derivedIfAny,
    // "Of the issuer's division or the nearest ancestor that has a policy on the issue date."
    policy: one('SupervisionPolicy', (row, snapshot) => {
      for (const divisionId of row.issuedOn ? snapshot.upwards('division', snapshot.one('unit', row.issuingUnitId)!.divisionId) : []) {
        const found = snapshot.where('supervision_policy', 'divisionId', divisionId).find((policy) => inForce(policy, row.issuedOn!))
        if (found) return found
      }
      return undefined
    }),
    initiative: one('Initiative', (row, snapshot) => initiativeOf(snapshot, row)),
    // "A link to an invisible object answers like no object": the division is then the issuer's, as of a task without initiative.
    division: one('Division', (row, snapshot, viewer) => {
      const initiative = initiativeOf(snapshot, row)
      const isShown = initiative !== undefined && initiativeVisible(viewer, initiative).allowed
      return snapshot.one('division', isShown ? initiative.divisionId : snapshot.one('unit', row.issuingUnitId)!.divisionId)
    }),
    ...rollUps<Task>((snapshot, { id }) => descendants(snapshot, id), seesAllBelow),
    issuingUnit: one('Unit', (row, snapshot) => snapshot.one('unit', row.issuingUnitId)),
    leadUnit: one('Unit', (row, snapshot) => snapshot.one('unit', snapshot.where('assignment', 'taskId', row.id).find(({ role }) => role === 'LEAD')?.unitId)),
    parent: one('Task', (row, snapshot) => snapshot.one('task', row.parentId)),
    children: many('Task', (row, snapshot) => snapshot.where('task', 'parentId', row.id)),
    reports: many('ProgressReport', (row, snapshot) => snapshot.where('progress_report', 'taskId', row.id)),
    extensions: many('ExtensionRequest', (row, snapshot) => snapshot.where('extension_request', 'taskId', row.id)),
    light: derived, lightColour: derivedIfAny,
    reminders: many('Reminder', (row, snapshot) => snapshot.where('reminder', 'taskId', row.id)),
    comments: many('Comment', (row, snapshot) => snapshot.where('comment', 'taskId', row.id)),
    assignments: many('Assignment', (row, snapshot) => snapshot.where('assignment', 'taskId', row.id)),
    attachments: many('Attachment', (row, snapshot) => snapshot.where('attachment', 'taskId', row.id)),
    steps: many('TaskStep', (row, snapshot) => snapshot.where('task_step', 'taskId', row.id)),
    resolution: one('Resolution', (row, snapshot) => snapshot.one('resolution', snapshot.where('resolution_task', 'taskId', row.id)[0]?.resolutionId)),
  },
}
