// The units: every kind at the province, every government kind in each prefecture, the core kinds (and some more) in each county,
// subdistricts, towns and communities where communities were invented, agencies, volunteer organisations, associations and institutions.

import { writeCsv } from './csv.ts';
import { inventedCredit } from './codes.ts';
import { HOME, NEIGHBOUR, SHOWCASE } from './divisions.ts';
import type { Division, World } from './divisions.ts';
import { CORE, FURTHER, GOVERNMENT, INVENTED, OLD_DIVISION_NAMES, unitName } from './kinds.ts';
import type { KindRule } from './kinds.ts';
import { random } from './prng.ts';

export interface Unit {
  code: string; name: string; shortName: string; kind: string; division: string; lineParent: string; creditCode: string; system: string;
  institutionKind: string; legalForm: string; registrationLevel: string; foundedOn: string; endedOn: string; successor: string; formerNames: string;
}
export interface Units {
  list: Unit[]; by: Map<string, Unit>;
  at(division: string, kind: string): Unit | undefined;
  within(division: string): Unit[];
  below(unit: Unit): Unit[];
}

type Level = 'PROVINCE' | 'PREFECTURE' | 'COUNTY';
const START = '2004-01-01';
const COLUMNS = 'code,name,shortName,kind,division,lineParent,creditCode,system,institutionKind,legalForm,registrationLevel,foundedOn,endedOn,successor,formerNames';
const SHORT: Record<string, string> = { SERVICE_AGENCY: '社工', VOLUNTEER_ORGANISATION: '志愿', ASSOCIATION: '协会' };
const INSTITUTIONS: readonly (readonly [string, string])[] = [
  ['养老', '社会福利中心'], ['精神疾病', '精神康复院'], ['儿童福利', '儿童福利院'], ['救助管理', '救助管理站'], ['殡葬', '殡仪服务所'], ['婚姻家庭', '婚姻家庭辅导中心'], ['其他', '社会工作指导中心'],
];

