// Rules of joint conferences, meetings and resolutions.

import { AS_OF, isWeekday } from '../generate/dates.ts';
import { apart, cells, count, index, isDate, load, must, oneOf, to } from './load.ts';
import type { Row } from './load.ts';
import { alive } from './structure.ts';
import type { Staffed } from './structure.ts';

export function checkConferences(units: Map<string, Row>, documents: Map<string, Row>, { current }: Staffed): void {
  const conferences = index(load('conferences'), 'code', 'conferences');
  const members = new Map<string, { unit: string; from: string; to: string }[]>();
  for (const [code, c] of conferences) {
    must(units.get(c['convenor']!)?.['division'] === c['division'] && alive(units.get(c['convenor']!), AS_OF), `${code}: convenor`);
    must(isDate(c['foundedOn']!) && documents.get(c['document']!)!['issuedOn']! <= c['foundedOn']! && c['endedOn'] === '', `${code}: founded on a document`);
    const own = cells(c['members']!).map((cell) => {
      const [, unit, from, until, liaison] = /^(\S+) (.{10})\.\.(.{10})?(?: (P\d{6}))?$/.exec(cell) ?? [];
      must(alive(units.get(unit ?? ''), from!) && from! >= c['foundedOn']! && (liaison === undefined || (until === undefined && current.get(unit!)!.has(liaison))), `${code}: ${cell}`);
      return { unit: unit!, from: from!, to: until ?? '' };
    });
    for (const unit of new Set(own.map((m) => m.unit))) must(apart(own.filter((m) => m.unit === unit)), `${code}: ${unit} is a member once at a time`);
    must(own.length >= 8 && own.some((m) => m.to !== ''), `${code}: members, one of which left`);
    members.set(code, own);
  }
  must(conferences.size === 3, 'a provincial conference and two of prefectures');
  const given = load('meetings');
  const meetings = index(given.map((m): Row => ({ ...m, key: `${m['conference']} ${m['number']}` })), 'key', 'meetings');
  for (const [key, m] of meetings) {
    must(isDate(m['heldOn']!) && isWeekday(m['heldOn']!) && m['heldOn']! >= conferences.get(m['conference']!)!['foundedOn']!, `${key}: day`);
    must(oneOf(m['status']!, 'PLANNED HELD CANCELLED') && (m['status'] === 'PLANNED') === m['heldOn']! > AS_OF && (m['status'] === 'HELD') === (m['minutes'] !== ''), `${key}: state`);
    must(m['number'] === '1' || meetings.get(`${m['conference']} ${+m['number']! - 1}`)!['heldOn']! < m['heldOn']!, `${key}: numbered in order`);
  }
  const resolutions = load('resolutions');
  index(resolutions.map((r): Row => ({ key: `${r['conference']} ${r['meeting']} ${r['number']}` })), 'key', 'resolutions');
  const tasks = index(load('tasks'), 'code', 'tasks');
  const used = new Set<string>();
  for (const r of resolutions) {
    const key = `${r['conference']} ${r['meeting']} ${r['number']}`;
    const meeting = meetings.get(`${r['conference']} ${r['meeting']}`)!;
    const day = meeting['heldOn']!;
    must(meeting['status'] === 'HELD' && oneOf(r['status']!, 'AGREED TASKED NOTED DROPPED') && (r['dueOn'] === '' || r['dueOn']! >= day), `${key}: of a meeting that was held`);
    must(r['responsible'] === '' || r['responsible'] === conferences.get(r['conference']!)!['convenor'] || members.get(r['conference']!)!.some((m) => m.unit === r['responsible'] && m.from <= day && day < to(m.to)), `${key}: responsible`);
    must((r['status'] === 'TASKED') === (r['tasks'] !== ''), `${key}: tasks`);
    for (const code of cells(r['tasks']!)) {
      const task = tasks.get(code)!;
      must(!used.has(code) && task['source'] === 'MEETING_RESOLUTION' && task['parent'] === '' && (task['issuedOn'] === '' || task['issuedOn']! >= day), `${key}: ${code}`);
      used.add(code);
    }
  }
  must(used.size >= 30, 'at least 30 tasks come of resolutions');
  console.log(`resolutions: ${count(resolutions, 'status')}; meetings: ${count(given, 'status')}; tasks of resolutions ${used.size}`);
}
