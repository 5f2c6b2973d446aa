// Further appointments of about one person in twenty: an earlier post elsewhere, a second one now, or what became of people of merged departments.

import { AS_OF, addDays, addYears, anyDay, earlier, later } from './dates.ts';
import type { Random } from './prng.ts';
import type { Person } from './people.ts';
import type { Unit, Units } from './units.ts';

const PLAIN = new Set(['CLERK', 'PRACTITIONER', 'HR_OFFICER', 'FINANCE_OFFICER']);

const line = (unit: Unit, role: string, from: string, to: string): string => `${unit.code} ${role} ${from}..${to}`;

export function otherAppointments(person: Person, units: Units, draw: Random): string {
  const main = units.by.get(person.unit)!;
  if (main.successor !== '' && draw.chance(0.5)) {
    const successor = units.by.get(main.successor)!;
    return line(successor, 'CLERK', successor.foundedOn, anyDay(draw, '2011-01-01', '2019-12-31'));
  }
  if (!draw.chance(0.052)) return '';
  const found: string[] = [];
  if (draw.chance(0.55)) found.push(earlierPost(person, main, units, draw));
  if (found[0] === undefined || found[0] === '' || draw.chance(0.15)) found.push(secondPost(person, main, units, draw));
  return found.filter((text) => text !== '').join(';');
}

function earlierPost(person: Person, main: Unit, units: Units, draw: Random): string {
  const same = units.list.filter((u) => u.kind === main.kind && u.division.slice(0, 4) === main.division.slice(0, 4) && u !== main && u.endedOn === '');
  if (same.length === 0) return '';
  const unit = draw.pick(same);
  const start = [unit.foundedOn, addYears(person.birthDate, 23), '2006-01-01'].reduce(later);
  const latest = addDays(person.from, -200);
  if (start >= latest) return '';
  const from = anyDay(draw, start, latest);
  return line(unit, main.kind === 'COMMUNITY' ? 'PRACTITIONER' : 'CLERK', from, anyDay(draw, addDays(from, 90), person.from));
}

function secondPost(person: Person, main: Unit, units: Units, draw: Random): string {
  if (person.to !== '') return '';
  const county = main.division.slice(0, 6);
  const role = person.roles.split(';').find((r) => PLAIN.has(r)) ?? 'CLERK';
  const near = units.list.filter((u) => u.endedOn === '' && u !== main && u.division.startsWith(county) && (role === 'PRACTITIONER'
    ? /COMMUNITY|VOLUNTEER_ORGANISATION|SUBDISTRICT_TOWN/.test(u.kind)
    : /PARTY_SOCIAL_WORK|ORGANISATION_DEPARTMENT|SUBDISTRICT_TOWN|ASSOCIATION|CIVIL_AFFAIRS/.test(u.kind)));
  if (near.length === 0) return '';
  const unit = draw.pick(near);
  const from = anyDay(draw, later(unit.foundedOn, person.from), earlier(AS_OF, '2026-09-01'));
  return from < person.from || from >= AS_OF ? '' : line(unit, role, from, draw.chance(0.2) ? addDays(AS_OF, draw.int(60, 600)) : '');
}
