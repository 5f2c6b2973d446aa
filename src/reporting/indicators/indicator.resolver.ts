import { Arg, Ctx, Field, FieldResolver, Info, Int, ObjectType, Query, registerEnumType, Resolver, Root } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { markStructural, type WithReads } from '../../engine/index.js'
import { Day, Decimal } from '../../kernel/index.js'
import { FigureRows, rowsBehind } from '../figures/index.js'
import { IndicatorKey } from './catalogue.js'
import { difference } from './decimal.js'
import { IndicatorDimension } from './definition.js'
import { checkDimension, checkSight, chosen, definitionOf, extentOf, labelsOf, placeOf, today, type Placed } from './indicator.service.js'
import { IndicatorDefinition, IndicatorGroup, IndicatorPart, IndicatorPlace, IndicatorPrevious, IndicatorsFilter, IndicatorTarget, PeriodInput } from './indicator.types.js'
import { Reading, type Said } from './reading.js'
import { IndicatorLevel, levelOf, thresholdsFor, type Applied } from './threshold.js'

registerEnumType(IndicatorPart, { name: 'IndicatorPart', description: 'A part of a value (指标组成).', valuesConfig: { NUMERATOR: { description: 'Numerator (分子)' }, DENOMINATOR: { description: 'Denominator (分母)' } } })

@ObjectType('IndicatorReading', { description: 'An indicator of a division and period, of the rows that you may see (指标值).', simpleResolvers: true })
export class IndicatorReading {
  @Field(() => IndicatorKey, { description: 'The indicator (指标).' }) key!: IndicatorKey
  @Field(() => IndicatorPlace, { description: 'The division (区划).' }) division!: IndicatorPlace
  @Field(() => Day, { description: 'First day of the period (期初).' }) from!: string
  @Field(() => Day, { description: 'First day after the period (期末次日).' }) to!: string
  @Field(() => Day, { nullable: true, description: 'Day that is counted: the last of the period, or today; null where the indicator tells nothing of that time (统计日期).' }) asOf!: string | null

  reading!: Reading
  place!: Placed
  applied!: Applied | undefined
  by!: IndicatorDimension | undefined
  /** Reckoned when the first field asks for it, and once. */
  said?: Promise<Said>
  before?: Promise<Said> | undefined
}
markStructural('IndicatorReading')

const saidOf = (of: IndicatorReading): Promise<Said> => (of.said ??= of.reading.said())
const beforeOf = (of: IndicatorReading): Promise<Said> | undefined => (of.before ??= of.reading.before()?.said())

/** Readings of some indicators of one place and period: where they stand is found once for all. */
export async function readingsOf(info: GraphQLResolveInfo, context: WithReads, keys: readonly IndicatorKey[], division: string, period: PeriodInput, by?: IndicatorDimension, field = 'period'): Promise<IndicatorReading[]> {
  const asking = { schema: info.schema, context }
  const place = await placeOf(asking, division)
  checkSight(context, place)
  const at = extentOf(place, period, today(context), field)
  const applied = await thresholdsFor(asking, keys, place.path, at.period.day)
  return keys.map((key) => {
    const reading = new Reading(asking, key, at, today(context))
    return Object.assign(new IndicatorReading(), { key, division: place, place, from: at.period.from, to: at.period.to, asOf: reading.isOfAnotherTime ? null : at.period.day, reading, applied: applied.get(key), by })
  })
}

@Resolver(() => IndicatorReading)
export class IndicatorReadings {
  @Query(() => [IndicatorDefinition], { description: 'Definitions of the indicators (指标目录).' })
  indicators(@Arg('filter', () => IndicatorsFilter, { nullable: true }) filter?: IndicatorsFilter): IndicatorDefinition[] {
    return chosen(filter ?? {}).map(definitionOf)
  }

  @Query(() => IndicatorReading, { description: 'An indicator of a division and period (指标查询), told apart by one dimension where one is given.' })
  async indicator(
    @Arg('key', () => IndicatorKey) key: IndicatorKey,
    @Arg('division', () => String, { description: 'Id or code of the division (区划).' }) division: string,
    @Arg('period', () => PeriodInput) period: PeriodInput,
    @Arg('by', () => IndicatorDimension, { nullable: true, description: 'What `groups` tells apart; one of the `dimensions` of the definition.' }) by: IndicatorDimension | undefined,
    @Ctx() context: WithReads,
    @Info() info: GraphQLResolveInfo,
  ): Promise<IndicatorReading> {
    if (by) checkDimension(key, by)
    return (await readingsOf(info, context, [key], division, period, by ?? undefined))[0]!
  }

