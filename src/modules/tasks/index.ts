/*
 * Tasks (督查事项) and their assignments (承办): who owns what. A task is issued by one unit and led by one; cooperating units have tracks of their own, one per unit.
 * A unit may decompose its assignment into child tasks for units below it by line; a Party committee, a subdistrict or town and the coordinating unit also for units of its division.
 * A child is due no later than its parent, belongs to the same initiative and inherits confidentiality; there are no cycles.
 * Overdue is derived, never stored: a task or assignment is overdue when it is open and its due day has ended in Asia/Shanghai.
 * A unit ends only when its open assignments are handed over. An initiative closes only without open tasks; cancelling it terminates them, and suspending it suspends them until it is active again.
 */
import { sql } from 'kysely'
import { ArgsType, Field, Int } from 'type-graphql'
import { permissions, placed, viewerSql, type Predicate, type RowRef } from '../../access/index.js'
import { actionAlso, aggregate, actionFields, ActReason, collection, computed, connection, constraintMeans, defineModule, list, one, question, value, withholdValues } from '../../engine/index.js'
import { Day, Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative, whenInitiativeSteps } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { beforeUnitEnds, Unit } from '../units/index.js'
import { initiativeShows, taskAccess, taskScopes } from './task.access.js'
import { closeOut, taskFacts } from './task.facts.js'
import { Assignment, AssignmentStatus, OverdueKind, settledAssignments, settledTasks, Task, TaskStatus } from './task.entity.js'
import { AsOf, dayAsked, daysLateOn, dueOn, openOn, overdueOn, taskStatusOn, trackStatusOn, unitOn } from './task-history.js'
import { assignmentGrouping, taskGrouping } from './task.grouping.js'
import { assignmentPaging, stepPaging, taskPaging } from './task.input.js'
import { TaskMutations } from './task.resolver.js'
import { rollUps } from './task-rollup.js'
import { TaskStep } from './task-step.entity.js'
import { AssignmentSteps, TaskSteps } from './task-steps.resolver.js'
import { resume, suspend, terminate } from './task-steps.service.js'

constraintMeans('assignment_once', () => new Problem('TAKEN', 'input.unitId', { en: 'The unit already has an assignment on this task.', zh: '该单位已承办本任务。' }))
constraintMeans('assignment_one_lead', () => new Problem('TAKEN', 'input.role', { en: 'The task already has a lead unit.', zh: '本任务已有牵头单位。' }))

// An AUDITOR never sees a confidential task, so its trail names what changed and holds no value of it.
withholdValues(Task, ({ confidential }, { confidential: changed }) => confidential || changed?.[0] === true)

// Without their number: whoever ends a unit sees no task.
beforeUnitEnds(async (work, unit) => {
  const open = await work.em.count(Assignment, { unit: unit.id, status: { $nin: [...settledAssignments] } })
  if (open > 0) throw new Problem('IN_USE', 'input.unitId', { en: 'The unit has open assignments. Hand them over first.', zh: '该单位尚有未办结任务，请先移交。' })
})

const depthOf = ({ ancestorIds }: Task): number => ancestorIds?.length ?? 0

whenInitiativeSteps(async (work, initiative, to) => {
  // Each before those below it, as their due days depend on it.
  const inOrder = async () => (await work.em.find(Task, { initiative: initiative.id, status: { $nin: [...settledTasks] } })).sort((a, b) => depthOf(a) - depthOf(b))
  if (to === 'SUSPENDED') suspend(work, await inOrder(), initiative.id)
  if (to === 'ACTIVE') await resume(work, await inOrder(), initiative.id, 'input.initiativeId')
  if (to !== 'CANCELLED') return
  await terminate(work, await work.em.find(Task, { initiative: initiative.id, status: { $nin: [...settledTasks] } }))
})

actionAlso<{ openTasks: number }>('initiativeClose', {
  facts: { openTasks: (row) => sql`(select count(*)::integer from task ot where ot.initiative_id = ${row.column('id')} and ot.status not in (${sql.join(settledTasks.map((state) => sql.lit(state)))}))` },
  missing: ({ openTasks }) =>
    openTasks > 0 ? [new Problem('IN_USE', 'input.initiativeId', { en: `The initiative has ${openTasks} open tasks. Close or terminate them first.`, zh: `该行动尚有 ${openTasks} 项未办结任务，请先办结或终止。` })] : [],
})

