/** "Division, Unit, Mandate, PolicyDocument: every signed-in viewer." A unit's names and its system are part of what it says of itself. */
import { budgetedShare, coordinated, inAgency } from './agency.js'
import { pathOf } from './division.js'
import { moneyOf } from './funding.js'
import type { Unit, UnitName, UnitSystem } from './snapshot.js'
import { everySignedInViewer, many, ofEveryRow, one, value, verdict, type Page } from './words.js'

export const unit: Page<Unit> = {
  type: 'Unit',
  rows: ({ tables }) => tables.unit,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    code: value('code'), name: value('name'), shortName: value('shortName'), kind: value('kind'), creditCode: value('creditCode'), institutionKind: value('institutionKind'),
    legalForm: value('legalForm'), registrationLevel: value('registrationLevel'), foundedOn: value('foundedOn'), endedOn: value('endedOn'),
    divisionPath: { kind: 'value', of: (row, snapshot) => pathOf(snapshot, snapshot.one('division', row.divisionId)!) },
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    lineParent: one('Unit', (row, snapshot) => snapshot.one('unit', row.lineParentId)),
    successor: one('Unit', (row, snapshot) => snapshot.one('unit', row.successorId)),
    system: one('UnitSystem', (row, snapshot) => snapshot.one('unit_system', row.systemId)),
    names: many('UnitName', (row, snapshot) => snapshot.where('unit_name', 'unitId', row.id)),
    mandates: many('Mandate', (row, snapshot) => snapshot.where('mandate', 'unitId', row.id)),
    lineChildren: many('Unit', (row, snapshot) => snapshot.where('unit', 'lineParentId', row.id)),
    assignments: many('Assignment', (row, snapshot) => snapshot.where('assignment', 'unitId', row.id)),
    posts: many('Post', (row, snapshot) => snapshot.where('post', 'unitId', row.id)),
    employments: many('Employment', (row, snapshot) => snapshot.where('employment', 'unitId', row.id)),
    stations: many('Station', (row, snapshot) => snapshot.where('station', 'unitId', row.id)),
    servicePlans: many('ServicePlan', (row, snapshot) => snapshot.where('service_plan', 'unitId', row.id)),
    needsSurveys: many('NeedsSurvey', (row, snapshot) => snapshot.where('needs_survey', 'unitId', row.id)),
    periodLocks: many('PeriodLock', (row, snapshot) => snapshot.where('period_lock', 'unitId', row.id)),
    agencyProfile: one('AgencyProfile', (row, snapshot) => snapshot.where('agency_profile', 'unitId', row.id)[0]),
    supports: many('AgencySupport', (row, snapshot) => snapshot.where('agency_support', 'agencyId', row.id)),
    contractsServed: many('Contract', (row, snapshot) => snapshot.where('contract', 'agencyId', row.id)),
    contractsBought: many('Contract', (row, snapshot) => snapshot.where('contract', 'purchaserId', row.id)),
    budgetedShare: { kind: 'value', of: (row, snapshot) => budgetedShare(snapshot.where('contract', 'purchaserId', row.id)), readable: (viewer, row) => verdict(moneyOf(viewer, row.id)) },
    volunteerTeams: many('VolunteerTeam', (row, snapshot) => snapshot.where('volunteer_team', 'unitId', row.id)),
    isSupported: {
      kind: 'value', of: (row, snapshot) => snapshot.where('agency_support', 'agencyId', row.id).some(({ startsOn, endsOn }) => startsOn <= snapshot.today && (endsOn === null || endsOn >= snapshot.today)),
      readable: (viewer, row) => verdict({ ...inAgency(viewer, row.id, ['AGENCY_MANAGER', 'DIRECTOR']), ...coordinated(viewer, row.id) }),
    },
    scores: many('UnitScore', (row, snapshot) => snapshot.where('unit_score', 'unitId', row.id)),
  },
}

export const unitName: Page<UnitName> = {
  type: 'UnitName',
  rows: ({ tables }) => tables.unit_name,
  visible: everySignedInViewer,
  fields: { ...ofEveryRow, name: value('name'), validFrom: value('validFrom'), validTo: value('validTo'), unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)) },
}

export const unitSystem: Page<UnitSystem> = {
  type: 'UnitSystem',
  rows: ({ tables }) => tables.unit_system,
  visible: everySignedInViewer,
  fields: { ...ofEveryRow, name: value('name'), validFrom: value('validFrom'), validTo: value('validTo') },
}
