import { Migration } from '@mikro-orm/migrations'

const statements = [
  `create table "attachment" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "task_id" text not null, "assignment_id" text null, "file_name" text not null, "media_type" text not null, "size" int not null, "sha256" text not null, "uploaded_by_id" text null, "unit_id" text not null, "note" text null, "withdrawn_at" timestamptz(3) null, primary key ("id"))`,
  ...['task', 'assignment', 'uploaded_by', 'unit'].map((link) => `create index "attachment_${link}_id_index" on "attachment" ("${link}_id")`),
  `alter table "attachment" add constraint "attachment_task_id_foreign" foreign key ("task_id") references "task" ("id") on update no action on delete no action`,
  `alter table "attachment" add constraint "attachment_assignment_id_foreign" foreign key ("assignment_id") references "assignment" ("id") on update no action on delete no action`,
  `alter table "attachment" add constraint "attachment_uploaded_by_id_foreign" foreign key ("uploaded_by_id") references "person" ("id") on update no action on delete no action`,
  `alter table "attachment" add constraint "attachment_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "attachment" add constraint "attachment_size_check" check ("size" > 0)`,
  `alter table "attachment" add constraint "attachment_sha256_check" check ("sha256" ~ '^[0-9a-f]{64}$')`,
  `-- The bytes, or the key of the object that holds them. Readers have no policy on it, so for them it is empty: only the owner gives content out, after the engine was asked.
create table "attachment_content" (
  "attachment_id" text not null references "attachment" ("id"), "storage_key" text not null unique, "bytes" bytea null, primary key ("attachment_id")
)`,
  // Documents are compressed already; trying again costs time and gains nothing.
  `alter table "attachment_content" alter column "bytes" set storage external`,
  `alter table "attachment_content" enable row level security`,
]

/** Attachments and their content. */
export class Migration00000000000005_evidence extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}
