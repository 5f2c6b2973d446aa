/** "Division, Unit, Mandate, PolicyDocument: every signed-in viewer." */
import type { Mandate } from './snapshot.js'
import { everySignedInViewer, ofEveryRow, one, value, type Page } from './words.js'

export const mandate: Page<Mandate> = {
  type: 'Mandate',
  rows: ({ tables }) => tables.mandate,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    mechanism: value('mechanism'), role: value('role'), validFrom: value('validFrom'), validTo: value('validTo'),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    basis: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId)),
  },
}
