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

export interface Procurement extends Row { code: string; title: string; purchaserId: string; lineId: string; funding: string; status: string; publishedOn: Maybe<string> }
export interface Lot extends Row {
  procurementId: string; number: number; title: string; requirement: Maybe<string>; ceilingAmount: string; opensAt: string; status: string; openedAt: Maybe<string>; openedById: Maybe<string>; publicKey: Maybe<string>
}
export interface Bid extends Row { lotId: string; bidderId: string; submittedAt: string; status: string; amount: Maybe<string>; proposal: Maybe<string>; sealed: Maybe<string> }
export interface Award extends Row {
  lotId: string; bidId: string; agencyId: string; status: string; chosenOn: string; chosenById: Maybe<string>; reason: string; answeredOn: Maybe<string>; answeredById: Maybe<string>; answer: Maybe<string>
}
export interface Contract extends Row {
  code: string; title: string; awardId: Maybe<string>; lineId: string; year: number; purchaserId: string; agencyId: string; funding: string; amount: string; signedOn: string; startsOn: string; endsOn: string; status: string
  closedOn: Maybe<string>; reason: Maybe<string>; paidAmount: string; committedAmount: string
}
export interface ContractMilestone extends Row {
  contractId: string; number: number; title: string; dueOn: string; status: string; reportedOn: Maybe<string>; report: Maybe<string>; acceptedOn: Maybe<string>; returnReason: Maybe<string>
}
export interface Evaluation extends Row { contractId: string; stage: string; side: string; result: string; text: string; evaluatedOn: string; evaluatedById: Maybe<string> }
export interface Payment extends Row { contractId: string; unitId: string; milestoneId: Maybe<string>; voucher: Maybe<string>; amount: string; paidOn: string; correctsId: Maybe<string>; reason: Maybe<string> }
export interface AgencyProfile extends Row {
  unitId: string; registrationLevel: string; rating: Maybe<string>; ratedOn: Maybe<string>; ratingValidTo: Maybe<string>; hasPartyOrganisation: boolean; fullTimeStaff: Maybe<number>; partyMembers: Maybe<number>; reportedOn: Maybe<string>
}
export interface AgencySupport extends Row { agencyId: string; providerId: string; kind: string; amount: Maybe<string>; startsOn: string; endsOn: Maybe<string>; note: Maybe<string> }

export interface MoneyTables {
  budget_line: BudgetLine[]; allocation: Allocation[]; disbursement: Disbursement[]; opening_balance: OpeningBalance[]
  procurement: Procurement[]; lot: Lot[]; bid: Bid[]; award: Award[]; contract: Contract[]; contract_milestone: ContractMilestone[]; evaluation: Evaluation[]; payment: Payment[]
  agency_profile: AgencyProfile[]; agency_support: AgencySupport[]
}
export const moneyTableNames = ['budget_line', 'allocation', 'disbursement', 'opening_balance', 'procurement', 'lot', 'bid', 'award', 'contract', 'contract_milestone', 'evaluation', 'payment', 'agency_profile', 'agency_support'] as const satisfies readonly (keyof MoneyTables)[]

/** Totals that the database keeps: rows come in without them, and must come to what the network says. */
export const keptTotals: Readonly<Partial<Record<keyof MoneyTables, readonly string[]>>> = {
  budget_line: ['allocatedAmount', 'contractedAmount'],
  allocation: ['netAmount', 'arrivedAmount'],
  contract: ['paidAmount', 'committedAmount'],
}
