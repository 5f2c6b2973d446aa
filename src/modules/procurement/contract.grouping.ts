import { Int } from 'type-graphql'
import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Unit } from '../units/index.js'
import { Contract, ContractStatus, EvaluationResult, EvaluationSide, EvaluationStage, MilestoneStatus } from './contract.entity.js'
import { AwardStatus, ContractFunding, LotStatus, Procurement, ProcurementStatus } from './procurement.entity.js'

export const contractGrouping: Grouping = {
  keys: { year: () => Int, funding: () => ContractFunding, status: () => ContractStatus, purchaser: () => Unit, purchaserDivision: { of: () => Division, path: 'purchaser.division' }, agency: () => Unit, agencyDivision: { of: () => Division, path: 'agency.division' }, isPaymentStopped: () => Boolean, signedOn: () => Day, startsOn: () => Day, endsOn: () => Day },
  numbers: ['amount', 'paidAmount'],
}

export const paymentGrouping: Grouping = { keys: { unit: () => Unit, paidOn: () => Day }, numbers: ['amount'] }

export const procurementGrouping: Grouping = {
  keys: {
    purchaser: () => Unit, purchaserDivision: { of: () => Division, path: 'purchaser.division' }, funding: () => ContractFunding, status: () => ProcurementStatus,
    publishedOn: () => Day,
  },
}

export const lotGrouping: Grouping = {
  keys: {
    procurement: () => Procurement, purchaser: { of: () => Unit, path: 'procurement.purchaser' },
    purchaserDivision: { of: () => Division, path: 'procurement.purchaser.division' }, status: () => LotStatus, opensAt: () => Day, openedAt: () => Day,
  },
  numbers: ['ceilingAmount', 'bidderCount'],
}

export const awardGrouping: Grouping = {
  keys: {
    agency: () => Unit, status: () => AwardStatus, chosenOn: () => Day,
  },
}

export const milestoneGrouping: Grouping = {
  keys: {
    contract: () => Contract, status: () => MilestoneStatus, dueOn: () => Day, acceptedOn: () => Day,
  },
}

export const evaluationGrouping: Grouping = {
  keys: {
    contract: () => Contract, stage: () => EvaluationStage, side: () => EvaluationSide, result: () => EvaluationResult, evaluatedOn: () => Day,
  },
}
