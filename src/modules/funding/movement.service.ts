import type { Work } from '../../engine/index.js'
import { fenOf, Problem, yuanOf } from '../../kernel/index.js'
import { livingUnit } from '../initiatives/index.js'
import { requireOpenMonth } from '../periods/index.js'
import { Allocation, BudgetLine, Disbursement } from './funding.entity.js'
import { insufficient } from './funding.facts.js'
import type { AllocationCorrectInput, AllocationMakeInput, DisbursementCorrectInput, DisbursementRecordInput } from './funding.input.js'
import { checkPast, checkRest } from './line.service.js'

/*
 * The statement that enters a movement also moves the total that it is about, under the table's own condition (`heli_add_up`):
 * what is asked before, on the locked row, is for the words of the refusal.
 */

export async function makeAllocation(work: Work, input: AllocationMakeInput): Promise<Allocation> {
  const line = await work.target(BudgetLine, input.lineId, 'input.lineId')
  const allocatedOn = input.allocatedOn ?? work.today
  checkPast(work, input.allocatedOn, 'input.allocatedOn')
  if (Number(allocatedOn.slice(0, 4)) !== line.year) {
    throw new Problem('OUTSIDE_BUDGET_YEAR', 'input.allocatedOn', { en: `The line is of the budget year ${line.year}; ${allocatedOn} lies outside.`, zh: `该预算项目为 ${line.year} 年度，${allocatedOn} 不在该年度内。` })
  }
  if (input.promisedOn < allocatedOn) throw new Problem('OUT_OF_RANGE', 'input.promisedOn', { en: `It cannot be promised before it is allocated (${allocatedOn}).`, zh: `承诺到账日期不得早于下达日期（${allocatedOn}）。` })
  await requireOpenMonth(work, { unitId: line.unit.id, ledger: 'MONEY', day: allocatedOn }, 'input.allocatedOn')
  checkRest(input.amount, restOf(line), 'input.amount')
  const allocation = Object.assign(new Allocation(), {
    line, fromUnit: line.unit, toUnit: await livingUnit(work, input.toUnitId, 'input.toUnitId'), voucher: input.voucher?.trim() ?? null, amount: input.amount, netAmount: '0.00', arrivedAmount: '0.00', allocatedOn, promisedOn: input.promisedOn, corrects: null, reason: null,
  })
  work.em.persist(allocation)
  return allocation
}

export async function correctAllocation(work: Work, input: AllocationCorrectInput): Promise<Allocation> {
  const wrong = await work.part(Allocation, 'line', input.allocationId, 'input.allocationId')
  checkCorrection(wrong.corrects, input.amount, 'input.allocationId')
  const line = await work.em.findOneOrFail(BudgetLine, wrong.line.id)
  checkRest(input.amount, restOf(line), 'input.amount')
  checkRest(negated(input.amount), yuanOf(fenOf(wrong.netAmount) - fenOf(wrong.arrivedAmount)), 'input.amount')
  const correction = Object.assign(new Allocation(), {
    line, fromUnit: wrong.fromUnit, toUnit: wrong.toUnit, voucher: null, amount: input.amount, netAmount: '0.00', arrivedAmount: '0.00', allocatedOn: work.today, promisedOn: wrong.promisedOn > work.today ? wrong.promisedOn : work.today, corrects: wrong, reason: input.reason.trim(),
  })
  work.em.persist(correction)
  return correction
}

export async function recordDisbursement(work: Work, input: DisbursementRecordInput): Promise<Disbursement> {
  const allocation = await work.target(Allocation, input.allocationId, 'input.allocationId')
  checkPast(work, input.arrivedOn, 'input.arrivedOn')
  if (input.arrivedOn < allocation.allocatedOn) throw new Problem('OUT_OF_RANGE', 'input.arrivedOn', { en: `It was allocated on ${allocation.allocatedOn} and cannot arrive before.`, zh: `该资金于 ${allocation.allocatedOn} 下达，到账不得早于该日。` })
  await requireOpenMonth(work, { unitId: allocation.toUnit.id, ledger: 'MONEY', day: input.arrivedOn }, 'input.arrivedOn')
  checkRest(input.amount, yuanOf(fenOf(allocation.netAmount) - fenOf(allocation.arrivedAmount)), 'input.amount')
  const arrival = Object.assign(new Disbursement(), { allocation, unit: allocation.toUnit, voucher: input.voucher?.trim() ?? null, amount: input.amount, arrivedOn: input.arrivedOn, corrects: null, reason: null })
  work.em.persist(arrival)
  return arrival
}

export async function correctDisbursement(work: Work, input: DisbursementCorrectInput): Promise<Disbursement> {
  const wrong = await work.part(Disbursement, 'allocation', input.disbursementId, 'input.disbursementId')
  checkCorrection(wrong.corrects, input.amount, 'input.disbursementId')
  const allocation = await work.em.findOneOrFail(Allocation, wrong.allocation.id)
  const [{ net }] = (await work.run<{ net: string }>(`select sum(amount)::text as net from disbursement where id = $1 or corrects_id = $1`, [wrong.id])) as [{ net: string }]
  checkRest(input.amount, yuanOf(fenOf(allocation.netAmount) - fenOf(allocation.arrivedAmount)), 'input.amount')
  if (fenOf(net) + fenOf(input.amount) < 0n) throw insufficient('input.amount', negated(input.amount), net)
  const correction = Object.assign(new Disbursement(), { allocation, unit: allocation.toUnit, voucher: null, amount: input.amount, arrivedOn: work.today, corrects: wrong, reason: input.reason.trim() })
  work.em.persist(correction)
  return correction
}

/** A correction corrects an entry, not a correction, and by something. */
export function checkCorrection(corrects: unknown, amount: string, field: string): void {
  if (corrects) throw new Problem('ILLEGAL_TRANSITION', field, { en: 'This entry is a correction itself. Correct the entry that it corrects.', zh: '该记录本身为更正，请更正其所更正的原记录。' })
  if (fenOf(amount) === 0n) throw new Problem('OUT_OF_RANGE', 'input.amount', { en: 'A correction changes something: its amount is not 0.', zh: '更正金额不能为 0。' })
}

export const negated = (amount: string): string => yuanOf(-fenOf(amount))
const restOf = (line: BudgetLine): string => yuanOf(fenOf(line.plannedAmount) - fenOf(line.allocatedAmount) - fenOf(line.contractedAmount))
