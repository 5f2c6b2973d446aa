/** What units report, of some divisions each, and figures of divisions. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { activitySamples } from '../../support/samples.js'
import type { Add } from './network.js'
import type { Random } from './random.js'

export function reportActivities(chance: Random, add: Add, units: readonly Unit[], tables: Tables): void {
  for (const { table, prefix, values } of activitySamples) {
    for (const [n, unit] of chance.some(units, 9).entries()) {
      // Half of what is reported is of the unit's own division.
      const divisionId = chance.chance(0.5) ? unit.divisionId : chance.pick(tables.division).id
      add(table as 'pilot', prefix, values({ divisionId, unitId: unit.id, basisId: chance.pick(tables.policy_document).id }, n) as never)
    }
  }
}
