/** Guidance of some divisions, pay of workers by their employers and by units with a personnel officer, some below the floor and some corrected; a threshold and two published years. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'

const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR']

export function payWorkers(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const basisId = () => chance.pick(tables.policy_document).id
  for (const division of [tables.division[0]!, ...chance.some(tables.division.slice(1), 4)]) {
    for (const level of levels) for (const year of [2025, 2026]) if (chance.chance(0.8)) add('pay_guidance', 'pgui', { divisionId: division.id, level, year, floor: '5000.00', comparableMedian: '8000.00', basisId: basisId() })
  }
  const withOfficer = units.filter(({ id }) => tables.appointment.some(({ unitId, role, validFrom, validTo }) => unitId === id && role === 'HR_OFFICER' && validFrom <= dayFrom(0) && (!validTo || validTo > dayFrom(0))))
  for (const worker of tables.social_worker) {
    const employer = tables.employment.find(({ socialWorkerId }) => socialWorkerId === worker.id)?.unitId
    for (const unitId of new Set([chance.pick(withOfficer).id, ...(employer ? [employer] : [])])) {
      const paidOn = chance.pick(['2025-08-10', '2026-09-10'])
      const record = add('pay_record', 'prec', { socialWorkerId: worker.id, unitId, level: chance.pick(levels), paidOn, correctsId: null, reason: null })
      add('pay_amount', 'pamt', { recordId: record.id, amount: chance.pick(['4800.00', '5000.00', '6120.50']) })
      if (!chance.chance(0.3)) continue
      const correction = add('pay_record', 'prec', { socialWorkerId: worker.id, unitId, level: record.level, paidOn: dayFrom(-2), correctsId: record.id, reason: '补发' })
      add('pay_amount', 'pamt', { recordId: correction.id, amount: chance.pick(['200.00', '-0.01']) })
    }
  }
  const [province] = tables.division
  const threshold = add('pay_threshold', 'pthr', { divisionId: province!.id, minPersons: 5, validFrom: '2024-01-01', validTo: null, basisId: basisId() })
  for (const year of [2024, 2025]) {
    const publication = add('pay_publication', 'ppub', { divisionId: province!.id, year, thresholdId: threshold.id, publishedOn: dayFrom(-90), publishedById: chance.chance(0.7) ? chance.pick(tables.person).id : null })
    for (const level of levels) {
      for (const [at, division] of [province!, ...tables.division.filter(({ parentId }) => parentId === province!.id)].entries()) {
        const isSuppressed = chance.chance(0.4)
        const told = isSuppressed ? { persons: null, medianPay: null, comparableMedian: null, parityIndex: null, belowFloorPersons: null } : { persons: 5 + chance.below(90), medianPay: '6500.00', comparableMedian: '8000.00', parityIndex: '0.81', belowFloorPersons: at === 0 ? 6 : null }
        add('pay_figure', 'pfig', { publicationId: publication.id, divisionId: division.id, isTotal: at === 0, level, isSuppressed, ...told })
      }
    }
  }
}
