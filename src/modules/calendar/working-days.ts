import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'

/**
 * The nth working day after `day`, `day` itself for 0, the nth before it for a negative `n`.
 * Throws `CALENDAR_MISSING` at `field` where the way leads into a year that has no calendar.
 */
export async function workingDayAfter(work: Work, day: string, n: number, field: string): Promise<string> {
  const [found] = await work.run<{ day: string | null }>('select heli_working_day_after($1::date, $2::integer)::text as day', [day, n])
  return found!.day ?? (await calendarMissing(work, day, n, field))
}

/** Working days after `from` up to and including `to`; negative where `to` lies before `from`. Throws `CALENDAR_MISSING` at `field`. */
export async function workingDaysBetween(work: Work, from: string, to: string, field: string): Promise<number> {
  const [found] = await work.run<{ days: number | null }>('select heli_working_days($1::date, $2::date) as days', [from, to])
  return found!.days ?? (await calendarMissing(work, (await isKnown(work, from)) ? to : from, 0, field))
}

/** Throws `NOT_A_WORKING_DAY` at `field`, naming the next working day, or `CALENDAR_MISSING`. */
export async function checkWorkingDay(work: Work, day: string, field: string): Promise<void> {
  const [found] = await work.run<{ is_working: boolean | null }>('select heli_is_working_day($1::date) as is_working', [day])
  if (found!.is_working === null) await calendarMissing(work, day, 0, field)
  if (found!.is_working) return
  const next = await workingDayAfter(work, day, 1, field)
  throw new Problem('NOT_A_WORKING_DAY', field, { en: `${day} is no working day. The next one is ${next}.`, zh: `${day} 不是工作日，其后第一个工作日为 ${next}。` })
}

const isKnown = async (work: Work, day: string): Promise<boolean> => (await work.run<{ known: boolean }>('select heli_is_working_day($1::date) is not null as known', [day]))[0]!.known

async function calendarMissing(work: Work, day: string, n: number, field: string): Promise<never> {
  const [{ year }] = (await work.run<{ year: number }>('select heli_calendar_missing_year($1::date, $2::integer) as year', [day, n])) as [{ year: number }]
  throw new Problem('CALENDAR_MISSING', field, {
    en: `The working days of ${year} are not known here. Ask the system administrator to enter the year's notice: heli import calendar <file>.`,
    zh: `尚无 ${year} 年的工作日历，请由系统管理员按当年放假通知导入：heli import calendar <文件>。`,
  })
}
