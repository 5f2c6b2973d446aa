/** Changes to rows that a viewer does not see: a table, its type, and values that any of its rows may take. */
import type { Tables } from '../oracle/snapshot.js'
import { activitySamples } from '../../support/samples.js'

export const hiddenValues: readonly [table: keyof Tables, type: string, values: Record<string, unknown>][] = [
  ['needs_survey', 'NeedsSurvey', { title: '改', version: 9 }],
  ['consultation', 'Consultation', { plannedOn: '2024-02-02' }],
  ['service_plan', 'ServicePlan', { title: '改', targetGroup: '改', plannedBeneficiaries: 7 }],
  ['service_record', 'ServiceRecord', { summary: '改', beneficiaries: 77, method: 'CASE' }],
  // Days of recording may not meet those of another row.
  ...activitySamples.map(({ table, type, change }): [keyof Tables, string, Record<string, unknown>] => [table as keyof Tables, type, type === 'RecordingCoverage' ? { version: 9 } : change]),
  ['volunteer_training', 'VolunteerTraining', { persons: 91 }],
  ['volunteer', 'Volunteer', { origin: 'OTHER', noticeFrom: '2026-02-02' }],
  ['volunteer_service', 'VolunteerService', { activity: '改' }],
  ['commendation', 'Commendation', { title: '改' }],
  ['training_attendance', 'TrainingAttendance', { hours: '4.00' }],
  ['supervision_session', 'SupervisionSession', { text: '改', hours: '3.00' }],
  ['micro_payment', 'MicroPayment', { paidOn: '2026-11-01', amount: '1.00' }],
  ['micro_project', 'MicroProject', { title: '改', need: '改' }],
  ['pay_record', 'PayRecord', { version: 9, level: 'SENIOR' }],
  ['export_job', 'ExportJob', { view: 'posts', rowsDone: 7, version: 9 }],
  ['return_text', 'ReturnText', { rowKey: 'ONE', returnedReason: '改' }],
  ['return_submission', 'ReturnSubmission', { returnedReason: '改', version: 9 }],
  ['complaint', 'Complaint', { text: '改', receivedOn: '2026-01-01' }],
]
