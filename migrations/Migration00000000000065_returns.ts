import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const tables = [
  ...recordTable('return_form', { key: 'text', title_zh: 'text', first_year: 'int', last_year: 'int null', layout: 'text' }, { basis: 'policy_document?' }),
  ...recordTable(
    'return_text',
    { year: 'int', table_number: 'int', row_key: 'text', column_key: 'text', status: `text not null default 'ASKED'`, text: 'text null', written_on: 'date null', returned_reason: 'text null' },
    { division: 'division', form: 'return_form', unit: 'unit', written_by: 'person?' },
    { status: ['ASKED', 'WRITTEN', 'FINAL'] },
  ),
  ...recordTable(
    'return_submission',
    { year: 'int', status: `text not null default 'DRAFT'`, edition: 'int not null default 0', figures_hash: 'text null', submitted_on: 'date null', approved_on: 'date null', locked_on: 'date null', returned_reason: 'text null' },
    { division: 'division', form: 'return_form', submitted_by: 'person?', approved_by: 'person?' },
    { status: ['DRAFT', 'SUBMITTED', 'APPROVED', 'LOCKED'] },
  ),
  ...recordTable('return_figure', { edition: 'int', table_number: 'int', row_number: 'int', row_key: 'text', row_label: 'text', column_key: 'text', is_number: 'boolean', value: 'text null' }, { submission: 'return_submission' }),
  ...recordTable(
    'return_correction',
    { old_value: 'text null', new_value: 'text', reason: 'text', status: `text not null default 'PROPOSED'`, proposed_on: 'date', decided_on: 'date null', decided_at: 'timestamptz(3) null' },
    { submission: 'return_submission', figure: 'return_figure', proposed_by: 'person?', decided_by: 'person?' },
    { status: ['PROPOSED', 'APPROVED', 'REFUSED'] },
  ),
]

const rules = [
  `alter table "return_form" add constraint "return_form_key_unique" unique ("key")`,
  `alter table "return_form" add constraint "return_form_years" check ("last_year" is null or "last_year" >= "first_year")`,
  `alter table "return_text" add constraint "return_text_once" unique ("division_id", "year", "form_id", "table_number", "row_key", "column_key")`,
  `alter table "return_text" add constraint "return_text_written" check ("status" = 'ASKED' or "text" is not null)`,
  `alter table "return_submission" add constraint "return_submission_once" unique ("division_id", "year")`,
  `alter table "return_submission" add constraint "return_submission_states" check (("status" = 'DRAFT' or ("submitted_on" is not null and "figures_hash" is not null and "edition" > 0))
    and ("status" in ('APPROVED', 'LOCKED')) = ("approved_on" is not null) and ("status" = 'LOCKED') = ("locked_on" is not null))`,
  `alter table "return_figure" add constraint "return_figure_once" unique ("submission_id", "edition", "table_number", "row_number", "column_key")`,
  `create index "return_figure_in_order" on "return_figure" ("submission_id", "table_number", "row_number", "id")`,
  `alter table "return_correction" add constraint "return_correction_decided" check (("status" <> 'PROPOSED') = ("decided_on" is not null) and ("decided_on" is null) = ("decided_at" is null))`,
  `create unique index "return_correction_one_open" on "return_correction" ("figure_id") where "status" = 'PROPOSED'`,
  `create index "return_submission_year" on "return_submission" ("year", "id")`,
  `-- What was submitted stays as it was submitted, whoever writes.
create function "heli_return_kept"() returns trigger language plpgsql as $$
begin
  raise exception 'figures that were submitted stay' using errcode = '23514', constraint = 'return_figure_kept', table = tg_table_name;
end $$`,
  `create trigger "return_figure_kept" before update or delete on "return_figure" for each row execute function "heli_return_kept"()`,
  `create trigger "return_submission_locked" before update or delete on "return_submission" for each row when (old.status = 'LOCKED') execute function "heli_return_kept"()`,
  `create trigger "return_correction_kept" before update or delete on "return_correction" for each row when (old.status <> 'PROPOSED') execute function "heli_return_kept"()`,
]

/** The national return: forms, texts collected for it, submissions with their figures, and corrections. */
export class Migration00000000000065_returns extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
