import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Unit, UnitKind } from '../units/index.js'
import { DeductionReason, ScorePeriod } from './appraisal.entity.js'

export const scoreGrouping: Grouping = {
  keys: {
    period: () => ScorePeriod, month: { of: () => String, path: 'period.month' }, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' },
  },
  numbers: ['trackCount', 'dueCount', 'onTimeCount', 'lateCount', 'lateDays', 'reportedCount', 'returnedCount', 'acceptedCount', 'acceptanceDays', 'extensionCount', 'pointsDeducted', 'score'],
}

export const deductionGrouping: Grouping = {
  keys: {
    reason: () => DeductionReason, unit: () => Unit, unitDivision: { of: () => Division, path: 'unit.division' }, occurredOn: () => Day, isAutomatic: () => Boolean,
  },
  numbers: ['points', 'daysLate'],
}
