import type { Built } from './build.js'
import { moneyBuilder } from './build-money.js'
import type { World } from './world.js'

/** One more of each row of money, hung on the same parents each time. */
export async function moneyGrowth(world: Pick<World, 'build' | 'sql'>, province: Built, office: Built, initiative: Built): Promise<(unit: Built, turn: number) => Promise<void>> {
  const money = moneyBuilder(world)
  const line = await money.line({ unitId: office.id, plannedAmount: '100000000' })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: office.id, toUnitId: office.id, amount: '1000000' })
  const procurement = await money.procurement({ lineId: line.id, purchaserId: office.id })
  const lot = await money.lot({ procurementId: procurement.id, status: 'OPENED', openedAt: '2026-11-20T02:00:00Z' })
  const contract = await money.contract({ lineId: line.id, purchaserId: office.id, agencyId: office.id, amount: '100000' })
  return async (unit, turn) => {
    const tender = await money.procurement({ lineId: line.id, purchaserId: office.id })
    for (const procurementId of [procurement.id, tender.id]) await money.lot({ procurementId })
    const bid = await money.bid({ lotId: lot.id, bidderId: unit.id, status: 'OPENED', amount: '10', proposal: '方案' })
    await money.award({ bidId: bid.id, lotId: lot.id, agencyId: unit.id, status: 'DECLINED', answeredOn: '2026-11-20' })
    const next = await money.contract({ lineId: line.id, purchaserId: office.id, agencyId: unit.id, amount: '1000' })
    await money.contract({ lineId: line.id, purchaserId: office.id, agencyId: office.id, amount: '10' })
    for (const { id: contractId } of [contract, next]) {
      await money.milestone({ contractId })
      await money.evaluation({ contractId })
      await money.payment({ contractId })
    }
    await money.profile({ unitId: unit.id })
    for (const agencyId of [unit.id, office.id]) await money.support({ agencyId, providerId: office.id })

    await money.line({ unitId: unit.id, initiativeId: initiative.id })
    const own = await money.allocation({ lineId: line.id, fromUnitId: office.id, toUnitId: unit.id })
    for (const { id: allocationId } of [allocation, own]) await money.disbursement({ allocationId })
    await money.openingBalance({ unitId: office.id, divisionId: province.id, year: 1990 + turn })
  }
}
