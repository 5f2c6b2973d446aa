import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { UnitFilter } from '../units/index.js'
import { EmploymentFilter, SocialWorkerFilter } from './posts.input.js'
import { WorkCategory, WorkOrigin } from './worklog.entity.js'

export const WorkLogFilter: Function = filterOf('WorkLog', {
  id: compare.id,
  workedOn: compare.day,
  bookedOn: compare.day,
  hours: compare.decimal,
  category: compareEnum('WorkCategory', WorkCategory),
  origin: compareEnum('WorkOrigin', WorkOrigin),
  note: compare.text,
  reason: compare.text,
  unit: () => UnitFilter,
  socialWorker: () => SocialWorkerFilter,
  employment: () => EmploymentFilter,
  corrects: () => WorkLogFilter,
})
export const workLogPaging: Paging = { filter: WorkLogFilter, ...orderOf('WorkLog', ['workedOn', 'hours']) }

@InputType()
export class WorkLogEntryInput {
  @Given.day('Day of the work, in the week and today at the latest (工作日期).') workedOn!: string
  @Given.hours('Hours, 0.01 to 24 (小时).') hours!: string
  @Given.choice(() => WorkCategory, 'What was done (工作类别).') category!: WorkCategory
  @Given.choice(() => WorkOrigin, 'What it came from (工作来源).') origin!: WorkOrigin
  @Given.text('What was done, without anything personal of those served (工作内容).', { clearable: true, max: 1000 }) note?: string | null
}

@InputType()
export class WorkLogEnterInput extends IdempotentInput {
  @Given.id('Employment in which the work was done (从业).') employmentId!: string
  @Given.day('Any day of the week, Monday to Sunday (所在周).') week!: string
  @Given.parts(() => WorkLogEntryInput, 'Entries of the week, 1 to 100 (记录).') entries!: WorkLogEntryInput[]
}

@InputType()
export class WorkLogUpdateInput extends VersionedInput {
  @Given.id('The entry (记录).') workLogId!: string
  @Given.hours('Hours, 0.01 to 24 (小时).', { optional: true }) hours?: string
  @Given.choice(() => WorkCategory, 'What was done (工作类别).', { optional: true }) category?: WorkCategory
  @Given.choice(() => WorkOrigin, 'What it came from (工作来源).', { optional: true }) origin?: WorkOrigin
  @Given.text('What was done (工作内容).', { clearable: true, max: 1000 }) note?: string | null
}

@InputType()
export class WorkLogRemoveInput extends VersionedInput {
  @Given.id('The entry (记录).') workLogId!: string
}

@InputType()
export class WorkLogCorrectInput extends IdempotentInput {
  @Given.id('The entry in a locked month (所更正的记录).') workLogId!: string
  @Given.hours('The difference: hours to add, or with a minus sign to take away (差额).', { min: -24 }) hours!: string
  @Given.choice(() => WorkCategory, "What was done; the entry's own where left out (工作类别).", { optional: true }) category?: WorkCategory
  @Given.choice(() => WorkOrigin, "What it came from; the entry's own where left out (工作来源).", { optional: true }) origin?: WorkOrigin
  @Given.text('Why it is corrected (更正原因).', { max: 500 }) reason!: string
}
