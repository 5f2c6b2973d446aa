import { Choice, Flag, Link, MoneyAmount, OnDay, Points, Record, RecordBase, Stored, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { CredentialLevel, SocialWorker } from '../posts/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

@Record('PayGuidance', 'pgui', 'What a social worker of a level should be paid in a region and year, by a document (薪酬指导): monthly amounts before deductions.')
export class PayGuidance extends RecordBase {
  @Link(() => Division, 'Region; it holds there and below, where no nearer division has its own for level and year (地区).') division!: Division
  @Choice(() => CredentialLevel, 'Level of the credential (等级).') level!: CredentialLevel
  @Whole('Year (年度).') year!: number
  @MoneyAmount('At least so much a month, in yuan (下限).') floor!: string
  @MoneyAmount('Median a month of professionals of the same level in the region, in yuan (同级专业技术人员中位数).') comparableMedian!: string
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

@Record('PayRecord', 'prec', 'Pay of a social worker for a month (薪酬记录), or a correcting entry (更正). The amount is kept apart.')
export class PayRecord extends RecordBase {
  @Link(() => SocialWorker, 'The social worker (社会工作者).', { mayBeInvisible: true }) socialWorker!: SocialWorker
  @Link(() => Unit, 'Unit that pays (发放单位).') unit!: Unit
  @Choice(() => CredentialLevel, 'Level by which it is paid (等级).') level!: CredentialLevel
  @OnDay('Day of pay, in the month that it is for; of a correcting entry the day on which it was made (发放日期).') paidOn!: string
  @Link(() => PayRecord, 'Record that it corrects (被更正记录).', { nullable: true }) corrects?: PayRecord | null
  @Text('Why it corrects (更正原因).', { nullable: true }) reason?: string | null
}

/** The amount, apart so that the database can withhold the row. */
@Stored('pamt')
export class PayAmount extends RecordBase {
  @Link(() => PayRecord, 'The record.', { hidden: true }) record!: PayRecord
  @MoneyAmount('Yuan before deductions; signed in a correcting entry.', { hidden: true }) amount!: string
}

@Record('PayThreshold', 'pthr', 'From how many persons on a figure of pay is published (发布门槛), as a division decided for itself and the divisions below it, between two dates, by a document.')
export class PayThreshold extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own (区划).') division!: Division
  @Whole('Persons that a cell must have at least (最少人数).') minPersons!: number
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

@Record('PayPublication', 'ppub', 'Figures of pay of a province and year, published once and for good (薪酬统计发布).')
export class PayPublication extends RecordBase {
  @Link(() => Division, 'The province (省份).') division!: Division
  @Whole('Year (年度).') year!: number
  @Link(() => PayThreshold, 'Threshold by which cells were suppressed (发布门槛).') threshold!: PayThreshold
  @OnDay('Day of publication (发布日期).') publishedOn!: string
  @Link(() => Person, 'Who published, where it was a person (发布人).', { nullable: true }) publishedBy?: Person | null
}

@Record('PayFigure', 'pfig', 'Pay of a level in a region of the province, or in all of it (薪酬统计). A suppressed cell keeps its place and no figure.')
export class PayFigure extends RecordBase {
  @Link(() => PayPublication, 'The publication (发布).') publication!: PayPublication
  @Link(() => Division, 'Region: a prefecture, or the province for the units that stand in it directly (地区).') division!: Division
  @Flag('Covers the whole province (是否全省合计).') isTotal!: boolean
  @Choice(() => CredentialLevel, 'Level (等级).') level!: CredentialLevel
  @Flag('Too few persons, or one of those that would tell such a cell by subtraction (是否不予公布).') isSuppressed!: boolean
  @Whole('Distinct persons (人数).', { nullable: true }) persons?: number | null
  @MoneyAmount('Median of their mean monthly pay, in yuan (月薪中位数).', { nullable: true }) medianPay?: string | null
  @MoneyAmount('Median of comparable professionals by the guidance, in yuan (同级专业技术人员中位数).', { nullable: true }) comparableMedian?: string | null
  @Points('medianPay ÷ comparableMedian, to two digits; the policy wants 1 at least (薪酬对等指数).', { nullable: true }) parityIndex?: string | null
  @Whole('Persons with a month below the floor; of the whole province only, and where neither they nor the others are too few (低于下限人数).', { nullable: true }) belowFloorPersons?: number | null
}
