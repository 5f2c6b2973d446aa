/*
 * A task is visible to a viewer
 *   (1) whose own unit issued it, has an assignment on it in any state, or leads its initiative; or
 *   (2) who coordinates (or is a DIRECTOR of the LEADERSHIP unit of) the division of the task or of an assigned unit; or
 *   (3) when it is not confidential and not a DRAFT, and its initiative is visible; without an initiative, when the issuing unit or an assigned unit is the viewer's or below it by line.
 * The division of a task is that of its initiative, else that of its issuing unit.
 * AUDITOR and BI_READER never see confidential tasks; SECURITY_ADMIN and SYSTEM_ADMIN see none.
 * The unit that decomposed a task sees all descendants of what it issued, and coordinators all descendants of what they see by (2).
 * Assignments come with their task; `internalNote` is for the assignment's own unit. People on the same open task read each other's mobile.
 * COORDINATOR of its division writes tasks; a DIRECTOR or CLERK of a participating unit proposes them in its unit's name;
 * a DIRECTOR or CLERK of an assigned unit decomposes it, and its DIRECTOR then writes the child task. The assignment's own DIRECTOR or CLERK, and nobody else, names its people, and keeps its note.
 * Who writes a task also issues, withdraws, returns, completes, closes, suspends, resumes and terminates it, and completes, excuses and hands over its assignments;
 * whoever may propose it puts it forward. Where the coordinating unit itself leads, a DIRECTOR of the LEADERSHIP unit of the division may close it.
 * The assignment's own DIRECTOR or CLERK accepts, refuses and starts it. Steps are read with their task.
 * What child tasks of all depths add up to is read by coordinators of the task and by the unit that decomposed it or a task above it; of one track
 * by its own unit and by coordinators of the division of its task or of its unit.
 */
import { sql } from 'kysely'
import { accessTable, act, all, also, any, can, condition, inLine, open, permissions, scope, signedIn, some, viewerSql, visible, type Guard, type RowRef } from '../../access/index.js'
import { inForce } from '../../engine/index.js'
import { widenInitiatives } from '../initiatives/index.js'

const participant = permissions['work:takePart']
const observer = permissions['work:observe']
const coordination = permissions['coordination:read']
type Roles = typeof participant

const of = (row: RowRef) => row.column('id')
const hasAssignment = (row: RowRef, roles: Roles) => some(row, sql`assignment a where a.task_id = ${of(row)} and a.unit_id = any(${viewerSql.units(roles)})`)
const assignedIn = (row: RowRef, task: ReturnType<typeof of>) => some(row, sql`assignment a join unit au on au.id = a.unit_id where a.task_id = ${task} and au.division_path ^@ any(${viewerSql.divisions(coordination)})`)

widenInitiatives({
  participant: assignmentIn(participant),
  // The assigned unit is the appointment's, so its division must reach the initiative.
  observer: condition({
    sentence: { en: '', zh: '' },
    columns: ['id'],
    sql: (row) => some(row, sql`assignment a join unit au on au.id = a.unit_id where a.initiative_id = ${of(row)} and a.unit_id = any(${viewerSql.units(observer)}) and ${row.column('divisionPath')} ^@ au.division_path`),
  }),
  coordination: condition({
    sentence: { en: '', zh: '' },
    columns: ['id'],
    sql: (row) => some(row, sql`assignment a join unit au on au.id = a.unit_id where a.initiative_id = ${of(row)} and au.division_path ^@ any(${viewerSql.divisions(coordination)})`),
  }),
})
function assignmentIn(roles: Roles): Guard {
  return condition({
    sentence: { en: '', zh: '' },
    columns: ['id'],
    sql: (row) => some(row, sql`assignment a where a.initiative_id = ${of(row)} and a.unit_id = any(${viewerSql.units(roles)})`),
  })
}

