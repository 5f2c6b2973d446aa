/*
 * Money is read in its own unit by FINANCE_OFFICER and DIRECTOR, and by COORDINATOR of the division in which the unit stands; a DIRECTOR of the LEADERSHIP unit reads what that coordinator reads.
 * A budget line is its unit's money. An allocation is the money of both units, the one that gives it and the one that receives it; the receiver sees no more of the line than that.
 * An arrival is read with its allocation. An opening balance is read by FINANCE_OFFICER and DIRECTOR of the unit that answers for it, and by COORDINATOR of the division.
 * Nobody else reads money: not AUDITOR, BI_READER, CLERK, HR_OFFICER or PRACTITIONER, wherever they sit.
 * FINANCE_OFFICER of the unit keeps its lines, allocates out of them and corrects allocations; that of the receiving unit records and corrects what arrives; that of the answering unit enters opening balances.
 */
import { accessTable, act, any, can, open, scope, signedIn, visible } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const keepsLine = act('BudgetLine', can('money:keep').ownUnit('unitId'))
const receives = act('Allocation', can('money:keep').ownUnit('toUnitId'))
const answers = act('OpeningBalance', can('money:keep').ownUnit('unitId'))

export const fundingAccess = accessTable({
  BudgetLine: {
    ...record,
    code: open, title: open, year: open, unit: open, source: open, purpose: open, level: open, plannedAmount: open, approvedOn: open, remarks: open, initiative: open, allocatedAmount: open, contractedAmount: open,
    restAmount: open, allocations: open, viewerCan: open, nextActions: open,
  },
  Allocation: {
    ...record,
    line: open, fromUnit: open, toUnit: open, voucher: open, amount: open, netAmount: open, arrivedAmount: open, allocatedOn: open, promisedOn: open, corrects: open, reason: open,
    outstandingAmount: open, arrivalDelayDays: open, disbursements: open, viewerCan: open, nextActions: open,
  },
  Disbursement: { ...record, allocation: open, unit: open, voucher: open, amount: open, arrivedOn: open, corrects: open, reason: open, delayDays: open },
  OpeningBalance: { ...record, division: open, unit: open, year: open, source: open, purpose: open, amount: open, remarks: open },
  Initiative: { budgetLines: open },
  Query: {
    disbursementsAggregate: signedIn, openingBalancesAggregate: signedIn,
    budgetLinesAggregate: signedIn, allocationsAggregate: signedIn, budgetLine: signedIn, budgetLines: signedIn, allocation: signedIn, allocations: signedIn, disbursement: signedIn, disbursements: signedIn, openingBalance: signedIn, openingBalances: signedIn,
  },
  Mutation: {
    budgetLineCreate: keepsLine,
    budgetLineUpdate: keepsLine,
    allocationMake: keepsLine,
    allocationCorrect: keepsLine,
    disbursementRecord: receives,
    disbursementCorrect: receives,
    openingBalanceEnter: answers,
    openingBalanceUpdate: answers,
  },
})

const moneyOf = (unit: string) => [can('money:read').ownUnit(unit), can('coordination:read').inDivisionOfUnit(unit)]

export const fundingScopes = [
  scope('BudgetLine', any(...moneyOf('unitId'))),
  scope('Allocation', any(...moneyOf('fromUnitId'), ...moneyOf('toUnitId'))),
  scope('Disbursement', visible('Allocation', 'allocationId'), 'allocation'),
  scope('OpeningBalance', any(can('money:read').ownUnit('unitId'), can('coordination:read').inDivision('divisionId'))),
]
