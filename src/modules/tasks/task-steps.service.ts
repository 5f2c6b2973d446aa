import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { checkWorkingDay, workingDayAfter, workingDaysBetween } from '../calendar/index.js'
import { ended, livingUnit } from '../initiatives/index.js'
import { policyFor } from '../supervision/index.js'
import { acceptLimit } from './assignment-steps.service.js'
import { frozen } from './task.facts.js'
import { Assignment, settledTasks, Task, unissuedTasks, type AssignmentStatus } from './task.entity.js'
import { taskVerbs } from './task.lifecycle.js'
import type { TaskIssueInput, TaskReasonInput, TaskReturnInput, TaskStepInput } from './task-steps.input.js'

const closedTracks: readonly AssignmentStatus[] = ['COMPLETED', 'EXCUSED', 'TERMINATED']
const tracksOf = (work: Work, task: Task): Promise<Assignment[]> => work.em.find(Assignment, { task: task.id })

export async function proposeTask(work: Work, input: TaskStepInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  task.status = 'PENDING_ISSUE'
  return task
}

/** Day 0 of the clock: the due day is fixed, the rules of the issuing unit's division apply, and each unit has its limit for accepting. */
export async function issueTask(work: Work, input: TaskIssueInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  if (input.dueOn !== undefined && input.dueInWorkingDays !== undefined) throw new Problem('AMBIGUOUS', 'input.dueInWorkingDays', { en: 'Give a day or a number of working days, not both.', zh: '办理时限按日期或按工作日数只能填一项。' })
  const given = input.dueInWorkingDays === undefined ? input.dueOn : await workingDayAfter(work, work.today, input.dueInWorkingDays, 'input.dueInWorkingDays')
  const dueOn = given ?? task.dueOn
  const field = input.dueInWorkingDays === undefined ? 'input.dueOn' : 'input.dueInWorkingDays'
  if (!dueOn) throw new Problem('REQUIRED', field, { en: 'The task has no due day yet; give one.', zh: '任务尚无办理时限，请填写。' })
  if (dueOn < work.today) throw new Problem('OUT_OF_RANGE', field, { en: `The due day ${dueOn} lies before today (${work.today}).`, zh: `办理时限 ${dueOn} 早于今天（${work.today}）。` })
  await checkWorkingDay(work, dueOn, field)
  await checkBelowParent(work, task, dueOn, field)
  const issuer = await livingUnit(work, task.issuingUnit.id, 'input.taskId')
  task.policy = await policyFor(work, issuer.division.id, work.today)
  const drafted = task.dueOn
  Object.assign(task, { dueOn, issuedOn: work.today, status: 'ISSUED' })
  const tracks = await work.em.find(Assignment, { task: task.id }, { populate: ['unit'] })
  const acceptBy = await acceptLimit(work, task)
  for (const track of tracks) {
    if (!track.unit.isInForceOn(work.today)) throw ended(track.unit, 'input.taskId')
    // A unit's own due day stays where it was set for it, and cannot be later than the task's; one that it shared with the draft moves with it.
    if (!track.dueOn || track.dueOn === drafted || track.dueOn > dueOn) track.dueOn = dueOn
    if (track.dueOn < work.today) throw new Problem('OUT_OF_RANGE', field, { en: `A unit's own due day ${track.dueOn} lies before today. Change it first.`, zh: `承办单位时限 ${track.dueOn} 早于今天，请先调整。` })
    Object.assign(track, { status: 'ISSUED', acceptBy })
  }
  for (const day of new Set(tracks.map((track) => track.dueOn!))) if (day !== dueOn) await checkWorkingDay(work, day, field)
  return task
}

export async function withdrawTask(work: Work, input: TaskStepInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  Object.assign(task, { status: 'PENDING_ISSUE', issuedOn: null, policy: null })
  for (const track of await tracksOf(work, task)) Object.assign(track, { status: 'PROPOSED', acceptBy: null })
  return task
}

/** Names what is to be redone. The task is due no earlier than what it sent back; lateness until now stays in the history. */
export async function returnTask(work: Work, input: TaskReturnInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  const tracks = new Map((await tracksOf(work, task)).map((track) => [track.id, track]))
  if (input.assignments.length === 0) throw new Problem('REQUIRED', 'input.assignments', { en: 'Name one assignment or more to be redone.', zh: '请至少指明一个退回重办的承办单位。' })
  const named = new Set<string>()
  for (const [at, { assignmentId, dueOn }] of input.assignments.entries()) {
    const field = `input.assignments.${at}`
    const track = tracks.get(assignmentId)
    if (!track) throw new Problem('UNKNOWN', `${field}.assignmentId`, { en: 'That is no assignment of this task.', zh: '该承办不属于本任务。' })
    if (named.has(assignmentId)) throw new Problem('TAKEN', `${field}.assignmentId`, { en: 'That assignment is named twice.', zh: '该承办重复。' })
    if (track.status !== 'REPORTED') throw new Problem('ILLEGAL_TRANSITION', `${field}.assignmentId`, { en: `Only what was reported can be returned; it is ${track.status}.`, zh: `仅可退回已反馈的承办，当前为 ${track.status}。` })
    if (dueOn < work.today) throw new Problem('OUT_OF_RANGE', `${field}.dueOn`, { en: `The due day lies before today (${work.today}).`, zh: `办理时限早于今天（${work.today}）。` })
    await checkWorkingDay(work, dueOn, `${field}.dueOn`)
    await checkBelowParent(work, task, dueOn, `${field}.dueOn`)
    named.add(assignmentId)
    Object.assign(track, { status: 'RETURNED', dueOn, isRedone: true })
    if (!task.dueOn || task.dueOn < dueOn) task.dueOn = dueOn
  }
  task.status = 'RETURNED'
  return task
}

