import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const tables = [
  ...recordTable('plan_inclusion', { kind: 'text', plan: 'text', text: 'text', included_on: 'date' }, { division: 'division', unit: 'unit', document: 'policy_document?' }, { kind: ['TALENT_PLAN', 'DEVELOPMENT_PLAN', 'OTHER'] }),
  ...recordTable('publicity_activity', { title: 'text', summary: 'text null', held_on: 'date', attendances: 'int' }, { division: 'division', unit: 'unit' }),
  ...recordTable('social_work_section', { name: 'text', founded_on: 'date', ended_on: 'date null' }, { unit: 'unit' }),
  ...recordTable('recording_coverage', { valid_from: 'date', valid_to: 'date null' }, { division: 'division', unit: 'unit', covered_unit: 'unit?' }),
  ...recordTable('incentive_measure', { year: 'int', title: 'text', text: 'text' }, { division: 'division', unit: 'unit', document: 'policy_document?' }),
  ...recordTable('key_activity', { name: 'text', summary: 'text', starts_on: 'date', ends_on: 'date null' }, { division: 'division', unit: 'unit' }),
  ...recordTable(
    'pilot',
    { kind: 'text', name: 'text', summary: 'text', places: 'text', poor_counties: 'int not null default 0', poor_villages: 'int not null default 0', funds: 'numeric(18,2)', starts_on: 'date', ends_on: 'date null' },
    { division: 'division', unit: 'unit' },
    { kind: ['POVERTY_DEMONSTRATION', 'PILOT', 'PROJECT'] },
  ),
  ...recordTable('division_statistic', { year: 'int', resident_population: 'int', source: 'text' }, { division: 'division' }),
  ...recordTable('association_membership', { year: 'int', unit_members: 'int', personal_members: 'int', has_party_organisation: 'boolean' }, { unit: 'unit' }),
  ...recordTable(
    'opening_count',
    { year: 'int', measure: 'text', count: 'int', source: 'text' },
    { division: 'division' },
    { measure: ['REGISTERED_VOLUNTEERS', 'NATIONALLY_REGISTERED_VOLUNTEERS', 'VOLUNTEER_HOURS', 'TRAINING_ATTENDANCES', 'VOLUNTEER_TRAINING_ATTENDANCES'] },
  ),
]

const rules = [
  `alter table "social_work_section" add constraint "social_work_section_dates" check ("ended_on" is null or "ended_on" > "founded_on")`,
  `alter table "recording_coverage" add constraint "recording_coverage_dates" check ("valid_to" is null or "valid_to" > "valid_from")`,
  `alter table "recording_coverage" add constraint "recording_coverage_once" exclude using gist ("division_id" with =, (coalesce("covered_unit_id", '')) with =, daterange("valid_from", "valid_to") with &&)`,
  `alter table "division_statistic" add constraint "division_statistic_once" unique ("division_id", "year")`,
  `alter table "division_statistic" add constraint "division_statistic_figures" check ("resident_population" > 0)`,
  `alter table "association_membership" add constraint "association_membership_once" unique ("unit_id", "year")`,
  `alter table "opening_count" add constraint "opening_count_once" unique ("division_id", "year", "measure")`,
  `alter table "opening_count" add constraint "opening_count_figures" check ("count" >= 0)`,
  `alter table "pilot" add constraint "pilot_figures" check ("funds" >= 0 and "poor_counties" >= 0 and "poor_villages" >= 0)`,
]

/** What units report of the work, and the figures of the national return that no other module holds. */
export class Migration00000000000030_activity extends Migration {
  override up(): void {
    for (const statement of [...tables, ...rules]) this.addSql(statement)
  }
}
