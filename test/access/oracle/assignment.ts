/** "Assignment …: with their task." "Assignment.internalNote: ownUnit of the assignment's unit." */
import type { Assignment } from './snapshot.js'
import { taskVisible } from './task.js'
import { derived, ofEveryRow, one, ownUnit, value, verdict, type Page } from './words.js'

export const assignment: Page<Assignment> = {
  type: 'Assignment',
  rows: ({ tables }) => tables.assignment,
  visible: (viewer, row) => verdict({ 'with its task': taskVisible(viewer, viewer.snapshot.one('task', row.taskId)!).allowed }),
  fields: {
    ...ofEveryRow,
    role: value('role'), dueOn: value('dueOn'), status: value('status'), progress: value('progress'),
    isOverdue: derived,
    internalNote: { kind: 'value', of: (row) => row.internalNote, readable: ({ places }, row) => verdict({ "ownUnit of the assignment's unit": places.some((place) => ownUnit(place, row.unitId)) }) },
    task: one('Task', (row, snapshot) => snapshot.one('task', row.taskId)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    person: one('Person', (row, snapshot) => snapshot.one('person', row.personId)),
    liaison: one('Person', (row, snapshot) => snapshot.one('person', row.liaisonId)),
  },
}
