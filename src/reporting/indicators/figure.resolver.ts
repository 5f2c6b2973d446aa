import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Division } from '../../modules/divisions/index.js'
import { IndicatorFiguresPublishInput, publishFigures } from './figure.service.js'

const Published = payload('IndicatorFiguresPayload', 'division', () => Division)

@Resolver()
export class IndicatorMutations {
  @Mutation(() => Published, { description: 'Publishes the indicators over people of a province and an ended year, once (发布指标统计).' })
  indicatorFiguresPublish(@Ctx() ctx: WriteContext, @Arg('input', () => IndicatorFiguresPublishInput) input: IndicatorFiguresPublishInput) {
    return mutation(ctx, { name: 'indicatorFiguresPublish', payload: Published }, input, publishFigures)
  }
}
