import { sql } from 'kysely'
import { viewerSql, type Predicate, type RowRef } from '../../access/index.js'
import { LightLevel } from '../supervision/index.js'
import { runningTracks } from '../tasks/index.js'
import { remindable } from './reminder.facts.js'

/** Levels by their number, the calm one 0. */
const names = sql`array[${sql.join(Object.keys(LightLevel).map((level) => sql.lit(level)))}]`
const named = (number: Predicate): Predicate => sql`(${names})[1 + ${number}]`
const numbered = (level: Predicate): Predicate => sql`(array_position(${names}, ${level}) - 1)`

/** Place of a day among the working days: one look-up by index, null where its year has no calendar. */
const ordinal = (day: Predicate): Predicate => sql`(select wd.ordinal from working_day wd where wd.day = ${day})`
const running = sql.join(runningTracks.map((state) => sql.lit(state)))

/** How often the track was issued or returned up to now. */
export const roundOf = (track: RowRef): Predicate => sql`(select count(*)::integer from task_step rs where rs.assignment_id = ${track.column('id')} and rs.track_to in ('ISSUED', 'RETURNED')
  and (rs.track_from is distinct from rs.track_to or rs.unit_from_id is distinct from rs.unit_to_id))`

const byDays = (due: Predicate): Predicate => sql`when 'DAYS_TO_DUE' then ${due} >= ${viewerSql.today} and lc.due - lc.now <= lr.threshold
  when 'DAYS_LATE' then ${due} < ${viewerSql.today} and lc.now - lc.due >= lr.threshold`

/** Reported since a reminder was sent: on a later day, or on the same one after it. */
const reported = (track: Predicate, sentOn: Predicate, at: Predicate): Predicate =>
  sql`exists (select 1 from progress_report ra where ra.assignment_id = ${track} and ra.reported_on >= ${sentOn} and (ra.reported_on > ${sentOn} or ra.created_at > ${at}))`
export const isAnswered = (reminder: RowRef): Predicate => reported(reminder.column('assignmentId'), reminder.column('sentOn'), reminder.column('createdAt'))

/**
 * The rules of its task's policy that fire on a track, as `lr`; what the days decide is looked up once for all of them.
 * Where a year has no calendar, and without a due day, no rule of days fires.
 */
const firing = (track: RowRef): Predicate => sql`
  (select lt.policy_id, ${ordinal(sql`lt.issued_on`)} as issued, ${ordinal(viewerSql.today)} as now, ${ordinal(track.column('dueOn'))} as due from task lt where lt.id = ${track.column('taskId')} offset 0) lc
  join light_rule lr on lr.policy_id = lc.policy_id and case lr.trigger
    ${byDays(track.column('dueOn'))}
    when 'BEHIND_OR_POOR' then ${lags(track)} or (select lv.verdict from review lv where lv.assignment_id = ${track.column('id')} order by lv.reviewed_on desc, lv.id desc limit 1) = 'POOR'
    when 'PREVIOUS_SLIP_UNANSWERED' then exists (select 1 from reminder ls where ls.assignment_id = ${track.column('id')} and ls.slip_number is not null
      and ${numbered(sql`ls.level`)} = ${numbered(sql`lr.level`)} - 1 and ls.round = ${roundOf(track)} and lc.now - ${ordinal(sql`ls.sent_on`)} >= lr.threshold
      and not ${reported(track.column('id'), sql`ls.sent_on`, sql`ls.created_at`)})
    else false end`

/** Behind the share of working days elapsed since the issue, in percentage points; all of it is elapsed once the due day has passed. */
const lags = (track: RowRef): Predicate => sql`case when lc.due > lc.issued then 100 * least(greatest(lc.now - lc.issued, 0), lc.due - lc.issued) - ${track.column('progress')} * (lc.due - lc.issued) >= lr.threshold * (lc.due - lc.issued)
  when lc.due <= lc.issued then case when ${track.column('dueOn')} < ${viewerSql.today} then 100 else 0 end - ${track.column('progress')} >= lr.threshold else false end`

const highest = sql`max(${numbered(sql`lr.level`)})`
const trackLevel = (track: RowRef): Predicate =>
  sql`case when ${track.column('status')} in (${running}) and not ${track.column('isFrozen')} then coalesce((select ${highest} from ${firing(track)}), 0) else 0 end`

/** The task itself has no progress and gets no slips: for it the rules of days count. */
const ownLevel = (task: RowRef): Predicate => sql`case when ${task.column('status')} in (${running}) then coalesce((select ${highest}
  from (select ${ordinal(viewerSql.today)} as now, ${ordinal(task.column('dueOn'))} as due offset 0) lc join light_rule lr on lr.policy_id = ${task.column('policyId')} and case lr.trigger ${byDays(task.column('dueOn'))} else false end), 0) else 0 end`

function taskLevel(task: RowRef): Predicate {
  const { from, row } = task.other('Assignment')
  return sql`greatest(${ownLevel(task)}, (select max(${trackLevel(row)}) from ${from} where ${row.column('taskId')} = ${task.column('id')}))`
}

const levelOf = (row: RowRef): Predicate => (row.type === 'Task' ? taskLevel(row) : trackLevel(row))
export const light = (row: RowRef): Predicate => named(levelOf(row))
export const lightColour = (row: RowRef): Predicate =>
  sql`(select lk.colour from (select ${row.column(row.type === 'Task' ? 'policyId' : 'task.policyId')} as policy_id, ${light(row)} as level offset 0) ll join light_rule lk on lk.policy_id = ll.policy_id and lk.level = ll.level limit 1)`

const waits = (track: RowRef): Predicate => sql`${track.column('status')} in (${sql.join(remindable.map((state) => sql.lit(state)))}) and not ${track.column('isFrozen')}`

/** Of the rules that hold the track at its level, the first that sends a slip; none where one of them has sent its slip in this round. */
const due = (track: RowRef, what: 'id' | 'level'): Predicate => sql`(select case when not bool_or(ld.is_sent) then (array_agg(ld.${sql.raw(what)} order by ld.id))[1] end from (
  select lr.id, lr.level, lr.sends_slip, ${numbered(sql`lr.level`)} as number, max(${numbered(sql`lr.level`)}) over () as top,
    exists (select 1 from reminder lm where lm.assignment_id = ${track.column('id')} and lm.rule_id = lr.id and lm.round = ${roundOf(track)}) as is_sent
  from ${firing(track)}) ld where ld.number = ld.top and ld.sends_slip)`
export const slipDue = (track: RowRef): Predicate => sql`case when ${waits(track)} then ${due(track, 'level')} end`
export const dueRule = (track: RowRef): Predicate => sql`case when ${waits(track)} then ${due(track, 'id')} end`
