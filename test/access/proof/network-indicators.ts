/** Thresholds of some divisions, and two published years of figures over people, some of them suppressed. */
import type { Tables } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'

const measured = ['ADMINISTRATIVE_SHARE', 'UNPAID_SHARE', 'OVERDUE_SHARE', 'FISCAL_SHARE']
const ofPeople = ['SOCIAL_WORKERS', 'ADMINISTRATIVE_SHARE', 'UNPAID_SHARE']

export function measure(chance: Random, add: Add, tables: Tables): void {
  const basisId = () => chance.pick(tables.policy_document).id
  for (const division of [tables.division[0]!, ...chance.some(tables.division.slice(1), 3)]) {
    for (const indicator of measured) {
      if (chance.chance(0.3)) continue
      const ended = chance.chance(0.3)
      if (ended) add('indicator_threshold', 'ithr', { divisionId: division.id, indicator, target: '0.5000', warning: null, validFrom: '2024-01-01', validTo: '2025-01-01', basisId: basisId() })
      add('indicator_threshold', 'ithr', { divisionId: division.id, indicator, target: '0.3500', warning: chance.pick(['0.2500', null]), validFrom: ended ? '2025-01-01' : dayFrom(-300), validTo: chance.pick([null, dayFrom(0), dayFrom(1)]), basisId: basisId() })
    }
  }
  const [province] = tables.division
  const [threshold] = tables.pay_threshold
  for (const year of [2024, 2025]) {
    for (const indicator of ofPeople) {
      for (const [at, division] of [province!, ...tables.division.filter(({ parentId }) => parentId === province!.id)].entries()) {
        const isSuppressed = chance.chance(0.4)
        const told = isSuppressed ? { persons: null, numerator: null, denominator: null } : { persons: 5 + chance.below(90), numerator: '12.5000', denominator: indicator === 'SOCIAL_WORKERS' ? null : '50.0000' }
        add('indicator_figure', 'ifig', { provinceId: province!.id, year, indicator, divisionId: division.id, isTotal: at === 0, isSuppressed, ...told, thresholdId: threshold!.id, publishedOn: dayFrom(-80) })
      }
    }
  }
}
