import { Migration } from '@mikro-orm/migrations'
import { references } from './table.js'

const content = ['line_id', 'from_unit_id', 'to_unit_id', 'voucher', 'amount', 'allocated_on', 'promised_on', 'corrects_id', 'reason']
const row = (of: string) => `(${content.map((column) => `${of}."${column}"`).join(', ')})`

const statements = [
  `-- The unit at which money arrived stands on the arrival, so that its month can be locked.
alter table "disbursement" add column "unit_id" text null`,
  `update "disbursement" d set "unit_id" = a."to_unit_id" from "allocation" a where a."id" = d."allocation_id"`,
  `alter table "disbursement" alter column "unit_id" set not null`,
  ...references('disbursement', { unit_id: 'unit' }),
  `alter table "allocation" add constraint "allocation_of_receiver" unique ("id", "to_unit_id")`,
  `alter table "disbursement" add constraint "disbursement_of_receiver" foreign key ("allocation_id", "unit_id") references "allocation" ("id", "to_unit_id")`,
  `select "heli_lock_periods"('disbursement', 'MONEY', 'unit_id', 'arrived_on')`,
  `-- An allocation of a locked month still takes arrivals and corrections, which change its totals; what was entered does not change.
create trigger "allocation_open_month_insert" after insert on "allocation" referencing new table as made for each statement execute function "heli_period_open"('MONEY', 'from_unit_id', 'allocated_on')`,
  `create trigger "allocation_open_month_delete" after delete on "allocation" referencing old table as gone for each statement execute function "heli_period_open"('MONEY', 'from_unit_id', 'allocated_on')`,
  `create function "heli_allocation_open_month"() returns trigger language plpgsql as $$
declare
  closed text;
begin
  perform pg_advisory_xact_lock_shared(7331, heli_period_group(e.unit_id)) from (values (old.from_unit_id), (new.from_unit_id)) e (unit_id);
  select l.month into closed from period_lock l
    where l.ledger = 'MONEY' and (l.unit_id, l.month) in ((old.from_unit_id, to_char(old.allocated_on, 'YYYY-MM')), (new.from_unit_id, to_char(new.allocated_on, 'YYYY-MM'))) limit 1;
  if closed is not null then
    raise exception 'the month % is locked', closed using errcode = '23514', constraint = 'period_locked', table = tg_table_name;
  end if;
  return new;
end $$`,
  `create trigger "allocation_open_month_update" before update on "allocation" for each row when (${row('old')} is distinct from ${row('new')}) execute function "heli_allocation_open_month"()`,
]

/** Allocations and arrivals keep to the locks of the ledger MONEY. */
export class Migration00000000000022_money_months extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}
