import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const levels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY']
const tables = [
  ...recordTable('volunteer_notice_rule', { days: 'int', valid_from: 'date', valid_to: 'date null' }, { division: 'division', basis: 'policy_document' }),
  ...recordTable('volunteer_team', { code: 'text', name: 'text', kind: 'text', founded_on: 'date', ended_on: 'date null' }, { unit: 'unit', leader: 'social_worker' }, { kind: ['ORGANISATION', 'TEAM'] }),
  ...recordTable(
    'volunteer',
    { code: 'text', origin: 'text', status: `text not null default 'NOTICE'`, notice_from: 'date', notice_to: 'date', registered_on: 'date null', registered_nationally_on: 'date null', ended_on: 'date null' },
    { team: 'volunteer_team', unit: 'unit' },
    { origin: ['RESIDENT', 'STUDENT', 'EMPLOYEE', 'FORMER_BENEFICIARY', 'OTHER'], status: ['NOTICE', 'REGISTERED', 'REFUSED', 'WITHDRAWN'] },
  ),
  ...recordTable('volunteer_contact', { name: 'text', mobile: 'text null', national_number: 'text null' }, { volunteer: 'volunteer' }),
  ...recordTable(
    'volunteer_service',
    { served_on: 'date', starts_at: 'timestamptz(3) null', ends_at: 'timestamptz(3) null', hours: 'numeric(8,2)', activity: 'text', reason: 'text null' },
    { volunteer: 'volunteer', team: 'volunteer_team', unit: 'unit', corrects: 'volunteer_service?', recorded_by: 'person?' },
  ),
  ...recordTable(
    'volunteer_training',
    { organiser: 'text', organiser_type: 'text', title: 'text', content: 'text', held_on: 'date', persons: 'int' },
    { division: 'division', unit: 'unit' },
    { organiser_type: ['PARTY_GOVERNMENT', 'VOLUNTEER_ORGANISATION', 'OTHER'] },
  ),
  ...recordTable('commendation', { title: 'text', level: 'text', awarded_by: 'text', awarded_on: 'date' }, { team: 'volunteer_team', volunteer: 'volunteer?' }, { level: levels }),
  ...recordTable(
    'complaint',
    { received_on: 'date', text: 'text', status: `text not null default 'RECEIVED'`, outcome: 'text null', handled_on: 'date null' },
    { team: 'volunteer_team', volunteer: 'volunteer?', handled_by: 'person?' },
    { status: ['RECEIVED', 'UPHELD', 'DISMISSED'] },
  ),
]

const rules = [
  `alter table "volunteer_team" add constraint "volunteer_team_code_unique" unique ("code")`,
  `alter table "volunteer" add constraint "volunteer_code_unique" unique ("code")`,
  `alter table "volunteer_contact" add constraint "volunteer_contact_once" unique ("volunteer_id")`,
  `create unique index "volunteer_contact_national_number" on "volunteer_contact" ("national_number")`,
  `alter table "volunteer_notice_rule" add constraint "volunteer_notice_rule_no_overlap" exclude using gist ("division_id" with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "volunteer" add constraint "volunteer_notice" check ("notice_to" >= "notice_from")`,
  `alter table "volunteer" add constraint "volunteer_state" check (("status" in ('REGISTERED', 'WITHDRAWN')) = ("registered_on" is not null) and ("status" in ('REFUSED', 'WITHDRAWN')) = ("ended_on" is not null))`,
  `-- A correcting entry has no hours of the clock; any other entry has nothing else.
alter table "volunteer_service" add constraint "volunteer_service_entry" check (case when "corrects_id" is null
  then "starts_at" is not null and "ends_at" is not null and "ends_at" > "starts_at" and "ends_at" <= "starts_at" + interval '24 hours' and "hours" > 0 and "reason" is null
    and "hours" = round(extract(epoch from "ends_at" - "starts_at") / 3600, 2) and "served_on" = ("starts_at" at time zone 'Asia/Shanghai')::date
  else "starts_at" is null and "ends_at" is null and "hours" <> 0 and "reason" is not null end)`,
  `-- The same hours of one volunteer are entered once, by whatever way.
alter table "volunteer_service" add constraint "volunteer_service_no_overlap" exclude using gist ("volunteer_id" with =, tstzrange("starts_at", "ends_at") with &&) where ("corrects_id" is null)`,
  `create index "volunteer_service_by_served_on" on "volunteer_service" ("served_on", "id")`,
  `alter table "complaint" add constraint "complaint_settled" check (("status" = 'RECEIVED') = ("handled_on" is null) and ("status" = 'RECEIVED') = ("outcome" is null))`,
  `select heli_lock_periods('volunteer_service', 'SERVICE_HOURS', 'unit_id', 'served_on')`,
]

/** Teams, volunteers, their hours, courses, commendations and complaints. */
export class Migration00000000000031_volunteers extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
