import { InputType } from 'type-graphql'
import { compare, compareEnum, extendFilter, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter, DivisionLevel } from '../divisions/index.js'
import { InitiativeFilter } from '../initiatives/index.js'
import { UnitFilter } from '../units/index.js'
import { FundingPurpose, FundingSource } from './funding.entity.js'

const bySource = compareEnum('FundingSource', FundingSource)
const byPurpose = compareEnum('FundingPurpose', FundingPurpose)

export const BudgetLineFilter: Function = filterOf('BudgetLine', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  year: compare.whole,
  source: bySource,
  purpose: byPurpose,
  level: compareEnum('DivisionLevel', DivisionLevel),
  plannedAmount: compare.money,
  approvedOn: compare.day,
  allocatedAmount: compare.money,
  contractedAmount: compare.money,
  unit: () => UnitFilter,
  initiative: () => InitiativeFilter,
  allocations: many(() => AllocationFilter),
})
export const linePaging: Paging = { filter: BudgetLineFilter, ...orderOf('BudgetLine', ['code', 'year', 'plannedAmount', 'approvedOn', 'createdAt']) }
extendFilter(InitiativeFilter, { budgetLines: many(() => BudgetLineFilter) })

export const AllocationFilter: Function = filterOf('Allocation', {
  id: compare.id,
  voucher: compare.text,
  amount: compare.money,
  netAmount: compare.money,
  arrivedAmount: compare.money,
  allocatedOn: compare.day,
  promisedOn: compare.day,
  arrivalDelayDays: compare.whole,
  line: () => BudgetLineFilter,
  fromUnit: () => UnitFilter,
  toUnit: () => UnitFilter,
  disbursements: many(() => DisbursementFilter),
})
export const allocationPaging: Paging = { filter: AllocationFilter, ...orderOf('Allocation', ['allocatedOn', 'promisedOn', 'netAmount', 'arrivalDelayDays', 'createdAt']) }

export const DisbursementFilter: Function = filterOf('Disbursement', {
  id: compare.id,
  voucher: compare.text,
  amount: compare.money,
  arrivedOn: compare.day,
  delayDays: compare.whole,
  unit: () => UnitFilter,
  allocation: () => AllocationFilter,
})
export const disbursementPaging: Paging = { filter: DisbursementFilter, ...orderOf('Disbursement', ['arrivedOn', 'amount', 'createdAt']) }

const OpeningBalanceFilter: Function = filterOf('OpeningBalance', {
  id: compare.id,
  year: compare.whole,
  source: bySource,
  purpose: byPurpose,
  amount: compare.money,
  division: () => DivisionFilter,
  unit: () => UnitFilter,
})
export const openingBalancePaging: Paging = { filter: OpeningBalanceFilter, ...orderOf('OpeningBalance', ['year', 'amount', 'createdAt']) }

@InputType()
export class BudgetLineCreateInput extends IdempotentInput {
  @Given.text('Code (预算编号).', { max: 60 }) code!: string
  @Given.text('Title (项目名称).') title!: string
  @Given.whole('Budget year (预算年度).', { min: 2000, max: 2100 }) year!: number
  @Given.id('Unit whose budget it is (预算单位).') unitId!: string
  @Given.choice(() => FundingSource, 'Where the money comes from (资金来源).') source!: FundingSource
  @Given.choice(() => FundingPurpose, 'What it is for (用途).') purpose!: FundingPurpose
  @Given.choice(() => DivisionLevel, 'Level of government that provides it (资金层级).') level!: DivisionLevel
  @Given.money('Amount planned for the year (预算金额).') plannedAmount!: string
  @Given.day('Day of approval, today at the latest (批复日期).', { clearable: true }) approvedOn?: string | null
  @Given.text('Remarks (备注).', { clearable: true, max: 1000 }) remarks?: string | null
  @Given.id('Initiative that it pays for (联合行动).', { clearable: true }) initiativeId?: string | null
}

@InputType()
export class BudgetLineUpdateInput extends VersionedInput {
  @Given.id('The budget line.') lineId!: string
  @Given.text('Title (项目名称).', { optional: true }) title?: string
  @Given.money('Amount planned for the year; not below what is allocated and contracted (预算金额).', { optional: true }) plannedAmount?: string
  @Given.day('Day of approval, today at the latest (批复日期).', { optional: true }) approvedOn?: string
  @Given.text('Remarks (备注).', { clearable: true, max: 1000 }) remarks?: string | null
  @Given.id('Initiative that it pays for (联合行动).', { clearable: true }) initiativeId?: string | null
}

@InputType()
export class AllocationMakeInput extends IdempotentInput {
  @Given.id('The budget line.') lineId!: string
  @Given.id('Unit that receives it (接收单位).') toUnitId!: string
  @Given.money('Amount, not more than is left of the line (金额).') amount!: string
  @Given.day('Day of the allocation, in the budget year and today at the latest; today where left out (下达日期).', { optional: true }) allocatedOn?: string
  @Given.day('Day by which it is to arrive, not before the allocation (承诺到账日期).') promisedOn!: string
  @Given.text('Number of the voucher (凭证号).', { optional: true, max: 60 }) voucher?: string
}

@InputType()
export class AllocationCorrectInput extends IdempotentInput {
  @Given.id('The allocation that was wrong.') allocationId!: string
  @Given.money('Signed difference, dated today: negative takes back, never what has arrived (更正金额).', { min: -Infinity }) amount!: string
  @Given.text('Why (更正原因).', { max: 500 }) reason!: string
}

@InputType()
export class DisbursementRecordInput extends IdempotentInput {
  @Given.id('The allocation.') allocationId!: string
  @Given.money('Amount, not more than has yet to arrive (金额).') amount!: string
  @Given.day('Day on which it arrived, today at the latest (到账日期).') arrivedOn!: string
  @Given.text('Number of the voucher (凭证号).', { optional: true, max: 60 }) voucher?: string
}

@InputType()
export class DisbursementCorrectInput extends IdempotentInput {
  @Given.id('The arrival that was wrong.') disbursementId!: string
  @Given.money('Signed difference, dated today (更正金额).', { min: -Infinity }) amount!: string
  @Given.text('Why (更正原因).', { max: 500 }) reason!: string
}

@InputType()
export class OpeningBalanceEnterInput extends IdempotentInput {
  @Given.id('Unit that answers for the figure; the total is of its division (填报单位).') unitId!: string
  @Given.whole('Year (年度).', { min: 1990, max: 2100 }) year!: number
  @Given.choice(() => FundingSource, 'Where the money came from (资金来源).') source!: FundingSource
  @Given.choice(() => FundingPurpose, 'What it was for (用途).') purpose!: FundingPurpose
  @Given.money('Amount (金额).', { min: 0 }) amount!: string
  @Given.text('Remarks (备注).', { clearable: true, max: 1000 }) remarks?: string | null
}

@InputType()
export class OpeningBalanceUpdateInput extends VersionedInput {
  @Given.id('The opening balance.') openingBalanceId!: string
  @Given.money('Amount (金额).', { optional: true, min: 0 }) amount?: string
  @Given.text('Remarks (备注).', { clearable: true, max: 1000 }) remarks?: string | null
}
