import { Migration } from '@mikro-orm/migrations'
import { addsUp } from './adds-up.js'
import { oneOf, record, references } from './table.js'

const fundings = ['ANNUAL_BUDGET', 'PROJECT_APPLICATION']

const tables = [
  `create table "procurement" (${record}, "code" text not null, "title" text not null, "purchaser_id" text not null, "line_id" text not null, "funding" text not null, "status" text not null default 'DRAFT', "published_on" date null, primary key ("id"))`,
  `alter table "procurement" add constraint "procurement_code_unique" unique ("code")`,
  `create index "procurement_status_index" on "procurement" ("status")`,
  ...references('procurement', { purchaser_id: 'unit', line_id: 'budget_line' }),
  oneOf('procurement', 'funding', fundings),
  oneOf('procurement', 'status', ['DRAFT', 'PUBLISHED', 'CLOSED', 'CANCELLED']),
  `create table "lot" (${record}, "procurement_id" text not null, "number" int not null, "title" text not null, "requirement" text null, "ceiling_amount" numeric(18,2) not null, "opens_at" timestamptz(3) not null, "status" text not null default 'DRAFT', "opened_at" timestamptz(3) null, "opened_by_id" text null, "public_key" text null, primary key ("id"))`,
  ...references('lot', { procurement_id: 'procurement', opened_by_id: 'person' }),
  oneOf('lot', 'status', ['DRAFT', 'PUBLISHED', 'OPENED', 'AWARDED', 'CONTRACTED', 'FAILED', 'CANCELLED']),
  `create table "bid" (${record}, "lot_id" text not null, "bidder_id" text not null, "submitted_at" timestamptz(3) not null, "status" text not null default 'SEALED', "amount" numeric(18,2) null, "proposal" text null, "sealed" text null, primary key ("id"))`,
  ...references('bid', { lot_id: 'lot', bidder_id: 'unit' }),
  oneOf('bid', 'status', ['SEALED', 'WITHDRAWN', 'OPENED', 'UNREADABLE']),
  `create table "award" (${record}, "lot_id" text not null, "bid_id" text not null, "agency_id" text not null, "status" text not null default 'CHOSEN', "chosen_on" date not null, "chosen_by_id" text null, "reason" text not null, "answered_on" date null, "answered_by_id" text null, "answer" text null, primary key ("id"))`,
  ...references('award', { lot_id: 'lot', bid_id: 'bid', agency_id: 'unit', chosen_by_id: 'person', answered_by_id: 'person' }),
  oneOf('award', 'status', ['CHOSEN', 'ACCEPTED', 'DECLINED']),
  `create table "contract" (${record}, "code" text not null, "title" text not null, "award_id" text null, "line_id" text not null, "year" int not null, "purchaser_id" text not null, "agency_id" text not null, "funding" text not null, "amount" numeric(18,2) not null, "signed_on" date not null, "starts_on" date not null, "ends_on" date not null, "status" text not null default 'ACTIVE', "closed_on" date null, "reason" text null, "paid_amount" numeric(18,2) not null default '0', "committed_amount" numeric(18,2) not null default '0', primary key ("id"))`,
  `alter table "contract" add constraint "contract_code_unique" unique ("code")`,
  `create index "contract_status_index" on "contract" ("status")`,
  ...references('contract', { award_id: 'award', line_id: 'budget_line', purchaser_id: 'unit', agency_id: 'unit' }),
  oneOf('contract', 'funding', fundings),
  oneOf('contract', 'status', ['ACTIVE', 'COMPLETED', 'TERMINATED']),
  `create table "contract_milestone" (${record}, "contract_id" text not null, "number" int not null, "title" text not null, "due_on" date not null, "status" text not null default 'PLANNED', "reported_on" date null, "report" text null, "accepted_on" date null, "return_reason" text null, primary key ("id"))`,
  ...references('contract_milestone', { contract_id: 'contract' }),
  oneOf('contract_milestone', 'status', ['PLANNED', 'REPORTED', 'RETURNED', 'ACCEPTED']),
  `create table "evaluation" (${record}, "contract_id" text not null, "stage" text not null, "side" text not null, "result" text not null, "text" text not null, "evaluated_on" date not null, "evaluated_by_id" text null, primary key ("id"))`,
  ...references('evaluation', { contract_id: 'contract', evaluated_by_id: 'person' }),
  oneOf('evaluation', 'stage', ['MID_TERM', 'FINAL']),
  oneOf('evaluation', 'side', ['PURCHASER', 'AGENCY']),
  oneOf('evaluation', 'result', ['PASSED', 'FAILED']),
  `create table "payment" (${record}, "contract_id" text not null, "unit_id" text not null, "milestone_id" text null, "voucher" text null, "amount" numeric(18,2) not null, "paid_on" date not null, "corrects_id" text null, "reason" text null, primary key ("id"))`,
  ...references('payment', { contract_id: 'contract', unit_id: 'unit', milestone_id: 'contract_milestone', corrects_id: 'payment' }),
]

