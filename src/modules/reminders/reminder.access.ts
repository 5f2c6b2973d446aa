/*
 * Reminders are read with their task, and so are lights and slips that are due.
 * Whoever writes the task reminds: its COORDINATOR, for a child task the decomposing unit's DIRECTOR. A service token acts by the same rule.
 */
import { accessTable, act, open, scope, signedIn, visible } from '../../access/index.js'
import { writesTaskOfTrack } from '../tasks/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const reminderAccess = accessTable({
  Reminder: {
    ...record,
    assignment: open, task: open, unit: open, toUnit: open, level: open, text: open, sentOn: open, sentBy: open, isAutomatic: open, rule: open, slipYear: open, slipNumber: open, isAnswered: open,
  },
  Assignment: { light: open, lightColour: open, slipDue: open, reminders: open },
  Task: { light: open, lightColour: open, reminders: open },
  Query: {
    remindersAggregate: signedIn,
    reminder: signedIn, reminders: signedIn,
  },
  Mutation: { reminderSend: act('Assignment', writesTaskOfTrack), remindersSend: act('Assignment', writesTaskOfTrack) },
})

export const reminderScopes = [scope('Reminder', visible('Task', 'taskId'), 'task')]
