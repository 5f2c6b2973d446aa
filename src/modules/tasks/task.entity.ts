import { Property } from '@mikro-orm/decorators/legacy'
import { Choice, enumeration, Flag, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Initiative } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { SupervisionPolicy } from '../supervision/index.js'
import { Unit } from '../units/index.js'

export const TaskStatus = enumeration('TaskStatus', 'State of a task (任务状态).', {
  DRAFT: 'Proposed (拟立项)',
  PENDING_ISSUE: 'Waiting to be issued (待交办)',
  ISSUED: 'Issued (已交办)',
  ACCEPTED: 'Accepted by the lead unit (已签收)',
  IN_PROGRESS: 'Under way (推进中)',
  REPORTED: 'Result reported (已反馈)',
  RETURNED: 'Returned to be redone (退回重办)',
  COMPLETED: 'Completed (办结)',
  CLOSED: 'Closed and filed (销号)',
  SUSPENDED: 'Suspended (中止)',
  TERMINATED: 'Terminated (终止)',
})
export type TaskStatus = keyof typeof TaskStatus

export const TaskSource = enumeration('TaskSource', 'Where a task comes from (任务来源).', {
  INITIATIVE: 'A joint initiative (联合行动)',
  MEETING_RESOLUTION: 'A resolution of a meeting (议定事项)',
  LEADER_INSTRUCTION: "A leader's instruction (领导批示)",
  DOCUMENT: 'A document (文件)',
})
export type TaskSource = keyof typeof TaskSource

export const Urgency = enumeration('Urgency', 'Urgency (紧急程度).', { NORMAL: 'Normal (一般)', URGENT: 'Urgent (紧急)', MAJOR: 'Major (重大)' })
export type Urgency = keyof typeof Urgency

export const AssignmentRole = enumeration('AssignmentRole', 'Part of a unit in a task (承办角色).', { LEAD: 'Lead (牵头)', COOPERATING: 'Cooperating (配合)' })
export type AssignmentRole = keyof typeof AssignmentRole

export const AssignmentStatus = enumeration('AssignmentStatus', "State of a unit's own track (承办状态).", {
  PROPOSED: 'The task is not issued yet (待交办)',
  ISSUED: 'Issued (已交办)',
  ACCEPTED: 'Accepted (已签收)',
  REFUSED: 'Refused (拒收)',
  IN_PROGRESS: 'Under way (推进中)',
  REPORTED: 'Result reported (已反馈)',
  RETURNED: 'Returned to be redone (退回重办)',
  COMPLETED: 'Completed (办结)',
  EXCUSED: 'Excused (免办)',
  TERMINATED: 'Terminated (终止)',
})
export type AssignmentStatus = keyof typeof AssignmentStatus

export const OverdueKind = enumeration('OverdueKind', 'What a unit is late with (逾期类型).', {
  ACCEPTANCE: 'Not accepted within the limit (签收逾期)',
  REPORT: 'No progress report within the rhythm (反馈逾期)',
  COMPLETION: 'Open after its due day (办结逾期)',
})

@Record('Task', 'task', 'A supervised task (督查事项): issued by one unit, led by one, with cooperating units each on their own track.')
export class Task extends RecordBase {
  @Text('Code (编号).', { unique: true }) code!: string
  @Text('Title (事项名称).') title!: string
  @Text('What is required (具体要求).', { nullable: true }) requirement?: string | null
  @Choice(() => TaskSource, 'Where it comes from (来源).') source!: TaskSource
  @Link(() => Initiative, 'Initiative that it belongs to, where it has one (联合行动).', { nullable: true }) initiative?: Initiative | null
  @Link(() => Unit, 'Unit that issues it (交办单位).') issuingUnit!: Unit
  @Choice(() => Urgency, 'Urgency (紧急程度).', { default: 'NORMAL' }) urgency!: Urgency
  @Flag('Only for those whom it concerns (是否涉密). Child tasks inherit it.', { default: false }) confidential!: boolean
  @OnDay('Day of issue, day 0 of its clock (交办日期).', { nullable: true }) issuedOn?: string | null
  @OnDay('Due day; it ends at 24:00 in Asia/Shanghai (办理时限).', { nullable: true, index: true }) dueOn?: string | null
  @Text('Expected result (预期成果).', { nullable: true }) expectedResult?: string | null
  @Choice(() => TaskStatus, 'State (任务状态).', { default: 'DRAFT', index: true }) status!: TaskStatus
  @Link(() => Task, 'Task that it is a part of (上级任务).', { nullable: true }) parent?: Task | null
  @Link(() => SupervisionPolicy, 'Rules in force for the issuing unit on the day of issue: limits, lights (适用督查规则).', { nullable: true }) policy?: SupervisionPolicy | null
  @OnDay('Day on which it was completed (办结日期).', { nullable: true }) completedOn?: string | null
  @OnDay('Day on which it was closed and filed (销号日期).', { nullable: true }) closedOn?: string | null
  @OnDay('Day since which it is suspended (中止日期).', { nullable: true }) suspendedOn?: string | null

