import { Int } from 'type-graphql'
import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import { ContractStatus } from './contract.entity.js'
import { ContractFunding } from './procurement.entity.js'

export const contractGrouping: Grouping = {
  keys: { year: () => Int, funding: () => ContractFunding, status: () => ContractStatus, purchaser: () => Unit, agency: () => Unit, isPaymentStopped: () => Boolean, signedOn: () => Day, startsOn: () => Day, endsOn: () => Day },
  numbers: ['amount', 'paidAmount'],
}

export const paymentGrouping: Grouping = { keys: { unit: () => Unit, paidOn: () => Day }, numbers: ['amount'] }
