import { Choice, Flag, Link, Measured, OnDay, Record, RecordBase, Whole } from '../../kernel/index.js'
import { Division } from '../../modules/divisions/index.js'
import { PayThreshold } from '../../modules/pay/index.js'
import { IndicatorKey } from './catalogue.js'

@Record('IndicatorFigure', 'ifig', 'An indicator over people of a region and year, published once and for good (指标统计发布): of each prefecture, and of the whole province. A suppressed one keeps its place and no figure.')
export class IndicatorFigure extends RecordBase {
  @Link(() => Division, 'The province (省份).') province!: Division
  @Whole('Year (年度).') year!: number
  @Choice(() => IndicatorKey, 'The indicator (指标).') indicator!: IndicatorKey
  @Link(() => Division, 'Region: a prefecture, or the province for the units that stand in it directly (地区).') division!: Division
  @Flag('Covers the whole province (是否全省合计).') isTotal!: boolean
  @Flag('It, or another figure of the region, would tell of too few persons, by itself or by subtraction (是否不予公布).') isSuppressed!: boolean
  @Whole('Distinct persons (人数).', { nullable: true }) persons?: number | null
  @Measured('Numerator (分子).', { nullable: true }) numerator?: string | null
  @Measured('Denominator; none for a plain number (分母).', { nullable: true }) denominator?: string | null
  @Link(() => PayThreshold, 'Threshold of persons that was applied: the same as for pay (发布门槛).') threshold!: PayThreshold
  @OnDay('Day of publication (发布日期).') publishedOn!: string
}
