// Rules of the calendar and of supervision.

import { apart, cells, index, isDate, load, must, oneOf, to } from './load.ts';
import type { Row } from './load.ts';

/** The days that the file knows as working days or not; undefined outside its years. */
export type Calendar = (date: string) => boolean | undefined;

export function checkCalendar(): Calendar {
  const rows = load('calendar');
  const days = index(rows, 'date', 'calendar');
  const years = [...new Set(rows.map((row) => row['year']!))].sort();
  must(years.join() === '2020,2021,2022,2023,2024,2025,2026', 'calendar: 2020 to 2026, each year in the file');
  const weekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  for (const d of rows) {
    must(isDate(d['date']!) && d['date']!.startsWith(d['year']!), `${d['date']}: in its year`);
    must(oneOf(d['kind']!, 'HOLIDAY MAKE_UP_WORKDAY') && d['name'] !== '', `${d['date']}: kind and name`);
    must(/^国办发明电〔\d{4}〕\d+号/.test(d['basis']!) && +d['basis']!.slice(6, 10) === +d['year']! - 1, `${d['date']}: a notice of the year before`);
    must(d['kind'] === 'HOLIDAY' || weekend(d['date']!), `${d['date']}: a make-up workday is a Saturday or Sunday`);
  }
  for (const year of years) must(new Set(rows.filter((d) => d['year'] === year).map((d) => d['basis'])).size === 1, `${year}: one basis`);
  return (date) => (years.includes(date.slice(0, 4)) ? (days.has(date) ? days.get(date)!['kind'] === 'MAKE_UP_WORKDAY' : !weekend(date)) : undefined);
}

export function checkSupervision(divisions: Map<string, Row>, documents: Map<string, Row>): number {
  const rows = load('supervision');
  for (const p of rows) {
    must(divisions.has(p['division']!) && isDate(p['from']!) && p['from']! < to(p['to']!), `${p['name']}: division and period`);
    must(documents.get(p['basis']!) !== undefined && documents.get(p['basis']!)!['issuedOn']! <= p['from']!, `${p['name']}: basis`);
    must(+p['acceptWithinDays']! > 0 && +p['reportEveryDays']! > 0, `${p['name']}: limits`);
    must(cells(p['rules']!).every((rule) => /^(NONE \S+|(APPROACHING|LATE|SERIOUS) \S+ (DAYS_TO_DUE|DAYS_LATE|BEHIND_OR_POOR|PREVIOUS_SLIP_UNANSWERED) \d+( SLIP)?)$/.test(rule)), `${p['name']}: rules`);
  }
  for (const division of new Set(rows.map((p) => p['division']!))) must(apart(rows.filter((p) => p['division'] === division).map((p) => ({ from: p['from']!, to: p['to']! }))), `${division}: one policy a day`);
  must(rows.length === 3, 'three examples of supervision');
  return rows.length;
}

export function checkDeductions(divisions: Map<string, Row>, documents: Map<string, Row>): void {
  const rows = load('deduction-rules');
  for (const r of rows) {
    must(divisions.has(r['division']!) && isDate(r['from']!) && r['from']! < to(r['to']!), `${r['division']} ${r['reason']}: division and period`);
    must(documents.get(r['basis']!) !== undefined && documents.get(r['basis']!)!['issuedOn']! <= r['from']!, `${r['division']} ${r['reason']}: basis`);
    must(oneOf(r['reason']!, 'LATE_REPORT LATE_ACCEPTANCE RETURNED') && +r['points']! > 0 && (r['maxPerMonth'] === '' || +r['maxPerMonth']! >= +r['points']!), `${r['division']} ${r['reason']}: points and limit`);
  }
  for (const key of new Set(rows.map((r) => `${r['division']} ${r['reason']}`))) must(apart(rows.filter((r) => `${r['division']} ${r['reason']}` === key).map((r) => ({ from: r['from']!, to: r['to']! }))), `${key}: one rule a day`);
  must(rows.length === 4, 'four rules of deduction');
}

/** Work falls due on working days, as far as the calendar reaches. */
export function checkDueDays(isWorkingDay: Calendar): void {
  for (const name of ['tasks', 'assignments']) for (const row of load(name)) must(row['dueOn'] === '' || isWorkingDay(row['dueOn']!) !== false, `${name}: ${row['dueOn']} is no working day`);
}
