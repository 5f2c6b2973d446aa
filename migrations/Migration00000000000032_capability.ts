import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR']
const rungs = ['ASSISTANT', 'JUNIOR', 'INTERMEDIATE', 'SENIOR']
const dates = { valid_from: 'date', valid_to: 'date null' }
const tables = [
  ...recordTable(
    'training',
    { code: 'text', title: 'text', starts_on: 'date', ends_on: 'date', hours: 'numeric(8,2)', is_continuing_education: 'boolean', other_attendances: 'int not null default 0' },
    { unit: 'unit', initiative: 'initiative?' },
  ),
  ...recordTable('training_attendance', { hours: 'numeric(8,2)', is_passed: 'boolean' }, { training: 'training', social_worker: 'social_worker' }),
  ...recordTable('continuing_education_rule', { level: 'text', hours: 'numeric(8,2)', ...dates }, { division: 'division', basis: 'policy_document' }, { level: levels }),
  ...recordTable('supervisor', { rung: 'text', ...dates }, { social_worker: 'social_worker', unit: 'unit', basis: 'policy_document' }, { rung: rungs }),
  ...recordTable('supervision_ratio', { rung: 'text', max_supervisees: 'int', session_every_days: 'int', ...dates }, { division: 'division', basis: 'policy_document' }, { rung: rungs }),
  ...recordTable('supervision', { session_every_days: 'int null', ...dates }, { supervisor: 'social_worker', supervisee: 'social_worker', unit: 'unit' }),
  ...recordTable('supervision_session', { held_on: 'date', hours: 'numeric(8,2)', text: 'text' }, { supervision: 'supervision' }),
  ...recordTable(
    'micro_project',
    {
      code: 'text', title: 'text', kind: 'text', status: `text not null default 'NEED'`, need: 'text', proposal: 'text null', amount: 'numeric(18,2) null', called_on: 'date null', call_until: 'date null',
      contracted_on: 'date null', due_on: 'date null', evaluated_on: 'date null', verdict: 'text null', evaluation: 'text null', ended_on: 'date null',
    },
    { unit: 'unit', carrier: 'unit?', evaluated_by: 'person?', initiative: 'initiative?' },
    {
      kind: ['VENTURE_PHILANTHROPY', 'SMALL_PROJECT', 'SMALL_FUND'], status: ['NEED', 'CALLED', 'IN_REVIEW', 'CONTRACTED', 'RUNNING', 'EVALUATED', 'CLOSED', 'CANCELLED'], verdict: ['PASSED', 'FAILED'],
    },
  ),
  ...recordTable('micro_payment', { kind: 'text', amount: 'numeric(18,2)', paid_on: 'date' }, { micro_project: 'micro_project', unit: 'unit', paid_by: 'person?' }, { kind: ['FIRST', 'INTERIM', 'LAST'] }),
]

const rules = [
  `alter table "training" add constraint "training_code_unique" unique ("code")`,
  `alter table "training" add constraint "training_figures" check ("ends_on" >= "starts_on" and "hours" > 0 and "other_attendances" >= 0)`,
  `alter table "training_attendance" add constraint "training_attendance_once" unique ("training_id", "social_worker_id")`,
  `alter table "continuing_education_rule" add constraint "continuing_education_rule_no_overlap" exclude using gist ("division_id" with =, "level" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "supervisor" add constraint "supervisor_one_rung" exclude using gist ("social_worker_id" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "supervision_ratio" add constraint "supervision_ratio_no_overlap" exclude using gist ("division_id" with =, "rung" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "supervision_ratio" add constraint "supervision_ratio_figures" check ("max_supervisees" > 0 and "session_every_days" > 0)`,
  `alter table "supervision" add constraint "supervision_not_oneself" check ("supervisor_id" <> "supervisee_id")`,
  `alter table "supervision" add constraint "supervision_no_overlap" exclude using gist ("supervisor_id" with =, "supervisee_id" with =, daterange("valid_from", "valid_to") with &&)`,
  `create index "supervision_session_of" on "supervision_session" ("supervision_id", "held_on", "id")`,
  `alter table "micro_project" add constraint "micro_project_code_unique" unique ("code")`,
  `alter table "micro_project" add constraint "micro_project_state" check (
  ("status" in ('NEED', 'CALLED') or "status" = 'CANCELLED' or ("carrier_id" is not null and "proposal" is not null)) and "carrier_id" is distinct from "unit_id"
  and ("status" not in ('CONTRACTED', 'RUNNING', 'EVALUATED', 'CLOSED') or ("amount" is not null and "contracted_on" is not null and "due_on" is not null))
  and ("status" in ('EVALUATED', 'CLOSED')) = ("verdict" is not null) and ("verdict" is null) = ("evaluated_on" is null) and ("status" in ('CLOSED', 'CANCELLED')) = ("ended_on" is not null))`,
  `alter table "micro_payment" add constraint "micro_payment_amount" check ("amount" > 0)`,
  `create unique index "micro_payment_once" on "micro_payment" ("micro_project_id", "kind") where "kind" <> 'INTERIM'`,
  `-- Payments stay within the contract, and the last one follows a passed evaluation, whoever writes. The project is held meanwhile.
create function "heli_micro_payment"() returns trigger language plpgsql as $$
declare
  project micro_project;
begin
  select * into project from micro_project p where p.id = new.micro_project_id for update;
  if new.kind = 'LAST' and project.verdict is distinct from 'PASSED' then
    raise exception 'the last payment follows a passed evaluation' using errcode = '23514', constraint = 'micro_payment_passed', table = 'micro_payment';
  end if;
  if new.amount + (select coalesce(sum(m.amount), 0) from micro_payment m where m.micro_project_id = new.micro_project_id and m.id <> new.id) > coalesce(project.amount, 0) then
    raise exception 'the payments exceed the contract' using errcode = '23514', constraint = 'micro_payment_within', table = 'micro_payment';
  end if;
  return new;
end $$`,
  `create trigger "micro_payment_within" before insert or update on "micro_payment" for each row execute function "heli_micro_payment"()`,
  `select heli_lock_periods('micro_payment', 'MONEY', 'unit_id', 'paid_on')`,
]

/** Courses and attendances, continuing education, supervision, micro-projects and their payments. */
export class Migration00000000000032_capability extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