const clockStops = [...settledTasks, 'DRAFT', 'PENDING_ISSUE', 'SUSPENDED'].map((state) => sql.lit(state))
const overdueTask = (row: RowRef, args: Record<string, unknown> = {}) =>
  overdueOn(row, args, sql`${row.column('dueOn')} is not null and ${row.column('dueOn')} < ${viewerSql.today} and ${row.column('status')} not in (${sql.join(clockStops)})`)
const trackStops = [...settledAssignments, 'PROPOSED'].map((state) => sql.lit(state))
const overdueTrack = (row: RowRef, args: Record<string, unknown> = {}) =>
  overdueOn(row, args, sql`${row.column('dueOn')} is not null and ${row.column('dueOn')} < ${viewerSql.today} and ${row.column('status')} not in (${sql.join(trackStops)}) and not ${row.column('isFrozen')}`)
const kind = (name: keyof typeof OverdueKind, when: Predicate) => sql`case when ${when} then ${sql.lit(name)} end`
const overdueKinds = (row: RowRef) => sql`array_remove(array[
  ${kind('ACCEPTANCE', sql`${row.column('status')} = 'ISSUED' and ${row.column('acceptBy')} < ${viewerSql.today} and not ${row.column('isFrozen')}`)},
  ${kind('REPORT', sql`${row.column('status')} in ('ACCEPTED', 'IN_PROGRESS') and ${row.column('reportBy')} < ${viewerSql.today} and not ${row.column('isFrozen')}`)},
  ${kind('COMPLETION', overdueTrack(row))}], null)`
const acceptedInTime = (row: RowRef) => sql`case when ${row.column('acceptedOn')} is not null then ${row.column('acceptedOn')} <= ${row.column('acceptBy')}
  when ${row.column('status')} = 'ISSUED' and ${row.column('acceptBy')} < ${viewerSql.today} then false end`
const mayIssue = (row: RowRef) => sql`(${placed(row, permissions['task:coordinate'], 'inDivision', 'divisionId')}
  or (${row.column('parentId')} is not null and ${placed(row, permissions['task:issueToChildren'], 'ownUnit', 'issuingUnitId')}))`
const late = 'Working days since the due day; null where it is not late, or where the calendar lacks a year (逾期工作日).'

@ArgsType()
class OpenOn {
  @Field(() => Day, { description: 'The day; what was recorded by its end counts.' })
  asOf!: string
}

const divisionOfIssuer = (row: RowRef) => sql`(select du.division_id from unit du where du.id = ${row.column('issuingUnitId')})`

