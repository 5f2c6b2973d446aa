// What civil-affairs units bought of agencies: 200 contracts of two years with milestones, evaluations by both sides and payments;
// the register of agencies and how they were supported.

import { inventedCredit } from './codes.ts';
import { writeCsv } from './csv.ts';
import { AS_OF, addDays, anyDay, earlier } from './dates.ts';
import type { World } from './divisions.ts';
import { unitName } from './kinds.ts';
import { money, type Line } from './money.ts';
import { random } from './prng.ts';
import { tendering } from './tenders.ts';
import type { Unit, Units } from './units.ts';

const AGENCIES = 120;
const CONTRACTS = 200;
const BRANDS = [...'知行和安同心融善惠朗'].flatMap((first) => [...'舟桥禾光伴邻'].map((second) => first + second));
const FIELDS = ['困境儿童', '老年人', '社区矫正', '医务', '学校', '残疾人', '退役军人', '社工站运营', '心理健康', '外来务工家庭'];

/** Agencies beyond those of the units, in counties that have none or few: in a file of their own, so that the rest of the network stays as it was. */
export function buildAgencies(world: World, units: Units): Unit[] {
  const draw = random('agencies');
  const agencies = units.list.filter((u) => u.kind === 'SERVICE_AGENCY' && u.endedOn === '' && u.division.startsWith('33'));
  const added: Unit[] = [];
  for (let n = 0; agencies.length + added.length < AGENCIES; n++) {
    const division = world.counties[(n * 7) % world.counties.length]!;
    const brand = BRANDS[n % BRANDS.length]!;
    const foundedOn = `20${draw.int(12, 24)}-${String(draw.int(1, 12)).padStart(2, '0')}-${String(draw.int(1, 28)).padStart(2, '0')}`;
    added.push({
      code: `${division.code}-SERVICE_AGENCY-${String(51 + n).padStart(2, '0')}`, name: unitName(division.name, `${brand}社会工作服务中心`), shortName: `${brand}社工`, kind: 'SERVICE_AGENCY', division: division.code, lineParent: '',
      creditCode: draw.chance(0.66) ? inventedCredit('52', division.code, 8000 + n) : '', system: '', institutionKind: '', legalForm: 'SOCIAL_SERVICE_INSTITUTION', registrationLevel: division.level, foundedOn, endedOn: '', successor: '', formerNames: '',
    });
  }
  writeCsv('agency-units.csv', Object.keys(added[0]!).join(','), added);
  return [...agencies, ...added];
}

export function buildRegister(agencies: readonly Unit[], supporters: readonly Unit[]): { profiles: number; supports: number } {
  const draw = random('register of agencies');
  const supports: object[] = [];
  const profiles = agencies.map((agency) => {
    const fullTimeStaff = draw.chance(0.12) ? draw.int(0, 3) : draw.int(4, 38);
    const rating = draw.weighted([['', 40], ['A1', 3], ['A2', 7], ['A3', 24], ['A4', 18], ['A5', 8]] as const);
    const ratedOn = rating === '' ? '' : anyDay(draw, earlier(addDays(agency.foundedOn, 700), '2024-12-31'), '2025-12-31');
    const near = supporters.filter((u) => agency.division.startsWith(u.division.replace(/0+$/, '')));
    for (const kind of draw.sample(['START_UP', 'SUPERVISION', 'COMMUNITY_PARTNERSHIP'], draw.weighted([[0, 35], [1, 40], [2, 20], [3, 5]] as const))) {
      if (near.length === 0) continue;
      const startsOn = anyDay(draw, '2024-03-01', '2026-06-30');
      const endsOn = addDays(startsOn, draw.int(180, 720));
      supports.push({ agency: agency.code, provider: draw.pick(near).code, kind, startsOn, endsOn: endsOn < AS_OF ? endsOn : '', amount: kind === 'START_UP' ? money(draw.int(3, 20) * 10_000) : '', note: '' });
    }
    return {
      unit: agency.code, registrationLevel: agency.registrationLevel, rating, ratedOn, ratingValidTo: ratedOn === '' ? '' : addDays(ratedOn, 1826), hasPartyOrganisation: draw.chance(0.38), fullTimeStaff,
      partyMembers: Math.round(fullTimeStaff * draw.next() * 0.5), reportedOn: '2026-09-30',
    };
  });
  writeCsv('agencies.csv', 'unit,registrationLevel,rating,ratedOn,ratingValidTo,hasPartyOrganisation,fullTimeStaff,partyMembers,reportedOn', profiles);
  writeCsv('agency-supports.csv', 'agency,provider,kind,startsOn,endsOn,amount,note', supports);
  return { profiles: profiles.length, supports: supports.length };
}

