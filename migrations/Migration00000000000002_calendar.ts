import { Migration } from '@mikro-orm/migrations'

const record = `"id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now()`

const calendar = [
  `create table "calendar_year" (${record}, "year" int not null, "basis" text not null, primary key ("id"))`,
  `alter table "calendar_year" add constraint "calendar_year_year_unique" unique ("year")`,
  `create table "calendar_day" (${record}, "year_id" text not null, "on" date not null, "kind" text not null, "name" text not null, primary key ("id"))`,
  `create index "calendar_day_year_id_index" on "calendar_day" ("year_id")`,
  `alter table "calendar_day" add constraint "calendar_day_on_unique" unique ("on")`,
  `alter table "calendar_day" add constraint "calendar_day_kind_check" check ("kind" in ('HOLIDAY', 'MAKE_UP_WORKDAY'))`,
  `alter table "calendar_day" add constraint "calendar_day_year_id_foreign" foreign key ("year_id") references "calendar_year" ("id") on update no action on delete no action`,
  `alter table "calendar_day" add constraint "calendar_day_make_up_on_weekend" check ("kind" <> 'MAKE_UP_WORKDAY' or extract(isodow from "on") in (6, 7))`,
  `-- Every day of the years known, with the number of working days from the first of them up to and including it.
create table "working_day" ("day" date primary key, "is_working" boolean not null, "ordinal" integer not null)`,
  `create unique index "working_day_nth" on "working_day" ("ordinal") where "is_working"`,
  `create function "heli_calendar_rebuild"() returns void language plpgsql as $$
begin
  -- Two writers at once would each count without the other's year; readers are not held up.
  lock table working_day in share row exclusive mode;
  if exists (select 1 from calendar_year having max(year) - min(year) >= count(*)) then
    raise exception 'the years of the calendar must follow each other' using errcode = '23514', constraint = 'calendar_year_no_gap', table = 'calendar_year';
  end if;
  delete from working_day;
  insert into working_day (day, is_working, ordinal)
    select d.day, d.is_working, sum(d.is_working::integer) over (order by d.day)
    from (
      select s.day, coalesce(c.kind = 'MAKE_UP_WORKDAY', extract(isodow from s.day) < 6) as is_working
      from calendar_year y
      cross join lateral (select make_date(y.year, 1, 1) + n as day from generate_series(0, make_date(y.year, 12, 31) - make_date(y.year, 1, 1)) n) s
      left join calendar_day c on c."on" = s.day
    ) d;
end $$`,
  `create function "heli_calendar_changed"() returns trigger language plpgsql as $$ begin perform heli_calendar_rebuild(); return null; end $$`,
  `create trigger "calendar_year_changed" after insert or update or delete or truncate on "calendar_year" for each statement execute function "heli_calendar_changed"()`,
  `create trigger "calendar_day_changed" after insert or update or delete or truncate on "calendar_day" for each statement execute function "heli_calendar_changed"()`,
  `create function "heli_is_working_day"("at_day" date) returns boolean language sql stable parallel safe as $$ select (select w.is_working from working_day w where w.day = at_day) $$`,
  `create function "heli_working_days"("from_day" date, "to_day" date) returns integer language sql stable parallel safe as $$
  select (select w.ordinal from working_day w where w.day = to_day) - (select w.ordinal from working_day w where w.day = from_day) $$`,
  `create function "heli_working_day_after"("from_day" date, "n" integer) returns date language sql stable parallel safe as $$
  select case
    when n = 0 then (select f.day from working_day f where f.day = from_day)
    -- Backwards from a day off, the first working day before it already has the day's own ordinal.
    else (select w.day from working_day w where w.is_working and w.ordinal = (select f.ordinal + n::bigint + case when n < 0 and not f.is_working then 1 else 0 end from working_day f where f.day = from_day))
  end $$`,
  `-- The year without a calendar that a count from a day runs into; asked only where the count is null.
create function "heli_calendar_missing_year"("from_day" date, "n" integer) returns integer language sql stable parallel safe as $$
  select case
    when not exists (select 1 from working_day w where w.day = from_day) then extract(year from from_day)::integer
    when n < 0 then (select min(y.year) - 1 from calendar_year y)
    else (select max(y.year) + 1 from calendar_year y)
  end $$`,
]

const supervision = [
  `create table "supervision_policy" (${record}, "division_id" text not null, "name" text not null, "valid_from" date not null, "valid_to" date null, "basis_id" text not null, "accept_within_days" int not null, "report_every_days" int not null, primary key ("id"))`,
  `create index "supervision_policy_division_id_index" on "supervision_policy" ("division_id")`,
  `create index "supervision_policy_basis_id_index" on "supervision_policy" ("basis_id")`,
  `create table "light_rule" (${record}, "policy_id" text not null, "level" text not null, "colour" text not null, "trigger" text null, "threshold" int null, "sends_slip" boolean not null default false, primary key ("id"))`,
  `create index "light_rule_policy_id_index" on "light_rule" ("policy_id")`,
  `alter table "light_rule" add constraint "light_rule_level_check" check ("level" in ('NONE', 'APPROACHING', 'LATE', 'SERIOUS'))`,
  `alter table "light_rule" add constraint "light_rule_trigger_check" check ("trigger" in ('DAYS_TO_DUE', 'DAYS_LATE', 'BEHIND_OR_POOR', 'PREVIOUS_SLIP_UNANSWERED'))`,
  `alter table "supervision_policy" add constraint "supervision_policy_division_id_foreign" foreign key ("division_id") references "division" ("id") on update no action on delete no action`,
  `alter table "supervision_policy" add constraint "supervision_policy_basis_id_foreign" foreign key ("basis_id") references "policy_document" ("id") on update no action on delete no action`,
  `alter table "light_rule" add constraint "light_rule_policy_id_foreign" foreign key ("policy_id") references "supervision_policy" ("id") on update no action on delete no action`,
  `alter table "supervision_policy" add constraint "supervision_policy_no_overlap" exclude using gist ("division_id" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "supervision_policy" add constraint "supervision_policy_limits" check ("accept_within_days" between 1 and 366 and "report_every_days" between 1 and 366)`,
  `alter table "light_rule" add constraint "light_rule_shape" check (case when "level" = 'NONE' then "trigger" is null and "threshold" is null and not "sends_slip" else "trigger" is not null and "threshold" is not null end)`,
  `create unique index "light_rule_once" on "light_rule" ("policy_id", "level", coalesce("trigger", ''))`,
  `-- The policy in force on a day: the division's own, or that of the nearest division above it that has one.
create function "heli_supervision_policy"("of_division_id" text, "at_day" date) returns text language sql stable parallel safe as $$
  select p.id
  from division d
  join division a on a.code = any(string_to_array(d.path, '/'))
  join supervision_policy p on p.division_id = a.id and p.valid_from <= at_day and (p.valid_to is null or p.valid_to > at_day)
  where d.id = of_division_id
  order by length(a.path) desc
  limit 1 $$`,
]

/** The statutory calendar with its count of working days, and the rules of supervision by region. */
export class Migration00000000000002_calendar extends Migration {
  override up(): void {
    for (const statement of [...calendar, ...supervision]) this.addSql(statement)
  }
}
