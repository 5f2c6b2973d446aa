import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'

export const CalendarDayKind = enumeration('CalendarDayKind', 'How a notice departs from the plain week (节假日安排类别).', {
  HOLIDAY: 'Statutory holiday, a day off in lieu included (法定节假日)',
  MAKE_UP_WORKDAY: 'Saturday or Sunday on which people work (调休上班)',
})
export type CalendarDayKind = keyof typeof CalendarDayKind

@Record('CalendarYear', 'caly', 'A year of the statutory calendar (工作日历), as a notice arranged it.')
export class CalendarYear extends RecordBase {
  @Whole('The year (年份).', { unique: true }) year!: number
  @Text('Number of the notice that it rests on (依据文号), such as `国办发明电〔2025〕7号`.') basis!: string
}

@Record('CalendarDay', 'cald', 'A day on which a notice departs from the plain week (节假日安排). Every other day is a working day from Monday to Friday, and none on Saturday and Sunday.')
export class CalendarDay extends RecordBase {
  @Link(() => CalendarYear, 'The year in which it lies (年份).') year!: CalendarYear
  @OnDay('The day (日期).', { unique: true }) on!: string
  @Choice(() => CalendarDayKind, 'Day off or make-up workday (类别).') kind!: CalendarDayKind
  @Text('The holiday that it belongs to (节假日名称), such as `春节`.') name!: string
}
