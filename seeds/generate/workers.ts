// Social workers: practitioners of the network, further ones placed where social work is done, and clerks who hold a credential without doing any. Their qualifications, posts, employments and the stations.

import { inventedIdentity } from './codes.ts';
import { writeCsv } from './csv.ts';
import { AS_OF, addDays, addYears, anyDay, earlier, later } from './dates.ts';
import { inventedName, type Person } from './people.ts';
import { random, type Random } from './prng.ts';
import type { Initiative } from './initiatives.ts';
import type { Unit, Units } from './units.ts';

export interface Employed { person: string; unit: string; kind: string; from: string; to: string }
export interface Workers { people: Person[]; employed: Employed[]; counts: Record<string, number> }

const PEOPLE = 'code,name,title,officePhone,mobile,nationalId,birthDate,partyMember,login,unit,roles,from,to,otherAppointments';
const ROOM: Record<string, readonly [number, number]> = { COMMUNITY: [4, 7], SUBDISTRICT_TOWN: [4, 8], SERVICE_AGENCY: [4, 8], PUBLIC_INSTITUTION: [2, 5] };
const LEVELS = [['ASSISTANT', 66], ['SOCIAL_WORKER', 30], ['SENIOR', 4]] as const;
const LEVEL_TITLE: Record<string, string> = { ASSISTANT: '助理社会工作师', SOCIAL_WORKER: '社会工作师', SENIOR: '高级社会工作师' };
const POST_TITLE: Record<string, readonly string[]> = {
  COMMUNITY: ['社区社会工作者', '社区养老社工', '社区儿童主任'], SUBDISTRICT_TOWN: ['社工站站长', '社会救助社工', '驻站社工'], SERVICE_AGENCY: ['项目社工', '社工督导', '项目主管'], PUBLIC_INSTITUTION: ['院内社工', '心理与社会工作岗'],
};
const UNIT_TYPE = (unit: Unit): string => (unit.kind === 'PUBLIC_INSTITUTION' ? (unit.system === '民政' || unit.institutionKind !== '' ? 'CIVIL_AFFAIRS_INSTITUTION' : 'OTHER_INSTITUTION') : /COMMUNITY|SUBDISTRICT/.test(unit.kind) ? 'TOWNSHIP_COMMUNITY' : /AGENCY|VOLUNTEER|ASSOCIATION/.test(unit.kind) ? 'SOCIAL_ORGANISATION' : 'OTHER');

/** People beyond those of the departments: a file of its own, so that nothing drawn for the others moves. */
function placeFurther(units: Units, people: Person[], draw: Random): Person[] {
  const taken = new Set(people.map(({ nationalId }) => nationalId));
  const further: Person[] = [];
  for (const unit of units.list) {
    const room = unit.endedOn === '' && !unit.code.startsWith('32') ? ROOM[unit.kind] : undefined;
    for (let left = room ? draw.int(room[0], room[1]) : 0; left > 0; left--) {
      const index = people.length + further.length;
      const birthDate = anyDay(draw, '1970-01-01', '2002-06-30');
      let serial = draw.int(1, 980);
      while (taken.has(inventedIdentity(birthDate, serial))) serial++;
      const nationalId = inventedIdentity(birthDate, serial);
      taken.add(nationalId);
      const from = anyDay(draw, [unit.foundedOn, addYears(birthDate, 22), '2012-01-01'].reduce(later), '2026-06-30');
      further.push({
        code: `P${String(index + 1).padStart(6, '0')}`, name: inventedName(index), title: draw.pick(['社会工作者', '社会工作者', '助理社会工作师', '社区专职工作者']), officePhone: '', mobile: `154${String(index + 1).padStart(8, '0')}`, nationalId, birthDate,
        partyMember: draw.chance(0.3), login: '', unit: unit.code, roles: 'PRACTITIONER', from, to: '', otherAppointments: '',
      });
    }
  }
  writeCsv('practitioners.csv', PEOPLE, further);
  return further;
}

