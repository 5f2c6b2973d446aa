// Rules of initiatives, tasks and assignments.

import { AS_OF, isWeekday } from '../generate/dates.ts';
import { BY_DIVISION } from '../generate/choice.ts';
import { AGENCY, COMMUNITY, PERSONAS } from '../generate/personas.ts';
import { cells, count, index, isDate, load, must, oneOf, to } from './load.ts';
import type { Row } from './load.ts';
import { MECHANISMS, alive } from './structure.ts';
import type { Staffed } from './structure.ts';

const OPEN = 'ISSUED ACCEPTED IN_PROGRESS REPORTED RETURNED';
const DONE = 'CLOSED TERMINATED';

export function checkInitiatives(divisions: Map<string, Row>, units: Map<string, Row>, documents: Map<string, Row>): Map<string, Row> {
  const rows = load('initiatives');
  const initiatives = index(rows, 'code', 'initiatives');
  for (const i of rows) {
    const code = i['code']!;
    const mechanisms = cells(i['mechanisms']!);
    must(mechanisms.length > 0 && mechanisms.every((m) => oneOf(m, MECHANISMS)) && new Set(mechanisms).size === mechanisms.length, `${code}: mechanisms`);
    must(divisions.has(i['division']!) && oneOf(i['visibility']!, 'NETWORK PARTICIPANTS') && oneOf(i['status']!, 'DRAFT PLANNED ACTIVE SUSPENDED CLOSED CANCELLED'), `${code}: codes`);
    must(isDate(i['startsOn']!) && isDate(i['endsOn']!) && i['startsOn']! < i['endsOn']!, `${code}: dates`);
    const [lead, role] = i['leadUnit']!.split(' ');
    must(units.get(lead!)?.['endedOn'] === '' && oneOf(role!, 'RESPONSIBLE OVERALL_COORDINATION') && units.get(lead!)!['division'] === i['division'], `${code}: lead`);
    const seen = new Set([lead]);
    for (const part of cells(i['participations']!)) {
      const [unit, as] = part.split(' ');
      must(alive(units.get(unit!), AS_OF) && oneOf(as!, 'COOPERATING RESPONSIBLE LEADERSHIP OVERALL_COORDINATION') && !seen.has(unit), `${code}: ${part}`);
      seen.add(unit);
    }
    must(i['parent'] === '' || (initiatives.has(i['parent']!) && i['parent']! < code), `${code}: parent`);
    must(i['document'] === '' || documents.get(i['document']!)!['issuedOn']! <= i['startsOn']!, `${code}: document`);
    must(cells(i['milestones']!).every((m) => isDate(m.slice(0, 10)) && m[10] === ' ' && m.length > 11 && m.slice(0, 10) <= i['endsOn']!), `${code}: milestones`);
    must(cells(i['updates']!).every((u) => /^\S{10} (ON_TRACK|AT_RISK|OFF_TRACK) .+$/.test(u) && isDate(u.slice(0, 10)) && u.slice(0, 10) <= AS_OF && u.slice(0, 10) >= i['startsOn']!), `${code}: updates`);
  }
  const children = rows.filter((i) => i['parent'] === 'INI-0001').slice(0, 6);
  must(cells(rows[0]!['mechanisms']!).length === 6 && rows[0]!['leadUnit'] === '330000-ORGANISATION_DEPARTMENT OVERALL_COORDINATION', 'INI-0001');
  must(new Set(children.map((c) => c['mechanisms'])).size === 6, 'six children of INI-0001, one for each mechanism');
  must(rows.length >= 52, 'at least 52 initiatives');
  const active = rows.filter((i) => i['status'] === 'ACTIVE').length;
  must(active >= 26 && active <= 38, 'about 30 active');
  return initiatives;
}

function isBelow(unit: Row, above: Row, units: Map<string, Row>, divisions: Map<string, Row>): boolean {
  if (unit === above) return false;
  for (let u: Row | undefined = unit; u !== undefined; u = units.get(u['lineParent']!)) if (u === above) return true;
  return BY_DIVISION.test(above['kind']!) && isInDivision(unit['division']!, above['division']!, divisions);
}
function isInDivision(code: string, above: string, divisions: Map<string, Row>): boolean {
  for (let d: string | undefined = code; d !== undefined && d !== ''; d = divisions.get(d)?.['parent']) if (d === above) return true;
  return false;
}

