import { Migration } from '@mikro-orm/migrations'

const trackStates = `('PROPOSED', 'ISSUED', 'ACCEPTED', 'REFUSED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'EXCUSED', 'TERMINATED')`
const taskStates = `('DRAFT', 'PENDING_ISSUE', 'ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'CLOSED', 'SUSPENDED', 'TERMINATED')`
const reference = (table: string, column: string, to: string) => `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete no action`

const columns = [
  `alter table "task" add "policy_id" text null, add "completed_on" date null, add "closed_on" date null, add "suspended_on" date null, add "suspended_from" text null, add "suspended_with" text null`,
  `create index "task_policy_id_index" on "task" ("policy_id")`,
  `alter table "task" add constraint "task_suspended_from_check" check ("suspended_from" in ${taskStates})`,
  reference('task', 'policy_id', 'supervision_policy'),
  `alter table "task" add constraint "task_suspension" check (("status" = 'SUSPENDED') = ("suspended_from" is not null)) not valid`,
  `alter table "assignment" add "accept_by" date null, add "report_by" date null, add "accepted_on" date null, add "reported_on" date null, add "completed_on" date null, add "is_frozen" boolean not null default false, add "is_redone" boolean not null default false`,
  `create table "task_step" (
    "id" text not null, "seq" bigint not null, "task_id" text not null, "assignment_id" text null, "at" timestamptz(3) not null, "on_day" date not null, "act" text null, "person_id" text null, "note" text null,
    "task_from" text null, "task_to" text null, "track_from" text null, "track_to" text null, "due_from" date null, "due_to" date null, "unit_from_id" text null, "unit_to_id" text null, primary key ("id")
  )`,
  `create index "task_step_task_id_index" on "task_step" ("task_id")`,
  `create index "task_step_assignment_id_index" on "task_step" ("assignment_id")`,
  `alter table "task_step" add constraint "task_step_task_from_check" check ("task_from" in ${taskStates})`,
  `alter table "task_step" add constraint "task_step_task_to_check" check ("task_to" in ${taskStates})`,
  `alter table "task_step" add constraint "task_step_track_from_check" check ("track_from" in ${trackStates})`,
  `alter table "task_step" add constraint "task_step_track_to_check" check ("track_to" in ${trackStates})`,
  reference('task_step', 'task_id', 'task'),
  reference('task_step', 'assignment_id', 'assignment'),
  reference('task_step', 'person_id', 'person'),
  reference('task_step', 'unit_from_id', 'unit'),
  reference('task_step', 'unit_to_id', 'unit'),
  `create index "task_step_of_task" on "task_step" ("task_id", "seq")`,
  `create index "task_step_of_track" on "task_step" ("assignment_id", "seq")`,
  `create index "task_step_on_day" on "task_step" ("on_day", "assignment_id")`,
  `create index "assignment_accept_by" on "assignment" ("accept_by") where "status" = 'ISSUED'`,
  `create index "assignment_report_by" on "assignment" ("report_by") where "status" in ('ACCEPTED', 'IN_PROGRESS')`,
]

const rules = [
  `create sequence "task_step_seq"`,
  `-- The history of a task and of its tracks: whoever changes state, due day or unit, a file included, leaves a step. Who and why is told in heli.act.
create function "heli_task_step"() returns trigger language plpgsql as $$
declare
  told jsonb := coalesce(nullif(current_setting('heli.act', true), ''), '{}')::jsonb;
  n bigint := nextval('task_step_seq');
  today date := coalesce((told->>'day')::date, (now() at time zone 'Asia/Shanghai')::date);
begin
  if tg_table_name = 'task' then
    insert into task_step (id, seq, task_id, at, on_day, act, person_id, note, task_from, task_to, due_from, due_to)
      values ('step_' || lpad(n::text, 26, '0'), n, new.id, clock_timestamp(), today, told->>'act', told->>'person', told->>'note', old.status, new.status, old.due_on, new.due_on);
  else
    insert into task_step (id, seq, task_id, assignment_id, at, on_day, act, person_id, note, track_from, track_to, due_from, due_to, unit_from_id, unit_to_id)
      values ('step_' || lpad(n::text, 26, '0'), n, new.task_id, new.id, clock_timestamp(), today, told->>'act', told->>'person', told->>'note', old.status, new.status, old.due_on, new.due_on, old.unit_id, new.unit_id);
  end if;
  return null;
end $$`,
  `create trigger "task_step" after update on "task" for each row
  when (old.status <> new.status or old.due_on is distinct from new.due_on) execute function "heli_task_step"()`,
  `create trigger "assignment_step" after update on "assignment" for each row
  when (old.status <> new.status or old.due_on is distinct from new.due_on or old.unit_id <> new.unit_id) execute function "heli_task_step"()`,
  `create trigger "task_step_append_only" before update or delete or truncate on "task_step" for each statement execute function "heli_append_only"()`,
  `-- A suspended task holds the clocks of its tracks.
create function "heli_task_frozen_below"() returns trigger language plpgsql as $$
begin
  update assignment set is_frozen = (new.status = 'SUSPENDED') where task_id = new.id and is_frozen <> (new.status = 'SUSPENDED');
  return null;
end $$`,
  `create trigger "task_frozen_below" after update on "task" for each row
  when ((old.status = 'SUSPENDED') <> (new.status = 'SUSPENDED')) execute function "heli_task_frozen_below"()`,
  `-- What a file brings in: the state before a suspension is not known, so it goes on as issued; the rules of the day of issue apply.
create function "heli_task_rules"() returns trigger language plpgsql as $$
begin
  if new.status = 'SUSPENDED' and new.suspended_from is null then
    new.suspended_from := 'ISSUED';
    new.suspended_with := new.id;
    new.suspended_on := coalesce(new.suspended_on, new.issued_on, (now() at time zone 'Asia/Shanghai')::date);
  elsif new.status <> 'SUSPENDED' then
    new.suspended_from := null;
    new.suspended_with := null;
    new.suspended_on := null;
  end if;
  if new.policy_id is null and new.issued_on is not null then
    new.policy_id := heli_supervision_policy((select u.division_id from unit u where u.id = new.issuing_unit_id), new.issued_on);
  end if;
  return new;
end $$`,
  `create trigger "task_rules" before insert or update of "status", "issued_on" on "task" for each row execute function "heli_task_rules"()`,
  `create function "heli_assignment_rules"() returns trigger language plpgsql as $$
begin
  new.is_frozen := coalesce((select t.status = 'SUSPENDED' from task t where t.id = new.task_id), false);
  if new.status = 'ISSUED' and new.accept_by is null then
    new.accept_by := (select heli_working_day_after(t.issued_on, p.accept_within_days) from task t join supervision_policy p on p.id = t.policy_id where t.id = new.task_id);
  end if;
  return new;
end $$`,
  `create trigger "assignment_rules" before insert on "assignment" for each row execute function "heli_assignment_rules"()`,
  `update "task" set "issued_on" = "issued_on" where "issued_on" is not null or "status" = 'SUSPENDED'`,
  `update "assignment" a set "is_frozen" = true from "task" t where t.id = a.task_id and t.status = 'SUSPENDED'`,
  `alter table "task" validate constraint "task_suspension"`,
]

/** Task ownership: lifecycles, limits, suspension, and the history that the database keeps by itself. */
export class Migration00000000000003_ownership extends Migration {
  override up(): void {
    for (const statement of [...columns, ...rules]) this.addSql(statement)
  }
}