export const tasks = defineModule({
  name: 'tasks',
  records: [Task, Assignment, TaskStep],
  resolvers: [TaskMutations, TaskSteps, AssignmentSteps],
  fields: [
    collection(Task, 'task', 'tasks', taskPaging),
    collection(Assignment, 'assignment', 'assignments', assignmentPaging),
    aggregate(Task, 'tasksAggregate', taskPaging, taskGrouping),
    aggregate(Assignment, 'assignmentsAggregate', assignmentPaging, assignmentGrouping),
    list(Task, 'assignments', () => Assignment, 'task', 'Tracks of the units, the lead first; one per unit, at most 50 (承办单位).', { order: ['role desc', 'id'] }),
    one(Task, 'leadUnit', () => Unit, 'Unit that leads it (牵头单位).', (row) => sql`select la.unit_id from assignment la where la.task_id = ${row.column('id')} and la.role = 'LEAD'`),
    one(Task, 'division', () => Division, 'Division of its initiative, else of its issuing unit (所属区划). An initiative that you may not see counts as none.',
      (row) => sql`coalesce((select di.division_id from initiative di where di.id = ${row.column('initiativeId')}), ${divisionOfIssuer(row)})`, { when: initiativeShows, otherwise: divisionOfIssuer }),
    value(Task, 'isOverdue', () => Boolean, 'Open, and its due day has ended (是否逾期).', { sql: overdueTask, args: AsOf }),
    value(Assignment, 'isOverdue', () => Boolean, 'Open, and its due day has ended (是否逾期).', { sql: overdueTrack, args: AsOf }),
    value(Task, 'daysLate', () => Int, late, { sql: daysLateOn(overdueTask), args: AsOf, nullable: true }),
    value(Assignment, 'daysLate', () => Int, late, { sql: daysLateOn(overdueTrack), args: AsOf, nullable: true }),
    value(Assignment, 'isAcceptedInTime', () => Boolean, 'Accepted by the last day for it; false where that day has ended without; null where no such day is set, or it has yet to end (是否按期签收).', { nullable: true, sql: acceptedInTime }),
    value(Assignment, 'overdueKinds', () => [OverdueKind], 'What the unit is late with today; empty where with nothing (逾期类型).', { sql: overdueKinds }),
    value(Task, 'statusAsOf', () => TaskStatus, 'State as it was recorded by the end of a day; null before it was entered (某日状态).', { sql: (row, args) => taskStatusOn(row, dayAsked(args)), args: AsOf, nullable: true }),
    value(Assignment, 'statusAsOf', () => AssignmentStatus, 'State as it was recorded by the end of a day; null before it was entered (某日状态).', { sql: (row, args) => trackStatusOn(row, dayAsked(args)), args: AsOf, nullable: true }),
    value(Task, 'dueOnAsOf', () => Day, 'Due day as it was recorded by the end of a day (某日时限).', { sql: (row, args) => dueOn(row, dayAsked(args)), args: AsOf, nullable: true }),
    value(Assignment, 'dueOnAsOf', () => Day, 'Due day as it was recorded by the end of a day (某日时限).', { sql: (row, args) => dueOn(row, dayAsked(args)), args: AsOf, nullable: true }),
    one(Assignment, 'unitAsOf', () => Unit, 'Unit that had the track by the end of a day (某日承办单位).', (row, args) => sql`select ${unitOn(row, dayAsked(args))}`, { args: AsOf }),
    collection(TaskStep, 'taskStep', 'taskSteps', stepPaging),
    connection(Task, 'steps', () => TaskStep, 'task', 'Its history and that of its tracks (办理记录).', stepPaging),
    connection(Assignment, 'steps', () => TaskStep, 'assignment', 'History of the track (办理记录).', stepPaging),
    connection(Person, 'assignments', () => Assignment, 'person', 'Tracks that the person answers for, as far as you may see them (负责的承办任务).', assignmentPaging),
    ...rollUps(Task, (task) => sql`d.ancestor_ids @> array[${task.column('id')}]`, overdueTask),
    ...rollUps(
      Assignment,
      (track) => sql`d.ancestor_ids @> array[${track.column('taskId')}] and exists (select 1 from task dc where dc.parent_id = ${track.column('taskId')} and dc.issuing_unit_id = ${track.column('unitId')} and (dc.id = d.id or d.ancestor_ids @> array[dc.id]))`,
      overdueTask,
    ),
    ...actionFields(Task),
    ...actionFields(Assignment),
    computed(Task, 'closeOutCheck', () => [ActReason], 'What is missing for closing it (销号核查).', {
      facts: () => taskFacts,
      nullable: true,
      of: (_row, { told, facts }) => closeOut(told as never).map((problem) => problem.in(facts.language)),
    }),
    question(Assignment, 'assignmentsWaitingForMe', 'Open tracks that wait for your unit or for you to act (待我办理).', assignmentPaging, undefined, (row) =>
      sql`${row.column('status')} in ('ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED') and not ${row.column('isFrozen')}
        and (${placed(row, permissions['assignment:handle'], 'ownUnit', 'unitId')} or ${row.column('personId')} = ${viewerSql.person} or ${row.column('liaisonId')} = ${viewerSql.person})`),
    question(Task, 'tasksWaitingForMe', 'Tasks that wait for you to issue, judge or close them (待我处理).', taskPaging, undefined, (row) => sql`${row.column('status')} in ('PENDING_ISSUE', 'REPORTED', 'COMPLETED') and ${mayIssue(row)}`),
    question(Assignment, 'assignmentsOpenOn', 'Who owned what on a day: tracks that were open by its end, of those that you may see today (某日在办任务).', assignmentPaging, OpenOn, openOn),
    connection(Task, 'children', () => Task, 'parent', 'Child tasks that you may see (下级任务).', taskPaging),
    connection(Initiative, 'tasks', () => Task, 'initiative', 'Tasks of the initiative that you may see (任务).', taskPaging),
    connection(Unit, 'assignments', () => Assignment, 'unit', 'Tracks of the unit that you may see (承办任务).', assignmentPaging),
  ],
  access: [taskAccess],
  scopes: taskScopes,
})

export { frozen, trackFacts, trackFaults, type TrackTold } from './task.facts.js'
export { lockedTask, moved, nextReport } from './assignment-steps.service.js'
export { runningTracks } from './task-history.js'
export { TaskStep } from './task-step.entity.js'
export { writesTask, writesTaskOfTrack } from './task.access.js'
export { Assignment, AssignmentRole, AssignmentStatus, OverdueKind, settledAssignments, settledTasks, Task, TaskSource, TaskStatus, Urgency } from './task.entity.js'
export { taskAccess } from './task.access.js'
export { AssignmentFilter, AssignmentInput, TaskFilter } from './task.input.js'
export { createTask } from './task.service.js'
