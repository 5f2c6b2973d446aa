// Rules of social workers, posts, employments, worklogs and plans.

import { identityCheck } from '../generate/codes.ts';
import { AS_OF } from '../generate/dates.ts';
import { apart, count, index, isDate, load, must, oneOf, to, type Row } from './load.ts';

const groupBy = (rows: Row[], key: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
};

export function checkWorkers(units: Map<string, Row>): void {
  const further = load('practitioners');
  const people = index([...load('people'), ...further], 'code', 'people and practitioners');
  for (const key of ['nationalId', 'mobile']) must(new Set([...people.values()].map((p) => p[key])).size === people.size, `${key} of nobody twice`);
  for (const p of further) {
    must(/^999999\d{11}[\dX]$/.test(p['nationalId']!) && identityCheck(p['nationalId']!.slice(0, 17)) === p['nationalId']![17] && p['nationalId']!.slice(6, 14) === p['birthDate']!.replaceAll('-', ''), `${p['code']}: an invented identity number`);
    must(units.get(p['unit']!)!['endedOn'] === '' && /^[^\s]{2,4}$/.test(p['name']!) && /[示例样拟虚仿模演]/.test(p['name']!), `${p['code']}: a living unit and a plainly invented name`);
  }
  const workers = index(load('social-workers'), 'person', 'social workers');
  must(workers.size >= 2800 && workers.size <= 3300 && [...workers.keys()].every((code) => people.has(code)), 'about 3,000 social workers, each a person');

  const qualifications = load('qualifications');
  for (const q of qualifications) {
    must(workers.has(q['socialWorker']!) && (q['kind'] === 'CREDENTIAL') === (q['level'] !== '') && isDate(q['issuedOn']!) && q['issuedOn']! <= AS_OF, `qualification of ${q['socialWorker']}`);
    must((q['kind'] === 'CREDENTIAL') === /^(20\d\d)0533033\d{6}$/.test(q['certificateNumber']!) && (q['kind'] !== 'CREDENTIAL' || q['certificateNumber']!.slice(0, 4) <= q['issuedOn']!), `certificate of ${q['socialWorker']}`);
    must(q['registeredOn'] === '' || (q['registeredOn']! >= q['issuedOn']! && q['registeredUntil']! > q['registeredOn']!), `registration of ${q['socialWorker']}`);
  }
  const numbers = qualifications.map((q) => q['certificateNumber']!).filter((n) => n !== '');
  must(new Set(numbers).size === numbers.length, 'no certificate number twice');

  const posts = index(load('posts'), 'code', 'posts');
  for (const p of posts.values()) must(units.has(p['unit']!) && oneOf(p['kind']!, 'EXPLICIT DE_FACTO') && p['openedOn']! < to(p['closedOn']!), `${p['code']}: unit, kind and days`);
  const employments = load('employments');
  for (const e of employments) must(workers.has(e['socialWorker']!) && units.has(e['unit']!) && e['validFrom']! < to(e['validTo']!) && (e['post'] === '' || posts.get(e['post']!)!['unit'] === e['unit']), `employment of ${e['socialWorker']}`);
  for (const [person, own] of groupBy(employments.filter((e) => e['kind'] === 'FULL_TIME'), (e) => e['socialWorker']!)) must(apart(own.map((e) => ({ from: e['validFrom']!, to: e['validTo']! }))), `${person}: one full-time employment a day`);
  const employed = new Set(employments.filter((e) => to(e['validTo']!) > AS_OF).map((e) => e['socialWorker']));
  const idle = new Set(qualifications.filter((q) => q['kind'] === 'CREDENTIAL' && q['withdrawnOn'] === '' && !employed.has(q['socialWorker'])).map((q) => q['socialWorker']));
  must(idle.size > 300, 'some hundred idle certificates');

  const logs = load('worklogs');
  must(logs.length > 40_000 && logs.every((l) => l['date']! >= '2026-07-01' && l['date']! <= '2026-09-30' && +l['hours']! > 0), 'a quarter of worklogs');
  must([...groupBy(logs, (l) => `${l['person']} ${l['date']}`).values()].every((day) => day.reduce((sum, l) => sum + +l['hours']!, 0) <= 24), 'no day above 24 hours');

  const plans = index(load('service-plans'), 'code', 'plans');
  const surveys = index(load('needs-surveys'), 'code', 'surveys');
  must([...plans.values()].some((p) => p['survey'] === '') && [...plans.values()].some((p) => p['consultation'] !== ''), 'plans with and without a survey');
  const records = groupBy(load('service-records'), (r) => r['servicePlan']!);
  must([...plans.values()].some((p) => p['status'] === 'APPROVED' && !records.has(p['code']!)), 'empty plans');
  console.log(`${workers.size} social workers, ${idle.size} idle certificates, plans: ${count([...plans.values()], 'status')}; surveys: ${count([...surveys.values()], 'status')}; worklogs: ${count(logs, 'category')}`);
}
