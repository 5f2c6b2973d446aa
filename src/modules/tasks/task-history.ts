import { sql } from 'kysely'
import { ArgsType, Field } from 'type-graphql'
import { viewerSql, type Predicate, type RowRef } from '../../access/index.js'
import { Day } from '../../kernel/index.js'

@ArgsType()
export class AsOf {
  @Field(() => Day, { nullable: true, description: 'As it was recorded by the end of that day; today where left out.' })
  asOf?: string
}

export const dayAsked = (args: Record<string, unknown>): Predicate => (args['asOf'] ? sql`cast(${args['asOf']} as date)` : viewerSql.today)

const stepsOf = { Task: sql`s.task_id`, Assignment: sql`s.assignment_id` } as const

/**
 * What a column held by the end of a day: the last step up to it tells what came after, the first one later what stood before, and without either
 * it holds what it holds now. Null before the row was entered.
 */
function recorded(row: RowRef, day: Predicate, column: string, before: string, after: string): Predicate {
  const isTask = row.type === 'Task'
  const mine = sql`${stepsOf[isTask ? 'Task' : 'Assignment']} = ${row.column('id')}${isTask ? sql` and s.assignment_id is null` : sql``}`
  // In an array of one, "empty by then" differs from "no step by then".
  return sql`case when ${day} >= cast(${row.column('createdAt')} at time zone 'Asia/Shanghai' as date) then (coalesce(
    (select array[s.${sql.raw(after)}] from task_step s where ${mine} and s.on_day <= ${day} order by s.seq desc limit 1),
    (select array[s.${sql.raw(before)}] from task_step s where ${mine} and s.on_day > ${day} order by s.seq limit 1),
    array[${row.column(column)}]))[1] end`
}

export const taskStatusOn = (row: RowRef, day: Predicate): Predicate => recorded(row, day, 'status', 'task_from', 'task_to')
export const trackStatusOn = (row: RowRef, day: Predicate): Predicate => recorded(row, day, 'status', 'track_from', 'track_to')
export const dueOn = (row: RowRef, day: Predicate): Predicate => recorded(row, day, 'dueOn', 'due_from', 'due_to')
export const unitOn = (row: RowRef, day: Predicate): Predicate => recorded(row, day, 'unitId', 'unit_from_id', 'unit_to_id')

/** States in which a clock runs. */
const running = {
  Task: ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED'],
  Assignment: ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED'],
} as const
export const runningTracks = running.Assignment
const runs = (status: Predicate, type: keyof typeof running): Predicate => sql`${status} in (${sql.join(running[type].map((state) => sql.lit(state)))})`

/** Open on that day, with a due day that had ended. A suspended task's clock stands still, and so do its tracks'. */
export function overdueOn(row: RowRef, args: Record<string, unknown>, today: Predicate): Predicate {
  if (!args['asOf']) return today
  const day = dayAsked(args)
  if (row.type === 'Task') return sql`coalesce(${dueOn(row, day)} < ${day} and ${runs(taskStatusOn(row, day), 'Task')}, false)`
  const { from, row: task } = row.other('Task')
  return sql`coalesce(${dueOn(row, day)} < ${day} and ${runs(trackStatusOn(row, day), 'Assignment')}
    and (select ${taskStatusOn(task, day)} from ${from} where ${task.column('id')} = ${row.column('taskId')}) is distinct from 'SUSPENDED', false)`
}

/** Working days since the due day; null where it is not late, or where the calendar lacks a year. */
export const daysLateOn = (isOverdue: (row: RowRef, args: Record<string, unknown>) => Predicate) => (row: RowRef, args: Record<string, unknown>): Predicate => {
  const day = dayAsked(args)
  return sql`case when ${isOverdue(row, args)} then heli_working_days(${args['asOf'] ? dueOn(row, day) : row.column('dueOn')}, ${day}) end`
}

/**
 * Tracks whose clock ran by the end of the day. Either nothing happened since and it runs still, or the first step since tells what was before;
 * the first two conditions find those rows by index, the last one decides.
 */
export function openOn(row: RowRef, args: Record<string, unknown>): Predicate {
  const day = dayAsked(args)
  return sql`(${runs(row.column('status'), 'Assignment')} or ${row.column('id')} in (select s.assignment_id from task_step s where s.on_day > ${day} and s.assignment_id is not null))
    and coalesce(${runs(trackStatusOn(row, day), 'Assignment')}, false)`
}
