import { Migration } from '@mikro-orm/migrations'

/*
 * What each reader of the change feed was told, one line a row: so that a row is said to be gone to those alone who had it, and so that they can
 * resume at any place. Nothing here is written by whoever changes rows: the journal's own numbers, given in commit order, are all that the feed needs of a writer.
 */
const feed = [
  `create table "feed" (
  "number" int generated always as identity primary key, "subject" text not null unique, "started_at" timestamptz(3) not null, "used_at" timestamptz(3) not null,
  "seed" bigint not null, "position" bigint not null default 0, "pruned_to" bigint not null default 0, "pruned_on" date not null
)`,
  `create index "feed_used_at" on "feed" ("used_at")`,
  `-- How far a type's rows were looked at: "seen" is the last event considered; "after" the id at which a pass over all rows stopped, null outside one.
create table "feed_type" (
  "feed" int not null references "feed" ("number") on delete cascade, "type" text not null, "seen" bigint not null, "after" text null, "is_due" boolean not null default false, "judged" text not null,
  primary key ("feed", "type")
)`,
  `-- "content" is a digest of what the reader reads of the row, null once it is gone; "first" and "position" are where it was told first and last.
create table "feed_row" (
  "feed" int not null references "feed" ("number") on delete cascade, "type" text not null, "id" text not null, "content" bigint null, "first" bigint not null, "position" bigint not null, "at" timestamptz(3) not null,
  primary key ("feed", "type", "id")
)`,
  `create index "feed_row_position" on "feed_row" ("feed", "position")`,
]

/** What readers of the change feed were told. */
export class Migration00000000000060_changes extends Migration {
  override up(): void {
    for (const statement of feed) this.addSql(statement)
  }
}
