import { Migration } from '@mikro-orm/migrations'
import { oneOf, record, references } from './table.js'

const stations = [
  `create table "station" (${record}, "code" text not null, "name" text not null, "kind" text not null, "unit_id" text not null, "division_id" text not null, "opened_on" date not null, "closed_on" date null, primary key ("id"))`,
  ...references('station', { unit_id: 'unit', division_id: 'division' }),
  `alter table "station" add constraint "station_code_unique" unique ("code")`,
  oneOf('station', 'kind', ['SOCIAL_WORK', 'VOLUNTEERING']),
  `alter table "station" add constraint "station_days" check ("closed_on" is null or "closed_on" > "opened_on")`,
  `create index "station_by_opened_on" on "station" ("opened_on", "id")`,
]

const logs = [
  `create table "work_log" (${record}, "employment_id" text not null, "worked_on" date not null, "booked_on" date not null, "hours" numeric(6,2) not null, "category" text not null, "origin" text not null, "note" text null, "corrects_id" text null, "reason" text null, "unit_id" text not null default '', "person_id" text not null default '', primary key ("id"))`,
  `alter table "work_log" add constraint "work_log_employment_id_foreign" foreign key ("employment_id") references "employment" ("id") on update no action on delete no action`,
  `alter table "work_log" add constraint "work_log_corrects_id_foreign" foreign key ("corrects_id") references "work_log" ("id") on update no action on delete no action`,
  oneOf('work_log', 'category', ['CASE', 'GROUP', 'COMMUNITY', 'SURVEY', 'SUPERVISION', 'TRAINING', 'ADMINISTRATIVE']),
  oneOf('work_log', 'origin', ['SUPERIOR_ASSIGNED', 'COMMUNITY_NEED', 'SELF_INITIATED']),
  `alter table "work_log" add constraint "work_log_hours" check (case when "corrects_id" is null then "hours" > 0 and "hours" <= 24 and "reason" is null and "booked_on" = "worked_on" else "hours" <> 0 and "hours" between -24 and 24 and "reason" is not null and "booked_on" > "worked_on" end)`,
  `create index "work_log_of_employment" on "work_log" ("employment_id", "worked_on", "id")`,
  `create index "work_log_of_unit" on "work_log" ("unit_id", "worked_on", "id")`,
  `create index "work_log_of_person" on "work_log" ("person_id", "worked_on", "id")`,
  `create index "work_log_by_worked_on" on "work_log" ("worked_on", "id")`,
  `create index "work_log_corrects" on "work_log" ("corrects_id") where "corrects_id" is not null`,
  `create function "heli_work_log_place"() returns trigger language plpgsql as $$
begin
  select e.unit_id, w.person_id into new.unit_id, new.person_id from employment e join social_worker w on w.id = e.social_worker_id where e.id = new.employment_id;
  return new;
end $$`,
  `-- An import says the place itself, in one statement for thousands of rows; that it is the right one is seen to below, for all of them at once.
create trigger "work_log_place" before insert on "work_log" for each row when (new.person_id = '') execute function "heli_work_log_place"()`,
  `-- What the rows of an employment copy does not move under them.
create function "heli_employment_fixed"() returns trigger language plpgsql as $$
begin
  raise exception 'an employment stays with its unit and person' using errcode = '23514', constraint = 'employment_fixed', table = tg_table_name;
end $$`,
  `create trigger "employment_fixed" before update on "employment" for each row when (old.unit_id <> new.unit_id or old.social_worker_id <> new.social_worker_id) execute function "heli_employment_fixed"()`,
  `create trigger "social_worker_fixed" before update on "social_worker" for each row when (old.person_id <> new.person_id) execute function "heli_employment_fixed"()`,
  `-- An entry lies where its employment lies, and a day has 24 hours, over all entries of a person, whoever writes them.
create function "heli_work_log_day"() returns trigger language plpgsql as $$
begin
  if exists (select 1 from made m join employment e on e.id = m.employment_id join social_worker w on w.id = e.social_worker_id where m.unit_id <> e.unit_id or m.person_id <> w.person_id) then
    raise exception 'an entry lies where its employment lies' using errcode = '23514', constraint = 'work_log_place', table = tg_table_name;
  end if;
  if exists (select 1 from (select distinct m.person_id, m.worked_on from made m) d
    where (select sum(l.hours) from work_log l where l.person_id = d.person_id and l.worked_on = d.worked_on) not between 0 and 24) then
    raise exception 'a day has 24 hours' using errcode = '23514', constraint = 'work_log_day', table = tg_table_name;
  end if;
  return null;
end $$`,
  `create trigger "work_log_day_insert" after insert on "work_log" referencing new table as made for each statement execute function "heli_work_log_day"()`,
  `create trigger "work_log_day_update" after update on "work_log" referencing new table as made for each statement execute function "heli_work_log_day"()`,
  `select heli_lock_periods('work_log', 'WORKLOGS', 'unit_id', 'booked_on')`,
]

/** Stations, and worklogs that keep to the locks of their months. */
export class Migration00000000000013_worklogs extends Migration {
  override up(): void {
    for (const statement of [...stations, ...logs]) this.addSql(statement)
  }
}
