// The tasks and their assignments: the policy's own measures, root tasks of every initiative, tasks without one, what the personas
// have on their desks, and the child tasks that units decompose their assignments into.

import { assign } from './assignments.ts';
import type { Assignment } from './assignments.ts';
import { chooser } from './choice.ts';
import { writeCsv } from './csv.ts';
import { HOME, SHOWCASE } from './divisions.ts';
import type { World } from './divisions.ts';
import type { Initiative } from './initiatives.ts';
import { leadOf } from './initiatives.ts';
import { currentStaff } from './people.ts';
import type { Person } from './people.ts';
import { AGENCY, COMMUNITY } from './personas.ts';
import { CHILDREN, KINDS } from './policy.ts';
import { random } from './prng.ts';
import { ROOT, divisible, placeChild, placeRoot } from './states.ts';
import type { Placed } from './states.ts';
import type { Unit, Units } from './units.ts';
import { worder } from './wording.ts';
import type { Wording } from './wording.ts';

export interface Task extends Placed {
  code: string; title: string; requirement: string; source: string; initiative: string; issuingUnit: string; urgency: string; confidential: boolean;
  expectedResult: string; parent: string;
}
interface Plan { issuer: Unit; to: Unit[]; mechanism: string; initiative: string; placed: Placed; confidential: boolean; source: string; wording: Wording; parent?: Task; depth: number }

const TASK_COLUMNS = 'code,title,requirement,source,initiative,issuingUnit,urgency,confidential,issuedOn,dueOn,expectedResult,status,parent';
const ASSIGNMENT_COLUMNS = 'task,unit,role,person,liaison,dueOn,status,progress,internalNote';
const MECHANISMS = ['ORGANISATION_LEADERSHIP', 'PROFESSIONAL_POSTS', 'FUNDING', 'REMUNERATION', 'SERVICE_AGENCIES', 'CAPABILITY'];
const OPEN_ONLY = [['IN_PROGRESS future', 6], ['ACCEPTED future', 2], ['ISSUED future', 2], ['IN_PROGRESS late', 2], ['REPORTED future', 1], ['RETURNED future', 1]] as const;