let serial = 0;
function qualificationsOf(person: Person, chance: number, draw: Random): object[] {
  const rows: object[] = [];
  const adult = addYears(person.birthDate, 23);
  if (draw.chance(0.28)) rows.push({ socialWorker: person.code, kind: 'DEGREE', title: draw.pick(['社会工作学士', '社会工作硕士', '社会学学士']), issuer: '示例大学', issuedOn: `${+adult.slice(0, 4)}-07-01` });
  if (draw.chance(chance)) {
    const level = draw.weighted(LEVELS);
    const issuedOn = anyDay(draw, earlier(later(addYears(adult, level === 'ASSISTANT' ? 0 : 4), '2009-09-01'), '2025-09-01'), '2025-12-31');
    const isRegistered = draw.chance(0.82);
    // Some let the registration lapse, and some are withdrawn.
    const registeredOn = isRegistered ? anyDay(draw, later(issuedOn, draw.chance(0.75) ? '2023-12-01' : '2018-01-01'), '2026-10-31') : '';
    rows.push({
      socialWorker: person.code, kind: 'CREDENTIAL', level, title: LEVEL_TITLE[level], issuer: '示例省人事考试院', issuedOn, withdrawnOn: draw.chance(0.01) ? '2026-08-01' : '', registeredOn,
      registeredUntil: registeredOn === '' ? '' : addDays(addYears(registeredOn, 3), registeredOn.endsWith('02-29') ? 1 : 0), certificateNumber: `${issuedOn.slice(0, 4)}0533033${String(++serial).padStart(6, '0')}`,
    });
  } else if (draw.chance(0.4)) rows.push({ socialWorker: person.code, kind: 'TRAINING_CERTIFICATE', title: '社会工作实务培训证书', issuer: '示例社会工作协会', issuedOn: anyDay(draw, earlier(later(adult, '2015-01-01'), '2026-01-01'), '2026-09-30') });
  return rows;
}