export function checkTasks(divisions: Map<string, Row>, units: Map<string, Row>, initiatives: Map<string, Row>, staffed: Staffed): void {
  const rows = load('tasks');
  const tasks = index(rows, 'code', 'tasks');
  index(rows, 'title', 'tasks');
  const given = load('assignments');
  index(given.map((a) => ({ key: `${a['task']} ${a['unit']}` })), 'key', 'assignments');
  const of = new Map<string, Row[]>();
  for (const a of given) of.set(a['task']!, [...(of.get(a['task']!) ?? []), a]);
  const depth = new Map<string, number>();
  for (const t of rows) {
    const code = t['code']!;
    const status = t['status']!;
    const initiative = initiatives.get(t['initiative']!);
    const issuer = units.get(t['issuingUnit']!)!;
    const own = of.get(code) ?? [];
    const waiting = oneOf(status, 'DRAFT PENDING_ISSUE');
    must(oneOf(t['source']!, 'INITIATIVE MEETING_RESOLUTION LEADER_INSTRUCTION DOCUMENT') && (t['source'] !== 'INITIATIVE' || initiative !== undefined), `${code}: source`);
    must(oneOf(t['urgency']!, 'NORMAL URGENT MAJOR') && oneOf(t['confidential']!, 'true false') && oneOf(status, `DRAFT PENDING_ISSUE ${OPEN} COMPLETED SUSPENDED ${DONE}`), `${code}: codes`);
    must(t['title'] !== '' && t['requirement'] !== '' && t['expectedResult'] !== '', `${code}: texts`);
    must(isDate(t['dueOn']!) && isWeekday(t['dueOn']!) && waiting === (t['issuedOn'] === '') && (waiting || (isDate(t['issuedOn']!) && t['issuedOn']! < t['dueOn']! && t['issuedOn']! <= AS_OF)), `${code}: days`);
    must(alive(issuer, AS_OF), `${code}: issuer`);
    must(own.filter((a) => a['role'] === 'LEAD').length === 1 && own.length <= 5, `${code}: one lead, at most four others`);
    if (initiative !== undefined) {
      must(waiting || t['issuedOn']! >= initiative['startsOn']!, `${code}: not before its initiative`);
      must(t['dueOn']! <= initiative['endsOn']!, `${code}: not after its initiative`);
      const allowed: Record<string, string> = { CLOSED: DONE, CANCELLED: DONE, DRAFT: 'DRAFT', PLANNED: 'DRAFT PENDING_ISSUE', SUSPENDED: `SUSPENDED ${DONE}` };
      must(initiative['status'] === 'ACTIVE' || oneOf(status, allowed[initiative['status']!]!), `${code}: ${status} in a ${initiative['status']} initiative`);
    } else must(t['initiative'] === '', `${code}: initiative`);
    checkAssignments(t, own, units, staffed);
    const parent = tasks.get(t['parent']!);
    depth.set(code, parent === undefined ? 1 : depth.get(parent['code']!)! + 1);
    if (parent === undefined) {
      must(t['parent'] === '', `${code}: parent`);
      must(issuer['kind'] === 'ORGANISATION_DEPARTMENT' || initiative?.['leadUnit']!.split(' ')[0] === issuer['code'], `${code}: issuer of a root task`);
      const joined = cells(initiative?.['participations'] ?? '').map((p) => p.split(' ')[0]);
      for (const a of own) must(isInDivision(units.get(a['unit']!)!['division']!, issuer['division']!, divisions) || joined.includes(a['unit']!), `${code}: ${a['unit']} lies outside`);
      continue;
    }
    const from = (of.get(parent['code']!) ?? []).find((a) => a['unit'] === issuer['code']);
    must(from !== undefined && !oneOf(from['status']!, 'ISSUED REFUSED PROPOSED EXCUSED'), `${code}: issuer works on the parent`);
    must(t['dueOn']! <= parent['dueOn']! && t['dueOn']! <= (from?.['dueOn'] ?? '') && (waiting || t['issuedOn']! >= parent['issuedOn']!), `${code}: within the parent's days`);
    must(t['initiative'] === parent['initiative'] && (parent['confidential'] === 'false' || t['confidential'] === 'true') && parent['code']! < code, `${code}: inherits`);
    for (const a of own) must(isBelow(units.get(a['unit']!)!, issuer, units, divisions), `${code}: ${a['unit']} is not below ${issuer['code']}`);
    const closing: Record<string, string> = { CLOSED: 'CLOSED', COMPLETED: 'CLOSED COMPLETED', TERMINATED: DONE, SUSPENDED: `SUSPENDED ${DONE}` };
    must(!(parent['status']! in closing) || oneOf(status, closing[parent['status']!]!), `${code}: ${status} under ${parent['status']}`);
    must(!oneOf(parent['status']!, 'DRAFT PENDING_ISSUE ISSUED'), `${code}: parent not at work`);
  }
  for (const a of given) must(tasks.has(a['task']!), `assignment of ${a['task']}`);
  totals(rows, given, tasks, initiatives, depth, staffed);
}

