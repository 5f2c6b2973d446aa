import { Refusal } from '../../kernel/index.js'

/** A year, or a quarter or month of it. */
export interface PeriodGiven {
  year: number
  quarter?: number | null
  month?: number | null
}

/** `[from, to)` in Asia/Shanghai days. `day`: the last day of it, or today where it has not ended: what stands at a time is counted on it. */
export interface Period extends PeriodGiven {
  from: string
  to: string
  day: string
}

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
const firstOf = (year: number, month: number): string => new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)

/** The period with its days. Refuses one that does not exist, or has not begun by `today`. */
export function periodOf(given: PeriodGiven, today: string, field = 'period'): Period {
  const { year, quarter, month } = given
  const isWrong = (value: number | null | undefined, most: number) => value !== null && value !== undefined && (value < 1 || value > most)
  if (year < 2000 || year > 2100 || isWrong(quarter, 4) || isWrong(month, 12) || (quarter && month)) {
    throw new Refusal('BAD_USER_INPUT', { en: `\`${field}\` is a year from 2000 to 2100, alone or with a quarter (1-4) or a month (1-12).`, zh: `\`${field}\` 为 2000 至 2100 年，可另填季度（1-4）或月份（1-12）之一。` }, field)
  }
  const first = month ?? (quarter ? quarter * 3 - 2 : 1)
  const from = firstOf(year, first)
  const to = firstOf(year, first + (month ? 1 : quarter ? 3 : 12))
  if (from > today) throw new Refusal('BAD_USER_INPUT', { en: `\`${field}\` begins on ${from}, which is still to come.`, zh: `\`${field}\` 自 ${from} 开始，尚未到来。` }, field)
  const last = dayBefore(to)
  return { ...given, from, to, day: last < today ? last : today }
}

/** The period of the same length before it. */
export function periodBefore({ year, quarter, month }: PeriodGiven, today: string): Period {
  if (month) return periodOf(month > 1 ? { year, month: month - 1 } : { year: year - 1, month: 12 }, today)
  if (quarter) return periodOf(quarter > 1 ? { year, quarter: quarter - 1 } : { year: year - 1, quarter: 4 }, today)
  return periodOf({ year: year - 1 }, today)
}
