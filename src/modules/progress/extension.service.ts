import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { Problem, Problems } from '../../kernel/index.js'
import { checkWorkingDay } from '../calendar/index.js'
import { Assignment, lockedTask, Task } from '../tasks/index.js'
import { heldForDecision } from './progress.facts.js'
import { ExtensionRequest } from './progress.entity.js'
import type { ExtensionDecideInput, ExtensionRequestInput, ExtensionWithdrawInput } from './progress.input.js'
import { viewingPerson } from './report.service.js'

export async function requestExtension(work: Work, input: ExtensionRequestInput): Promise<ExtensionRequest> {
  const track = await work.target(Assignment, input.assignmentId, 'input.assignmentId', input.expectedVersion)
  await checkNewDue(work, track, await work.em.findOneOrFail(Task, track.task.id), input.newDueOn, 'input.newDueOn')
  const request = Object.assign(new ExtensionRequest(), {
    assignment: track, task: track.task, unit: track.unit, status: 'PENDING' as const, requestedOn: work.today, requestedBy: viewingPerson(work),
    oldDueOn: track.dueOn!, newDueOn: input.newDueOn, reason: input.reason.trim(), progressSoFar: input.progressSoFar.trim(),
  })
  work.em.persist(request)
  return request
}

export async function withdrawExtension(work: Work, input: ExtensionWithdrawInput): Promise<ExtensionRequest> {
  const request = await work.target(ExtensionRequest, input.requestId, 'input.requestId', input.expectedVersion)
  request.status = 'WITHDRAWN'
  return request
}

/** The decision, and with an approval the new due day: of the track, of the task too where the unit leads it, never of child tasks. */
export async function decideExtension(work: Work, input: ExtensionDecideInput): Promise<ExtensionRequest> {
  const request = await work.target(ExtensionRequest, input.requestId, 'input.requestId', input.expectedVersion)
  const note = input.note?.trim() || null
  Object.assign(request, { status: input.approve ? 'APPROVED' : 'REJECTED', decidedOn: work.today, decidedBy: viewingPerson(work), decisionNote: note })
  if (!input.approve) {
    if (!note) throw new Problem('REQUIRED', 'input.note', { en: 'Say why you reject it.', zh: '不同意延期的，请填写审批意见。' })
    if (input.dueOn !== undefined) throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: 'A rejection fixes no due day. Leave it out.', zh: '不同意延期时不得填写核定时限。' })
    return request
  }
  const track = await work.em.findOneOrFail(Assignment, request.assignment.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  // Asked again under the lock: the track may have moved since the request was judged.
  const faults = heldForDecision({ trackStatus: track.status, isFrozen: track.isFrozen })
  if (faults.length > 0) throw new Problems(faults)
  const task = await lockedTask(work, track)
  const dueOn = input.dueOn ?? request.newDueOn
  await checkNewDue(work, track, task, dueOn, 'input.dueOn')
  Object.assign(request, { decidedDueOn: dueOn })
  track.dueOn = dueOn
  if (track.role === 'LEAD' && (!task.dueOn || task.dueOn < dueOn)) task.dueOn = dueOn
  return request
}

/** Later than now, a working day, and within what stands above: a cooperating unit's within the task, a child task's within its parent. */
async function checkNewDue(work: Work, track: Assignment, task: Task, dueOn: string, field: string): Promise<void> {
  if (track.dueOn && dueOn <= track.dueOn) throw new Problem('OUT_OF_RANGE', field, { en: `The assignment is due on ${track.dueOn}; a new due day is later than that.`, zh: `现时限为 ${track.dueOn}，延期后的时限须晚于该日。` })
  if (dueOn < work.today) throw new Problem('OUT_OF_RANGE', field, { en: `The due day ${dueOn} lies before today (${work.today}).`, zh: `办理时限 ${dueOn} 早于今天（${work.today}）。` })
  await checkWorkingDay(work, dueOn, field)
  if (track.role === 'COOPERATING' && task.dueOn && dueOn > task.dueOn) throw new Problem('OUT_OF_RANGE', field, { en: `The task is due on ${task.dueOn}; a cooperating unit cannot be due later.`, zh: `任务时限为 ${task.dueOn}，配合单位时限不得更晚。` })
  const parent = task.parent ? await work.em.findOneOrFail(Task, task.parent.id) : null
  if (parent?.dueOn && dueOn > parent.dueOn) throw new Problem('OUT_OF_RANGE', field, { en: `A child task is due on ${parent.dueOn} at the latest, the due day of its parent.`, zh: `下级任务时限不得晚于上级任务时限（${parent.dueOn}）。` })
}
