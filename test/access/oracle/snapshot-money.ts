/** Tables of money, as rows. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null

export interface BudgetLine extends Row {
  code: string; title: string; year: number; unitId: string; source: string; purpose: string; level: string; plannedAmount: string; approvedOn: Maybe<string>; remarks: Maybe<string>; initiativeId: Maybe<string>
  allocatedAmount: string; contractedAmount: string
}
export interface Allocation extends Row {
  lineId: string; fromUnitId: string; toUnitId: string; voucher: Maybe<string>; amount: string; netAmount: string; arrivedAmount: string; allocatedOn: string; promisedOn: string; correctsId: Maybe<string>; reason: Maybe<string>
}
export interface Disbursement extends Row { allocationId: string; unitId: string; voucher: Maybe<string>; amount: string; arrivedOn: string; correctsId: Maybe<string>; reason: Maybe<string> }
export interface OpeningBalance extends Row { divisionId: string; unitId: string; year: number; source: string; purpose: string; amount: string; remarks: Maybe<string> }

export interface MoneyTables {
  budget_line: BudgetLine[]; allocation: Allocation[]; disbursement: Disbursement[]; opening_balance: OpeningBalance[]
}
export const moneyTableNames = ['budget_line', 'allocation', 'disbursement', 'opening_balance'] as const satisfies readonly (keyof MoneyTables)[]

/** Totals that the database keeps: rows come in without them, and must come to what the network says. */
export const keptTotals: Readonly<Partial<Record<keyof MoneyTables, readonly string[]>>> = {
  budget_line: ['allocatedAmount', 'contractedAmount'],
  allocation: ['netAmount', 'arrivedAmount'],
}
