// The initiatives: the policy itself with its six mechanisms, then further ones over mechanisms, levels, visibilities and states.

import { writeCsv } from './csv.ts';
import { AS_OF, addDays, anyDay, anyWorkday, earlier } from './dates.ts';
import { HOME, SHOWCASE } from './divisions.ts';
import type { World } from './divisions.ts';
import { SUPERVISION, type PolicyDocument } from './documents.ts';
import { CHILDREN, KINDS, POLICY } from './policy.ts';
import { random } from './prng.ts';
import type { Random } from './prng.ts';
import { AT_RISK, MECHANISM, MILESTONES, OFF_TRACK, ON_TRACK, THEMES } from './themes.ts';
import type { Unit, Units } from './units.ts';

export interface Initiative {
  code: string; title: string; summary: string; mechanisms: string; division: string; visibility: string; startsOn: string; endsOn: string; status: string;
  leadUnit: string; participations: string; parent: string; document: string; milestones: string; updates: string;
}
export const leadOf = (initiative: Initiative): string => initiative.leadUnit.split(' ')[0]!;
export const participantsOf = (initiative: Initiative): string[] => initiative.participations.split(';').map((p) => p.split(' ')[0]!).filter((p) => p !== '');

const COLUMNS = 'code,title,summary,mechanisms,division,visibility,startsOn,endsOn,status,leadUnit,participations,parent,document,milestones,updates';
const STATES: readonly (readonly [string, number])[] = [['ACTIVE', 27], ['PLANNED', 8], ['DRAFT', 5], ['SUSPENDED', 5], ['CLOSED', 12], ['CANCELLED', 5]];
const WINDOWS: Record<string, readonly [string, string, string, string]> = {
  ACTIVE: ['2025-01-06', '2026-06-30', '2026-12-31', '2028-06-30'], PLANNED: ['2026-12-01', '2027-03-01', '2027-10-31', '2028-12-28'],
  DRAFT: ['2026-12-15', '2027-04-01', '2027-12-31', '2028-12-28'], SUSPENDED: ['2025-02-01', '2026-03-01', '2027-03-31', '2027-12-31'],
  CLOSED: ['2024-01-08', '2025-02-01', '2025-12-31', '2026-09-30'], CANCELLED: ['2024-06-01', '2025-09-01', '2026-12-31', '2027-06-30'],
};

export function buildInitiatives(world: World, units: Units, documents: PolicyDocument[]): Initiative[] {
  const draw = random('initiatives');
  const list: Initiative[] = [];
  const add = (initiative: Omit<Initiative, 'code' | 'milestones' | 'updates'>): void => {
    const code = `INI-${String(list.length + 1).padStart(4, '0')}`;
    list.push({ code, ...initiative, milestones: milestones(initiative, draw), updates: updates(initiative, draw) });
  };
  const lettered = (text: string): string => text.split(';').map((p) => `${HOME}-${KINDS[p[0]!]}${p.slice(1)}`).join(';');

  const policy = { division: HOME, visibility: 'NETWORK', endsOn: '2028-12-29', status: 'ACTIVE', document: '浙组〔2024〕6号' };
  add({ ...policy, title: POLICY.title, summary: POLICY.summary, mechanisms: CHILDREN.map((c) => c.mechanism).join(';'), startsOn: '2024-03-01', leadUnit: lettered('O OVERALL_COORDINATION'), participations: lettered(POLICY.participants), parent: '' });
  for (const child of CHILDREN) {
    add({ ...policy, title: child.title, summary: child.summary, mechanisms: child.mechanism, startsOn: '2024-04-01', leadUnit: lettered(child.lead), participations: lettered(child.participants), parent: 'INI-0001' });
  }

  const seats = [...new Set(world.communities.map((c) => c.code.slice(0, 6)))];
  const states = STATES.flatMap(([state, count]) => Array.from({ length: count }, () => state));
  states.forEach((status, index) => {
    const [letters, lead, others, title, summary] = THEMES[(index * 5) % THEMES.length]!.split('|') as [string, string, string, string, string];
    const level = index % 4;
    const showcase = status === 'ACTIVE' && level === 3 && index % 8 === 3;
    const division = showcase || (level === 3 && index > 40 && index % 8 === 3) ? SHOWCASE : level === 0 ? HOME
      : level === 1 || (level === 2 && index % 3 === 0) ? world.prefectures[(index * 3) % world.prefectures.length]!.code
      : index % 5 === 0 ? draw.pick(world.counties).code : seats[index % seats.length]!;
    const leadUnit = open(units.at(division, KINDS[lead]!)) ?? units.at(division, 'PARTY_SOCIAL_WORK')!;
    const mechanisms = letters.split(' ').map((letter) => MECHANISM[letter]!);
    const window = WINDOWS[status]!;
    const startsOn = anyWorkday(draw, window[0], window[1])!;
    // How work is supervised starts none.
    const fitting = documents.filter((d) => !Object.values(SUPERVISION).includes(d.number) && d.issuedOn < startsOn && d.issuedOn > '2017' && (d.issuers.startsWith(HOME) || d.issuers.startsWith(division)));
    add({
      title: title.replace('{d}', division === HOME ? '全省' : placeName(world, division)), summary, mechanisms: mechanisms.join(';'), division,
      visibility: draw.chance(0.68) ? 'NETWORK' : 'PARTICIPANTS', startsOn, endsOn: anyDay(draw, window[2], window[3]), status,
      leadUnit: `${leadUnit.code} ${leadUnit.kind === 'ORGANISATION_DEPARTMENT' ? 'OVERALL_COORDINATION' : 'RESPONSIBLE'}`,
      participations: participations(units, division, leadUnit, others, draw),
      parent: draw.chance(0.35) && startsOn >= '2024-04-01' ? list.find((i) => i.parent === 'INI-0001' && i.mechanisms === mechanisms[0])!.code : '',
      document: draw.chance(0.85) ? draw.pick(draw.chance(0.5) && division.startsWith('33') && startsOn > '2024-01-15' ? fitting.filter((d) => d.number === policy.document) : fitting).number : '',
    });
  });
  writeCsv('initiatives.csv', COLUMNS, list);
  return list;
}

