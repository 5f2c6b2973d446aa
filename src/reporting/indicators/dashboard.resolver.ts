import { Arg, Ctx, Field, Info, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { markStructural, type WithReads } from '../../engine/index.js'
import { catalogue, indicatorKeys } from './catalogue.js'
import { IndicatorFamily } from './definition.js'
import { IndicatorReading, readingsOf } from './indicator.resolver.js'

@ObjectType('DashboardFamily', { description: 'One of the four problems with the indicators that tell of it (类别).', simpleResolvers: true })
class DashboardFamily {
  @Field(() => IndicatorFamily, { description: 'The family (类别).' }) family!: IndicatorFamily
  @Field(() => [IndicatorReading], { description: 'Its indicators of the division and year; about a dozen (指标).' }) indicators!: IndicatorReading[]
}

@ObjectType('Dashboard', { description: 'The four problems of the policy in figures (四类问题看板).', simpleResolvers: true })
class Dashboard {
  @Field(() => Int, { description: 'Year (年度).' }) year!: number
  @Field(() => [DashboardFamily], { description: 'The four families: competence, structure, service, headcount (四类).' }) families!: DashboardFamily[]
}
for (const name of ['Dashboard', 'DashboardFamily']) markStructural(name)

@Resolver()
export class DashboardResolver {
  @Query(() => Dashboard, { description: 'All indicators of a division and year by the four problems that the policy names, each against its threshold (看板).' })
  async dashboard(
    @Arg('division', () => String, { description: 'Id or code of the division (区划).' }) division: string,
    @Arg('year', () => Int, { description: 'Year (年度).' }) year: number,
    @Ctx() context: WithReads,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Dashboard> {
    const readings = await readingsOf(info, context, indicatorKeys, division, { year }, undefined, 'year')
    const families = Object.keys(IndicatorFamily) as IndicatorFamily[]
    return { year, families: families.map((family) => ({ family, indicators: readings.filter(({ key }) => catalogue[key].family === family) })) }
  }
}
