import { Int } from 'type-graphql'
import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { DivisionLevel } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { Unit } from '../units/index.js'
import { FundingPurpose, FundingSource } from './funding.entity.js'

export const lineGrouping: Grouping = {
  keys: { year: () => Int, source: () => FundingSource, purpose: () => FundingPurpose, level: () => DivisionLevel, unit: () => Unit, initiative: () => Initiative, approvedOn: () => Day },
  numbers: ['plannedAmount', 'allocatedAmount', 'contractedAmount'],
}

export const allocationGrouping: Grouping = {
  keys: { fromUnit: () => Unit, toUnit: () => Unit, allocatedOn: () => Day, promisedOn: () => Day },
  numbers: ['netAmount', 'arrivedAmount', 'arrivalDelayDays'],
}
