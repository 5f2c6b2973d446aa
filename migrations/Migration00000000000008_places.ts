import { Migration } from '@mikro-orm/migrations'

/*
 * Rights go by place: the division of an initiative, a task or a track, and the initiative of a track. Each was looked up over one to three other
 * tables for every row that a list or count considered (a page of 20 initiatives: 17,600 buffers); now the row itself knows it, kept by the database
 * as unit paths are. Every trigger reads its parent under a share lock, so that a parent that moves at the same moment cannot leave a row behind.
 */
const columns = [
  `alter table "initiative" add column "division_path" text collate "C" not null default ''`,
  `alter table "task" add column "division_path" text collate "C" not null default ''`,
  `alter table "assignment" add column "division_path" text collate "C" not null default '', add column "initiative_id" text null`,
]

const functions = [
  `create function "heli_initiative_place"() returns trigger language plpgsql as $$
begin
  select d.path into new.division_path from division d where d.id = new.division_id for share;
  new.division_path := coalesce(new.division_path, '');
  return new;
end $$`,
  `create function "heli_task_place"() returns trigger language plpgsql as $$
begin
  if new.initiative_id is not null then
    select i.division_path into new.division_path from initiative i where i.id = new.initiative_id for share;
  else
    select u.division_path into new.division_path from unit u where u.id = new.issuing_unit_id for share;
  end if;
  new.division_path := coalesce(new.division_path, '');
  return new;
end $$`,
  `create function "heli_assignment_place"() returns trigger language plpgsql as $$
begin
  select t.division_path, t.initiative_id into new.division_path, new.initiative_id from task t where t.id = new.task_id for share;
  new.division_path := coalesce(new.division_path, '');
  return new;
end $$`,
  `create function "heli_initiative_place_below"() returns trigger language plpgsql as $$
begin
  update task set division_path = new.division_path where initiative_id = new.id;
  return null;
end $$`,
  `create function "heli_task_place_below"() returns trigger language plpgsql as $$
begin
  update assignment set division_path = new.division_path, initiative_id = new.initiative_id where task_id = new.id;
  return null;
end $$`,
  `create function "heli_unit_place_below"() returns trigger language plpgsql as $$
begin
  update task set division_path = new.division_path where issuing_unit_id = new.id and initiative_id is null;
  return null;
end $$`,
  `create function "heli_division_place_below"() returns trigger language plpgsql as $$
begin
  update initiative set division_path = new.path where division_id = new.id;
  return null;
end $$`,
]

const refusal = [
  `-- Ends a transaction whose writer may not do what it did; in the place of the record, so that the commit may be sent along with either.
create function "heli_refuse"() returns bigint language plpgsql as $$ begin raise exception 'refused' using errcode = 'HL403'; end $$`,
  `-- The record and the commit are sent together, so the database itself holds that one does not go without the other: an act is recorded
-- inside the transaction that claimed its key, and no claim is committed without the result of its record.
create function "heli_record_act"("entry" jsonb) returns bigint language plpgsql as $$
begin
  if coalesce(current_setting('heli.act', true), '') = '' then raise exception 'an act goes on record inside its own transaction'; end if;
  return heli_record(entry);
end $$`,
  `create function "heli_claimed"() returns trigger language plpgsql as $$
begin
  if exists (select 1 from idempotency i where i.actor = new.actor and i.mutation = new.mutation and i.key = new.key and i.subject_id is null) then
    raise exception 'an act is committed together with its record';
  end if;
  return null;
end $$`,
  `create constraint trigger "idempotency_claimed" after insert or update on "idempotency" deferrable initially deferred for each row execute function "heli_claimed"()`,
]

const triggers = [
  `create trigger "initiative_place" before insert or update of "division_id" on "initiative" for each row execute function "heli_initiative_place"()`,
  `create trigger "task_place" before insert or update of "initiative_id", "issuing_unit_id" on "task" for each row execute function "heli_task_place"()`,
  `create trigger "assignment_place" before insert or update of "task_id" on "assignment" for each row execute function "heli_assignment_place"()`,
  `create trigger "initiative_place_below" after update on "initiative" for each row when (old.division_path is distinct from new.division_path) execute function "heli_initiative_place_below"()`,
  `create trigger "task_place_below" after update on "task" for each row
  when (old.division_path is distinct from new.division_path or old.initiative_id is distinct from new.initiative_id) execute function "heli_task_place_below"()`,
  `create trigger "unit_place_below" after update on "unit" for each row when (old.division_path is distinct from new.division_path) execute function "heli_unit_place_below"()`,
  `create trigger "division_place_below" after update on "division" for each row when (old.path is distinct from new.path) execute function "heli_division_place_below"()`,
]

// Before the triggers exist, so that nothing is written twice.
const filling = [
  `update "initiative" i set division_path = d.path from "division" d where d.id = i.division_id`,
  `update "task" t set division_path = coalesce((select i.division_path from initiative i where i.id = t.initiative_id), (select u.division_path from unit u where u.id = t.issuing_unit_id), '')`,
  `update "assignment" a set division_path = t.division_path, initiative_id = t.initiative_id from "task" t where t.id = a.task_id`,
]

const indexes = [
  // Which initiatives a unit has work in, and which units have work in an initiative: both without touching a row.
  `create index "assignment_unit_initiative" on "assignment" ("unit_id", "initiative_id")`,
  `create index "assignment_initiative_unit" on "assignment" ("initiative_id", "unit_id")`,
  // Open tracks of a unit: without it the index by status alone is read through for each unit of a division (P3: 400 ms instead of 15).
  `create index "assignment_unit_status" on "assignment" ("unit_id", "status")`,
  // What lists can be ordered by, so that a page is read from its place and not sorted out of all rows (100,000 tasks: 150 ms, and 2.5 s where each is judged first).
  ...['created_at', 'updated_at', 'issued_on', 'title', 'status', 'urgency'].map((column) => `create index "task_by_${column}" on "task" ("${column}", "id")`),
  ...['created_at', 'updated_at', 'progress', 'status'].map((column) => `create index "assignment_by_${column}" on "assignment" ("${column}", "id")`),
  ...['created_at', 'updated_at', 'title', 'starts_on', 'ends_on'].map((column) => `create index "initiative_by_${column}" on "initiative" ("${column}", "id")`),
  // Days that most rows do not have and lists are narrowed by.
  ...['completed_on', 'closed_on', 'suspended_on'].map((column) => `create index "task_${column}" on "task" ("${column}") where "${column}" is not null`),
  ...['accepted_on', 'reported_on', 'completed_on'].map((column) => `create index "assignment_${column}" on "assignment" ("${column}") where "${column}" is not null`),
  // A list in its fixed order, read and not sorted.
  `create index "participation_order" on "participation" ("initiative_id", "id")`,
]

/** Division paths on initiatives, tasks and assignments, the initiative on assignments, and the indexes that rights and lists go by. */
export class Migration00000000000008_places extends Migration {
  override up(): void {
    for (const statement of [...columns, ...functions, ...refusal, ...filling, ...triggers, ...indexes]) this.addSql(statement)
  }
}
