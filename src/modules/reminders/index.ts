/*
 * Lights (亮灯) and reminders (催办). A track has the light of the policy that its task was issued under, today: the highest level of which a rule fires while its clock runs, else NONE.
 * A suspended track is NONE. A task has the highest light of its tracks, and that of its own due day; a rule of days without a calendar for the year does not fire.
 * Whoever writes the task reminds a unit while the track waits for it. With a supervision slip (督办单) the reminder is numbered in the series of the issuing unit, by year, without gaps.
 * A round begins when a track is issued or returned. A rule that sends a slip has one due when it is among those that hold the track at its level and none of them has sent one in this round;
 * the same step is never sent twice. A reminder is answered by the first progress report after it.
 * The daily job sends what is due as the service tokens named `escalation`, which the security administrator issues with the role COORDINATOR: it asks and acts through the API with their rights and no others.
 */
import { aggregate, collection, connection, constraintMeans, defineModule, value } from '../../engine/index.js'
import { LightLevel } from '../supervision/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { isAnswered, light, lightColour, slipDue } from './light.js'
import { reminderAccess, reminderScopes } from './reminder.access.js'
import { Reminder } from './reminder.entity.js'
import { notDue } from './reminder.facts.js'
import { reminderGrouping } from './reminder.grouping.js'
import { reminderPaging } from './reminder.input.js'
import { ReminderMutations } from './reminder.resolver.js'

constraintMeans('reminder_once', notDue)

const lightSaid = 'How pressing it is today by the rules that it was issued under; NONE while suspended and once settled (灯级).'
const colourSaid = 'Colour of its light; null where the rules name none (灯色).'

export const reminders = defineModule({
  name: 'reminders',
  records: [Reminder],
  resolvers: [ReminderMutations],
  fields: [
    collection(Reminder, 'reminder', 'reminders', reminderPaging),
    aggregate(Reminder, 'remindersAggregate', reminderPaging, reminderGrouping),
    connection(Assignment, 'reminders', () => Reminder, 'assignment', 'Reminders of the track (催办).', reminderPaging),
    connection(Task, 'reminders', () => Reminder, 'task', 'Reminders of all its units (催办).', reminderPaging),
    value(Reminder, 'isAnswered', () => Boolean, 'The unit has reported since (是否已反馈).', { sql: isAnswered }),
    ...[Assignment, Task].flatMap((on) => [
      value(on, 'light', () => LightLevel, lightSaid, { sql: light }),
      value(on, 'lightColour', () => String, colourSaid, { sql: lightColour, nullable: true }),
    ]),
    value(Assignment, 'slipDue', () => LightLevel, 'Level of the supervision slip that is due by the rules and not sent yet; null where none is (应发督办单灯级).', { sql: slipDue, nullable: true }),
  ],
  access: [reminderAccess],
  scopes: reminderScopes,
})

export { Reminder } from './reminder.entity.js'
export { ReminderFilter } from './reminder.input.js'
