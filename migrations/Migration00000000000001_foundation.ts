import { Migration } from '@mikro-orm/migrations'

const tables = [
  `create table "division" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "code" text not null, "name" text not null, "level" text not null, "parent_id" text null, "revision" text null, "ended_on" date null, "path" text not null default '', primary key ("id"))`,
  `alter table "division" add constraint "division_code_unique" unique ("code")`,
  `create index "division_parent_id_index" on "division" ("parent_id")`,
  `alter table "division" add constraint "division_level_check" check ("level" in ('PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY'))`,
  `create table "person" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "code" text not null, "name" text not null, "title" text null, "office_phone" text null, primary key ("id"))`,
  `alter table "person" add constraint "person_code_unique" unique ("code")`,
  `create index "person_name_index" on "person" ("name")`,
  `create table "account" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "issuer" text not null, "subject" text not null, "person_id" text not null, "blocked_at" timestamptz(3) null, primary key ("id"))`,
  `create index "account_person_id_index" on "account" ("person_id")`,
  `create table "person_contact" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "person_id" text not null, "mobile" text null, primary key ("id"))`,
  `create index "person_contact_person_id_index" on "person_contact" ("person_id")`,
  `create index "person_contact_mobile_index" on "person_contact" ("mobile")`,
  `create table "person_private" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "person_id" text not null, "national_id" text null, "birth_date" date null, "party_member" boolean null, primary key ("id"))`,
  `create index "person_private_person_id_index" on "person_private" ("person_id")`,
  `create table "policy_document" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "number" text not null, "title" text not null, "kind" text not null, "issued_on" date not null, "supersedes_id" text null, primary key ("id"))`,
  `alter table "policy_document" add constraint "policy_document_number_unique" unique ("number")`,
  `create index "policy_document_supersedes_id_index" on "policy_document" ("supersedes_id")`,
  `alter table "policy_document" add constraint "policy_document_kind_check" check ("kind" in ('SOCIAL_WORK', 'VOLUNTEERING'))`,
  `create table "unit_system" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "name" text not null, "valid_from" date not null, "valid_to" date null, primary key ("id"))`,
  `alter table "unit_system" add constraint "unit_system_name_unique" unique ("name")`,
  `create table "unit" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "code" text not null, "name" text not null, "short_name" text null, "kind" text not null, "division_id" text not null, "line_parent_id" text null, "credit_code" text null, "system_id" text null, "institution_kind" text null, "legal_form" text null, "registration_level" text null, "founded_on" date not null, "ended_on" date null, "successor_id" text null, "line_path" text not null default '', "division_path" text not null default '', primary key ("id"))`,
  `alter table "unit" add constraint "unit_code_unique" unique ("code")`,
  `create index "unit_name_index" on "unit" ("name")`,
  `create index "unit_division_id_index" on "unit" ("division_id")`,
  `create index "unit_line_parent_id_index" on "unit" ("line_parent_id")`,
  `alter table "unit" add constraint "unit_credit_code_unique" unique ("credit_code")`,
  `create index "unit_system_id_index" on "unit" ("system_id")`,
  `create index "unit_successor_id_index" on "unit" ("successor_id")`,
  `alter table "unit" add constraint "unit_kind_check" check ("kind" in ('PARTY_COMMITTEE', 'ORGANISATION_DEPARTMENT', 'PARTY_SOCIAL_WORK', 'POLITICAL_LEGAL', 'CIVIL_AFFAIRS', 'HUMAN_RESOURCES', 'LABOUR_SOCIAL_SECURITY', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'EDUCATION', 'JUSTICE', 'HEALTH', 'FINANCE', 'PUBLIC_SECURITY', 'POVERTY_ALLEVIATION', 'PETITIONS', 'TRADE_UNION', 'YOUTH_LEAGUE', 'WOMENS_FEDERATION', 'DISABLED_FEDERATION', 'PUBLIC_INSTITUTION', 'SUBDISTRICT_TOWN', 'COMMUNITY', 'SERVICE_AGENCY', 'VOLUNTEER_ORGANISATION', 'ASSOCIATION'))`,
  `alter table "unit" add constraint "unit_legal_form_check" check ("legal_form" in ('SOCIAL_ORGANISATION', 'SOCIAL_SERVICE_INSTITUTION', 'FOUNDATION'))`,
  `alter table "unit" add constraint "unit_registration_level_check" check ("registration_level" in ('PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY'))`,
  `create table "unit_name" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "unit_id" text not null, "name" text not null, "valid_from" date not null, "valid_to" date null, primary key ("id"))`,
  `create index "unit_name_unit_id_index" on "unit_name" ("unit_id")`,
  `create table "service_token" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "name" text not null, "token_hash" text not null, "role" text not null, "unit_id" text not null, "expires_at" timestamptz(3) not null, "revoked_at" timestamptz(3) null, primary key ("id"))`,
  `alter table "service_token" add constraint "service_token_token_hash_unique" unique ("token_hash")`,
  `create index "service_token_unit_id_index" on "service_token" ("unit_id")`,
  `alter table "service_token" add constraint "service_token_role_check" check ("role" in ('COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'))`,
  `create table "mandate" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "unit_id" text not null, "division_id" text not null, "mechanism" text null, "role" text not null, "valid_from" date not null, "valid_to" date null, "basis_id" text not null, primary key ("id"))`,
  `create index "mandate_unit_id_index" on "mandate" ("unit_id")`,
  `create index "mandate_division_id_index" on "mandate" ("division_id")`,
  `create index "mandate_basis_id_index" on "mandate" ("basis_id")`,
  `alter table "mandate" add constraint "mandate_mechanism_check" check ("mechanism" in ('ORGANISATION_LEADERSHIP', 'PROFESSIONAL_POSTS', 'FUNDING', 'REMUNERATION', 'SERVICE_AGENCIES', 'CAPABILITY'))`,
  `alter table "mandate" add constraint "mandate_role_check" check ("role" in ('LEADERSHIP', 'OVERALL_COORDINATION', 'RESPONSIBLE', 'COOPERATING'))`,
  `create table "initiative" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "code" text not null, "title" text not null, "summary" text null, "mechanisms" text[] not null default '{}', "division_id" text not null, "visibility" text not null, "starts_on" date null, "ends_on" date null, "status" text not null default 'DRAFT', "lead_unit_id" text not null, "parent_id" text null, "document_id" text null, "update_every_days" int not null default 30, primary key ("id"))`,
  `alter table "initiative" add constraint "initiative_code_unique" unique ("code")`,
  `create index "initiative_division_id_index" on "initiative" ("division_id")`,
  `create index "initiative_status_index" on "initiative" ("status")`,
  `create index "initiative_lead_unit_id_index" on "initiative" ("lead_unit_id")`,
  `create index "initiative_parent_id_index" on "initiative" ("parent_id")`,
  `create index "initiative_document_id_index" on "initiative" ("document_id")`,
  `alter table "initiative" add constraint "initiative_mechanisms_check" check ("mechanisms" <@ array['ORGANISATION_LEADERSHIP'::text, 'PROFESSIONAL_POSTS'::text, 'FUNDING'::text, 'REMUNERATION'::text, 'SERVICE_AGENCIES'::text, 'CAPABILITY'::text])`,
  `alter table "initiative" add constraint "initiative_visibility_check" check ("visibility" in ('NETWORK', 'PARTICIPANTS'))`,
  `alter table "initiative" add constraint "initiative_status_check" check ("status" in ('DRAFT', 'PLANNED', 'ACTIVE', 'SUSPENDED', 'CLOSED', 'CANCELLED'))`,
  `create table "task" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "code" text not null, "title" text not null, "requirement" text null, "source" text not null, "initiative_id" text null, "issuing_unit_id" text not null, "urgency" text not null default 'NORMAL', "confidential" boolean not null default false, "issued_on" date null, "due_on" date null, "expected_result" text null, "status" text not null default 'DRAFT', "parent_id" text null, "ancestor_ids" text[] not null default '{}', "in_network" boolean not null default false, primary key ("id"))`,
  `alter table "task" add constraint "task_code_unique" unique ("code")`,
  `create index "task_initiative_id_index" on "task" ("initiative_id")`,
  `create index "task_issuing_unit_id_index" on "task" ("issuing_unit_id")`,
  `create index "task_due_on_index" on "task" ("due_on")`,
  `create index "task_status_index" on "task" ("status")`,
  `create index "task_parent_id_index" on "task" ("parent_id")`,
  `alter table "task" add constraint "task_source_check" check ("source" in ('INITIATIVE', 'MEETING_RESOLUTION', 'LEADER_INSTRUCTION', 'DOCUMENT'))`,
  `alter table "task" add constraint "task_urgency_check" check ("urgency" in ('NORMAL', 'URGENT', 'MAJOR'))`,
  `alter table "task" add constraint "task_status_check" check ("status" in ('DRAFT', 'PENDING_ISSUE', 'ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'CLOSED', 'SUSPENDED', 'TERMINATED'))`,
  `create table "participation" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "initiative_id" text not null, "unit_id" text not null, "role" text not null, primary key ("id"))`,
  `create index "participation_initiative_id_index" on "participation" ("initiative_id")`,
  `create index "participation_unit_id_index" on "participation" ("unit_id")`,
  `alter table "participation" add constraint "participation_role_check" check ("role" in ('LEADERSHIP', 'OVERALL_COORDINATION', 'RESPONSIBLE', 'COOPERATING'))`,
  `create table "milestone" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "initiative_id" text not null, "title" text not null, "due_on" date not null, "reached_on" date null, primary key ("id"))`,
  `create index "milestone_initiative_id_index" on "milestone" ("initiative_id")`,
  `create table "initiative_update" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "initiative_id" text not null, "reported_on" date not null, "health" text not null, "text" text not null, "changes" text null, "author_id" text null, primary key ("id"))`,
  `create index "initiative_update_initiative_id_index" on "initiative_update" ("initiative_id")`,
  `create index "initiative_update_author_id_index" on "initiative_update" ("author_id")`,
  `alter table "initiative_update" add constraint "initiative_update_health_check" check ("health" in ('ON_TRACK', 'AT_RISK', 'OFF_TRACK'))`,
  `create table "document_issuer" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "document_id" text not null, "unit_id" text not null, primary key ("id"))`,
  `create index "document_issuer_document_id_index" on "document_issuer" ("document_id")`,
  `create index "document_issuer_unit_id_index" on "document_issuer" ("unit_id")`,
  `create table "assignment" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "task_id" text not null, "unit_id" text not null, "role" text not null, "person_id" text null, "liaison_id" text null, "due_on" date null, "status" text not null default 'PROPOSED', "progress" int not null default 0, "internal_note" text null, "in_network" boolean not null default false, primary key ("id"))`,
  `create index "assignment_task_id_index" on "assignment" ("task_id")`,
  `create index "assignment_unit_id_index" on "assignment" ("unit_id")`,
  `create index "assignment_person_id_index" on "assignment" ("person_id")`,
  `create index "assignment_liaison_id_index" on "assignment" ("liaison_id")`,
  `alter table "assignment" add constraint "assignment_role_check" check ("role" in ('LEAD', 'COOPERATING'))`,
  `alter table "assignment" add constraint "assignment_status_check" check ("status" in ('PROPOSED', 'ISSUED', 'ACCEPTED', 'REFUSED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'EXCUSED', 'TERMINATED'))`,
  `create table "appointment" ("id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now(), "person_id" text not null, "unit_id" text not null, "role" text null, "is_main" boolean not null, "valid_from" date not null, "valid_to" date null, primary key ("id"))`,
  `create index "appointment_person_id_index" on "appointment" ("person_id")`,
  `create index "appointment_unit_id_index" on "appointment" ("unit_id")`,
  `alter table "appointment" add constraint "appointment_role_check" check ("role" in ('COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'))`,
  `alter table "division" add constraint "division_parent_id_foreign" foreign key ("parent_id") references "division" ("id") on update no action on delete no action`,
  `alter table "account" add constraint "account_person_id_foreign" foreign key ("person_id") references "person" ("id") on update no action on delete no action`,
  `alter table "person_contact" add constraint "person_contact_person_id_foreign" foreign key ("person_id") references "person" ("id") on update no action on delete no action`,
  `alter table "person_private" add constraint "person_private_person_id_foreign" foreign key ("person_id") references "person" ("id") on update no action on delete no action`,
  `alter table "policy_document" add constraint "policy_document_supersedes_id_foreign" foreign key ("supersedes_id") references "policy_document" ("id") on update no action on delete no action`,
  `alter table "unit" add constraint "unit_division_id_foreign" foreign key ("division_id") references "division" ("id") on update no action on delete no action`,
  `alter table "unit" add constraint "unit_line_parent_id_foreign" foreign key ("line_parent_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "unit" add constraint "unit_system_id_foreign" foreign key ("system_id") references "unit_system" ("id") on update no action on delete no action`,
  `alter table "unit" add constraint "unit_successor_id_foreign" foreign key ("successor_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "unit_name" add constraint "unit_name_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "service_token" add constraint "service_token_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "mandate" add constraint "mandate_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "mandate" add constraint "mandate_division_id_foreign" foreign key ("division_id") references "division" ("id") on update no action on delete no action`,
  `alter table "mandate" add constraint "mandate_basis_id_foreign" foreign key ("basis_id") references "policy_document" ("id") on update no action on delete no action`,
  `alter table "initiative" add constraint "initiative_division_id_foreign" foreign key ("division_id") references "division" ("id") on update no action on delete no action`,
  `alter table "initiative" add constraint "initiative_lead_unit_id_foreign" foreign key ("lead_unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "initiative" add constraint "initiative_parent_id_foreign" foreign key ("parent_id") references "initiative" ("id") on update no action on delete no action`,
  `alter table "initiative" add constraint "initiative_document_id_foreign" foreign key ("document_id") references "policy_document" ("id") on update no action on delete no action`,
  `alter table "task" add constraint "task_initiative_id_foreign" foreign key ("initiative_id") references "initiative" ("id") on update no action on delete no action`,
  `alter table "task" add constraint "task_issuing_unit_id_foreign" foreign key ("issuing_unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "task" add constraint "task_parent_id_foreign" foreign key ("parent_id") references "task" ("id") on update no action on delete no action`,
  `alter table "participation" add constraint "participation_initiative_id_foreign" foreign key ("initiative_id") references "initiative" ("id") on update no action on delete no action`,
  `alter table "participation" add constraint "participation_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "milestone" add constraint "milestone_initiative_id_foreign" foreign key ("initiative_id") references "initiative" ("id") on update no action on delete no action`,
  `alter table "initiative_update" add constraint "initiative_update_initiative_id_foreign" foreign key ("initiative_id") references "initiative" ("id") on update no action on delete no action`,
  `alter table "initiative_update" add constraint "initiative_update_author_id_foreign" foreign key ("author_id") references "person" ("id") on update no action on delete no action`,
  `alter table "document_issuer" add constraint "document_issuer_document_id_foreign" foreign key ("document_id") references "policy_document" ("id") on update no action on delete no action`,
  `alter table "document_issuer" add constraint "document_issuer_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "assignment" add constraint "assignment_task_id_foreign" foreign key ("task_id") references "task" ("id") on update no action on delete no action`,
  `alter table "assignment" add constraint "assignment_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
  `alter table "assignment" add constraint "assignment_person_id_foreign" foreign key ("person_id") references "person" ("id") on update no action on delete no action`,
  `alter table "assignment" add constraint "assignment_liaison_id_foreign" foreign key ("liaison_id") references "person" ("id") on update no action on delete no action`,
  `alter table "appointment" add constraint "appointment_person_id_foreign" foreign key ("person_id") references "person" ("id") on update no action on delete no action`,
  `alter table "appointment" add constraint "appointment_unit_id_foreign" foreign key ("unit_id") references "unit" ("id") on update no action on delete no action`,
]

const companions = [
  `-- Text columns that paths and ids are compared by: byte order, so that a prefix test can use an index.
alter table "division" alter column "path" type text collate "C", alter column "code" type text collate "C"`,
  `alter table "unit" alter column "line_path" type text collate "C", alter column "division_path" type text collate "C"`,
  `create index "division_path_index" on "division" ("path")`,
  `create index "unit_line_path_index" on "unit" ("line_path")`,
  `create index "unit_division_path_index" on "unit" ("division_path")`,
  `-- Rules that two writers at once could break if only the application looked.
create extension if not exists btree_gist`,
  `alter table "mandate" add constraint "mandate_one_coordinator" exclude using gist ("division_id" with =, daterange("valid_from", "valid_to") with &&) where ("role" = 'OVERALL_COORDINATION')`,
  `alter table "mandate" add constraint "mandate_no_self_overlap" exclude using gist ("unit_id" with =, "role" with =, (coalesce("mechanism", '')) with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "appointment" add constraint "appointment_one_main" exclude using gist ("person_id" with =, daterange("valid_from", "valid_to") with &&) where ("is_main")`,
  `alter table "unit_name" add constraint "unit_name_one_a_day" exclude using gist ("unit_id" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "participation" add constraint "participation_once" unique ("initiative_id", "unit_id")`,
  `alter table "initiative" add constraint "initiative_lead_takes_part" foreign key ("id", "lead_unit_id") references "participation" ("initiative_id", "unit_id") deferrable initially deferred`,
  `alter table "assignment" add constraint "assignment_once" unique ("task_id", "unit_id")`,
  `create unique index "assignment_one_lead" on "assignment" ("task_id") where ("role" = 'LEAD')`,
  `alter table "assignment" add constraint "assignment_progress_check" check ("progress" between 0 and 100)`,
  `alter table "account" add constraint "account_once" unique ("issuer", "subject")`,
  `alter table "person_contact" add constraint "person_contact_once" unique ("person_id")`,
  `alter table "person_private" add constraint "person_private_once" unique ("person_id")`,
  `create index "task_ancestor_ids_index" on "task" using gin ("ancestor_ids")`,
  `-- Paths of the two trees and of tasks, kept here because every writer must keep them.
create function "heli_division_path"() returns trigger language plpgsql as $$
begin
  new.path := coalesce((select p.path from division p where p.id = new.parent_id), '/') || new.code || '/';
  if tg_op = 'UPDATE' and new.parent_id is distinct from old.parent_id and new.path like old.path || '%' and new.path <> old.path then
    raise exception 'a division cannot stand below itself' using errcode = '23514', constraint = 'division_no_cycle', table = 'division';
  end if;
  return new;
end $$`,
  `create trigger "division_path" before insert or update of "parent_id", "code" on "division" for each row execute function "heli_division_path"()`,
  `create function "heli_division_below"() returns trigger language plpgsql as $$
begin
  update division set path = new.path || substr(path, length(old.path) + 1) where path ^@ old.path and id <> new.id;
  update unit set division_path = d.path from division d where d.id = unit.division_id and d.path ^@ new.path;
  return null;
end $$`,
  `create trigger "division_below" after update on "division" for each row when (old.path is distinct from new.path) execute function "heli_division_below"()`,
  `create function "heli_unit_paths"() returns trigger language plpgsql as $$
begin
  new.line_path := coalesce((select p.line_path from unit p where p.id = new.line_parent_id), '/') || new.id || '/';
  new.division_path := (select d.path from division d where d.id = new.division_id);
  if strpos(substr(new.line_path, 1, length(new.line_path) - length(new.id) - 1), '/' || new.id || '/') > 0 then
    raise exception 'a unit cannot stand below itself' using errcode = '23514', constraint = 'unit_no_cycle', table = 'unit';
  end if;
  return new;
end $$`,
  `create trigger "unit_paths" before insert or update of "line_parent_id", "division_id" on "unit" for each row execute function "heli_unit_paths"()`,
  `create function "heli_unit_below"() returns trigger language plpgsql as $$
begin
  update unit set line_path = new.line_path || substr(line_path, length(old.line_path) + 1) where line_path ^@ old.line_path and id <> new.id;
  return null;
end $$`,
  `create trigger "unit_below" after update on "unit" for each row when (old.line_path is distinct from new.line_path) execute function "heli_unit_below"()`,
  `create function "heli_task_ancestors"() returns trigger language plpgsql as $$
begin
  new.ancestor_ids := coalesce((select p.ancestor_ids || p.id from task p where p.id = new.parent_id), '{}');
  if new.id = any(new.ancestor_ids) then
    raise exception 'a task cannot stand below itself' using errcode = '23514', constraint = 'task_no_cycle', table = 'task';
  end if;
  return new;
end $$`,
  `create trigger "task_ancestors" before insert or update of "parent_id" on "task" for each row execute function "heli_task_ancestors"()`,
  `-- What everybody who takes part may see is known from the row itself, so that a list need not look up the initiative of each task.
create function "heli_task_network"() returns trigger language plpgsql as $$
begin
  new.in_network := not new.confidential and new.status <> 'DRAFT' and exists (
    select 1 from initiative i where i.id = new.initiative_id and i.visibility = 'NETWORK' and i.status <> 'DRAFT');
  return new;
end $$`,
  `create trigger "task_network" before insert or update of "confidential", "status", "initiative_id" on "task" for each row execute function "heli_task_network"()`,
  `create function "heli_task_network_below"() returns trigger language plpgsql as $$
begin
  update assignment set in_network = new.in_network where task_id = new.id and in_network <> new.in_network;
  return null;
end $$`,
  `create trigger "task_network_below" after update on "task" for each row when (old.in_network <> new.in_network) execute function "heli_task_network_below"()`,
  `create function "heli_assignment_network"() returns trigger language plpgsql as $$
begin
  new.in_network := coalesce((select t.in_network from task t where t.id = new.task_id), false);
  return new;
end $$`,
  `create trigger "assignment_network" before insert or update of "task_id" on "assignment" for each row execute function "heli_assignment_network"()`,
  `create function "heli_initiative_network_below"() returns trigger language plpgsql as $$
begin
  update task set in_network = not confidential and status <> 'DRAFT' and new.visibility = 'NETWORK' and new.status <> 'DRAFT'
    where initiative_id = new.id and in_network <> (not confidential and status <> 'DRAFT' and new.visibility = 'NETWORK' and new.status <> 'DRAFT');
  return null;
end $$`,
  `create trigger "initiative_network_below" after update on "initiative" for each row
  when (old.visibility <> new.visibility or old.status <> new.status) execute function "heli_initiative_network_below"()`,
  `create index "assignment_open_due" on "assignment" ("due_on", "id") where "status" not in ('COMPLETED', 'EXCUSED', 'TERMINATED', 'REFUSED', 'DRAFT', 'PENDING_ISSUE', 'PROPOSED', 'SUSPENDED')`,
  `create index "task_open_due" on "task" ("due_on", "id") where "status" not in ('COMPLETED', 'CLOSED', 'TERMINATED', 'DRAFT', 'PENDING_ISSUE', 'PROPOSED', 'SUSPENDED')`,
  `create index "task_of_initiative_due" on "task" ("initiative_id", "due_on", "id")`,
  `create index "initiative_status_created" on "initiative" ("status", "created_at", "id")`,
  `create index "assignment_due" on "assignment" ("due_on", "id")`,
  `create index "assignment_unit_due" on "assignment" ("unit_id", "due_on", "id")`,
  `-- Who did what: append-only, each entry carrying the hash of the one before. Events: one number a change, in commit order, without gaps.
create table "audit_entry" (
  "id" text not null, "seq" bigint not null, "at" timestamptz(3) not null, "verb" text not null, "subject_id" text null, "subject_ids" text[] not null, "unit_ids" text[] not null,
  "person_id" text null, "token_id" text null, "request_id" text not null, "body" jsonb not null, "previous_hash" text not null, "hash" text not null, primary key ("id")
)`,
  `alter table "audit_entry" add constraint "audit_entry_seq_unique" unique ("seq")`,
  `alter table "audit_entry" add constraint "audit_entry_person_id_foreign" foreign key ("person_id") references "person" ("id") on update no action on delete no action`,
  `create index "audit_entry_subject_ids" on "audit_entry" using gin ("subject_ids")`,
  `create index "audit_entry_unit_ids" on "audit_entry" using gin ("unit_ids")`,
  `create index "audit_entry_subject" on "audit_entry" ("subject_id", "seq")`,
  `create index "audit_entry_person" on "audit_entry" ("person_id", "seq")`,
  `create table "event" (
  "seq" bigint primary key, "at" timestamptz(3) not null, "type" text not null, "subject_id" text not null, "kind" text not null check ("kind" in ('CREATED', 'UPDATED', 'DELETED')),
  "version" integer, "fields" text[] not null, "audit_seq" bigint not null
)`,
  `create index "event_subject" on "event" ("subject_id", "version")`,
  `create table "journal_head" ("only" boolean primary key default true check ("only"), "audit_seq" bigint not null, "event_seq" bigint not null, "hash" text not null)`,
  `insert into "journal_head" ("audit_seq", "event_seq", "hash") values (0, 0, repeat('0', 64))`,
  `create function "heli_append_only"() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$`,
  `create trigger "audit_append_only" before update or delete or truncate on "audit_entry" for each statement execute function "heli_append_only"()`,
  `create trigger "event_append_only" before update or delete or truncate on "event" for each statement execute function "heli_append_only"()`,
  `create table "idempotency" (
  "actor" text not null, "mutation" text not null, "key" text not null, "input_hash" text not null, "subject_id" text, "created_at" timestamptz(3) not null default now(),
  primary key ("actor", "mutation", "key")
)`,
  `create index "idempotency_created_at" on "idempotency" ("created_at")`,
  `create function "heli_record"(entry jsonb) returns bigint language plpgsql as $$
declare
  head journal_head;
  body jsonb;
  moment timestamptz(3);
  next_hash text;
  changed integer;
begin
  -- The lock is held until commit, so numbers are given in commit order; it is taken last in every transaction.
  select * into head from journal_head for update;
  moment := clock_timestamp();
  body := (entry - 'idempotency') || jsonb_build_object('seq', head.audit_seq + 1, 'at', to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
  next_hash := encode(sha256(convert_to(head.hash || body::text, 'UTF8')), 'hex');
  insert into audit_entry (id, seq, at, verb, subject_id, subject_ids, unit_ids, person_id, token_id, request_id, body, previous_hash, hash)
    values ('aud_' || lpad((head.audit_seq + 1)::text, 26, '0'), head.audit_seq + 1, moment, entry->>'verb', entry->>'subjectId',
      -- A file's rows are found by its entry; naming each would make the index as large as the table.
      case when entry->>'verb' like 'import.%' then '{}' else array(
        select c->>'id' from jsonb_array_elements(entry->'changes') c union select jsonb_array_elements_text(r->'ids') from jsonb_array_elements(coalesce(entry->'reads', '[]')) r) end,
      array(select distinct p->>'unitId' from jsonb_array_elements(entry->'posts') p), entry->>'personId', entry->>'tokenId', entry->>'requestId', body, head.hash, next_hash);
  insert into event (seq, at, type, subject_id, kind, version, fields, audit_seq)
    select head.event_seq + c.at, moment, c.value->>'type', c.value->>'id', c.value->>'kind', (c.value->>'version')::integer,
      array(select jsonb_object_keys(c.value->'fields')), head.audit_seq + 1
    from jsonb_array_elements(entry->'changes') with ordinality as c(value, at);
  get diagnostics changed = row_count;
  update journal_head set audit_seq = head.audit_seq + 1, event_seq = head.event_seq + changed, hash = next_hash;
  if entry->'idempotency' <> 'null'::jsonb then
    update idempotency set subject_id = entry->>'subjectId'
      where actor = entry#>>'{idempotency,actor}' and mutation = entry#>>'{idempotency,name}' and key = entry#>>'{idempotency,key}';
  end if;
  if changed > 0 then perform pg_notify('heli_event', (head.event_seq + changed)::text); end if;
  return head.audit_seq + 1;
end $$`,
]

/** The first five modules, the journal, and the rules that stand in the database. */
export class Migration00000000000001_foundation extends Migration {
  override up(): void {
    for (const statement of [...tables, ...companions]) this.addSql(statement)
  }
}
