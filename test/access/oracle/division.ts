/** "Division, Unit, Mandate, PolicyDocument: every signed-in viewer." */
import type { Division, Snapshot } from './snapshot.js'
import { derived, everySignedInViewer, ofEveryRow, one, value, type Page } from './words.js'

export const pathOf = (snapshot: Snapshot, { code, parentId }: Division): string => `${parentId ? pathOf(snapshot, snapshot.one('division', parentId)!) : '/'}${code}/`

export const division: Page<Division> = {
  type: 'Division',
  rows: ({ tables }) => tables.division,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    code: value('code'), name: value('name'), level: value('level'), revision: value('revision'), endedOn: value('endedOn'),
    isPseudo: derived,
    path: { kind: 'value', of: (row, snapshot) => pathOf(snapshot, row) },
    parent: one('Division', (row, snapshot) => snapshot.one('division', row.parentId)),
  },
}