  /** State that it resumes. */
  @Choice(() => TaskStatus, 'State before the suspension.', { nullable: true, hidden: true }) suspendedFrom?: TaskStatus | null
  /** Id of the task or initiative whose suspension it shares; its own where it was suspended itself. */
  @Text('The suspended task or initiative, with which it goes on.', { nullable: true, hidden: true }) suspendedWith?: string | null

  @Flag('Everybody who takes part may see it; kept by the database.', { hidden: true, default: false }) inNetwork!: boolean
  @Text('Path of its division; kept by the database.', { hidden: true, default: '' }) divisionPath!: string

  /** Ids of the tasks above it, from the top; kept by the database. */
  @Property({ type: 'string[]', columnType: 'text[]', defaultRaw: `'{}'` }) ancestorIds?: string[]
}

/** States in which nothing more is expected of anyone. */
export const settledTasks: readonly TaskStatus[] = ['COMPLETED', 'CLOSED', 'TERMINATED']
/** States before the issue: no clock runs. */
export const unissuedTasks: readonly TaskStatus[] = ['DRAFT', 'PENDING_ISSUE']

@Record('Assignment', 'asgn', "One unit's track in a task (承办): one LEAD, the others COOPERATING.")
export class Assignment extends RecordBase {
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => Unit, 'The unit (承办单位).') unit!: Unit
  @Choice(() => AssignmentRole, 'Part in the task (承办角色).') role!: AssignmentRole
  @Link(() => Person, 'Responsible person (责任人).', { nullable: true }) person?: Person | null
  @Link(() => Person, 'Liaison (联络员).', { nullable: true }) liaison?: Person | null
  @OnDay("The unit's own due day (办理时限).", { nullable: true }) dueOn?: string | null
  @Choice(() => AssignmentStatus, 'State of the track (承办状态).', { default: 'PROPOSED' }) status!: AssignmentStatus
  @Whole('Progress in per cent (进度).', { default: 0 }) progress!: number
  @Text("The unit's own note (内部备注).", { nullable: true, guarded: true }) internalNote?: string | null
  @OnDay('Last day for accepting it; set at issue by the policy (签收时限).', { nullable: true }) acceptBy?: string | null
  @OnDay('Last day for the next progress report; set by the policy with each report (下次反馈时限).', { nullable: true }) reportBy?: string | null
  @OnDay('Day on which the unit accepted it (签收日期).', { nullable: true }) acceptedOn?: string | null
  @OnDay('Day of the latest result report (反馈日期).', { nullable: true }) reportedOn?: string | null
  @OnDay('Day on which it was completed (办结日期).', { nullable: true }) completedOn?: string | null
  @Flag('As its task; kept by the database.', { hidden: true, default: false }) inNetwork!: boolean
  /** Its task is suspended, so its clock stands still; kept by the database. */
  @Flag('Frozen.', { hidden: true, default: false }) isFrozen!: boolean
  /** Named by the latest return and not yet reported again. */
  @Flag('To be redone.', { hidden: true, default: false }) isRedone!: boolean
  @Text("Path of its task's division; kept by the database.", { hidden: true, default: '' }) divisionPath!: string
  @Text("Its task's initiative; kept by the database.", { hidden: true, nullable: true }) initiativeId?: string | null
}

export const settledAssignments: readonly AssignmentStatus[] = ['COMPLETED', 'EXCUSED', 'TERMINATED', 'REFUSED']
