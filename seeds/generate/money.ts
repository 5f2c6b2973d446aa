// The money of two budget years: lines of civil-affairs units, what they allocated and when it arrived, and totals of the years before.

import { writeCsv } from './csv.ts';
import { AS_OF, addDays, anyDay, earlier } from './dates.ts';
import type { World } from './divisions.ts';
import type { Initiative } from './initiatives.ts';
import { random } from './prng.ts';
import type { Unit, Units } from './units.ts';

export interface Line {
  code: string; title: string; year: number; unit: string; source: string; purpose: string; level: string; amount: string; approvedOn: string; remarks: string; initiative: string;
  /** Yuan that are neither allocated nor contracted yet. */
  rest: number;
}

const SOURCES = [['FISCAL', 60], ['WELFARE_LOTTERY', 22], ['OTHER_LOTTERY', 4], ['MINISTRY_LOTTERY', 4], ['SOCIAL', 6], ['OTHER', 4]] as const;
const PURPOSES = [['SOCIAL_WORK', 62], ['VOLUNTEERING', 18], ['INCENTIVES', 10], ['VOLUNTEER_OPERATIONS', 10]] as const;
const TITLES: Record<string, readonly string[]> = {
  SOCIAL_WORK: ['政府购买社工服务', '社工站运行', '社工人才培养', '困境儿童关爱服务', '社区矫正社工服务', '养老社工服务'],
  VOLUNTEERING: ['志愿服务项目扶持', '志愿服务站点建设', '志愿者培训'], INCENTIVES: ['志愿者保险与激励', '志愿者嘉许回馈'], VOLUNTEER_OPERATIONS: ['志愿服务平台运营', '志愿服务记录管理'],
};
const LEVEL_SCALE: Record<string, number> = { PROVINCE: 9_000_000, PREFECTURE: 3_000_000, COUNTY: 900_000 };
const YEARS = [2025, 2026] as const;
export const money = (yuan: number): string => yuan.toFixed(2);

export interface Budgets { lines: Line[]; allocations: number; disbursements: number; balances: number }

/** Civil-affairs units at the province, in every prefecture and in every third county. */
export function buyers(world: World, units: Units): Unit[] {
  const at = (division: string): Unit[] => { const unit = units.at(division, 'CIVIL_AFFAIRS'); return unit === undefined ? [] : [unit]; };
  const counties = world.counties.filter((county, c) => c % 3 === 0 || county.code === '330106');
  return [...at('330000'), ...world.prefectures.flatMap((p) => at(p.code)), ...counties.flatMap((c) => at(c.code))].filter((u) => u.endedOn === '');
}

