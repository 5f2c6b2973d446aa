import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { publishFigures } from './figures.service.js'
import { PayPublication, PayRecord } from './pay.entity.js'
import { PayFiguresPublishInput, PayRecordCorrectInput, PayRecordEnterInput, PayRecordUpdateInput } from './pay.input.js'
import { correctPay, enterPay, updatePay } from './pay.service.js'

const Recorded = payload('PayRecordPayload', 'payRecord', () => PayRecord)
const Published = payload('PayPublicationPayload', 'payPublication', () => PayPublication)

@Resolver()
export class PayMutations {
  @Mutation(() => Recorded, { description: 'Enters what a social worker of your unit was paid for a month (录入薪酬).' })
  payRecordEnter(@Ctx() ctx: WriteContext, @Arg('input', () => PayRecordEnterInput) input: PayRecordEnterInput) {
    return mutation(ctx, { name: 'payRecordEnter', payload: Recorded }, input, enterPay)
  }

  @Mutation(() => Recorded, { description: 'Changes a record while its month is open (变更薪酬记录).' })
  payRecordUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => PayRecordUpdateInput) input: PayRecordUpdateInput) {
    return mutation(ctx, { name: 'payRecordUpdate', payload: Recorded }, input, updatePay)
  }

  @Mutation(() => Recorded, { description: 'Corrects a record by another one of today, also in a locked month (更正薪酬记录). Answers the correcting entry.' })
  payRecordCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => PayRecordCorrectInput) input: PayRecordCorrectInput) {
    return mutation(ctx, { name: 'payRecordCorrect', payload: Recorded }, input, correctPay)
  }

  @Mutation(() => Published, { description: 'Publishes the figures of pay of a province and year, once (发布薪酬统计).' })
  payFiguresPublish(@Ctx() ctx: WriteContext, @Arg('input', () => PayFiguresPublishInput) input: PayFiguresPublishInput) {
    return mutation(ctx, { name: 'payFiguresPublish', payload: Published }, input, publishFigures)
  }
}
