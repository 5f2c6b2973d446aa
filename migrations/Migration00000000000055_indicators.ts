import { Migration } from '@mikro-orm/migrations'
import { recordTable } from './record-table.js'

const indicators = [
  'ADMINISTRATIVE_SHARE', 'SUPERIOR_ASSIGNED_SHARE', 'INDEPENDENT_PLAN_SHARE', 'IDLE_CERTIFICATE_RATE', 'SOCIAL_WORKERS', 'CREDENTIALED_SHARE', 'HIGHER_GRADE_SHARE',
  'EXPLICIT_POST_SHARE', 'FULL_TIME_SHARE', 'UNPAID_SHARE', 'LED_TEAM_COVERAGE', 'VOLUNTEERS_PER_SOCIAL_WORKER', 'HOURS_PER_VOLUNTEER', 'RETURNED_BENEFICIARY_RATE',
  'REGISTERED_SHARE', 'FISCAL_SHARE', 'FUNDING_GROWTH', 'BIDDERS_PER_LOT', 'CASH_ARRIVAL_DELAY', 'PARITY_INDEX', 'BELOW_FLOOR_PERSONS', 'BUDGETED_SHARE',
  'CONTRACT_GAP_DAYS', 'RENEWAL_RATE', 'SUPPORT_COVERAGE', 'SUPERVISION_COVERAGE', 'SUPERVISION_SPAN', 'SESSIONS_ON_TIME', 'EDUCATION_HOURS_RATE', 'MICRO_PROJECTS',
  'ON_TIME_RATE', 'OVERDUE_SHARE', 'ACCEPTANCE_IN_TIME', 'SCORE_AVERAGE', 'RETURN_RATE', 'ACCEPTANCE_DAYS', 'EXTENSION_SHARE',
]

/** What indicators are to reach, by division and date, and what was published of those over people. */
export class Migration00000000000055_indicators extends Migration {
  override up(): void {
    const columns = { indicator: 'text', target: 'numeric(18,4)', warning: 'numeric(18,4) null', valid_from: 'date', valid_to: 'date null' }
    for (const statement of recordTable('indicator_threshold', columns, { division: 'division', basis: 'policy_document' }, { indicator: indicators })) this.addSql(statement)
    const told = { year: 'int', indicator: 'text', is_total: 'boolean', is_suppressed: 'boolean', persons: 'int null', numerator: 'numeric(18,4) null', denominator: 'numeric(18,4) null', published_on: 'date' }
    for (const statement of recordTable('indicator_figure', told, { province: 'division', division: 'division', threshold: 'pay_threshold' }, { indicator: indicators })) this.addSql(statement)
    this.addSql(`alter table "indicator_figure" add constraint "indicator_figure_once" unique ("province_id", "year", "indicator", "division_id", "is_total")`)
    this.addSql(`alter table "indicator_figure" add constraint "indicator_figure_suppressed" check (not "is_suppressed" or ("persons" is null and "numerator" is null and "denominator" is null))`)
    this.addSql(`alter table "indicator_threshold" add constraint "indicator_threshold_no_overlap" exclude using gist ("division_id" with =, "indicator" with =, daterange("valid_from", "valid_to") with &&)`)
  }
}
