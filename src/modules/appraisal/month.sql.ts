/*
 * The month of each unit out of the history of tracks, in one statement. $1 division, $2 first day of the month, $3 first day of the next, $4 today.
 * A working day at whose end the task was suspended counts nowhere. What a file brought in counts from the day on which it was entered.
 */

/** States that end a round; a result report is the one that fulfils it. */
const ends = `('REPORTED', 'COMPLETED', 'EXCUSED', 'TERMINATED', 'REFUSED', 'PROPOSED')`
const suspended = (task: string, day: string) => `exists (select 1 from suspensions z where z.task = ${task} and z.since <= ${day} and (z.until is null or ${day} < z.until))`
/** Working days after one day up to and including another, on which the task was not suspended. */
const counted = (task: string, from: string, to: string) => `(select count(*)::integer from working_day w where w.is_working and w.day > ${from} and w.day <= ${to} and not ${suspended(task, 'w.day')})`

const history = `
asked as (select $2::date as first, $3::date as after, $4::date as today),
members as (select u.id from unit u where u.division_id = $1),
tracks as (
  select a.* from assignment a, asked
  where (a.unit_id in (select id from members) or exists (select 1 from task_step s where s.assignment_id = a.id and (s.unit_from_id in (select id from members) or s.unit_to_id in (select id from members))))
    -- What was settled before the month, without a due day in it or after it, has nothing to say.
    and (a.status not in ('COMPLETED', 'EXCUSED', 'TERMINATED') or a.due_on >= asked.first
      or exists (select 1 from task_step s where s.assignment_id = a.id and (s.on_day >= asked.first or s.due_from >= asked.first or s.due_to >= asked.first)))
),
-- What a track was before its first step, then each step with what it left.
events as (
  select a.id as track, a.task_id as task, 0::bigint as seq, least((a.created_at at time zone 'Asia/Shanghai')::date, f.on_day) as day, null as was,
    case when f.seq is null then a.status else f.track_from end as status, case when f.seq is null then a.due_on else f.due_from end as due,
    null as unit_was, case when f.seq is null then a.unit_id else f.unit_from_id end as unit, null as act
  from tracks a left join lateral (select s.* from task_step s where s.assignment_id = a.id order by s.seq limit 1) f on true
  union all
  select s.assignment_id, s.task_id, s.seq, s.on_day, s.track_from, s.track_to, s.due_to, s.unit_from_id, s.unit_to_id, s.act from task_step s where s.assignment_id in (select id from tracks)
),
suspensions as (
  select c.task, c.day as since, c.until from (
    select e.task, e.day, e.status, lead(e.day) over (partition by e.task order by e.seq) as until from (
      select t.id as task, 0::bigint as seq, least((t.created_at at time zone 'Asia/Shanghai')::date, f.on_day) as day, case when f.seq is null then t.status else f.task_from end as status
      from task t left join lateral (select s.* from task_step s where s.task_id = t.id and s.assignment_id is null order by s.seq limit 1) f on true
      where t.id in (select task_id from tracks)
      union all
      select s.task_id, s.seq, s.on_day, s.task_to from task_step s where s.assignment_id is null and s.task_id in (select task_id from tracks)
    ) e
  ) c where c.status = 'SUSPENDED'
),
-- A round begins when a unit gets the track, and with each return.
marked as (
  select e.*, lead(e.day) over (partition by e.track order by e.seq) as until,
    case when e.seq = 0 then e.status in ('ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED')
      else (e.status = 'ISSUED' and (e.was <> 'ISSUED' or e.unit <> e.unit_was)) or (e.status = 'RETURNED' and e.was = 'REPORTED') end as begins
  from events e
),
numbered as (select m.*, count(*) filter (where m.begins) over (partition by m.track order by m.seq) as round from marked m),
begun as (select n.track, n.task, n.round, n.seq, n.day as began, n.unit, n.status, n.seq > 0 and n.unit <> n.unit_was as is_handed_over from numbered n where n.begins),
rounds as (
  select b.*, e.seq as end_seq, case when e.status = 'REPORTED' then e.day end as reported_on, coalesce(e.day, n.began) as stopped_on,
    -- The day on which it was no longer just issued.
    (select x.day from numbered x where x.track = b.track and x.seq > b.seq and (x.status <> 'ISSUED' or x.begins) order by x.seq limit 1) as left_issued_on
  from begun b
  left join lateral (select x.seq, x.status, x.day from numbered x where x.track = b.track and x.round = b.round and x.status in ${ends} order by x.seq limit 1) e on true
  left join begun n on n.track = b.track and n.round = b.round + 1
),
held as (
  select n.*, r.began, r.end_seq, r.reported_on, r.stopped_on, r.is_handed_over, r.unit as holder,
    bool_or(n.act = 'extensionDecide') over (partition by n.track, n.round order by n.seq) as is_extended
  from numbered n join rounds r on r.track = n.track and r.round = n.round where r.end_seq is null or n.seq <= r.end_seq
)`

