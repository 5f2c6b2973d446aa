import { Migration } from '@mikro-orm/migrations'

/** Roles that sign in to the database itself, each in the name of a service token: the views of the schema `bi` go by it. */
export class Migration00000000000061_sql_roles extends Migration {
  override up(): void {
    this.addSql(`create table "sql_role" ("name" text primary key, "token_id" text not null references "service_token" ("id"), "created_at" timestamptz(3) not null default now())`)
  }
}
