import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { CredentialLevel, SocialWorkerFilter } from '../posts/index.js'
import { UnitFilter } from '../units/index.js'

const byLevel = compareEnum('CredentialLevel', CredentialLevel)
const division = () => DivisionFilter

const PayGuidanceFilter: Function = filterOf('PayGuidance', { id: compare.id, level: byLevel, year: compare.whole, floor: compare.money, comparableMedian: compare.money, division })
export const guidancePaging: Paging = { filter: PayGuidanceFilter, ...orderOf('PayGuidance', ['year', 'floor', 'createdAt']) }
const PayRecordFilter: Function = filterOf('PayRecord', { id: compare.id, level: byLevel, paidOn: compare.day, socialWorker: () => SocialWorkerFilter, unit: () => UnitFilter })
export const recordPaging: Paging = { filter: PayRecordFilter, ...orderOf('PayRecord', ['paidOn', 'createdAt']) }
const PayThresholdFilter: Function = filterOf('PayThreshold', { id: compare.id, minPersons: compare.whole, validFrom: compare.day, validTo: compare.day, division })
export const thresholdPaging: Paging = { filter: PayThresholdFilter, ...orderOf('PayThreshold', ['validFrom', 'validTo', 'createdAt']) }
const PayPublicationFilter: Function = filterOf('PayPublication', { id: compare.id, year: compare.whole, publishedOn: compare.day, division })
export const publicationPaging: Paging = { filter: PayPublicationFilter, ...orderOf('PayPublication', ['year', 'publishedOn', 'createdAt']) }
const PayFigureFilter: Function = filterOf('PayFigure', { id: compare.id, level: byLevel, isTotal: compare.flag, isSuppressed: compare.flag, persons: compare.whole, belowFloorPersons: compare.whole, parityIndex: compare.decimal, division, publication: () => PayPublicationFilter })
export const figurePaging: Paging = { filter: PayFigureFilter, ...orderOf('PayFigure', ['level', 'persons', 'parityIndex', 'createdAt']) }

@InputType()
export class PayRecordEnterInput extends IdempotentInput {
  @Given.id('The social worker, employed by the unit on the day of pay (社会工作者).') socialWorkerId!: string
  @Given.id('Unit that pays: yours (发放单位).') unitId!: string
  @Given.choice(() => CredentialLevel, 'Level by which it is paid (等级).') level!: CredentialLevel
  @Given.day('Day of pay, in the month that it is for, today at the latest (发放日期).') paidOn!: string
  @Given.money('Yuan of the month before deductions; 0 for work without pay (金额).', { min: 0 }) amount!: string
}

@InputType()
export class PayRecordUpdateInput extends VersionedInput {
  @Given.id('The record.') payRecordId!: string
  @Given.choice(() => CredentialLevel, 'Level by which it is paid (等级).', { optional: true }) level?: CredentialLevel
  @Given.money('Yuan of the month before deductions (金额).', { optional: true, min: 0 }) amount?: string
}

@InputType()
export class PayRecordCorrectInput extends IdempotentInput {
  @Given.id('The record to correct.') payRecordId!: string
  @Given.money('Yuan to add, or to take with a minus; what remains is not below zero (更正金额).', { min: -Infinity }) amount!: string
  @Given.text('Why (更正原因).', { max: 1000 }) reason!: string
}

@InputType()
export class PayFiguresPublishInput extends IdempotentInput {
  @Given.id('The province (省份).') divisionId!: string
  @Given.whole('A year that has ended (年度).', { min: 2000, max: 2100 }) year!: number
}
