import type { Built } from './build.js'
import { moneyBuilder } from './build-money.js'
import type { World } from './world.js'

/** One more of each row of money, hung on the same parents each time. */
export async function moneyGrowth(world: Pick<World, 'build' | 'sql'>, province: Built, office: Built, initiative: Built): Promise<(unit: Built, turn: number) => Promise<void>> {
  const money = moneyBuilder(world)
  const line = await money.line({ unitId: office.id, plannedAmount: '100000000' })
  const allocation = await money.allocation({ lineId: line.id, fromUnitId: office.id, toUnitId: office.id, amount: '1000000' })
  return async (unit, turn) => {
    await money.line({ unitId: unit.id, initiativeId: initiative.id })
    const own = await money.allocation({ lineId: line.id, fromUnitId: office.id, toUnitId: unit.id })
    for (const { id: allocationId } of [allocation, own]) await money.disbursement({ allocationId })
    await money.openingBalance({ unitId: office.id, divisionId: province.id, year: 1990 + turn })
  }
}
