// Rules of the money: nothing is taken that is not there, years hold, and the bad news is in it.

import { index, isDate, load, must, oneOf } from './load.ts';
import type { Row } from './load.ts';

const fen = (yuan: string): number => Math.round(Number(yuan) * 100);
const total = (rows: readonly Row[], key: (row: Row) => string): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + fen(row['amount']!));
  return sums;
};

export function checkMoney(units: Map<string, Row>, initiatives: Set<string>): void {
  const added = load('agency-units');
  const known = (code: string): boolean => units.has(code) || added.some((u) => u['code'] === code);
  for (const u of added) must(u['kind'] === 'SERVICE_AGENCY' && !units.has(u['code']!), `${u['code']}: an agency beyond the units`);

  const lines = index(load('budget-lines'), 'code', 'budget lines');
  for (const [code, line] of lines) {
    must(units.has(line['unit']!) && oneOf(line['year']!, '2025 2026') && fen(line['amount']!) > 0, `${code}: unit, year, amount`);
    must(line['initiative'] === '' || initiatives.has(line['initiative']!), `${code}: initiative`);
    must(line['approvedOn'] === '' || (isDate(line['approvedOn']!) && line['approvedOn']!.startsWith(line['year']!)), `${code}: approved in its year`);
  }
  const allocations = load('allocations');
  const arrivals = load('disbursements');
  const allocated = total(allocations, (row) => row['line']!);
  const byVoucher = new Map(allocations.map((row) => [`${row['line']} ${row['voucher']}`, row]));
  must(byVoucher.size === allocations.length, 'allocations: one voucher of a kind');
  for (const row of allocations) must(known(row['to']!) && row['allocatedOn']!.startsWith(lines.get(row['line']!)!['year']!) && row['promisedOn']! >= row['allocatedOn']!, `${row['line']} ${row['voucher']}: receiver and days`);
  for (const [key, sum] of total(arrivals, (row) => `${row['line']} ${row['allocation']}`)) must(sum >= 0 && sum <= fen(byVoucher.get(key)!['amount']!), `${key}: arrived at most what was allocated`);
  const late = arrivals.filter((row) => row['arrivedOn']! > byVoucher.get(`${row['line']} ${row['allocation']}`)!['promisedOn']!).length / arrivals.length;
  must(late > 0.15 && late < 0.4, `a part of the money comes late: ${late}`);

  const contracts = index(load('contracts'), 'code', 'contracts');
  const payments = load('payments');
  const paid = total(payments, (row) => row['contract']!);
  const contracted = new Map<string, number>();
  for (const [code, c] of contracts) {
    const line = lines.get(c['line']!)!;
    must(known(c['agency']!) && c['startsOn']! <= c['endsOn']! && c['startsOn']!.startsWith(line['year']!) && c['endsOn']!.startsWith(line['year']!), `${code}: agency, inside the budget year`);
    must((c['status'] === 'ACTIVE') === (c['closedOn'] === '') && (c['status'] === 'TERMINATED') === (c['reason'] !== ''), `${code}: state and days`);
    must((paid.get(code) ?? 0) <= fen(c['amount']!), `${code}: paid at most its amount`);
    contracted.set(c['line']!, (contracted.get(c['line']!) ?? 0) + (c['status'] === 'TERMINATED' ? (paid.get(code) ?? 0) : fen(c['amount']!)));
  }
  for (const [code, line] of lines) must((allocated.get(code) ?? 0) + (contracted.get(code) ?? 0) <= fen(line['amount']!), `${code}: allocated and contracted within the plan`);
  must(contracts.size === 200 && new Set([...contracts.values()].map((c) => c['line']!.slice(-7, -3))).size === 2, '200 contracts of two years');

  const lots = new Map(load('lots').map((lot) => [`${lot['code']} ${lot['lot']}`, lot]));
  const bids = load('bids');
  for (const b of bids) {
    const lot = lots.get(`${b['procurement']} ${b['lot']}`)!;
    must(known(b['bidder']!) && fen(b['amount']!) > 0 && fen(b['amount']!) <= fen(lot['ceiling']!) && b['submittedAt']! <= lot['opensAt']!, `${b['procurement']} ${b['bidder']}: in time and within the ceiling`);
    must((b['isChosen'] === 'true') === (b['chosenOn'] !== '' && b['reason'] !== ''), `${b['procurement']} ${b['bidder']}: chosen with a reason`);
  }
  for (const [key, lot] of lots) must(['CONTRACTED', 'AWARDED'].includes(lot['status']!) === bids.some((b) => `${b['procurement']} ${b['lot']}` === key && b['isChosen'] === 'true'), `${key}: state and choice`);
  for (const [code, c] of contracts) must(c['procurement'] === '' || lots.get(`${c['procurement']} ${c['lot']}`)?.['status'] === 'CONTRACTED', `${code}: its lot`);

  const failed = load('evaluations').filter((e) => e['stage'] === 'MID_TERM' && e['side'] === 'PURCHASER' && e['result'] === 'FAILED');
  must(failed.length >= 10, 'some mid-term evaluations failed');
  for (const m of load('contract-milestones')) must(contracts.has(m['contract']!) && (m['status'] === 'ACCEPTED') === (m['acceptedOn'] !== ''), `${m['contract']} ${m['number']}: state and days`);

  const agencies = load('agencies');
  must(agencies.length === 120 && agencies.every((a) => known(a['unit']!) && +a['partyMembers']! <= +a['fullTimeStaff']!), '120 agencies');
  for (const s of load('agency-supports')) must(known(s['agency']!) && units.has(s['provider']!) && (s['kind'] === 'START_UP') === (s['amount'] !== ''), `${s['agency']} ${s['kind']}: support`);
  for (const b of load('opening-balances')) must(units.get(b['unit']!)?.['division'] === b['division'] && Number(b['amountWan']) >= 0, `${b['division']} ${b['year']}: opening balance`);
}
