// Volunteers: teams of communities, towns, agencies and organisations, led by social workers; 20,000 volunteers with their hours; courses, commendations, complaints, rules of the public notice.

import { writeCsv } from './csv.ts';
import { addDays, anyDay } from './dates.ts';
import { inventedName } from './people.ts';
import { random } from './prng.ts';
import type { Unit, Units } from './units.ts';
import type { Worker } from './employed.ts';

const TEAMS = 900;
const VOLUNTEERS = 20_000;
const NAMES = ['邻里守望', '银龄陪伴', '童伴', '环境守护', '应急', '文明引导', '助残', '法律宣讲', '健康促进', '邻里调解'];
const DEEDS = ['探访独居老人', '课后陪伴', '社区清洁', '助餐送餐', '代办陪诊', '政策宣讲', '活动秩序', '康复陪练'];
const COURSES = [['志愿服务通用培训', '权利义务、服务礼仪、安全与保险'], ['应急救护', '心肺复苏、创伤包扎'], ['陪伴老人', '沟通技巧、认知障碍识别'], ['骨干训练营', '团队带领、活动策划']] as const;
const WEIGHT: Record<string, number> = { COMMUNITY: 5, SUBDISTRICT_TOWN: 3, SERVICE_AGENCY: 2, VOLUNTEER_ORGANISATION: 3, PUBLIC_INSTITUTION: 1, TRADE_UNION: 1, YOUTH_LEAGUE: 2, WOMENS_FEDERATION: 1 };

interface Team { code: string; name: string; kind: string; unit: string; leader: string; foundedOn: string; endedOn: string }

