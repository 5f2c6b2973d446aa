import { InputType } from 'type-graphql'
import { compare, compareEnum, extendFilter, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput } from '../../kernel/index.js'
import { PersonFilter } from '../people/index.js'
import { LightLevel } from '../supervision/index.js'
import { AssignmentFilter, TaskFilter } from '../tasks/index.js'
import { UnitFilter } from '../units/index.js'

const byLevel = compareEnum('LightLevel', LightLevel)
extendFilter(AssignmentFilter, { light: byLevel, slipDue: byLevel })
extendFilter(TaskFilter, { light: byLevel })

export const ReminderFilter: Function = filterOf('Reminder', {
  id: compare.id,
  level: byLevel,
  text: compare.text,
  sentOn: compare.day,
  isAutomatic: compare.flag,
  isAnswered: compare.flag,
  slipYear: compare.whole,
  slipNumber: compare.whole,
  createdAt: compare.instant,
  assignment: () => AssignmentFilter,
  task: () => TaskFilter,
  unit: () => UnitFilter,
  toUnit: () => UnitFilter,
  sentBy: () => PersonFilter,
})
export const reminderPaging: Paging = { filter: ReminderFilter, ...orderOf('Reminder', ['sentOn', 'slipNumber', 'createdAt']) }

@InputType()
export class ReminderSendInput extends IdempotentInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.flag('The slip that is due by the light rules now (`slipDue`): it has the level of its rule, and a text of its own where none is given (发出应发督办单).', { optional: true }) dueSlip?: boolean
  @Given.choice(() => LightLevel, 'How pressing it is, not NONE; left out with `dueSlip` (灯级).', { optional: true }) level?: LightLevel
  @Given.text('What is asked for; must be given without `dueSlip` (催办内容).', { optional: true, max: 2000 }) text?: string
  @Given.flag('With a supervision slip, numbered; no where left out (是否发督办单).', { optional: true }) withSlip?: boolean
}
