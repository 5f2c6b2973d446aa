// Rules of divisions, units, documents, mandates and people.

import { creditValid, identityCheck } from '../generate/codes.ts';
import { AS_OF } from '../generate/dates.ts';
import { PSEUDO } from '../generate/divisions.ts';
import { LOGINS, PERSONAS } from '../generate/personas.ts';
import { apart, cells, index, isDate, load, must, oneOf, to } from './load.ts';
import type { Row } from './load.ts';

const KINDS = 'PARTY_COMMITTEE ORGANISATION_DEPARTMENT PARTY_SOCIAL_WORK POLITICAL_LEGAL CIVIL_AFFAIRS HUMAN_RESOURCES LABOUR_SOCIAL_SECURITY HUMAN_RESOURCES_SOCIAL_SECURITY EDUCATION JUSTICE HEALTH FINANCE PUBLIC_SECURITY POVERTY_ALLEVIATION PETITIONS TRADE_UNION YOUTH_LEAGUE WOMENS_FEDERATION DISABLED_FEDERATION PUBLIC_INSTITUTION SUBDISTRICT_TOWN COMMUNITY SERVICE_AGENCY VOLUNTEER_ORGANISATION ASSOCIATION';
const SYSTEMS = ' 民政 公安（禁毒办） 司法行政 扶贫 工会 共青团 综治 教育 人力社保 卫健 信访 妇联 残联';
const ROLES = 'COORDINATOR DIRECTOR CLERK HR_OFFICER FINANCE_OFFICER PRACTITIONER AGENCY_MANAGER BI_READER AUDITOR SECURITY_ADMIN SYSTEM_ADMIN';
export const MECHANISMS = 'ORGANISATION_LEADERSHIP PROFESSIONAL_POSTS FUNDING REMUNERATION SERVICE_AGENCIES CAPABILITY';

export function checkDivisions(): Map<string, Row> {
  const published = load('divisions');
  const communities = load('communities');
  must(published.length === 44700, '44,700 divisions');
  must(communities.length >= 100 && communities.length <= 140, 'about 120 communities');
  const all = index([...published, ...communities], 'code', 'divisions');
  for (const c of communities) must(/^\d{12}$/.test(c['code']!) && c['level'] === 'COMMUNITY' && all.get(c['parent']!)?.['level'] === 'TOWNSHIP' && c['code']!.startsWith(c['parent']!), `community ${c['code']}`);
  return all;
}

export function checkUnits(divisions: Map<string, Row>): Map<string, Row> {
  const rows = load('units');
  const units = index(rows, 'code', 'units');
  must(rows.length >= 1400 && rows.length <= 1650, 'about 1,500 units');
  must(creditValid('91331081307655191L') && !creditValid('91310115MA1H8R7C6D'), 'the check character of credit codes');
  const credits = rows.map((u) => u['creditCode']!).filter((c) => c !== '');
  must(new Set(credits).size === credits.length, 'credit codes are unique');
  must(credits.length / rows.length > 0.55 && credits.length / rows.length < 0.68, 'about 60 % have a credit code');
  for (const u of rows) {
    const [code, kind] = [u['code']!, u['kind']!];
    const division = divisions.get(u['division']!);
    must(division !== undefined && !PSEUDO.has(division['name']!), `${code}: division`);
    must(new RegExp(`^${u['division']}-${kind}(-0[2-9])?$`).test(code) && oneOf(kind, KINDS), `${code}: shape of the code`);
    const parent = units.get(u['lineParent']!);
    if (kind === 'COMMUNITY') must(parent?.['kind'] === 'SUBDISTRICT_TOWN' && parent['division'] === division?.['parent'], `${code}: line of a community`);
    else if (u['lineParent'] !== '') must(parent?.['kind'] === kind && parent['division'] === division?.['parent'], `${code}: line`);
    else if (!/SUBDISTRICT|AGENCY|VOLUNTEER|ASSOCIATION|INSTITUTION/.test(kind)) must(!units.has(`${division?.['parent']}-${kind}`), `${code}: line parent missing`);
    must(u['creditCode'] === '' || creditValid(u['creditCode']!), `${code}: credit code`);
    must(SYSTEMS.split(' ').includes(u['system']!), `${code}: system`);
    must((u['institutionKind'] !== '') === (kind === 'PUBLIC_INSTITUTION'), `${code}: institution kind`);
    const social = /^(SERVICE_AGENCY|VOLUNTEER_ORGANISATION|ASSOCIATION)$/.test(kind);
    must(social === (u['legalForm'] !== '') && social === (u['registrationLevel'] !== '') && (!social || oneOf(u['legalForm']!, 'SOCIAL_ORGANISATION SOCIAL_SERVICE_INSTITUTION FOUNDATION')), `${code}: legal form`);
    must(isDate(u['foundedOn']!) && (u['endedOn'] === '' || (isDate(u['endedOn']!) && u['endedOn']! > u['foundedOn']!)), `${code}: life`);
    if (u['successor'] !== '') must(u['endedOn'] !== '' && units.get(u['successor']!)!['foundedOn']! <= u['endedOn']! && units.get(u['successor']!)!['endedOn'] === '', `${code}: successor`);
    if (/^(HUMAN_RESOURCES|LABOUR_SOCIAL_SECURITY)$/.test(kind)) must(u['endedOn'] === '2009-06-01' && u['successor'] === `${u['division']}-HUMAN_RESOURCES_SOCIAL_SECURITY`, `${code}: merged`);
    if (kind === 'PARTY_SOCIAL_WORK') must(u['foundedOn'] === '2023-07-01', `${code}: founded in 2023`);
    if (kind === 'POVERTY_ALLEVIATION') must(u['endedOn'] === '2021-05-25', `${code}: ended in 2021`);
    let last = u['foundedOn']!;
    for (const former of cells(u['formerNames']!)) {
      const [, from, until] = /@(.{10})\.\.(.{10})$/.exec(former) ?? [];
      must(from === last && until !== undefined && until > from && until < to(u['endedOn']!), `${code}: former names follow each other`);
      last = until ?? last;
    }
  }
  return units;
}