export function buildUnits(world: World): Units {
  const draw = random('units');
  const list: Unit[] = [];
  const by = new Map<string, Unit>();
  let serial = 0;

  const add = (unit: Partial<Unit> & { kind: string; division: string; name: string }, credit: string, always = false): Unit => {
    const plain = `${unit.division}-${unit.kind}`;
    let code = plain;
    for (let n = 2; by.has(code); n++) code = `${plain}-${String(n).padStart(2, '0')}`;
    serial++;
    const creditCode = credit !== '' && (always || draw.chance(0.66)) ? inventedCredit(credit, unit.division, serial) : '';
    const full: Unit = {
      shortName: '', lineParent: '', system: '', institutionKind: '', legalForm: '', registrationLevel: '', foundedOn: START, endedOn: '',
      successor: '', formerNames: '', ...unit, creditCode, code,
    };
    list.push(full);
    by.set(code, full);
    return full;
  };

  const government = (division: Division, rule: KindRule): void => {
    const level = division.level as Level;
    const parent = by.get(`${division.parent}-${rule.kind}`);
    add({
      kind: rule.kind, division: division.code, name: unitName(division.name, rule.name[level]),
      shortName: rule.short[level].replace('%', level === 'PROVINCE' ? '省' : level === 'PREFECTURE' ? '市' : division.name.slice(-1)),
      lineParent: parent?.code ?? '', system: rule.system, foundedOn: rule.founded ?? START, endedOn: rule.ended ?? '',
      successor: rule.successor === undefined ? '' : `${division.code}-${rule.successor}`, formerNames: formerNames(division, rule, level),
    }, rule.credit, division.code === HOME || division.code === SHOWCASE);
  };

  const partner = (division: Division, kind: string, ending: string, legalForm: string, more: Partial<Unit> = {}): Unit => {
    const brand = draw.pick(INVENTED);
    const place = division.name.replace(/(.)(省|市|区|县)$/, (_, last: string, end: string) => (end === '省' ? last : last + end));
    let name = `${place}${brand}${ending}`;
    for (let n = 0; list.some((u) => u.name === name); n++) name = `${place}${INVENTED[n]}${ending}`;
    const credit = legalForm === 'FOUNDATION' ? '53' : legalForm === 'SOCIAL_SERVICE_INSTITUTION' ? '52' : '51';
    const founded = `20${String(draw.int(8, 22)).padStart(2, '0')}-${String(draw.int(1, 12)).padStart(2, '0')}-${String(draw.int(1, 28)).padStart(2, '0')}`;
    return add({ kind, division: division.code, name, shortName: name.slice(place.length, place.length + 2) + SHORT[kind], legalForm, registrationLevel: division.level, foundedOn: founded, ...more }, credit, division.code === SHOWCASE);
  };

  const institution = (division: Division, index: number): void => {
    const [institutionKind, ending] = INSTITUTIONS[index % INSTITUTIONS.length]!;
    const name = `${division.name}${draw.pick(INVENTED)}${ending}`;
    add({ kind: 'PUBLIC_INSTITUTION', division: division.code, name, shortName: ending, institutionKind, system: institutionKind === '其他' ? '' : '民政', foundedOn: `20${String(draw.int(4, 15)).padStart(2, '0')}-0${draw.int(1, 9)}-01` }, '12');
  };

  const divisionOf = (code: string): Division => world.divisions.get(code)!;
  const province = divisionOf(HOME);
  for (const rule of GOVERNMENT) government(province, rule);
  INSTITUTIONS.forEach((_, index) => institution(province, index));
  for (let n = 0; n < 3; n++) partner(province, 'SERVICE_AGENCY', '社会工作发展中心', 'SOCIAL_SERVICE_INSTITUTION');
  partner(province, 'VOLUNTEER_ORGANISATION', '志愿服务联合会', 'SOCIAL_ORGANISATION');
  partner(province, 'VOLUNTEER_ORGANISATION', '志愿服务基金会', 'FOUNDATION');
  partner(province, 'ASSOCIATION', '社会工作者协会', 'SOCIAL_ORGANISATION');
  partner(province, 'ASSOCIATION', '社会工作教育研究会', 'SOCIAL_ORGANISATION');

  world.prefectures.forEach((prefecture, p) => {
    for (const rule of GOVERNMENT) government(prefecture, rule);
    institution(prefecture, p);
    institution(prefecture, p + 3);
    partner(prefecture, 'SERVICE_AGENCY', '社会工作服务中心', 'SOCIAL_SERVICE_INSTITUTION');
    partner(prefecture, 'VOLUNTEER_ORGANISATION', '志愿者协会', 'SOCIAL_ORGANISATION');
    partner(prefecture, 'ASSOCIATION', '社会工作者协会', 'SOCIAL_ORGANISATION');
  });

  const seats = new Set(world.communities.map((c) => c.code.slice(0, 6)));
  world.counties.forEach((county, c) => {
    const seat = seats.has(county.code);
    const kinds = seat ? GOVERNMENT.map((rule) => rule.kind) : [...CORE, ...draw.sample(FURTHER, draw.int(1, 2))];
    for (const rule of GOVERNMENT) if (kinds.includes(rule.kind)) government(county, rule);
    if (seat) for (let n = 0; n < (county.code === SHOWCASE ? 3 : 2); n++) partner(county, 'SERVICE_AGENCY', '社会工作服务社', 'SOCIAL_SERVICE_INSTITUTION');
    else if (c % 3 === 0) partner(county, 'SERVICE_AGENCY', '社会工作服务中心', 'SOCIAL_SERVICE_INSTITUTION');
    if (seat || c % 5 === 1) partner(county, 'VOLUNTEER_ORGANISATION', ...((c % 3 === 1 ? ['志愿服务中心', 'SOCIAL_SERVICE_INSTITUTION'] : ['义工联合会', 'SOCIAL_ORGANISATION']) as [string, string]));
    if (seat || c % 4 === 2) institution(county, c);
    if (seat) partner(county, 'ASSOCIATION', '社区工作者协会', 'SOCIAL_ORGANISATION');
  });
  const closed = partner(divisionOf(SHOWCASE), 'SERVICE_AGENCY', '社会工作事务所', 'SOCIAL_SERVICE_INSTITUTION', { foundedOn: '2012-05-08', endedOn: '2022-04-01', successor: `${SHOWCASE}-SERVICE_AGENCY-02` });
  if (by.get(closed.successor) === undefined) throw new Error('no successor for the closed agency');

  for (const code of [...new Set(world.communities.map((c) => c.parent))]) {
    const township = divisionOf(code);
    const [name, shortName] = township.name.endsWith('街道') ? [`${township.name}办事处`, township.name] : [`${township.name}人民政府`, township.name];
    add({ kind: 'SUBDISTRICT_TOWN', division: code, name: divisionOf(township.parent).name + name, shortName }, '11');
  }
  for (const community of world.communities) {
    add({ kind: 'COMMUNITY', division: community.code, name: `${divisionOf(community.parent).name}${community.name}居民委员会`, shortName: community.name, lineParent: `${community.parent}-SUBDISTRICT_TOWN` }, '');
  }

  const neighbourKinds = [...CORE, 'JUSTICE', 'HEALTH', 'TRADE_UNION', 'YOUTH_LEAGUE', 'WOMENS_FEDERATION'];
  for (const code of [NEIGHBOUR, '320100']) for (const rule of GOVERNMENT) if (neighbourKinds.includes(rule.kind)) government(divisionOf(code), rule);
  partner(divisionOf('320100'), 'SERVICE_AGENCY', '社会工作服务中心', 'SOCIAL_SERVICE_INSTITUTION');

  writeCsv('units.csv', COLUMNS, list);
  return indexed(world, list, by);
}

function indexed(world: World, list: Unit[], by: Map<string, Unit>): Units {
  const children = new Map<string, Unit[]>();
  for (const unit of list) if (unit.lineParent !== '') children.set(unit.lineParent, [...(children.get(unit.lineParent) ?? []), unit]);
  const inside = new Map<string, Unit[]>();
  for (const unit of list) {
    for (let d: string | undefined = unit.division; d !== undefined && d !== ''; d = world.divisions.get(d)?.parent) {
      const found = inside.get(d);
      if (found === undefined) inside.set(d, [unit]); else found.push(unit);
    }
  }
  return { list, by, at: (division, kind) => by.get(`${division}-${kind}`), within: (division) => inside.get(division) ?? [], below: (unit) => children.get(unit.code) ?? [] };
}

/** Every earlier full name with its days, from renamings of the kind and of the division together. */
function formerNames(division: Division, rule: KindRule, level: Level): string {
  const old = OLD_DIVISION_NAMES[division.code];
  const founded = rule.founded ?? START;
  const ended = rule.ended ?? '9999-12-31';
  const cuts = [...(rule.former ?? []).map((f) => f.until), ...(old === undefined ? [] : [old.until])].filter((cut) => founded < cut && cut < ended).sort();
  return cuts.map((until, index) => {
    const place = old !== undefined && until <= old.until ? old.name : division.name;
    const suffix = rule.former?.find((f) => until <= f.until)?.name[level] ?? rule.name[level];
    return `${unitName(place, suffix)}@${cuts[index - 1] ?? founded}..${until}`;
  }).join(';');
}
