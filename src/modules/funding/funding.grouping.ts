import { Int } from 'type-graphql'
import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { Unit, UnitKind } from '../units/index.js'
import { Allocation, FundingPurpose, FundingSource } from './funding.entity.js'

export const lineGrouping: Grouping = {
  keys: { year: () => Int, source: () => FundingSource, purpose: () => FundingPurpose, level: () => DivisionLevel, unit: () => Unit, initiative: () => Initiative, approvedOn: () => Day },
  numbers: ['plannedAmount', 'allocatedAmount', 'contractedAmount'],
}

export const allocationGrouping: Grouping = {
  keys: { fromUnit: () => Unit, toUnit: () => Unit, toUnitDivision: { of: () => Division, path: 'toUnit.division' }, allocatedOn: () => Day, promisedOn: () => Day },
  numbers: ['netAmount', 'arrivedAmount', 'arrivalDelayDays'],
}

export const disbursementGrouping: Grouping = {
  keys: {
    unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' }, unitDivision: { of: () => Division, path: 'unit.division' }, allocation: () => Allocation,
    arrivedOn: () => Day,
  },
  numbers: ['amount', 'delayDays'],
}

export const openingBalanceGrouping: Grouping = {
  keys: {
    division: () => Division, unit: () => Unit, year: () => Int, source: () => FundingSource, purpose: () => FundingPurpose,
  },
  numbers: ['amount'],
}
