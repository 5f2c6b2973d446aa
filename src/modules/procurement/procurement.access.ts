/*
 * A procurement is its purchaser's money: read by FINANCE_OFFICER and DIRECTOR of the purchaser and by COORDINATOR of its division (a DIRECTOR of the LEADERSHIP unit reads what that coordinator reads).
 * From its publication on it is also read by every AGENCY_MANAGER, who could not bid for it otherwise. Lots are read with their procurement; the budget line behind it stays with those who read lines.
 * A bid, its existence included, is the AGENCY_MANAGER's of the bidder alone until its lot is opened; what it offers is read by nobody, the bidder included.
 * Opened bids, and how many they are, are read by AGENCY_MANAGER of the bidders whose own bid on the lot was opened and by FINANCE_OFFICER of the purchaser; by nobody else, COORDINATOR and DIRECTOR not.
 * A withdrawn bid stays the bidder's. Time alone opens nothing: only the act `lotOpen` of the purchaser's FINANCE_OFFICER does, at or after the lot's time.
 * An award is read by FINANCE_OFFICER and DIRECTOR of the purchaser, AGENCY_MANAGER of the chosen unit, and COORDINATOR of the purchaser's division. It tells no amount.
 * A contract is read by its parties (FINANCE_OFFICER and DIRECTOR of the purchaser; FINANCE_OFFICER, DIRECTOR and AGENCY_MANAGER of the agency) and by COORDINATOR of the purchaser's division;
 * milestones, evaluations and payments are read with it.
 * FINANCE_OFFICER of the purchaser tenders, opens, chooses, signs, accepts milestones, evaluates for the purchaser and pays. AGENCY_MANAGER of the unit bids, withdraws, answers an award, reports
 * milestones and evaluates for the agency.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, permissions, scope, signedIn, some, viewerSql, visible, type RowRef } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const steps = { viewerCan: open, nextActions: open }

const purchaserOfLot = { en: "the procurement's purchaser", zh: '采购的购买方' }
const isPublished = condition({ sentence: { en: 'it is published', zh: '已公告' }, columns: ['publishedOn'], sql: (row) => sql`${row.column('publishedOn')} is not null` })
const isOpened = condition({ sentence: { en: 'it was opened', zh: '已开标' }, columns: ['status'], sql: (row) => sql`${row.column('status')} in ('OPENED', 'UNREADABLE')` })
const ownBidOpened = (lot: string) =>
  condition({
    sentence: { en: "AGENCY_MANAGER of a unit whose own bid on the lot was opened", zh: '本单位在该标段的投标已开启的 AGENCY_MANAGER' },
    columns: [lot],
    roles: permissions['bid:make'],
    sql: (row: RowRef) => some(row, sql`bid ob where ob.lot_id = ${row.column(lot)} and ob.status in ('OPENED', 'UNREADABLE') and ob.bidder_id = any(${viewerSql.units(permissions['bid:make'])})`),
  })

const buys = act('Procurement', can('money:keep').ownUnit('purchaserId'))
const runsLot = act('Lot', can('money:keep').ownUnit('procurement.purchaserId', purchaserOfLot))
const bids = act('Bid', can('bid:make').ownUnit('bidderId'))
const answers = act('Award', can('bid:make').ownUnit('agencyId'))
const pays = act('Contract', can('money:keep').ownUnit('purchaserId'))
const serves = act('ContractMilestone', can('bid:make').ownUnit('contract.agencyId', { en: "the contract's agency", zh: '合同承接方' }))
const accepts = act('ContractMilestone', can('money:keep').ownUnit('contract.purchaserId', { en: "the contract's purchaser", zh: '合同购买方' }))

export const procurementAccess = accessTable({
  Procurement: { ...record, code: open, title: open, purchaser: open, line: open, funding: open, status: open, publishedOn: open, lots: open, ...steps },
  Lot: {
    ...record, procurement: open, number: open, title: open, requirement: open, ceilingAmount: open, opensAt: open, status: open, openedAt: open, openedBy: open, bids: open, awards: open, ...steps,
    bidderCount: any(can('money:keep').ownUnit('procurement.purchaserId', purchaserOfLot), ownBidOpened('id')),
  },
  Bid: { ...record, lot: open, bidder: open, submittedAt: open, status: open, amount: open, proposal: open, ...steps },
  Award: { ...record, lot: open, bid: open, agency: open, status: open, chosenOn: open, chosenBy: open, reason: open, answeredOn: open, answeredBy: open, answer: open, ...steps },
  Contract: {
    ...record, code: open, title: open, award: open, line: open, year: open, purchaser: open, agency: open, funding: open, amount: open, signedOn: open, startsOn: open, endsOn: open, status: open, closedOn: open, reason: open,
    paidAmount: open, restAmount: open, isPaymentStopped: open, milestones: open, evaluations: open, payments: open, ...steps,
  },
  ContractMilestone: { ...record, contract: open, number: open, title: open, dueOn: open, status: open, reportedOn: open, report: open, acceptedOn: open, returnReason: open, ...steps },
  Evaluation: { ...record, contract: open, stage: open, side: open, result: open, text: open, evaluatedOn: open, evaluatedBy: open },
  Payment: { ...record, contract: open, unit: open, milestone: open, voucher: open, amount: open, paidOn: open, corrects: open, reason: open },
  BudgetLine: { contracts: open },
  Query: {
    procurementsAggregate: signedIn, lotsAggregate: signedIn, awardsAggregate: signedIn, contractMilestonesAggregate: signedIn, evaluationsAggregate: signedIn,
    procurement: signedIn, procurements: signedIn, lot: signedIn, lots: signedIn, bid: signedIn, bids: signedIn, award: signedIn, awards: signedIn, contract: signedIn, contracts: signedIn,
    contractsAggregate: signedIn, paymentsAggregate: signedIn, contractMilestone: signedIn, contractMilestones: signedIn, evaluation: signedIn, evaluations: signedIn, payment: signedIn, payments: signedIn,
  },
  Mutation: {
    procurementCreate: buys, lotAdd: buys, procurementPublish: buys, procurementClose: buys, procurementCancel: buys,
    lotOpen: runsLot, awardMake: runsLot, lotFail: runsLot,
    bidSubmit: bids, bidWithdraw: bids, awardAccept: answers, awardDecline: answers,
    contractSign: pays, contractMilestoneAdd: pays, contractComplete: pays, contractTerminate: pays, paymentMake: pays, paymentCorrect: pays,
    contractEvaluate: pays, contractEvaluateByAgency: act('Contract', can('bid:make').ownUnit('agencyId')),
    contractMilestoneReport: serves, contractMilestoneAccept: accepts, contractMilestoneReturn: accepts,
  },
})

const moneyOf = (unit: string, is?: typeof purchaserOfLot) => [can('money:read').ownUnit(unit, is), can('coordination:read').inDivisionOfUnit(unit, is)]
const withContract = (type: string) => scope(type, visible('Contract', 'contractId'), 'contract')

export const procurementScopes = [
  scope('Procurement', any(...moneyOf('purchaserId'), all(can('bid:make'), isPublished))),
  scope('Lot', visible('Procurement', 'procurementId'), 'procurement'),
  scope('Bid', any(can('bid:make').ownUnit('bidderId'), all(isOpened, any(can('money:keep').ownUnit('lot.procurement.purchaserId', purchaserOfLot), ownBidOpened('lotId'))))),
  scope('Award', any(...moneyOf('lot.procurement.purchaserId', purchaserOfLot), can('bid:make').ownUnit('agencyId'))),
  scope('Contract', any(...moneyOf('purchaserId'), can('contract:read').ownUnit('agencyId'))),
  withContract('ContractMilestone'),
  withContract('Evaluation'),
  withContract('Payment'),
]
