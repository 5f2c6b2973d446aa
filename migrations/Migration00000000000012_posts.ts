import { Migration } from '@mikro-orm/migrations'
import { oneOf, record, references } from './table.js'

const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR']

const workers = [
  `create table "social_worker" (${record}, "person_id" text not null, primary key ("id"))`,
  ...references('social_worker', { person_id: 'person' }),
  `alter table "social_worker" add constraint "social_worker_once" unique ("person_id")`,
  `create index "social_worker_by_created_at" on "social_worker" ("created_at", "id")`,
  `create table "qualification" (${record}, "social_worker_id" text not null, "kind" text not null, "level" text null, "title" text not null, "issuer" text null, "issued_on" date not null, "withdrawn_on" date null, "registered_on" date null, "registered_until" date null, primary key ("id"))`,
  ...references('qualification', { social_worker_id: 'social_worker' }),
  oneOf('qualification', 'kind', ['DEGREE', 'CREDENTIAL', 'TRAINING_CERTIFICATE']),
  oneOf('qualification', 'level', levels),
  `alter table "qualification" add constraint "qualification_of_credential" check (("kind" = 'CREDENTIAL') = ("level" is not null) and ("kind" = 'CREDENTIAL' or "registered_on" is null))`,
  `alter table "qualification" add constraint "qualification_days" check (("registered_on" is null) = ("registered_until" is null) and ("registered_on" is null or ("registered_on" >= "issued_on" and "registered_until" > "registered_on")) and ("withdrawn_on" is null or "withdrawn_on" > "issued_on"))`,
  `create index "qualification_by_issued_on" on "qualification" ("issued_on", "id")`,
  `create index "qualification_by_registered_until" on "qualification" ("registered_until", "id")`,
  `create table "qualification_number" (${record}, "qualification_id" text not null, "certificate_number" text not null, primary key ("id"))`,
  ...references('qualification_number', { qualification_id: 'qualification' }),
  `alter table "qualification_number" add constraint "qualification_number_once" unique ("qualification_id")`,
  `alter table "qualification_number" add constraint "qualification_number_certificate_number_unique" unique ("certificate_number")`,
]

const posts = [
  `create table "post" (${record}, "code" text not null, "title" text not null, "unit_id" text not null, "unit_type" text not null, "kind" text not null, "grade" text null, "opened_on" date not null, "closed_on" date null, "initiative_id" text null, primary key ("id"))`,
  ...references('post', { unit_id: 'unit', initiative_id: 'initiative' }),
  `alter table "post" add constraint "post_code_unique" unique ("code")`,
  oneOf('post', 'unit_type', ['CIVIL_AFFAIRS_INSTITUTION', 'TOWNSHIP_COMMUNITY', 'OTHER_INSTITUTION', 'SOCIAL_ORGANISATION', 'OTHER']),
  oneOf('post', 'kind', ['EXPLICIT', 'DE_FACTO']),
  oneOf('post', 'grade', levels),
  `alter table "post" add constraint "post_days" check ("closed_on" is null or "closed_on" > "opened_on")`,
  `create index "post_by_opened_on" on "post" ("opened_on", "id")`,
  `create index "post_by_created_at" on "post" ("created_at", "id")`,
  `create table "employment" (${record}, "social_worker_id" text not null, "unit_id" text not null, "post_id" text null, "kind" text not null, "valid_from" date not null, "valid_to" date null, primary key ("id"))`,
  ...references('employment', { social_worker_id: 'social_worker', unit_id: 'unit', post_id: 'post' }),
  oneOf('employment', 'kind', ['FULL_TIME', 'CONCURRENT', 'UNPAID']),
  `alter table "employment" add constraint "employment_days" check ("valid_to" is null or "valid_to" >= "valid_from")`,
  `-- The unit of an employment on a post is the unit of the post.
alter table "post" add constraint "post_of_unit" unique ("id", "unit_id")`,
  `alter table "employment" add constraint "employment_post_of_unit" foreign key ("post_id", "unit_id") references "post" ("id", "unit_id")`,
  `alter table "employment" add constraint "employment_one_full_time" exclude using gist ("social_worker_id" with =, daterange("valid_from", "valid_to") with &&) where ("kind" = 'FULL_TIME')`,
  `alter table "employment" add constraint "employment_no_self_overlap" exclude using gist ("social_worker_id" with =, "unit_id" with =, "kind" with =, daterange("valid_from", "valid_to") with &&)`,
  `create index "employment_by_valid_from" on "employment" ("valid_from", "id")`,
]

/** Social workers with their qualifications, posts, and who is employed on them. */
export class Migration00000000000012_posts extends Migration {
  override up(): void {
    for (const statement of [...workers, ...posts]) this.addSql(statement)
  }
}