function checkAssignments(t: Row, own: Row[], units: Map<string, Row>, { current }: Staffed): void {
  const follows: Record<string, string> = { ISSUED: 'ISSUED REFUSED', COMPLETED: 'COMPLETED', CLOSED: 'COMPLETED', TERMINATED: 'TERMINATED', SUSPENDED: 'ISSUED ACCEPTED IN_PROGRESS REPORTED RETURNED', DRAFT: 'PROPOSED', PENDING_ISSUE: 'PROPOSED' };
  for (const a of own) {
    const name = `${a['task']} ${a['unit']}`;
    const lead = a['role'] === 'LEAD';
    must(lead || a['role'] === 'COOPERATING', `${name}: role`);
    must(alive(units.get(a['unit']!), AS_OF), `${name}: open unit`);
    must(oneOf(a['status']!, 'PROPOSED ISSUED ACCEPTED REFUSED IN_PROGRESS REPORTED RETURNED COMPLETED EXCUSED TERMINATED'), `${name}: status`);
    if (lead) must(oneOf(a['status']!, follows[t['status']!] ?? t['status']!) && a['dueOn'] === t['dueOn'], `${name}: lead ${a['status']} of a task ${t['status']}`);
    else if (oneOf(t['status']!, 'CLOSED COMPLETED TERMINATED')) must(oneOf(a['status']!, 'COMPLETED EXCUSED TERMINATED'), `${name}: ${a['status']} of a task ${t['status']}`);
    must((a['status'] === 'PROPOSED') === oneOf(t['status']!, 'DRAFT PENDING_ISSUE'), `${name}: proposed`);
    const progress = Number(a['progress']);
    must(/^\d+$/.test(a['progress']!) && progress <= 100 && (!oneOf(a['status']!, 'REPORTED COMPLETED') || progress === 100) && (!oneOf(a['status']!, 'PROPOSED ISSUED') || progress === 0), `${name}: progress`);
    must(isDate(a['dueOn']!) && isWeekday(a['dueOn']!) && a['dueOn']! <= t['dueOn']! && a['dueOn']! > t['issuedOn']!, `${name}: due`);
    for (const who of [a['person']!, a['liaison']!]) must(who === '' || (current.get(a['unit']!)?.has(who) ?? false), `${name}: ${who} is not of the unit`);
    must(a['person'] === '' || a['person'] !== a['liaison'], `${name}: liaison is another person`);
  }
}

function totals(rows: Row[], given: Row[], tasks: Map<string, Row>, initiatives: Map<string, Row>, depth: Map<string, number>, { people }: Staffed): void {
  const share = (what: string, n: number, low: number, high: number): void => {
    const ratio = n / rows.length;
    console.log(`tasks ${what}: ${n} (${(ratio * 100).toFixed(1)} %)`);
    must(ratio >= low && ratio <= high, `share of tasks ${what}`);
  };
  must(rows.length >= 1600, 'at least 1,600 tasks');
  share('confidential', rows.filter((t) => t['confidential'] === 'true').length, 0.04, 0.08);
  share('without an initiative', rows.filter((t) => t['initiative'] === '').length, 0.04, 0.09);
  share('in draft', rows.filter((t) => t['status'] === 'DRAFT').length, 0.03, 0.06);
  share('open and late', rows.filter((t) => oneOf(t['status']!, OPEN) && t['dueOn']! < AS_OF).length, 0.13, 0.18);
  const policy = rows.filter((t) => t['parent'] === '' && oneOf(t['initiative']!, 'INI-0002 INI-0003 INI-0004 INI-0005 INI-0006 INI-0007'));
  must(policy.length >= 28, 'at least 28 tasks of the policy');
  for (const i of initiatives.keys()) must(rows.some((t) => t['initiative'] === i), `${i} has a task`);
  const levels = [1, 2, 3, 4].map((d) => [...depth.values()].filter((n) => n === d).length);
  must(levels[1]! > 0 && levels[2]! > 0, 'children and grandchildren');
  console.log(`tasks by depth: ${levels.join(', ')}\ntasks by state: ${count(rows, 'status')}\nassignments by state: ${count(given, 'status')}\ninitiatives by state: ${count([...initiatives.values()], 'status')}`);
  for (const persona of PERSONAS) {
    const open = given.filter((a) => a['unit'] === persona.unit && oneOf(a['status']!, OPEN) && tasks.get(a['task']!)!['status'] !== 'SUSPENDED');
    const mine = open.filter((a) => people.get(a['person']!)?.['login'] === persona.login);
    console.log(`${persona.login}: ${persona.unit}, ${open.length} open assignments, responsible for ${mine.length}`);
    if (!/AUDITOR|_ADMIN|COORDINATOR/.test(persona.roles) && persona.login !== 'leader') must(open.length >= 5 && mine.length >= 3, `${persona.login} has work on the desk`);
  }
  must([COMMUNITY, AGENCY].every((unit) => given.some((a) => a['unit'] === unit)) && to('') > AS_OF, 'community and agency are at work');
}
