// The assignments of a task: states that agree with the task's, progress, due dates, responsible people and liaisons.

import { addDays, anyWorkday } from './dates.ts';
import type { Person } from './people.ts';
import { PERSONAS } from './personas.ts';
import type { Random } from './prng.ts';

export interface Assignment { task: string; unit: string; role: string; person: string; liaison: string; dueOn: string; status: string; progress: number; internalNote: string }
interface Parent { code: string; status: string; issuedOn: string; dueOn: string }

type Weights = readonly (readonly [string, number])[];
const LEAD: Record<string, Weights> = {
  DRAFT: [['PROPOSED', 1]], PENDING_ISSUE: [['PROPOSED', 1]], ISSUED: [['ISSUED', 9], ['REFUSED', 1]], ACCEPTED: [['ACCEPTED', 1]], IN_PROGRESS: [['IN_PROGRESS', 1]],
  REPORTED: [['REPORTED', 1]], RETURNED: [['RETURNED', 1]], COMPLETED: [['COMPLETED', 1]], CLOSED: [['COMPLETED', 1]], SUSPENDED: [['IN_PROGRESS', 3], ['ACCEPTED', 1]], TERMINATED: [['TERMINATED', 1]],
};
const COOPERATING: Record<string, Weights> = {
  DRAFT: [['PROPOSED', 1]], PENDING_ISSUE: [['PROPOSED', 1]], ISSUED: [['ISSUED', 6], ['ACCEPTED', 2], ['REFUSED', 1]], ACCEPTED: [['ACCEPTED', 5], ['ISSUED', 2], ['IN_PROGRESS', 2], ['EXCUSED', 1]],
  IN_PROGRESS: [['IN_PROGRESS', 6], ['ACCEPTED', 2], ['REPORTED', 2], ['COMPLETED', 1], ['ISSUED', 1], ['EXCUSED', 1], ['RETURNED', 1]], REPORTED: [['REPORTED', 4], ['COMPLETED', 2], ['IN_PROGRESS', 2], ['EXCUSED', 1]],
  RETURNED: [['REPORTED', 2], ['RETURNED', 2], ['COMPLETED', 2], ['IN_PROGRESS', 1]], COMPLETED: [['COMPLETED', 8], ['EXCUSED', 1], ['TERMINATED', 1]], CLOSED: [['COMPLETED', 8], ['EXCUSED', 1], ['TERMINATED', 1]],
  SUSPENDED: [['IN_PROGRESS', 3], ['ACCEPTED', 2], ['REPORTED', 1], ['ISSUED', 1]], TERMINATED: [['TERMINATED', 4], ['COMPLETED', 1], ['EXCUSED', 1]],
};
const PROGRESS: Record<string, readonly [number, number]> = {
  PROPOSED: [0, 0], ISSUED: [0, 0], REFUSED: [0, 0], ACCEPTED: [0, 10], IN_PROGRESS: [3, 18], REPORTED: [100, 100], RETURNED: [12, 19], COMPLETED: [100, 100], EXCUSED: [0, 12], TERMINATED: [0, 15],
};
const NOTES = ['牵头科室已定，材料由综合岗汇总', '经费口径需与财务再核一次', '社区反映人手不足，考虑延期', '上次反馈数据偏旧，提交前复核', '与协办单位已电话沟通', '请分管领导周五前审阅', '个案信息不写入正式报告', '涉及两家机构，注意回避', '待督导意见后再报', '走访安排在月中'];
const NO_ACTOR = /AUDITOR|_ADMIN|BI_READER|HR_OFFICER$|FINANCE_OFFICER$/;

export function assign(task: Parent, lead: string, others: string[], staff: Map<string, Person[]>, draw: Random): Assignment[] {
  return [lead, ...others].map((unit, index) => {
    const role = index === 0 ? 'LEAD' : 'COOPERATING';
    const status = draw.weighted((role === 'LEAD' ? LEAD : COOPERATING)[task.status]!);
    const [low, high] = PROGRESS[status]!;
    const progress = high === 100 ? 100 : draw.int(low, high) * (status === 'ACCEPTED' ? 1 : 5);
    const actors = (staff.get(unit) ?? []).filter((p) => p.unit !== unit || !NO_ACTOR.test(p.roles));
    const persona = actors.find((p) => p.unit === unit && PERSONAS.some((q) => q.login === p.login));
    const absent = status === 'PROPOSED' || status === 'ISSUED' || status === 'REFUSED' ? 0.5 : 0.06;
    let person = actors.length === 0 || draw.chance(absent) ? undefined : draw.pick(actors);
    if (persona !== undefined && draw.chance(0.6)) person = persona;
    const rest = actors.filter((p) => p !== person);
    const liaison = rest.length === 0 || draw.chance(absent + 0.1) ? undefined : draw.pick(rest);
    const early = role === 'COOPERATING' && task.issuedOn !== '' && draw.chance(0.35) ? anyWorkday(draw, addDays(task.issuedOn, 5), addDays(task.dueOn, -1)) : undefined;
    return {
      task: task.code, unit, role, person: person?.code ?? '', liaison: liaison?.code ?? '', dueOn: early ?? task.dueOn, status, progress,
      internalNote: status !== 'PROPOSED' && draw.chance(0.12) ? draw.pick(NOTES) : '',
    };
  });
}
