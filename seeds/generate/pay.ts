// Pay: guidance of the province and three cities, the threshold of publication, and the pay of every employed social worker for two months, some of it below the floor.

import { writeCsv } from './csv.ts';
import { random } from './prng.ts';
import type { Units } from './units.ts';
import type { Worker } from './employed.ts';

const BASIS = '浙人社〔2024〕73号';
const FLOOR: Record<string, number> = { ASSISTANT: 5200, SOCIAL_WORKER: 6800, SENIOR: 9000 };
const FACTOR: Record<string, number> = { 330000: 1, 330100: 1.18, 330200: 1.12, 330300: 1.04 };
const MONTHS = ['2025-12-10', '2026-09-10'];

export function buildPay(units: Units, workers: readonly Worker[]): Record<string, number> {
  const draw = random('pay');
  const floorOf = (unit: string, level: string, year: string): number => Math.round(FLOOR[level]! * (FACTOR[`${units.by.get(unit)!.division.slice(0, 4)}00`] ?? 1) * (year === '2025' ? 0.96 : 1));
  const guidances = Object.entries(FACTOR).flatMap(([division, factor]) => Object.entries(FLOOR).flatMap(([level, floor]) => ['2025', '2026'].map((year) => ({
    division, level, year, floor: `${Math.round(floor * factor * (year === '2025' ? 0.96 : 1))}.00`, comparableMedian: `${Math.round(floor * factor * 1.42 * (year === '2025' ? 0.96 : 1))}.00`, basis: BASIS }))));
  writeCsv('pay-guidances.csv', 'division,level,year,floor,comparableMedian,basis', guidances);
  writeCsv('pay-thresholds.csv', 'division,minPersons,validFrom,validTo,basis', [{ division: '330000', minPersons: 5, validFrom: '2024-09-01', validTo: '', basis: BASIS }]);
  const records = workers.filter(({ unit }) => units.by.get(unit)!.division.startsWith('33')).flatMap(({ person, unit, kind, from, level }) => {
    const grade = level || 'ASSISTANT';
    const share = kind === 'UNPAID' ? 0 : kind === 'CONCURRENT' ? 0.3 : draw.chance(0.08) ? 0.78 + draw.next() * 0.2 : 1 + draw.next() ** 2 * 0.75;
    return MONTHS.filter((day) => from <= day).map((paidOn) => ({ socialWorker: person, unit, level: grade, paidOn, amount: `${Math.round(floorOf(unit, grade, paidOn.slice(0, 4)) * share)}.00` }));
  });
  writeCsv('pay-records.csv', 'socialWorker,unit,level,paidOn,amount', records);
  return { 'pay-guidances': guidances.length, 'pay-thresholds': 1, 'pay-records': records.length };
}