export function buildWorkers(units: Units, people: Person[], initiatives: Initiative[]): Workers {
  const draw = random('social workers');
  const further = placeFurther(units, people, draw);
  const all = [...people, ...further];
  const practitioners = all.filter(({ roles, unit }) => roles.includes('PRACTITIONER') && units.by.get(unit)!.endedOn === '');
  const idle = people.filter(({ roles, unit, to }) => /^CLERK/.test(roles) && to === '' && /CIVIL_AFFAIRS|PARTY_SOCIAL|WOMENS|YOUTH|TRADE|JUSTICE|HEALTH|EDUCATION/.test(units.by.get(unit)!.kind)).filter(() => draw.chance(0.42));
  const workers = [...practitioners, ...idle].sort((a, b) => (a.code < b.code ? -1 : 1));
  writeCsv('social-workers.csv', 'person', workers.map(({ code }) => ({ person: code })));
  const isIdle = new Set(idle);
  const qualified = workers.flatMap((person) => qualificationsOf(person, isIdle.has(person) ? 1 : 0.63, draw));
  writeCsv('qualifications.csv', 'socialWorker,kind,level,title,issuer,issuedOn,withdrawnOn,registeredOn,registeredUntil,certificateNumber', qualified);

  const ongoing = initiatives.filter(({ status, mechanisms }) => status === 'ACTIVE' && mechanisms.includes('PROFESSIONAL_POSTS'));
  const posts: { code: string; unit: string; openedOn: string; [column: string]: string }[] = [];
  const free = new Map<string, string[]>();
  const byUnit = new Map<string, Person[]>();
  for (const person of practitioners) byUnit.set(person.unit, [...(byUnit.get(person.unit) ?? []), person]);
  for (const [code, staff] of [...byUnit].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const unit = units.by.get(code)!;
    for (let left = Math.max(1, Math.round(staff.length * (0.45 + draw.next() * 0.45))); left > 0; left--) {
      const openedOn = anyDay(draw, later(unit.foundedOn, '2012-01-01'), '2026-06-30');
      const isClosed = draw.chance(0.04);
      const post = {
        code: `GW-${String(posts.length + 1).padStart(5, '0')}`, title: draw.pick(POST_TITLE[unit.kind] ?? ['社会工作岗']), unit: code, unitType: UNIT_TYPE(unit), kind: draw.chance(0.72) ? 'EXPLICIT' : 'DE_FACTO', grade: draw.chance(0.7) ? draw.weighted(LEVELS) : '',
        openedOn, closedOn: isClosed ? anyDay(draw, addDays(openedOn, 60), '2026-12-31') : '', initiative: openedOn >= '2024-01-01' && ongoing.length > 0 && draw.chance(0.5) ? draw.pick(ongoing).code : '',
      };
      posts.push(post);
      if (!isClosed) free.set(code, [...(free.get(code) ?? []), post.code]);
    }
  }
  writeCsv('posts.csv', 'code,title,unit,unitType,kind,grade,openedOn,closedOn,initiative', posts);

  const opened = new Map(posts.map((post) => [post.code, post.openedOn]));
  const employments: (Employed & { post: string })[] = [];
  const agencies = units.list.filter(({ kind, endedOn, division }) => kind === 'SERVICE_AGENCY' && endedOn === '' && division.startsWith('33'));
  for (const person of practitioners) {
    // A few are qualified, sit in the unit and are not employed there any more, or not yet.
    if (person.to === '' && draw.chance(0.06)) continue;
    const post = (free.get(person.unit) ?? []).find((code) => opened.get(code)! <= person.from);
    if (post) free.set(person.unit, free.get(person.unit)!.filter((code) => code !== post));
    const kind = draw.weighted([['FULL_TIME', 90], ['CONCURRENT', 7], ['UNPAID', 3]] as const);
    employments.push({ person: person.code, unit: person.unit, post: post ?? '', kind, from: person.from, to: person.to !== '' ? person.to : draw.chance(0.05) ? earlier(anyDay(draw, addDays(person.from, 90), '2026-11-01'), AS_OF) : '' });
    if (kind === 'FULL_TIME' && person.to === '' && draw.chance(0.03)) {
      const second = draw.pick(agencies);
      if (second.code !== person.unit) employments.push({ person: person.code, unit: second.code, post: '', kind: 'CONCURRENT', from: later(person.from, anyDay(draw, '2024-01-01', '2026-05-31')), to: '' });
    }
  }
  const valid = employments.filter(({ from, to, unit }) => (to === '' || from < to) && units.by.get(unit)!.foundedOn <= from);
  writeCsv('employments.csv', 'socialWorker,unit,post,kind,validFrom,validTo', valid.map(({ person, from, to, ...rest }) => ({ socialWorker: person, ...rest, validFrom: from, validTo: to })));
  const stations = units.list.filter(({ kind, endedOn, division }) => endedOn === '' && division.startsWith('33') && (kind === 'SUBDISTRICT_TOWN' || (kind === 'COMMUNITY' && draw.chance(0.6)))).map((unit, at) => {
    const kind = unit.kind === 'SUBDISTRICT_TOWN' ? 'SOCIAL_WORK' : 'VOLUNTEERING';
    return { code: `ZD-${String(at + 1).padStart(4, '0')}`, name: `${unit.name}${kind === 'SOCIAL_WORK' ? '社会工作站' : '志愿服务站'}`, kind, unit: unit.code, division: unit.division, openedOn: anyDay(draw, later(unit.foundedOn, '2016-01-01'), '2026-05-31'), closedOn: draw.chance(0.03) ? '2026-07-01' : '' };
  });
  writeCsv('stations.csv', 'code,name,kind,unit,division,openedOn,closedOn', stations);
  return { people: workers, employed: valid, counts: { practitioners: further.length, 'social workers': workers.length, qualifications: qualified.length, posts: posts.length, employments: valid.length, stations: stations.length } };
}
