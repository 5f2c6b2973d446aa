// Worklogs of the third quarter of 2026: two days of each week of whoever was employed full-time, with much that was assigned from above, and some who log nothing.

import { writeCsv } from './csv.ts';
import { addDays, isWorkday } from './dates.ts';
import { random } from './prng.ts';
import type { Employed } from './workers.ts';

const CATEGORIES = [['ADMINISTRATIVE', 34], ['CASE', 18], ['COMMUNITY', 20], ['GROUP', 10], ['SURVEY', 6], ['TRAINING', 7], ['SUPERVISION', 5]] as const;
const NOTES: Record<string, readonly string[]> = { ADMINISTRATIVE: ['报表填报', '迎检材料'], CASE: ['入户走访'], COMMUNITY: ['居民议事'], GROUP: ['互助小组'], SURVEY: ['问卷'], TRAINING: ['继续教育'], SUPERVISION: ['督导会'] };

export function buildWorklogs(employed: readonly Employed[]): number {
  const draw = random('worklogs');
  const counts = new Map<string, number>();
  for (const { person } of employed) counts.set(person, (counts.get(person) ?? 0) + 1);
  const rows: object[] = [];
  for (const one of employed) {
    if (one.kind !== 'FULL_TIME' || draw.chance(0.04)) continue;
    // Where the unit assigns most of the work, it does so all along.
    const assigned = draw.next();
    for (let monday = '2026-06-29'; monday <= '2026-09-28'; monday = addDays(monday, 7)) {
      if (draw.chance(0.05)) continue;
      for (const at of [draw.int(0, 1), draw.int(2, 4)]) {
        const date = addDays(monday, at);
        if (date < '2026-07-01' || date > '2026-09-30' || !isWorkday(date) || date < one.from || (one.to !== '' && date >= one.to)) continue;
        const category = draw.weighted(CATEGORIES);
        const origin = category === 'ADMINISTRATIVE' ? (draw.chance(0.85) ? 'SUPERIOR_ASSIGNED' : 'SELF_INITIATED') : draw.chance(0.15 + assigned * 0.5) ? 'SUPERIOR_ASSIGNED' : draw.chance(0.6) ? 'COMMUNITY_NEED' : 'SELF_INITIATED';
        rows.push({ person: one.person, unit: counts.get(one.person)! > 1 ? one.unit : '', date, hours: draw.pick(['3', '4', '4.5', '6', '7', '8', '8', '9.5']), category, origin, note: draw.chance(0.03) ? draw.pick(NOTES[category]!) : '' });
      }
    }
  }
  writeCsv('worklogs.csv', 'person,unit,date,hours,category,origin,note', rows);
  return rows.length;
}
