import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { UnitFilter } from '../units/index.js'
import { PilotKind, PlanKind } from './activity.entity.js'
import { OpeningMeasure } from './figure.entity.js'

const paging = (type: string, filter: Parameters<typeof filterOf>[1], order: readonly string[]): Paging => ({
  filter: filterOf(type, { id: compare.id, createdAt: compare.instant, ...filter }), ...orderOf(type, [...order, 'createdAt']),
})
const place = { division: () => DivisionFilter, unit: () => UnitFilter }

export const planPaging = paging('PlanInclusion', { ...place, kind: compareEnum('PlanKind', PlanKind), plan: compare.text, includedOn: compare.day }, ['includedOn'])
export const publicityPaging = paging('PublicityActivity', { ...place, title: compare.text, heldOn: compare.day, attendances: compare.whole }, ['heldOn', 'attendances'])
export const sectionPaging = paging('SocialWorkSection', { unit: () => UnitFilter, name: compare.text, foundedOn: compare.day, endedOn: compare.day }, ['foundedOn', 'endedOn'])
export const coveragePaging = paging('RecordingCoverage', { ...place, coveredUnit: () => UnitFilter, coversPlace: compare.flag, validFrom: compare.day, validTo: compare.day }, ['validFrom', 'validTo'])
export const incentivePaging = paging('IncentiveMeasure', { ...place, year: compare.whole, title: compare.text }, ['year'])
export const keyActivityPaging = paging('KeyActivity', { ...place, name: compare.text, startsOn: compare.day, endsOn: compare.day }, ['startsOn', 'endsOn'])
export const pilotPaging = paging('Pilot', { ...place, kind: compareEnum('PilotKind', PilotKind), name: compare.text, funds: compare.money, startsOn: compare.day, endsOn: compare.day }, ['startsOn', 'endsOn', 'funds'])
export const statisticPaging = paging('DivisionStatistic', { division: () => DivisionFilter, year: compare.whole, residentPopulation: compare.whole }, ['year', 'residentPopulation'])
export const membershipPaging = paging('AssociationMembership', { unit: () => UnitFilter, year: compare.whole, hasPartyOrganisation: compare.flag }, ['year', 'unitMembers', 'personalMembers'])
export const openingPaging = paging('OpeningCount', { division: () => DivisionFilter, year: compare.whole, measure: compareEnum('OpeningMeasure', OpeningMeasure), count: compare.whole }, ['year', 'count'])
