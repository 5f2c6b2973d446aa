import { Choice, Link, Measured, OnDay, Record, RecordBase } from '../../kernel/index.js'
import { Division } from '../../modules/divisions/index.js'
import { PolicyDocument } from '../../modules/units/index.js'
import { IndicatorKey } from './catalogue.js'

@Record('IndicatorThreshold', 'ithr', 'What an indicator is to reach (指标目标值), as a division decided for itself and the divisions below it, between two dates, by a document.')
export class IndicatorThreshold extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own for the indicator (区划).') division!: Division
  @Choice(() => IndicatorKey, 'The indicator (指标).') indicator!: IndicatorKey
  @Measured('Value to reach: at least, or at most where lower is better (目标值).') target!: string
  @Measured('Value beyond which it is far from the target (预警值).', { nullable: true }) warning?: string | null
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}
