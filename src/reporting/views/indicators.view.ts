import { parse } from 'graphql'
import { InputType } from 'type-graphql'
import { ask } from '../../engine/index.js'
import { Given, Refusal } from '../../kernel/index.js'
import { DivisionLevel } from '../../modules/divisions/index.js'
import { IndicatorFamily, IndicatorKey, IndicatorLevel, IndicatorMeasure } from '../indicators/index.js'
import { choice, day, decimal, flag, id, text, type ReckonedView } from './view.js'

@InputType('IndicatorsViewFilter')
class IndicatorsViewFilter {
  @Given.text('Id or code of the division (区划).') division!: string
  @Given.whole('Year (年度).') year!: number
}

const document = parse(`query indicatorsView($division: String!, $year: Int!) { dashboard(division: $division, year: $year) { families { indicators {
  key definition { family nameZh measure version clause } division { id code name level } from to asOf value numerator denominator suppressed change previous { value } threshold { target basisNumber } level
} } } }`)

/** All indicators of a division and year, as the dashboard shows them to this viewer. There is a page of them and no more. */
export const indicators: ReckonedView = {
  name: 'indicators', labelZh: '指标', description: 'Indicators of a division and year (指标), each against its threshold. The filter names both: `{ division: "330000", year: 2025 }`.',
  filter: IndicatorsViewFilter, filterName: 'IndicatorsViewFilter', type: 'IndicatorReading',
  async read(schema, context, filter) {
    if (!filter) throw new Refusal('BAD_USER_INPUT', { en: '`filter`: name a division and a year: {"division":"330000","year":2025}.', zh: '`filter`：请指定区划与年度：{"division":"330000","year":2025}。' }, 'filter')
    const { dashboard } = await ask<{ dashboard: { families: { indicators: object[] }[] } }>(schema, document, context, filter as Record<string, unknown>)
    return dashboard.families.flatMap(({ indicators }) => indicators)
  },
  columns: [
    choice('key', 'key', '指标', () => IndicatorKey),
    text('nameZh', 'definition.nameZh', '指标名称'),
    choice('family', 'definition.family', '问题类别', () => IndicatorFamily),
    choice('measure', 'definition.measure', '计量单位', () => IndicatorMeasure),
    id('divisionId', 'division.id', '区划标识'),
    text('divisionCode', 'division.code', '区划代码'),
    text('divisionName', 'division.name', '区划名称'),
    choice('divisionLevel', 'division.level', '区划层级', () => DivisionLevel),
    day('from', 'from', '期初'),
    day('to', 'to', '期末次日'),
    day('asOf', 'asOf', '统计日期'),
    decimal('value', 'value', '指标值', undefined, 6),
    decimal('numerator', 'numerator', '分子', undefined, 6),
    decimal('denominator', 'denominator', '分母', undefined, 6),
    flag('suppressed', 'suppressed', '是否因人数过少不予显示'),
    decimal('previousValue', 'previous.value', '上期值', undefined, 6),
    decimal('change', 'change', '较上期变化', undefined, 6),
    decimal('target', 'threshold.target', '目标值', undefined, 6),
    text('targetBasis', 'threshold.basisNumber', '目标依据文号'),
    choice('level', 'level', '达标情况', () => IndicatorLevel),
  ],
}
