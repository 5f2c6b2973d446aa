import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { Unit, UnitKind } from '../units/index.js'
import { AssignmentRole, AssignmentStatus, Task, TaskSource, TaskStatus, Urgency } from './task.entity.js'

export const taskGrouping: Grouping = {
  keys: {
    status: () => TaskStatus,
    urgency: () => Urgency,
    source: () => TaskSource,
    confidential: () => Boolean,
    isOverdue: () => Boolean,
    issuingUnit: () => Unit,
    leadUnit: () => Unit,
    initiative: () => Initiative,
    division: () => Division,
    issuedOn: () => Day,
    dueOn: () => Day,
    completedOn: () => Day,
    closedOn: () => Day,
    createdAt: () => Day,
  },
  numbers: ['daysLate'],
}

export const assignmentGrouping: Grouping = {
  keys: {
    unit: () => Unit,
    unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' },
    role: () => AssignmentRole,
    status: () => AssignmentStatus,
    isOverdue: () => Boolean,
    isAcceptedInTime: () => Boolean,
    task: () => Task,
    person: () => Person,
    dueOn: () => Day,
    acceptBy: () => Day,
    acceptedOn: () => Day,
    reportedOn: () => Day,
    completedOn: () => Day,
    createdAt: () => Day,
  },
  numbers: ['progress', 'daysLate'],
}
