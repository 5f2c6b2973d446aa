// Capability: courses and attendances, hours of continuing education, the ladder of supervisors with pairings and sessions (some out of rhythm), micro-projects in every state with their payments.

import { writeCsv } from './csv.ts';
import { addDays, anyDay, AS_OF } from './dates.ts';
import { random } from './prng.ts';
import type { Units } from './units.ts';
import { SLOTS } from './vocabulary.ts';
import type { Worker } from './employed.ts';

const RUNGS = ['ASSISTANT', 'JUNIOR', 'INTERMEDIATE', 'SENIOR'];
const LEVELS = [['ASSISTANT', 72], ['SOCIAL_WORKER', 90], ['SENIOR', 90]] as const;
const BASIS = { ladder: '浙社工〔2024〕12号', plan: '浙组〔2024〕6号' };
const STATES = ['NEED', 'CALLED', 'IN_REVIEW', 'CONTRACTED', 'RUNNING', 'EVALUATED', 'CLOSED'];

export function buildCapability(units: Units, workers: readonly Worker[]): Record<string, number> {
  const draw = random('capability');
  const counts: Record<string, number> = {};
  const write = (name: string, header: string, rows: object[]): void => { writeCsv(`${name}.csv`, header, rows); counts[name] = rows.length; };
  const living = units.list.filter((u) => u.endedOn === '' && u.division.startsWith('33'));
  const home = workers.filter(({ unit }) => units.by.get(unit)!.division.startsWith('33'));

  const courses = Array.from({ length: 180 }, (_none, at) => {
    const unit = draw.pick(living.filter((u) => /CIVIL_AFFAIRS|PARTY_SOCIAL_WORK|ASSOCIATION|EDUCATION|HUMAN_RESOURCES_SOCIAL/.test(u.kind)));
    const startsOn = anyDay(draw, '2024-02-20', '2026-11-02');
    return { code: `TRN-${String(at + 1).padStart(4, '0')}`, unit: unit.code, title: `${draw.pick(SLOTS['t']!)}培训班`, startsOn, endsOn: addDays(startsOn, draw.int(0, 3)), hours: `${draw.pick([8, 16, 24])}.00`, isContinuingEducation: draw.chance(0.75), otherAttendances: draw.int(0, 60), initiative: draw.chance(0.3) ? 'INI-0007' : '' };
  });
  write('trainings', 'code,unit,title,startsOn,endsOn,hours,isContinuingEducation,otherAttendances,initiative', courses);
  write('training-attendances', 'training,socialWorker,hours,isPassed', courses.flatMap(({ code, hours }) => draw.sample(home, draw.int(15, 55)).map(({ person }) => ({ training: code, socialWorker: person, hours: draw.chance(0.85) ? hours : '4.00', isPassed: draw.chance(0.93) }))));
  write('continuing-education-rules', 'division,level,hours,validFrom,validTo,basis', LEVELS.flatMap(([level, hours]) => [
    { division: '330000', level, hours: `${hours}.00`, validFrom: '2024-02-01', validTo: '', basis: BASIS.plan }, ...(level === 'SENIOR' ? [] : [{ division: '330100', level, hours: `${hours + 18}.00`, validFrom: '2024-04-01', validTo: '', basis: '杭组〔2024〕19号' }]),
  ]));

  const seasoned = home.filter(({ level, from }) => level !== '' && level !== 'ASSISTANT' && from < '2023-01-01');
  const supervisors = draw.sample(seasoned.length > 0 ? seasoned : home, 170).map(({ person, unit, level }) => ({ socialWorker: person, unit, rung: level === 'SENIOR' ? 'SENIOR' : draw.pick(RUNGS.slice(0, 3)), validFrom: anyDay(draw, '2024-05-01', '2025-12-31'), validTo: draw.chance(0.06) ? '2026-09-30' : '', basis: BASIS.ladder }));
  write('supervisors', 'socialWorker,unit,rung,validFrom,validTo,basis', supervisors);
  const ratio = { ASSISTANT: [3, 30], JUNIOR: [5, 30], INTERMEDIATE: [8, 30], SENIOR: [10, 45] } as Record<string, [number, number]>;
  write('supervision-ratios', 'division,rung,maxSupervisees,sessionEveryDays,validFrom,validTo,basis', RUNGS.map((rung) => ({ division: '330000', rung, maxSupervisees: ratio[rung]![0], sessionEveryDays: ratio[rung]![1], validFrom: '2024-05-01', validTo: '', basis: BASIS.ladder })));
  const learners = draw.sample(home.filter(({ person }) => !supervisors.some(({ socialWorker }) => socialWorker === person)), 760);
  const pairs = learners.flatMap(({ person, unit, from }, at) => {
    const guide = supervisors[at % supervisors.length]!;
    if (Math.floor(at / supervisors.length) >= ratio[guide.rung]![0]) return [];
    const start = [guide.validFrom, from, '2026-01-05'].sort().at(-1)!;
    return start > '2026-10-01' || (guide.validTo !== '' && start >= guide.validTo) ? [] : [{ supervisor: guide.socialWorker, supervisee: person, unit, sessionEveryDays: ratio[guide.rung]![1], validFrom: start, validTo: guide.validTo }];
  });
  write('supervisions', 'supervisor,supervisee,unit,sessionEveryDays,validFrom,validTo', pairs);
  // Most keep the rhythm; some stopped in summer, and some never met.
  write('supervision-sessions', 'supervision,heldOn,hours,text', pairs.flatMap(({ supervisor, supervisee, sessionEveryDays, validFrom, validTo }) => {
    const until = validTo !== '' ? validTo : draw.weighted([['2026-11-15', 70], ['2026-07-15', 20], ['', 10]] as const);
    const held: object[] = [];
    for (let on = addDays(validFrom, draw.int(3, sessionEveryDays)); on < until && on < AS_OF; on = addDays(on, sessionEveryDays - draw.int(-6, 8))) held.push({ supervision: `${supervisor} ${supervisee}`, heldOn: on, hours: draw.pick(['1.00', '1.50', '2.00']), text: draw.pick(['个案回顾与反移情处理', '小组带领技巧', '服务计划修订', '职业倦怠与支持']) });
    return held;
  }));

  const payers = living.filter((u) => /CIVIL_AFFAIRS|PARTY_SOCIAL_WORK|SUBDISTRICT_TOWN/.test(u.kind));
  const carriers = living.filter((u) => /SERVICE_AGENCY|VOLUNTEER_ORGANISATION/.test(u.kind));
  const payments: object[] = [];
  const projects = Array.from({ length: 140 }, (_none, at) => {
    const unit = draw.pick(payers);
    const carrier = draw.pick(carriers.filter((u) => u.division.slice(0, 4) === unit.division.slice(0, 4)).concat(carriers.slice(0, 3)));
    const status = draw.weighted([['NEED', 8], ['CALLED', 10], ['IN_REVIEW', 10], ['CONTRACTED', 10], ['RUNNING', 25], ['EVALUATED', 10], ['CLOSED', 24], ['CANCELLED', 3]] as const);
    const step = STATES.indexOf(status);
    const calledOn = status === 'CALLED' ? '2026-11-03' : anyDay(draw, '2025-02-01', step >= 5 ? '2025-11-01' : '2026-09-01');
    const contractedOn = addDays(calledOn, 45);
    const amount = draw.int(8, 60) * 1000;
    const verdict = step >= 5 ? (draw.chance(0.85) ? 'PASSED' : 'FAILED') : '';
    const code = `MP-${String(at + 1).padStart(4, '0')}`;
    if (step >= 3) payments.push({ microProject: code, kind: 'FIRST', amount: `${amount * 0.4}.00`, paidOn: addDays(contractedOn, 10) });
    if (step >= 4 && draw.chance(0.6)) payments.push({ microProject: code, kind: 'INTERIM', amount: `${amount * 0.3}.00`, paidOn: addDays(contractedOn, 30) });
    if (status === 'CLOSED' && verdict === 'PASSED') payments.push({ microProject: code, kind: 'LAST', amount: `${amount * 0.3}.00`, paidOn: addDays(contractedOn, 250) });
    return {
      code, title: `${draw.pick(SLOTS['g']!)}支持微项目`, kind: draw.pick(['VENTURE_PHILANTHROPY', 'SMALL_PROJECT', 'SMALL_PROJECT', 'SMALL_FUND']), status, unit: unit.code, carrier: step >= 2 ? carrier.code : '', need: '居民议事提出的需求，已作需求调查。',
      proposal: step >= 2 ? '由社工带领志愿者，按月开展并记录。' : '', amount: step >= 3 ? `${amount}.00` : '', calledOn: step >= 1 ? calledOn : '', callUntil: step >= 1 ? addDays(calledOn, 30) : '', contractedOn: step >= 3 ? contractedOn : '',
      dueOn: step >= 3 ? addDays(contractedOn, 240) : '', evaluatedOn: step >= 5 ? addDays(contractedOn, 245) : '', verdict, evaluation: step >= 5 ? (verdict === 'PASSED' ? '服务对象有变化，记录与账目齐全。' : '服务次数不足，记录缺失。') : '',
      endedOn: step === 6 ? addDays(contractedOn, 260) : status === 'CANCELLED' ? '2026-06-30' : '', initiative: draw.chance(0.3) ? 'INI-0007' : '',
    };
  });
  write('micro-projects', 'code,title,kind,status,unit,carrier,need,proposal,amount,calledOn,callUntil,contractedOn,dueOn,evaluatedOn,verdict,evaluation,endedOn,initiative', projects);
  write('micro-payments', 'microProject,kind,amount,paidOn', payments);
  return counts;
}
