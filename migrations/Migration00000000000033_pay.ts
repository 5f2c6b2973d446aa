import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const level = { level: ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'] }
const tables = [
  ...recordTable('pay_guidance', { level: 'text', year: 'int', floor: 'numeric(18,2)', comparable_median: 'numeric(18,2)' }, { division: 'division', basis: 'policy_document' }, level),
  ...recordTable('pay_record', { level: 'text', paid_on: 'date', reason: 'text null' }, { social_worker: 'social_worker', unit: 'unit', corrects: 'pay_record?' }, level),
  ...recordTable('pay_amount', { amount: 'numeric(18,2)' }, { record: 'pay_record' }),
  ...recordTable('pay_threshold', { min_persons: 'int', valid_from: 'date', valid_to: 'date null' }, { division: 'division', basis: 'policy_document' }),
  ...recordTable('pay_publication', { year: 'int', published_on: 'date' }, { division: 'division', threshold: 'pay_threshold', published_by: 'person?' }),
  ...recordTable(
    'pay_figure',
    {
      is_total: 'boolean', level: 'text', is_suppressed: 'boolean', persons: 'int null', median_pay: 'numeric(18,2) null', comparable_median: 'numeric(18,2) null', parity_index: 'numeric(8,2) null',
      below_floor_persons: 'int null',
    },
    { publication: 'pay_publication', division: 'division' },
    level,
  ),
]

const rules = [
  `alter table "pay_guidance" add constraint "pay_guidance_once" unique ("division_id", "level", "year")`,
  `alter table "pay_guidance" add constraint "pay_guidance_amounts" check ("floor" > 0 and "comparable_median" > 0)`,
  `alter table "pay_record" add constraint "pay_record_correction" check (("corrects_id" is null) = ("reason" is null))`,
  `create unique index "pay_record_once" on "pay_record" ("social_worker_id", "unit_id", date_trunc('month', "paid_on"::timestamp)) where "corrects_id" is null`,
  `create index "pay_record_by_paid_on" on "pay_record" ("paid_on", "id")`,
  `alter table "pay_amount" add constraint "pay_amount_once" unique ("record_id")`,
  `alter table "pay_threshold" add constraint "pay_threshold_persons" check ("min_persons" >= 3)`,
  `alter table "pay_threshold" add constraint "pay_threshold_no_overlap" exclude using gist ("division_id" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "pay_publication" add constraint "pay_publication_once" unique ("division_id", "year")`,
  `alter table "pay_figure" add constraint "pay_figure_once" unique ("publication_id", "division_id", "is_total", "level")`,
  `alter table "pay_figure" add constraint "pay_figure_suppressed" check (not "is_suppressed" or ("persons" is null and "median_pay" is null and "comparable_median" is null and "parity_index" is null and "below_floor_persons" is null))`,
  `-- The guidance for a level and year: the division's own, or that of the nearest division above it that has one.
create function "heli_pay_guidance"("of_division_id" text, "for_level" text, "of_year" integer) returns text language sql stable parallel safe as $$
  select g.id from division d join division a on a.code = any(string_to_array(d.path, '/')) join pay_guidance g on g.division_id = a.id and g.level = for_level and g.year = of_year
  where d.id = of_division_id order by length(a.path) desc limit 1 $$`,
  `select heli_lock_periods('pay_record', 'PAY', 'unit_id', 'paid_on')`,
]

/** Guidance, records with their amounts apart, thresholds, and published figures of pay. */
export class Migration00000000000033_pay extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
