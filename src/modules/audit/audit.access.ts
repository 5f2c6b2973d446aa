/*
 * An AUDITOR reads the entries of acts from its division: who, when, which verb, about which id, and the names of changed fields.
 * An act on a bid appears once its lot takes no more bids: until then the bid exists for its bidder alone.
 * Values before and after are null for personal, pay and bid fields, for every guarded field, and for confidential tasks with all that comes with them. Nobody else reads the trail, and nobody changes it.
 */
import { sql } from 'kysely'
import { accessTable, all, condition, open, permissions, scope, signedIn, viewerSql } from '../../access/index.js'

const actedInDivision = condition({
  sentence: { en: 'AUDITOR in the division of the acting unit, or above it', zh: '在操作单位所属区划或其上级区划任 AUDITOR 者' },
  columns: ['unitIds'],
  roles: permissions['audit:read'],
  sql: (row) => sql`exists (select 1 from unit pu where pu.id = any(${row.column('unitIds')}) and pu.division_path ^@ any(${viewerSql.divisions(permissions['audit:read'])}))`,
})

const notSealed = condition({
  sentence: { en: 'it is about no bid for a lot that still takes bids', zh: '不涉及仍在投标阶段的标段之投标' },
  columns: ['subjectIds'],
  roles: permissions['audit:read'],
  sql: (row) => sql`not exists (select 1 from bid sb join lot sl on sl.id = sb.lot_id where sb.id = any(${row.column('subjectIds')}) and sl.status = 'PUBLISHED')`,
})

export const auditAccess = accessTable({
  AuditEntry: {
    id: open, seq: open, at: open, verb: open, subjectId: open, about: open, person: open, tokenId: open, requestId: open, previousHash: open, hash: open, changes: open, reads: open, units: open,
  },
  Query: { auditEntry: signedIn, auditEntries: signedIn },
})
export const auditScopes = [scope('AuditEntry', all(actedInDivision, notSealed))]