export function buildVolunteers(units: Units, workers: readonly Worker[]): Record<string, number> {
  const draw = random('volunteers');
  const counts: Record<string, number> = {};
  const write = (name: string, header: string, rows: object[]): void => { writeCsv(`${name}.csv`, header, rows); counts[name] = rows.length; };
  const living = units.list.filter((u) => u.endedOn === '' && WEIGHT[u.kind] !== undefined && u.division.startsWith('33'));
  const slots = living.flatMap((u) => Array.from({ length: WEIGHT[u.kind]! }, () => u));

  // A leader of the unit itself where it has one, else of the county, else of anywhere.
  const by = (key: (worker: Worker) => string): Map<string, Worker[]> => {
    const found = new Map<string, Worker[]>();
    for (const worker of workers) found.set(key(worker), [...(found.get(key(worker)) ?? []), worker]);
    return found;
  };
  const [ofUnit, ofCounty] = [by(({ unit }) => unit), by(({ unit }) => units.by.get(unit)!.division.slice(0, 6))];
  const leaderOf = (unit: Unit): string => draw.pick(ofUnit.get(unit.code) ?? ofCounty.get(unit.division.slice(0, 6)) ?? workers).person;
  const teams: Team[] = Array.from({ length: TEAMS }, (_none, at) => {
    const unit = slots[at % slots.length]!;
    const code = `VT-${String(at + 1).padStart(4, '0')}`;
    return { code, name: `${unit.shortName || unit.name}${draw.pick(NAMES)}志愿队${Math.floor(at / slots.length) + 1}`, kind: draw.chance(0.25) ? 'ORGANISATION' : 'TEAM', unit: unit.code, leader: leaderOf(unit), foundedOn: anyDay(draw, unit.foundedOn > '2016-01-01' ? unit.foundedOn : '2016-01-01', '2026-03-31'), endedOn: draw.chance(0.03) ? '2026-06-01' : '' };
  });
  write('volunteer-notice-rules', 'division,days,validFrom,validTo,basis', [{ division: '330000', days: 7, validFrom: '2025-04-01', validTo: '', basis: '浙社工〔2025〕9号' }, { division: '330100', days: 5, validFrom: '2025-07-01', validTo: '', basis: '杭社工〔2025〕14号' }]);
  write('volunteer-teams', 'code,name,kind,unit,leader,foundedOn,endedOn', teams);

  const open = teams.filter(({ endedOn }) => endedOn === '');
  const volunteers = Array.from({ length: VOLUNTEERS }, (_none, at) => {
    const team = at < teams.length ? teams[at]! : draw.pick(open);
    const status = team.endedOn !== '' ? 'WITHDRAWN' : draw.weighted([['REGISTERED', 93], ['NOTICE', 3], ['REFUSED', 1], ['WITHDRAWN', 3]] as const);
    const noticeFrom = status === 'NOTICE' ? anyDay(draw, '2026-11-10', '2026-11-15') : anyDay(draw, '2024-01-01', '2026-03-20');
    const noticeTo = addDays(noticeFrom, 7);
    const isNational = draw.chance(0.72);
    return {
      code: `V${String(at + 1).padStart(6, '0')}`, team: team.code, origin: draw.weighted([['RESIDENT', 58], ['EMPLOYEE', 18], ['STUDENT', 14], ['FORMER_BENEFICIARY', 6], ['OTHER', 4]] as const), status, noticeFrom, noticeTo,
      registeredOn: status === 'REGISTERED' || status === 'WITHDRAWN' ? noticeTo : '', endedOn: status === 'REFUSED' ? noticeTo : status === 'WITHDRAWN' ? '2026-06-01' : '', registeredNationallyOn: isNational ? addDays(noticeTo, 20) : '',
      name: inventedName(at + 7), mobile: draw.chance(0.6) ? `154${String(30_000_000 + at)}` : '', nationalNumber: isNational ? `NV33${String(10_000_000 + at)}` : '',
    };
  });
  write('volunteers', 'code,team,origin,status,noticeFrom,noticeTo,registeredOn,endedOn,registeredNationallyOn,name,mobile,nationalNumber', volunteers);

  // A few volunteers do most of the work; each serves at another hour of another day.
  const services: object[] = [];
  for (const { code, status } of volunteers) {
    if (status !== 'REGISTERED') continue;
    const times = draw.weighted([[0, 35], [1, 25], [2, 20], [3, 10], [6, 8], [12, 2]] as const);
    let on = addDays('2026-04-02', draw.int(0, 120));
    for (let at = 0; at < times; at++, on = addDays(on, draw.int(3, 14))) {
      const [from, long] = [draw.int(8, 17), draw.int(2, 8)];
      const end = from * 60 + long * 30;
      if (on > '2026-11-08') break;
      services.push({ volunteer: code, startsAt: `${on} ${String(from).padStart(2, '0')}:00`, endsAt: `${on} ${String(Math.floor(end / 60)).padStart(2, '0')}:${end % 60 === 0 ? '00' : '30'}`, activity: draw.pick(DEEDS) });
    }
  }
  write('volunteer-services', 'volunteer,startsAt,endsAt,activity', services);

  const homes = units.list.filter((u) => /CIVIL_AFFAIRS|YOUTH_LEAGUE|VOLUNTEER_ORGANISATION|PARTY_SOCIAL_WORK/.test(u.kind) && u.endedOn === '' && u.division.startsWith('33'));
  write('volunteer-trainings', 'division,unit,organiser,organiserType,title,content,heldOn,persons', Array.from({ length: 160 }, (_none, at) => {
    const unit = draw.pick(homes);
    const [title, content] = draw.pick(COURSES);
    const organiserType = unit.kind === 'VOLUNTEER_ORGANISATION' ? 'VOLUNTEER_ORGANISATION' : draw.chance(0.15) ? 'OTHER' : 'PARTY_GOVERNMENT';
    return { division: unit.division, unit: unit.code, organiser: organiserType === 'OTHER' ? '示例社会培训中心' : unit.name, organiserType, title: `${title}（第${at + 1}期）`, content, heldOn: anyDay(draw, '2025-01-10', '2026-11-06'), persons: draw.int(18, 160) };
  }));
  const members = new Map<string, string[]>();
  for (const { code, team, status } of volunteers) if (status === 'REGISTERED') members.set(team, [...(members.get(team) ?? []), code]);
  const someone = (team: string): string => (members.has(team) && draw.chance(0.7) ? draw.pick(members.get(team)!) : '');
  write('commendations', 'team,volunteer,title,level,awardedBy,awardedOn', draw.sample(open, 260).map(({ code }) => ({ team: code, volunteer: someone(code), title: draw.pick(['五星志愿者', '优秀志愿服务组织', '最美志愿者', '志愿服务贡献奖']), level: draw.pick(['COUNTY', 'COUNTY', 'PREFECTURE', 'PROVINCE']), awardedBy: '示例表彰办公室', awardedOn: anyDay(draw, '2025-03-05', '2026-10-31') })));
  write('complaints', 'team,volunteer,receivedOn,text,status,outcome,handledOn', draw.sample(open, 48).map(({ code }) => {
    const status = draw.pick(['RECEIVED', 'UPHELD', 'DISMISSED', 'DISMISSED']);
    const receivedOn = anyDay(draw, '2026-02-01', '2026-11-05');
    return { team: code, volunteer: someone(code), receivedOn, text: draw.pick(['未按约定时间到场', '服务时间记录不实', '活动扰民']), status, outcome: status === 'RECEIVED' ? '' : status === 'UPHELD' ? '已提醒并更正记录' : '经核实不属实', handledOn: status === 'RECEIVED' ? '' : addDays(receivedOn, draw.int(1, 6)) };
  }));
  return counts;
}
