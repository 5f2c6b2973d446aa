import type { Work } from '../../engine/index.js'
import { monthOfDay, Problem, Problems, weekOf } from '../../kernel/index.js'
import { isLockedMonth, requireOpenMonth } from '../periods/index.js'
import { Employment } from './post.entity.js'
import { WorkLog } from './worklog.entity.js'
import type { WorkLogCorrectInput, WorkLogEnterInput, WorkLogRemoveInput, WorkLogUpdateInput } from './worklog.input.js'

const ledger = 'WORKLOGS' as const
const ofDay = 24

/** Enters a week of one employment; all entries or none. Answers the employment, through which the week is read. */
export async function enterWeek(work: Work, { employmentId, week, entries }: WorkLogEnterInput): Promise<Employment> {
  const employment = await work.target(Employment, employmentId, 'input.employmentId')
  if (entries.length === 0 || entries.length > 100) throw new Problem('OUT_OF_RANGE', 'input.entries', { en: `A week has 1 to 100 entries; got ${entries.length}.`, zh: `每周须有 1 至 100 条记录，当前 ${entries.length} 条。` })
  const problems = entries.flatMap(({ workedOn }, at) => dayFault(work, employment, workedOn, week, `input.entries.${at}.workedOn`))
  if (problems.length > 0) throw new Problems(problems)
  // A week lies in two months at most.
  const firsts = new Map(entries.map(({ workedOn }, at): [string, number] => [monthOfDay(workedOn), at]).reverse())
  for (const at of firsts.values()) await requireOpenMonth(work, { unitId: employment.unit.id, ledger, day: entries[at]!.workedOn }, `input.entries.${at}.workedOn`)
  await holdDays(work, employment)
  for (const [day, hours] of sums(entries)) await checkDay(work, employment, day, hours, `input.entries.${entries.findIndex(({ workedOn }) => workedOn === day)}.hours`)
  for (const { workedOn, hours, category, origin, note } of entries) {
    work.em.persist(Object.assign(new WorkLog(), { employment, workedOn, bookedOn: workedOn, hours, category, origin, note: note?.trim() || null, unitId: '', personId: '' }))
  }
  return employment
}

export async function updateWorkLog(work: Work, input: WorkLogUpdateInput): Promise<WorkLog> {
  const entry = await work.target(WorkLog, input.workLogId, 'input.workLogId', input.expectedVersion)
  await requireOwnMonth(work, entry)
  if (entry.corrects) throw new Problem('OUT_OF_RANGE', 'input.workLogId', { en: 'A correcting entry is not changed: remove it and correct once more.', zh: '更正记录不可修改，请删除后重新更正。' })
  if (input.hours !== undefined) {
    const employment = await work.em.findOneOrFail(Employment, entry.employment.id)
    await holdDays(work, employment)
    await checkDay(work, employment, entry.workedOn, Number(input.hours) - Number(entry.hours), 'input.hours')
  }
  for (const key of ['hours', 'category', 'origin'] as const) if (input[key] !== undefined) Object.assign(entry, { [key]: input[key] })
  if (input.note !== undefined) entry.note = input.note?.trim() || null
  return entry
}

/** Takes an entry of an open month away. Answers the employment. */
export async function removeWorkLog(work: Work, { workLogId, expectedVersion }: WorkLogRemoveInput): Promise<Employment> {
  const entry = await work.part(WorkLog, 'employment', workLogId, 'input.workLogId', expectedVersion)
  await requireOwnMonth(work, entry)
  work.em.remove(entry)
  return work.em.findOneOrFail(Employment, entry.employment.id)
}