export function checkDocuments(units: Map<string, Row>): Map<string, Row> {
  const rows = load('documents');
  const documents = index(rows, 'number', 'documents');
  for (const d of rows) {
    const year = /^\p{Script=Han}+〔(\d{4})〕\d+号$/u.exec(d['number']!)?.[1];
    must(year !== undefined && year === d['issuedOn']!.slice(0, 4) && isDate(d['issuedOn']!), `${d['number']}: year`);
    must(oneOf(d['kind']!, 'SOCIAL_WORK VOLUNTEERING'), `${d['number']}: kind`);
    for (const issuer of cells(d['issuers']!)) must(alive(units.get(issuer), d['issuedOn']!), `${d['number']}: issuer ${issuer}`);
    for (const old of cells(d['supersedes']!)) must(documents.has(old) && documents.get(old)!['issuedOn']! < d['issuedOn']!, `${d['number']}: supersedes`);
  }
  must(rows.length >= 20 && rows.length <= 35, 'about 25 documents');
  return documents;
}

export const alive = (unit: Row | undefined, date: string): boolean => unit !== undefined && unit['foundedOn']! <= date && date < to(unit['endedOn']!);

export function checkMandates(units: Map<string, Row>, documents: Map<string, Row>): number {
  const rows = load('mandates');
  const same = new Map<string, { from: string; to: string }[]>();
  const coordination = new Map<string, { from: string; to: string }[]>();
  for (const m of rows) {
    const name = `${m['unit']} ${m['role']} ${m['mechanism']} ${m['from']}`;
    const unit = units.get(m['unit']!);
    const period = { from: m['from']!, to: m['to']! };
    must(isDate(period.from) && (period.to === '' || isDate(period.to)), `${name}: dates`);
    must(unit !== undefined && unit['foundedOn']! <= period.from && to(period.to) <= to(unit['endedOn']!), `${name}: within the unit's life`);
    must(documents.get(m['basis']!) !== undefined && documents.get(m['basis']!)!['issuedOn']! <= period.from, `${name}: basis`);
    const all = m['role'] === 'LEADERSHIP' || m['role'] === 'OVERALL_COORDINATION';
    must(oneOf(m['role']!, 'LEADERSHIP OVERALL_COORDINATION RESPONSIBLE COOPERATING') && (all ? m['mechanism'] === '' : oneOf(m['mechanism']!, MECHANISMS)), `${name}: mechanism`);
    const key = `${m['unit']} ${m['role']} ${m['mechanism']}`;
    same.set(key, [...(same.get(key) ?? []), period]);
    if (m['role'] === 'OVERALL_COORDINATION') coordination.set(unit!['division']!, [...(coordination.get(unit!['division']!) ?? []), period]);
  }
  for (const [key, periods] of same) must(apart(periods), `${key}: overlaps itself`);
  const wanted = [...units.values()].map((u) => u['division']!).filter((d) => d.length === 6);
  for (const division of new Set(wanted)) {
    const periods = (coordination.get(division) ?? []).sort((a, b) => (a.from < b.from ? -1 : 1));
    must(apart(periods) && periods[0]?.from === '2008-03-01' && periods.at(-1)?.to === '' && periods.every((p, i) => i === 0 || periods[i - 1]!.to === p.from), `${division}: coordination without gap`);
  }
  return rows.length;
}

