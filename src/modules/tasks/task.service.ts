import { can } from '../../access/index.js'
import type { Work } from '../../engine/index.js'
import { attributesOf, forbidden, Problem } from '../../kernel/index.js'
import { checkWorkingDay } from '../calendar/index.js'
import { Initiative, livingUnit } from '../initiatives/index.js'
import { Unit } from '../units/index.js'
import { addAssignment } from './assignment.service.js'
import { Assignment, settledAssignments, settledTasks, Task, unissuedTasks } from './task.entity.js'
import type { TaskCreateInput, TaskUpdateInput } from './task.input.js'

const byLineAndDivision = new Set(['PARTY_COMMITTEE', 'SUBDISTRICT_TOWN'])

export async function createTask(work: Work, input: TaskCreateInput): Promise<Task> {
  const issuingUnit = await livingUnit(work, input.issuingUnitId, 'input.issuingUnitId')
  const parent = input.parentId ? await work.reference(Task, input.parentId, 'input.parentId') : null
  const initiativeId = input.initiativeId ?? parent?.initiative?.id
  if (parent && parent.initiative?.id !== initiativeId) throw new Problem('OUT_OF_RANGE', 'input.initiativeId', { en: 'A child task belongs to the initiative of its parent.', zh: '下级任务须与上级任务属于同一行动。' })
  const task = Object.assign(new Task(), {
    code: input.code.trim(),
    title: input.title.trim(),
    requirement: input.requirement ?? null,
    source: input.source,
    initiative: initiativeId ? await openInitiative(work, initiativeId) : null,
    issuingUnit,
    urgency: input.urgency ?? 'NORMAL',
    confidential: Boolean(parent?.confidential || input.confidential),
    dueOn: input.dueOn ?? null,
    expectedResult: input.expectedResult ?? null,
    status: 'DRAFT' as const,
    parent,
  })
  checkDue(work, task)
  if (parent) await checkDecomposition(work, parent, issuingUnit)
  work.makes(task)
  const assignments = input.assignments ?? []
  if (assignments.length > 50) throw new Problem('OUT_OF_RANGE', 'input.assignments', { en: `At most 50 units; got ${assignments.length}.`, zh: `最多 50 个承办单位，当前 ${assignments.length} 个。` })
  const before: Assignment[] = []
  for (const [at, each] of assignments.entries()) before.push(await addAssignment(work, task, each, before, `input.assignments.${at}`))
  return task
}

export async function updateTask(work: Work, input: TaskUpdateInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  if (settledTasks.includes(task.status)) throw new Problem('ILLEGAL_TRANSITION', 'input.taskId', { en: `The task is ${task.status}; it can no longer be changed.`, zh: '该任务已办结或终止，不能再修改。' })
  const { taskId: _target, ...plain } = attributesOf(input)
  // A reference that is not loaded knows neither due day nor confidentiality.
  if (task.parent) await work.em.findOneOrFail(Task, task.parent.id)
  if (plain.confidential === false && task.parent?.confidential) {
    throw new Problem('OUT_OF_RANGE', 'input.confidential', { en: 'The task above it is confidential, so this one is too.', zh: '上级任务涉密，下级任务须一并涉密。' })
  }
  const before = task.dueOn
  Object.assign(task, plain)
  checkDue(work, task)
  if (plain.dueOn) await moveDue(work, task, before ?? null, plain.dueOn)
  // A draft's day is checked when it is issued.
  if (plain.dueOn && !unissuedTasks.includes(task.status)) await checkWorkingDay(work, plain.dueOn, 'input.dueOn')
  if (plain.confidential) await inheritConfidentiality(work, task)
  return task
}

/** A unit with an assignment on the parent decomposes it; the units below are checked with each assignment. */
async function checkDecomposition(work: Work, parent: Task, issuingUnit: Unit): Promise<void> {
  if (settledTasks.includes(parent.status)) throw new Problem('ILLEGAL_TRANSITION', 'input.parentId', { en: `The task above is ${parent.status}; it can no longer be decomposed.`, zh: '上级任务已办结或终止，不能再分解。' })
  if (!(await work.em.findOne(Assignment, { task: parent.id, unit: issuingUnit.id }))) {
    throw new Problem('OUT_OF_RANGE', 'input.issuingUnitId', { en: 'Only a unit with an assignment on the task above can decompose it.', zh: '只有承办上级任务的单位才能分解该任务。' })
  }
  if (!(await work.holds(can('task:decompose').ownUnit('id'), Unit, issuingUnit.id)) ) throw forbidden('taskCreate', '为其他单位分解任务')
}

/** A department decomposes to units below by line; a Party committee, a subdistrict or town and the coordinating unit also to units of its division. */
export async function mayDecomposeTo(work: Work, from: Unit, to: Unit): Promise<boolean> {
  if (to.id !== from.id && to.linePath.startsWith(from.linePath)) return true
  const reachesDivision = byLineAndDivision.has(from.kind) || (await coordinates(work, from))
  return reachesDivision && to.id !== from.id && to.divisionPath.startsWith(from.divisionPath)
}

async function coordinates(work: Work, unit: Unit): Promise<boolean> {
  const found = await work.run(
    `select 1 from mandate where unit_id = $1 and role = 'OVERALL_COORDINATION' and valid_from <= $2 and (valid_to is null or valid_to > $2)`,
    [unit.id, work.today],
  )
  return found.length > 0
}

async function openInitiative(work: Work, id: string): Promise<Initiative> {
  const initiative = await work.reference(Initiative, id, 'input.initiativeId')
  if (initiative.status === 'CLOSED' || initiative.status === 'CANCELLED') {
    throw new Problem('ILLEGAL_TRANSITION', 'input.initiativeId', { en: `The initiative is ${initiative.status}; it takes no more tasks.`, zh: '该行动已办结或撤销，不能再新增任务。' })
  }
  return initiative
}

function checkDue(work: Work, task: Task): void {
  if (task.dueOn && task.status === 'DRAFT' && task.dueOn < work.today) throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: `The due day lies before today (${work.today}).`, zh: `办理时限早于今天（${work.today}）。` })
  if (task.parent?.dueOn && (!task.dueOn || task.dueOn > task.parent.dueOn)) {
    throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: `A child task is due on ${task.parent.dueOn} at the latest, the due day of its parent.`, zh: `下级任务时限不得晚于上级任务时限（${task.parent.dueOn}）。` })
  }
}

/** Open tracks that were due with the task are due with it still; those with a day of their own, and child tasks, keep theirs and must not be later. */
async function moveDue(work: Work, task: Task, before: string | null, dueOn: string): Promise<void> {
  for (const track of await work.em.find(Assignment, { task: task.id, dueOn: before, status: { $nin: [...settledAssignments] } })) track.dueOn = dueOn
  const later = await work.run(
    `select 1 from task where parent_id = $1 and not status = any($3) and (due_on is null or due_on > $2) union all select 1 from assignment where task_id = $1 and not status = any($4) and due_on > $2 and due_on is distinct from $5 limit 1`,
    [task.id, dueOn, [...settledTasks], [...settledAssignments], before],
  )
  if (later.length > 0) throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: 'A child task or an assigned unit is due later than that. Change those first.', zh: '下级任务或承办单位的时限晚于该日，请先调整。' })
}

async function inheritConfidentiality(work: Work, task: Task): Promise<void> {
  const below = await work.run<{ id: string }>('select id from task where ancestor_ids @> array[$1] and not confidential', [task.id])
  for (const { id } of below) (await work.em.findOneOrFail(Task, id)).confidential = true
}
