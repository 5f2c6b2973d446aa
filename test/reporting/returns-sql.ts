/**
 * Every number of the form of 2019, as somebody writes it who knows the tables and nothing of the code. `$1` path of the division, `$2` year, `$3` the day on which stocks are counted, `$4` code of the division.
 * Each answers `key` of the row and `value`; a row that is left out is 0. Money in yuan ÷ 10,000, to two places.
 */
export interface Independent {
  table: number
  column: string
  sql: string
}

const of = (table: number, column: string, sql: string): Independent => ({ table, column, sql })
const stands = (alias: string, first = 'opened_on', end = 'closed_on') => `${alias}.${first} <= $3::date and (${alias}.${end} is null or ${alias}.${end} > $3::date)`
const level = (column: string) => `case when ${column} in ('COUNTY', 'TOWNSHIP', 'COMMUNITY') then 'COUNTY' else ${column} end`

const institutionKind = `case when u.institution_kind in ('养老', '精神疾病', '儿童福利', '救助管理', '殡葬', '婚姻家庭') then u.institution_kind else '其他' end`
const unitType = `case when u.kind in ('SUBDISTRICT_TOWN', 'COMMUNITY') then 'TOWNSHIP_COMMUNITY' when u.kind in ('SERVICE_AGENCY', 'VOLUNTEER_ORGANISATION', 'ASSOCIATION') then 'SOCIAL_ORGANISATION'
  when u.kind = 'PUBLIC_INSTITUTION' and u.institution_kind is null then 'OTHER_INSTITUTION' when u.kind = 'PUBLIC_INSTITUTION' then 'CIVIL_AFFAIRS_INSTITUTION' else 'OTHER' end`
const mainUnit = `join appointment m on m.person_id = w.person_id and m.is_main and m.valid_from <= current_setting('test.today')::date and (m.valid_to is null or m.valid_to > current_setting('test.today')::date) join unit u on u.id = m.unit_id`
const post = (kind: string) => `select p.unit_type as key, count(*) as value from post p join unit u on u.id = p.unit_id where starts_with(u.division_path, $1) and p.kind = '${kind}' and ${stands('p')} group by 1`

const fundRow = `case when source in ('FISCAL', 'WELFARE_LOTTERY', 'MINISTRY_LOTTERY') then source else 'OTHER' end`
const lotteries = `('WELFARE_LOTTERY', 'OTHER_LOTTERY', 'MINISTRY_LOTTERY')`
const others = `('SOCIAL', 'EMPLOYER', 'INDIVIDUAL', 'OTHER')`
/** All money of a year: what arrived, and what was entered of before. */
const money = (year: string) => `
  select l.source, l.purpose, l.level, d.amount, true as is_line from disbursement d join allocation a on a.id = d.allocation_id join budget_line l on l.id = a.line_id join unit u on u.id = l.unit_id
    where starts_with(u.division_path, $1) and extract(year from d.arrived_on) = ${year}
  union all select o.source, o.purpose, null, o.amount, false from opening_balance o join division v on v.id = o.division_id where v.code = $4 and o.year = ${year}`
const wan = (sum: string) => `round(coalesce(${sum}, 0) / 10000, 2)`
const funding = (where: string) => `
  select 'ALL' as key, ${wan('sum(amount)')} as value from (${money('$2::int')}) x where ${where}
  union all select 'OWN', ${wan('sum(amount)')} from (${money('$2::int')}) x where ${where} and is_line and level = (select v.level from division v where v.code = $4)`
const volunteering = `purpose in ('VOLUNTEERING', 'VOLUNTEER_OPERATIONS')`

const opening = (measure: string, year: string) => `(select coalesce(sum(o.count), 0) from opening_count o join division v on v.id = o.division_id where v.code = $4 and o.measure = '${measure}' and o.year ${year})`
const lastOpening = (measure: string) => `coalesce((select o.count from opening_count o join division v on v.id = o.division_id where v.code = $4 and o.measure = '${measure}' and o.year <= $2::int order by o.year desc limit 1), 0)`
const volunteersOf = (column: string) => `(select count(*) from volunteer x join unit u on u.id = x.unit_id where starts_with(u.division_path, $1) and x.registered_on <= $3::date and x.${column} <= $3::date and (x.ended_on is null or x.ended_on > $3::date))`
const attendances = (year: string) => `(select coalesce(sum(t.other_attendances + (select count(*) from training_attendance a where a.training_id = t.id)), 0) from training t join unit u on u.id = t.unit_id
  where starts_with(u.division_path, $1) and extract(year from t.starts_on) = ${year}) + ${opening('TRAINING_ATTENDANCES', `= ${year}`)}`
