/*
 * The one cut in which figures over people are published: $1 province, $2 first day of the year, $3 first day of the next. What stands is counted on the last day of the year, a person where the main appointment then was.
 * Each row is a group of a region that the figures tell of, or tell by subtraction: how many distinct persons are in it.
 */
export const cutSql = `with regions as (select d.id, d.path from division d where d.id = $1 or d.parent_id = $1),
placed as (select u.id as unit, coalesce((select r.id from regions r where r.id <> $1 and u.division_path ^@ r.path limit 1), $1) as region from unit u where u.division_path ^@ (select path from regions where id = $1)),
workers as (
  select sw.id, p.region, p.unit, q.rank,
    exists (select 1 from employment e where e.social_worker_id = sw.id and e.valid_from < $3::date and (e.valid_to is null or e.valid_to >= $3::date)) as employed,
    exists (select 1 from supervision s where s.supervisee_id = sw.id and s.unit_id = p.unit and s.valid_from < $3::date and (s.valid_to is null or s.valid_to >= $3::date)) as supervised
  from social_worker sw join appointment a on a.person_id = sw.person_id and a.is_main and a.valid_from < $3::date and (a.valid_to is null or a.valid_to >= $3::date) join placed p on p.unit = a.unit_id
  left join lateral (select max(array_position(array['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'], q.level)) as rank from qualification q
    where q.social_worker_id = sw.id and q.kind = 'CREDENTIAL' and q.issued_on < $3::date and (q.withdrawn_on is null or q.withdrawn_on >= $3::date)) q on true
),
employments as (select e.social_worker_id as worker, p.region, e.kind from employment e join placed p on p.unit = e.unit_id where e.valid_from < $3::date and (e.valid_to is null or e.valid_to >= $3::date)),
logs as (select e.social_worker_id as worker, p.region, w.hours, w.category, w.origin from work_log w join employment e on e.id = w.employment_id join placed p on p.unit = e.unit_id where w.worked_on >= $2::date and w.worked_on < $3::date),
plans as (select sp.social_worker_id as worker, p.region, coalesce(ns.finished_on <= sp.approved_on and c.held_on <= sp.approved_on, false) as independent
  from service_plan sp join placed p on p.unit = sp.unit_id left join needs_survey ns on ns.id = sp.survey_id left join consultation c on c.id = sp.consultation_id where sp.approved_on >= $2::date and sp.approved_on < $3::date),
told as (
  select 'SOCIAL_WORKERS' as indicator, region, id as worker, 1::numeric as above, null::numeric as below, 'all' as part from workers
  union all select 'CREDENTIALED_SHARE', region, id, (rank is not null)::int, 1, (rank is not null)::text from workers
  union all select 'HIGHER_GRADE_SHARE', region, id, (rank > 1)::int, 1, (rank > 1)::text from workers where rank is not null
  union all select 'IDLE_CERTIFICATE_RATE', region, id, (not employed)::int, 1, employed::text from workers where rank is not null
  union all select 'SUPERVISION_COVERAGE', region, id, supervised::int, 1, supervised::text from workers
  union all select 'FULL_TIME_SHARE', region, worker, (kind = 'FULL_TIME')::int, 1, kind from employments
  union all select 'UNPAID_SHARE', region, worker, (kind = 'UNPAID')::int, 1, kind from employments
  union all select 'ADMINISTRATIVE_SHARE', region, worker, case when category = 'ADMINISTRATIVE' then hours else 0 end, hours, (category = 'ADMINISTRATIVE')::text from logs
  union all select 'SUPERIOR_ASSIGNED_SHARE', region, worker, case when origin = 'SUPERIOR_ASSIGNED' then hours else 0 end, hours, (origin = 'SUPERIOR_ASSIGNED')::text from logs
  union all select 'INDEPENDENT_PLAN_SHARE', region, worker, independent::int, 1, independent::text from plans
),
parts as (select indicator, region, part, count(distinct worker)::int as persons from told group by indicator, region, part),
sums as (select indicator, region, count(distinct worker)::int as persons, sum(above)::text as numerator, sum(below)::text as denominator from told group by indicator, region)
select s.indicator, s.region, s.persons, s.numerator, s.denominator, (select json_object_agg(p.part, p.persons) from parts p where p.indicator = s.indicator and p.region = s.region) as parts
from sums s order by s.region, s.indicator`

export const cutIndicators = [
  'SOCIAL_WORKERS', 'CREDENTIALED_SHARE', 'HIGHER_GRADE_SHARE', 'IDLE_CERTIFICATE_RATE', 'SUPERVISION_COVERAGE', 'FULL_TIME_SHARE', 'UNPAID_SHARE', 'ADMINISTRATIVE_SHARE', 'SUPERIOR_ASSIGNED_SHARE', 'INDEPENDENT_PLAN_SHARE',
] as const
