// What units report of the work, and the figures of the national return: plans, publicity, sections, recording of service, incentives, key activities, pilots, population, associations, opening counts.

import { writeCsv } from './csv.ts';
import { addDays, anyDay } from './dates.ts';
import { HOME } from './divisions.ts';
import type { Division, World } from './divisions.ts';
import { random } from './prng.ts';
import type { Unit, Units } from './units.ts';

const PLANS = [['TALENT_PLAN', '中长期人才发展规划纲要', '社会工作专业人才列为重点建设的人才队伍，明确数量、结构和培养任务。'], ['DEVELOPMENT_PLAN', '国民经济和社会发展第十五个五年规划纲要', '把社会工作和志愿服务写入基层治理专章。'], ['OTHER', '城乡社区服务体系建设规划', '每个乡镇街道设立社会工作站，社区配备社会工作者。']] as const;
const TOPICS = ['社会工作主题宣传周', '志愿服务进社区', '社工开放日', '社会工作知识讲座', '未成年人保护宣传', '学雷锋志愿服务月'];
const KEY = ['邻里守望志愿服务行动', '银龄陪伴志愿服务', '困境儿童关爱行动', '文明交通志愿服务', '节日送温暖行动', '社区应急志愿服务'];
const INCENTIVES = [['志愿者星级评定', '按累计时数评定一至五星，星级公示。'], ['志愿者保险', '为注册志愿者统一购买意外伤害保险。'], ['积分兑换', '服务时数折算积分，在社区兑换点兑换服务或物品。'], ['优先享受服务', '星级志愿者优先享受养老、托幼等社区服务。']] as const;
const PILOTS = [['PILOT', '社会工作服务示范社区'], ['PILOT', '乡镇社工站标准化试点'], ['PROJECT', '社工人才“牵手计划”'], ['PROJECT', '“三社联动”提升工程'], ['POVERTY_DEMONSTRATION', '社会工作服务扶贫示范项目'], ['PROJECT', '农村留守儿童关爱项目']] as const;
const POPULATION: Record<string, number> = { PROVINCE: 66_700_000, PREFECTURE: 5_900_000, COUNTY: 690_000 };

