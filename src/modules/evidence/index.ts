/*
 * Evidence (佐证材料): files attached to a task, or to one unit's track in it. Name, stated type and content must agree on an accepted type; size and SHA-256 are kept with the row.
 * The content never changes and has no public address: it is given out to whoever may see the row at that moment, and each time is put on record.
 * Nothing entered is lost: a withdrawn attachment keeps row and bytes, and gives out the bytes to nobody. The file of a closed or terminated task takes no more changes.
 */
import { sql } from 'kysely'
import { collection, connection, defineModule, value } from '../../engine/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { attachmentAccess, attachmentScopes } from './attachment.access.js'
import { Attachment } from './attachment.entity.js'
import { attachmentPaging } from './attachment.input.js'
import { AttachmentMutations } from './attachment.resolver.js'

export const evidence = defineModule({
  name: 'evidence',
  records: [Attachment],
  resolvers: [AttachmentMutations],
  fields: [
    collection(Attachment, 'attachment', 'attachments', attachmentPaging),
    value(Attachment, 'contentPath', () => String, 'Path from which the content is fetched with the same bearer token; null when withdrawn (内容路径).', {
      sql: (row) => sql`case when ${row.column('withdrawnAt')} is null then '/attachments/' || ${row.column('id')} end`,
      nullable: true,
    }),
    connection(Task, 'attachments', () => Attachment, 'task', 'Evidence of the task and its tracks (佐证材料).', attachmentPaging),
    connection(Assignment, 'attachments', () => Attachment, 'assignment', 'Evidence of the track (佐证材料).', attachmentPaging),
  ],
  access: [attachmentAccess],
  scopes: attachmentScopes,
})

export type { BlobStore, HeldBlob, Write } from './blob-store.js'
export type { Evidence } from './attachment.service.js'
export { Attachment } from './attachment.entity.js'
export { AttachmentFilter } from './attachment.input.js'
