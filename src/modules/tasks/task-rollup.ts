import { sql } from 'kysely'
import { Int } from 'type-graphql'
import type { Predicate, RowRef } from '../../access/index.js'
import { value, type FieldDeclaration } from '../../engine/index.js'
import { settledTasks } from './task.entity.js'

const settled = sql.join(settledTasks.map((state) => sql.lit(state)))

/**
 * What the child tasks of all depths add up to; `below` names them by the alias `d`. Terminated ones do not count.
 * They tell of tasks that others may not see, so each has a guard of its own.
 */
export function rollUps(on: Function, below: (row: RowRef) => Predicate, isOverdue: (task: RowRef) => Predicate): FieldDeclaration[] {
  const over = (row: RowRef, what: Predicate, and: Predicate = sql`true`) => sql`select ${what} from task d where ${below(row)} and d.status <> 'TERMINATED' and ${and}`
  const count = sql`count(*)::integer`
  // Whether one is late is told by the task's own rule, so it is looked up as a task.
  const late = (row: RowRef): Predicate => {
    const { from, row: task } = row.other('Task')
    return sql`exists (select 1 from ${from} where ${task.column('id')} = d.id and ${isOverdue(task)})`
  }
  // Work is done at the ends: a task that was decomposed is as far as its parts are.
  const isEnd = sql`not exists (select 1 from task de where de.parent_id = d.id and de.status <> 'TERMINATED')`
  const progress = sql`case when d.status in ('COMPLETED', 'CLOSED') then 100 else coalesce((select dl.progress from assignment dl where dl.task_id = d.id and dl.role = 'LEAD'), 0) end`
  const field = (name: string, description: string, of: (row: RowRef) => Predicate) => value(on, name, () => Int, description, { sql: of, nullable: true })
  return [
    field('descendantsTotal', 'Child tasks of all depths, without terminated ones (下级任务数).', (row) => over(row, count)),
    field('descendantsOpen', 'How many of them are not completed (下级未办结数).', (row) => over(row, count, sql`d.status not in (${settled})`)),
    field('descendantsOverdue', 'How many of them are late (下级逾期数).', (row) => over(row, count, late(row))),
    field('descendantsProgress', 'Mean progress in per cent of those that were not decomposed further; none without child tasks (下级平均进度).', (row) => over(row, sql`round(avg(${progress}))::integer`, isEnd)),
  ]
}