export function buildTasks(world: World, units: Units, people: Person[], initiatives: Initiative[]): { tasks: Task[]; assignments: Assignment[] } {
  const draw = random('tasks');
  const desks = random('assignments');
  const word = worder(world, random('wording'));
  const choose = chooser(world, units, draw);
  const staff = currentStaff(people);
  const tasks: Task[] = [];
  const assignments: Assignment[] = [];

  const add = (plan: Plan): void => {
    const task: Task = {
      code: `TSK-${String(tasks.length + 1).padStart(5, '0')}`, title: plan.wording.title, requirement: plan.wording.requirement, source: plan.source, initiative: plan.initiative,
      issuingUnit: plan.issuer.code, urgency: draw.weighted([['NORMAL', 72], ['URGENT', 20], ['MAJOR', 8]] as const), confidential: plan.confidential,
      issuedOn: plan.placed.issuedOn, dueOn: plan.placed.dueOn, expectedResult: plan.wording.expectedResult, status: plan.placed.status, parent: plan.parent?.code ?? '',
    };
    tasks.push(task);
    const own = assign(task, plan.to[0]!.code, plan.to.slice(1).map((u) => u.code), staff, desks);
    assignments.push(...own);
    if (!divisible(task.status) || task.issuedOn > '2026-10-20' || plan.depth >= 4) return;
    if (task.status === 'ACCEPTED' && !draw.chance(0.25)) return;
    decompose(task, plan, own);
  };

  /** The lead (sometimes a co-operating unit at work) hands parts of its assignment on. */
  const decompose = (task: Task, plan: Plan, own: Assignment[]): void => {
    const busy = own.filter((a) => a.role === 'LEAD' || (/IN_PROGRESS|COMPLETED/.test(a.status) && draw.chance(0.12)));
    for (const assignment of busy) {
      const unit = units.by.get(assignment.unit)!;
      const below = choose.below(unit).filter((u) => u !== plan.issuer);
      if (below.length === 0 || !draw.chance(0.64)) continue;
      const leads = draw.sample(below, draw.int(1, 4));
      for (const lead of leads) {
        const placed = placeChild(draw, { ...task, dueOn: assignment.dueOn });
        if (placed === undefined) continue;
        const others = draw.chance(0.4) ? draw.sample(below.filter((u) => u !== lead && u.division.slice(0, 4) === lead.division.slice(0, 4)), draw.int(1, 2)) : [];
        const wording = word(lead, plan.mechanism, plan.confidential, draw.chance(0.7) ? plan.wording.template : undefined);
        add({ issuer: unit, to: [lead, ...others], mechanism: plan.mechanism, initiative: plan.initiative, placed, confidential: plan.confidential, source: plan.source, wording, parent: task, depth: plan.depth + 1 });
      }
    }
  };

  const root = (initiative: Initiative | undefined, issuer: Unit, weights = ROOT[initiative?.status ?? 'ACTIVE']!, force?: (to: Unit[]) => Unit[]): void => {
    const mechanism = initiative === undefined ? draw.pick(MECHANISMS) : draw.pick(initiative.mechanisms.split(';'));
    const chosen = choose.root(issuer, mechanism, initiative);
    const to = force === undefined ? chosen : force(chosen);
    const placed = placeRoot(draw, weights, initiative?.startsOn ?? '2024-03-01', initiative?.endsOn ?? '2027-06-30');
    if (to.length === 0 || placed === undefined) return;
    const confidential = draw.chance(0.055);
    const source = confidential ? draw.pick(['LEADER_INSTRUCTION', 'DOCUMENT']) : draw.weighted([[initiative === undefined ? 'DOCUMENT' : 'INITIATIVE', 6], ['MEETING_RESOLUTION', 2], ['LEADER_INSTRUCTION', 1], ['DOCUMENT', 1]] as const);
    add({ issuer, to, mechanism, initiative: initiative?.code ?? '', placed, confidential, source, wording: word(to[0]!, mechanism, confidential), depth: 1 });
  };

  const coordinatorOf = (division: string): Unit => units.at(division, 'ORGANISATION_DEPARTMENT')!;

  for (const child of CHILDREN) {
    const initiative = initiatives.find((i) => i.parent === 'INI-0001' && i.mechanisms === child.mechanism)!;
    const leader = units.by.get(leadOf(initiative))!;
    for (const text of child.tasks) {
      const [title, requirement, expectedResult, lead, others] = text.split('|') as [string, string, string, string, string];
      const unit = (letter: string): Unit => units.at(HOME, KINDS[letter]!)!;
      const issuer = lead === 'O' || leader.kind === 'ORGANISATION_DEPARTMENT' || draw.chance(0.6) ? coordinatorOf(HOME) : leader;
      const to = [unit(lead), ...others.split(' ').map(unit)].filter((u, index) => u !== issuer || index === 0);
      const placed = placeRoot(draw, [['IN_PROGRESS future', 7], ['ACCEPTED future', 2], ['REPORTED future', 2], ['CLOSED past', 3], ['IN_PROGRESS late', 2], ['RETURNED future', 1]], initiative.startsOn, initiative.endsOn)!;
      const template = `{d}：${title}|${requirement}|${expectedResult}`;
      add({ issuer, to, mechanism: child.mechanism, initiative: initiative.code, placed, confidential: false, source: 'INITIATIVE', wording: { title, requirement: `${requirement}。`, expectedResult, template }, depth: 1 });
    }
  }

  for (const initiative of initiatives) {
    const level = world.divisions.get(initiative.division)!.level;
    const size = { PROVINCE: 16, PREFECTURE: 15, COUNTY: 13 }[level]!;
    const factor = initiative.code === 'INI-0001' ? 1 : { ACTIVE: 1, CLOSED: 0.9, SUSPENDED: 0.6, CANCELLED: 0.6, PLANNED: 0.5, DRAFT: 0.35 }[initiative.status]!;
    const lead = units.by.get(leadOf(initiative))!;
    for (let n = 0; n < Math.round(size * factor) + draw.int(-1, 2); n++) root(initiative, draw.chance(0.62) ? coordinatorOf(initiative.division) : lead);
  }

  const divisions = [HOME, HOME, SHOWCASE, ...world.prefectures.map((d) => d.code), ...draw.sample(world.counties, 8).map((d) => d.code), '320000', '320100'];
  for (let n = 0; n < 72; n++) root(undefined, coordinatorOf(divisions[n % divisions.length]!));

  const active = initiatives.filter((i) => i.status === 'ACTIVE');
  const provincial = ['PARTY_COMMITTEE', 'ORGANISATION_DEPARTMENT', 'CIVIL_AFFAIRS', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'EDUCATION', 'TRADE_UNION', 'YOUTH_LEAGUE', 'WOMENS_FEDERATION'].map((kind) => units.at(HOME, kind)!);
  const local = [`${SHOWCASE}-CIVIL_AFFAIRS`, `${SHOWCASE}-ORGANISATION_DEPARTMENT`, COMMUNITY, AGENCY].map((code) => units.by.get(code)!);
  for (const unit of [...provincial, ...local]) {
    const mine = active.filter((i) => i.division === unit.division.slice(0, 6) && i.code !== 'INI-0001');
    const self = unit.kind === 'ORGANISATION_DEPARTMENT' || unit.kind === 'PARTY_COMMITTEE';
    for (let n = 0; n < (self ? 3 : 7); n++) {
      const front = n % 3 !== 2;
      root(draw.pick(mine), coordinatorOf(unit.division.slice(0, 6)), OPEN_ONLY, (to) => {
        const rest = to.filter((u) => u !== unit).slice(0, 4);
        return front || rest.length === 0 ? [unit, ...rest.slice(1)] : [rest[0]!, unit, ...rest.slice(1, 4)];
      });
    }
  }

  writeCsv('tasks.csv', TASK_COLUMNS, tasks);
  writeCsv('assignments.csv', ASSIGNMENT_COLUMNS, assignments);
  return { tasks, assignments };
}
