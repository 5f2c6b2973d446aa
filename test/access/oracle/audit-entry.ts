/**
 * "Audit entries: AUDITOR reads who, when, verb, id and the names of changed fields; before and after values of personal, pay and bid fields are null."
 * "AUDITOR: audit entries in its division." An entry is of the divisions of the units in whose name the act was done.
 */
import type { AuditEntry } from './snapshot.js'
import { derived, inDivision, one, value, verdict, type Page } from './words.js'

export const auditEntry: Page<AuditEntry> = {
  type: 'AuditEntry',
  rows: ({ tables }) => tables.audit_entry,
  visible: ({ snapshot, places }, row) => {
    const isInDivision = places.map((place) => row.unitIds.some((unitId) => inDivision(snapshot, place, snapshot.one('unit', unitId)!.divisionId)))
    return verdict({ 'AUDITOR, in its division': places.some(({ role }, at) => role === 'AUDITOR' && isInDivision[at]) })
  },
  fields: {
    id: value('id'), seq: value('seq'), verb: value('verb'), subjectId: value('subjectId'), tokenId: value('tokenId'), requestId: value('requestId'), units: value('unitIds'),
    at: derived, hash: derived, previousHash: derived, about: derived, changes: derived, reads: derived,
    person: one('Person', (row, snapshot) => snapshot.one('person', row.personId)),
  },
}
