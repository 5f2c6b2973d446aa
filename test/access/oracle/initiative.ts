/**
 * "Initiative is visible when (a) its visibility is NETWORK; or (b) a participating unit is inUnit, or above the viewer's unit in its line; or (c) ownUnit has an
 * assignment in it; or (d) COORDINATOR: the division of the initiative or of a participating or assigned unit is inDivision. DRAFT: its lead unit and (d) only.
 * AUDITOR, BI_READER: only where inDivision(initiative.division). SECURITY_ADMIN, SYSTEM_ADMIN: none."
 * The narrowing of AUDITOR and BI_READER takes away from (a), (b), (c) and adds nothing. What belongs to an initiative is seen with it.
 */
import { achieved } from './target.js'
import type { Initiative, InitiativeTarget, InitiativeUpdate, Milestone, Participation, Snapshot } from './snapshot.js'
import { aboveInLine, coordinates, derived, inDivision, inUnit, leads, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Place, type Verdict, type Viewer } from './words.js'

const participantsOf = (snapshot: Snapshot, row: Initiative): string[] => snapshot.where('participation', 'initiativeId', row.id).map(({ unitId }) => unitId)
const assignedTo = (snapshot: Snapshot, row: Initiative): string[] =>
  snapshot.where('task', 'initiativeId', row.id).flatMap((task) => snapshot.where('assignment', 'taskId', task.id).map(({ unitId }) => unitId))

/** What each rule says for one appointment. */
function rulesFor(snapshot: Snapshot, place: Place, row: Initiative): { [rule: string]: boolean } {
  const isDraft = row.status === 'DRAFT'
  const participants = participantsOf(snapshot, row)
  const assigned = assignedTo(snapshot, row)
  const isCoordinator = coordinates(snapshot, place)
  const isLeader = leads(snapshot, place)
  const divisionOf = (unitId: string) => snapshot.one('unit', unitId)!.divisionId
  const inOwn = inDivision(snapshot, place, row.divisionId)
  const ofParticipant = participants.some((unitId) => inDivision(snapshot, place, divisionOf(unitId)))
  const ofAssigned = assigned.some((unitId) => inDivision(snapshot, place, divisionOf(unitId)))
  return {
    '(a) NETWORK': !isDraft && row.visibility === 'NETWORK',
    '(b) a participating unit is inUnit': !isDraft && participants.some((unitId) => inUnit(snapshot, place, unitId)),
    '(b) a participating unit is above in line': !isDraft && participants.some((unitId) => aboveInLine(snapshot, place, unitId)),
    '(c) ownUnit has an assignment in it': !isDraft && assigned.some((unitId) => ownUnit(place, unitId)),
    '(d) COORDINATOR, division of the initiative': isCoordinator && inOwn,
    '(d) COORDINATOR, division of a participating unit': isCoordinator && ofParticipant,
    '(d) COORDINATOR, division of an assigned unit': isCoordinator && ofAssigned,
    '(d) DIRECTOR of the LEADERSHIP unit': isLeader && (inOwn || ofParticipant || ofAssigned),
    'DRAFT: its lead unit': isDraft && ownUnit(place, row.leadUnitId),
  }
}

export function initiativeVisible({ snapshot, places }: Viewer, row: Initiative): Verdict {
  const said: { [rule: string]: boolean } = {}
  const limits: { [rule: string]: boolean } = {}
  for (const place of places) {
    const rules = rulesFor(snapshot, place, row)
    let mayGrant = true
    if (place.role === 'SECURITY_ADMIN' || place.role === 'SYSTEM_ADMIN') {
      mayGrant = false
      if (Object.values(rules).some(Boolean)) limits[`${place.role}: none`] = false
    } else if (place.role === 'AUDITOR' || place.role === 'BI_READER') {
      mayGrant = inDivision(snapshot, place, row.divisionId)
      if (Object.values(rules).some(Boolean)) limits[`${place.role}: only inDivision(initiative.division)`] ||= mayGrant
    }
    for (const [name, holds] of Object.entries(rules)) said[name] ||= mayGrant && holds
  }
  return verdict(said, limits)
}