const flag = (column: string, sentence: { en: string; zh: string }, test: (row: RowRef) => ReturnType<typeof sql>): Guard => condition({ sentence, columns: [column], sql: test })
const notConfidential = flag('confidential', { en: 'it is not confidential', zh: '非涉密' }, (row) => sql`not ${row.column('confidential')}`)
const notDraft = flag('status', { en: 'it is not a DRAFT', zh: '非拟立项' }, (row) => sql`${row.column('status')} <> 'DRAFT'`)
const withoutInitiative = flag('initiativeId', { en: 'it has no initiative', zh: '无联合行动' }, (row) => sql`${row.column('initiativeId')} is null`)

/** A task's division is its initiative's, so it would tell of an initiative that the viewer does not see. */
export const initiativeShows: Guard = any(withoutInitiative, visible('Initiative', 'initiativeId'))

const concerns = (word: 'work:takePart' | 'work:observe'): Guard => {
  const roles = permissions[word]
  return any(
    can(word).ownUnit('issuingUnitId'),
    condition({ sentence: { en: 'their unit has an assignment on it', zh: '其本单位承办' }, columns: ['id'], roles, sql: (row) => hasAssignment(row, roles) }),
    condition({
      sentence: { en: 'their unit leads its initiative', zh: '其本单位牵头该行动' },
      columns: ['initiativeId'],
      roles,
      sql: (row) => some(row, sql`initiative li where li.id = ${row.column('initiativeId')} and li.lead_unit_id = any(${viewerSql.units(roles)})`),
    }),
    belowOwn(word),
  )
}

/** A child task is issued by the unit that decomposed its own assignment; what lies below it is that unit's too. */
function belowOwn(word: 'work:takePart' | 'work:observe'): Guard {
  const roles = permissions[word]
  return condition({
    sentence: { en: 'their unit decomposed a task above it', zh: '其本单位分解了其上级任务' },
    columns: ['ancestorIds'],
    roles,
    sql: (row) => some(row, sql`task up where up.id = any(${row.column('ancestorIds')}) and up.parent_id is not null and up.issuing_unit_id = any(${viewerSql.units(roles)})`),
  })
}

const coordinatesIt = can('coordination:read').inDivision('divisionId')
const coordinatesElse = any(
  condition({ sentence: { en: 'COORDINATOR or DIRECTOR of the LEADERSHIP unit in the division of an assigned unit, or above it', zh: '在承办单位所属区划或其上级区划任协调办或领导单位负责人' }, columns: ['id'], roles: coordination, sql: (row) => assignedIn(row, of(row)) }),
  condition({
    sentence: { en: 'the same of a task above it', zh: '对其上级任务有前述权限' },
    columns: ['ancestorIds'],
    roles: coordination,
    sql: (row) => some(row, sql`task up where up.id = any(${row.column('ancestorIds')}) and (up.division_path ^@ any(${viewerSql.divisions(coordination)}) or ${assignedIn(row, sql`up.id`)})`),
  }),
)

const inUnitOfTask = (word: 'work:takePart' | 'work:observe'): Guard =>
  any(
    can(word).inUnit('issuingUnitId'),
    condition({
      sentence: { en: 'an assigned unit is theirs or below it by line', zh: '承办单位为其本单位或条线下级' },
      columns: ['id'],
      roles: permissions[word],
      sql: (row) => inLine(row, sql`assignment a`, sql`a.task_id = ${of(row)}`, sql`a.unit_id`, permissions[word], false),
    }),
  )

// Follows from the sentences: not confidential, no DRAFT, and its initiative is for the NETWORK and no DRAFT. The row itself knows it,
// so most rows need no look-up (measured on 300,000 assignments: the difference between asking one column and asking two other tables).
const inNetwork = all(can('work:takePart'), flag('inNetwork', { en: 'it is open to the network', zh: '面向全网络' }, (row) => row.column('inNetwork') as ReturnType<typeof sql>))