  @FieldResolver(() => IndicatorDefinition, { description: 'What it is (指标定义).' })
  definition(@Root() { key }: IndicatorReading): IndicatorDefinition {
    return definitionOf(key)
  }

  @FieldResolver(() => Decimal, { nullable: true, description: 'Numerator ÷ denominator, to four digits; null where nothing stands below, or nothing can be told (指标值).' })
  async value(@Root() of: IndicatorReading): Promise<string | null> {
    return (await saidOf(of)).value
  }

  @FieldResolver(() => Decimal, { nullable: true, description: 'Numerator, exact (分子).' })
  async numerator(@Root() of: IndicatorReading): Promise<string | null> {
    return (await saidOf(of)).numerator
  }

  @FieldResolver(() => Decimal, { nullable: true, description: 'Denominator, exact; null for a plain number (分母).' })
  async denominator(@Root() of: IndicatorReading): Promise<string | null> {
    return (await saidOf(of)).denominator
  }

  @FieldResolver(() => Boolean, { description: 'Withheld, since it would tell of few persons (是否不予公布).' })
  async suppressed(@Root() of: IndicatorReading): Promise<boolean> {
    return (await saidOf(of)).suppressed
  }

  @FieldResolver(() => IndicatorPrevious, { nullable: true, description: 'The period of the same length before; null for what only stands today (上期).' })
  async previous(@Root() of: IndicatorReading): Promise<IndicatorPrevious | null> {
    const said = await beforeOf(of)
    const { from, to } = of.reading.at.before
    return said ? { from, to, ...said } : null
  }

  @FieldResolver(() => Decimal, { nullable: true, description: 'Value less that of the period before (较上期变化).' })
  async change(@Root() of: IndicatorReading): Promise<string | null> {
    const [said, before] = await Promise.all([saidOf(of), beforeOf(of)])
    return said.value !== null && before && before.value !== null ? difference(said.value, before.value) : null
  }

  @FieldResolver(() => IndicatorTarget, { nullable: true, description: 'The threshold that is applied (适用目标值).' })
  threshold(@Root() { applied }: IndicatorReading): IndicatorTarget | null {
    return applied ? { ...applied, divisionName: applied.division.name, basisNumber: applied.basis.number, basisTitle: applied.basis.title } : null
  }

  @FieldResolver(() => IndicatorLevel, { nullable: true, description: 'Where the value stands against the threshold; null without one (达标情况).' })
  async level(@Root() of: IndicatorReading): Promise<IndicatorLevel | null> {
    return levelOf((await saidOf(of)).value, of.applied, of.reading.definition.direction)
  }

  @FieldResolver(() => [IndicatorGroup], { description: 'Told apart by `by`, in the order of the labels; empty without it. Groups that have no row do not appear (分组).' })
  async groups(@Root() { reading, place, by, applied }: IndicatorReading): Promise<IndicatorGroup[]> {
    if (!by) return []
    const groups = await reading.groups(by, labelsOf(place, by))
    const order = (one: { label: string | null }) => one.label ?? '￿'
    return groups.sort((one, other) => order(one).localeCompare(order(other), 'zh')).map((group) => ({ ...group, level: levelOf(group.value, applied, reading.definition.direction) }))
  }

  @FieldResolver(() => FigureRows, { description: 'The rows that a part of it is made of: as many as it counts, or whose sum it is (数据来源明细).' })
  rows(
    @Root() { reading }: IndicatorReading,
    @Arg('of', () => IndicatorPart, { defaultValue: 'NUMERATOR', description: 'Rows of which part.' }) of: keyof typeof IndicatorPart,
    @Arg('term', () => Int, { defaultValue: 0, description: 'Where a part is a sum of several: which of them, from 0.' }) term: number,
    @Arg('first', () => Int, { nullable: true, description: 'Rows on the page, 1-200; 50 where left out.' }) first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Cursor after which the page starts; "" is the start.' }) after: string | undefined,
    @Ctx() context: WithReads,
    @Info() info: GraphQLResolveInfo,
  ): Promise<FigureRows> {
    return rowsBehind(info, context, reading.rows(of, term), { first: first ?? null, after: after ?? null })
  }
}