/** Puts an entry of a locked month right by a difference that bears today's date. */
export async function correctWorkLog(work: Work, input: WorkLogCorrectInput): Promise<WorkLog> {
  const entry = await work.target(WorkLog, input.workLogId, 'input.workLogId')
  if (entry.corrects) throw new Problem('OUT_OF_RANGE', 'input.workLogId', { en: 'This is a correcting entry itself. Correct the entry that it corrects once more.', zh: '该记录本身即为更正，请再次更正其所更正的记录。' })
  if (Number(input.hours) === 0) throw new Problem('OUT_OF_RANGE', 'input.hours', { en: 'A difference of nothing corrects nothing.', zh: '差额不能为零。' })
  if (!(await isLockedMonth(work, { unitId: entry.unitId, ledger, day: entry.workedOn }))) {
    throw new Problem('PERIOD_OPEN', 'input.workLogId', { en: 'The month of the entry is open: change the entry itself (workLogUpdate, workLogRemove).', zh: '该记录所属月份未锁定，请直接修改（workLogUpdate、workLogRemove）。' })
  }
  const employment = await work.em.findOneOrFail(Employment, entry.employment.id)
  await holdDays(work, employment)
  const corrections = await work.em.find(WorkLog, { corrects: entry.id })
  const left = [entry, ...corrections].reduce((sum, { hours }) => sum + Number(hours), 0) + Number(input.hours)
  if (left < -0.001) throw new Problem('OUT_OF_RANGE', 'input.hours', { en: `The entry stands at ${(left - Number(input.hours)).toFixed(2)} hours; no more than that can be taken away.`, zh: `该记录现为 ${(left - Number(input.hours)).toFixed(2)} 小时，扣减不得超过此数。` })
  await checkDay(work, employment, entry.workedOn, Number(input.hours), 'input.hours')
  const correction = Object.assign(new WorkLog(), {
    employment, workedOn: entry.workedOn, bookedOn: work.today, hours: input.hours, category: input.category ?? entry.category, origin: input.origin ?? entry.origin, note: null, corrects: entry, reason: input.reason.trim(), unitId: '', personId: '',
  })
  work.em.persist(correction)
  return correction
}

const requireOwnMonth = (work: Work, entry: WorkLog) => requireOpenMonth(work, { unitId: entry.unitId, ledger, day: entry.bookedOn }, 'input.workLogId')

function dayFault(work: Work, employment: Employment, day: string, week: string, field: string): Problem[] {
  const [monday, sunday] = weekOf(week)
  if (day < monday || day > sunday) return [new Problem('OUT_OF_RANGE', field, { en: `The week runs from ${monday} to ${sunday}.`, zh: `所在周为 ${monday} 至 ${sunday}。` })]
  if (day > work.today) return [new Problem('OUT_OF_RANGE', field, { en: `Work is entered when it is done; today is ${work.today}.`, zh: `工作日期不得晚于今天（${work.today}）。` })]
  if (day < employment.validFrom || (employment.validTo && day >= employment.validTo)) return [new Problem('OUT_OF_RANGE', field, { en: `The employment runs from ${employment.validFrom} to ${employment.validTo ?? '…'}.`, zh: `该从业期间为 ${employment.validFrom} 至 ${employment.validTo ?? '…'}。` })]
  return []
}

/** Two who enter hours of one person at once would each see too few: the second waits here. */
const holdDays = (work: Work, employment: Employment) => work.run('select id from social_worker where id = $1 for update', [employment.socialWorker.id])

function sums(entries: readonly { workedOn: string; hours: string }[]): Map<string, number> {
  const days = new Map<string, number>()
  for (const { workedOn, hours } of entries) days.set(workedOn, (days.get(workedOn) ?? 0) + Number(hours))
  return days
}

/** A day has 24 hours, over all employments of a person. */
async function checkDay(work: Work, employment: Employment, day: string, more: number, field: string): Promise<void> {
  const [kept] = await work.run<{ hours: string }>('select coalesce(sum(l.hours), 0)::text as hours from social_worker w join work_log l on l.person_id = w.person_id where w.id = $1 and l.worked_on = $2', [employment.socialWorker.id, day])
  const hours = Number(kept!.hours) + more
  if (hours > ofDay + 0.001) throw new Problem('DAY_FULL', field, { en: `${day} would have ${hours.toFixed(2)} hours; a day has 24.`, zh: `${day} 合计将达 ${hours.toFixed(2)} 小时，超过 24 小时。` })
}