export async function completeTask(work: Work, input: TaskStepInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  Object.assign(task, { status: 'COMPLETED', completedOn: work.today })
  for (const track of await tracksOf(work, task)) if (track.role === 'LEAD') Object.assign(track, { status: 'COMPLETED', completedOn: work.today, isRedone: false })
  return task
}

export async function closeTask(work: Work, input: TaskStepInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  return Object.assign(task, { status: 'CLOSED', closedOn: work.today })
}

/** The task and what stands below it; those suspended on their own stay as they are. */
export async function suspendTask(work: Work, input: TaskReasonInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  suspend(work, [task, ...(await below(work, task))], task.id)
  return task
}

/** `source`: the task or the initiative with which they are suspended, and with which they go on. */
export function suspend(work: Work, tasks: readonly Task[], source: string): void {
  for (const one of tasks) {
    if (!taskVerbs.from('taskSuspend').includes(one.status)) continue
    Object.assign(one, { suspendedFrom: one.status, suspendedOn: work.today, suspendedWith: source, status: 'SUSPENDED' })
  }
}

export async function resumeTask(work: Work, input: TaskStepInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  await resume(work, [task, ...(await below(work, task))], task.id, 'input.taskId')
  return task
}

/** Open due days and limits move by the working days that were lost, but not beyond the due day of the task above. Parents stand before their children. */
export async function resume(work: Work, tasks: readonly Task[], source: string, field: string): Promise<void> {
  const held = tasks.filter(({ suspendedWith }) => suspendedWith === source)
  if (held.length === 0) return
  const lost = await workingDaysBetween(work, held[0]!.suspendedOn!, work.today, field)
  const moved = new Map<string, string>()
  const later = async (day: string | null | undefined): Promise<string | null> => {
    if (!day || lost === 0) return day ?? null
    const known = moved.get(day) ?? (await workingDayAfter(work, day, lost, field))
    moved.set(day, known)
    return known
  }
  const dueOf = new Map<string, string | null>()
  const tracks = await work.em.find(Assignment, { task: { $in: held.map(({ id }) => id) }, status: { $nin: [...closedTracks] } })
  for (const one of held) {
    if (one.parent && !dueOf.has(one.parent.id)) dueOf.set(one.parent.id, (await work.em.findOneOrFail(Task, one.parent.id)).dueOn ?? null)
    const dueOn = earliest(await later(one.dueOn), one.parent ? dueOf.get(one.parent.id) : null)
    Object.assign(one, { status: one.suspendedFrom, dueOn, suspendedFrom: null, suspendedOn: null, suspendedWith: null })
    dueOf.set(one.id, dueOn)
    for (const track of tracks) {
      if (track.task.id === one.id) Object.assign(track, { dueOn: earliest(await later(track.dueOn), dueOn), acceptBy: await later(track.acceptBy), reportBy: await later(track.reportBy) })
    }
  }
}

export async function terminateTask(work: Work, input: TaskReasonInput): Promise<Task> {
  const task = await work.target(Task, input.taskId, 'input.taskId', input.expectedVersion)
  await terminate(work, [task, ...(await below(work, task))])
  return task
}

/** Ends tasks and their open tracks. What was late stays in the history. */
export async function terminate(work: Work, tasks: readonly Task[]): Promise<void> {
  const open = tasks.filter(({ status }) => taskVerbs.from('taskTerminate').includes(status))
  for (const task of open) Object.assign(task, { status: 'TERMINATED', suspendedFrom: null, suspendedOn: null, suspendedWith: null })
  for (const track of await work.em.find(Assignment, { task: { $in: open.map(({ id }) => id) }, status: { $nin: [...closedTracks] } })) Object.assign(track, { status: 'TERMINATED', isRedone: false })
}

/** Tasks below, parents before children. */
async function below(work: Work, task: Task): Promise<Task[]> {
  const found = await work.run<{ id: string }>('select id from task where ancestor_ids @> array[$1] order by cardinality(ancestor_ids), id', [task.id])
  const tasks = new Map((await work.em.find(Task, { id: { $in: found.map(({ id }) => id) } })).map((one) => [one.id, one]))
  return found.map(({ id }) => tasks.get(id)!)
}

async function checkBelowParent(work: Work, task: Task, dueOn: string, field: string): Promise<void> {
  const parent = task.parent ? await work.em.findOneOrFail(Task, task.parent.id) : null
  if (!parent) return
  if (parent.status === 'SUSPENDED') throw frozen('input.taskId')
  if (settledTasks.includes(parent.status)) throw new Problem('ILLEGAL_TRANSITION', 'input.taskId', { en: `The task above is ${parent.status}; nothing is issued below it any more.`, zh: '上级任务已办结或终止，不能再交办下级任务。' })
  if (unissuedTasks.includes(parent.status)) throw new Problem('PARENT_NOT_ISSUED', 'input.taskId', { en: 'The task above is not issued yet; issue that first.', zh: '上级任务尚未交办，请先交办上级任务。' })
  if (parent.dueOn && dueOn > parent.dueOn) throw new Problem('OUT_OF_RANGE', field, { en: `A child task is due on ${parent.dueOn} at the latest, the due day of its parent.`, zh: `下级任务时限不得晚于上级任务时限（${parent.dueOn}）。` })
}

const earliest = (day: string | null, limit: string | null | undefined): string | null => (day && limit && day > limit ? limit : day)
