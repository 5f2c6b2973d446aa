// The joint conferences: a provincial one of the policy's units and two of prefectures, their meetings, what these resolved and the tasks that carry it out.

import type { Assignment } from './assignments.ts';
import { writeCsv } from './csv.ts';
import { AS_OF, addDays, anyWorkday } from './dates.ts';
import { HOME } from './divisions.ts';
import type { World } from './divisions.ts';
import { SOCIAL_WORK_2023 } from './documents.ts';
import { currentStaff } from './people.ts';
import type { Person } from './people.ts';
import { random } from './prng.ts';
import type { Random } from './prng.ts';
import type { Task } from './tasks.ts';
import type { Unit, Units } from './units.ts';

interface Member { unit: Unit; from: string; to: string }
interface Conference { code: string; division: string; convenor: Unit; foundedOn: string; members: Member[] }
interface Meeting { conference: string; number: number; heldOn: string; title: string; minutes: string; status: string }
interface Resolution { conference: string; meeting: number; number: number; text: string; responsible: string; dueOn: string; status: string; tasks: string }

const POLICY_KINDS = ['ORGANISATION_DEPARTMENT', 'CIVIL_AFFAIRS', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'EDUCATION', 'JUSTICE', 'HEALTH', 'FINANCE', 'TRADE_UNION', 'YOUTH_LEAGUE', 'WOMENS_FEDERATION'];
/** Division, first day, days between meetings, document. */
const PLANS = [[HOME, '2023-10-09', 91, SOCIAL_WORK_2023], ['330100', '2024-05-15', 150, '杭组〔2024〕19号'], ['330200', '2024-09-10', 170, SOCIAL_WORK_2023]] as const;
const THEMES = ['年度重点任务分工', '社工岗位与配备', '经费与购买服务', '薪酬指导标准', '民办机构扶持', '督导与培训安排', '志愿服务带动机制', '上级交办事务清理', '半年工作调度', '示范社区经验'];
const NOTED = ['通报各成员单位上一阶段进展', '同意联络员名册调整', '议定下次会议由召集单位汇总材料', '学习兄弟地区做法，供各单位参考'];
const OPEN = ['各成员单位报送下一年度联合行动建议', '梳理跨部门数据口径差异并提出统一办法', '商定社工站与社区用房共用办法', '研究一线社工体检与意外保障方案'];
const DROPPED = ['另设专项简报（与现有通报合并，不再执行）', '统一制作社工标识牌（改由各地自定）'];

export function buildConferences(world: World, units: Units, people: Person[], tasks: Task[], assignments: Assignment[]): { conferences: number; meetings: number; resolutions: number } {
  const draw = random('conferences');
  const staff = currentStaff(people);
  const leads = new Map(assignments.filter(({ role }) => role === 'LEAD').map(({ task, unit }) => [task, unit]));
  const rows: object[] = [];
  const meetings: Meeting[] = [];
  const resolutions: Resolution[] = [];
  for (const [at, [division, foundedOn, rhythm, document]] of PLANS.entries()) {
    const conference = found(units, `JC-${String(at + 1).padStart(3, '0')}`, division, foundedOn);
    const liaison = ({ unit, to }: Member): string => {
      const able = to === '' ? (staff.get(unit.code) ?? []) : [];
      return able.length === 0 ? '' : ` ${draw.pick(able).code}`;
    };
    rows.push({
      code: conference.code, name: `${world.divisions.get(division)!.name}社会工作联席会议`, division, convenor: conference.convenor.code, document, foundedOn, endedOn: '',
      members: conference.members.map((member) => `${member.unit.code} ${member.from}..${member.to}${liaison(member)}`).join(';'),
    });
    const held = meet(conference, rhythm, draw);
    meetings.push(...held);
    resolutions.push(...resolve(conference, held.filter(({ status }) => status === 'HELD'), tasks, leads, draw));
  }
  writeCsv('conferences.csv', 'code,name,division,convenor,document,foundedOn,endedOn,members', rows);
  writeCsv('meetings.csv', 'conference,number,heldOn,title,minutes,status', meetings);
  writeCsv('resolutions.csv', 'conference,meeting,number,text,responsible,dueOn,status,tasks', resolutions);
  return { conferences: rows.length, meetings: meetings.length, resolutions: resolutions.length };
}

