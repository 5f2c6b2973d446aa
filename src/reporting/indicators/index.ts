/*
 * Indicators (指标): what the policy asks for, in numbers. A definition names the rows of its numerator and denominator, in code, with its formula in words and a version that grows with it; what is to be
 * reached is a threshold: data of a division, between two dates, by a document. A reading is of a division with all below it and of a year, quarter or month; it is reckoned as its viewer (figures), with
 * the rows behind each part, the period before, and told apart by place, kind of unit, grade or time. To BI_READER, who reads no row of people, indicators over people are told in one cut alone: by prefecture and year,
 * published once, with every region left out whole that has a figure over few persons, and as many others as it takes that subtraction tells nothing. Four families, one for each problem that the policy names, make the dashboard.
 */
import { collection, constraintMeans, defineModule } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { DashboardResolver } from './dashboard.resolver.js'
import { IndicatorFigure } from './figure.entity.js'
import { IndicatorMutations } from './figure.resolver.js'
import { figurePaging, isPublished } from './figure.service.js'
import { indicatorAccess, indicatorScopes } from './indicator.access.js'
import { IndicatorReadings } from './indicator.resolver.js'
import { IndicatorThreshold } from './threshold.entity.js'
import { thresholdPaging, thresholds } from './threshold.service.js'

constraintMeans('indicator_figure_once', isPublished)
constraintMeans('indicator_threshold_no_overlap', () => new Problem('OVERLAP', 'input.validFrom', { en: 'The division has another threshold for the indicator on one of these days.', zh: '期间内该区划已有此指标的目标值。' }))

export const indicators = defineModule({
  name: 'indicators',
  records: [IndicatorThreshold, IndicatorFigure],
  resolvers: [IndicatorReadings, DashboardResolver, IndicatorMutations, thresholds.resolver],
  fields: [collection(IndicatorThreshold, 'indicatorThreshold', 'indicatorThresholds', thresholdPaging), collection(IndicatorFigure, 'indicatorFigure', 'indicatorFigures', figurePaging)],
  access: [indicatorAccess],
  scopes: indicatorScopes,
})

export { catalogue, IndicatorKey, indicatorKeys } from './catalogue.js'
export { leftOut } from './cut.js'
export { IndicatorFamily, IndicatorMeasure } from './definition.js'
export { IndicatorLevel } from './threshold.js'
export { IndicatorThreshold } from './threshold.entity.js'
