// Rules of deduction: those of the province, and those of one city that is stricter with returns.

import { SUPERVISION } from './documents.ts';
import { writeCsv } from './csv.ts';

const RULES = [
  { division: '330000', reason: 'LATE_REPORT', points: '2.00', maxPerMonth: '20.00', from: '2024-03-15' },
  { division: '330000', reason: 'LATE_ACCEPTANCE', points: '0.50', maxPerMonth: '5.00', from: '2024-03-15' },
  { division: '330000', reason: 'RETURNED', points: '1.00', maxPerMonth: '10.00', from: '2024-03-15' },
  { division: '330100', reason: 'RETURNED', points: '1.50', maxPerMonth: '15.00', from: '2024-04-01' },
];

export function buildDeductions(): number {
  writeCsv('deduction-rules.csv', 'division,reason,points,maxPerMonth,from,to,basis', RULES.map((rule) => ({ ...rule, basis: SUPERVISION[rule.division] })));
  return RULES.length;
}