const rules = [
  `alter table "procurement" add constraint "procurement_of_line" foreign key ("line_id", "purchaser_id") references "budget_line" ("id", "unit_id")`,
  `alter table "lot" add constraint "lot_number" unique ("procurement_id", "number")`,
  `alter table "lot" add constraint "lot_ceiling" check ("ceiling_amount" > 0)`,
  `alter table "lot" add constraint "lot_key" check ("status" in ('DRAFT', 'CANCELLED') or "opened_at" is not null or "public_key" is not null)`,
  `-- What a bid offers stands in its row only once it is opened.
alter table "bid" add constraint "bid_sealed" check (case when "status" = 'OPENED' then "amount" > 0 else "amount" is null and "proposal" is null end and ("status" = 'OPENED' or "sealed" is not null))`,
  `create unique index "bid_one_live" on "bid" ("lot_id", "bidder_id") where "status" <> 'WITHDRAWN'`,
  `create unique index "award_one_live" on "award" ("lot_id") where "status" <> 'DECLINED'`,
  `alter table "bid" add constraint "bid_of_bidder" unique ("id", "lot_id", "bidder_id")`,
  `alter table "award" add constraint "award_of_bid" foreign key ("bid_id", "lot_id", "agency_id") references "bid" ("id", "lot_id", "bidder_id")`,
  `create unique index "award_once" on "award" ("bid_id")`,
  `create unique index "contract_of_award" on "contract" ("award_id") where "award_id" is not null`,
  `-- A contract lies within the budget year of its line, and its purchaser is the unit of the line.
alter table "budget_line" add constraint "budget_line_of_year" unique ("id", "year")`,
  `alter table "contract" add constraint "contract_of_line" foreign key ("line_id", "purchaser_id") references "budget_line" ("id", "unit_id")`,
  `alter table "contract" add constraint "contract_of_year" foreign key ("line_id", "year") references "budget_line" ("id", "year")`,
  `alter table "contract" add constraint "contract_in_year" check ("starts_on" <= "ends_on" and extract(year from "starts_on") = "year" and extract(year from "ends_on") = "year")`,
  `alter table "contract" add constraint "contract_covered" check ("amount" > 0 and "paid_amount" >= 0 and "paid_amount" <= "amount")`,
  `create function "heli_contract_commits"() returns trigger language plpgsql as $$
begin
  new.committed_amount := case when new.status = 'TERMINATED' then new.paid_amount else new.amount end;
  return new;
end $$`,
  `create trigger "contract_commits" before insert or update on "contract" for each row execute function "heli_contract_commits"()`,
  ...addsUp('contract', 'line_id', 'committed_amount', 'budget_line', 'contracted_amount'),
  ...addsUp('payment', 'contract_id', 'amount', 'contract', 'paid_amount'),
  `alter table "contract_milestone" add constraint "contract_milestone_number" unique ("contract_id", "number")`,
  `alter table "contract_milestone" add constraint "contract_milestone_once" unique ("id", "contract_id")`,
  `alter table "payment" add constraint "payment_for_milestone" foreign key ("milestone_id", "contract_id") references "contract_milestone" ("id", "contract_id")`,
  `alter table "contract" add constraint "contract_of_purchaser" unique ("id", "purchaser_id")`,
  `alter table "payment" add constraint "payment_of_purchaser" foreign key ("contract_id", "unit_id") references "contract" ("id", "purchaser_id")`,
  `select "heli_lock_periods"('payment', 'MONEY', 'unit_id', 'paid_on')`,
  `alter table "payment" add constraint "payment_once" unique ("id", "contract_id")`,
  `alter table "payment" add constraint "payment_corrects" foreign key ("corrects_id", "contract_id") references "payment" ("id", "contract_id")`,
  `alter table "payment" add constraint "payment_signed" check (case when "corrects_id" is null then "amount" > 0 and "reason" is null else "amount" <> 0 and "reason" is not null end)`,
  `create unique index "payment_voucher" on "payment" ("contract_id", "voucher")`,
  `create index "evaluation_of_contract" on "evaluation" ("contract_id", "side", "stage", "evaluated_on", "id")`,
  `create index "bid_of_lot" on "bid" ("lot_id", "status", "bidder_id")`,
  `create index "contract_of_agency" on "contract" ("agency_id", "starts_on", "id")`,
  `create index "payment_by_paid_on" on "payment" ("paid_on", "id")`,
]

/** Tenders with sealed bids, contracts with milestones and evaluations, and payments that no statement can overdraw. */
export class Migration00000000000021_procurement extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
