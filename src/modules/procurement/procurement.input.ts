import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { BudgetLineFilter } from '../funding/index.js'
import { UnitFilter } from '../units/index.js'
import { AwardStatus, BidStatus, ContractFunding, LotStatus, ProcurementStatus } from './procurement.entity.js'

export const byFunding = compareEnum('ContractFunding', ContractFunding)

const ProcurementFilter: Function = filterOf('Procurement', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  funding: byFunding,
  status: compareEnum('ProcurementStatus', ProcurementStatus),
  publishedOn: compare.day,
  purchaser: () => UnitFilter,
  line: () => BudgetLineFilter,
  lots: many(() => LotFilter),
})
export const procurementPaging: Paging = { filter: ProcurementFilter, ...orderOf('Procurement', ['code', 'publishedOn', 'createdAt']) }

export const LotFilter: Function = filterOf('Lot', {
  id: compare.id,
  title: compare.text,
  ceilingAmount: compare.money,
  opensAt: compare.instant,
  openedAt: compare.instant,
  status: compareEnum('LotStatus', LotStatus),
  bidderCount: compare.whole,
  procurement: () => ProcurementFilter,
  bids: many(() => BidFilter),
})
export const lotPaging: Paging = { filter: LotFilter, ...orderOf('Lot', ['opensAt', 'ceilingAmount', 'createdAt']) }

const BidFilter: Function = filterOf('Bid', {
  id: compare.id,
  status: compareEnum('BidStatus', BidStatus),
  amount: compare.money,
  submittedAt: compare.instant,
  lot: () => LotFilter,
  bidder: () => UnitFilter,
})
export const bidPaging: Paging = { filter: BidFilter, ...orderOf('Bid', ['amount', 'submittedAt', 'createdAt']) }

export const AwardFilter: Function = filterOf('Award', {
  id: compare.id,
  status: compareEnum('AwardStatus', AwardStatus),
  chosenOn: compare.day,
  answeredOn: compare.day,
  lot: () => LotFilter,
  agency: () => UnitFilter,
})
export const awardPaging: Paging = { filter: AwardFilter, ...orderOf('Award', ['chosenOn', 'answeredOn', 'createdAt']) }

@InputType()
export class ProcurementCreateInput extends IdempotentInput {
  @Given.text('Code (采购编号).', { max: 60 }) code!: string
  @Given.text('Title (项目名称).') title!: string
  @Given.id('Budget line that pays; its unit is the purchaser (预算项目).') lineId!: string
  @Given.choice(() => ContractFunding, 'How its money came about (经费方式).') funding!: ContractFunding
}

@InputType()
export class LotAddInput extends IdempotentInput {
  @Given.id('The procurement.') procurementId!: string
  @Given.text('Title (标段名称).') title!: string
  @Given.text('What is asked for (服务要求).', { optional: true, max: 4000 }) requirement?: string
  @Given.money('Most that a bid may offer (最高限价).') ceilingAmount!: string
  @Given.instant('Until when bids are taken, and from when they may be opened; in the future (开标时间).') opensAt!: string
}

@InputType()
export class ProcurementStepInput extends VersionedInput {
  @Given.id('The procurement.') procurementId!: string
}

@InputType()
export class LotStepInput extends VersionedInput {
  @Given.id('The lot.') lotId!: string
}

@InputType()
export class BidSubmitInput extends IdempotentInput {
  @Given.id('The lot.') lotId!: string
  @Given.id('Unit that offers (投标方).') bidderId!: string
  @Given.money('Offered price, at most the ceiling of the lot (报价).') amount!: string
  @Given.text('What is offered, in words (服务方案).', { max: 4000 }) proposal!: string
}

@InputType()
export class BidWithdrawInput extends VersionedInput {
  @Given.id('The bid.') bidId!: string
}

@InputType()
export class AwardMakeInput extends VersionedInput {
  @Given.id('The lot.') lotId!: string
  @Given.id('The bid that is chosen.') bidId!: string
  @Given.text('Why this one (定标理由).', { max: 1000 }) reason!: string
}

@InputType()
export class AwardAnswerInput extends VersionedInput {
  @Given.id('The award.') awardId!: string
  @Given.text('In words (答复说明).', { optional: true, max: 1000 }) answer?: string
}
