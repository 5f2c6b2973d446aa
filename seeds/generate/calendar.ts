// The statutory calendar as the package chinese-days ships it: only years that a notice of the State Council's office has arranged. The rest of the file is not invented.

import { createRequire } from 'node:module';
import { writeCsv } from './csv.ts';

interface Shipped { holidays: Record<string, string>; workdays: Record<string, string> }
const shipped = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as Shipped;

/** The notices; the package names their pages, not their numbers. */
const NOTICES: Record<string, string> = {
  2020: '国办发明电〔2019〕16号、〔2020〕1号', 2021: '国办发明电〔2020〕27号', 2022: '国办发明电〔2021〕11号', 2023: '国办发明电〔2022〕16号',
  2024: '国办发明电〔2023〕7号', 2025: '国办发明电〔2024〕12号', 2026: '国办发明电〔2025〕7号',
};

export function buildCalendar(): number {
  const rows = Object.entries({ HOLIDAY: shipped.holidays, MAKE_UP_WORKDAY: shipped.workdays }).flatMap(([kind, days]) =>
    Object.entries(days).map(([date, name]) => ({ year: date.slice(0, 4), basis: NOTICES[date.slice(0, 4)], date, kind, name: name.split(',')[1] })));
  const unknown = rows.find(({ year, basis }) => year > '2026' && basis === undefined);
  if (unknown !== undefined) throw new Error(`the package has days of ${unknown.year}: add its notice`);
  const wanted = rows.filter(({ basis }) => basis !== undefined).sort((a, b) => (a.date < b.date ? -1 : 1));
  writeCsv('calendar.csv', 'year,basis,date,kind,name', wanted);
  return wanted.length;
}
