import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { markStructural } from '../../engine/index.js'
import { Day, Decimal } from '../../kernel/index.js'
import { DivisionLevel } from '../../modules/divisions/index.js'
import { Mechanism } from '../../modules/units/index.js'
import { IndicatorKey } from './catalogue.js'
import { IndicatorDimension, IndicatorDirection, IndicatorFamily, IndicatorMeasure, IndicatorTiming } from './definition.js'
import { IndicatorLevel } from './threshold.js'

export const IndicatorPart = { NUMERATOR: 'NUMERATOR', DENOMINATOR: 'DENOMINATOR' } as const

const shape = (name: string, description: string): ClassDecorator => (target) => {
  markStructural(name)
  ObjectType(name, { description, simpleResolvers: true })(target)
}

@InputType({ description: 'Which indicators: all parts hold.' })
export class IndicatorsFilter {
  @Field(() => [IndicatorKey], { nullable: true, description: 'These (指标).' }) keys?: IndicatorKey[] | null
  @Field(() => IndicatorFamily, { nullable: true, description: 'Of this family (类别).' }) family?: IndicatorFamily | null
  @Field(() => Mechanism, { nullable: true, description: 'Of this mechanism (机制).' }) mechanism?: Mechanism | null
}

@InputType({ description: 'A year, or a quarter or month of it (期间).' })
export class PeriodInput {
  @Field(() => Int, { description: 'Year (年).' }) year!: number
  @Field(() => Int, { nullable: true, description: 'Quarter, 1-4 (季度).' }) quarter?: number | null
  @Field(() => Int, { nullable: true, description: 'Month, 1-12 (月).' }) month?: number | null
}

@shape('IndicatorDefinition', 'What an indicator is (指标定义). A formula that changes makes another version of it.')
export class IndicatorDefinition {
  @Field(() => IndicatorKey, { description: 'Its name for machines (指标代码).' }) key!: IndicatorKey
  @Field(() => String, { description: 'Name.' }) name!: string
  @Field(() => String, { description: 'Chinese name (指标名称).' }) nameZh!: string
  @Field(() => IndicatorFamily, { description: 'Which of the four problems it tells of (类别).' }) family!: IndicatorFamily
  @Field(() => Mechanism, { description: 'Mechanism that it measures (机制).' }) mechanism!: Mechanism
  @Field(() => IndicatorMeasure, { description: 'In what its value is told (计量单位).' }) measure!: IndicatorMeasure
  @Field(() => IndicatorDirection, { description: 'Which values are the better ones (指标方向).' }) direction!: IndicatorDirection
  @Field(() => IndicatorTiming, { description: 'What time it is about (时间口径).' }) timing!: IndicatorTiming
  @Field(() => String, { description: 'Formula in words.' }) formula!: string
  @Field(() => String, { description: 'Formula in Chinese (计算公式).' }) formulaZh!: string
  @Field(() => Int, { description: 'Version; it grows when the formula changes (版本).' }) version!: number
  @Field(() => String, { description: 'Section of the policy that it answers to (对应条款).' }) clause!: string
  @Field(() => String, { description: 'What that section asks for.' }) clauseText!: string
  @Field(() => String, { description: 'The same in Chinese (条款要求).' }) clauseTextZh!: string
  @Field(() => [IndicatorDimension], { description: 'By what it can be told apart (统计维度).' }) dimensions!: IndicatorDimension[]
}

@shape('IndicatorPlace', 'The division that is asked about (区划).')
export class IndicatorPlace {
  @Field(() => String, { description: 'Its id.' }) id!: string
  @Field(() => String, { description: 'Its code (区划代码).' }) code!: string
  @Field(() => String, { description: 'Its name (名称).' }) name!: string
  @Field(() => DivisionLevel, { description: 'Its level (级别).' }) level!: DivisionLevel
}

@shape('IndicatorTarget', 'The threshold in force on the day that is counted: that of the division, or of the nearest above it that has one (适用目标值).')
export class IndicatorTarget {
  @Field(() => String, { description: 'Id of the IndicatorThreshold.' }) id!: string
  @Field(() => Decimal, { description: 'Value to reach (目标值).' }) target!: string
  @Field(() => Decimal, { nullable: true, description: 'Value beyond which it is far from the target (预警值).' }) warning!: string | null
  @Field(() => Day, { description: 'First day (起始日期).' }) validFrom!: string
  @Field(() => Day, { nullable: true, description: 'First day on which it no longer holds (终止日期).' }) validTo!: string | null
  @Field(() => String, { description: 'Division that set it (制定区划).' }) divisionName!: string
  @Field(() => String, { description: 'Number of the document that it rests on (依据文件文号).' }) basisNumber!: string
  @Field(() => String, { description: 'Title of that document (依据文件).' }) basisTitle!: string
}

const exact = { nullable: true } as const

@shape('IndicatorPrevious', 'The period of the same length before (上期).')
export class IndicatorPrevious {
  @Field(() => Day, { description: 'First day of the period (期初).' }) from!: string
  @Field(() => Day, { description: 'First day after it (期末次日).' }) to!: string
  @Field(() => Decimal, { ...exact, description: 'Value (指标值).' }) value!: string | null
  @Field(() => Decimal, { ...exact, description: 'Numerator (分子).' }) numerator!: string | null
  @Field(() => Decimal, { ...exact, description: 'Denominator (分母).' }) denominator!: string | null
  @Field(() => Boolean, { description: 'Withheld, since it would tell of few persons (是否不予公布).' }) suppressed!: boolean
}

@shape('IndicatorGroup', 'An indicator for one of what it is told apart by (分组指标值).')
export class IndicatorGroup {
  @Field(() => String, { ...exact, description: 'Id of the division or unit, enum value, or first day of the span; null for what has none (分组键).' }) key!: string | null
  @Field(() => String, { ...exact, description: 'Name of the division or unit; the key for the others (名称).' }) label!: string | null
  @Field(() => Decimal, { ...exact, description: 'Value (指标值).' }) value!: string | null
  @Field(() => Decimal, { ...exact, description: 'Numerator (分子).' }) numerator!: string | null
  @Field(() => Decimal, { ...exact, description: 'Denominator (分母).' }) denominator!: string | null
  @Field(() => IndicatorLevel, { ...exact, description: 'Where it stands against the threshold of the whole (达标情况).' }) level!: IndicatorLevel | null
  @Field(() => Boolean, { description: 'Withheld, since it would tell of few persons (是否不予公布).' }) suppressed!: boolean
}
