// The people: names out of number words and stems that nobody bears, identity numbers of a region that does not exist,
// mobile numbers of the prefix 154, which is assigned to no operator, and office numbers that start with 0.

import { inventedIdentity } from './codes.ts';
import { writeCsv } from './csv.ts';
import { AS_OF, addDays, addYears, anyDay, earlier, later } from './dates.ts';
import { HOME } from './divisions.ts';
import { otherAppointments } from './appointments.ts';
import { LOGINS, PERSONAS } from './personas.ts';
import { random } from './prng.ts';
import { staffOf, titleOf } from './staff.ts';
import type { Unit, Units } from './units.ts';

export interface Person {
  code: string; name: string; title: string; officePhone: string; mobile: string; nationalId: string; birthDate: string; partyMember: boolean;
  login: string; unit: string; roles: string; from: string; to: string; otherAppointments: string;
}

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳'];
const MARKS = [...'示例样拟虚仿模演'];
const NUMERALS = [...'一二三四五六七八九十百千甲乙丙丁戊己庚辛壬癸'];
const AREA: Record<string, string> = { 3301: '0571', 3302: '0574', 3303: '0577', 3304: '0573', 3305: '0572', 3306: '0575', 3307: '0579', 3308: '0570', 3309: '0580', 3310: '0576', 3311: '0578' };
const COLUMNS = 'code,name,title,officePhone,mobile,nationalId,birthDate,partyMember,login,unit,roles,from,to,otherAppointments';

/** A name for every number below 60 × 8 × 22: neighbours differ in every character. */
export function inventedName(index: number): string {
  const surname = SURNAMES[index % SURNAMES.length]!;
  const rest = (Math.floor(index / SURNAMES.length) + (index % SURNAMES.length) * 7) % (MARKS.length * NUMERALS.length);
  return surname + MARKS[rest % MARKS.length]! + NUMERALS[Math.floor(rest / MARKS.length)]!;
}

export function buildPeople(units: Units): Person[] {
  const draw = random('people');
  const list: Person[] = [];
  /** The last serial number given to someone born on a day. */
  const born = new Map<string, number>();

  const add = (unit: Unit, roles: string, login = '', ended = false): Person => {
    const index = list.length;
    const lastDay = unit.endedOn !== '' ? unit.endedOn : AS_OF;
    const director = roles.includes('DIRECTOR');
    const youngest = addYears(lastDay, director ? -34 : -23);
    const birthDate = anyDay(draw, addYears(lastDay, -57), earlier(youngest, '2003-06-30'));
    const earliest = [unit.foundedOn, addYears(birthDate, 23), unit.endedOn === '' ? (director ? '2016-01-01' : '2010-01-01') : unit.foundedOn].reduce(later);
    const latest = unit.endedOn === '' ? (ended ? '2024-12-31' : '2026-06-30') : addDays(unit.endedOn, -200);
    const serial = (born.get(birthDate) ?? draw.int(1, 899)) + 1;
    born.set(birthDate, serial);
    const from = anyDay(draw, earlier(earliest, latest), latest);
    const to = unit.endedOn !== '' ? unit.endedOn : ended ? anyDay(draw, addDays(from, 90), '2026-09-30') : '';
    const area = AREA[unit.division.slice(0, 4)] ?? (unit.division.startsWith('32') ? '025' : '0571');
    const grass = /^(COMMUNITY|SERVICE_AGENCY|VOLUNTEER_ORGANISATION|ASSOCIATION)$/.test(unit.kind);
    const person: Person = {
      code: `P${String(index + 1).padStart(6, '0')}`, name: inventedName(index), title: titleOf(unit, roles, draw),
      officePhone: draw.chance(0.92) ? `${area}-0${String(1000000 + index * 7).slice(0, 7)}` : '', mobile: `154${String(index + 1).padStart(8, '0')}`,
      nationalId: inventedIdentity(birthDate, serial), birthDate, partyMember: draw.chance(grass ? 0.32 : 0.78), login, unit: unit.code,
      roles, from, to, otherAppointments: '',
    };
    list.push(person);
    return person;
  };

  const filled = new Set<string>();
  for (const persona of PERSONAS) {
    add(units.by.get(persona.unit)!, persona.roles, persona.login);
    if (/DIRECTOR/.test(persona.roles)) filled.add(`${persona.unit} DIRECTOR`);
  }
  for (const unit of units.list) {
    if (unit.endedOn !== '') {
      if (unit.kind === 'POVERTY_ALLEVIATION' || /^(HUMAN|LABOUR)/.test(unit.kind)) if (unit.division === HOME || draw.chance(0.35)) add(unit, draw.pick(['DIRECTOR', 'CLERK']));
      continue;
    }
    for (const roles of staffOf(unit, draw)) if (!filled.has(`${unit.code} ${roles}`)) add(unit, roles);
    if (draw.chance(0.08)) add(unit, 'CLERK', '', true);
  }
  const others = random('other appointments');
  for (const person of list) if (person.login === '' && !/AUDITOR|_ADMIN|BI_READER/.test(person.roles)) person.otherAppointments = otherAppointments(person, units, others);
  for (const { login, role, unit } of LOGINS) list.find((person) => person.unit === unit && person.roles === role && person.to === '')!.login = login;
  writeCsv('people.csv', COLUMNS, list);
  return list;
}

/** The people with a current appointment, main or other, by unit. */
export function currentStaff(people: Person[]): Map<string, Person[]> {
  const staff = new Map<string, Person[]>();
  const put = (unit: string, person: Person): void => { staff.set(unit, [...(staff.get(unit) ?? []), person]); };
  for (const person of people) {
    if (/AUDITOR|_ADMIN|BI_READER/.test(person.roles)) continue;
    if (person.to === '') put(person.unit, person);
    for (const other of person.otherAppointments.split(';')) {
      const [unit, , period] = other.split(' ');
      if (unit !== undefined && period?.endsWith('..') && unit !== person.unit) put(unit, person);
    }
  }
  return staff;
}