const hours = (when: string) => `(select coalesce(sum(s.hours), 0) from volunteer_service s join unit u on u.id = s.unit_id where starts_with(u.division_path, $1) and ${when})`

const association = (value: string) => `select ${level('u.registration_level')} as key, ${value} as value from association_membership a join unit u on u.id = a.unit_id where starts_with(u.division_path, $1) and a.year = $2::int group by 1`
const agency = (value: string) => `select ${level('a.registration_level')} as key, ${value} as value from agency_profile a join unit u on u.id = a.unit_id where starts_with(u.division_path, $1) and ${stands('u', 'founded_on', 'ended_on')} group by 1`
const organisation = (form: string) => `select ${level('u.registration_level')} as key, count(*) as value from unit u where u.kind = 'VOLUNTEER_ORGANISATION' and u.legal_form = '${form}' and starts_with(u.division_path, $1) and ${stands('u', 'founded_on', 'ended_on')} group by 1`
const team = (kind: string) => `select ${level('d.level')} as key, count(*) as value from volunteer_team t join unit u on u.id = t.unit_id join division d on d.id = u.division_id where t.kind = '${kind}' and starts_with(d.path, $1) and ${stands('t', 'founded_on', 'ended_on')} group by 1`
const pilot = (value: string) => `select p.id as key, ${value} as value from pilot p join division d on d.id = p.division_id where starts_with(d.path, $1) and p.starts_on <= ($2 || '-12-31')::date and (p.ends_on is null or p.ends_on >= ($2 || '-01-01')::date)`
const recorded = (where: string) => `
  with found as (select d.path from recording_coverage c join division d on d.id = c.division_id where starts_with(d.path, $1) and ${stands('c', 'valid_from', 'valid_to')} and ${where})
  select 'TOTAL' as key, count(*) as value from found
  union all select r.code, count(f.path) from division r left join found f on starts_with(f.path, r.path) where r.parent_id = (select v.id from division v where v.code = $4) group by r.code`