// The alternative that most rows pass on their own columns stands first: the database asks them in this order.
const tasksOf: Guard = any(
  inNetwork,
  coordinatesIt,
  all(
    notConfidential,
    notDraft,
    any(visible('Initiative', 'initiativeId'), all(withoutInitiative, any(inUnitOfTask('work:takePart'), inUnitOfTask('work:observe')))),
  ),
  concerns('work:takePart'),
  coordinatesElse,
  all(notConfidential, concerns('work:observe')),
)

const onSameTask = condition({
  sentence: { en: 'a person responsible or liaison on one open task with that person', zh: '同一未销号任务的责任人或联络员' },
  columns: ['id', 'unitId'],
  // Whoever has no main appointment is read in contact by self alone.
  sql: (row) => sql`(exists (select 1 from assignment mine join task shared on shared.id = mine.task_id join assignment theirs on theirs.task_id = mine.task_id
    where (mine.person_id = ${viewerSql.person} or mine.liaison_id = ${viewerSql.person}) and (theirs.person_id = ${of(row)} or theirs.liaison_id = ${of(row)})
    and shared.status not in ('CLOSED', 'TERMINATED')) and ${row.column('unitId')} is not null)`,
})

const participates = condition({
  sentence: { en: 'the issuing unit takes part in its initiative', zh: '交办单位参与该行动' },
  columns: ['initiativeId', 'issuingUnitId'],
  roles: permissions['task:propose'],
  sql: (row) => sql`exists (select 1 from participation p where p.initiative_id = ${row.column('initiativeId')} and p.unit_id = ${row.column('issuingUnitId')})`,
})
const isChild = flag('parentId', { en: 'it is a child task', zh: '为下级任务' }, (row) => sql`${row.column('parentId')} is not null`)
const isRoot = flag('parentId', { en: 'it is no child task', zh: '非下级任务' }, (row) => sql`${row.column('parentId')} is null`)

