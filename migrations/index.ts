import type { Migration } from '@mikro-orm/migrations'
import { Migration00000000000001_foundation } from './Migration00000000000001_foundation.js'
import { Migration00000000000002_calendar } from './Migration00000000000002_calendar.js'
import { Migration00000000000003_ownership } from './Migration00000000000003_ownership.js'
import { Migration00000000000004_conferences } from './Migration00000000000004_conferences.js'
import { Migration00000000000005_evidence } from './Migration00000000000005_evidence.js'
import { Migration00000000000006_progress } from './Migration00000000000006_progress.js'
import { Migration00000000000008_places } from './Migration00000000000008_places.js'
import { Migration00000000000009_reminders } from './Migration00000000000009_reminders.js'
import { Migration00000000000010_appraisal } from './Migration00000000000010_appraisal.js'
import { Migration00000000000011_periods } from './Migration00000000000011_periods.js'
import { Migration00000000000012_posts } from './Migration00000000000012_posts.js'
import { Migration00000000000013_worklogs } from './Migration00000000000013_worklogs.js'
import { Migration00000000000014_services } from './Migration00000000000014_services.js'
import { Migration00000000000020_funding } from './Migration00000000000020_funding.js'
import { Migration00000000000021_procurement } from './Migration00000000000021_procurement.js'
import { Migration00000000000022_money_months } from './Migration00000000000022_money_months.js'
import { Migration00000000000023_agencies } from './Migration00000000000023_agencies.js'
import { Migration00000000000030_activity } from './Migration00000000000030_activity.js'
import { Migration00000000000031_volunteers } from './Migration00000000000031_volunteers.js'
import { Migration00000000000032_capability } from './Migration00000000000032_capability.js'
import { Migration00000000000033_pay } from './Migration00000000000033_pay.js'
import { Migration00000000000040_orders } from './Migration00000000000040_orders.js'
import { Migration00000000000041_targets } from './Migration00000000000041_targets.js'
import { Migration00000000000050_exports } from './Migration00000000000050_exports.js'
import { Migration00000000000055_indicators } from './Migration00000000000055_indicators.js'
import { Migration00000000000056_main_appointments } from './Migration00000000000056_main_appointments.js'
import { Migration00000000000060_changes } from './Migration00000000000060_changes.js'
import { Migration00000000000061_sql_roles } from './Migration00000000000061_sql_roles.js'
import { Migration00000000000065_returns } from './Migration00000000000065_returns.js'
import { Migration00000000000066_score_approval } from './Migration00000000000066_score_approval.js'

type MigrationClass = new (...parameters: ConstructorParameters<typeof Migration>) => Migration

/** Every migration, oldest first; its class name is its name in the database. A released one is never edited: add another below it. */
export const migrations: MigrationClass[] = [
  Migration00000000000001_foundation,
  Migration00000000000002_calendar,
  Migration00000000000003_ownership,
  Migration00000000000004_conferences,
  Migration00000000000005_evidence,
  Migration00000000000006_progress,
  Migration00000000000008_places,
  Migration00000000000009_reminders,
  Migration00000000000010_appraisal,
  Migration00000000000011_periods,
  Migration00000000000012_posts,
  Migration00000000000013_worklogs,
  Migration00000000000014_services,
  Migration00000000000020_funding,
  Migration00000000000021_procurement,
  Migration00000000000022_money_months,
  Migration00000000000023_agencies,
  Migration00000000000030_activity,
  Migration00000000000031_volunteers,
  Migration00000000000032_capability,
  Migration00000000000033_pay,
  Migration00000000000040_orders,
  Migration00000000000041_targets,
  Migration00000000000050_exports,
  Migration00000000000055_indicators,
  Migration00000000000056_main_appointments,
  Migration00000000000060_changes,
  Migration00000000000061_sql_roles,
  Migration00000000000065_returns,
  Migration00000000000066_score_approval,
]
