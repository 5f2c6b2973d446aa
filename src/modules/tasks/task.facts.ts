import { sql } from 'kysely'
import { everyRole, viewerSql, type RowRef } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { assignmentVerbs } from './assignment.lifecycle.js'
import { Assignment, Task, type AssignmentStatus, type TaskStatus } from './task.entity.js'
import { taskVerbs } from './task.lifecycle.js'

const ofTask = (row: RowRef) => row.column('id')
const names = (list: ReturnType<typeof sql>) => sql`(select coalesce(json_agg(x.name order by x.name), '[]'::json) from (${list}) x)`

export const taskFacts = {
  status: (row) => row.column('status'),
  hasLead: (row) => sql`exists (select 1 from assignment f where f.task_id = ${ofTask(row)} and f.role = 'LEAD')`,
  begun: (row) => sql`exists (select 1 from assignment f where f.task_id = ${ofTask(row)} and f.status not in ('PROPOSED', 'ISSUED', 'REFUSED'))`,
  leadStatus: (row) => sql`(select f.status from assignment f where f.task_id = ${ofTask(row)} and f.role = 'LEAD')`,
  openUnits: (row) => names(sql`select fu.name from assignment f join unit fu on fu.id = f.unit_id where f.task_id = ${ofTask(row)} and f.status not in ('COMPLETED', 'EXCUSED', 'TERMINATED')`),
  openChildren: (row) => names(sql`select f.code as name from task f where f.parent_id = ${ofTask(row)} and f.status not in ('CLOSED', 'TERMINATED')`),
  isOfLeadUnit: (row) => sql`exists (select 1 from assignment f where f.task_id = ${ofTask(row)} and f.role = 'LEAD' and f.unit_id = any(${viewerSql.units(everyRole)}))`,
  // A step may also move the due day of what was reported before, by another hand.
  hasReported: (row) => sql`exists (select 1 from task_step f where f.task_id = ${ofTask(row)} and f.track_to = 'REPORTED' and f.track_from <> 'REPORTED' and f.person_id = ${viewerSql.person})`,
  isInitiativeSuspended: (row) => sql`exists (select 1 from initiative f where f.id = ${row.column('initiativeId')} and f.status = 'SUSPENDED')`,
  // What was suspended on its own may stand below what was suspended after it.
  isHeldFromAbove: (row) => sql`(${row.column('suspendedWith')} is distinct from ${ofTask(row)} or exists (select 1 from task f where f.id = ${row.column('parentId')} and f.status = 'SUSPENDED'))`,
} satisfies Facts

interface TaskTold {
  status: TaskStatus
  hasLead: boolean
  begun: boolean
  leadStatus: AssignmentStatus | null
  openUnits: string[]
  openChildren: string[]
  isOfLeadUnit: boolean
  hasReported: boolean
  isInitiativeSuspended: boolean
  isHeldFromAbove: boolean
}

const at = 'input.taskId'
const noLead = () => new Problem('NO_LEAD', at, { en: 'The task has no lead unit. Assign one with the role LEAD (taskAssign).', zh: '任务尚无牵头单位，请先指派牵头单位（taskAssign）。' })
const initiativeStops = () => new Problem('SUSPENDED', at, { en: 'Its initiative is suspended; nothing is issued until it is active again.', zh: '所属联合行动已中止，恢复前不能交办。' })

