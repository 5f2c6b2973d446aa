import { can } from '../../access/index.js'
import type { Work } from '../../engine/index.js'
import { forbidden, Problem } from '../../kernel/index.js'
import { livingUnit } from '../initiatives/index.js'
import { memberOf } from '../people/index.js'
import { Unit } from '../units/index.js'
import { issueTrack } from './assignment-steps.service.js'
import { Assignment, settledTasks, Task, unissuedTasks } from './task.entity.js'
import { frozen } from './task.facts.js'
import type { AssignmentInput, AssignmentUpdateInput, TaskAssignInput } from './task.input.js'
import { mayDecomposeTo } from './task.service.js'

export async function assignTask(work: Work, input: TaskAssignInput): Promise<Assignment> {
  const task = await work.target(Task, input.taskId, 'input.taskId')
  if (task.status === 'SUSPENDED') throw frozen('input.taskId')
  if (settledTasks.includes(task.status)) throw new Problem('ILLEGAL_TRANSITION', 'input.taskId', { en: `The task is ${task.status}; no unit can be assigned any more.`, zh: '该任务已办结或终止，不能再指派单位。' })
  return addAssignment(work, task, input, await work.em.find(Assignment, { task: task.id }), 'input')
}

/** Adds a unit's track: one per unit, exactly one LEAD, due no later than the task. */
export async function addAssignment(work: Work, task: Task, given: AssignmentInput, others: readonly Assignment[], field: string): Promise<Assignment> {
  const unit = await livingUnit(work, given.unitId, `${field}.unitId`)
  if (others.some((other) => other.unit.id === unit.id)) throw new Problem('TAKEN', `${field}.unitId`, { en: 'The unit already has an assignment on this task.', zh: '该单位已承办本任务。' })
  if (given.role === 'LEAD' && others.some((other) => other.role === 'LEAD')) throw new Problem('TAKEN', `${field}.role`, { en: 'The task already has a lead unit.', zh: '本任务已有牵头单位。' })
  if (given.dueOn && task.dueOn && given.dueOn > task.dueOn) throw new Problem('OUT_OF_RANGE', `${field}.dueOn`, { en: `The task is due on ${task.dueOn}; a unit cannot be due later.`, zh: `任务时限为 ${task.dueOn}，承办单位时限不得更晚。` })
  if (task.parent && !(await mayDecomposeTo(work, await work.em.findOneOrFail(Unit, task.issuingUnit.id), unit))) {
    throw new Problem('OUT_OF_RANGE', `${field}.unitId`, { en: 'A task is decomposed to units below by line, or in the division for Party committees, subdistricts, towns and the coordinating unit.', zh: '任务只能分解给条线下级单位；党委、街道乡镇和综合协调单位还可分解给本区划内单位。' })
  }
  // Responsible people of one task read each other's mobile, so nobody else may put somebody there.
  if ((given.personId || given.liaisonId) && !(await work.holds(can('assignment:handle').ownUnit('id'), Unit, unit.id))) throw forbidden(work.mutation, '为其他单位指定责任人或联络员')
  const assignment = Object.assign(new Assignment(), {
    task,
    unit,
    role: given.role,
    person: given.personId ? await memberOf(work, unit, given.personId, `${field}.personId`) : null,
    liaison: given.liaisonId ? await memberOf(work, unit, given.liaisonId, `${field}.liaisonId`) : null,
    dueOn: given.dueOn ?? task.dueOn ?? null,
    status: 'PROPOSED' as const,
    progress: 0,
    isRedone: false,
  })
  if (!unissuedTasks.includes(task.status)) await issueTrack(work, assignment, task)
  work.em.persist(assignment)
  return assignment
}

export async function updateAssignment(work: Work, input: AssignmentUpdateInput): Promise<Assignment> {
  const assignment = await work.target(Assignment, input.assignmentId, 'input.assignmentId', input.expectedVersion)
  if (input.personId !== undefined) assignment.person = input.personId ? await memberOf(work, assignment.unit, input.personId, 'input.personId') : null
  if (input.liaisonId !== undefined) assignment.liaison = input.liaisonId ? await memberOf(work, assignment.unit, input.liaisonId, 'input.liaisonId') : null
  if (input.internalNote !== undefined) assignment.internalNote = input.internalNote
  return assignment
}