export interface Staffed { people: Map<string, Row>; current: Map<string, Set<string>> }

export function checkPeople(units: Map<string, Row>): Staffed {
  const rows = load('people');
  const people = index(rows, 'code', 'people');
  for (const key of ['mobile', 'nationalId', 'name']) index(rows, key, 'people');
  must(rows.length >= 5500 && rows.length <= 6800, 'about 6,000 people');
  const current = new Map<string, Set<string>>();
  const held = new Set<string>();
  const put = (unit: string, person: string): void => { current.set(unit, (current.get(unit) ?? new Set()).add(person)); };
  let others = 0;
  let none = 0;
  for (const p of rows) {
    const code = p['code']!;
    const unit = units.get(p['unit']!);
    must(/^P\d{6}$/.test(code) && /^154\d{8}$/.test(p['mobile']!) && oneOf(p['partyMember']!, 'true false'), `${code}: shape`);
    must(/^999999\d{11}[\dX]$/.test(p['nationalId']!) && identityCheck(p['nationalId']!.slice(0, 17)) === p['nationalId']![17], `${code}: identity number`);
    must(p['nationalId']!.slice(6, 14) === p['birthDate']!.replaceAll('-', '') && isDate(p['birthDate']!), `${code}: birth date`);
    const roles = cells(p['roles']!);
    must(roles.length > 0 && new Set(roles).size === roles.length && roles.every((r) => oneOf(r, ROLES)), `${code}: roles`);
    must(!/AUDITOR|_ADMIN/.test(p['roles']!) || (roles.length === 1 && p['otherAppointments'] === ''), `${code}: separated role alone`);
    must(unit !== undefined && unit['foundedOn']! <= p['from']! && p['from']! < to(p['to']!) && to(p['to']!) <= to(unit['endedOn']!), `${code}: main appointment within the unit's life`);
    must(p['from']! > p['birthDate']! && p['from']! <= AS_OF, `${code}: from`);
    const now = p['from']! <= AS_OF && AS_OF < to(p['to']!);
    if (now) { put(p['unit']!, code); for (const role of roles) held.add(`${p['unit']} ${role}`); }
    let active = now;
    for (const other of cells(p['otherAppointments']!)) {
      others++;
      const [, at, role, from, until] = /^(\S+) (\S+) (.{10})\.\.(.{10})?$/.exec(other) ?? [];
      const place = units.get(at ?? '');
      must(place !== undefined && oneOf(role!, ROLES) && from! < to(until ?? '') && place['foundedOn']! <= from! && to(until ?? '') <= to(place['endedOn']!), `${code}: ${other}`);
      must(at !== p['unit'] || !roles.includes(role!), `${code}: the same post twice`);
      if (from! <= AS_OF && AS_OF < to(until ?? '')) { put(at!, code); active = true; }
    }
    if (!active) none++;
  }
  for (const unit of units.values()) {
    if (unit['endedOn'] !== '') continue;
    const [code, kind] = [unit['code']!, unit['kind']!];
    must(held.has(`${code} DIRECTOR`) && held.has(`${code} CLERK`), `${code}: director and clerk`);
    if (unit['division']!.length === 6 && !/AGENCY|VOLUNTEER|ASSOCIATION/.test(kind)) must(held.has(`${code} HR_OFFICER`), `${code}: personnel officer`);
    if (kind === 'ORGANISATION_DEPARTMENT') must(held.has(`${code} COORDINATOR`), `${code}: coordinator`);
    if (/^(COMMUNITY|SERVICE_AGENCY)$/.test(kind)) must(held.has(`${code} PRACTITIONER`), `${code}: practitioner`);
    if (kind === 'SERVICE_AGENCY') must(held.has(`${code} AGENCY_MANAGER`), `${code}: manager`);
  }
  const logins = rows.filter((p) => p['login'] !== '');
  must(logins.length === PERSONAS.length + LOGINS.length, 'only personas sign in');
  for (const { login, unit, role } of LOGINS) must(logins.some((p) => p['login'] === login && p['unit'] === unit && p['roles'] === role && p['to'] === ''), `persona ${login}`);
  for (const persona of PERSONAS) must(logins.some((p) => p['login'] === persona.login && p['unit'] === persona.unit && p['roles'] === persona.roles && p['to'] === ''), `persona ${persona.login}`);
  must(others > rows.length * 0.04 && others < rows.length * 0.08, 'about 5 % have another appointment');
  must(none > 10, 'some have no current appointment');
  console.log(`people: ${others} other appointments, ${none} without a current one`);
  return { people, current };
}
