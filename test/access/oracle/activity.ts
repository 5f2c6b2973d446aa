/**
 * The text is silent on what units report of the work, so narrowly: those who take part in it read it, "AUDITOR, BI_READER: only where inDivision", "SECURITY_ADMIN, SYSTEM_ADMIN: none".
 * Figures of divisions and counts from before Heli are a dictionary of the network.
 */
import type { Snapshot } from './snapshot.js'
import type { AssociationMembership, DivisionStatistic, IncentiveMeasure, KeyActivity, OpeningCount, Pilot, PlanInclusion, PublicityActivity, RecordingCoverage, SocialWorkSection } from './snapshot-activity.js'
import { everySignedInViewer, inDivision, ofEveryRow, one, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

const administrators = ['SECURITY_ADMIN', 'SYSTEM_ADMIN']
const observers = ['BI_READER', 'AUDITOR']

export const sharedWork = (viewer: Viewer, divisionId: string): Verdict =>
  verdict({
    'takes part in the work': viewer.places.some(({ role }) => !administrators.includes(role) && !observers.includes(role)),
    'BI_READER or AUDITOR inDivision': viewer.places.some((place) => observers.includes(place.role) && inDivision(viewer.snapshot, place, divisionId)),
  })
const ofDivision = (viewer: Viewer, row: { divisionId: string }) => sharedWork(viewer, row.divisionId)
const ofUnit = (viewer: Viewer, row: { unitId: string }) => sharedWork(viewer, viewer.snapshot.one('unit', row.unitId)!.divisionId)

const division: FieldPage<{ divisionId: string }> = one('Division', (row, snapshot) => snapshot.one('division', row.divisionId))
const unit: FieldPage<{ unitId: string }> = one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId))
const document = one('PolicyDocument', (row: { documentId: string | null }, snapshot: Snapshot) => snapshot.one('policy_document', row.documentId))
const reported = { ...ofEveryRow, division, unit }

export const planInclusion: Page<PlanInclusion> = {
  type: 'PlanInclusion', rows: ({ tables }) => tables.plan_inclusion, visible: ofDivision,
  fields: { ...reported, document, kind: value('kind'), plan: value('plan'), text: value('text'), includedOn: value('includedOn') },
}
export const publicityActivity: Page<PublicityActivity> = {
  type: 'PublicityActivity', rows: ({ tables }) => tables.publicity_activity, visible: ofDivision,
  fields: { ...reported, title: value('title'), summary: value('summary'), heldOn: value('heldOn'), attendances: value('attendances') },
}
export const socialWorkSection: Page<SocialWorkSection> = {
  type: 'SocialWorkSection', rows: ({ tables }) => tables.social_work_section, visible: ofUnit,
  fields: { ...ofEveryRow, unit, name: value('name'), foundedOn: value('foundedOn'), endedOn: value('endedOn') },
}
export const recordingCoverage: Page<RecordingCoverage> = {
  type: 'RecordingCoverage', rows: ({ tables }) => tables.recording_coverage, visible: ofDivision,
  fields: { ...reported, coveredUnit: one('Unit', (row, snapshot) => snapshot.one('unit', row.coveredUnitId)), validFrom: value('validFrom'), validTo: value('validTo'), coversPlace: { kind: 'value', of: (row) => row.coveredUnitId === null } },
}
export const incentiveMeasure: Page<IncentiveMeasure> = {
  type: 'IncentiveMeasure', rows: ({ tables }) => tables.incentive_measure, visible: ofDivision,
  fields: { ...reported, document, year: value('year'), title: value('title'), text: value('text') },
}
export const keyActivity: Page<KeyActivity> = {
  type: 'KeyActivity', rows: ({ tables }) => tables.key_activity, visible: ofDivision,
  fields: { ...reported, name: value('name'), summary: value('summary'), startsOn: value('startsOn'), endsOn: value('endsOn') },
}
export const pilot: Page<Pilot> = {
  type: 'Pilot', rows: ({ tables }) => tables.pilot, visible: ofDivision,
  fields: {
    ...reported, kind: value('kind'), name: value('name'), summary: value('summary'), places: value('places'), poorCounties: value('poorCounties'), poorVillages: value('poorVillages'), funds: value('funds'),
    startsOn: value('startsOn'), endsOn: value('endsOn'),
  },
}
export const divisionStatistic: Page<DivisionStatistic> = {
  type: 'DivisionStatistic', rows: ({ tables }) => tables.division_statistic, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, year: value('year'), residentPopulation: value('residentPopulation'), source: value('source') },
}
export const associationMembership: Page<AssociationMembership> = {
  type: 'AssociationMembership', rows: ({ tables }) => tables.association_membership, visible: ofUnit,
  fields: { ...ofEveryRow, unit, year: value('year'), unitMembers: value('unitMembers'), personalMembers: value('personalMembers'), hasPartyOrganisation: value('hasPartyOrganisation') },
}
export const openingCount: Page<OpeningCount> = {
  type: 'OpeningCount', rows: ({ tables }) => tables.opening_count, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, year: value('year'), measure: value('measure'), count: value('count'), source: value('source') },
}
