import { InputType } from 'type-graphql'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { CredentialLevel, QualificationKind } from './social-worker.entity.js'

@InputType()
export class SocialWorkerRegisterInput extends IdempotentInput {
  @Given.id('The person (人员).') personId!: string
}

@InputType()
export class QualificationAddInput extends IdempotentInput {
  @Given.id('The social worker (社会工作者).') socialWorkerId!: string
  @Given.choice(() => QualificationKind, 'Kind (类别).') kind!: QualificationKind
  @Given.choice(() => CredentialLevel, 'Level; with a CREDENTIAL only, and always (等级).', { optional: true }) level?: CredentialLevel
  @Given.text('What it is (名称).') title!: string
  @Given.text('Who issued it (颁发机构).', { clearable: true }) issuer?: string | null
  @Given.day('Day of issue, today at the latest (颁发日期).') issuedOn!: string
  @Given.text('Number of the certificate of a CREDENTIAL: 15 to 20 digits that begin with the year of the examination (证书管理号).', { clearable: true, max: 20 }) certificateNumber?: string | null
  @Given.day('First day of the registration, where it is registered: it holds for three years (登记日期).', { clearable: true }) registeredOn?: string | null
}

@InputType()
export class QualificationUpdateInput extends VersionedInput {
  @Given.id('The qualification (资质).') qualificationId!: string
  @Given.text('What it is (名称).', { optional: true }) title?: string
  @Given.text('Who issued it (颁发机构).', { clearable: true }) issuer?: string | null
  @Given.text('Number of the certificate (证书管理号).', { clearable: true, max: 20 }) certificateNumber?: string | null
}

@InputType()
export class QualificationRegisterInput extends VersionedInput {
  @Given.id('The credential (职业资格).') qualificationId!: string
  @Given.day('First day of the registration or renewal, today at the latest: it holds for three years (登记日期).') registeredOn!: string
}

@InputType()
export class QualificationWithdrawInput extends VersionedInput {
  @Given.id('The qualification (资质).') qualificationId!: string
  @Given.day('First day on which it is no longer valid, today at the latest (撤销日期).') withdrawnOn!: string
}
