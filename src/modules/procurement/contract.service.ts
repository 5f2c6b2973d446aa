import { open } from '../../access/index.js'
import type { Work } from '../../engine/index.js'
import { fenOf, Problem, yuanOf } from '../../kernel/index.js'
import { BudgetLine, checkCorrection, checkPast, checkRest, insufficient, lineFaults, negated } from '../funding/index.js'
import { livingUnit } from '../initiatives/index.js'
import { requireOpenMonth } from '../periods/index.js'
import { viewingPerson } from '../progress/index.js'
import type { Unit } from '../units/index.js'
import { Contract, ContractMilestone, Evaluation, Payment, type EvaluationSide } from './contract.entity.js'
import type { ContractEvaluateInput, ContractSignInput, ContractStepInput, ContractTerminateInput, PaymentCorrectInput, PaymentMakeInput } from './contract.input.js'
import { Award, Bid, Lot, Procurement, type ContractFunding } from './procurement.entity.js'

interface Terms {
  award: Award | null
  lot: Lot | null
  lineId: string
  agency: Unit
  funding: ContractFunding
}

/** Signs a contract: its amount is taken out of the line in the statement that enters it. */
export async function signContract(work: Work, input: ContractSignInput): Promise<Contract> {
  const { award, lot, lineId, agency, funding } = input.awardId ? await awarded(work, input, input.awardId) : await agreed(work, input)
  const field = input.awardId ? 'input.awardId' : 'input.lineId'
  // Locked, so that what is left of it stays left until the contract has taken its part; its unit becomes the purchaser, of which the right is asked.
  const line = await work.besides(BudgetLine, lineId, field, open)
  const rest = yuanOf(fenOf(line.plannedAmount) - fenOf(line.allocatedAmount) - fenOf(line.contractedAmount))
  const [fault] = lineFaults({ isApproved: Boolean(line.approvedOn), rest }, field)
  if (fault) throw fault
  checkRest(input.amount, rest, 'input.amount')
  const signedOn = input.signedOn ?? work.today
  checkPast(work, input.signedOn, 'input.signedOn')
  if (input.endsOn < input.startsOn) throw new Problem('OUT_OF_RANGE', 'input.endsOn', { en: `It must not end before it starts (${input.startsOn}).`, zh: `结束日期不得早于开始日期（${input.startsOn}）。` })
  for (const name of ['startsOn', 'endsOn'] as const) {
    if (Number(input[name].slice(0, 4)) !== line.year) throw new Problem('OUTSIDE_BUDGET_YEAR', `input.${name}`, { en: `The line is of the budget year ${line.year}; ${input[name]} lies outside. Sign a contract for each year.`, zh: `该预算项目为 ${line.year} 年度，${input[name]} 不在该年度内；跨年服务请按年度签订。` })
  }
  if (lot) lot.status = 'CONTRACTED'
  return work.makes(
    Object.assign(new Contract(), {
      code: input.code.trim(), title: input.title.trim(), award, line, year: line.year, purchaser: line.unit, agency, funding, amount: input.amount, signedOn, startsOn: input.startsOn, endsOn: input.endsOn, status: 'ACTIVE', closedOn: null,
      reason: null, paidAmount: '0.00', committedAmount: '0.00',
    }),
  )
}

async function awarded(work: Work, { agencyId, lineId, funding, amount }: ContractSignInput, awardId: string): Promise<Terms> {
  for (const [name, given] of Object.entries({ agencyId, lineId, funding })) {
    if (given !== undefined) throw new Problem('AMBIGUOUS', `input.${name}`, { en: 'With an award this is settled by the tender. Leave it out.', zh: '有定标结果时此项由采购确定，请勿填写。' })
  }
  const award = await work.reference(Award, awardId, 'input.awardId')
  if (award.status !== 'ACCEPTED') throw new Problem('ILLEGAL_TRANSITION', 'input.awardId', { en: `The bidder has not accepted; the award is ${award.status}.`, zh: `投标方尚未接受，当前为 ${award.status}。` })
  const lot = await work.em.findOneOrFail(Lot, award.lot.id)
  if (lot.status === 'CONTRACTED') throw new Problem('TAKEN', 'input.awardId', { en: 'The contract of this award is signed already.', zh: '该定标结果已签订合同。' })
  const { line, funding: fixed } = await work.em.findOneOrFail(Procurement, lot.procurement.id)
  const bid = await work.em.findOneOrFail(Bid, award.bid.id)
  if (fenOf(amount) > fenOf(bid.amount!)) throw new Problem('OUT_OF_RANGE', 'input.amount', { en: `The chosen bid offered ${bid.amount} yuan; the contract cannot be dearer.`, zh: `中标报价为 ${bid.amount} 元，合同金额不能高于报价。` })
  return { award, lot, lineId: line.id, agency: award.agency, funding: fixed }
}

