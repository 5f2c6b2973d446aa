/*
 * Capability (专业能力): courses and who attended, continuing education, supervision (督导), micro-projects (公益创投、小项目、小基金).
 * Continuing education is asked for each registration period of a credential: hours done are those of courses passed that count and ended in the period; hours required are those of the nearest division's
 * rule for the level on the first day of the period, by the unit of the person; null without a rule.
 * A supervisor stands on one rung of the ladder a day. A pairing begins while he does, with no more supervisees than the nearest division's rule allows to the rung, and never with himself; the database
 * holds that too. A session is late when more days than the rule says have gone since the last one, or since the first day.
 * A micro-project goes from the need over call, review and contract to the work, its evaluation and the close. Payments stay within the amount of the contract; the last one follows a PASSED evaluation
 * only, and a FAILED one is closed without. The unit that pays does not carry it out.
 */
import { Int } from 'type-graphql'
import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, inForce, value } from '../../engine/index.js'
import { Day, Decimal, Problem } from '../../kernel/index.js'
import { nearestRule } from '../divisions/index.js'
import { countsTowards } from '../initiatives/index.js'
import { Qualification, qualificationPaging, SocialWorker } from '../posts/index.js'
import { capabilityAccess, capabilityScopes } from './capability.access.js'
import { attendanceGrouping, microPaymentGrouping, microProjectGrouping, qualificationGrouping, sessionGrouping, supervisionGrouping, supervisorGrouping, trainingGrouping } from './capability.grouping.js'
import { attendancePaging, educationRulePaging, microPaymentPaging, microProjectPaging, ratioPaging, sessionPaging, supervisionPaging, supervisorPaging, trainingPaging } from './capability.input.js'
import { MicroProjectMutations } from './capability.resolver.js'
import { MicroPayment, MicroProject } from './micro-project.entity.js'
import { notPassed } from './micro-project.facts.js'
import { microProjects, paidAlready } from './micro-project.service.js'
import { Supervision, SupervisionRatio, SupervisionSession, Supervisor } from './supervision.entity.js'
import { isPaired, oneself, onOneRung, ratios, sessions, supervisions, supervisors } from './supervision.service.js'
import { ContinuingEducationRule, Training, TrainingAttendance } from './training.entity.js'
import { attendances, educationRules, trainings } from './training.service.js'

countsTowards('PEOPLE_TRAINED', { way: [{ to: () => Training, by: 'initiative' }, { to: () => TrainingAttendance, by: 'training' }], distinct: 'socialWorker' })
countsTowards('FUNDS_SPENT', { way: [{ to: () => MicroProject, by: 'initiative' }, { to: () => MicroPayment, by: 'microProject' }], sum: 'amount' })
constraintMeans('supervision_not_oneself', oneself)
constraintMeans('supervision_no_overlap', isPaired)
constraintMeans('supervisor_one_rung', onOneRung)
constraintMeans('micro_payment_once', paidAlready)
constraintMeans('micro_payment_passed', () => notPassed())
constraintMeans('micro_payment_within', () => new Problem('OUT_OF_RANGE', 'input.amount', { en: 'The payments would exceed the amount of the contract.', zh: '付款总额将超过合同金额。' }))

const hoursDone = (row: RowRef) => sql`(select coalesce(sum(ea.hours), 0)::numeric(12,2)::text from training_attendance ea join training et on et.id = ea.training_id
  where ea.social_worker_id = ${row.column('socialWorkerId')} and ea.is_passed and et.is_continuing_education and et.ends_on >= ${row.column('registeredOn')} and et.ends_on < ${row.column('registeredUntil')})`
const divisionOfWorker = (row: RowRef) => sql`(select eu.division_id from unit eu where eu.id = ${row.column('socialWorker.person.unitId')})`
const hoursRequired = (row: RowRef) =>
  sql`(select er.hours::text from continuing_education_rule er where er.id = ${nearestRule('continuing_education_rule', divisionOfWorker(row), row.column('registeredOn'), sql`r.level = ${row.column('level')}`)})`
const lastSession = (row: RowRef) => sql`(select max(ls.held_on) from supervision_session ls where ls.supervision_id = ${row.column('id')})`

const inTime = (row: RowRef) => sql`(select ${row.column('heldOn')} - greatest(ts.valid_from, (select max(ps.held_on) from supervision_session ps where ps.supervision_id = ts.id and (ps.held_on, ps.id) < (${row.column('heldOn')}, ${row.column('id')}))) <= ts.session_every_days
  from supervision ts where ts.id = ${row.column('supervisionId')})`

