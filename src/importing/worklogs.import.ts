import type { Run } from '../database.js'
import { isWithin, monthOfDay } from '../kernel/index.js'
import { WorkLog } from '../modules/posts/index.js'
import { hours } from './attributes.js'
import { choice, column, day, text } from './columns.js'
import { say } from './fault.js'
import { unitsByCode } from './references.js'
import type { FileRow } from './sheet.js'
import { resolve, spec } from './spec.js'
import { distinct, grouped, indexed, load, Plan, table } from './stored.js'
import { workCategories, workOrigins } from './terms.js'

const logs = table(WorkLog, { employment: 'link', workedOn: 'day', bookedOn: 'day', hours: 'decimal', category: 'text', origin: 'text', note: 'text', unitId: 'text', personId: 'text' })

interface Employed {
  id: string
  unitId: string
  personId: string
  from: string
  to: string | null
}

/** Employments of the people of a file, by the code of the person. */
async function employmentsOf(run: Run, codes: readonly string[]): Promise<Map<string, (Employed & { code: string })[]>> {
  const rows = await run<Employed & { code: string }>({
    text: `select p.code, e.id, e.unit_id as "unitId", w.person_id as "personId", e.valid_from as "from", e.valid_to as "to"
      from employment e join social_worker w on w.id = e.social_worker_id join person p on p.id = w.person_id where p.code = any($1::text[])`,
    values: [codes],
  })
  return grouped(rows, ({ code }) => code)
}

/** Hours in cents: sums stay exact. */
const cents = (of: string): number => Math.round(Number(of) * 100)

/**
 * Worklogs: one row a person, day, category and origin. The unit may be left out where the person has one employment on that day.
 * A day has 24 hours over all entries of a person, and a locked month takes none.
 */
export const workLogImport = spec({
  columns: {
    person: column(text(40), '人员 人员编号', { required: true }),
    unit: column(text(60), '单位 单位代码'),
    date: column(day, '工作日期 日期', { required: true }),
    hours: column(hours, '小时 时数', { required: true }),
    category: column(choice(workCategories), '工作类别 类别', { required: true }),
    origin: column(choice(workOrigins), '工作来源 来源', { required: true }),
    note: column(text(1000), '工作内容'),
  },
  key: ['person', 'unit', 'date', 'category', 'origin'],
  async plan(sheet, { run, today }) {
    const people = await employmentsOf(run, distinct(sheet.rows.map(({ values }) => values.person)))
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.unit))
    const placed = new Map<FileRow<unknown>, Employed>()
    for (const row of sheet.good()) {
      const { person, unit, date } = row.values
      if (unit && !resolve(row, 'unit', unit, units, { en: 'unit', zh: '单位' })) continue
      const held = (people.get(person) ?? []).filter((one) => isWithin(date, one.from, one.to) && (!unit || one.unitId === units.get(unit)!.id))
      if (date > today) row.refuse('date', say('The day has not come.', '日期尚未到来。'))
      else if (held.length === 0) row.refuse('person', say('The person has no such employment on that day.', '该人员当日无相应从业。'), say('Correct the day, or import the employment first.', '请更正日期，或先导入其从业信息。'))
      else if (held.length > 1) row.refuse('unit', say('The person has several employments on that day.', '该人员当日有多项从业。'), say('Name the unit.', '请填写单位。'))
      else placed.set(row, held[0]!)
    }
    const days = distinct(sheet.good().map(({ values }) => values.date)).sort()
    const kept = days.length === 0 ? [] : await load(run, logs, 'employment_id = any($1::text[]) and worked_on between $2 and $3 and corrects_id is null', [[...new Set([...placed.values()].map(({ id }) => id))], days[0], days.at(-1)])
    const stored = indexed(kept, (one) => `${one.employment} ${one.workedOn} ${one.category} ${one.origin}`)
    const before = (row: FileRow<{ date: string; category: string; origin: string }>) => stored.get(`${placed.get(row)!.id} ${row.values.date} ${row.values.category} ${row.values.origin}`)

    const locked = new Set((await run<{ key: string }>({ text: `select unit_id || ' ' || month as key from period_lock where ledger = 'WORKLOGS' and unit_id = any($1::text[])`, values: [distinct([...placed.values()].map(({ unitId }) => unitId))] })).map(({ key }) => key))
    for (const row of locked.size === 0 ? [] : sheet.good()) {
      const known = before(row)
      const isSame = known && known.hours === row.values.hours && (row.values.note === undefined || known.note === row.values.note)
      if (!isSame && locked.has(`${placed.get(row)!.unitId} ${monthOfDay(row.values.date)}`)) row.refuse('date', say('The month is locked.', '该月已锁定。'), say('Enter a correcting entry instead.', '请改用更正记录。'))
    }
    await checkDays(run, sheet.good().map((row) => ({ row, person: placed.get(row)!.personId, date: row.values.date, more: cents(row.values.hours) - cents(before(row)?.hours ?? '0') })))

    const main = new Plan(logs)
    for (const row of sheet.good()) {
      const { date, hours: worked, category, origin, note } = row.values
      const { id, unitId, personId } = placed.get(row)!
      main.put(row, before(row), { employment: id, unitId, personId, workedOn: date, bookedOn: date, hours: worked, category, origin, note })
    }
    return { main, plans: [main] }
  },
})

/** Refuses rows by which a day of a person would have more than 24 hours. */
async function checkDays(run: Run, rows: readonly { row: FileRow<unknown>; person: string; date: string; more: number }[]): Promise<void> {
  if (rows.length === 0) return
  const dates = rows.map(({ date }) => date).sort()
  const sums = await run<{ person: string; date: string; hours: string }>({
    text: `select person_id as person, worked_on::text as date, sum(hours)::text as hours from work_log where person_id = any($1::text[]) and worked_on between $2 and $3 group by 1, 2`,
    values: [distinct(rows.map(({ person }) => person)), dates[0], dates.at(-1)],
  })
  const total = new Map(sums.map(({ person, date, hours: kept }) => [`${person} ${date}`, cents(kept)]))
  for (const { row, person, date, more } of rows) {
    const sum = (total.get(`${person} ${date}`) ?? 0) + more
    total.set(`${person} ${date}`, sum)
    if (sum > 2400) row.refuse('hours', say(`The day would have ${(sum / 100).toFixed(2)} hours.`, `当日合计将达 ${(sum / 100).toFixed(2)} 小时。`), say('A day has 24.', '每日不得超过 24 小时。'))
  }
}
