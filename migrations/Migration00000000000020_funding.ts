import { Migration } from '@mikro-orm/migrations'
import { addsUp } from './adds-up.js'
import { oneOf, record, references } from './table.js'

const sources = ['FISCAL', 'WELFARE_LOTTERY', 'OTHER_LOTTERY', 'MINISTRY_LOTTERY', 'SOCIAL', 'EMPLOYER', 'INDIVIDUAL', 'OTHER']
const purposes = ['SOCIAL_WORK', 'VOLUNTEERING', 'INCENTIVES', 'VOLUNTEER_OPERATIONS']
const levels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY']
const corrections = (table: string) => `alter table "${table}" add constraint "${table}_signed" check (case when "corrects_id" is null then "amount" > 0 and "reason" is null else "amount" <> 0 and "reason" is not null end)`

const tables = [
  `create table "budget_line" (${record}, "code" text not null, "title" text not null, "year" int not null, "unit_id" text not null, "source" text not null, "purpose" text not null, "level" text not null, "planned_amount" numeric(18,2) not null, "approved_on" date null, "remarks" text null, "initiative_id" text null, "allocated_amount" numeric(18,2) not null default '0', "contracted_amount" numeric(18,2) not null default '0', primary key ("id"))`,
  `alter table "budget_line" add constraint "budget_line_code_unique" unique ("code")`,
  `create index "budget_line_year_index" on "budget_line" ("year")`,
  ...references('budget_line', { unit_id: 'unit', initiative_id: 'initiative' }),
  oneOf('budget_line', 'source', sources),
  oneOf('budget_line', 'purpose', purposes),
  oneOf('budget_line', 'level', levels),
  `create table "allocation" (${record}, "line_id" text not null, "from_unit_id" text not null, "to_unit_id" text not null, "voucher" text null, "amount" numeric(18,2) not null, "net_amount" numeric(18,2) not null default '0', "arrived_amount" numeric(18,2) not null default '0', "allocated_on" date not null, "promised_on" date not null, "corrects_id" text null, "reason" text null, primary key ("id"))`,
  ...references('allocation', { line_id: 'budget_line', from_unit_id: 'unit', to_unit_id: 'unit', corrects_id: 'allocation' }),
  `create table "disbursement" (${record}, "allocation_id" text not null, "voucher" text null, "amount" numeric(18,2) not null, "arrived_on" date not null, "corrects_id" text null, "reason" text null, primary key ("id"))`,
  ...references('disbursement', { allocation_id: 'allocation', corrects_id: 'disbursement' }),
  `create table "opening_balance" (${record}, "division_id" text not null, "unit_id" text not null, "year" int not null, "source" text not null, "purpose" text not null, "amount" numeric(18,2) not null, "remarks" text null, primary key ("id"))`,
  ...references('opening_balance', { division_id: 'division', unit_id: 'unit' }),
  oneOf('opening_balance', 'source', sources),
  oneOf('opening_balance', 'purpose', purposes),
]

const rules = [
  `-- The condition of every statement that moves money: however many do it at once, the rows of totals make them wait for one another, and who asks too much is refused.
create function "heli_add_up"() returns trigger language plpgsql as $$
declare
  moved text := concat_ws(' union all ',
    case when tg_op <> 'DELETE' then format('select %1$I as id, %2$I as amount from fresh', tg_argv[0], tg_argv[1]) end,
    case when tg_op <> 'INSERT' then format('select %1$I as id, -%2$I as amount from stale', tg_argv[0], tg_argv[1]) end);
  sums text := format('select id, sum(amount) as amount from (%s) m where id is not null group by id having sum(amount) <> 0', moved);
  moves boolean;
begin
  -- A statement that changes no row has its triggers called too, so a table that adds up within itself would never come to an end.
  execute format('select exists (%s)', sums) into moves;
  if moves then
    execute format('update %1$I t set %2$I = t.%2$I + m.amount from (%3$s) m where t.id = m.id', tg_argv[2], tg_argv[3], sums);
  end if;
  return null;
end $$`,
  `create function "heli_allocation_net"() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then new.net_amount := case when new.corrects_id is null then new.amount else 0 end;
  elsif new.corrects_id is null then new.net_amount := new.net_amount + new.amount - old.amount;
  end if;
  return new;
end $$`,
  `create trigger "allocation_net" before insert or update of "amount" on "allocation" for each row execute function "heli_allocation_net"()`,
  ...addsUp('allocation', 'corrects_id', 'amount', 'allocation', 'net_amount'),
  ...addsUp('allocation', 'line_id', 'amount', 'budget_line', 'allocated_amount'),
  ...addsUp('disbursement', 'allocation_id', 'amount', 'allocation', 'arrived_amount'),
  `alter table "budget_line" add constraint "budget_line_covered" check ("planned_amount" > 0 and "allocated_amount" >= 0 and "contracted_amount" >= 0 and "allocated_amount" + "contracted_amount" <= "planned_amount")`,
  `alter table "allocation" add constraint "allocation_covered" check ("arrived_amount" >= 0 and "arrived_amount" <= "net_amount")`,
  corrections('allocation'),
  corrections('disbursement'),
  `alter table "allocation" add constraint "allocation_promised" check ("promised_on" >= "allocated_on")`,
  `-- An allocation names the unit of its line and a correction what it corrects: so that a row tells its reader without rows that he may not see.
alter table "budget_line" add constraint "budget_line_of_unit" unique ("id", "unit_id")`,
  `alter table "allocation" add constraint "allocation_of_line" foreign key ("line_id", "from_unit_id") references "budget_line" ("id", "unit_id")`,
  `alter table "allocation" add constraint "allocation_once" unique ("id", "line_id", "to_unit_id")`,
  `alter table "allocation" add constraint "allocation_corrects" foreign key ("corrects_id", "line_id", "to_unit_id") references "allocation" ("id", "line_id", "to_unit_id")`,
  `alter table "disbursement" add constraint "disbursement_once" unique ("id", "allocation_id")`,
  `alter table "disbursement" add constraint "disbursement_corrects" foreign key ("corrects_id", "allocation_id") references "disbursement" ("id", "allocation_id")`,
  `alter table "opening_balance" add constraint "opening_balance_amount" check ("amount" >= 0)`,
  `alter table "opening_balance" add constraint "opening_balance_once" unique ("division_id", "year", "source", "purpose")`,
  `create unique index "allocation_voucher" on "allocation" ("line_id", "voucher")`,
  `create unique index "disbursement_voucher" on "disbursement" ("allocation_id", "voucher")`,
  `create index "allocation_by_allocated_on" on "allocation" ("allocated_on", "id")`,
  `create index "allocation_by_promised_on" on "allocation" ("promised_on", "id")`,
  `create index "disbursement_by_arrived_on" on "disbursement" ("arrived_on", "id")`,
]

/** Budget lines, allocations, arrivals and opening balances, and the sums that no statement can overdraw. */
export class Migration00000000000020_funding extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