export function buildReports(world: World, units: Units): Record<string, number> {
  const draw = random('reports');
  const home = (d: Division): boolean => d.code === HOME || d.code.startsWith('33');
  const province = world.divisions.get(HOME)!;
  const reporters = (d: Division): Unit[] => ['PARTY_SOCIAL_WORK', 'CIVIL_AFFAIRS'].map((kind) => units.at(d.code, kind)).filter((u) => u !== undefined && u.endedOn === '') as Unit[];
  const reporter = (d: Division): string => draw.pick(reporters(d)).code;
  const places = [province, ...world.prefectures, ...world.counties].filter((d) => home(d) && reporters(d).length > 0);
  const counts: Record<string, number> = {};
  const write = (name: string, header: string, rows: object[]): void => { writeCsv(`${name}.csv`, header, rows); counts[name] = rows.length; };

  write('plan-inclusions', 'division,unit,kind,plan,text,includedOn,document', places.flatMap((d) => PLANS.filter(() => d === province || draw.chance(0.3)).map(([kind, plan, text]) => ({
    division: d.code, unit: reporter(d), kind, plan: `${d.name}${plan}`, text, includedOn: anyDay(draw, '2021-03-01', '2026-06-30'), document: kind === 'TALENT_PLAN' && d === province ? '浙组〔2024〕6号' : '' }))));
  write('publicity-activities', 'division,unit,title,summary,heldOn,attendances', places.flatMap((d) => Array.from({ length: draw.int(1, d.level === 'COUNTY' ? 4 : 8) }, (_none, at) => ({
    division: d.code, unit: reporter(d), title: `${d.name}${draw.pick(TOPICS)}（第${at + 1}场）`, summary: draw.chance(0.6) ? '现场宣讲、发放资料、案例展示。' : '', heldOn: anyDay(draw, '2025-01-05', '2026-11-10'), attendances: draw.int(30, 900) }))));
  write('social-work-sections', 'unit,name,foundedOn,endedOn', units.list.filter((u) => u.kind === 'PUBLIC_INSTITUTION' && u.endedOn === '' && draw.chance(0.7)).map((u) => {
    const foundedOn = anyDay(draw, '2012-01-01', '2025-12-01');
    return { unit: u.code, name: '社会工作科', foundedOn: foundedOn < u.foundedOn ? addDays(u.foundedOn, 30) : foundedOn, endedOn: draw.chance(0.06) ? '2026-03-01' : '' };
  }));

  // Counties that record as a whole, most townships and communities that have units, and single units; some stopped.
  const all = [...world.divisions.values()].filter((d) => home(d) && units.within(d.code).some((u) => u.division === d.code) && ['COUNTY', 'TOWNSHIP', 'COMMUNITY'].includes(d.level));
  const above = (d: Division): Division => (reporters(d).length > 0 ? d : above(world.divisions.get(d.parent)!));
  write('recording-coverages', 'division,unit,coveredUnit,validFrom,validTo', [
    ...all.filter((d) => draw.chance(d.level === 'COUNTY' ? 0.7 : 0.55)).map((d) => ({ division: d.code, unit: reporter(above(d)), coveredUnit: '', validFrom: anyDay(draw, '2016-01-01', '2026-06-30'), validTo: draw.chance(0.05) ? '2026-07-01' : '' })),
    ...units.list.filter((u) => /EDUCATION|TRADE_UNION|VOLUNTEER|HEALTH/.test(u.kind) && u.endedOn === '' && u.division.startsWith('33') && draw.chance(0.4)).map((u) => ({ division: u.division, unit: u.code, coveredUnit: u.code, validFrom: anyDay(draw, '2018-01-01', '2026-06-30'), validTo: '' })),
  ]);
  write('incentive-measures', 'division,unit,year,title,text,document', places.filter((d) => d.level !== 'COUNTY').flatMap((d) => INCENTIVES.filter(() => d === province || draw.chance(0.5)).flatMap(([title, text]) => [2025, 2026].map((year) => ({
    division: d.code, unit: reporter(d), year, title, text, document: d === province && title === '志愿者星级评定' ? '浙社工〔2025〕9号' : '' })))));
  write('key-activities', 'division,unit,name,summary,startsOn,endsOn', places.filter((d) => d.level !== 'COUNTY').flatMap((d) => KEY.filter(() => d === province || draw.chance(0.35)).map((name) => {
    const startsOn = anyDay(draw, '2025-02-01', '2026-09-30');
    return { division: d.code, unit: reporter(d), name: `${d.name}${name}`, summary: '由社工带领志愿者队伍，在社区分组开展。', startsOn, endsOn: draw.chance(0.7) ? addDays(startsOn, draw.int(5, 90)) : '' };
  })));
  write('pilots', 'division,unit,kind,name,summary,places,poorCounties,poorVillages,funds,startsOn,endsOn', places.filter((d) => d.level !== 'COUNTY').flatMap((d) => PILOTS.filter(() => d === province || draw.chance(0.4)).map(([kind, name]) => ({
    division: d.code, unit: reporter(d), kind, name: `${d.name}${name}`, summary: '先选点，后评估，再推开。', places: `${d.name}及所辖${draw.int(1, 6)}个县（市、区）`,
    poorCounties: kind === 'POVERTY_DEMONSTRATION' ? draw.int(1, 4) : 0, poorVillages: kind === 'POVERTY_DEMONSTRATION' ? draw.int(3, 40) : 0, funds: (draw.int(20, 900) / 2).toFixed(1), startsOn: anyDay(draw, kind === 'POVERTY_DEMONSTRATION' ? '2018-01-01' : '2023-01-01', kind === 'POVERTY_DEMONSTRATION' ? '2019-12-01' : '2026-06-01'), endsOn: kind === 'POVERTY_DEMONSTRATION' ? '2020-12-31' : '' }))));
  write('division-statistics', 'division,year,residentPopulation,source', places.flatMap((d) => {
    const size = Math.round(POPULATION[d.level]! * (d === province ? 1 : 0.4 + draw.next() * 1.2));
    return [2024, 2025].map((year, at) => ({ division: d.code, year, residentPopulation: size + at * Math.round(size * (draw.next() * 0.02 - 0.006)), source: '示例统计公报（虚构）' }));
  }));
  write('association-memberships', 'unit,year,unitMembers,personalMembers,hasPartyOrganisation', units.list.filter((u) => u.kind === 'ASSOCIATION' && u.endedOn === '').flatMap((u) => {
    const [size, party] = [draw.int(8, 120), draw.chance(0.6)];
    return [2024, 2025].map((year, at) => ({ unit: u.code, year, unitMembers: size + at * draw.int(0, 9), personalMembers: size * draw.int(3, 12), hasPartyOrganisation: party }));
  }));
  write('opening-counts', 'division,year,measure,count,source', [['REGISTERED_VOLUNTEERS', 14_200_000], ['NATIONALLY_REGISTERED_VOLUNTEERS', 12_900_000], ['VOLUNTEER_HOURS', 96_000_000], ['TRAINING_ATTENDANCES', 41_300], ['VOLUNTEER_TRAINING_ATTENDANCES', 188_000]].flatMap(([measure, size]) =>
    [2024, 2025].map((year, at) => ({ division: HOME, year, measure, count: Math.round((size as number) * (at === 0 ? 0.93 : 1)), source: '上线前年度报表（虚构）' }))));
  return counts;
}