export const independent: readonly Independent[] = [
  of(2, 'sections', `select ${institutionKind} as key, count(*) as value from social_work_section s join unit u on u.id = s.unit_id where u.institution_kind is not null and starts_with(u.division_path, $1) and ${stands('s', 'founded_on', 'ended_on')} group by 1`),
  of(2, 'posts', `select ${institutionKind} as key, count(*) as value from post p join unit u on u.id = p.unit_id where p.unit_type = 'CIVIL_AFFAIRS_INSTITUTION' and starts_with(u.division_path, $1) and ${stands('p')} group by 1`),
  of(3, 'posts', post('EXPLICIT')),
  of(3, 'deFacto', post('DE_FACTO')),
  of(3, 'stations', `select ${unitType} as key, count(*) as value from station s join unit u on u.id = s.unit_id where s.kind = 'SOCIAL_WORK' and starts_with(u.division_path, $1) and ${stands('s')} group by 1`),
  of(3, 'unused', `select ${unitType} as key, count(*) as value from social_worker w ${mainUnit} where starts_with(u.division_path, $1)
    and exists (select 1 from qualification q where q.social_worker_id = w.id and q.issued_on <= current_setting('test.today')::date and (q.withdrawn_on is null or q.withdrawn_on > current_setting('test.today')::date))
    and not exists (select 1 from employment e where e.social_worker_id = w.id and e.valid_from <= current_setting('test.today')::date and (e.valid_to is null or e.valid_to > current_setting('test.today')::date)) group by 1`),
  of(4, 'workers', `select y.name as key, count(distinct w.id) as value from social_worker w ${mainUnit} join unit_system y on y.id = u.system_id where starts_with(u.division_path, $1) group by 1`),
  of(5, 'attendances', `select 'YEAR' as key, ${attendances('$2::int')} as value`),
  of(5, 'growth', `select 'YEAR' as key, ${attendances('$2::int')} - (${attendances('$2::int - 1')}) as value`),
  of(6, 'associations', `select ${level('u.registration_level')} as key, count(*) as value from unit u where u.kind = 'ASSOCIATION' and starts_with(u.division_path, $1) and ${stands('u', 'founded_on', 'ended_on')} group by 1`),
  of(6, 'party', association('count(*) filter (where a.has_party_organisation)')),
  of(6, 'unitMembers', association('sum(a.unit_members)')),
  of(6, 'personalMembers', association('sum(a.personal_members)')),
  of(7, 'agencies', agency('count(*)')),
  of(7, 'staff', agency('coalesce(sum(a.full_time_staff), 0)')),
  of(7, 'party', agency('count(*) filter (where a.has_party_organisation)')),
  of(7, 'partyMembers', agency('coalesce(sum(a.party_members), 0)')),
  of(8, 'amount', `select ${fundRow} as key, ${wan('sum(amount)')} as value from (${money('$2::int')}) x where purpose = 'SOCIAL_WORK' group by 1`),
  of(8, 'growth', `select ${fundRow} as key, ${wan('sum(amount)')} as value from (select source, purpose, amount from (${money('$2::int')}) n union all select source, purpose, -amount from (${money('$2::int - 1')}) p) x where purpose = 'SOCIAL_WORK' group by 1`),
  of(9, 'poorCounties', pilot('p.poor_counties')),
  of(9, 'poorVillages', pilot('p.poor_villages')),
  of(9, 'funds', pilot('round(p.funds / 10000, 2)')),
  of(11, 'associations', organisation('SOCIAL_ORGANISATION')),
  of(11, 'institutions', organisation('SOCIAL_SERVICE_INSTITUTION')),
  of(11, 'foundations', organisation('FOUNDATION')),
  of(11, 'inside', team('ORGANISATION')),
  of(11, 'teams', team('TEAM')),
  of(11, 'stations', `select ${level('d.level')} as key, count(*) as value from station s join division d on d.id = s.division_id join unit u on u.id = s.unit_id where s.kind = 'VOLUNTEERING' and starts_with(u.division_path, $1) and ${stands('s')} group by 1`),
  of(12, 'registered', `select 'ONE' as key, ${volunteersOf('registered_on')} + ${lastOpening('REGISTERED_VOLUNTEERS')} as value`),
  of(12, 'national', `select 'ONE' as key, ${volunteersOf('registered_nationally_on')} + ${lastOpening('NATIONALLY_REGISTERED_VOLUNTEERS')} as value`),
  of(12, 'share', `select 'ONE' as key, round(100.0 * (${volunteersOf('registered_on')} + ${lastOpening('REGISTERED_VOLUNTEERS')})
    / (select s.resident_population from division_statistic s join division v on v.id = s.division_id where v.code = $4 and s.year <= $2::int order by s.year desc limit 1), 2) as value`),
  of(13, 'persons', `with found as (select t.* from volunteer_training t join division d on d.id = t.division_id where starts_with(d.path, $1) and extract(year from t.held_on) = $2::int)
    select id as key, persons as value from found union all select organiser_type, sum(persons) from found group by 1`),
  of(14, 'hours', `select 'ONE' as key, ${hours('s.served_on <= $3::date')} + ${opening('VOLUNTEER_HOURS', '<= $2::int')} as value`),
  of(14, 'hoursOfYear', `select 'ONE' as key, ${hours('extract(year from s.served_on) = $2::int')} + ${opening('VOLUNTEER_HOURS', '= $2::int')} as value`),
  of(15, 'counties', recorded(`c.covered_unit_id is null and d.level = 'COUNTY'`)),
  of(15, 'townships', recorded(`c.covered_unit_id is null and d.level = 'TOWNSHIP'`)),
  of(15, 'communities', recorded(`c.covered_unit_id is null and d.level = 'COMMUNITY'`)),
  of(15, 'units', recorded('c.covered_unit_id is not null')),
  of(16, 'fiscal', `select 'ONE' as key, ${wan('sum(amount)')} as value from (${money('$2::int')}) x where purpose = 'INCENTIVES' and source = 'FISCAL'`),
  of(16, 'lottery', `select 'ONE' as key, ${wan('sum(amount)')} as value from (${money('$2::int')}) x where purpose = 'INCENTIVES' and source = 'WELFARE_LOTTERY'`),
  of(17, 'fiscal', funding(`${volunteering} and source = 'FISCAL'`)),
  of(17, 'lottery', funding(`${volunteering} and source in ${lotteries}`)),
  of(17, 'other', funding(`${volunteering} and source in ${others}`)),
  // The sum adds what is printed.
  of(17, 'total', `select key, sum(value) as value from (select * from (${funding(`${volunteering} and source = 'FISCAL'`)}) a union all select * from (${funding(`${volunteering} and source in ${lotteries}`)}) b union all select * from (${funding(`${volunteering} and source in ${others}`)}) c) x group by 1`),
  of(17, 'operations', funding(`purpose = 'VOLUNTEER_OPERATIONS'`)),
]