/** What is missing for closing a task and filing it. */
export function closeOut(told: TaskTold): Problem[] {
  const missing: Problem[] = []
  if (told.leadStatus !== 'COMPLETED') missing.push(new Problem('LEAD_OPEN', at, { en: `The lead unit has not completed its part; it is ${told.leadStatus ?? 'not assigned'}.`, zh: `牵头单位尚未办结，当前为 ${told.leadStatus ?? '未指派'}。` }))
  const open = told.leadStatus === 'COMPLETED' ? told.openUnits : []
  if (open.length > 0) missing.push(new Problem('UNITS_OPEN', at, { en: `Still open: ${open.join(', ')}. Complete or excuse each of them.`, zh: `以下单位尚未办结：${open.join('、')}，请逐一办结或免办。` }))
  if (told.openChildren.length > 0) missing.push(new Problem('CHILDREN_OPEN', at, { en: `Child tasks are not closed: ${told.openChildren.join(', ')}.`, zh: `下级任务尚未销号：${told.openChildren.join('、')}。` }))
  if (told.isOfLeadUnit) missing.push(new Problem('SEPARATION_OF_DUTIES', at, { en: 'You belong to the lead unit; somebody outside it closes the task.', zh: '您属于牵头单位，须由牵头单位以外的人员销号。' }))
  if (told.hasReported) missing.push(new Problem('SEPARATION_OF_DUTIES', at, { en: 'You reported a result of this task; somebody else closes it.', zh: '您曾反馈本任务的办理结果，须由其他人员销号。' }))
  return missing
}

const gates: Partial<Record<(typeof taskVerbs.names)[number], (told: TaskTold) => Problem[]>> = {
  taskPropose: ({ hasLead }) => (hasLead ? [] : [noLead()]),
  taskIssue: ({ hasLead, isInitiativeSuspended }) => [...(hasLead ? [] : [noLead()]), ...(isInitiativeSuspended ? [initiativeStops()] : [])],
  taskWithdraw: ({ begun }) => (begun ? [new Problem('ACCEPTED_ALREADY', at, { en: 'A unit has accepted it; suspend or terminate it instead.', zh: '已有单位签收，不能撤回，请改为中止或终止。' })] : []),
  taskResume: ({ isHeldFromAbove, isInitiativeSuspended }) => (isHeldFromAbove || isInitiativeSuspended ? [new Problem('SUSPENDED_ABOVE', at, { en: 'A task above it or its initiative is suspended; resume that.', zh: '其上级任务或所属联合行动已中止，请先恢复上级任务或行动。' })] : []),
  taskClose: closeOut,
}

for (const verb of taskVerbs.names) {
  action<TaskTold>(Task, {
    mutation: verb,
    facts: taskFacts,
    missing: (told) => {
      const state = taskVerbs.faults(verb, told.status, at)
      return state.length > 0 ? state : (gates[verb]?.(told) ?? [])
    },
  })
}

const track = 'input.assignmentId'

export const trackFacts = {
  trackStatus: (row) => row.column('status'),
  isLead: (row) => sql`${row.column('role')} = 'LEAD'`,
  isFrozen: (row) => row.column('isFrozen'),
} satisfies Facts

export interface TrackTold {
  trackStatus: AssignmentStatus
  isLead: boolean
  isFrozen: boolean
}

const leadStays = (what: { en: string; zh: string }) => (told: TrackTold) => (told.isLead ? [new Problem('LEAD_STAYS', track, what)] : [])
const trackGates: Partial<Record<(typeof assignmentVerbs.names)[number], (told: TrackTold) => Problem[]>> = {
  assignmentComplete: leadStays({ en: 'The lead unit is completed with the task (taskComplete).', zh: '牵头单位随任务一并办结（taskComplete）。' }),
  assignmentExcuse: leadStays({ en: 'A task keeps its lead unit; hand its part over to another unit (assignmentHandOver).', zh: '任务不能没有牵头单位，请改为移交（assignmentHandOver）。' }),
}

/** The state must allow the verb, and no suspension may hold it. */
export function trackFaults(verb: (typeof assignmentVerbs.names)[number], told: TrackTold): Problem[] {
  const state = assignmentVerbs.faults(verb, told.trackStatus, track)
  if (state.length > 0) return state
  if (told.isFrozen) return [frozen(track)]
  return trackGates[verb]?.(told) ?? []
}

export const frozen = (field: string) => new Problem('SUSPENDED', field, { en: 'The task is suspended; nothing moves until it is resumed.', zh: '任务已中止，恢复前不能办理。' })

for (const verb of assignmentVerbs.names) {
  // A result is reported with what is told of it: module progress has that mutation.
  if (verb !== 'assignmentReport') action<TrackTold>(Assignment, { mutation: verb, facts: trackFacts, missing: (told) => trackFaults(verb, told) })
}
