import { agencyImport, agencySupportImport } from './agencies.import.js'
import { allocationImport, disbursementImport } from './allocations.import.js'
import { budgetLineImport } from './budget-lines.import.js'
import { contractMilestoneImport, evaluationImport, paymentImport } from './contract-parts.import.js'
import { contractImport } from './contracts.import.js'
import { openingBalanceImport } from './opening-balances.import.js'
import { bidImport, lotImport } from './tenders.import.js'

/** What is entered of money, in this order: what is contracted comes before the milestones, evaluations and payments of it. */
export const moneyImports = {
  'opening-balances': openingBalanceImport,
  'budget-lines': budgetLineImport,
  allocations: allocationImport,
  disbursements: disbursementImport,
  lots: lotImport,
  bids: bidImport,
  contracts: contractImport,
  'contract-milestones': contractMilestoneImport,
  evaluations: evaluationImport,
  payments: paymentImport,
  agencies: agencyImport,
  'agency-supports': agencySupportImport,
} as const
