import { Choice, enumeration, Link, OnDay, Record, RecordBase, Stored, Text } from '../../kernel/index.js'
import { Person } from '../people/index.js'

export const CredentialLevel = enumeration('CredentialLevel', 'Level of the national vocational credential of social workers (职业水平等级), the lowest first.', {
  ASSISTANT: 'Assistant social worker (助理社会工作师)',
  SOCIAL_WORKER: 'Social worker (社会工作师)',
  SENIOR: 'Senior social worker (高级社会工作师)',
})
export type CredentialLevel = keyof typeof CredentialLevel

export const QualificationKind = enumeration('QualificationKind', 'What qualifies for social work (资质类别).', {
  DEGREE: 'Degree in social work (社会工作学历学位)',
  CREDENTIAL: 'Vocational credential (职业资格)',
  TRAINING_CERTIFICATE: 'Certificate of a training (培训证书)',
})
export type QualificationKind = keyof typeof QualificationKind

@Record('SocialWorker', 'swrk', 'A person who is qualified for social work or does it (社会工作者): one record a person.')
export class SocialWorker extends RecordBase {
  @Link(() => Person, 'The person (人员).', { mayBeInvisible: true }) person!: Person
}

@Record('Qualification', 'qual', 'A degree, credential or training certificate of a social worker (资质).')
export class Qualification extends RecordBase {
  @Link(() => SocialWorker, 'The social worker (社会工作者).', { mayBeInvisible: true }) socialWorker!: SocialWorker
  @Choice(() => QualificationKind, 'Kind (类别).') kind!: QualificationKind
  @Choice(() => CredentialLevel, 'Level of a CREDENTIAL; none for the other kinds (等级).', { nullable: true }) level?: CredentialLevel | null
  @Text('What it is, such as `社会工作专业硕士` (名称).') title!: string
  @Text('Who issued it (颁发机构).', { nullable: true }) issuer?: string | null
  @OnDay('Day of issue (颁发日期).') issuedOn!: string
  @OnDay('First day on which it is no longer valid, where it was withdrawn (撤销日期).', { nullable: true }) withdrawnOn?: string | null
  @OnDay('First day of the registration of a CREDENTIAL in force or last in force (登记日期).', { nullable: true }) registeredOn?: string | null
  @OnDay('First day on which the registration no longer holds unless it is renewed: three years on (登记有效期止).', { nullable: true }) registeredUntil?: string | null
}

/** Certificate number, apart so that the database can withhold the row. */
@Stored('qnum')
export class QualificationNumber extends RecordBase {
  @Link(() => Qualification, 'The credential.', { hidden: true }) qualification!: Qualification
  @Text('Number of the certificate.', { hidden: true, unique: true }) certificateNumber!: string
}
