/*
 * What a unit reports of the work (plans that took it in, publicity, sections, recording of service, incentives, key activities, pilots, members of associations) is read by everyone who takes part
 * in the work, and by BI_READER and AUDITOR in the division; SECURITY_ADMIN and SYSTEM_ADMIN read none of it.
 * DIRECTOR and CLERK of the unit that reports enter and correct it; nobody else does.
 * Figures of divisions and counts from before Heli are a dictionary: every signed-in viewer reads them, SYSTEM_ADMIN keeps them.
 */
import { accessTable, act, any, can, open, scope, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const reported = { ...record, division: open, unit: open }
const keeps = can('structure:keep')
const reports = can('activity:report').ownUnit('unitId')

const acts = (name: string, type: string, guard: typeof reports) => ({ [`${name}Create`]: act(type, guard), [`${name}Update`]: act(type, guard) })
const queries = (...names: string[]) => Object.fromEntries(names.map((name) => [name, signedIn]))

export const activityAccess = accessTable({
  PlanInclusion: { ...reported, kind: open, plan: open, text: open, includedOn: open, document: open },
  PublicityActivity: { ...reported, title: open, summary: open, heldOn: open, attendances: open },
  SocialWorkSection: { ...record, unit: open, name: open, foundedOn: open, endedOn: open },
  RecordingCoverage: { ...reported, coveredUnit: open, coversPlace: open, validFrom: open, validTo: open },
  IncentiveMeasure: { ...reported, year: open, title: open, text: open, document: open },
  KeyActivity: { ...reported, name: open, summary: open, startsOn: open, endsOn: open },
  Pilot: { ...reported, kind: open, name: open, summary: open, places: open, poorCounties: open, poorVillages: open, funds: open, startsOn: open, endsOn: open },
  DivisionStatistic: { ...record, division: open, year: open, residentPopulation: open, source: open },
  AssociationMembership: { ...record, unit: open, year: open, unitMembers: open, personalMembers: open, hasPartyOrganisation: open },
  OpeningCount: { ...record, division: open, year: open, measure: open, count: open, source: open },
  Query: queries(
    'planInclusion', 'planInclusions', 'publicityActivity', 'publicityActivities', 'socialWorkSection', 'socialWorkSections', 'recordingCoverage', 'recordingCoverages', 'incentiveMeasure', 'incentiveMeasures',
    'keyActivity', 'keyActivities', 'pilot', 'pilots', 'divisionStatistic', 'divisionStatistics', 'associationMembership', 'associationMemberships', 'openingCount', 'openingCounts',
    'planInclusionsAggregate', 'publicityActivitiesAggregate', 'socialWorkSectionsAggregate', 'recordingCoveragesAggregate', 'incentiveMeasuresAggregate', 'keyActivitiesAggregate', 'pilotsAggregate',
    'divisionStatisticsAggregate', 'associationMembershipsAggregate', 'openingCountsAggregate',
  ),
  Mutation: {
    ...acts('planInclusion', 'PlanInclusion', reports),
    ...acts('publicityActivity', 'PublicityActivity', reports),
    ...acts('socialWorkSection', 'SocialWorkSection', reports),
    ...acts('recordingCoverage', 'RecordingCoverage', reports),
    ...acts('incentiveMeasure', 'IncentiveMeasure', reports),
    ...acts('keyActivity', 'KeyActivity', reports),
    ...acts('pilot', 'Pilot', reports),
    ...acts('associationMembership', 'AssociationMembership', reports),
    ...acts('divisionStatistic', 'DivisionStatistic', keeps),
    ...acts('openingCount', 'OpeningCount', keeps),
  },
})

const inDivision = any(can('work:takePart'), can('work:observe').inDivision('divisionId'))
const inDivisionOfUnit = any(can('work:takePart'), can('work:observe').inDivisionOfUnit('unitId'))
export const activityScopes = [
  ...['PlanInclusion', 'PublicityActivity', 'RecordingCoverage', 'IncentiveMeasure', 'KeyActivity', 'Pilot'].map((type) => scope(type, inDivision)),
  ...['SocialWorkSection', 'AssociationMembership'].map((type) => scope(type, inDivisionOfUnit)),
  ...['DivisionStatistic', 'OpeningCount'].map((type) => scope(type, signedIn)),
]
