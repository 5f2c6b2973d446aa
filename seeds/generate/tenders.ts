// Tenders before the contracts: procurements with their lots and the bids that were opened; some lots drew one bid or none.

import { writeCsv } from './csv.ts';
import { AS_OF, addDays, later } from './dates.ts';
import { money, type Line } from './money.ts';
import { random } from './prng.ts';
import type { Unit } from './units.ts';

export function tendering() {
  const draw = random('tenders');
  const lots: object[] = [];
  const bids: object[] = [];

  const open = (line: Line, field: string, ceiling: number, opensOn: string, status: string): { procurement: string; lot: number } => {
    const procurement = `CG-${line.year}-${String(lots.length + 1).padStart(4, '0')}`;
    lots.push({
      code: procurement, title: `${line.title}采购`, line: line.code, funding: draw.chance(0.5) ? 'ANNUAL_BUDGET' : 'PROJECT_APPLICATION', publishedOn: later(addDays(opensOn, -21), line.approvedOn), lot: 1, lotTitle: `${field}社会工作服务`, ceiling: money(ceiling),
      opensAt: `${opensOn} 10:00`, status,
    });
    return { procurement, lot: 1 };
  };
  const bid = (of: { procurement: string; lot: number }, bidder: Unit, amount: number, opensOn: string, chosenOn = ''): void => {
    bids.push({
      ...of, bidder: bidder.code, submittedAt: `${addDays(opensOn, -draw.int(1, 6))} ${String(draw.int(8, 18)).padStart(2, '0')}:30`, amount: money(amount), proposal: `派驻社工${draw.int(2, 6)}人，开展个案、小组和社区活动。`, isChosen: chosenOn !== '', chosenOn,
      reason: chosenOn === '' ? '' : draw.pick(['服务方案贴合需求，报价合理', '本地服务经验丰富', '综合评分第一']),
    });
  };

  return {
    /** The tender that a contract followed, if there was one: a fifth are signed without. */
    won(line: Line, agency: Unit, amount: number, signedOn: string, field: string, near: readonly Unit[]): { procurement: string; lot: number | '' } {
      const opensOn = addDays(signedOn, -12);
      if (draw.chance(0.2) || addDays(opensOn, -1) < line.approvedOn) return { procurement: '', lot: '' };
      const ceiling = Math.ceil((amount * 1.08) / 1000) * 1000;
      const of = open(line, field, ceiling, opensOn, 'CONTRACTED');
      bid(of, agency, amount, opensOn, addDays(signedOn, -6));
      for (const rival of draw.sample(near.filter((one) => one !== agency), draw.weighted([[0, 18], [1, 27], [2, 30], [3, 17], [4, 8]] as const))) bid(of, rival, Math.min(ceiling, Math.round((amount * (0.94 + draw.next() * 0.16)) / 100) * 100), opensOn);
      return of;
    },
    /** Lots of this year that led to nothing, or wait for a choice or an answer. */
    write(lines: readonly Line[], nearTo: (line: Line, year: number) => Unit[]): { lots: number; bids: number } {
      for (const status of ['FAILED', 'FAILED', 'FAILED', 'FAILED', 'FAILED', 'OPENED', 'OPENED', 'OPENED', 'AWARDED', 'AWARDED', 'AWARDED']) {
        const line = draw.pick(lines);
        const opensOn = later(addDays(AS_OF, -draw.int(3, 40)), addDays(line.approvedOn, 2));
        const of = open(line, draw.pick(['老年人', '学校', '医务']), draw.int(8, 30) * 10_000, opensOn, status);
        const near = draw.sample(nearTo(line, line.year), status === 'FAILED' ? draw.int(0, 1) : draw.int(2, 4));
        for (const [at, bidder] of near.entries()) bid(of, bidder, draw.int(50, 79) * 1_000, opensOn, status === 'AWARDED' && at === 0 ? addDays(opensOn, 2) : '');
      }
      writeCsv('lots.csv', 'code,title,line,funding,publishedOn,lot,lotTitle,ceiling,opensAt,status', lots);
      writeCsv('bids.csv', 'procurement,lot,bidder,submittedAt,amount,proposal,isChosen,chosenOn,reason', bids);
      return { lots: lots.length, bids: bids.length };
    },
  };
}
