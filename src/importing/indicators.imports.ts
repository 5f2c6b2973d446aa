import { catalogue, IndicatorThreshold, type IndicatorKey } from '../reporting/indicators/index.js'
import { attributesImport, divisions, documents, link, plain } from './attributes.js'
import { CellFault, choice, day, type Parse } from './columns.js'
import { say } from './fault.js'

const required = { required: true }

/** What an indicator is measured in: a share of 60 % is 0.6. */
const measured: Parse<string> = (cell) => {
  if (/^-?\d{1,12}(\.\d{1,4})?$/.test(cell)) return cell
  throw new CellFault(say(`"${cell}" is no number of at most four places`, `“${cell}”不是最多四位小数的数值`), say('Write a share of 60 % as 0.6.', '占比 60% 请填写 0.6。'))
}

// In a list of terms a space stands between two names of one; no name of an indicator has one.
const names = Object.fromEntries(Object.entries(catalogue).map(([key, { nameZh }]) => [key, nameZh])) as Readonly<Record<IndicatorKey, string>>

export const indicatorImports = {
  'indicator-thresholds': attributesImport({
    entity: IndicatorThreshold, key: ['division', 'indicator', 'validFrom'], within: 'division', alone: { alike: ['division', 'indicator'], what: { en: 'The division has another threshold for the indicator', zh: '期间内该区划已有此指标的目标值' } },
    attributes: {
      division: link(divisions, '区划 区划代码', required), indicator: plain('text', choice(names), '指标', required), target: plain('decimal', measured, '目标值', required), warning: plain('decimal', measured, '预警值'),
      validFrom: plain('day', day, '起始日期', required), validTo: plain('day', day, '终止日期'), basis: link(documents, '依据文件', required),
    },
  }),
}