const coordinateTask = can('task:coordinate').inDivision('divisionId')
export const writesTask = any(coordinateTask, all(isChild, can('task:issueToChildren').ownUnit('issuingUnitId')))
/** The same of the task that an assignment is part of. */
export const writesTaskOfTrack = any(
  can('task:coordinate').inDivision('task.divisionId', { en: "`task`'s division", zh: '所属任务' }),
  all(
    condition({ sentence: { en: 'its task is a child task', zh: '所属任务为下级任务' }, columns: ['task.parentId'], sql: (row) => sql`${row.column('task.parentId')} is not null` }),
    can('task:issueToChildren').ownUnit('task.issuingUnitId', { en: '`task.issuingUnit`', zh: '所属任务的交办单位' }),
  ),
)
/** Where the coordinating unit itself leads, the unit that leads its division closes. */
const approvesForCoordinator = all(
  can('task:approveForCoordinator').inDivision('divisionId'),
  condition({
    sentence: { en: "its lead unit holds OVERALL_COORDINATION", zh: '牵头单位即综合协调单位' },
    columns: ['id'],
    roles: permissions['task:approveForCoordinator'],
    sql: (row) => sql`exists (select 1 from assignment la join mandate lm on lm.unit_id = la.unit_id where la.task_id = ${of(row)} and la.role = 'LEAD'
      and lm.role = 'OVERALL_COORDINATION' and ${inForce('lm')})`,
  }),
)
const closesTask = any(writesTask, approvesForCoordinator)
/** Whoever sees all descendants reads what they add up to. */
const seesAllBelow = any(coordinatesIt, coordinatesElse, all(isChild, can('work:takePart').ownUnit('issuingUnitId')), belowOwn('work:takePart'))
const seesAllOfTrack = any(
  can('work:takePart').ownUnit('unitId'),
  can('coordination:read').inDivision('task.divisionId', { en: "`task`'s division", zh: '所属任务' }),
  can('coordination:read').inDivisionOfUnit('unitId'),
)
const rollUp = (guard: Guard) => ({ descendantsTotal: guard, descendantsOpen: guard, descendantsOverdue: guard, descendantsProgress: guard })
const handlesTrack = can('assignment:handle').ownUnit('unitId')
const proposes = any(coordinateTask, all(isRoot, can('task:propose').ownUnit('issuingUnitId'), participates), all(isChild, can('task:decompose').ownUnit('issuingUnitId')))
const ownNote = can('unit:be').ownUnit('unitId')
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const taskAccess = accessTable({
  Task: {
    ...record,
    code: open, title: open, requirement: open, source: open, initiative: open, issuingUnit: open, leadUnit: open, division: open, urgency: open, confidential: open,
    issuedOn: open, dueOn: open, isOverdue: open, expectedResult: open, status: open, parent: open, assignments: open, children: open,
    policy: open, completedOn: open, closedOn: open, suspendedOn: open, statusAsOf: open, dueOnAsOf: open, daysLate: open, steps: open, viewerCan: open, nextActions: open,
    // It tells of tracks and child tasks that others may not see.
    closeOutCheck: closesTask,
    ...rollUp(seesAllBelow),
  },
  Assignment: {
    ...record,
    task: open, unit: open, role: open, person: open, liaison: open, dueOn: open, isOverdue: open, status: open, progress: open,
    acceptBy: open, reportBy: open, acceptedOn: open, reportedOn: open, completedOn: open, statusAsOf: open, dueOnAsOf: open, unitAsOf: open, daysLate: open, overdueKinds: open, isAcceptedInTime: open,
    steps: open, viewerCan: open, nextActions: open,
    ...rollUp(seesAllOfTrack),
    internalNote: { read: ownNote, write: can('assignment:handle').ownUnit('unitId') },
  },
  TaskStep: {
    id: open, task: open, assignment: open, at: open, onDay: open, act: open, person: open, note: open, taskFrom: open, taskTo: open, trackFrom: open, trackTo: open,
    dueFrom: open, dueTo: open, unitFrom: open, unitTo: open,
  },
  Initiative: { tasks: open },
  Unit: { assignments: open },
  Person: { mobile: also(onSameTask), assignments: open },
  Query: {
    tasksAggregate: signedIn, assignmentsAggregate: signedIn,
    task: signedIn, tasks: signedIn, assignment: signedIn, assignments: signedIn, taskStep: signedIn, taskSteps: signedIn,
    assignmentsWaitingForMe: signedIn, tasksWaitingForMe: signedIn, assignmentsOpenOn: signedIn,
  },
  Mutation: {
    taskCreate: act('Task', proposes),
    taskUpdate: act('Task', writesTask),
    taskAssign: act('Task', writesTask),
    assignmentUpdate: act('Assignment', handlesTrack),
    taskPropose: act('Task', proposes),
    ...Object.fromEntries(['taskIssue', 'tasksIssue', 'taskWithdraw', 'taskReturn', 'taskComplete', 'taskSuspend', 'taskResume', 'taskTerminate'].map((verb) => [verb, act('Task', writesTask)])),
    taskClose: act('Task', closesTask),
    ...Object.fromEntries(['assignmentAccept', 'assignmentRefuse', 'assignmentStart'].map((verb) => [verb, act('Assignment', handlesTrack)])),
    ...Object.fromEntries(['assignmentComplete', 'assignmentExcuse', 'assignmentHandOver'].map((verb) => [verb, act('Assignment', writesTaskOfTrack)])),
  },
})

// As the rule of its task says of it; known from the row itself, so that the task need not be looked up.
const coordinatesTrack = condition({
  sentence: { en: 'COORDINATOR or DIRECTOR of the LEADERSHIP unit in the division of the task, or above it', zh: '在任务所属区划或其上级区划任协调办或领导单位负责人' },
  columns: ['divisionPath'],
  roles: coordination,
  sql: (row) => sql`${row.column('divisionPath')} ^@ any(${viewerSql.divisions(coordination)})`,
})

export const taskScopes = [scope('Task', tasksOf), scope('Assignment', any(inNetwork, coordinatesTrack, can('work:takePart').ownUnit('unitId'), visible('Task', 'taskId')), 'task'), scope('TaskStep', visible('Task', 'taskId'), 'task')]
