/*
 * Posts (专业岗位): who does social work, with what qualification, on which post. A person has one record as a social worker (社会工作者) at most.
 * Qualifications (资质) are degrees, credentials of three levels with a numbered certificate, registered for three years at a time, and certificates of training. The grade is the highest level
 * of a credential that is valid today; it stays without a registration.
 * A post is explicit, set up as one of social work, or de facto. An employment places a social worker in a unit between two dates, full-time, beside another job or unpaid;
 * two full-time ones never share a day, nor two of one kind in one unit. Whoever has a valid credential and no employment in force holds an idle certificate (持证未从业).
 * Stations (社工站) are where social work or volunteering is offered. Worklogs (工作日志) tell hours by category and origin, entered by the week: at most 24 hours a day over all employments of
 * a person, changed or removed until the month is locked, then corrected by entries that bear the difference and today's date.
 */
import { sql } from 'kysely'
import { viewerSql } from '../../access/index.js'
import { aggregate, collection, connection, constraintMeans, defineModule, list, markSensitive, one, value, withholdValues } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { countsTowards, Initiative } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'
import { PostMutations, StaffMutations } from './posts.resolver.js'
import { Employment, Post } from './post.entity.js'
import { postsAccess, postsScopes } from './posts.access.js'
import { employmentGrouping, postGrouping, socialWorkerGrouping, stationGrouping, workLogGrouping } from './posts.grouping.js'
import { employmentPaging, postPaging, qualificationPaging, socialWorkerPaging, stationPaging } from './posts.input.js'
import { CredentialLevel, Qualification, QualificationNumber, SocialWorker } from './social-worker.entity.js'
import { Station } from './station.entity.js'
import { gradeOf, isIdle, isRegistered, isUnused } from './standing.js'
import { WorkLog } from './worklog.entity.js'
import { workLogPaging } from './worklog.input.js'
import { WorkLogMutations } from './worklog.resolver.js'

countsTowards('POSTS_OPENED', { way: [{ to: () => Post, by: 'initiative', where: (row) => sql`${row.column('openedOn')} <= ${viewerSql.today}` }] })
markSensitive(QualificationNumber)
withholdValues(Qualification, () => true)
withholdValues(Employment, () => true)
withholdValues(WorkLog, () => true)
constraintMeans('social_worker_once', () => new Problem('TAKEN', 'input.personId', { en: 'The person is entered as a social worker already.', zh: '该人员已登记为社会工作者。' }))
constraintMeans('qualification_number_certificate_number_unique', () => new Problem('TAKEN', 'input.certificateNumber', { en: 'Another certificate has this number. Compare both with the originals.', zh: '该管理号已被占用，请核对证书原件。' }))
for (const constraint of ['employment_one_full_time', 'employment_no_self_overlap']) constraintMeans(constraint, () => new Problem('OVERLAP', 'input.validFrom', { en: 'The person has another employment of this kind on one of these days.', zh: '期间内该人员已有同类从业。' }))
constraintMeans('work_log_day', () => new Problem('DAY_FULL', null, { en: 'A day has 24 hours, over all entries of a person.', zh: '同一人员一天合计不得超过 24 小时。' }))

