import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { openLot, submitBid, withdrawBid, type SealingContext } from './bid.service.js'
import { Award, Bid, Lot, Procurement } from './procurement.entity.js'
import { AwardAnswerInput, AwardMakeInput, BidSubmitInput, BidWithdrawInput, LotAddInput, LotStepInput, ProcurementCreateInput, ProcurementStepInput } from './procurement.input.js'
import { addLot, answerAward, cancelProcurement, closeProcurement, createProcurement, failLot, makeAward, publishProcurement } from './procurement.service.js'

const Tendered = payload('ProcurementPayload', 'procurement', () => Procurement)
const Divided = payload('LotPayload', 'lot', () => Lot)
const Offered = payload('BidPayload', 'bid', () => Bid)
const Awarded = payload('AwardPayload', 'award', () => Award)

@Resolver()
export class ProcurementMutations {
  @Mutation(() => Tendered, { description: 'Prepares a procurement paid out of a budget line (拟定采购).' })
  procurementCreate(@Ctx() ctx: WriteContext, @Arg('input', () => ProcurementCreateInput) input: ProcurementCreateInput) {
    return mutation(ctx, { name: 'procurementCreate', payload: Tendered }, input, createProcurement)
  }

  @Mutation(() => Divided, { description: 'Adds a lot to a procurement that is DRAFT (增加标段).' })
  lotAdd(@Ctx() ctx: WriteContext, @Arg('input', () => LotAddInput) input: LotAddInput) {
    return mutation(ctx, { name: 'lotAdd', payload: Divided }, input, addLot)
  }

  @Mutation(() => Tendered, { description: 'DRAFT becomes PUBLISHED: every lot gets its key and takes sealed bids until it opens (发布采购公告).' })
  procurementPublish(@Ctx() ctx: SealingContext, @Arg('input', () => ProcurementStepInput) input: ProcurementStepInput) {
    return mutation(ctx, { name: 'procurementPublish', payload: Tendered }, input, publishProcurement(ctx.lotKeys))
  }

  @Mutation(() => Tendered, { description: 'PUBLISHED becomes CLOSED, once every lot is contracted or failed (结束采购).' })
  procurementClose(@Ctx() ctx: WriteContext, @Arg('input', () => ProcurementStepInput) input: ProcurementStepInput) {
    return mutation(ctx, { name: 'procurementClose', payload: Tendered }, input, closeProcurement)
  }

  @Mutation(() => Tendered, { description: 'DRAFT or PUBLISHED becomes CANCELLED, while no lot was opened; bids stay sealed (取消采购).' })
  procurementCancel(@Ctx() ctx: WriteContext, @Arg('input', () => ProcurementStepInput) input: ProcurementStepInput) {
    return mutation(ctx, { name: 'procurementCancel', payload: Tendered }, input, cancelProcurement)
  }

  @Mutation(() => Divided, { description: 'PUBLISHED becomes OPENED, at or after `opensAt`: what every bid offers is read from now on by its bidders and the purchaser (开标).' })
  lotOpen(@Ctx() ctx: SealingContext, @Arg('input', () => LotStepInput) input: LotStepInput) {
    return mutation(ctx, { name: 'lotOpen', payload: Divided }, input, openLot(ctx.lotKeys))
  }

  @Mutation(() => Divided, { description: 'OPENED becomes FAILED: no bid is chosen (流标).' })
  lotFail(@Ctx() ctx: WriteContext, @Arg('input', () => LotStepInput) input: LotStepInput) {
    return mutation(ctx, { name: 'lotFail', payload: Divided }, input, failLot)
  }

  @Mutation(() => Offered, { description: 'Sends a sealed bid until `opensAt`; nobody reads it before the lot is opened (密封投标).' })
  bidSubmit(@Ctx() ctx: SealingContext, @Arg('input', () => BidSubmitInput) input: BidSubmitInput) {
    return submitBid(ctx, { name: 'bidSubmit', payload: Offered }, input)
  }

  @Mutation(() => Offered, { description: 'SEALED becomes WITHDRAWN, until `opensAt`; another bid may then be sent (撤回投标).' })
  bidWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => BidWithdrawInput) input: BidWithdrawInput) {
    return mutation(ctx, { name: 'bidWithdraw', payload: Offered }, input, withdrawBid)
  }

  @Mutation(() => Awarded, { description: 'OPENED becomes AWARDED: the purchaser chooses a bid (定标).' })
  awardMake(@Ctx() ctx: WriteContext, @Arg('input', () => AwardMakeInput) input: AwardMakeInput) {
    return mutation(ctx, { name: 'awardMake', payload: Awarded }, input, makeAward)
  }

  @Mutation(() => Awarded, { description: 'CHOSEN becomes ACCEPTED: the bidder takes it (接受).' })
  awardAccept(@Ctx() ctx: WriteContext, @Arg('input', () => AwardAnswerInput) input: AwardAnswerInput) {
    return mutation(ctx, { name: 'awardAccept', payload: Awarded }, input, answerAward('ACCEPTED'))
  }

  @Mutation(() => Awarded, { description: 'CHOSEN becomes DECLINED: another bid may be chosen (谢绝).' })
  awardDecline(@Ctx() ctx: WriteContext, @Arg('input', () => AwardAnswerInput) input: AwardAnswerInput) {
    return mutation(ctx, { name: 'awardDecline', payload: Awarded }, input, answerAward('DECLINED'))
  }
}
