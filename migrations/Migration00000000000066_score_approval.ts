import { Migration } from '@mikro-orm/migrations'
import { references } from './table.js'

const statements = [
  `alter table "score_period" add column "submitted_on" date null, add column "submitted_by_id" text null, add column "approved_on" date null, add column "approved_by_id" text null, add column "returned_reason" text null`,
  ...references('score_period', { submitted_by_id: 'person', approved_by_id: 'person' }),
  `alter table "score_period" drop constraint "score_period_status_check"`,
  `alter table "score_period" add constraint "score_period_status_check" check ("status" in ('OPEN', 'SUBMITTED', 'APPROVED', 'PUBLISHED'))`,
  `alter table "score_period" add constraint "score_period_submitted" check (case "status" when 'OPEN' then "submitted_on" is null and "approved_on" is null when 'SUBMITTED' then "submitted_on" is not null and "approved_on" is null
    when 'APPROVED' then "submitted_on" is not null and "approved_on" is not null else true end)`,
  `-- From the submission on nothing in the month changes, whoever writes. Its row is held, so that it cannot be submitted while something in it changes.
create or replace function "heli_score_locked"() returns trigger language plpgsql as $$
begin
  if (select p.status from score_period p where p.id = coalesce(new.period_id, old.period_id) for share) <> 'OPEN' then
    raise exception 'the month is submitted or published' using errcode = '23514', constraint = 'score_period_locked', table = tg_table_name;
  end if;
  return coalesce(new, old);
end $$`,
]

/** A month of appraisal goes to the level above before it is published. Those published before stay as they are. */
export class Migration00000000000066_score_approval extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}