async function agreed(work: Work, { agencyId, lineId, funding }: ContractSignInput): Promise<Terms> {
  for (const [name, given] of Object.entries({ agencyId, lineId, funding })) {
    if (given === undefined) throw new Problem('REQUIRED', `input.${name}`, { en: 'Without an award this must be given.', zh: '无定标结果时必须填写。' })
  }
  return { award: null, lot: null, lineId: lineId!, agency: await livingUnit(work, agencyId!, 'input.agencyId'), funding: funding! }
}

export const evaluateContract = (side: EvaluationSide) => async (work: Work, input: ContractEvaluateInput): Promise<Evaluation> => {
  const contract = await work.target(Contract, input.contractId, 'input.contractId')
  const evaluation = Object.assign(new Evaluation(), { contract, stage: input.stage, side, result: input.result, text: input.text.trim(), evaluatedOn: work.today, evaluatedBy: viewingPerson(work) })
  work.em.persist(evaluation)
  return evaluation
}

export async function completeContract(work: Work, input: ContractStepInput): Promise<Contract> {
  return Object.assign(await work.target(Contract, input.contractId, 'input.contractId', input.expectedVersion), { status: 'COMPLETED', closedOn: work.today })
}

/** What was not paid goes back to the line, in the same statement. */
export async function terminateContract(work: Work, input: ContractTerminateInput): Promise<Contract> {
  return Object.assign(await work.target(Contract, input.contractId, 'input.contractId', input.expectedVersion), { status: 'TERMINATED', closedOn: work.today, reason: input.reason.trim() })
}

export async function makePayment(work: Work, input: PaymentMakeInput): Promise<Payment> {
  const contract = await work.target(Contract, input.contractId, 'input.contractId')
  const paidOn = input.paidOn ?? work.today
  checkPast(work, input.paidOn, 'input.paidOn')
  if (paidOn < contract.signedOn) throw new Problem('OUT_OF_RANGE', 'input.paidOn', { en: `The contract was signed on ${contract.signedOn}; nothing is paid before.`, zh: `合同于 ${contract.signedOn} 签订，支付不得早于该日。` })
  await requireOpenMonth(work, { unitId: contract.purchaser.id, ledger: 'MONEY', day: paidOn }, 'input.paidOn')
  checkRest(input.amount, restOf(contract), 'input.amount')
  const milestone = input.milestoneId ? await work.reference(ContractMilestone, input.milestoneId, 'input.milestoneId') : null
  if (milestone && (milestone.contract.id !== contract.id || milestone.status !== 'ACCEPTED')) throw new Problem('OUT_OF_RANGE', 'input.milestoneId', { en: 'The milestone is of another contract, or not accepted yet.', zh: '该节点不属于此合同，或尚未验收。' })
  const payment = Object.assign(new Payment(), { contract, unit: contract.purchaser, milestone, voucher: input.voucher?.trim() ?? null, amount: input.amount, paidOn, corrects: null, reason: null })
  work.em.persist(payment)
  return payment
}

export async function correctPayment(work: Work, input: PaymentCorrectInput): Promise<Payment> {
  const wrong = await work.part(Payment, 'contract', input.paymentId, 'input.paymentId')
  checkCorrection(wrong.corrects, input.amount, 'input.paymentId')
  const contract = await work.em.findOneOrFail(Contract, wrong.contract.id)
  checkRest(input.amount, restOf(contract), 'input.amount')
  const [{ net }] = (await work.run<{ net: string }>(`select sum(amount)::text as net from payment where id = $1 or corrects_id = $1`, [wrong.id])) as [{ net: string }]
  if (fenOf(net) + fenOf(input.amount) < 0n) throw insufficient('input.amount', negated(input.amount), net)
  const correction = Object.assign(new Payment(), { contract, unit: contract.purchaser, milestone: wrong.milestone ?? null, voucher: null, amount: input.amount, paidOn: work.today, corrects: wrong, reason: input.reason.trim() })
  work.em.persist(correction)
  return correction
}

const restOf = (contract: Contract): string => yuanOf(fenOf(contract.amount) - fenOf(contract.paidAmount))
