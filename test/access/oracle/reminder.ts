/** "Reminder …: with their task." It is answered by the first progress report after it. */
import type { Reminder } from './snapshot.js'
import { taskVisible } from './task.js'
import { ofEveryRow, one, value, verdict, type Page } from './words.js'

export const reminder: Page<Reminder> = {
  type: 'Reminder',
  rows: ({ tables }) => tables.reminder,
  visible: (viewer, row) => verdict({ 'with its task': taskVisible(viewer, viewer.snapshot.one('task', row.taskId)!).allowed }),
  fields: {
    ...ofEveryRow,
    level: value('level'), text: value('text'), sentOn: value('sentOn'), isAutomatic: value('isAutomatic'), slipYear: value('slipYear'), slipNumber: value('slipNumber'),
    isAnswered: {
      kind: 'value',
      of: ({ assignmentId, sentOn, createdAt }, snapshot) =>
        snapshot.where('progress_report', 'assignmentId', assignmentId).some((report) => report.reportedOn > sentOn || (report.reportedOn === sentOn && report.createdAt > createdAt)),
    },
    assignment: one('Assignment', (row, snapshot) => snapshot.one('assignment', row.assignmentId)),
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    toUnit: one('Unit', (row, snapshot) => snapshot.one('unit', row.toUnitId)),
    sentBy: one('Person', (row, snapshot) => snapshot.one('person', row.sentById)),
    rule: one('LightRule', (row, snapshot) => snapshot.one('light_rule', row.ruleId)),
  },
}
