import { Migration } from '@mikro-orm/migrations'

const tables = [
  `create table "joint_conference" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "code" text not null, "name" text not null, "division_id" text not null, "convenor_id" text not null, "document_id" text null, "founded_on" date not null, "ended_on" date null, primary key ("id"))`,
  `alter table "joint_conference" add constraint "joint_conference_code_unique" unique ("code")`,
  `create index "joint_conference_division_id_index" on "joint_conference" ("division_id")`,
  `create index "joint_conference_convenor_id_index" on "joint_conference" ("convenor_id")`,
  `create index "joint_conference_document_id_index" on "joint_conference" ("document_id")`,
  `create table "meeting" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "conference_id" text not null, "number" int not null, "held_on" date not null, "title" text not null, "minutes" text null, "status" text not null default 'PLANNED', primary key ("id"))`,
  `create index "meeting_held_on_index" on "meeting" ("held_on")`,
  `create index "meeting_status_index" on "meeting" ("status")`,
  `create table "resolution" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "meeting_id" text not null, "number" int not null, "text" text not null, "responsible_id" text null, "due_on" date null, "status" text not null default 'AGREED', primary key ("id"))`,
  `create index "resolution_responsible_id_index" on "resolution" ("responsible_id")`,
  `create index "resolution_due_on_index" on "resolution" ("due_on")`,
  `create index "resolution_status_index" on "resolution" ("status")`,
  `create table "resolution_task" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "resolution_id" text not null, "task_id" text not null, primary key ("id"))`,
  `create index "resolution_task_resolution_id_index" on "resolution_task" ("resolution_id")`,
  `create table "conference_member" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "conference_id" text not null, "unit_id" text not null, "liaison_id" text null, "joined_on" date not null, "left_on" date null, primary key ("id"))`,
  `create index "conference_member_conference_id_index" on "conference_member" ("conference_id")`,
  `create index "conference_member_unit_id_index" on "conference_member" ("unit_id")`,
  `create index "conference_member_liaison_id_index" on "conference_member" ("liaison_id")`,
  `alter table "joint_conference" add constraint "joint_conference_division_id_foreign" foreign key ("division_id") references "division" ("id") on update no action on delete no action`,
  `alter table "joint_conference" add constraint "joint_conference_convenor_id_foreign" foreign key ("convenor_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "joint_conference" add constraint "joint_conference_document_id_foreign" foreign key ("document_id") references "policy_document" ("id") on update no action on delete no action`,
  `alter table "meeting" add constraint "meeting_conference_id_foreign" foreign key ("conference_id") references "joint_conference" ("id") on update no action on delete no action`,
  `alter table "meeting" add constraint "meeting_status_check" check ("status" in ('PLANNED', 'HELD', 'CANCELLED'))`,
  `alter table "resolution" add constraint "resolution_meeting_id_foreign" foreign key ("meeting_id") references "meeting" ("id") on update no action on delete no action`,
  `alter table "resolution" add constraint "resolution_responsible_id_foreign" foreign key ("responsible_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "resolution" add constraint "resolution_status_check" check ("status" in ('AGREED', 'TASKED', 'NOTED', 'DROPPED'))`,
  `alter table "resolution_task" add constraint "resolution_task_resolution_id_foreign" foreign key ("resolution_id") references "resolution" ("id") on update no action on delete no action`,
  `alter table "resolution_task" add constraint "resolution_task_task_id_foreign" foreign key ("task_id") references "task" ("id") on update no action on delete no action`,
  `alter table "conference_member" add constraint "conference_member_conference_id_foreign" foreign key ("conference_id") references "joint_conference" ("id") on update no action on delete no action`,
  `alter table "conference_member" add constraint "conference_member_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "conference_member" add constraint "conference_member_liaison_id_foreign" foreign key ("liaison_id") references "person" ("id") on update no action on delete no action`,
]

const companions = [
  `-- Rules that two writers at once could break if only the application looked.
alter table "conference_member" add constraint "conference_member_no_overlap" exclude using gist ("conference_id" with =, "unit_id" with =, daterange("joined_on", "left_on") with &&)`,
  `alter table "meeting" add constraint "meeting_number_once" unique ("conference_id", "number")`,
  `alter table "resolution" add constraint "resolution_number_once" unique ("meeting_id", "number")`,
  `alter table "resolution_task" add constraint "resolution_task_once" unique ("task_id")`,
]

/** Joint conferences: their members, meetings and resolutions, and the tasks that carry these out. */
export class Migration00000000000004_conferences extends Migration {
  override up(): void {
    for (const statement of [...tables, ...companions]) this.addSql(statement)
  }
}
