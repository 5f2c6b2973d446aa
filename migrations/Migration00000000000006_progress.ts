import { Migration } from '@mikro-orm/migrations'

const record = `"id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now()`
const references = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns).flatMap(([column, to]) => [
    `create index "${table}_${column}_index" on "${table}" ("${column}")`,
    `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete no action`,
  ])
const ofTrack = { assignment_id: 'assignment', task_id: 'task' }

const tables = [
  `create table "progress_report" (${record}, "assignment_id" text not null, "task_id" text not null, "unit_id" text not null, "period_from" date not null, "period_to" date not null, "percent" int not null, "text" text not null, "is_result" boolean not null default false, "reporter_id" text null, "reported_on" date not null, primary key ("id"))`,
  ...references('progress_report', { ...ofTrack, unit_id: 'unit', reporter_id: 'person' }),
  `create table "review" (${record}, "assignment_id" text not null, "task_id" text not null, "report_id" text null, "verdict" text not null, "text" text not null, "reviewer_id" text null, "reviewed_on" date not null, primary key ("id"))`,
  ...references('review', { ...ofTrack, report_id: 'progress_report', reviewer_id: 'person' }),
  `alter table "review" add constraint "review_verdict_check" check ("verdict" in ('GOOD', 'FAIR', 'POOR'))`,
  `create table "extension_request" (${record}, "assignment_id" text not null, "task_id" text not null, "unit_id" text not null, "status" text not null default 'PENDING', "requested_on" date not null, "requested_by_id" text null, "old_due_on" date not null, "new_due_on" date not null, "reason" text not null, "progress_so_far" text not null, "decided_due_on" date null, "decided_on" date null, "decided_by_id" text null, "decision_note" text null, primary key ("id"))`,
  ...references('extension_request', { ...ofTrack, unit_id: 'unit', requested_by_id: 'person', decided_by_id: 'person' }),
  `alter table "extension_request" add constraint "extension_request_status_check" check ("status" in ('PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'))`,
  `create table "comment" (${record}, "task_id" text not null, "unit_id" text not null, "author_id" text null, "visibility" text not null, "text" text null, "withdrawn_at" timestamptz(3) null, primary key ("id"))`,
  ...references('comment', { task_id: 'task', unit_id: 'unit', author_id: 'person' }),
  `alter table "comment" add constraint "comment_visibility_check" check ("visibility" in ('INTERNAL', 'ALL'))`,
]

const rules = [
  `alter table "progress_report" add constraint "progress_report_period" check ("period_from" <= "period_to" and "period_to" <= "reported_on")`,
  `alter table "progress_report" add constraint "progress_report_percent" check ("percent" between 0 and 100 and (not "is_result" or "percent" = 100))`,
  `alter table "extension_request" add constraint "extension_request_later" check ("new_due_on" > "old_due_on")`,
  `alter table "extension_request" add constraint "extension_request_decision" check (
    ("status" in ('APPROVED', 'REJECTED')) = ("decided_on" is not null) and ("status" = 'APPROVED') = ("decided_due_on" is not null))`,
  `create unique index "extension_request_one_pending" on "extension_request" ("assignment_id") where "status" = 'PENDING'`,
  `alter table "comment" add constraint "comment_withdrawn" check (("withdrawn_at" is null) = ("text" is not null))`,
  // The latest of a track, and the lists of a track, of a task and of all, each in the order in which they are mostly asked for.
  `create index "progress_report_of_track" on "progress_report" ("assignment_id", "reported_on", "id")`,
  `create index "progress_report_of_task" on "progress_report" ("task_id", "reported_on", "id")`,
  `create index "progress_report_reported" on "progress_report" ("reported_on", "id")`,
  `create index "review_of_track" on "review" ("assignment_id", "reviewed_on", "id")`,
  `create index "review_reviewed" on "review" ("reviewed_on", "id")`,
  `create index "extension_request_requested" on "extension_request" ("requested_on", "id")`,
  `create index "extension_request_waiting" on "extension_request" ("requested_on", "id") where "status" = 'PENDING'`,
  `create index "comment_of_task" on "comment" ("task_id", "created_at", "id")`,
  `create index "comment_created" on "comment" ("created_at", "id")`,
]

/** What happens on a track: progress reports, reviews, requests for more time; and comments on a task. */
export class Migration00000000000006_progress extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