/** Convened by the Party social-work department; one member left after a year and the finance department joined in its second. */
function found(units: Units, code: string, division: string, foundedOn: string): Conference {
  const convenor = units.at(division, 'PARTY_SOCIAL_WORK')!;
  const present = (kind: string): Unit[] => [units.at(division, kind)].filter((unit) => unit !== undefined && unit.endedOn === '') as Unit[];
  const members = [
    ...present('PARTY_SOCIAL_WORK').map((unit) => ({ unit, from: foundedOn, to: '' })),
    ...POLICY_KINDS.flatMap(present).map((unit) => ({ unit, from: unit.kind === 'FINANCE' ? addDays(foundedOn, 200) : foundedOn, to: '' })),
    ...present('POLITICAL_LEGAL').map((unit) => ({ unit, from: foundedOn, to: addDays(foundedOn, 365) })),
  ];
  return { code, division, convenor, foundedOn, members };
}

function meet({ code, foundedOn }: Conference, rhythm: number, draw: Random): Meeting[] {
  const meetings: Meeting[] = [];
  for (let from = addDays(foundedOn, 5); from < addDays(AS_OF, rhythm); from = addDays(from, rhythm)) {
    const heldOn = anyWorkday(draw, from, addDays(from, 12))!;
    const number = meetings.length + 1;
    const status = heldOn > AS_OF ? 'PLANNED' : number === 4 ? 'CANCELLED' : 'HELD';
    const theme = THEMES[(number - 1) % THEMES.length]!;
    meetings.push({
      conference: code, number, heldOn, title: `第${number}次会议：${theme}`, status,
      minutes: status === 'HELD' ? `会议听取了${theme}情况汇报，各成员单位交换意见，明确了责任单位和完成时限。` : '',
    });
  }
  return meetings;
}

/** Each task that the coordinating unit or the convenor issued on a resolution goes to the last meeting before its issue, at most six a meeting. */
function resolve({ code, division, convenor, members }: Conference, held: Meeting[], tasks: Task[], leads: Map<string, string>, draw: Random): Resolution[] {
  const issuers = [`${division}-ORGANISATION_DEPARTMENT`, convenor.code];
  const carried = new Map<number, Task[]>();
  for (const task of tasks) {
    if (task.source !== 'MEETING_RESOLUTION' || task.parent !== '' || !issuers.includes(task.issuingUnit)) continue;
    const meeting = held.filter(({ heldOn }) => heldOn <= (task.issuedOn || AS_OF)).at(-1);
    const own = meeting === undefined ? undefined : (carried.get(meeting.number) ?? []);
    if (own !== undefined && own.length < 6) carried.set(meeting!.number, [...own, task]);
  }
  const isMember = (unit: string, day: string): boolean => unit === convenor.code || members.some((member) => member.unit.code === unit && member.from <= day && (member.to === '' || day < member.to));
  return held.flatMap((meeting, at) => {
    const own: Resolution[] = [];
    const add = (text: string, status: string, responsible = '', dueOn = '', codes = ''): void =>
      void own.push({ conference: code, meeting: meeting.number, number: own.length + 1, text, responsible: isMember(responsible, meeting.heldOn) ? responsible : '', dueOn, status, tasks: codes });
    const rest = [...(carried.get(meeting.number) ?? [])];
    while (rest.length > 0) {
      // Now and then two tasks come of one resolution.
      const some = rest.splice(0, rest.length > 1 && draw.chance(0.25) ? 2 : 1);
      const due = some.map(({ dueOn }) => dueOn).filter((day) => day >= meeting.heldOn).sort().at(-1) ?? '';
      add(some.map(({ title }) => title).join('；'), 'TASKED', leads.get(some[0]!.code) ?? '', due, some.map((task) => task.code).join(';'));
    }
    add(draw.pick(NOTED), 'NOTED');
    if (draw.chance(0.2)) add(draw.pick(DROPPED), 'DROPPED');
    if (at >= held.length - 2) add(draw.pick(OPEN), 'AGREED', draw.pick(members.filter(({ to }) => to === '')).unit.code, anyWorkday(draw, addDays(AS_OF, at === held.length - 1 ? 20 : -30), addDays(AS_OF, 60))!);
    return own;
  });
}
