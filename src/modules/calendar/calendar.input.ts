import { InputType } from 'type-graphql'
import { compare, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput } from '../../kernel/index.js'
import { CalendarDayKind } from './calendar.entity.js'

const CalendarYearFilter: Function = filterOf('CalendarYear', { id: compare.id, year: compare.whole, basis: compare.text })
export const calendarYearPaging: Paging = { filter: CalendarYearFilter, ...orderOf('CalendarYear', ['year', 'createdAt']) }

@InputType()
export class CalendarDayInput {
  @Given.day('The day (日期), in the year.') on!: string
  @Given.choice(() => CalendarDayKind, 'Day off or make-up workday (类别).') kind!: CalendarDayKind
  @Given.text('The holiday that it belongs to (节假日名称).', { max: 40 }) name!: string
}

@InputType()
export class CalendarYearSetInput extends IdempotentInput {
  @Given.whole('The year (年份); next to those already there.', { min: 1949, max: 2999 }) year!: number
  @Given.text('Number of the notice (依据文号).', { max: 60 }) basis!: string
  @Given.parts(() => CalendarDayInput, 'Every day of the year on which the notice departs from the plain week; what is not named is taken out (全年安排，整体替换).') days!: CalendarDayInput[]
}
