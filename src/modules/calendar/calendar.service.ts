import type { Work } from '../../engine/index.js'
import { Problem, Problems, type Said } from '../../kernel/index.js'
import { CalendarDay, CalendarYear, type CalendarDayKind } from './calendar.entity.js'
import type { CalendarYearSetInput } from './calendar.input.js'

/** Replaces a year's basis and days as a whole. The database counts the working days anew by itself. */
export async function setCalendarYear(work: Work, input: CalendarYearSetInput): Promise<CalendarYear> {
  checkDays(input)
  // Two writers at once would each see the same last year, and the same days.
  await work.run('select pg_advisory_xact_lock(hashtext($1))', ['heli calendar'])
  const known = await work.em.findOne(CalendarYear, { year: input.year })
  if (!known) await checkAdjacent(work, input.year)
  const year = known ? await work.target(CalendarYear, known.id, 'input.year') : work.makes(Object.assign(new CalendarYear(), { year: input.year }))
  year.basis = input.basis.trim()
  const stored = new Map((await work.em.find(CalendarDay, { year: year.id })).map((day) => [day.on, day]))
  for (const { on, kind, name } of input.days) {
    const day = stored.get(on) ?? Object.assign(new CalendarDay(), { year, on })
    work.em.persist(Object.assign(day, { kind, name: name.trim() }))
    stored.delete(on)
  }
  for (const left of stored.values()) work.em.remove(left)
  return year
}

function checkDays({ year, days }: CalendarYearSetInput): void {
  const seen = new Set<string>()
  const problems = days.flatMap((day, at) => {
    const field = `input.days.${at}.on`
    const fault = dayFault(year, day.on, day.kind)
    if (fault) return [new Problem('OUT_OF_RANGE', field, fault)]
    if (seen.has(day.on)) return [new Problem('TAKEN', field, { en: `${day.on} is named twice. Keep one entry.`, zh: `${day.on} 重复，请只保留一项。` })]
    seen.add(day.on)
    return []
  })
  if (problems.length > 0) throw new Problems(problems)
}

/** What is wrong with a day of a year's arrangement by itself. */
export function dayFault(year: number, on: string, kind: CalendarDayKind): Said | undefined {
  if (Number(on.slice(0, 4)) !== year) return { en: `${on} does not lie in ${year}. Enter it with its own year.`, zh: `${on} 不在 ${year} 年，请录入其所在年份。` }
  const isWeekend = [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay())
  if (kind === 'MAKE_UP_WORKDAY' && !isWeekend) return { en: `${on} is no Saturday or Sunday, so it is a working day anyway.`, zh: `${on} 不是周六或周日，本为工作日，无须调休上班。` }
  return undefined
}

/** The year that must be entered before `year` can follow those from `first` to `last`: the calendar has no gap. */
export const yearToEnterFirst = (year: number, first: number, last: number): number | undefined => (year > last + 1 ? last + 1 : year < first - 1 ? first - 1 : undefined)

async function checkAdjacent(work: Work, year: number): Promise<void> {
  const { first, last } = await range(work)
  const missing = first === null || last === null ? undefined : yearToEnterFirst(year, first, last)
  if (missing !== undefined) throw new Problem('GAP', 'input.year', importFirst(missing))
}

export const importFirst = (year: number): Said => ({ en: `Import ${year} first: the calendar has no year between.`, zh: `请先导入 ${year} 年：工作日历须逐年相接。` })

async function range(work: Work): Promise<{ first: number | null; last: number | null }> {
  const [found] = await work.run<{ first: number | null; last: number | null }>('select min(year) as first, max(year) as last from calendar_year', [])
  return found!
}
