import { CalendarDay, CalendarYear, dayFault, importFirst, yearToEnterFirst } from '../modules/calendar/index.js'
import { choice, column, day, text, whole } from './columns.js'
import { say } from './fault.js'
import { type RowOf, spec } from './spec.js'
import { grouped, indexed, load, Plan, table } from './stored.js'
import { calendarDayKinds } from './terms.js'

const years = table(CalendarYear, { year: 'whole', basis: 'text' })
const days = table(CalendarDay, { year: 'link', on: 'day', kind: 'text', name: 'text' })

const columns = {
  year: column(whole(1949, 2999), '年份 年度', { required: true }),
  basis: column(text(60), '依据文号 依据文件 通知文号 文号', { required: true }),
  date: column(day, '日期', { required: true }),
  kind: column(choice(calendarDayKinds), '类别 安排', { required: true }),
  name: column(text(40), '节假日名称 名称 节假日', { required: true }),
}
type Line = RowOf<typeof columns>

/** The statutory calendar, a year as a whole: its days are those of the file, so one refused line refuses its year. */
export const calendarImport = spec({
  columns,
  key: ['date'],
  async plan(sheet, { run }) {
    const stored = indexed(await load(run, years, 'true', []), ({ year }) => String(year))
    const byYear = grouped(sheet.rows, yearOf)
    const lost = byYear.get('') ?? []
    byYear.delete('')
    for (const [first, ...rest] of byYear.values()) {
      const year = [first!, ...rest]
      for (const [at, row] of year.entries()) {
        const { values } = row
        const fault = row.isGood ? dayFault(values.year, values.date, values.kind) : undefined
        if (fault) row.refuse('date', fault)
        if (row.isGood && values.basis !== first!.values.basis) row.refuse('basis', say(`Line ${first!.line} gives the year another basis.`, `与第 ${first!.line} 行同年而依据文号不同。`), say('A year rests on one notice.', '同一年份须填写同一通知文号。'))
        row.needs(year[(at + 1) % year.length]!, 'year')
      }
      // Nobody knows to which year a line without one belongs.
      for (const row of lost) first!.needs(row, 'year')
    }
    checkNoGap(byYear, [...stored.keys()].map(Number))
    sheet.settle()

    const yearPlan = new Plan(years)
    const dayPlan = new Plan(days)
    const kept = grouped(await load(run, days, 'year_id = any($1::text[])', [[...stored.values()].map(({ id }) => id)]), ({ year }) => year!)
    for (const [first, ...rest] of byYear.values()) {
      if (!first!.isGood) continue
      const { year, basis } = first!.values
      const before = stored.get(String(year))
      yearPlan.put(first!, before, { year, basis })
      const { id } = yearPlan.rows.at(-1)!
      const left = indexed(kept.get(id) ?? [], ({ on }) => on!)
      for (const row of [first!, ...rest]) {
        const { date, kind, name } = row.values
        dayPlan.put(row, left.get(date), { year: id, on: date, kind, name })
        left.delete(date)
      }
      for (const gone of left.values()) dayPlan.take(first!, gone)
    }
    return { main: dayPlan, plans: [yearPlan, dayPlan] }
  },
})

/** The year that a line belongs to, as far as it can be read. */
const yearOf = ({ values }: Line): string => String(values.year ?? values.date?.slice(0, 4) ?? '')

/** The years of the file must join those stored, or each other where none is. */
function checkNoGap(byYear: ReadonlyMap<string, readonly Line[]>, stored: readonly number[]): void {
  const [earliest, ...more] = [...byYear.keys()].map(Number).toSorted((a, b) => a - b)
  if (earliest === undefined) return
  const known = stored.length > 0 ? stored : [earliest]
  let [first, last] = [Math.min(...known), Math.max(...known)]
  const upwards = [earliest, ...more].filter((year) => year > last)
  const downwards = [earliest, ...more].filter((year) => year < first).toReversed()
  for (const year of [...upwards, ...downwards]) {
    const [line] = byYear.get(String(year))!
    const missing = yearToEnterFirst(year, first, last)
    if (missing !== undefined) line!.refuse('year', importFirst(missing))
    const neighbour = byYear.get(String(year > last ? year - 1 : year + 1))?.[0]
    if (neighbour) line!.needs(neighbour, 'year')
    if (missing === undefined) [first, last] = [Math.min(first, year), Math.max(last, year)]
  }
}