const figures = `
-- A due day falls as it stood by its own end; a round that has reported keeps the due day that it had then.
fallen as (
  select h.holder as unit, h.track, h.task, h.due, coalesce(h.seq = h.end_seq, false) as is_on_time, coalesce(h.is_extended, false) as is_extended,
    least(h.stopped_on, asked.after - 1, asked.today) as late_until
  from held h, asked
  where h.due >= asked.first and h.due < asked.after and h.due < asked.today and h.due >= h.day
    and case when h.seq = h.end_seq then h.status = 'REPORTED' else (h.until is null or h.due < h.until) and not ${suspended('h.task', 'h.due')} end
    -- Who is handed a track on its due day or later had no chance to meet it.
    and not (h.is_handed_over and h.due <= h.began)
),
late as (select f.*, ${counted('f.task', 'f.due', 'f.late_until')} as days from fallen f where not f.is_on_time),
accepted as (
  select r.unit, ${counted('n.task', 'r.began', 'n.day')} as days, r.began
  from numbered n join rounds r on r.track = n.track and r.round = n.round, asked
  where n.status = 'ACCEPTED' and n.was = 'ISSUED' and r.status = 'ISSUED' and n.day >= asked.first and n.day < asked.after
),
-- The limit is the nth working day after receipt, n by the rules in force at issue.
unaccepted as (
  select r.unit, r.track, r.task, l.day
  from rounds r join task t on t.id = r.task join supervision_policy p on p.id = t.policy_id, asked,
    lateral (select w.day from working_day w where w.is_working and w.day > r.began and not ${suspended('r.task', 'w.day')} order by w.day offset p.accept_within_days - 1 limit 1) l
  where r.status = 'ISSUED' and l.day >= asked.first and l.day < asked.after and l.day < asked.today and (r.left_issued_on is null or r.left_issued_on > l.day)
),
returned as (
  select n.unit_was as unit, n.track, n.task, n.day, row_number() over (partition by n.track, n.day order by n.seq)::integer as turn
  from numbered n, asked where n.status = 'RETURNED' and n.was = 'REPORTED' and n.day >= asked.first and n.day < asked.after
),
reported as (select r.unit, r.track from rounds r, asked where r.reported_on >= asked.first and r.reported_on < asked.after),
in_hand as (select distinct r.unit, r.track from rounds r, asked where r.began < asked.after and r.began <= asked.today and (r.stopped_on is null or r.stopped_on >= asked.first)),
units as (
  select m.id from members m where m.id in (select unit from fallen) or m.id in (select unit from accepted) or m.id in (select unit from unaccepted)
    or m.id in (select unit from returned) or m.id in (select unit from reported) or m.id in (select unit from in_hand)
)`

const faults = `
faults as (
  select l.unit, 'LATE_REPORT' as reason, l.track, l.task, l.due as day, 1 as turn, l.days from late l
  union all select u.unit, 'LATE_ACCEPTANCE', u.track, u.task, u.day, 1, null from unaccepted u
  union all select r.unit, 'RETURNED', r.track, r.task, r.day, r.turn, null from returned r
)`

export interface MonthFigures {
  unitId: string
  trackCount: number
  dueCount: number
  onTimeCount: number
  lateCount: number
  lateDays: number
  reportedCount: number
  returnedCount: number
  acceptedCount: number
  acceptanceDays: number
  extensionCount: number
}

/** What happened that a rule sets points for. */
export interface MonthFault {
  unitId: string
  reason: 'LATE_REPORT' | 'LATE_ACCEPTANCE' | 'RETURNED'
  assignmentId: string
  taskId: string
  occurredOn: string
  turn: number
  daysLate: number | null
  ruleId: string
  points: string
}

export interface Month {
  figures: MonthFigures[]
  faults: MonthFault[]
  /** First day that a count of working days begins at; the calendar must know it. */
  earliest: string | null
}

const many = (from: string) => `(select coalesce(json_agg(row_to_json(x)), '[]') from (${from}) x)`
const count = (from: string, where = 'true') => `(select count(*)::integer from ${from} c where c.unit = u.id and ${where})`
const sum = (from: string) => `(select coalesce(sum(c.days), 0)::integer from ${from} c where c.unit = u.id)`

/** One row, a `Month`. */
export const monthSql = `with ${history}, ${figures}, ${faults}
select
  ${many(`select u.id as "unitId", ${count('in_hand')} as "trackCount", ${count('fallen')} as "dueCount", ${count('fallen', 'c.is_on_time')} as "onTimeCount", ${count('late')} as "lateCount", ${sum('late')} as "lateDays",
    ${count('reported')} as "reportedCount", ${count('returned')} as "returnedCount", ${count('accepted')} as "acceptedCount", ${sum('accepted')} as "acceptanceDays", ${count('fallen', 'c.is_extended')} as "extensionCount"
    from units u order by u.id`)} as figures,
  ${many(`select f.unit as "unitId", f.reason, f.track as "assignmentId", f.task as "taskId", f.day as "occurredOn", f.turn, f.days as "daysLate", r.id as "ruleId", r.points::text as points
    from faults f join members m on m.id = f.unit join deduction_rule r on r.id = heli_deduction_rule($1, f.reason, f.day) order by f.day, f.track, f.reason, f.turn`)} as faults,
  (select min(a.began)::text from accepted a join members m on m.id = a.unit) as earliest`
