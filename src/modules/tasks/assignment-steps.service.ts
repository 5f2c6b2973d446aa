import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { workingDayAfter } from '../calendar/index.js'
import { livingUnit } from '../initiatives/index.js'
import { memberOf } from '../people/index.js'
import { SupervisionPolicy } from '../supervision/index.js'
import { Assignment, Task, type AssignmentStatus } from './task.entity.js'
import { mayDecomposeTo } from './task.service.js'
import type { AssignmentAcceptInput, AssignmentHandOverInput, AssignmentReasonInput, AssignmentStepInput } from './task-steps.input.js'
import { Unit } from '../units/index.js'

const field = 'input.assignmentId'

/** The track and its task, both locked: the task's state follows the lead. */
async function trackOf(work: Work, id: string, expectedVersion: number): Promise<{ track: Assignment; task: Task }> {
  const track = await work.target(Assignment, id, field, expectedVersion)
  return { track, task: await lockedTask(work, track) }
}

export const lockedTask = (work: Work, track: Assignment): Promise<Task> => work.em.findOneOrFail(Task, track.task.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })

export async function acceptAssignment(work: Work, input: AssignmentAcceptInput): Promise<Assignment> {
  const { track, task } = await trackOf(work, input.assignmentId, input.expectedVersion)
  if (input.personId) track.person = await memberOf(work, track.unit, input.personId, 'input.personId')
  if (input.liaisonId) track.liaison = await memberOf(work, track.unit, input.liaisonId, 'input.liaisonId')
  Object.assign(track, { status: 'ACCEPTED', acceptedOn: work.today, reportBy: await nextReport(work, task) })
  return moved(work, track, task)
}

export async function refuseAssignment(work: Work, input: AssignmentReasonInput): Promise<Assignment> {
  const { track } = await trackOf(work, input.assignmentId, input.expectedVersion)
  return Object.assign(track, { status: 'REFUSED', acceptBy: null })
}

export async function startAssignment(work: Work, input: AssignmentStepInput): Promise<Assignment> {
  const { track, task } = await trackOf(work, input.assignmentId, input.expectedVersion)
  Object.assign(track, { status: 'IN_PROGRESS', reportBy: track.reportBy ?? (await nextReport(work, task)) })
  return moved(work, track, task)
}

export async function completeAssignment(work: Work, input: AssignmentStepInput): Promise<Assignment> {
  const { track, task } = await trackOf(work, input.assignmentId, input.expectedVersion)
  Object.assign(track, { status: 'COMPLETED', completedOn: work.today, isRedone: false })
  return moved(work, track, task)
}

export async function excuseAssignment(work: Work, input: AssignmentReasonInput): Promise<Assignment> {
  const { track, task } = await trackOf(work, input.assignmentId, input.expectedVersion)
  Object.assign(track, { status: 'EXCUSED', isRedone: false })
  return moved(work, track, task)
}

/** The track goes to another unit as it is due, or once more to the one that refused it; its people and its note stay behind. */
export async function handOverAssignment(work: Work, input: AssignmentHandOverInput): Promise<Assignment> {
  const { track, task } = await trackOf(work, input.assignmentId, input.expectedVersion)
  const unit = await livingUnit(work, input.unitId, 'input.unitId')
  if (unit.id === track.unit.id && track.status !== 'REFUSED') throw new Problem('TAKEN', 'input.unitId', { en: 'The unit has this assignment already. Choose another one.', zh: '该单位已承办，请选择其他单位。' })
  if (unit.id !== track.unit.id && (await work.em.findOne(Assignment, { task: task.id, unit: unit.id }))) throw new Problem('TAKEN', 'input.unitId', { en: 'The unit already has an assignment on this task.', zh: '该单位已承办本任务。' })
  if (task.parent && !(await mayDecomposeTo(work, await work.em.findOneOrFail(Unit, task.issuingUnit.id), unit))) throw new Problem('OUT_OF_RANGE', 'input.unitId', { en: 'A child task stays with units that its issuer may give work to.', zh: '下级任务只能移交给其交办单位可分解到的单位。' })
  if (unit.id !== track.unit.id) Object.assign(track, { unit, person: null, liaison: null, internalNote: null })
  Object.assign(track, { acceptedOn: null, reportedOn: null, reportBy: null, progress: 0, isRedone: false })
  await issueTrack(work, track, task)
  if (track.role === 'LEAD') task.status = 'ISSUED'
  return track
}

/** The unit has it from today on, with a limit for accepting where a policy sets one. */
export async function issueTrack(work: Work, track: Assignment, task: Task): Promise<void> {
  Object.assign(track, { status: 'ISSUED', acceptBy: await acceptLimit(work, task) })
}

/** The last day for accepting what is issued today, where the task's policy sets one. */
export async function acceptLimit(work: Work, task: Task): Promise<string | null> {
  const policy = await policyOf(work, task)
  return policy ? workingDayAfter(work, work.today, policy.acceptWithinDays, field) : null
}

/** The day by which the next report is due, by the rhythm of the task's policy. */
export async function nextReport(work: Work, task: Task): Promise<string | null> {
  const policy = await policyOf(work, task)
  return policy ? workingDayAfter(work, work.today, policy.reportEveryDays, field) : null
}

const policyOf = async (work: Work, task: Task): Promise<SupervisionPolicy | null> => (task.policy ? work.em.findOneOrFail(SupervisionPolicy, task.policy.id) : null)

const followed: readonly AssignmentStatus[] = ['ACCEPTED', 'IN_PROGRESS', 'REPORTED']

/**
 * The task follows its lead unit. A task returned for cooperating units alone counts as reported again
 * when the last of those has reported, or is no longer asked to.
 */
export async function moved(work: Work, track: Assignment, task: Task): Promise<Assignment> {
  if (track.role === 'LEAD') {
    if (followed.includes(track.status)) task.status = track.status as Task['status']
  } else if (task.status === 'RETURNED') {
    const tracks = await work.em.find(Assignment, { task: task.id })
    if (tracks.every(({ isRedone }) => !isRedone) && tracks.some(({ role, status }) => role === 'LEAD' && status === 'REPORTED')) task.status = 'REPORTED'
  }
  return track
}
