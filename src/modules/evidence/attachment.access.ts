/*
 * An attachment is visible with its task. Its content is for everyone who may see the row, but not for BI_READER alone: a file may hold what no flat view holds.
 * The content of a withdrawn one is for nobody; the row stays.
 * On a track a DIRECTOR or CLERK of the assignment's own unit adds attachments; on any task whoever may write the task:
 * COORDINATOR of its division, and for a child task the DIRECTOR of the unit that issued it.
 * A DIRECTOR, CLERK or COORDINATOR of the unit in whose name it was uploaded withdraws it.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, signedIn, visible } from '../../access/index.js'

const isOfChild = condition({ sentence: { en: 'its task is a child task', zh: '所属事项为下级任务' }, columns: ['task.parentId'], sql: (row) => sql`${row.column('task.parentId')} is not null` })

const adds = any(
  can('assignment:handle').ownUnit('assignment.unitId', { en: 'its `assignment`', zh: '其所属承办' }),
  can('task:coordinate').inDivision('task.divisionId', { en: 'its `task`', zh: '其所属事项' }),
  all(isOfChild, can('task:issueToChildren').ownUnit('task.issuingUnitId', { en: "its `task`'s issuing unit", zh: '其所属事项的交办单位' })),
)
const withdraws = any(can('assignment:handle').ownUnit('unitId'), can('task:coordinate').ownUnit('unitId'))

export const attachmentAccess = accessTable({
  Attachment: {
    id: open, version: open, createdAt: open, updatedAt: open,
    task: open, assignment: open, fileName: open, mediaType: open, size: open, sha256: open, uploadedBy: open, unit: open, note: open, withdrawnAt: open,
    contentPath: can('evidence:read'),
  },
  Task: { attachments: open },
  Assignment: { attachments: open },
  Query: { attachment: signedIn, attachments: signedIn },
  Mutation: { attachmentAdd: act('Attachment', adds), attachmentWithdraw: act('Attachment', withdraws) },
})

export const attachmentScopes = [scope('Attachment', visible('Task', 'taskId'), 'task')]
