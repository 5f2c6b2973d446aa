import { Migration } from '@mikro-orm/migrations'
import { oneOf, record, references } from './table.js'

const surveys = [
  `create table "needs_survey" (${record}, "code" text not null, "unit_id" text not null, "social_worker_id" text not null, "division_id" text not null, "title" text not null, "status" text not null default 'PLANNED', "started_on" date null, "finished_on" date null, "finished_by_id" text null, "respondents" int null, "findings" text null, primary key ("id"))`,
  ...references('needs_survey', { unit_id: 'unit', social_worker_id: 'social_worker', division_id: 'division', finished_by_id: 'person' }),
  `alter table "needs_survey" add constraint "needs_survey_code_unique" unique ("code")`,
  oneOf('needs_survey', 'status', ['PLANNED', 'RUNNING', 'FINISHED', 'CANCELLED']),
  `alter table "needs_survey" add constraint "needs_survey_finished" check (("status" = 'FINISHED') = ("finished_on" is not null) and ("status" = 'FINISHED') = ("respondents" is not null) and ("status" = 'FINISHED') = ("findings" is not null) and ("finished_on" is null or "finished_on" >= "started_on") and ("respondents" is null or "respondents" > 0))`,
  `create table "consultation" (${record}, "survey_id" text not null, "planned_on" date not null, "status" text not null default 'PLANNED', "held_on" date null, "held_by_id" text null, "participants" int null, "outcome" text null, primary key ("id"))`,
  ...references('consultation', { survey_id: 'needs_survey', held_by_id: 'person' }),
  oneOf('consultation', 'status', ['PLANNED', 'HELD', 'CANCELLED']),
  `alter table "consultation" add constraint "consultation_held" check (("status" = 'HELD') = ("held_on" is not null) and ("status" = 'HELD') = ("participants" is not null) and ("status" = 'HELD') = ("outcome" is not null) and ("participants" is null or "participants" > 0))`,
  `alter table "consultation" add constraint "consultation_once" unique ("survey_id", "planned_on")`,
]

const plans = [
  `create table "service_plan" (${record}, "code" text not null, "unit_id" text not null, "social_worker_id" text not null, "title" text not null, "target_group" text not null, "planned_beneficiaries" int not null, "starts_on" date not null, "ends_on" date not null, "status" text not null default 'DRAFT', "survey_id" text null, "consultation_id" text null, "initiative_id" text null, "submitted_on" date null, "approved_on" date null, "decided_by_id" text null, "decision_note" text null, "closed_on" date null, primary key ("id"))`,
  ...references('service_plan', { unit_id: 'unit', social_worker_id: 'social_worker', survey_id: 'needs_survey', consultation_id: 'consultation', initiative_id: 'initiative', decided_by_id: 'person' }),
  `alter table "service_plan" add constraint "service_plan_code_unique" unique ("code")`,
  oneOf('service_plan', 'status', ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'COMPLETED', 'CANCELLED']),
  `alter table "service_plan" add constraint "service_plan_days" check ("ends_on" >= "starts_on" and "planned_beneficiaries" > 0 and ("status" <> 'DRAFT' or "submitted_on" is null) and ("status" not in ('SUBMITTED', 'RETURNED', 'APPROVED', 'COMPLETED') or "submitted_on" is not null) and ("status" not in ('APPROVED', 'COMPLETED') or "approved_on" >= "submitted_on") and ("status" not in ('DRAFT', 'SUBMITTED', 'RETURNED') or "approved_on" is null) and ("status" in ('COMPLETED', 'CANCELLED')) = ("closed_on" is not null))`,
  ...['starts_on', 'approved_on'].map((column) => `create index "service_plan_by_${column}" on "service_plan" ("${column}", "id")`),
  `create table "service_record" (${record}, "service_plan_id" text not null, "number" int not null, "served_on" date not null, "method" text not null, "beneficiaries" int not null, "hours" numeric(6,2) not null, "summary" text null, primary key ("id"))`,
  ...references('service_record', { service_plan_id: 'service_plan' }),
  oneOf('service_record', 'method', ['CASE', 'GROUP', 'COMMUNITY']),
  `alter table "service_record" add constraint "service_record_counts" check ("number" > 0 and "beneficiaries" > 0 and "hours" > 0 and "hours" <= 24)`,
  `alter table "service_record" add constraint "service_record_once" unique ("service_plan_id", "number")`,
  `create index "service_record_by_served_on" on "service_record" ("served_on", "id")`,
]

/** Surveys of needs, consultations, service plans and records of services. */
export class Migration00000000000014_services extends Migration {
  override up(): void {
    for (const statement of [...surveys, ...plans]) this.addSql(statement)
  }
}
