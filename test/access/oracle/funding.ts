/**
 * "Money (budget lines, allocations, contracts, payments): ownUnit FINANCE_OFFICER and DIRECTOR, the contract's parties, COORDINATOR inDivision." "A DIRECTOR of the LEADERSHIP unit reads what
 * that coordinator reads." Read here so: an allocation is the money of the unit that gives it and of the unit that receives it; what arrives is read with its allocation; an opening balance is the
 * money of the unit that answers for it, and of the division of which it is the total.
 */
import type { Allocation, BudgetLine, Disbursement, OpeningBalance } from './snapshot-money.js'
import type { Snapshot } from './snapshot.js'
import { coordinates, derived, inDivision, leads, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Verdict, type Viewer } from './words.js'

/** Who reads the money of a unit: each rule with its name. */
export function moneyOf(viewer: Viewer, unitId: string, as = ''): Record<string, boolean> {
  const { divisionId } = viewer.snapshot.one('unit', unitId)!
  const some = (may: (place: Viewer['places'][number]) => boolean) => viewer.places.some(may)
  return {
    [`FINANCE_OFFICER${as}`]: some((place) => place.role === 'FINANCE_OFFICER' && ownUnit(place, unitId)),
    [`DIRECTOR${as}`]: some((place) => place.role === 'DIRECTOR' && ownUnit(place, unitId)),
    [`COORDINATOR${as}`]: some((place) => coordinates(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionId)),
    [`DIRECTOR of the LEADERSHIP unit${as}`]: some((place) => leads(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionId)),
  }
}

export const lineVisible = (viewer: Viewer, { unitId }: BudgetLine): Verdict => verdict(moneyOf(viewer, unitId))
const allocationVisible = (viewer: Viewer, { fromUnitId, toUnitId }: Allocation): Verdict => verdict({ ...moneyOf(viewer, fromUnitId, ', giving'), ...moneyOf(viewer, toUnitId, ', receiving') })

const fen = (text: string): bigint => BigInt(text.replace('.', ''))
/** `a - b - …` of amounts with two places. */
export const less = (from: string, ...taken: string[]): string => {
  const left = taken.reduce((rest, one) => rest - fen(one), fen(from))
  const digits = String(left < 0n ? -left : left).padStart(3, '0')
  return `${left < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
const daysFrom = (from: string, to: string): number => Math.max(0, (Date.parse(to) - Date.parse(from)) / 86_400_000)
const allocationOf = ({ allocationId }: Disbursement, snapshot: Snapshot) => snapshot.one('allocation', allocationId)!

export const budgetLine: Page<BudgetLine> = {
  type: 'BudgetLine',
  rows: ({ tables }) => tables.budget_line,
  visible: lineVisible,
  fields: {
    ...ofEveryRow,
    code: value('code'), title: value('title'), year: value('year'), source: value('source'), purpose: value('purpose'), level: value('level'), plannedAmount: value('plannedAmount'), approvedOn: value('approvedOn'),
    remarks: value('remarks'), allocatedAmount: value('allocatedAmount'), contractedAmount: value('contractedAmount'),
    restAmount: { kind: 'value', of: (row) => less(row.plannedAmount, row.allocatedAmount, row.contractedAmount) },
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    initiative: one('Initiative', (row, snapshot) => snapshot.one('initiative', row.initiativeId)),
    allocations: many('Allocation', (row, snapshot) => snapshot.where('allocation', 'lineId', row.id)),
    contracts: many('Contract', (row, snapshot) => snapshot.where('contract', 'lineId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

export const allocation: Page<Allocation> = {
  type: 'Allocation',
  rows: ({ tables }) => tables.allocation,
  visible: allocationVisible,
  fields: {
    ...ofEveryRow,
    voucher: value('voucher'), amount: value('amount'), netAmount: value('netAmount'), arrivedAmount: value('arrivedAmount'), allocatedOn: value('allocatedOn'), promisedOn: value('promisedOn'), reason: value('reason'),
    outstandingAmount: { kind: 'value', of: (row) => less(row.netAmount, row.arrivedAmount) },
    arrivalDelayDays: {
      kind: 'value',
      of: (row, snapshot) => {
        const arrivals = snapshot.where('disbursement', 'allocationId', row.id).map(({ arrivedOn }) => arrivedOn).sort()
        return daysFrom(row.promisedOn, fen(row.arrivedAmount) < fen(row.netAmount) ? snapshot.today : (arrivals.at(-1) ?? row.promisedOn))
      },
    },
    line: one('BudgetLine', (row, snapshot) => snapshot.one('budget_line', row.lineId)),
    fromUnit: one('Unit', (row, snapshot) => snapshot.one('unit', row.fromUnitId)),
    toUnit: one('Unit', (row, snapshot) => snapshot.one('unit', row.toUnitId)),
    corrects: one('Allocation', (row, snapshot) => snapshot.one('allocation', row.correctsId)),
    disbursements: many('Disbursement', (row, snapshot) => snapshot.where('disbursement', 'allocationId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

export const disbursement: Page<Disbursement> = {
  type: 'Disbursement',
  rows: ({ tables }) => tables.disbursement,
  visible: (viewer, row) => verdict({ 'with its allocation': allocationVisible(viewer, allocationOf(row, viewer.snapshot)).allowed }),
  fields: {
    ...ofEveryRow,
    voucher: value('voucher'), amount: value('amount'), arrivedOn: value('arrivedOn'), reason: value('reason'),
    delayDays: { kind: 'value', of: (row, snapshot) => daysFrom(allocationOf(row, snapshot).promisedOn, row.arrivedOn) },
    allocation: one('Allocation', allocationOf),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
    corrects: one('Disbursement', (row, snapshot) => snapshot.one('disbursement', row.correctsId)),
  },
}

export const openingBalance: Page<OpeningBalance> = {
  type: 'OpeningBalance',
  rows: ({ tables }) => tables.opening_balance,
  visible: (viewer, { unitId, divisionId }) => {
    const { FINANCE_OFFICER, DIRECTOR } = moneyOf(viewer, unitId)
    const by = (may: typeof coordinates) => viewer.places.some((place) => may(viewer.snapshot, place) && inDivision(viewer.snapshot, place, divisionId))
    return verdict({ FINANCE_OFFICER: FINANCE_OFFICER!, DIRECTOR: DIRECTOR!, 'COORDINATOR, division of the total': by(coordinates), 'DIRECTOR of the LEADERSHIP unit, division of the total': by(leads) })
  },
  fields: {
    ...ofEveryRow,
    year: value('year'), source: value('source'), purpose: value('purpose'), amount: value('amount'), remarks: value('remarks'),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
  },
}
