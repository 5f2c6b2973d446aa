/*
 * The audit trail (审计): every change, and every answer that contained sensitive values, as an entry in one chain of hashes.
 * Entries are written by the engine in the transaction of the act, or before the answer leaves; a module here only reads them.
 * A person's own values read by that person are no entry.
 */
import { ID } from 'type-graphql'
import { sql } from 'kysely'
import { collection, computed, defineModule, markStructural, value } from '../../engine/index.js'
import { auditAccess, auditScopes } from './audit.access.js'
import { AuditChange, AuditEntry, AuditRead } from './audit.entity.js'
import { auditPaging } from './audit.input.js'

for (const shape of ['AuditChange', 'AuditValue', 'AuditRead']) markStructural(shape)

interface Body {
  changes?: { type: string; id: string; kind: string; fields: Record<string, [unknown, unknown]> }[]
  reads?: { field: string; ids: string[] }[]
}
const body = (row: Record<string, unknown>) => row['body'] as Body
const json = (part: unknown) => (part === null || part === undefined ? null : JSON.stringify(part))

export const audit = defineModule({
  name: 'audit',
  records: [AuditEntry],
  fields: [
    collection(AuditEntry, 'auditEntry', 'auditEntries', auditPaging),
    value(AuditEntry, 'about', () => [ID], 'Ids of all rows that it changed or read (涉及对象).', { sql: (row) => sql`${row.column('subjectIds')}` }),
    value(AuditEntry, 'units', () => [ID], 'Units in whose name it was done (操作单位).', { sql: (row) => sql`${row.column('unitIds')}` }),
    computed(AuditEntry, 'changes', () => [AuditChange], 'Rows that it changed (变更).', {
      needs: ['body'],
      of: (row) =>
        (body(row).changes ?? []).map(({ type, id, kind, fields }) => ({
          type, id, kind, fields: Object.entries(fields).map(([name, [before, after]]) => ({ name, before: json(before), after: json(after) })),
        })),
    }),
    computed(AuditEntry, 'reads', () => [AuditRead], 'Sensitive values that the answer contained (敏感信息读取).', { needs: ['body'], of: (row) => body(row).reads ?? [] }),
  ],
  access: [auditAccess],
  scopes: auditScopes,
})

export { AuditEntry } from './audit.entity.js'
