/*
 * Definitions of indicators and their thresholds are a dictionary: every signed-in viewer reads them, SYSTEM_ADMIN keeps thresholds.
 * Whoever is signed in may ask for an indicator: it is reckoned of the rows, and by the values, that this viewer may read, each through its own doors; where the viewer is one who reads no row of a type
 * that it is made of, it tells nothing. Pay is told only as it was published.
 * "BI_READER: aggregates in its division; no field of a person; small cells suppressed": it reads no row of people, and what is told of them in its division in the one cut that was published for good
 * (IndicatorFigure). It and AUDITOR ask of their division and those below it alone. COORDINATOR of the province publishes.
 */
import { accessTable, act, can, open, scope, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const indicatorAccess = accessTable({
  IndicatorFigure: { ...record, province: open, year: open, indicator: open, division: open, isTotal: open, isSuppressed: open, persons: open, numerator: open, denominator: open, threshold: open, publishedOn: open },
  IndicatorThreshold: { ...record, division: open, indicator: open, target: open, warning: open, validFrom: open, validTo: open, basis: open },
  Query: { indicators: signedIn, indicator: signedIn, dashboard: signedIn, indicatorThreshold: signedIn, indicatorThresholds: signedIn, indicatorFigure: signedIn, indicatorFigures: signedIn },
  Mutation: {
    indicatorFiguresPublish: act('Division', can('pay:publish').inDivision('id')),
    indicatorThresholdCreate: act('IndicatorThreshold', can('structure:keep')),
    indicatorThresholdUpdate: act('IndicatorThreshold', can('structure:keep')),
  },
})
export const indicatorScopes = [scope('IndicatorThreshold', signedIn), scope('IndicatorFigure', can('aggregate:read').inDivision('divisionId'))]
