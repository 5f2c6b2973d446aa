/**
 * "An attachment is visible with its task. Its content is for everyone who may see the row, but not for BI_READER alone. The content of a withdrawn one is for nobody; the row stays."
 * Read here so: whoever holds another role beside BI_READER, in any unit, is not BI_READER alone, and whoever holds none at all is given no content.
 */
import type { Attachment } from './snapshot.js'
import { taskVisible } from './task.js'
import { ofEveryRow, one, value, verdict, type Page } from './words.js'

export const attachment: Page<Attachment> = {
  type: 'Attachment',
  rows: ({ tables }) => tables.attachment,
  visible: (viewer, row) => verdict({ 'with its task': taskVisible(viewer, viewer.snapshot.one('task', row.taskId)!).allowed }),
  fields: {
    ...ofEveryRow,
    fileName: value('fileName'), mediaType: value('mediaType'), size: value('size'), sha256: value('sha256'), note: value('note'), withdrawnAt: value('withdrawnAt'),
    contentPath: {
      kind: 'value',
      of: (row) => (row.withdrawnAt === null ? `/attachments/${row.id}` : null),
      readable: ({ places }) => verdict({ 'not BI_READER alone': places.some(({ role }) => role !== 'BI_READER') }),
    },
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
    assignment: one('Assignment', (row, snapshot) => snapshot.one('assignment', row.assignmentId)),
    uploadedBy: one('Person', (row, snapshot) => snapshot.one('person', row.uploadedById)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
  },
}
