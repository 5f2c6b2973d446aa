import type { Work } from '../../engine/index.js'
import { fenOf, Problem, yuanOf } from '../../kernel/index.js'
import { Initiative, livingUnit } from '../initiatives/index.js'
import { Unit } from '../units/index.js'
import { BudgetLine, OpeningBalance } from './funding.entity.js'
import { insufficient } from './funding.facts.js'
import type { BudgetLineCreateInput, BudgetLineUpdateInput, OpeningBalanceEnterInput, OpeningBalanceUpdateInput } from './funding.input.js'

export async function createLine(work: Work, input: BudgetLineCreateInput): Promise<BudgetLine> {
  checkPast(work, input.approvedOn, 'input.approvedOn')
  return work.makes(
    Object.assign(new BudgetLine(), {
      code: input.code.trim(), title: input.title.trim(), year: input.year, unit: await livingUnit(work, input.unitId, 'input.unitId'), source: input.source, purpose: input.purpose, level: input.level,
      plannedAmount: input.plannedAmount, approvedOn: input.approvedOn ?? null, remarks: input.remarks ?? null, initiative: await initiativeFor(work, input.initiativeId), allocatedAmount: '0.00', contractedAmount: '0.00',
    }),
  )
}

export async function updateLine(work: Work, input: BudgetLineUpdateInput): Promise<BudgetLine> {
  const line = await work.target(BudgetLine, input.lineId, 'input.lineId', input.expectedVersion)
  checkPast(work, input.approvedOn, 'input.approvedOn')
  if (input.plannedAmount !== undefined) {
    const bound = fenOf(line.allocatedAmount) + fenOf(line.contractedAmount)
    if (fenOf(input.plannedAmount) < bound) throw new Problem('INSUFFICIENT', 'input.plannedAmount', { en: `${yuanOf(bound)} yuan are allocated or contracted already; the plan cannot be less.`, zh: `已下达和签约 ${yuanOf(bound)} 元，预算金额不能低于此数。` })
    line.plannedAmount = input.plannedAmount
  }
  if (input.title !== undefined) line.title = input.title.trim()
  if (input.approvedOn !== undefined) line.approvedOn = input.approvedOn
  if (input.remarks !== undefined) line.remarks = input.remarks
  if (input.initiativeId !== undefined) line.initiative = await initiativeFor(work, input.initiativeId)
  return line
}

export async function enterOpeningBalance(work: Work, input: OpeningBalanceEnterInput): Promise<OpeningBalance> {
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  const known = await work.em.findOne(OpeningBalance, { division: unit.division.id, year: input.year, source: input.source, purpose: input.purpose })
  if (known) await work.rightToMake(known)
  if (known) throw hasTotal()
  return work.makes(
    Object.assign(new OpeningBalance(), { unit, division: unit.division, year: input.year, source: input.source, purpose: input.purpose, amount: input.amount, remarks: input.remarks ?? null }),
  )
}

export async function updateOpeningBalance(work: Work, input: OpeningBalanceUpdateInput): Promise<OpeningBalance> {
  const balance = await work.target(OpeningBalance, input.openingBalanceId, 'input.openingBalanceId', input.expectedVersion)
  if (input.amount !== undefined) balance.amount = input.amount
  if (input.remarks !== undefined) balance.remarks = input.remarks
  return balance
}

export const hasTotal = () => new Problem('TAKEN', 'input.year', { en: 'The division has this total already. Change that one (openingBalanceUpdate).', zh: '该区划已有此项期初总额，请修改原记录（openingBalanceUpdate）。' })

/** Takes a signed amount out of what is left, or says how much that is. */
export function checkRest(amount: string, rest: string, field: string): void {
  if (fenOf(amount) > fenOf(rest)) throw insufficient(field, amount, rest)
}

export function checkPast(work: Work, day: string | null | undefined, field: string): void {
  if (day && day > work.today) throw new Problem('OUT_OF_RANGE', field, { en: 'The day must not lie in the future.', zh: '日期不能晚于今天。' })
}

const initiativeFor = async (work: Work, id: string | null | undefined): Promise<Initiative | null> => (id ? work.reference(Initiative, id, 'input.initiativeId') : null)
