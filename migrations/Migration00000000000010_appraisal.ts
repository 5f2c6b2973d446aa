import { Migration } from '@mikro-orm/migrations'

const record = `"id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now()`
const references = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns).flatMap(([column, to]) => [
    `create index "${table}_${column}_index" on "${table}" ("${column}")`,
    `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete no action`,
  ])
const counts = ['track_count', 'due_count', 'on_time_count', 'late_count', 'late_days', 'reported_count', 'returned_count', 'accepted_count', 'acceptance_days', 'extension_count']
const reasons = `('LATE_REPORT', 'LATE_ACCEPTANCE', 'RETURNED', 'MANUAL')`

const tables = [
  `create table "deduction_rule" (${record}, "division_id" text not null, "reason" text not null, "points" numeric(8,2) not null, "max_per_month" numeric(8,2) null, "valid_from" date not null, "valid_to" date null, "basis_id" text not null, primary key ("id"))`,
  ...references('deduction_rule', { division_id: 'division', basis_id: 'policy_document' }),
  `alter table "deduction_rule" add constraint "deduction_rule_reason_check" check ("reason" in ${reasons})`,
  `create table "score_period" (${record}, "division_id" text not null, "month" text not null, "status" text not null default 'OPEN', "computed_on" date not null, "published_on" date null, "published_by_id" text null, primary key ("id"))`,
  ...references('score_period', { division_id: 'division', published_by_id: 'person' }),
  `alter table "score_period" add constraint "score_period_status_check" check ("status" in ('OPEN', 'PUBLISHED'))`,
  `create table "unit_score" (${record}, "period_id" text not null, "unit_id" text not null, ${counts.map((name) => `"${name}" int not null`).join(', ')}, "points_deducted" numeric(8,2) not null, "score" numeric(8,2) not null, primary key ("id"))`,
  ...references('unit_score', { period_id: 'score_period', unit_id: 'unit' }),
  `create table "deduction" (${record}, "unit_score_id" text not null, "period_id" text not null, "unit_id" text not null, "reason" text not null, "points" numeric(8,2) not null, "occurred_on" date not null, "days_late" int null, "task_id" text null, "assignment_id" text null, "rule_id" text null, "is_automatic" boolean not null default false, "text" text null, "added_by_id" text null, "appeal_status" text not null default 'NONE', "appeal_text" text null, "appealed_on" date null, "appealed_by_id" text null, "decided_on" date null, "decided_by_id" text null, "decision_note" text null, "turn" int not null default 1, primary key ("id"))`,
  ...references('deduction', { unit_score_id: 'unit_score', period_id: 'score_period', unit_id: 'unit', task_id: 'task', assignment_id: 'assignment', rule_id: 'deduction_rule', added_by_id: 'person', appealed_by_id: 'person', decided_by_id: 'person' }),
  `alter table "deduction" add constraint "deduction_reason_check" check ("reason" in ${reasons})`,
  `alter table "deduction" add constraint "deduction_appeal_status_check" check ("appeal_status" in ('NONE', 'APPEALED', 'UPHELD', 'CANCELLED'))`,
]

const rules = [
  `alter table "deduction_rule" add constraint "deduction_rule_points" check ("points" > 0 and "points" <= 100 and ("max_per_month" is null or "max_per_month" >= "points"))`,
  `alter table "deduction_rule" add constraint "deduction_rule_not_manual" check ("reason" <> 'MANUAL')`,
  `alter table "deduction_rule" add constraint "deduction_rule_no_overlap" exclude using gist ("division_id" with =, "reason" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "score_period" add constraint "score_period_month" check ("month" ~ '^\\d{4}-(0[1-9]|1[0-2])$')`,
  `alter table "score_period" add constraint "score_period_once" unique ("division_id", "month")`,
  `alter table "score_period" add constraint "score_period_published" check (("status" = 'PUBLISHED') = ("published_on" is not null))`,
  `alter table "unit_score" add constraint "unit_score_once" unique ("period_id", "unit_id")`,
  `alter table "unit_score" add constraint "unit_score_figures" check ("due_count" = "on_time_count" + "late_count" and "score" = greatest(100 - "points_deducted", 0) and "points_deducted" >= 0)`,
  `alter table "deduction" add constraint "deduction_points" check ("points" >= 0 and "points" <= 100)`,
  `alter table "deduction" add constraint "deduction_by_hand" check (("reason" = 'MANUAL') = (not "is_automatic") and ("reason" = 'MANUAL') = ("text" is not null) and ("reason" <> 'MANUAL') = ("rule_id" is not null))`,
  `alter table "deduction" add constraint "deduction_appeal" check (("appeal_status" = 'NONE') = ("appealed_on" is null) and ("appeal_status" in ('UPHELD', 'CANCELLED')) = ("decided_on" is not null))`,
  `create unique index "deduction_once" on "deduction" ("unit_score_id", "reason", "assignment_id", "occurred_on", "turn") where "is_automatic"`,
  `create index "score_period_month_of" on "score_period" ("month", "id")`,
  `create index "unit_score_by_score" on "unit_score" ("score", "id")`,
  `create index "unit_score_of_period" on "unit_score" ("period_id", "score", "id")`,
  `create index "deduction_of_score" on "deduction" ("unit_score_id", "occurred_on", "id")`,
  `create index "deduction_occurred" on "deduction" ("occurred_on", "id")`,
  `create index "deduction_appealed" on "deduction" ("period_id") where "appeal_status" = 'APPEALED'`,
  `-- The rule in force on a day for a reason: the division's own, or that of the nearest division above it that has one.
create function "heli_deduction_rule"("of_division_id" text, "for_reason" text, "at_day" date) returns text language sql stable parallel safe as $$
  select r.id
  from division d
  join division a on a.code = any(string_to_array(d.path, '/'))
  join deduction_rule r on r.division_id = a.id and r.reason = for_reason and r.valid_from <= at_day and (r.valid_to is null or r.valid_to > at_day)
  where d.id = of_division_id
  order by length(a.path) desc
  limit 1 $$`,
  `-- A published month is locked, whoever writes. The month's row is held, so that it cannot be published while something in it changes.
create function "heli_score_locked"() returns trigger language plpgsql as $$
begin
  if (select p.status from score_period p where p.id = coalesce(new.period_id, old.period_id) for share) = 'PUBLISHED' then
    raise exception 'the month is published' using errcode = '23514', constraint = 'score_period_locked', table = tg_table_name;
  end if;
  return coalesce(new, old);
end $$`,
  ...['unit_score', 'deduction'].map((table) => `create trigger "${table}_locked" before insert or update or delete on "${table}" for each row execute function "heli_score_locked"()`),
  `create function "heli_score_period_locked"() returns trigger language plpgsql as $$
begin
  raise exception 'the month is published' using errcode = '23514', constraint = 'score_period_locked', table = tg_table_name;
end $$`,
  `create trigger "score_period_locked" before update or delete on "score_period" for each row when (old.status = 'PUBLISHED') execute function "heli_score_period_locked"()`,
]

/** Appraisal of units by month: rules of deduction, figures and scores, deductions and appeals. */
export class Migration00000000000010_appraisal extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
