/*
 * Posts (专业岗位): who does social work, with what qualification, on which post. A person has one record as a social worker (社会工作者) at most.
 * Qualifications (资质) are degrees, credentials of three levels with a numbered certificate, registered for three years at a time, and certificates of training. The grade is the highest level
 * of a credential that is valid today; it stays without a registration.
 * A post is explicit, set up as one of social work, or de facto. An employment places a social worker in a unit between two dates, full-time, beside another job or unpaid;
 * two full-time ones never share a day. Whoever has a valid credential and no employment in force holds an idle certificate (持证未从业).
 */
import { sql } from 'kysely'
import { collection, connection, defineModule, list, markSensitive, one, value, withholdValues } from '../../engine/index.js'
import { Initiative } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'
import { Employment, Post } from './post.entity.js'
import { postsAccess, postsScopes } from './posts.access.js'
import { employmentPaging, postPaging, qualificationPaging, socialWorkerPaging } from './posts.input.js'
import { CredentialLevel, Qualification, QualificationNumber, SocialWorker } from './social-worker.entity.js'
import { gradeOf, isIdle, isRegistered } from './standing.js'

markSensitive(QualificationNumber)
withholdValues(Qualification, () => true)
withholdValues(Employment, () => true)

export const posts = defineModule({
  name: 'posts',
  records: [SocialWorker, Qualification, Post, Employment],
  stored: [QualificationNumber],
  fields: [
    collection(SocialWorker, 'socialWorker', 'socialWorkers', socialWorkerPaging),
    collection(Qualification, 'qualification', 'qualifications', qualificationPaging),
    collection(Post, 'post', 'posts', postPaging),
    collection(Employment, 'employment', 'employments', employmentPaging),
    value(SocialWorker, 'grade', () => CredentialLevel, 'Highest level of the credentials that are valid today; none without one (职业水平等级).', { sql: gradeOf, nullable: true }),
    value(SocialWorker, 'isIdle', () => Boolean, 'Has a valid credential and no employment in force today (持证未从业).', { sql: isIdle, nullable: true }),
    list(SocialWorker, 'qualifications', () => Qualification, 'socialWorker', 'Qualifications that you may see, oldest first; a handful (资质).', { order: ['issuedOn', 'id'] }),
    list(SocialWorker, 'employments', () => Employment, 'socialWorker', 'Employments that you may see, oldest first; a handful (从业经历).', { order: ['validFrom', 'id'] }),
    value(Qualification, 'isRegistered', () => Boolean, 'A registration holds today (登记是否有效).', { sql: isRegistered }),
    value(Qualification, 'certificateNumber', () => String, 'Number of the certificate of a CREDENTIAL (证书管理号).', {
      sql: (row) => sql`select x.certificate_number from qualification_number x where x.qualification_id = ${row.column('id')}`, nullable: true, fenced: true,
    }),
    connection(Post, 'employments', () => Employment, 'post', 'Employments on the post that you may see (任岗人员).', employmentPaging),
    one(Person, 'socialWorker', () => SocialWorker, 'The record as a social worker, where there is one (社会工作者).', (row) => sql`select sw.id from social_worker sw where sw.person_id = ${row.column('id')}`),
    connection(Unit, 'posts', () => Post, 'unit', 'Posts of social work in the unit (社会工作岗位).', postPaging),
    connection(Unit, 'employments', () => Employment, 'unit', 'Employments in the unit that you may see (从业人员).', employmentPaging),
    connection(Initiative, 'posts', () => Post, 'initiative', 'Posts that it builds (建设岗位).', postPaging),
  ],
  access: [postsAccess],
  scopes: postsScopes,
  fenced: [{ table: 'qualification_number', owner: 'qualification_id', type: 'Qualification', fields: ['certificateNumber'] }],
})

export { Employment, EmploymentKind, Post, PostKind, PostUnitType } from './post.entity.js'
export { CredentialLevel, Qualification, QualificationKind, QualificationNumber, SocialWorker } from './social-worker.entity.js'
export { EmploymentFilter, PostFilter, SocialWorkerFilter } from './posts.input.js'
export { gradeOf } from './standing.js'