export const capability = defineModule({
  name: 'capability',
  records: [Training, TrainingAttendance, ContinuingEducationRule, Supervisor, SupervisionRatio, Supervision, SupervisionSession, MicroProject, MicroPayment],
  resolvers: [MicroProjectMutations, ...[trainings, attendances, educationRules, supervisors, ratios, supervisions, sessions, microProjects].map(({ resolver }) => resolver)],
  fields: [
    collection(Training, 'training', 'trainings', trainingPaging),
    collection(TrainingAttendance, 'trainingAttendance', 'trainingAttendances', attendancePaging),
    collection(ContinuingEducationRule, 'continuingEducationRule', 'continuingEducationRules', educationRulePaging),
    collection(Supervisor, 'supervisor', 'supervisors', supervisorPaging),
    collection(SupervisionRatio, 'supervisionRatio', 'supervisionRatios', ratioPaging),
    collection(Supervision, 'supervision', 'supervisions', supervisionPaging),
    collection(SupervisionSession, 'supervisionSession', 'supervisionSessions', sessionPaging),
    collection(MicroProject, 'microProject', 'microProjects', microProjectPaging),
    collection(MicroPayment, 'microPayment', 'microPayments', microPaymentPaging),
    aggregate(Qualification, 'qualificationsAggregate', qualificationPaging, qualificationGrouping),
    aggregate(Training, 'trainingsAggregate', trainingPaging, trainingGrouping),
    aggregate(TrainingAttendance, 'trainingAttendancesAggregate', attendancePaging, attendanceGrouping),
    aggregate(Supervisor, 'supervisorsAggregate', supervisorPaging, supervisorGrouping),
    aggregate(Supervision, 'supervisionsAggregate', supervisionPaging, supervisionGrouping),
    aggregate(SupervisionSession, 'supervisionSessionsAggregate', sessionPaging, sessionGrouping),
    aggregate(MicroProject, 'microProjectsAggregate', microProjectPaging, microProjectGrouping),
    aggregate(MicroPayment, 'microPaymentsAggregate', microPaymentPaging, microPaymentGrouping),
    value(Training, 'attendanceCount', () => Int, 'Attendances in all: of social workers of the network, and the other ones (参训人次).', { sql: (row) => sql`(${row.column('otherAttendances')} + (select count(*)::integer from training_attendance ta where ta.training_id = ${row.column('id')}))` }),
    connection(Training, 'attendances', () => TrainingAttendance, 'training', 'Attendances that you may see (参训记录).', attendancePaging),
    connection(SocialWorker, 'supervisions', () => Supervision, 'supervisee', 'Supervision that the social worker was given, of what you may see (接受督导).', supervisionPaging),
    value(SocialWorker, 'isSupervised', () => Boolean, "Is accompanied today, by a supervision of the unit to which the person belongs (是否在督导中).", {
      nullable: true,
      sql: (row) => sql`exists (select 1 from supervision iv where iv.supervisee_id = ${row.column('id')} and iv.unit_id = ${row.column('person.unitId')} and ${inForce('iv')})`,
    }),
    connection(Supervision, 'sessions', () => SupervisionSession, 'supervision', 'Its sessions (督导活动).', sessionPaging),
    connection(MicroProject, 'payments', () => MicroPayment, 'microProject', 'Payments that you may see (付款).', microPaymentPaging),
    value(Qualification, 'educationHoursDone', () => Decimal, 'Hours of continuing education done in the registration period; null without a registration (已完成继续教育学时).', {
      nullable: true, sql: (row) => sql`case when ${row.column('registeredOn')} is not null then ${hoursDone(row)} end`,
    }),
    value(Qualification, 'educationHoursRequired', () => Decimal, 'Hours that the rule of the period asks; null without a registration or a rule (应完成继续教育学时).', { nullable: true, sql: hoursRequired }),
    value(Supervision, 'lastSessionOn', () => Day, 'Day of the last session (最近督导日期).', { nullable: true, sql: lastSession }),
    value(Supervision, 'isSessionLate', () => Boolean, 'In force today, and the next session is overdue by its rhythm (督导是否逾期).', {
      sql: (row) => sql`coalesce(${viewerSql.today} - greatest(${lastSession(row)}, ${row.column('validFrom')}) > ${row.column('sessionEveryDays')} and (${row.column('validTo')} is null or ${row.column('validTo')} > ${viewerSql.today}), false)`,
    }),
    value(SupervisionSession, 'isInTime', () => Boolean, 'Held within the rhythm since the session before, or since the first day; null where no rhythm is set (是否按期督导).', { nullable: true, sql: inTime }),
    ...actionFields(MicroProject),
  ],
  access: [capabilityAccess],
  scopes: capabilityScopes,
})

export { MicroPayment, MicroPaymentKind, MicroProject, MicroProjectKind, MicroProjectStatus, MicroVerdict } from './micro-project.entity.js'
export { Supervision, SupervisionRatio, SupervisionSession, Supervisor, SupervisorRung } from './supervision.entity.js'
export { ContinuingEducationRule, Training, TrainingAttendance } from './training.entity.js'
