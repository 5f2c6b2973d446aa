/** Returns of some divisions in every state, half of them of places where somebody coordinates, with figures of one or two submissions, corrections and texts. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'
import { smallLayout } from '../../support/build-returns.js'

export function fillReturns(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const someone = () => (chance.chance(0.2) ? null : chance.pick(tables.person).id)
  const form = add('return_form', 'rfrm', { key: 'small', titleZh: '小表', firstYear: 2019, lastYear: null, layout: JSON.stringify(smallLayout), basisId: chance.chance(0.5) ? chance.pick(tables.policy_document).id : null })
  add('return_form', 'rfrm', { key: 'older', titleZh: '旧表', firstYear: 2015, lastYear: 2018, layout: JSON.stringify(smallLayout), basisId: null })
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null && role !== 'SYSTEM_ADMIN'))
  const led = new Set(tables.mandate.filter(({ role }) => role === 'OVERALL_COORDINATION' || role === 'LEADERSHIP').map(({ divisionId }) => divisionId))
  const places = [...new Set([...chance.some(tables.division.filter(({ id }) => led.has(id)), 5), ...chance.some(tables.division, 5)])]
  for (const division of places) {
    for (const year of [2024, 2025]) {
      const status = chance.pick(['DRAFT', 'SUBMITTED', 'APPROVED', 'LOCKED'])
      const edition = status === 'DRAFT' ? chance.below(2) : 1 + chance.below(2)
      const [isSubmitted, isApproved] = [edition > 0, status === 'APPROVED' || status === 'LOCKED']
      const submission = add('return_submission', 'rsub', {
        divisionId: division.id, year, formId: form.id, status, edition, figuresHash: isSubmitted ? String(edition).repeat(64) : null, submittedOn: isSubmitted ? dayFrom(-60) : null, submittedById: isSubmitted ? someone() : null,
        approvedOn: isApproved ? dayFrom(-50) : null, approvedById: isApproved ? someone() : null, lockedOn: status === 'LOCKED' ? dayFrom(-40) : null, returnedReason: chance.chance(0.5) ? `退回${tables.return_submission.length}` : null,
      })
      for (let at = 1; at <= edition; at++) {
        for (const columnKey of ['posts', 'deFacto', 'note']) {
          const isNumber = columnKey !== 'note'
          const figure = add('return_figure', 'rfig', { submissionId: submission.id, edition: at, tableNumber: 1, rowNumber: 1, rowKey: 'ONE', rowLabel: division.name, columnKey, isNumber, value: isNumber ? String(chance.below(90)) : chance.pick([null, '说明']) })
          if (status !== 'LOCKED' || at !== edition) continue
          for (const of of chance.some(['APPROVED', 'APPROVED', 'REFUSED', 'PROPOSED'], chance.below(3))) {
            const isDecided = of !== 'PROPOSED'
            if (!isDecided && tables.return_correction.some(({ figureId, status: known }) => figureId === figure.id && known === 'PROPOSED')) continue
            add('return_correction', 'rcor', {
              submissionId: submission.id, figureId: figure.id, oldValue: figure.value, newValue: String(100 + tables.return_correction.length), reason: `更正${tables.return_correction.length}`, status: of, proposedOn: dayFrom(-30), proposedById: someone(),
              decidedOn: isDecided ? dayFrom(-20) : null, decidedAt: isDecided ? `${dayFrom(-20)}T0${chance.below(9)}:00:00.000Z` : null, decidedById: isDecided ? someone() : null,
            })
          }
        }
      }
      const textStatus = chance.pick(['ASKED', 'WRITTEN', 'FINAL'])
      const isWritten = textStatus !== 'ASKED'
      add('return_text', 'rtxt', {
        divisionId: division.id, year, formId: form.id, tableNumber: 1, rowKey: 'ONE', columnKey: 'note', unitId: chance.pick(chance.chance(0.7) ? staffed : units).id, status: textStatus, text: isWritten ? `材料${tables.return_text.length}` : null,
        writtenById: isWritten ? someone() : null, writtenOn: isWritten ? dayFrom(-70) : null, returnedReason: chance.chance(0.3) ? '补充' : null,
      })
    }
  }
}
