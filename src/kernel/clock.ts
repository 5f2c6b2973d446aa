/** Where "now" comes from; tests set it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return shanghai.format(instant)
}

// PostgreSQL knows no year 0, JavaScript does.
const dayShape = /^(?!0000)\d{4}-\d{2}-\d{2}$/

/** True for a `YYYY-MM-DD` that exists in the calendar. */
export function isDay(text: string): boolean {
  if (!dayShape.test(text)) return false
  const parsed = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
}

/** The month of a day, `YYYY-MM`. */
export const monthOfDay = (day: string): string => day.slice(0, 7)

/** The week of a day: its Monday and its Sunday. */
export function weekOf(day: string): readonly [monday: string, sunday: string] {
  const at = new Date(`${day}T00:00:00Z`)
  const away = (days: number) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const fromMonday = (at.getUTCDay() + 6) % 7
  return [away(-fromMonday), away(6 - fromMonday)]
}

/** True when `day` lies in `[from, to)`; an absent end is open. */
export function isWithin(day: string, from: string | null | undefined, to: string | null | undefined): boolean {
  return (!from || from <= day) && (!to || day < to)
}

/** True when `[from, to)` and `[otherFrom, otherTo)` share a day. */
export function overlaps(from: string, to: string | null | undefined, otherFrom: string, otherTo: string | null | undefined): boolean {
  // An interval that ends on its first day has no day.
  if (from === to || otherFrom === otherTo) return false
  return (!otherTo || from < otherTo) && (!to || otherFrom < to)
}