export function buildMoney(world: World, units: Units, initiatives: Initiative[]): Budgets {
  const draw = random('money');
  const lines: Line[] = [];
  const funded = initiatives.filter((one) => one.mechanisms.includes('FUNDING') || one.mechanisms.includes('SERVICE_AGENCIES'));
  const allocations: object[] = [];
  const arrivals: object[] = [];

  for (const unit of buyers(world, units)) {
    const level = world.divisions.get(unit.division)!.level;
    for (const year of YEARS) {
      const count = level === 'PROVINCE' ? 9 : level === 'PREFECTURE' ? 5 : 4;
      for (let n = 1; n <= count; n++) {
        const purpose = n <= 2 ? 'SOCIAL_WORK' : draw.weighted(PURPOSES);
        const planned = Math.round((LEVEL_SCALE[level]! * (0.4 + draw.next())) / 1000) * 1000;
        const near = funded.filter((one) => unit.division.startsWith(one.division.replace(/0+$/, '')));
        const isLate = draw.chance(0.06);
        const line: Line = {
          code: `${unit.code}-${year}-${String(n).padStart(2, '0')}`, title: `${year}年${draw.pick(TITLES[purpose]!)}`, year, unit: unit.code, source: n === 1 ? 'FISCAL' : draw.weighted(SOURCES), purpose, level, amount: money(planned),
          // Approved in the first weeks of the year, a few in summer, and some never.
          approvedOn: draw.chance(0.02) ? '' : isLate ? anyDay(draw, `${year}-06-01`, `${year}-07-31`) : anyDay(draw, `${year}-01-10`, `${year}-02-28`),
          remarks: draw.chance(0.15) ? '按季拨付' : '', initiative: near.length > 0 && draw.chance(0.35) ? draw.pick(near).code : '', rest: planned,
        };
        lines.push(line);
        if (line.approvedOn !== '') for (let k = draw.int(1, 4); k > 0; k--) allocate(line, unit, k);
      }
    }
  }

  function allocate(line: Line, unit: Unit, number: number): void {
    const below = units.below(unit).filter((u) => u.endedOn === '' && u.kind === unit.kind);
    const target = below.length > 0 && draw.chance(0.7) ? draw.pick(below) : unit;
    const amount = Math.round(Math.min(line.rest * 0.5, Number(line.amount) * (0.05 + draw.next() * 0.12)) / 100) * 100;
    const allocatedOn = anyDay(draw, line.approvedOn, earlier(`${line.year}-10-31`, addDays(AS_OF, -20)));
    const promisedOn = addDays(allocatedOn, draw.int(20, 60));
    const voucher = `下达${line.year}-${String(number).padStart(2, '0')}`;
    if (amount <= 0) return;
    line.rest -= amount;
    allocations.push({ line: line.code, voucher, to: target.code, allocatedOn, promisedOn, amount: money(amount), corrects: '', reason: '' });
    let left = amount;
    // Some of it comes in two parts; a quarter comes late, by up to five months, and some is still missing.
    const parts = draw.chance(0.3) ? [Math.round(amount * 0.6), amount - Math.round(amount * 0.6)] : [amount];
    for (const [at, part] of parts.entries()) {
      if (draw.chance(0.05)) continue;
      const arrivedOn = addDays(promisedOn, draw.chance(0.27) ? draw.int(5, 150) : -draw.int(0, 15));
      if (arrivedOn < allocatedOn || arrivedOn > AS_OF) continue;
      arrivals.push({ line: line.code, allocation: voucher, voucher: `到账${at + 1}`, arrivedOn, amount: money(part), corrects: '', reason: '' });
      left -= part;
    }
    if (left === 0 && draw.chance(0.03)) {
      const wrong = Math.round(amount * 0.02);
      const made = arrivals.at(-1) as { arrivedOn: string; voucher: string };
      if (wrong > 0) arrivals.push({ line: line.code, allocation: voucher, voucher: '更正1', arrivedOn: earlier(addDays(made.arrivedOn, 12), AS_OF), amount: money(-wrong), corrects: made.voucher, reason: '银行退回部分款项' });
    }
  }

  const balances = openingBalances(world, units);
  writeCsv('allocations.csv', 'line,voucher,to,allocatedOn,promisedOn,amount,corrects,reason', allocations);
  writeCsv('disbursements.csv', 'line,allocation,voucher,arrivedOn,amount,corrects,reason', arrivals);
  return { lines, allocations: allocations.length, disbursements: arrivals.length, balances };
}

/** Lines are written last, when contracts have taken theirs. */
export function writeLines(lines: readonly Line[]): void {
  writeCsv('budget-lines.csv', 'code,title,year,unit,source,purpose,level,amount,approvedOn,remarks,initiative', lines);
}

function openingBalances(world: World, units: Units): number {
  const draw = random('opening balances');
  const rows: object[] = [];
  for (const division of ['330000', ...world.prefectures.map((p) => p.code)]) {
    const unit = units.at(division, 'CIVIL_AFFAIRS');
    if (unit === undefined) continue;
    const scale = division === '330000' ? 21_000 : 1_900;
    for (const year of [2023, 2024]) {
      for (const [source, weight] of SOURCES) {
        for (const purpose of ['SOCIAL_WORK', 'VOLUNTEERING']) {
          const amountWan = (scale * weight * (purpose === 'SOCIAL_WORK' ? 1 : 0.25) * (year === 2023 ? 0.85 : 1) * (0.8 + draw.next() * 0.4)) / 100;
          rows.push({ division, unit: unit.code, year, source, purpose, amountWan: amountWan.toFixed(2), remarks: '' });
        }
      }
    }
  }
  writeCsv('opening-balances.csv', 'division,unit,year,source,purpose,amountWan,remarks', rows);
  return rows.length;
}