/** 杭州市 at the prefecture, 杭州市西湖区 below it, 诸暨市 alone. */
export function placeName(world: World, code: string): string {
  const division = world.divisions.get(code)!;
  if (division.level === 'PROVINCE') return '全省';
  if (division.level === 'COUNTY' && division.name.endsWith('市')) return division.name;
  return division.level === 'COUNTY' || division.level === 'COMMUNITY' ? world.divisions.get(division.parent)!.name + division.name : division.name;
}

const open = (unit: Unit | undefined): Unit | undefined => (unit?.endedOn === '' ? unit : undefined);

function participations(units: Units, division: string, lead: Unit, letters: string, draw: Random): string {
  const roles = new Map<string, string>();
  const put = (unit: Unit | undefined, role: string): void => { if (open(unit) !== undefined && unit !== lead && !roles.has(unit!.code)) roles.set(unit!.code, role); };
  if (draw.chance(0.4)) put(units.at(division, 'PARTY_COMMITTEE'), 'LEADERSHIP');
  if (lead.kind !== 'ORGANISATION_DEPARTMENT' && draw.chance(0.8)) put(units.at(division, 'ORGANISATION_DEPARTMENT'), 'OVERALL_COORDINATION');
  letters.split(' ').forEach((letter, index) => put(units.at(division, KINDS[letter]!), index === 0 ? 'RESPONSIBLE' : 'COOPERATING'));
  for (const unit of draw.sample(units.below(lead).filter((u) => u.endedOn === ''), draw.int(2, 4))) put(unit, 'COOPERATING');
  const near = units.within(division).filter((u) => /SERVICE_AGENCY|VOLUNTEER|SUBDISTRICT|^COMMUNITY|PUBLIC_INST/.test(u.kind) && (division !== HOME || u.division === HOME));
  if (near.length > 0) for (const unit of draw.sample(near, draw.int(1, 3))) put(unit, 'COOPERATING');
  return [...roles].map(([unit, role]) => `${unit} ${role}`).join(';');
}

function milestones(initiative: { startsOn: string; endsOn: string }, draw: Random): string {
  const count = draw.int(2, 5);
  const days = Array.from({ length: count }, () => anyWorkday(draw, addDays(initiative.startsOn, 30), initiative.endsOn)!).sort();
  const titles = draw.sample(MILESTONES.map((_, index) => index), count).sort((a, b) => a - b);
  return days.map((day, index) => `${day} ${MILESTONES[titles[index]!]}`).join(';');
}

function updates(initiative: { startsOn: string; endsOn: string; status: string }, draw: Random): string {
  if (initiative.status === 'DRAFT' || initiative.status === 'PLANNED') return '';
  const until = earlier(initiative.endsOn, draw.chance(0.3) ? '2026-07-31' : addDays(AS_OF, -4));
  const days = [...new Set(Array.from({ length: draw.int(2, 5) }, () => anyWorkday(draw, addDays(initiative.startsOn, 20), until)!))].sort();
  return days.map((day) => {
    const health = draw.weighted([['ON_TRACK', 6], ['AT_RISK', 3], ['OFF_TRACK', 1]] as const);
    return `${day} ${health} ${draw.pick(health === 'ON_TRACK' ? ON_TRACK : health === 'AT_RISK' ? AT_RISK : OFF_TRACK)}`;
  }).join(';');
}
