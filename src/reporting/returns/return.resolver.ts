import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { mutation, payload, type WithReads, type WriteContext } from '../../engine/index.js'
import { ReturnCorrection, ReturnSubmission, ReturnText } from './return.entity.js'
import { ReturnCorrectInput, ReturnCorrectionDecideInput, ReturnOpenInput, ReturnSendBackInput, ReturnStepInput, ReturnTextAskInput, ReturnTextSendBackInput, ReturnTextStepInput, ReturnTextWriteInput } from './return.input.js'
import { reckonedFor, standingBy } from './return.query.js'
import { approveReturn, decideCorrection, lockReturn, openReturn, proposeCorrection, sendBackReturn, submitReturn } from './submission.service.js'
import { askText, finishText, sendBackText, writeText } from './text.service.js'

const Moved = payload('ReturnSubmissionPayload', 'submission', () => ReturnSubmission)
const Corrected = payload('ReturnCorrectionPayload', 'correction', () => ReturnCorrection)
const Written = payload('ReturnTextPayload', 'returnText', () => ReturnText)

@Resolver()
export class ReturnMutations {
  @Mutation(() => Moved, { description: 'Opens the return of your division and a year (建立年度报表).' })
  returnOpen(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnOpenInput) input: ReturnOpenInput) {
    return mutation(ctx, { name: 'returnOpen', payload: Moved }, input, openReturn)
  }

  @Mutation(() => Moved, { description: 'DRAFT becomes SUBMITTED, with every figure as it is reckoned for you now; checks that fail as errors stand in the way (上报).' })
  async returnSubmit(@Ctx() ctx: WriteContext & WithReads, @Arg('input', () => ReturnStepInput) input: ReturnStepInput, @Info() info: GraphQLResolveInfo) {
    // Reckoned before the transaction: the embedded database has one session, and a read inside would wait for the write that waits for it.
    const asking = { schema: info.schema, context: ctx }
    const standing = await standingBy(asking, input.submissionId)
    const reckoned = standing?.viewerCan.returnSubmit.allowed ? await reckonedFor(asking, standing) : null
    return mutation(ctx, { name: 'returnSubmit', payload: Moved }, input, (work, given) => submitReturn(work, given, reckoned))
  }

  @Mutation(() => Moved, { description: 'SUBMITTED becomes APPROVED: from now on everyone reads it (审核通过).' })
  returnApprove(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnStepInput) input: ReturnStepInput) {
    return mutation(ctx, { name: 'returnApprove', payload: Moved }, input, approveReturn)
  }

  @Mutation(() => Moved, { description: 'SUBMITTED or APPROVED becomes DRAFT again, with the reason (退回).' })
  returnSendBack(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnSendBackInput) input: ReturnSendBackInput) {
    return mutation(ctx, { name: 'returnSendBack', payload: Moved }, input, sendBackReturn)
  }

  @Mutation(() => Moved, { description: 'APPROVED becomes LOCKED: a figure then changes by a correction alone (锁定).' })
  returnLock(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnStepInput) input: ReturnStepInput) {
    return mutation(ctx, { name: 'returnLock', payload: Moved }, input, lockReturn)
  }

  @Mutation(() => Corrected, { description: 'Proposes another value for a figure of a locked return (提出更正).' })
  returnCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnCorrectInput) input: ReturnCorrectInput) {
    return mutation(ctx, { name: 'returnCorrect', payload: Corrected }, input, proposeCorrection)
  }

  @Mutation(() => Corrected, { description: 'PROPOSED becomes APPROVED or REFUSED; an approved value counts in the place of the one before (审核更正).' })
  returnCorrectionDecide(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnCorrectionDecideInput) input: ReturnCorrectionDecideInput) {
    return mutation(ctx, { name: 'returnCorrectionDecide', payload: Corrected }, input, decideCorrection)
  }

  @Mutation(() => Written, { description: 'Asks a unit for a text of the return (布置文字材料).' })
  returnTextAsk(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnTextAskInput) input: ReturnTextAskInput) {
    return mutation(ctx, { name: 'returnTextAsk', payload: Written }, input, askText)
  }

  @Mutation(() => Written, { description: 'ASKED or WRITTEN becomes WRITTEN, with the text (填写文字材料).' })
  returnTextWrite(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnTextWriteInput) input: ReturnTextWriteInput) {
    return mutation(ctx, { name: 'returnTextWrite', payload: Written }, input, writeText)
  }

  @Mutation(() => Written, { description: 'WRITTEN becomes FINAL: it stands in the return (提交文字材料).' })
  returnTextFinish(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnTextStepInput) input: ReturnTextStepInput) {
    return mutation(ctx, { name: 'returnTextFinish', payload: Written }, input, finishText)
  }

  @Mutation(() => Written, { description: 'FINAL becomes WRITTEN again, with the reason (退回文字材料).' })
  returnTextSendBack(@Ctx() ctx: WriteContext, @Arg('input', () => ReturnTextSendBackInput) input: ReturnTextSendBackInput) {
    return mutation(ctx, { name: 'returnTextSendBack', payload: Written }, input, sendBackText)
  }
}
