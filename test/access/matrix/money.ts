import type { Built } from '../../support/build.js'
import { moneyBuilder } from '../../support/build-money.js'
import type { World } from '../../support/world.js'
import type { Case, Words } from './words.js'

/** Money of the bureau: a line, what it gave to the school, and a total of the province. */
export async function moneyStage(world: Pick<World, 'build' | 'sql'>, province: Built, bureau: Built, school: Built) {
  const { build } = world
  const money = moneyBuilder(world)
  for (const [at, unit] of [['bureau', bureau], ['school', school]] as const) await build.person({ login: `${at} FINANCE_OFFICER`, unit: unit.id, role: 'FINANCE_OFFICER' })
  const line = await money.line({ unitId: bureau.id })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: bureau.id, toUnitId: school.id })
  const disbursement = await money.disbursement({ allocationId: allocation.id })
  const opening = await money.openingBalance({ unitId: bureau.id, divisionId: province.id })
  return { line, allocation, disbursement, opening }
}
export type MoneyStage = Awaited<ReturnType<typeof moneyStage>> & { bureau: Built; school: Built }

export const moneyIds = ({ line, allocation, disbursement, opening }: MoneyStage): Record<string, string> => ({
  BudgetLine: line.id, Allocation: allocation.id, Disbursement: disbursement.id, OpeningBalance: opening.id,
})

const [keeper, receiver] = ['bureau FINANCE_OFFICER', 'school FINANCE_OFFICER']

export const moneyCases = <S extends MoneyStage>({ exists, acts, versioned }: Words<S>): Record<string, Case<S>> => ({
  ...exists('BudgetLine', ({ line }) => line.id, 'coordinator', receiver),
  ...exists('Allocation', ({ allocation }) => allocation.id, receiver, 'bureau CLERK'),
  ...exists('Disbursement', ({ disbursement }) => disbursement.id, 'school DIRECTOR', 'bureau AUDITOR'),
  ...exists('OpeningBalance', ({ opening }) => opening.id, 'bureau DIRECTOR', 'apart COORDINATOR'),
  ...acts('budgetLineCreate', ({ bureau }) => ({ code: 'NEW', title: '新', year: 2026, unitId: bureau.id, source: 'FISCAL', purpose: 'SOCIAL_WORK', level: 'COUNTY', plannedAmount: '1' }), keeper, 'bureau DIRECTOR'),
  ...acts('budgetLineUpdate', ({ line }) => versioned('lineId', line, { title: '改' }), keeper, 'coordinator'),
  ...acts('allocationMake', ({ line, school }) => ({ lineId: line.id, toUnitId: school.id, amount: '1', promisedOn: '2026-12-31' }), keeper, 'bureau DIRECTOR'),
  ...acts('allocationCorrect', ({ allocation }) => ({ allocationId: allocation.id, amount: '-1', reason: '更正' }), keeper, 'coordinator'),
  ...acts('disbursementRecord', ({ allocation }) => ({ allocationId: allocation.id, amount: '1', arrivedOn: '2026-05-01' }), receiver, keeper),
  ...acts('disbursementCorrect', ({ disbursement }) => ({ disbursementId: disbursement.id, amount: '-1', reason: '更正' }), receiver, 'school DIRECTOR'),
  ...acts('openingBalanceEnter', ({ bureau }) => ({ unitId: bureau.id, year: 2023, source: 'FISCAL', purpose: 'SOCIAL_WORK', amount: '1' }), keeper, 'coordinator'),
  ...acts('openingBalanceUpdate', ({ opening }) => versioned('openingBalanceId', opening, { amount: '1' }), keeper, 'bureau DIRECTOR'),
})
