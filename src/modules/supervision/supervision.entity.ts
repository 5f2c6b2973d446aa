import { Choice, enumeration, Flag, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { PolicyDocument } from '../units/index.js'

export const LightLevel = enumeration('LightLevel', 'How pressing a piece of work is (灯级), the lowest first. What colour it has is policy data.', {
  NONE: 'Nothing to warn of (正常)',
  APPROACHING: 'The due day comes near (临近)',
  LATE: 'Late or lagging (逾期或滞后)',
  SERIOUS: 'Seriously late (严重逾期)',
})
export type LightLevel = keyof typeof LightLevel

export const LightTrigger = enumeration('LightTrigger', 'What makes a light rule fire (亮灯条件), together with its threshold n.', {
  DAYS_TO_DUE: 'At most n working days remain to the due day, and it has not passed (距到期不超过 n 个工作日)',
  DAYS_LATE: 'At least n working days late (逾期满 n 个工作日)',
  BEHIND_OR_POOR: 'Progress lags the elapsed share of working days by at least n percentage points, or the latest review is POOR (进度滞后 n 个百分点或复核评价为差)',
  PREVIOUS_SLIP_UNANSWERED: 'A slip of the level next below was sent at least n working days ago, and nothing was reported since (上一级督办单发出满 n 个工作日未反馈)',
})
export type LightTrigger = keyof typeof LightTrigger

@Record('SupervisionPolicy', 'supp', 'The rules of supervision that a division set for itself and the divisions below it, between two dates, by a document (督查规则).')
export class SupervisionPolicy extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own (区划).') division!: Division
  @Text('Name (名称).') name!: string
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
  @Whole('Working days after issue within which a unit accepts (签收时限).') acceptWithinDays!: number
  @Whole('Working days from one progress report to the next (反馈周期).') reportEveryDays!: number
}

@Record('LightRule', 'lrul', 'When work lights up at a level, and in which colour (亮灯规则). Of the rules that fire, the highest level counts.')
export class LightRule extends RecordBase {
  @Link(() => SupervisionPolicy, 'The policy that it is part of (督查规则).') policy!: SupervisionPolicy
  @Choice(() => LightLevel, 'Level (灯级).') level!: LightLevel
  @Text('Colour (颜色), such as `黄`; the same in all rules of a level.') colour!: string
  @Choice(() => LightTrigger, 'What makes it fire; none for NONE, which holds where nothing else does (亮灯条件).', { nullable: true }) trigger?: LightTrigger | null
  @Whole('The n of the trigger: working days, or percentage points for BEHIND_OR_POOR; none for NONE (阈值).', { nullable: true }) threshold?: number | null
  @Flag('A supervision slip is sent when work reaches this level by this rule (发督办单).', { default: false }) sendsSlip!: boolean
}
