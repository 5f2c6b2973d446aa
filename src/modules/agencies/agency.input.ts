import { InputType } from 'type-graphql'
import { compare, compareEnum, extendFilter, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionLevel } from '../divisions/index.js'
import { ContractFilter } from '../procurement/index.js'
import { UnitFilter } from '../units/index.js'
import { AgencyRating, SupportKind } from './agency.entity.js'

const AgencyProfileFilter: Function = filterOf('AgencyProfile', {
  id: compare.id,
  registrationLevel: compareEnum('DivisionLevel', DivisionLevel),
  rating: compareEnum('AgencyRating', AgencyRating),
  ratedOn: compare.day,
  ratingValidTo: compare.day,
  hasPartyOrganisation: compare.flag,
  fullTimeStaff: compare.whole,
  partyMembers: compare.whole,
  budgetedShare: compare.rate,
  contractGapDays: compare.whole,
  unit: () => UnitFilter,
})
export const profilePaging: Paging = { filter: AgencyProfileFilter, ...orderOf('AgencyProfile', ['rating', 'fullTimeStaff', 'createdAt']) }

const AgencySupportFilter: Function = filterOf('AgencySupport', {
  id: compare.id,
  kind: compareEnum('SupportKind', SupportKind),
  amount: compare.money,
  startsOn: compare.day,
  endsOn: compare.day,
  agency: () => UnitFilter,
  provider: () => UnitFilter,
})
export const supportPaging: Paging = { filter: AgencySupportFilter, ...orderOf('AgencySupport', ['startsOn', 'endsOn', 'createdAt']) }
extendFilter(ContractFilter, { gapDays: compare.whole, isRenewal: compare.flag, isRenewed: compare.flag })
extendFilter(UnitFilter, { contractsServed: many(() => ContractFilter), contractsBought: many(() => ContractFilter), supports: many(() => AgencySupportFilter), isSupported: compare.flag })

@InputType()
export class AgencyProfileCreateInput extends IdempotentInput {
  @Given.id('The agency (机构).') unitId!: string
  @Given.choice(() => DivisionLevel, 'Level of registration (登记层级).') registrationLevel!: DivisionLevel
  @Given.choice(() => AgencyRating, 'Grade, with its day (评估等级).', { clearable: true }) rating?: AgencyRating | null
  @Given.day('Day of the grade, today at the latest (评估日期).', { clearable: true }) ratedOn?: string | null
  @Given.day('First day on which the grade no longer holds (等级失效日期).', { clearable: true }) ratingValidTo?: string | null
  @Given.flag('It has a party organisation (是否成立党组织).', { optional: true }) hasPartyOrganisation?: boolean
}

@InputType()
export class AgencyProfileUpdateInput extends VersionedInput {
  @Given.id('The profile.') agencyProfileId!: string
  @Given.choice(() => DivisionLevel, 'Level of registration (登记层级).', { optional: true }) registrationLevel?: DivisionLevel
  @Given.choice(() => AgencyRating, 'Grade, with its day (评估等级).', { clearable: true }) rating?: AgencyRating | null
  @Given.day('Day of the grade, today at the latest (评估日期).', { clearable: true }) ratedOn?: string | null
  @Given.day('First day on which the grade no longer holds (等级失效日期).', { clearable: true }) ratingValidTo?: string | null
  @Given.flag('It has a party organisation (是否成立党组织).', { optional: true }) hasPartyOrganisation?: boolean
}

@InputType()
export class AgencyStaffReportInput extends VersionedInput {
  @Given.id('The profile.') agencyProfileId!: string
  @Given.whole('Full-time staff (专职工作人员).', { min: 0, max: 100_000 }) fullTimeStaff!: number
  @Given.whole('Party members among them (其中党员).', { min: 0, max: 100_000 }) partyMembers!: number
}

@InputType()
export class AgencySupportGiveInput extends IdempotentInput {
  @Given.id('The agency (机构).') agencyId!: string
  @Given.id('Unit that supports it (扶持单位).') providerId!: string
  @Given.choice(() => SupportKind, 'How (扶持方式).') kind!: SupportKind
  @Given.money('Amount; with START_UP and only then (金额).', { optional: true }) amount?: string
  @Given.day('First day (开始日期).') startsOn!: string
  @Given.day('Last day (结束日期).', { optional: true }) endsOn?: string
  @Given.text('Note (说明).', { optional: true, max: 1000 }) note?: string
}

@InputType()
export class AgencySupportEndInput extends VersionedInput {
  @Given.id('The support.') supportId!: string
  @Given.day('Last day (结束日期).') endsOn!: string
}
