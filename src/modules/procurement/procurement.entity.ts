import { AtInstant, Choice, enumeration, Link, MoneyAmount, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { BudgetLine } from '../funding/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'

export const ContractFunding = enumeration('ContractFunding', 'How the money of a contract came about (经费方式).', {
  ANNUAL_BUDGET: 'Part of the annual budget (年度预算)',
  PROJECT_APPLICATION: 'Applied for project by project (项目申请)',
})
export type ContractFunding = keyof typeof ContractFunding

export const ProcurementStatus = enumeration('ProcurementStatus', 'State of a procurement (采购状态).', {
  DRAFT: 'Being prepared (拟定)',
  PUBLISHED: 'Published (已公告)',
  CLOSED: 'Every lot is settled (已结束)',
  CANCELLED: 'Cancelled (已取消)',
})
export type ProcurementStatus = keyof typeof ProcurementStatus

export const LotStatus = enumeration('LotStatus', 'State of a lot (标段状态).', {
  DRAFT: 'Being prepared (拟定)',
  PUBLISHED: 'Takes sealed bids until it may be opened (投标中)',
  OPENED: 'Bids are opened, none is chosen (已开标)',
  AWARDED: 'A bid is chosen (已定标)',
  CONTRACTED: 'The contract is signed (已签约)',
  FAILED: 'Ended without an award (流标)',
  CANCELLED: 'Cancelled with its procurement (已取消)',
})
export type LotStatus = keyof typeof LotStatus

export const BidStatus = enumeration('BidStatus', 'State of a bid (投标状态).', {
  SEALED: 'Sealed: nobody reads what it offers (密封)',
  WITHDRAWN: 'Withdrawn before the opening; it stays sealed (已撤回)',
  OPENED: 'Opened (已开启)',
  UNREADABLE: 'Could not be opened: it is not what was sealed (无法开启)',
})
export type BidStatus = keyof typeof BidStatus

export const AwardStatus = enumeration('AwardStatus', 'State of an award (定标状态): selection goes both ways.', {
  CHOSEN: 'Chosen by the purchaser, awaits the bidder (待接受)',
  ACCEPTED: 'Accepted by the bidder (已接受)',
  DECLINED: 'Declined by the bidder; another may be chosen (已谢绝)',
})
export type AwardStatus = keyof typeof AwardStatus

@Record('Procurement', 'proc', 'Services bought from agencies by tender (政府购买服务).')
export class Procurement extends RecordBase {
  @Text('Code (采购编号).', { unique: true }) code!: string
  @Text('Title (项目名称).') title!: string
  @Link(() => Unit, 'Unit that buys (购买方).') purchaser!: Unit
  @Link(() => BudgetLine, 'Budget line that pays; null where you do not see it (预算项目).', { mayBeInvisible: true }) line!: BudgetLine
  @Choice(() => ContractFunding, 'How its money came about (经费方式).') funding!: ContractFunding
  @Choice(() => ProcurementStatus, 'State (状态).', { default: 'DRAFT', index: true }) status!: ProcurementStatus
  @OnDay('Day of publication (公告日期).', { nullable: true }) publishedOn?: string | null
}

@Record('Lot', 'lot', 'A part of a procurement for which bids are sent (标段).')
export class Lot extends RecordBase {
  @Link(() => Procurement, 'The procurement (采购).') procurement!: Procurement
  @Whole('Number in the procurement, from 1 (标段号).') number!: number
  @Text('Title (标段名称).') title!: string
  @Text('What is asked for (服务要求).', { nullable: true }) requirement?: string | null
  @MoneyAmount('Most that a bid may offer, in yuan (最高限价).') ceilingAmount!: string
  @AtInstant('Until when bids are taken, and from when they may be opened (开标时间).') opensAt!: Date
  @Choice(() => LotStatus, 'State (状态).', { default: 'DRAFT' }) status!: LotStatus
  @AtInstant('When it was opened (实际开标时间).', { nullable: true }) openedAt?: Date | null
  @Link(() => Person, 'Who opened it, where it was a person (开标人).', { nullable: true }) openedBy?: Person | null
  @Text('Key that bids are sealed with; what opens them lies outside the database.', { nullable: true, hidden: true }) publicKey?: string | null
}

@Record('Bid', 'bid', "A unit's offer for a lot (投标), sealed until the lot is opened: until then it exists for the bidder alone.")
export class Bid extends RecordBase {
  @Link(() => Lot, 'The lot (标段).') lot!: Lot
  @Link(() => Unit, 'Unit that offers (投标方).') bidder!: Unit
  @AtInstant('When it was sent (投标时间).') submittedAt!: Date
  @Choice(() => BidStatus, 'State (状态).', { default: 'SEALED' }) status!: BidStatus
  @MoneyAmount('Offered price in yuan; null until it is opened, for the bidder too (报价).', { nullable: true }) amount?: string | null
  @Text('What is offered, in words; null until it is opened (服务方案).', { nullable: true }) proposal?: string | null
  @Text('What was sealed.', { hidden: true, nullable: true }) sealed?: string | null
}

@Record('Award', 'awrd', 'The choice of a bid by the purchaser, and the answer of the bidder (定标与双向选择).')
export class Award extends RecordBase {
  @Link(() => Lot, 'The lot (标段).') lot!: Lot
  @Link(() => Bid, 'The chosen bid; null where you do not see it (中标投标).', { mayBeInvisible: true }) bid!: Bid
  @Link(() => Unit, 'Unit that is chosen (中标方).') agency!: Unit
  @Choice(() => AwardStatus, 'State (状态).', { default: 'CHOSEN' }) status!: AwardStatus
  @OnDay('Day of the choice (定标日期).') chosenOn!: string
  @Link(() => Person, 'Who chose, where it was a person (定标人).', { nullable: true }) chosenBy?: Person | null
  @Text('Why this bid was chosen (定标理由).') reason!: string
  @OnDay('Day of the answer (答复日期).', { nullable: true }) answeredOn?: string | null
  @Link(() => Person, 'Who answered for the bidder, where it was a person (答复人).', { nullable: true }) answeredBy?: Person | null
  @Text('Words of the answer (答复说明).', { nullable: true }) answer?: string | null
}
