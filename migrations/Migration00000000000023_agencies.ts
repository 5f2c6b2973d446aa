import { Migration } from '@mikro-orm/migrations'
import { oneOf, record, references } from './table.js'

const statements = [
  `create table "agency_profile" (${record}, "unit_id" text not null, "registration_level" text not null, "rating" text null, "rated_on" date null, "rating_valid_to" date null, "has_party_organisation" boolean not null default false, "full_time_staff" int null, "party_members" int null, "reported_on" date null, primary key ("id"))`,
  ...references('agency_profile', { unit_id: 'unit' }),
  oneOf('agency_profile', 'registration_level', ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY']),
  oneOf('agency_profile', 'rating', ['A1', 'A2', 'A3', 'A4', 'A5']),
  `alter table "agency_profile" add constraint "agency_profile_once" unique ("unit_id")`,
  `alter table "agency_profile" add constraint "agency_profile_rating" check (("rating" is null) = ("rated_on" is null) and ("rating_valid_to" is null or "rating_valid_to" > "rated_on"))`,
  `alter table "agency_profile" add constraint "agency_profile_staff" check ("full_time_staff" >= 0 and "party_members" between 0 and "full_time_staff" and ("full_time_staff" is null) = ("reported_on" is null) and ("full_time_staff" is null) = ("party_members" is null))`,
  `create table "agency_support" (${record}, "agency_id" text not null, "provider_id" text not null, "kind" text not null, "amount" numeric(18,2) null, "starts_on" date not null, "ends_on" date null, "note" text null, primary key ("id"))`,
  ...references('agency_support', { agency_id: 'unit', provider_id: 'unit' }),
  oneOf('agency_support', 'kind', ['START_UP', 'SUPERVISION', 'COMMUNITY_PARTNERSHIP']),
  `alter table "agency_support" add constraint "agency_support_amount" check (("kind" = 'START_UP') = ("amount" is not null) and ("amount" is null or "amount" > 0))`,
  `alter table "agency_support" add constraint "agency_support_dates" check ("ends_on" is null or "ends_on" >= "starts_on")`,
  `create index "contract_between" on "contract" ("purchaser_id", "agency_id", "starts_on", "id")`,
]

/** The register of agencies, and their support. */
export class Migration00000000000023_agencies extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}
