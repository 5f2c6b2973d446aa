import { compare, compareIds, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { PersonFilter } from '../people/index.js'

export const AuditEntryFilter: Function = filterOf('AuditEntry', {
  id: compare.id,
  at: compare.instant,
  verb: compare.text,
  subjectId: compare.text,
  about: compareIds,
  requestId: compare.text,
  person: () => PersonFilter,
})
export const auditPaging: Paging = { filter: AuditEntryFilter, ...orderOf('AuditEntry', ['at']) }
