// Dates as `YYYY-MM-DD`, and the working days the demo uses: weekdays outside the long public holidays.

import type { Random } from './prng.ts';

export const AS_OF = '2026-11-16';

const HOLIDAYS: readonly (readonly [string, string])[] = [
  ['2024-01-01', '2024-01-01'], ['2024-02-09', '2024-02-17'], ['2024-04-04', '2024-04-06'], ['2024-05-01', '2024-05-05'],
  ['2024-06-10', '2024-06-10'], ['2024-09-15', '2024-09-17'], ['2024-10-01', '2024-10-07'],
  ['2025-01-01', '2025-01-01'], ['2025-01-28', '2025-02-04'], ['2025-04-04', '2025-04-06'], ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'], ['2025-10-01', '2025-10-08'],
  ['2026-01-01', '2026-01-03'], ['2026-02-15', '2026-02-23'], ['2026-04-04', '2026-04-06'], ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'], ['2026-09-25', '2026-09-27'], ['2026-10-01', '2026-10-07'],
  ['2027-01-01', '2027-01-03'], ['2027-02-05', '2027-02-13'], ['2027-05-01', '2027-05-05'], ['2027-10-01', '2027-10-07'],
];

export const dayNumber = (date: string): number => Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8)) / 86400000;
export const fromDayNumber = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);
export const addDays = (date: string, days: number): string => fromDayNumber(dayNumber(date) + days);
export const addYears = (date: string, years: number): string => `${+date.slice(0, 4) + years}${date.slice(4, 8)}${date.slice(8) > '28' ? '28' : date.slice(8)}`;
export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);

export const isWeekday = (date: string): boolean => {
  const day = new Date(dayNumber(date) * 86400000).getUTCDay();
  return day !== 0 && day !== 6;
};
export const isWorkday = (date: string): boolean => isWeekday(date) && !HOLIDAYS.some(([from, to]) => from <= date && date <= to);

export const anyDay = (random: Random, from: string, to: string): string =>
  fromDayNumber(random.int(dayNumber(from), Math.max(dayNumber(from), dayNumber(to))));

/** A working day in [from, to], never AS_OF itself; undefined when there is none. */
export function anyWorkday(random: Random, from: string, to: string): string | undefined {
  if (from > to) return undefined;
  const start = anyDay(random, from, to);
  for (let day = start; day <= to; day = addDays(day, 1)) if (isWorkday(day) && day !== AS_OF) return day;
  for (let day = start; day >= from; day = addDays(day, -1)) if (isWorkday(day) && day !== AS_OF) return day;
  return undefined;
}
