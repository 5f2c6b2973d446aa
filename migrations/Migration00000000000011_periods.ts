import { Migration } from '@mikro-orm/migrations'
import { oneOf, record, references } from './table.js'

const locks = [
  `create table "period_lock" (${record}, "unit_id" text not null, "ledger" text not null, "month" text not null, "locked_on" date not null, "locked_by_id" text null, primary key ("id"))`,
  ...references('period_lock', { unit_id: 'unit', locked_by_id: 'person' }),
  oneOf('period_lock', 'ledger', ['WORKLOGS', 'SERVICE_HOURS', 'MONEY', 'PAY']),
  `alter table "period_lock" add constraint "period_lock_month" check ("month" ~ '^\\d{4}-(0[1-9]|1[0-2])$' and "month" < to_char("locked_on", 'YYYY-MM'))`,
  `alter table "period_lock" add constraint "period_lock_once" unique ("unit_id", "ledger", "month")`,
  `create index "period_lock_by_month" on "period_lock" ("month", "id")`,
  `create index "period_lock_by_locked_on" on "period_lock" ("locked_on", "id")`,
]

const keeping = [
  `-- Entries and the lock of their month wait for each other, by unit in 64 groups: with a lock for each month a large import would run out of them.
create function "heli_period_group"("unit_id" text) returns integer language sql immutable parallel safe as $$ select hashtext(unit_id) & 63 $$`,
  `create function "heli_period_locking"() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7331, heli_period_group(new.unit_id));
  return new;
end $$`,
  `create trigger "period_lock_locking" before insert on "period_lock" for each row execute function "heli_period_locking"()`,
  `-- Refuses a statement that adds, changes or removes an entry of a locked month, whoever writes. Arguments: ledger, column of the unit, column of the day.
create function "heli_period_open"() returns trigger language plpgsql as $$
declare
  entries text := case tg_op when 'INSERT' then 'made' when 'DELETE' then 'gone' else '(select * from made union all select * from gone)' end;
  closed record;
begin
  execute format('select count(pg_advisory_xact_lock_shared(7331, g.at)) from (select distinct heli_period_group(e.%1$I) as at from %2$s e) g', tg_argv[1], entries);
  execute format('select l.month from (select distinct e.%1$I as unit_id, to_char(e.%2$I, ''YYYY-MM'') as month from %3$s e) e
    join period_lock l on l.unit_id = e.unit_id and l.ledger = %4$L and l.month = e.month limit 1', tg_argv[1], tg_argv[2], entries, tg_argv[0]) into closed;
  if closed.month is not null then
    raise exception 'the month % is locked', closed.month using errcode = '23514', constraint = 'period_locked', table = tg_table_name;
  end if;
  return null;
end $$`,
  `-- From now on the entries of a table keep to the locks of a ledger. One trigger for each kind of statement: a trigger for several may not see the rows.
create function "heli_lock_periods"("of_table" text, "ledger" text, "unit_column" text, "day_column" text) returns void language plpgsql as $$
declare
  kind text;
begin
  foreach kind in array array['insert', 'update', 'delete'] loop
    execute format('create trigger %1$I after %2$s on %3$I referencing %4$s for each statement execute function heli_period_open(%5$L, %6$L, %7$L)',
      of_table || '_open_month_' || kind, kind, of_table, case kind when 'insert' then 'new table as made' when 'delete' then 'old table as gone' else 'new table as made old table as gone' end, ledger, unit_column, day_column);
  end loop;
end $$`,
]

/** Locks of a unit's months, and the triggers by which tables of entries keep to them. */
export class Migration00000000000011_periods extends Migration {
  override up(): void {
    for (const statement of [...locks, ...keeping]) this.addSql(statement)
  }
}
