/**
 * "Bids: before opening, row, count and bidder exist for the bidder alone. The deadline is `opensAt`; later is refused. Amounts appear after the audited opening act, never by time alone, to the lot's
 * bidders and the purchaser's FINANCE_OFFICER." "AGENCY_MANAGER: its own contracts, bids, staff." "COORDINATOR: … not sealed bids."
 * Read here so: the bidder is its AGENCY_MANAGER; a withdrawn bid stays the bidder's. A procurement is its purchaser's money, and from its publication on read by every AGENCY_MANAGER; lots with it.
 * An award is the purchaser's money and the chosen unit's AGENCY_MANAGER's.
 */
import { moneyOf } from './funding.js'
import type { Award, Bid, Lot, Procurement } from './snapshot-money.js'
import type { Snapshot } from './snapshot.js'
import { derived, many, ofEveryRow, one, ownUnit, value, verdict, type Page, type Verdict, type Viewer } from './words.js'

const manages = (viewer: Viewer, unitId?: string) => viewer.places.some((place) => place.role === 'AGENCY_MANAGER' && (unitId === undefined || ownUnit(place, unitId)))
const procurementOf = ({ procurementId }: Lot, snapshot: Snapshot) => snapshot.one('procurement', procurementId)!
const lotOf = ({ lotId }: { lotId: string }, snapshot: Snapshot) => snapshot.one('lot', lotId)!
const isOpened = ({ status }: Bid) => status === 'OPENED' || status === 'UNREADABLE'

const procurementVisible = (viewer: Viewer, row: Procurement): Verdict =>
  verdict({ ...moneyOf(viewer, row.purchaserId), 'AGENCY_MANAGER, published': row.publishedOn !== null && manages(viewer) })

/** Who reads what was opened of a lot. */
const readsOpened = (viewer: Viewer, lot: Lot) => {
  const { purchaserId } = procurementOf(lot, viewer.snapshot)
  return {
    "the purchaser's FINANCE_OFFICER": viewer.places.some((place) => place.role === 'FINANCE_OFFICER' && ownUnit(place, purchaserId)),
    "the lot's bidders": viewer.snapshot.where('bid', 'lotId', lot.id).some((bid) => isOpened(bid) && manages(viewer, bid.bidderId)),
  }
}

function bidVisible(viewer: Viewer, row: Bid): Verdict {
  const opened = readsOpened(viewer, lotOf(row, viewer.snapshot))
  return verdict({ 'the bidder': manages(viewer, row.bidderId), ...Object.fromEntries(Object.entries(opened).map(([rule, holds]) => [`${rule}, opened`, holds && isOpened(row)])) })
}

export const procurement: Page<Procurement> = {
  type: 'Procurement',
  rows: ({ tables }) => tables.procurement,
  visible: procurementVisible,
  fields: {
    ...ofEveryRow,
    code: value('code'), title: value('title'), funding: value('funding'), status: value('status'), publishedOn: value('publishedOn'),
    purchaser: one('Unit', (row, snapshot) => snapshot.one('unit', row.purchaserId)),
    line: one('BudgetLine', (row, snapshot) => snapshot.one('budget_line', row.lineId)),
    lots: many('Lot', (row, snapshot) => snapshot.where('lot', 'procurementId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

export const lot: Page<Lot> = {
  type: 'Lot',
  rows: ({ tables }) => tables.lot,
  visible: (viewer, row) => verdict({ 'with its procurement': procurementVisible(viewer, procurementOf(row, viewer.snapshot)).allowed }),
  fields: {
    ...ofEveryRow,
    number: value('number'), title: value('title'), requirement: value('requirement'), ceilingAmount: value('ceilingAmount'), opensAt: value('opensAt'), status: value('status'), openedAt: value('openedAt'),
    bidderCount: {
      kind: 'value',
      of: (row, snapshot) => (row.openedAt === null ? null : snapshot.where('bid', 'lotId', row.id).filter(isOpened).length),
      readable: (viewer, row) => verdict(readsOpened(viewer, row)),
    },
    procurement: one('Procurement', procurementOf),
    openedBy: one('Person', (row, snapshot) => snapshot.one('person', row.openedById)),
    bids: many('Bid', (row, snapshot) => snapshot.where('bid', 'lotId', row.id)),
    awards: many('Award', (row, snapshot) => snapshot.where('award', 'lotId', row.id)),
    viewerCan: derived, nextActions: derived,
  },
}

export const bid: Page<Bid> = {
  type: 'Bid',
  rows: ({ tables }) => tables.bid,
  visible: bidVisible,
  fields: {
    ...ofEveryRow,
    submittedAt: value('submittedAt'), status: value('status'), amount: value('amount'), proposal: value('proposal'),
    lot: one('Lot', lotOf),
    bidder: one('Unit', (row, snapshot) => snapshot.one('unit', row.bidderId)),
    viewerCan: derived, nextActions: derived,
  },
}

export const award: Page<Award> = {
  type: 'Award',
  rows: ({ tables }) => tables.award,
  visible: (viewer, row) => verdict({ ...moneyOf(viewer, procurementOf(lotOf(row, viewer.snapshot), viewer.snapshot).purchaserId), 'AGENCY_MANAGER of the chosen unit': manages(viewer, row.agencyId) }),
  fields: {
    ...ofEveryRow,
    status: value('status'), chosenOn: value('chosenOn'), reason: value('reason'), answeredOn: value('answeredOn'), answer: value('answer'),
    lot: one('Lot', lotOf),
    bid: one('Bid', (row, snapshot) => snapshot.one('bid', row.bidId)),
    agency: one('Unit', (row, snapshot) => snapshot.one('unit', row.agencyId)),
    chosenBy: one('Person', (row, snapshot) => snapshot.one('person', row.chosenById)),
    answeredBy: one('Person', (row, snapshot) => snapshot.one('person', row.answeredById)),
    viewerCan: derived, nextActions: derived,
  },
}
