import { sql } from 'kysely'
import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { markStructural, mutation, payload, type Reads, type WriteContext } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { CalendarYear } from './calendar.entity.js'
import { CalendarYearSetInput } from './calendar.input.js'
import { setCalendarYear } from './calendar.service.js'

const YearSet = payload('CalendarYearSetPayload', 'calendarYear', () => CalendarYear)

@ObjectType('DueDay', { description: 'Answer to a count of working days (到期日).', simpleResolvers: true })
class DueDay {
  @Field(() => Day, { nullable: true, description: 'The day; null where the way leads into a year that has no calendar.' }) day!: string | null
  @Field(() => Int, { nullable: true, description: 'The year whose calendar is missing: `heli import calendar` enters it (缺少日历的年份).' }) missingYear!: number | null
}
markStructural('DueDay')

@Resolver()
export class CalendarResolver {
  @Query(() => DueDay, { description: 'The nth working day after a day; the day itself for 0, the nth before it for a negative number (第 n 个工作日).' })
  async dueDay(
    @Arg('from', () => Day, { description: 'Day 0 (起算日).' }) from: string,
    @Arg('workingDays', () => Int, { description: 'How many working days (工作日数).' }) workingDays: number,
    @Ctx() { reads }: { reads: Reads },
  ): Promise<DueDay> {
    const day = sql`cast(${from} as date)`
    const n = sql`cast(${workingDays} as integer)`
    const [found] = await reads.ask<DueDay>(sql`select d.day::text as day, case when d.day is null then heli_calendar_missing_year(${day}, ${n}) end as "missingYear" from (select heli_working_day_after(${day}, ${n}) as day) d`)
    return found!
  }

  @Mutation(() => YearSet, { description: "Enters a year's notice, or replaces the year's days as a whole (录入年度节假日安排)." })
  calendarYearSet(@Ctx() ctx: WriteContext, @Arg('input', () => CalendarYearSetInput) input: CalendarYearSetInput) {
    return mutation(ctx, { name: 'calendarYearSet', payload: YearSet }, input, setCalendarYear)
  }
}
