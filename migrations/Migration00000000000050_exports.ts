import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const exports = [
  ...recordTable(
    'export_job',
    {
      view: 'text', format: 'text', filter: 'text null', state: `text not null default 'QUEUED'`, rows_done: 'int not null default 0', rows_total: 'int null', as_of: 'timestamptz(3) null',
      finished_at: 'timestamptz(3) null', expires_at: 'timestamptz(3) null', sha256: 'text null', failure: 'text null', person_id: 'text null', token_id: 'text null', standing: 'text',
      end_cursor: `text not null default ''`, attempts: 'int not null default 0', held_until: 'timestamptz(3) null',
    },
    {},
    { format: ['csv', 'ndjson', 'xlsx', 'parquet'], state: ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'EXPIRED', 'CANCELLED'], failure: ['RIGHTS_CHANGED', 'REFUSED', 'FAULT'] },
  ),
  `alter table "export_job" add constraint "export_job_owner" check (num_nonnulls("person_id", "token_id") = 1)`,
  `create index "export_job_owner_index" on "export_job" (coalesce("person_id", "token_id"))`,
  `create index "export_job_waiting" on "export_job" ("id") where "state" in ('QUEUED', 'RUNNING', 'DONE')`,
  // Rows of a page as JSON, packed: they belong to no graph, and go with their export.
  `create table "export_chunk" ("export_job_id" text not null references "export_job" ("id") on delete cascade, "number" int not null, "rows" int not null, "bytes" bytea not null, primary key ("export_job_id", "number"))`,
]

/** Views that are written as files in the background. */
export class Migration00000000000050_exports extends Migration {
  override up(): void {
    for (const statement of exports) this.addSql(statement)
  }
}
