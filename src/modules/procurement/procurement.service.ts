import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { BudgetLine } from '../funding/index.js'
import { viewingPerson } from '../progress/index.js'
import { Award, Bid, Lot, Procurement } from './procurement.entity.js'
import { notTaking } from './procurement.facts.js'
import type { AwardAnswerInput, AwardMakeInput, LotAddInput, LotStepInput, ProcurementCreateInput, ProcurementStepInput } from './procurement.input.js'
import type { LotKeys } from './lot-keys.js'

export async function createProcurement(work: Work, input: ProcurementCreateInput): Promise<Procurement> {
  // Its unit becomes the purchaser, of which the right is asked.
  const line = await work.reference(BudgetLine, input.lineId, 'input.lineId')
  return work.makes(Object.assign(new Procurement(), { code: input.code.trim(), title: input.title.trim(), purchaser: line.unit, line, funding: input.funding, status: 'DRAFT', publishedOn: null }))
}

export async function addLot(work: Work, input: LotAddInput): Promise<Lot> {
  const procurement = await work.target(Procurement, input.procurementId, 'input.procurementId')
  const opensAt = new Date(input.opensAt)
  if (opensAt <= now(work)) throw past()
  const number = (await work.em.count(Lot, { procurement: procurement.id })) + 1
  const lot = Object.assign(new Lot(), {
    procurement, number, title: input.title.trim(), requirement: input.requirement?.trim() ?? null, ceilingAmount: input.ceilingAmount, opensAt, status: 'DRAFT', openedAt: null, openedBy: null, publicKey: null,
  })
  work.em.persist(lot)
  return lot
}

/** From here on bids are sealed with a key of each lot; what opens them is kept outside the database. */
export const publishProcurement = (keys: LotKeys | undefined) => async (work: Work, input: ProcurementStepInput): Promise<Procurement> => {
  const procurement = await work.target(Procurement, input.procurementId, 'input.procurementId', input.expectedVersion)
  const lots = await work.em.find(Lot, { procurement: procurement.id })
  if (lots.some(({ opensAt }) => opensAt <= now(work))) throw past('input.procurementId')
  if (!keys) throw noKeys('input.procurementId')
  for (const lot of lots) Object.assign(lot, { status: 'PUBLISHED', publicKey: await keys.publicKey(lot.id) })
  return Object.assign(procurement, { status: 'PUBLISHED', publishedOn: work.today })
}

export async function closeProcurement(work: Work, input: ProcurementStepInput): Promise<Procurement> {
  return Object.assign(await work.target(Procurement, input.procurementId, 'input.procurementId', input.expectedVersion), { status: 'CLOSED' })
}

/** Bids that were sent for it stay sealed, and with their bidders. */
export async function cancelProcurement(work: Work, input: ProcurementStepInput): Promise<Procurement> {
  const procurement = await work.target(Procurement, input.procurementId, 'input.procurementId', input.expectedVersion)
  for (const lot of await work.em.find(Lot, { procurement: procurement.id })) lot.status = 'CANCELLED'
  return Object.assign(procurement, { status: 'CANCELLED' })
}

/** Chooses a bid; the bidder's answer makes it a selection of both sides. */
export async function makeAward(work: Work, input: AwardMakeInput): Promise<Award> {
  const lot = await work.target(Lot, input.lotId, 'input.lotId', input.expectedVersion)
  const bid = await work.reference(Bid, input.bidId, 'input.bidId')
  if (bid.lot.id !== lot.id || bid.status !== 'OPENED') throw new Problem('OUT_OF_RANGE', 'input.bidId', { en: 'The bid is of another lot, or cannot be read.', zh: '该投标不属于此标段，或无法开启。' })
  if ((await work.em.count(Award, { bid: bid.id })) > 0) throw new Problem('DECLINED', 'input.bidId', { en: 'The bidder has declined already. Choose another one.', zh: '该投标方已谢绝，请另选。' })
  lot.status = 'AWARDED'
  const award = Object.assign(new Award(), { lot, bid, agency: bid.bidder, status: 'CHOSEN', chosenOn: work.today, chosenBy: viewingPerson(work), reason: input.reason.trim(), answeredOn: null, answeredBy: null, answer: null })
  work.em.persist(award)
  return award
}

export async function failLot(work: Work, input: LotStepInput): Promise<Lot> {
  return Object.assign(await work.target(Lot, input.lotId, 'input.lotId', input.expectedVersion), { status: 'FAILED' })
}

export const answerAward = (status: 'ACCEPTED' | 'DECLINED') => async (work: Work, input: AwardAnswerInput): Promise<Award> => {
  const award = await work.target(Award, input.awardId, 'input.awardId', input.expectedVersion)
  if (status === 'DECLINED') {
    const lot = await work.em.findOneOrFail(Lot, award.lot.id)
    lot.status = 'OPENED'
  }
  return Object.assign(award, { status, answeredOn: work.today, answeredBy: viewingPerson(work), answer: input.answer?.trim() ?? null })
}

export const now = (work: Work): Date => work.reads.facts.clock.now()
const past = (field = 'input.opensAt') => new Problem('OUT_OF_RANGE', field, { en: 'A lot opens in the future, so that there is time to bid.', zh: '开标时间须晚于现在。' })
export const noKeys = (field: string) => new Problem('NOT_CONFIGURED', field, { en: 'This server keeps no keys for sealed bids. Ask its operator to name a folder for them (BID_KEY_DIR).', zh: '本服务未配置密封投标的密钥目录，请联系运维人员设置 BID_KEY_DIR。' })

/** Where bids are taken, and until when. */
export function checkTaking(work: Work, lot: Lot, field: string): void {
  if (lot.status !== 'PUBLISHED') throw notTaking(field)
  if (now(work) > lot.opensAt) throw new Problem('TOO_LATE', field, { en: `Bids were taken until ${lot.opensAt.toISOString()}. Nothing was entered.`, zh: `投标已于 ${lot.opensAt.toISOString()} 截止，未作任何登记。` })
}
