/*
 * What units report of the work besides their tasks, and the figures that the national return (全国社会工作和志愿服务统计表) needs and no other module holds: plans that took social work in, publicity,
 * sections in institutions, places and units that record voluntary service, incentives, key activities, pilots and projects, members of associations; population by year, counts from before Heli.
 * A place records voluntary service as a whole (its county, township or community) or one unit in it does. An association's members and a division's population are one row a year.
 * `returnSources` says of each column of the return which rows it comes from.
 */
import { sql } from 'kysely'
import { aggregate, collection, constraintMeans, defineModule, value } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { activityAccess, activityScopes } from './activity.access.js'
import { IncentiveMeasure, KeyActivity, Pilot, PlanInclusion, PublicityActivity, RecordingCoverage, SocialWorkSection } from './activity.entity.js'
import { coverageGrouping, incentiveGrouping, keyActivityGrouping, membershipGrouping, openingGrouping, pilotGrouping, planGrouping, publicityGrouping, sectionGrouping, statisticGrouping } from './activity.grouping.js'
import { coveragePaging, incentivePaging, keyActivityPaging, membershipPaging, openingPaging, pilotPaging, planPaging, publicityPaging, sectionPaging, statisticPaging } from './activity.input.js'
import { coverages, incentives, keyActivities, memberships, openings, pilots, planInclusions, publicityActivities, sections, statistics } from './activity.service.js'
import { AssociationMembership, DivisionStatistic, OpeningCount } from './figure.entity.js'

constraintMeans('recording_coverage_once', () => new Problem('OVERLAP', 'input.validFrom', { en: 'The place or unit records already on one of these days.', zh: '期间内该区划或单位已登记开展记录工作。' }))

export const activity = defineModule({
  name: 'activity',
  records: [PlanInclusion, PublicityActivity, SocialWorkSection, RecordingCoverage, IncentiveMeasure, KeyActivity, Pilot, DivisionStatistic, AssociationMembership, OpeningCount],
  resolvers: [planInclusions, publicityActivities, sections, coverages, incentives, keyActivities, pilots, statistics, memberships, openings].map(({ resolver }) => resolver),
  fields: [
    collection(PlanInclusion, 'planInclusion', 'planInclusions', planPaging),
    collection(PublicityActivity, 'publicityActivity', 'publicityActivities', publicityPaging),
    collection(SocialWorkSection, 'socialWorkSection', 'socialWorkSections', sectionPaging),
    collection(RecordingCoverage, 'recordingCoverage', 'recordingCoverages', coveragePaging),
    value(RecordingCoverage, 'coversPlace', () => Boolean, 'The whole place records, not one unit in it (是否为整个区划).', { sql: (row) => sql`${row.column('coveredUnitId')} is null` }),
    collection(IncentiveMeasure, 'incentiveMeasure', 'incentiveMeasures', incentivePaging),
    collection(KeyActivity, 'keyActivity', 'keyActivities', keyActivityPaging),
    collection(Pilot, 'pilot', 'pilots', pilotPaging),
    collection(DivisionStatistic, 'divisionStatistic', 'divisionStatistics', statisticPaging),
    collection(AssociationMembership, 'associationMembership', 'associationMemberships', membershipPaging),
    collection(OpeningCount, 'openingCount', 'openingCounts', openingPaging),
    aggregate(PlanInclusion, 'planInclusionsAggregate', planPaging, planGrouping),
    aggregate(PublicityActivity, 'publicityActivitiesAggregate', publicityPaging, publicityGrouping),
    aggregate(SocialWorkSection, 'socialWorkSectionsAggregate', sectionPaging, sectionGrouping),
    aggregate(RecordingCoverage, 'recordingCoveragesAggregate', coveragePaging, coverageGrouping),
    aggregate(IncentiveMeasure, 'incentiveMeasuresAggregate', incentivePaging, incentiveGrouping),
    aggregate(KeyActivity, 'keyActivitiesAggregate', keyActivityPaging, keyActivityGrouping),
    aggregate(Pilot, 'pilotsAggregate', pilotPaging, pilotGrouping),
    aggregate(DivisionStatistic, 'divisionStatisticsAggregate', statisticPaging, statisticGrouping),
    aggregate(AssociationMembership, 'associationMembershipsAggregate', membershipPaging, membershipGrouping),
    aggregate(OpeningCount, 'openingCountsAggregate', openingPaging, openingGrouping),
  ],
  access: [activityAccess],
  scopes: activityScopes,
})

export { IncentiveMeasure, KeyActivity, Pilot, PilotKind, PlanInclusion, PlanKind, PublicityActivity, RecordingCoverage, SocialWorkSection } from './activity.entity.js'
export { AssociationMembership, DivisionStatistic, OpeningCount, OpeningMeasure } from './figure.entity.js'
export { returnSources, type ReturnSource } from './return-sources.js'