export const posts = defineModule({
  name: 'posts',
  records: [SocialWorker, Qualification, Post, Employment, Station, WorkLog],
  stored: [QualificationNumber],
  resolvers: [StaffMutations, PostMutations, WorkLogMutations],
  fields: [
    collection(SocialWorker, 'socialWorker', 'socialWorkers', socialWorkerPaging),
    collection(Qualification, 'qualification', 'qualifications', qualificationPaging),
    collection(Post, 'post', 'posts', postPaging),
    collection(Employment, 'employment', 'employments', employmentPaging),
    collection(Station, 'station', 'stations', stationPaging),
    collection(WorkLog, 'workLog', 'workLogs', workLogPaging),
    aggregate(SocialWorker, 'socialWorkersAggregate', socialWorkerPaging, socialWorkerGrouping),
    aggregate(Post, 'postsAggregate', postPaging, postGrouping),
    aggregate(Employment, 'employmentsAggregate', employmentPaging, employmentGrouping),
    aggregate(Station, 'stationsAggregate', stationPaging, stationGrouping),
    aggregate(WorkLog, 'workLogsAggregate', workLogPaging, workLogGrouping),
    value(SocialWorker, 'grade', () => CredentialLevel, 'Highest level of the credentials that are valid today; none without one (职业水平等级).', { sql: gradeOf, nullable: true }),
    value(SocialWorker, 'isIdle', () => Boolean, 'Has a valid credential and no employment in force today (持证未从业).', { sql: isIdle, nullable: true }),
    value(SocialWorker, 'isUnused', () => Boolean, 'Has a degree, credential or certificate of training that is valid, and no employment in force today (有资质未从业).', { sql: isUnused, nullable: true }),
    list(SocialWorker, 'qualifications', () => Qualification, 'socialWorker', 'Qualifications that you may see, oldest first; a handful (资质).', { order: ['issuedOn', 'id'] }),
    list(SocialWorker, 'employments', () => Employment, 'socialWorker', 'Employments that you may see, oldest first; a handful (从业经历).', { order: ['validFrom', 'id'] }),
    value(Qualification, 'isRegistered', () => Boolean, 'A registration holds today (登记是否有效).', { sql: isRegistered }),
    value(Qualification, 'certificateNumber', () => String, 'Number of the certificate of a CREDENTIAL (证书管理号).', {
      sql: (row) => sql`select x.certificate_number from qualification_number x where x.qualification_id = ${row.column('id')}`, nullable: true, fenced: true,
    }),
    connection(Post, 'employments', () => Employment, 'post', 'Employments on the post that you may see (任岗人员).', employmentPaging),
    connection(Employment, 'workLogs', () => WorkLog, 'employment', 'Worklogs of the employment that you may see (工作日志).', workLogPaging),
    one(WorkLog, 'unit', () => Unit, 'Unit in which the work was done (单位).', (row) => row.column('unitId')),
    one(WorkLog, 'socialWorker', () => SocialWorker, 'Who did it (社会工作者).', (row) => row.column('employment.socialWorkerId')),
    list(WorkLog, 'corrections', () => WorkLog, 'corrects', 'Correcting entries to it; a handful (更正记录).', { order: ['id'] }),
    one(Person, 'socialWorker', () => SocialWorker, 'The record as a social worker, where there is one (社会工作者).', (row) => sql`select sw.id from social_worker sw where sw.person_id = ${row.column('id')}`),
    connection(Unit, 'posts', () => Post, 'unit', 'Posts of social work in the unit (社会工作岗位).', postPaging),
    connection(Unit, 'employments', () => Employment, 'unit', 'Employments in the unit that you may see (从业人员).', employmentPaging),
    connection(Unit, 'stations', () => Station, 'unit', 'Stations that it runs (站点).', stationPaging),
    connection(Initiative, 'posts', () => Post, 'initiative', 'Posts that it builds (建设岗位).', postPaging),
  ],
  access: [postsAccess],
  scopes: postsScopes,
  fenced: [{ table: 'qualification_number', owner: 'qualification_id', type: 'Qualification', fields: ['certificateNumber'] }],
})

export { Employment, EmploymentKind, Post, PostKind, PostUnitType } from './post.entity.js'
export { CredentialLevel, Qualification, QualificationKind, QualificationNumber, SocialWorker } from './social-worker.entity.js'
export { EmploymentFilter, PostFilter, QualificationFilter, qualificationPaging, SocialWorkerFilter } from './posts.input.js'
export { Station, StationKind } from './station.entity.js'
export { WorkCategory, WorkLog, WorkOrigin } from './worklog.entity.js'
export { checkCertificateNumber } from './certificate-number.js'
export { checkKind, threeYearsAfter } from './qualification.service.js'
export { gradeOf } from './standing.js'