export function buildContracts(lines: Line[], agencies: readonly Unit[], units: Units): Record<string, number> {
  const draw = random('contracts');
  const able = lines.filter((line) => line.approvedOn !== '' && (line.purpose === 'SOCIAL_WORK' || line.purpose === 'VOLUNTEER_OPERATIONS'));
  const contracts: object[] = [];
  const tenders = tendering();
  const milestones: object[] = [];
  const evaluations: object[] = [];
  const payments: object[] = [];

  const nearTo = (line: Line, year: number): Unit[] => {
    const { division } = units.by.get(line.unit)!;
    return agencies.filter((agency) => agency.division.startsWith(division.replace(/0+$/, '').slice(0, 4)) && agency.foundedOn < `${year}-01-01`);
  };
  const sign = (line: Line, agency: Unit, field: string): boolean => {
    const amount = Math.floor(Math.min(line.rest * 0.7, draw.int(6, 48) * 10_000) / 1000) * 1000;
    if (amount < 20_000) return false;
    line.rest -= amount;
    const n = contracts.length + 1;
    const code = `HT-${line.year}-${String(n).padStart(4, '0')}`;
    const startsOn = anyDay(draw, line.approvedOn, earlier(addDays(line.approvedOn, 75), `${line.year}-08-31`));
    const endsOn = draw.chance(0.45) ? `${line.year}-12-31` : earlier(addDays(startsOn, draw.int(120, 280)), `${line.year}-12-31`);
    const isOver = endsOn < AS_OF;
    const status = draw.chance(0.05) && startsOn < addDays(AS_OF, -120) ? 'TERMINATED' : isOver && line.year < 2026 ? 'COMPLETED' : isOver && draw.chance(0.6) ? 'COMPLETED' : 'ACTIVE';
    const signedOn = addDays(startsOn, -draw.int(1, 12));
    const closedOn = status === 'COMPLETED' ? earlier(addDays(endsOn, draw.int(10, 45)), AS_OF) : status === 'TERMINATED' ? earlier(addDays(startsOn, draw.int(60, 110)), AS_OF) : '';
    contracts.push({
      code, title: `${units.by.get(line.unit)!.shortName}${field}社会工作服务`, line: line.code, agency: agency.code, funding: draw.chance(line.year === 2026 ? 0.58 : 0.44) ? 'ANNUAL_BUDGET' : 'PROJECT_APPLICATION', amount: money(amount), signedOn, startsOn, endsOn, status,
      closedOn, ...tenders.won(line, agency, amount, signedOn, field, nearTo(line, line.year)), reason: status === 'TERMINATED' ? draw.pick(['机构人员不足，协商终止', '中期评估不合格，整改未达标', '服务点撤并']) : '',
    });
    const until = closedOn === '' ? AS_OF : closedOn;
    const middle = addDays(startsOn, Math.floor((Date.parse(endsOn) - Date.parse(startsOn)) / 86_400_000 / 2));
    const failed = draw.chance(0.1);
    const hasMiddle = middle < addDays(until, -7);
    const steps = [['完成需求调查和服务计划', addDays(startsOn, 25)], ['完成中期服务量', middle], ['完成全部服务量并提交总结', endsOn]] as const;
    for (const [at, [title, due]] of steps.entries()) {
      const dueOn = earlier(due, endsOn);
      const done = dueOn < addDays(until, -10) && status !== 'TERMINATED' && draw.chance(0.93);
      const isAccepted = status === 'COMPLETED' || done;
      const step = isAccepted ? 'ACCEPTED' : dueOn < until ? draw.pick(['REPORTED', 'RETURNED', 'PLANNED']) : 'PLANNED';
      const reportedOn = step === 'PLANNED' ? '' : earlier(addDays(dueOn, draw.int(-5, 20)), until);
      milestones.push({ contract: code, number: at + 1, title, dueOn, status: step, reportedOn, report: step === 'PLANNED' ? '' : `${title}，服务记录已归档。`, acceptedOn: step === 'ACCEPTED' ? earlier(addDays(reportedOn, 6), until) : '', returnReason: step === 'RETURNED' ? '服务记录不全' : '' });
      const pays = at === 1 && failed && !draw.chance(0.5) ? 0 : at === 2 ? (failed ? 0 : 0.3) : at === 0 ? 0.4 : 0.3;
      const paidOn = addDays(reportedOn === '' ? dueOn : reportedOn, draw.int(8, 60));
      if (step === 'ACCEPTED' && pays > 0 && paidOn <= AS_OF) payments.push({ contract: code, voucher: `支付${at + 1}`, milestone: at + 1, amount: money(Math.round(amount * pays)), paidOn, corrects: '', reason: '' });
    }
    if (hasMiddle) {
      evaluations.push({ contract: code, stage: 'MID_TERM', side: 'PURCHASER', evaluatedOn: middle, result: failed ? 'FAILED' : 'PASSED', text: failed ? '服务量不足，督导记录缺失，限期整改。' : '服务量达标，居民反映良好。' });
      evaluations.push({ contract: code, stage: 'MID_TERM', side: 'AGENCY', evaluatedOn: middle, result: draw.chance(0.15) ? 'FAILED' : 'PASSED', text: '场地、信息和经费到位情况评价。' });
    }
    if (status === 'COMPLETED') for (const side of ['PURCHASER', 'AGENCY']) evaluations.push({ contract: code, stage: 'FINAL', side, evaluatedOn: closedOn, result: side === 'AGENCY' && draw.chance(0.1) ? 'FAILED' : 'PASSED', text: side === 'PURCHASER' ? '完成约定服务，资料齐全。' : '合作顺畅，建议缩短付款周期。' });
    return true;
  };

  // Half of those of the first year are bought again in the second, from the same agency; the others begin anew, some with a gap.
  const again: { unit: string; agency: Unit; field: string }[] = [];
  for (const year of [2025, 2026]) {
    const target = year === 2025 ? CONTRACTS / 2 : CONTRACTS;
    if (year === 2026) for (const { unit, agency, field } of draw.sample(again, 50)) for (const line of able.filter((one) => one.year === year && one.unit === unit).slice(0, 1)) sign(line, agency, field);
    for (let turn = 0; contracts.length < target && turn < 5000; turn++) {
      const line = draw.pick(able.filter((one) => one.year === year));
      const near = nearTo(line, year);
      if (near.length === 0) continue;
      const [agency, field] = [draw.pick(near), draw.pick(FIELDS)];
      if (sign(line, agency, field) && year === 2025) again.push({ unit: line.unit, agency, field });
    }
  }
  writeCsv('contracts.csv', 'code,title,line,agency,funding,amount,signedOn,startsOn,endsOn,status,closedOn,reason,procurement,lot', contracts);
  writeCsv('contract-milestones.csv', 'contract,number,title,dueOn,status,reportedOn,report,acceptedOn,returnReason', milestones);
  writeCsv('evaluations.csv', 'contract,stage,side,evaluatedOn,result,text', evaluations);
  writeCsv('payments.csv', 'contract,voucher,milestone,amount,paidOn,corrects,reason', payments);
  return { ...tenders.write(able.filter((line) => line.year === 2026), nearTo), contracts: contracts.length, milestones: milestones.length, evaluations: evaluations.length, payments: payments.length };
}
