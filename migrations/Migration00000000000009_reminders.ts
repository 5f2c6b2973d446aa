import { Migration } from '@mikro-orm/migrations'

const record = `"id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now()`
const levels = `('NONE', 'APPROACHING', 'LATE', 'SERIOUS')`
const references = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns).flatMap(([column, to]) => [
    `create index "${table}_${column}_index" on "${table}" ("${column}")`,
    `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete no action`,
  ])

const reminders = [
  `create table "reminder" (${record}, "assignment_id" text not null, "task_id" text not null, "unit_id" text not null, "to_unit_id" text not null, "level" text not null, "text" text not null, "sent_on" date not null, "sent_by_id" text null, "is_automatic" boolean not null default false, "rule_id" text null, "slip_year" int null, "slip_number" int null, "round" int not null, primary key ("id"))`,
  ...references('reminder', { assignment_id: 'assignment', task_id: 'task', unit_id: 'unit', to_unit_id: 'unit', sent_by_id: 'person', rule_id: 'light_rule' }),
  `alter table "reminder" add constraint "reminder_level_check" check ("level" in ${levels})`,
  `alter table "reminder" add constraint "reminder_pressing" check ("level" <> 'NONE')`,
  `alter table "reminder" add constraint "reminder_slip" check (("slip_year" is null) = ("slip_number" is null) and ("rule_id" is null or "slip_number" is not null) and ("slip_year" is null or "slip_year" = extract(year from "sent_on")))`,
  `-- A rule sends one slip in each round of a track, whatever crashes in between.
create unique index "reminder_once" on "reminder" ("assignment_id", "rule_id", "round") where "rule_id" is not null`,
  `create unique index "reminder_slip_number" on "reminder" ("unit_id", "slip_year", "slip_number") where "slip_number" is not null`,
  `create index "reminder_of_track" on "reminder" ("assignment_id", "sent_on", "id")`,
  `create index "reminder_of_task" on "reminder" ("task_id", "sent_on", "id")`,
  `create index "reminder_sent" on "reminder" ("sent_on", "id")`,
  `-- The last number of each unit's year: taken and counted on in the transaction that sends the slip, so that none is lost and none given twice.
create table "slip_counter" ("unit_id" text not null references "unit" ("id"), "year" int not null, "last" int not null, primary key ("unit_id", "year"))`,
]

/** Reminders and supervision slips, numbered by unit and year. */
export class Migration00000000000009_reminders extends Migration {
  override up(): void {
    for (const statement of reminders) this.addSql(statement)
  }
}
