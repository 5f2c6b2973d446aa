/*
 * Tasks (督查事项) and their assignments (承办): who owns what. A task is issued by one unit and led by one; cooperating units have tracks of their own, one per unit.
 * A unit may decompose its assignment into child tasks for units below it by line; a Party committee, a subdistrict or town and the coordinating unit also for units of its division.
 * A child is due no later than its parent, belongs to the same initiative and inherits confidentiality; there are no cycles.
 * Overdue is derived, never stored: a task or assignment is overdue when it is open and its due day has ended in Asia/Shanghai.
 * A unit ends only when its open assignments are handed over. An initiative closes only without open tasks; cancelling it terminates them.
 */
import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { collection, connection, constraintMeans, defineModule, list, one, value } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative, whenInitiativeSteps } from '../initiatives/index.js'
import { beforeUnitEnds, Unit } from '../units/index.js'
import { initiativeShows, taskAccess, taskScopes } from './task.access.js'
import { Assignment, settledAssignments, settledTasks, Task } from './task.entity.js'
import { assignmentPaging, taskPaging } from './task.input.js'
import { TaskMutations } from './task.resolver.js'

constraintMeans('assignment_once', () => new Problem('TAKEN', 'input.unitId', { en: 'The unit already has an assignment on this task.', zh: '该单位已承办本任务。' }))
constraintMeans('assignment_one_lead', () => new Problem('TAKEN', 'input.role', { en: 'The task already has a lead unit.', zh: '本任务已有牵头单位。' }))

beforeUnitEnds(async (work, unit) => {
  const open = await work.em.count(Assignment, { unit: unit.id, status: { $nin: [...settledAssignments] } })
  if (open > 0) throw new Problem('IN_USE', 'input.unitId', { en: `The unit has ${open} open assignments. Hand them over first.`, zh: `该单位尚有 ${open} 项未办结任务，请先移交。` })
})

whenInitiativeSteps(async (work, initiative, to) => {
  if (to !== 'CLOSED' && to !== 'CANCELLED') return
  const openTasks = await work.em.find(Task, { initiative: initiative.id, status: { $nin: [...settledTasks] } })
  if (to === 'CLOSED' && openTasks.length > 0) {
    throw new Problem('IN_USE', 'input.initiativeId', { en: `The initiative has ${openTasks.length} open tasks. Close or terminate them first.`, zh: `该行动尚有 ${openTasks.length} 项未办结任务，请先办结或终止。` })
  }
  for (const task of openTasks) task.status = 'TERMINATED'
  const tracks = await work.em.find(Assignment, { task: { $in: openTasks.map(({ id }) => id) }, status: { $nin: ['COMPLETED', 'EXCUSED', 'TERMINATED'] } })
  for (const track of tracks) track.status = 'TERMINATED'
})

const overdue = (settled: readonly string[]) => (row: RowRef) =>
  sql`${row.column('dueOn')} is not null and ${row.column('dueOn')} < ${viewerSql.today} and ${row.column('status')} not in (${sql.join([...settled, 'DRAFT', 'PENDING_ISSUE', 'PROPOSED', 'SUSPENDED'].map((state) => sql.lit(state)))})`

export const tasks = defineModule({
  name: 'tasks',
  records: [Task, Assignment],
  resolvers: [TaskMutations],
  fields: [
    collection(Task, 'task', 'tasks', taskPaging),
    collection(Assignment, 'assignment', 'assignments', assignmentPaging),
    list(Task, 'assignments', () => Assignment, 'task', 'Tracks of the units, the lead first; one per unit, at most 50 (承办单位).', { order: ['role desc', 'id'] }),
    one(Task, 'leadUnit', () => Unit, 'Unit that leads it (牵头单位).', (row) => sql`select la.unit_id from assignment la where la.task_id = ${row.column('id')} and la.role = 'LEAD'`),
    one(Task, 'division', () => Division, 'Division of its initiative, else of its issuing unit (所属区划).', (row) => sql`coalesce(
      (select di.division_id from initiative di where di.id = ${row.column('initiativeId')}), (select du.division_id from unit du where du.id = ${row.column('issuingUnitId')}))`, initiativeShows),
    value(Task, 'isOverdue', () => Boolean, 'Open, and its due day has ended (是否逾期).', { sql: overdue(settledTasks) }),
    value(Assignment, 'isOverdue', () => Boolean, 'Open, and its due day has ended (是否逾期).', { sql: overdue(settledAssignments) }),
    connection(Task, 'children', () => Task, 'parent', 'Child tasks that you may see (下级任务).', taskPaging),
    connection(Initiative, 'tasks', () => Task, 'initiative', 'Tasks of the initiative that you may see (任务).', taskPaging),
    connection(Unit, 'assignments', () => Assignment, 'unit', 'Tracks of the unit that you may see (承办任务).', assignmentPaging),
  ],
  access: [taskAccess],
  scopes: taskScopes,
})

export { Assignment, AssignmentRole, AssignmentStatus, settledAssignments, settledTasks, Task, TaskSource, TaskStatus, Urgency } from './task.entity.js'
export { taskAccess } from './task.access.js'
export { AssignmentFilter, AssignmentInput, TaskFilter } from './task.input.js'
export { createTask } from './task.service.js'
