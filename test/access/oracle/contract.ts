/**
 * "Money (… contracts, payments): ownUnit FINANCE_OFFICER and DIRECTOR, the contract's parties, COORDINATOR inDivision."
 * Read here so: the parties are FINANCE_OFFICER and DIRECTOR of the purchaser, and FINANCE_OFFICER, DIRECTOR and AGENCY_MANAGER of the agency; the division is the purchaser's.
 * Milestones, evaluations and payments are read with their contract.
 */
import { continuity } from './agency.js'
import { less, moneyOf } from './funding.js'
import type { Contract, ContractMilestone, Evaluation, Payment } from './snapshot-money.js'
import type { Snapshot } from './snapshot.js'
import { derived, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Verdict, type Viewer } from './words.js'

export const contractVisible = (viewer: Viewer, row: Contract): Verdict =>
  verdict({
    ...moneyOf(viewer, row.purchaserId),
    ...Object.fromEntries(['FINANCE_OFFICER', 'DIRECTOR', 'AGENCY_MANAGER'].map((role) => [`${role} of the agency`, viewer.places.some((place) => place.role === role && ownUnit(place, row.agencyId))])),
  })
const contractOf = ({ contractId }: { contractId: string }, snapshot: Snapshot) => snapshot.one('contract', contractId)!
const withContract = (viewer: Viewer, row: { contractId: string }) => verdict({ 'with its contract': contractVisible(viewer, contractOf(row, viewer.snapshot)).allowed })

export const contract: Page<Contract> = {
  type: 'Contract',
  rows: ({ tables }) => tables.contract,
  visible: contractVisible,
  fields: {
    ...ofEveryRow,
    code: value('code'), title: value('title'), year: value('year'), funding: value('funding'), amount: value('amount'), signedOn: value('signedOn'), startsOn: value('startsOn'), endsOn: value('endsOn'), status: value('status'),
    closedOn: value('closedOn'), reason: value('reason'), paidAmount: value('paidAmount'),
    restAmount: { kind: 'value', of: (row) => less(row.amount, row.paidAmount) },
    isPaymentStopped: {
      kind: 'value',
      of: (row, snapshot) => {
        const judged = snapshot.where('evaluation', 'contractId', row.id).filter(({ side, stage }) => side === 'PURCHASER' && stage === 'MID_TERM')
        return judged.sort((a, b) => (`${a.evaluatedOn} ${a.id}` < `${b.evaluatedOn} ${b.id}` ? -1 : 1)).at(-1)?.result === 'FAILED'
      },
    },
    ...continuity,
    award: one('Award', (row, snapshot) => snapshot.one('award', row.awardId)),
    line: one('BudgetLine', (row, snapshot) => snapshot.one('budget_line', row.lineId)),
    purchaser: one('Unit', (row, snapshot) => snapshot.one('unit', row.purchaserId)),
    agency: one('Unit', (row, snapshot) => snapshot.one('unit', row.agencyId)),
    milestones: many('ContractMilestone', (row, snapshot) => snapshot.where('contract_milestone', 'contractId', row.id)),
    evaluations: many('Evaluation', (row, snapshot) => snapshot.where('evaluation', 'contractId', row.id)),
    payments: many('Payment', (row, snapshot) => snapshot.where('payment', 'contractId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

export const contractMilestone: Page<ContractMilestone> = {
  type: 'ContractMilestone',
  rows: ({ tables }) => tables.contract_milestone,
  visible: withContract,
  fields: {
    ...ofEveryRow,
    number: value('number'), title: value('title'), dueOn: value('dueOn'), status: value('status'), reportedOn: value('reportedOn'), report: value('report'), acceptedOn: value('acceptedOn'), returnReason: value('returnReason'),
    contract: one('Contract', contractOf),
    viewerCan: derived, nextActions: derived,
  },
}

export const evaluation: Page<Evaluation> = {
  type: 'Evaluation',
  rows: ({ tables }) => tables.evaluation,
  visible: withContract,
  fields: {
    ...ofEveryRow,
    stage: value('stage'), side: value('side'), result: value('result'), text: value('text'), evaluatedOn: value('evaluatedOn'),
    contract: one('Contract', contractOf),
    evaluatedBy: one('Person', (row, snapshot) => snapshot.one('person', row.evaluatedById)),
  },
}

export const payment: Page<Payment> = {
  type: 'Payment',
  rows: ({ tables }) => tables.payment,
  visible: withContract,
  fields: {
    ...ofEveryRow,
    voucher: value('voucher'), amount: value('amount'), paidOn: value('paidOn'), reason: value('reason'),
    contract: one('Contract', contractOf),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    milestone: one('ContractMilestone', (row, snapshot) => snapshot.one('contract_milestone', row.milestoneId)),
    corrects: one('Payment', (row, snapshot) => snapshot.one('payment', row.correctsId)),
  },
}
