import { InputType } from 'type-graphql'
import { compare, compareEnum, compareEnumList, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { InitiativeFilter } from '../initiatives/index.js'
import { PersonFilter } from '../people/index.js'
import { UnitFilter } from '../units/index.js'
import { AssignmentRole, AssignmentStatus, OverdueKind, TaskSource, TaskStatus, Urgency } from './task.entity.js'

export const AssignmentFilter: Function = filterOf('Assignment', {
  id: compare.id,
  role: compareEnum('AssignmentRole', AssignmentRole),
  status: compareEnum('AssignmentStatus', AssignmentStatus),
  dueOn: compare.day,
  progress: compare.whole,
  isOverdue: compare.flag,
  isAcceptedInTime: compare.flag,
  overdueKinds: compareEnumList('OverdueKind', OverdueKind),
  daysLate: compare.whole,
  acceptBy: compare.day,
  reportBy: compare.day,
  acceptedOn: compare.day,
  reportedOn: compare.day,
  completedOn: compare.day,
  internalNote: compare.text,
  updatedAt: compare.instant,
  unit: () => UnitFilter,
  person: () => PersonFilter,
  liaison: () => PersonFilter,
  task: () => TaskFilter,
})
export const TaskFilter: Function = filterOf('Task', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  source: compareEnum('TaskSource', TaskSource),
  urgency: compareEnum('Urgency', Urgency),
  confidential: compare.flag,
  status: compareEnum('TaskStatus', TaskStatus),
  issuedOn: compare.day,
  dueOn: compare.day,
  isOverdue: compare.flag,
  daysLate: compare.whole,
  completedOn: compare.day,
  closedOn: compare.day,
  suspendedOn: compare.day,
  createdAt: compare.instant,
  updatedAt: compare.instant,
  initiative: () => InitiativeFilter,
  issuingUnit: () => UnitFilter,
  leadUnit: () => UnitFilter,
  division: () => DivisionFilter,
  parent: () => TaskFilter,
  assignments: many(() => AssignmentFilter),
})
export const taskPaging: Paging = { filter: TaskFilter, ...orderOf('Task', ['dueOn', 'issuedOn', 'createdAt', 'updatedAt', 'code', 'title', 'status', 'urgency']) }
export const assignmentPaging: Paging = { filter: AssignmentFilter, ...orderOf('Assignment', ['dueOn', 'progress', 'status', 'createdAt', 'updatedAt', 'internalNote']) }

const TaskStepFilter: Function = filterOf('TaskStep', {
  id: compare.id,
  at: compare.instant,
  onDay: compare.day,
  act: compare.text,
  taskTo: compareEnum('TaskStatus', TaskStatus),
  trackTo: compareEnum('AssignmentStatus', AssignmentStatus),
  task: () => TaskFilter,
  assignment: () => AssignmentFilter,
})
export const stepPaging: Paging = { filter: TaskStepFilter, ...orderOf('TaskStep', ['at', 'onDay']) }

@InputType()
export class AssignmentInput {
  @Given.id('The unit (承办单位).') unitId!: string
  @Given.choice(() => AssignmentRole, 'LEAD for exactly one unit (承办角色).') role!: AssignmentRole
  @Given.id('Responsible person; named by a DIRECTOR or CLERK of the assigned unit alone (责任人).', { clearable: true }) personId?: string | null
  @Given.id('Liaison; named by a DIRECTOR or CLERK of the assigned unit alone (联络员).', { clearable: true }) liaisonId?: string | null
  @Given.day("The unit's own due day, not after the task's (办理时限).", { clearable: true }) dueOn?: string | null
}

@InputType()
export class TaskCreateInput extends IdempotentInput {
  @Given.text('Code (编号).', { max: 40 }) code!: string
  @Given.text('Title (事项名称).') title!: string
  @Given.text('What is required (具体要求).', { clearable: true, max: 4000 }) requirement?: string | null
  @Given.choice(() => TaskSource, 'Where it comes from (来源).') source!: TaskSource
  @Given.id('Initiative that it belongs to (联合行动).', { clearable: true }) initiativeId?: string | null
  @Given.id('Unit that issues it; your own where you propose it (交办单位).') issuingUnitId!: string
  @Given.choice(() => Urgency, 'Urgency; NORMAL where left out (紧急程度).', { optional: true }) urgency?: Urgency
  @Given.flag('Only for those whom it concerns (是否涉密).', { optional: true }) confidential?: boolean
  @Given.day('Due day (办理时限).', { clearable: true }) dueOn?: string | null
  @Given.text('Expected result (预期成果).', { clearable: true, max: 2000 }) expectedResult?: string | null
  @Given.id('Task that it is a part of (上级任务).', { clearable: true }) parentId?: string | null
  @Given.parts(() => AssignmentInput, 'Assigned units, exactly one of them LEAD; at most 50 (承办单位).', { optional: true }) assignments?: AssignmentInput[]
}

@InputType()
export class TaskUpdateInput extends VersionedInput {
  @Given.id('The task.') taskId!: string
  @Given.text('Title (事项名称).', { optional: true }) title?: string
  @Given.text('What is required (具体要求).', { clearable: true, max: 4000 }) requirement?: string | null
  @Given.choice(() => Urgency, 'Urgency (紧急程度).', { optional: true }) urgency?: Urgency
  @Given.flag('Only for those whom it concerns; goes down to child tasks (是否涉密).', { optional: true }) confidential?: boolean
  @Given.day('Due day (办理时限).', { clearable: true }) dueOn?: string | null
  @Given.text('Expected result (预期成果).', { clearable: true, max: 2000 }) expectedResult?: string | null
}

@InputType()
export class TaskAssignInput extends IdempotentInput {
  @Given.id('The task.') taskId!: string
  @Given.id('The unit (承办单位).') unitId!: string
  @Given.choice(() => AssignmentRole, 'Part in the task (承办角色).') role!: AssignmentRole
  @Given.id('Responsible person; named by a DIRECTOR or CLERK of the assigned unit alone (责任人).', { clearable: true }) personId?: string | null
  @Given.id('Liaison; named by a DIRECTOR or CLERK of the assigned unit alone (联络员).', { clearable: true }) liaisonId?: string | null
  @Given.day("The unit's own due day, not after the task's (办理时限).", { clearable: true }) dueOn?: string | null
}

@InputType()
export class AssignmentUpdateInput extends VersionedInput {
  @Given.id('The assignment.') assignmentId!: string
  @Given.id('Responsible person, of the assigned unit (责任人).', { clearable: true }) personId?: string | null
  @Given.id('Liaison, of the assigned unit (联络员).', { clearable: true }) liaisonId?: string | null
  @Given.text("The unit's own note (内部备注).", { clearable: true, max: 4000 }) internalNote?: string | null
}
