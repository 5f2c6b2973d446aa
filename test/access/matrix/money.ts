import type { World } from '../../support/world.js'
import { moneyBuilder } from '../../support/build-money.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

/** Money of the bureau: a line, what it gave to the school, and a total of the province. */
async function staged(world: World, { province, bureau, school }: Base) {
  const { build } = world
  const money = moneyBuilder(world)
  for (const [at, unit] of [['bureau', bureau], ['school', school]] as const) await build.person({ login: `${at} FINANCE_OFFICER`, unit: unit.id, role: 'FINANCE_OFFICER' })
  const line = await money.line({ unitId: bureau.id })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: bureau.id, toUnitId: school.id })
  const disbursement = await money.disbursement({ allocationId: allocation.id })
  const opening = await money.openingBalance({ unitId: bureau.id, divisionId: province.id })
  return { line, allocation, disbursement, opening }
}
type Stage = Awaited<ReturnType<typeof staged>> & Base

const [keeper, receiver] = ['bureau FINANCE_OFFICER', 'school FINANCE_OFFICER']

export function moneyPart(world: World): Part {
  const { exists, acts } = casesOn<Stage>(world)
  return {
    stage: (base) => staged(world, base),
    ids: ({ line, allocation, disbursement, opening }: Stage) => ({ BudgetLine: line.id, Allocation: allocation.id, Disbursement: disbursement.id, OpeningBalance: opening.id }),
    registry: {
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
    },
  }
}
