/**
 * "AGENCY_MANAGER: its own contracts, bids, staff." "Counts, roll-ups and indicators use only what the viewer may read." Read here so: the register of agencies is public with their units; staff in numbers is
 * read in the agency (AGENCY_MANAGER, DIRECTOR) and by COORDINATOR of its division; a figure over all contracts of an agency by those who read all of them, which are the agency's own;
 * support by the agency, by those who read money of the supporting unit, and by COORDINATOR of the agency's division.
 */
import { moneyOf } from './funding.js'
import type { AgencyProfile, AgencySupport, Contract } from './snapshot-money.js'
import type { Snapshot } from './snapshot.js'
import { everySignedInViewer, ofEveryRow, one, ownUnit, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

export const inAgency = (viewer: Viewer, unitId: string, roles: string[]) => Object.fromEntries(roles.map((role) => [`${role} of the agency`, viewer.places.some((place) => place.role === role && ownUnit(place, unitId))]))
export const coordinated = (viewer: Viewer, unitId: string) => {
  const { COORDINATOR, 'DIRECTOR of the LEADERSHIP unit': leader } = moneyOf(viewer, unitId)
  return { COORDINATOR: COORDINATOR!, 'DIRECTOR of the LEADERSHIP unit': leader! }
}
const staff = <K extends keyof AgencyProfile & string>(column: K): FieldPage<AgencyProfile> => ({
  kind: 'value', of: (row) => row[column], readable: (viewer, { unitId }) => verdict({ ...inAgency(viewer, unitId, ['AGENCY_MANAGER', 'DIRECTOR']), ...coordinated(viewer, unitId) }),
})
const readsAll = (viewer: Viewer, { unitId }: AgencyProfile): Verdict => verdict(inAgency(viewer, unitId, ['AGENCY_MANAGER', 'DIRECTOR', 'FINANCE_OFFICER']))

/** A share to four digits, halves rounded up; null of nothing. */
export function budgetedShare(contracts: readonly Contract[]): number | null {
  const fen = (rows: readonly Contract[]) => rows.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)
  return contracts.length === 0 ? null : Math.round((fen(contracts.filter(({ funding }) => funding === 'ANNUAL_BUDGET')) * 10_000) / fen(contracts)) / 10_000
}
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
const byStart = (a: Contract, b: Contract) => (`${a.startsOn} ${a.id}` < `${b.startsOn} ${b.id}` ? -1 : 1)

/** The contract of the same two parties before this one. */
const before = (row: Contract, snapshot: Snapshot) => snapshot.where('contract', 'agencyId', row.agencyId).filter((other) => other.purchaserId === row.purchaserId && byStart(other, row) < 0 && other !== row).sort(byStart).at(-1)
export const continuity: Readonly<Record<string, FieldPage<Contract>>> = {
  previousContract: one('Contract', before),
  gapDays: { kind: 'value', of: (row, snapshot) => { const last = before(row, snapshot); return last ? Math.max(0, days(last.endsOn, row.startsOn) - 1) : null } },
  isRenewed: { kind: 'value', of: (row, snapshot) => row.status !== 'TERMINATED' && snapshot.where('contract', 'agencyId', row.agencyId).some((other) => other.purchaserId === row.purchaserId && other !== row && byStart(row, other) < 0) },
  isRenewal: { kind: 'value', of: (row, snapshot) => { const last = before(row, snapshot); return last !== undefined && last.status !== 'TERMINATED' } },
}

export const agencyProfile: Page<AgencyProfile> = {
  type: 'AgencyProfile',
  rows: ({ tables }) => tables.agency_profile,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    registrationLevel: value('registrationLevel'), rating: value('rating'), ratedOn: value('ratedOn'), ratingValidTo: value('ratingValidTo'), hasPartyOrganisation: value('hasPartyOrganisation'),
    fullTimeStaff: staff('fullTimeStaff'), partyMembers: staff('partyMembers'), reportedOn: staff('reportedOn'),
    budgetedShare: { kind: 'value', of: (row, snapshot) => budgetedShare(snapshot.where('contract', 'agencyId', row.unitId)), readable: readsAll },
    contractGapDays: {
      kind: 'value',
      readable: readsAll,
      of: (row, snapshot) => {
        let [gaps, end] = [0, '']
        for (const { startsOn, endsOn } of [...snapshot.where('contract', 'agencyId', row.unitId)].sort(byStart)) {
          if (end && startsOn > end) gaps += days(end, startsOn) - 1
          if (endsOn > end) end = endsOn
        }
        return gaps
      },
    },
    unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)),
  },
}

export const agencySupport: Page<AgencySupport> = {
  type: 'AgencySupport',
  rows: ({ tables }) => tables.agency_support,
  visible: (viewer, { agencyId, providerId }) => {
    const { FINANCE_OFFICER, DIRECTOR } = moneyOf(viewer, providerId)
    return verdict({ ...inAgency(viewer, agencyId, ['AGENCY_MANAGER', 'DIRECTOR']), 'FINANCE_OFFICER of the provider': FINANCE_OFFICER!, 'DIRECTOR of the provider': DIRECTOR!, ...coordinated(viewer, agencyId) })
  },
  fields: {
    ...ofEveryRow,
    kind: value('kind'), amount: value('amount'), startsOn: value('startsOn'), endsOn: value('endsOn'), note: value('note'),
    agency: one('Unit', (row, snapshot) => snapshot.one('unit', row.agencyId)),
    provider: one('Unit', (row, snapshot) => snapshot.one('unit', row.providerId)),
  },
}
