/** "No threshold is in code": a dictionary, for every signed-in viewer. "BI_READER: aggregates in its division; no field of a person; small cells suppressed": what was published over people, in its division. */
import type { IndicatorFigure, IndicatorThreshold } from './snapshot-indicators.js'
import { everySignedInViewer, inDivision, ofEveryRow, one, value, verdict, type Page } from './words.js'

export const indicatorThreshold: Page<IndicatorThreshold> = {
  type: 'IndicatorThreshold', rows: ({ tables }) => tables.indicator_threshold, visible: everySignedInViewer,
  fields: {
    ...ofEveryRow, indicator: value('indicator'), target: value('target'), warning: value('warning'), validFrom: value('validFrom'), validTo: value('validTo'),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)), basis: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId)),
  },
}

export const indicatorFigure: Page<IndicatorFigure> = {
  type: 'IndicatorFigure', rows: ({ tables }) => tables.indicator_figure,
  visible: ({ places, snapshot }, row) => verdict({ 'BI_READER inDivision': places.some((place) => place.role === 'BI_READER' && inDivision(snapshot, place, row.divisionId)) }),
  fields: {
    ...ofEveryRow, indicator: value('indicator'), year: value('year'), isTotal: value('isTotal'), isSuppressed: value('isSuppressed'), persons: value('persons'), numerator: value('numerator'), denominator: value('denominator'),
    publishedOn: value('publishedOn'), province: one('Division', (row, snapshot) => snapshot.one('division', row.provinceId)), division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    threshold: one('PayThreshold', (row, snapshot) => snapshot.one('pay_threshold', row.thresholdId)),
  },
}