const ofInitiative = ({ initiativeId }: { initiativeId: string }, snapshot: Snapshot): Initiative => snapshot.one('initiative', initiativeId)!
const withItsInitiative = (viewer: Viewer, row: { initiativeId: string }): Verdict => verdict({ 'with its initiative': initiativeVisible(viewer, ofInitiative(row, viewer.snapshot)).allowed })

export const initiative: Page<Initiative> = {
  type: 'Initiative',
  rows: ({ tables }) => tables.initiative,
  visible: initiativeVisible,
  fields: {
    ...ofEveryRow,
    code: value('code'), title: value('title'), summary: value('summary'), mechanisms: value('mechanisms'), visibility: value('visibility'), startsOn: value('startsOn'),
    endsOn: value('endsOn'), status: value('status'), updateEveryDays: value('updateEveryDays'),
    isStale: derived, viewerCan: derived, nextActions: derived,
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    leadUnit: one('Unit', (row, snapshot) => snapshot.one('unit', row.leadUnitId)),
    parent: one('Initiative', (row, snapshot) => snapshot.one('initiative', row.parentId)),
    document: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.documentId)),
    latestUpdate: one('InitiativeUpdate', (row, snapshot) =>
      [...snapshot.where('initiative_update', 'initiativeId', row.id)].sort((a, b) => (a.reportedOn === b.reportedOn ? (a.id < b.id ? 1 : -1) : a.reportedOn < b.reportedOn ? 1 : -1))[0]),
    servicePlans: many('ServicePlan', (row, snapshot) => snapshot.where('service_plan', 'initiativeId', row.id)),
    posts: many('Post', (row, snapshot) => snapshot.where('post', 'initiativeId', row.id)),
    children: many('Initiative', (row, snapshot) => snapshot.where('initiative', 'parentId', row.id)),
    participations: many('Participation', (row, snapshot) => snapshot.where('participation', 'initiativeId', row.id)),
    targets: many('InitiativeTarget', (row, snapshot) => snapshot.where('initiative_target', 'initiativeId', row.id)),
    milestones: many('Milestone', (row, snapshot) => snapshot.where('milestone', 'initiativeId', row.id)),
    budgetLines: many('BudgetLine', (row, snapshot) => snapshot.where('budget_line', 'initiativeId', row.id)),
    updates: many('InitiativeUpdate', (row, snapshot) => snapshot.where('initiative_update', 'initiativeId', row.id)),
    tasks: many('Task', (row, snapshot) => snapshot.where('task', 'initiativeId', row.id)),
  },
}

export const participation: Page<Participation> = {
  type: 'Participation',
  rows: ({ tables }) => tables.participation,
  visible: withItsInitiative,
  fields: {
    ...ofEveryRow,
    role: value('role'),
    isLead: { kind: 'value', of: (row, snapshot) => ofInitiative(row, snapshot).leadUnitId === row.unitId },
    initiative: one('Initiative', ofInitiative),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
  },
}

export const milestone: Page<Milestone> = {
  type: 'Milestone',
  rows: ({ tables }) => tables.milestone,
  visible: withItsInitiative,
  fields: { ...ofEveryRow, title: value('title'), dueOn: value('dueOn'), reachedOn: value('reachedOn'), initiative: one('Initiative', ofInitiative) },
}

export const initiativeTarget: Page<InitiativeTarget> = {
  type: 'InitiativeTarget',
  rows: ({ tables }) => tables.initiative_target,
  visible: withItsInitiative,
  fields: {
    ...ofEveryRow, measure: value('measure'), amount: value('amount'), dueOn: value('dueOn'), initiative: one('Initiative', ofInitiative),
    achieved: { kind: 'value', of: (row, snapshot, viewer) => achieved(viewer, row) },
  },
}

export const initiativeUpdate: Page<InitiativeUpdate> = {
  type: 'InitiativeUpdate',
  rows: ({ tables }) => tables.initiative_update,
  visible: withItsInitiative,
  fields: {
    ...ofEveryRow,
    reportedOn: value('reportedOn'), health: value('health'), text: value('text'), changes: value('changes'),
    initiative: one('Initiative', ofInitiative),
    author: one('Person', (row, snapshot) => snapshot.one('person', row.authorId)),
  },
}
