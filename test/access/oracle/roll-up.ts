/**
 * "The decomposing unit and coordinators see all descendants; roll-ups are null for everyone else."
 * Read here so: of a task, whoever coordinates it or a task above it, and the unit that issued it as a child task, or a child task above it; of one track, its own unit for
 * what that unit decomposed, and whoever coordinates the division of the task or of the unit.
 */
import type { Snapshot, Task } from './snapshot.js'
import type { FieldPage, Verdict, Viewer } from './words.js'

const settled = ['COMPLETED', 'CLOSED', 'TERMINATED']
const running = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const counted = (tasks: readonly Task[]) => tasks.filter(({ status }) => status !== 'TERMINATED')

/** A task's child tasks of all depths. */
export const descendants = (snapshot: Snapshot, id: string): Task[] => snapshot.where('task', 'parentId', id).flatMap((child) => [child, ...descendants(snapshot, child.id)])

function meanProgress(snapshot: Snapshot, tasks: readonly Task[]): number | null {
  const ends = counted(tasks).filter(({ id }) => counted(snapshot.where('task', 'parentId', id)).length === 0)
  const progress = ends.map(({ id, status }) => (['COMPLETED', 'CLOSED'].includes(status) ? 100 : (snapshot.where('assignment', 'taskId', id).find(({ role }) => role === 'LEAD')?.progress ?? 0)))
  return progress.length === 0 ? null : Math.round(progress.reduce((sum, one) => sum + one, 0) / progress.length)
}

/** The four figures, each read by whom `readable` says. */
export function rollUps<R>(below: (snapshot: Snapshot, row: R) => Task[], readable: (viewer: Viewer, row: R) => Verdict): Record<string, FieldPage<R>> {
  const figure = (of: (snapshot: Snapshot, tasks: readonly Task[]) => unknown): FieldPage<R> => ({ kind: 'value', of: (row, snapshot) => of(snapshot, below(snapshot, row)), readable })
  return {
    descendantsTotal: figure((_snapshot, tasks) => counted(tasks).length),
    descendantsOpen: figure((_snapshot, tasks) => counted(tasks).filter(({ status }) => !settled.includes(status)).length),
    descendantsOverdue: figure((snapshot, tasks) => tasks.filter(({ status, dueOn }) => running.includes(status) && dueOn !== null && dueOn < snapshot.today).length),
    descendantsProgress: figure(meanProgress),
  }
}
