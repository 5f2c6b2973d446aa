import { open } from '../../access/index.js'
import { mutation, type MutationSpec, type Payload, type Work, type WriteContext } from '../../engine/index.js'
import { fenOf, Problem } from '../../kernel/index.js'
import { livingUnit } from '../initiatives/index.js'
import { viewingPerson } from '../progress/index.js'
import { Bid, Lot } from './procurement.entity.js'
import type { BidSubmitInput, BidWithdrawInput, LotStepInput } from './procurement.input.js'
import { checkTaking, noKeys, now } from './procurement.service.js'
import type { LotKeys } from './lot-keys.js'

/** What the acts of this module find in their context besides what every act finds. */
export type SealingContext = WriteContext & { readonly lotKeys: LotKeys | undefined }

/**
 * Takes a sealed bid. The record of the act knows a replay by a keyed digest of what is offered, and not by the offer:
 * from a plain digest whoever holds a copy of the database could find the price by trying prices.
 */
export async function submitBid({ lotKeys: keys, ...ctx }: SealingContext, spec: MutationSpec, input: BidSubmitInput): Promise<Payload> {
  const { amount, proposal } = input
  for (const name of ['amount', 'proposal'] as const) Object.defineProperty(input, name, { enumerable: false })
  Object.assign(input, { offer: await keys?.blind(JSON.stringify([amount, proposal])) })
  return mutation(ctx, spec, input, async (work) => {
    if (!keys) throw noKeys('input.lotId')
    // Locked, so that a bid is either in before the lot is opened, or refused.
    const lot = await work.besides(Lot, input.lotId, 'input.lotId', open)
    const bidder = await livingUnit(work, input.bidderId, 'input.bidderId')
    checkTaking(work, lot, 'input.lotId')
    const known = await work.em.findOne(Bid, { lot: lot.id, bidder: bidder.id, status: { $ne: 'WITHDRAWN' } })
    if (known) await work.rightToMake(known)
    if (known) throw hasBid()
    if (fenOf(amount) > fenOf(lot.ceilingAmount)) throw new Problem('OUT_OF_RANGE', 'input.amount', { en: `The lot's ceiling is ${lot.ceilingAmount} yuan.`, zh: `该标段最高限价为 ${lot.ceilingAmount} 元。` })
    if (!(await keys.opener(lot.id, lot.publicKey!))) throw keyLost('input.lotId')
    const bid = new Bid()
    const sealed = keys.seal({ amount, proposal: proposal.trim() }, lot.publicKey!, lot.id, bid.id)
    return work.makes(Object.assign(bid, { lot, bidder, submittedAt: now(work), status: 'SEALED', amount: null, proposal: null, sealed }))
  })
}

export async function withdrawBid(work: Work, input: BidWithdrawInput): Promise<Bid> {
  const bid = await work.target(Bid, input.bidId, 'input.bidId', input.expectedVersion)
  const lot = await work.besides(Lot, bid.lot.id, 'input.bidId', open)
  checkTaking(work, lot, 'input.bidId')
  bid.status = 'WITHDRAWN'
  return bid
}

/** Opens every bid of a lot at once. One that is not what was sealed is told to be so, and holds up no other. */
export const openLot = (keys: LotKeys | undefined) => async (work: Work, input: LotStepInput): Promise<Lot> => {
  const lot = await work.target(Lot, input.lotId, 'input.lotId', input.expectedVersion)
  if (now(work) < lot.opensAt) throw new Problem('TOO_EARLY', 'input.lotId', { en: `The lot may be opened from ${lot.opensAt.toISOString()} on.`, zh: `该标段自 ${lot.opensAt.toISOString()} 起方可开标。` })
  if (!keys) throw noKeys('input.lotId')
  const opens = await keys.opener(lot.id, lot.publicKey!)
  if (!opens) throw keyLost('input.lotId')
  for (const bid of await work.em.find(Bid, { lot: lot.id, status: 'SEALED' })) {
    const offer = bid.sealed ? opens(bid.sealed, bid.id) : undefined
    Object.assign(bid, offer ? { status: 'OPENED', ...offer } : { status: 'UNREADABLE' })
  }
  return Object.assign(lot, { status: 'OPENED', openedAt: now(work), openedBy: viewingPerson(work) })
}

export const hasBid = () => new Problem('TAKEN', 'input.lotId', { en: 'Your unit has a bid for this lot. Withdraw it first (bidWithdraw).', zh: '本单位已对该标段投标，请先撤回（bidWithdraw）。' })

const keyLost = (field: string) =>
  new Problem('KEY_LOST', field, { en: 'The keys of this server are not those with which the lot was published. Its operator must restore the key folder (BID_KEY_DIR) from where it was kept.', zh: '本服务的密钥与该标段公告时的密钥不符，请运维人员从备份恢复密钥目录（BID_KEY_DIR）。' })
