/*
 * That an agency is registered, at which level, how it is graded and whether it has a party organisation stands in a public register: every signed-in viewer reads it, as it reads the unit.
 * Its staff in numbers is read by AGENCY_MANAGER and DIRECTOR of the agency and by COORDINATOR of its division (a DIRECTOR of the LEADERSHIP unit reads what that coordinator reads).
 * Figures over all of an agency's contracts are read by those who read all of them: AGENCY_MANAGER, DIRECTOR and FINANCE_OFFICER of the agency. The share of a purchaser's contracts that the annual budget
 * funds is read by FINANCE_OFFICER and DIRECTOR of the purchaser and COORDINATOR of its division. The contract before another one has the same two parties and so the same readers.
 * Support is read by AGENCY_MANAGER and DIRECTOR of the agency, by FINANCE_OFFICER and DIRECTOR of the unit that gives it, and by COORDINATOR of the agency's division.
 * That an agency is supported today is read by those of them who read all of its support: not by the unit that gives it.
 * SYSTEM_ADMIN keeps the register; AGENCY_MANAGER reports the staff of its own agency; FINANCE_OFFICER of the supporting unit enters support and its end.
 */
import { accessTable, act, any, can, open, scope, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const staff = any(can('agency:readStaff').ownUnit('unitId'), can('coordination:read').inDivisionOfUnit('unitId'))
const allContracts = can('contract:read').ownUnit('unitId')
const registers = act('AgencyProfile', can('structure:keep'))
const supports = act('AgencySupport', can('money:keep').ownUnit('providerId'))

export const agencyAccess = accessTable({
  AgencyProfile: {
    ...record, unit: open, registrationLevel: open, rating: open, ratedOn: open, ratingValidTo: open, hasPartyOrganisation: open, fullTimeStaff: staff, partyMembers: staff, reportedOn: staff,
    budgetedShare: allContracts, contractGapDays: allContracts,
  },
  AgencySupport: { ...record, agency: open, provider: open, kind: open, amount: open, startsOn: open, endsOn: open, note: open },
  Unit: {
    isSupported: any(can('agency:readStaff').ownUnit('id'), can('coordination:read').inDivision('divisionId')),
    agencyProfile: open, supports: open, contractsServed: open, contractsBought: open,
    budgetedShare: any(can('money:read').ownUnit('id'), can('coordination:read').inDivision('divisionId')),
  },
  Contract: { previousContract: open, gapDays: open, isRenewal: open, isRenewed: open },
  Query: {
    agencyProfilesAggregate: signedIn, agencySupportsAggregate: signedIn,
    agencyProfile: signedIn, agencyProfiles: signedIn, agencySupport: signedIn, agencySupports: signedIn,
  },
  Mutation: {
    agencyProfileCreate: registers,
    agencyProfileUpdate: registers,
    agencyStaffReport: act('AgencyProfile', can('agency:report').ownUnit('unitId')),
    agencySupportGive: supports,
    agencySupportEnd: supports,
  },
})

export const agencyScopes = [
  scope('AgencyProfile', signedIn),
  scope('AgencySupport', any(can('agency:readStaff').ownUnit('agencyId'), can('money:read').ownUnit('providerId'), can('coordination:read').inDivisionOfUnit('agencyId'))),
]
