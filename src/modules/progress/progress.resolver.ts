import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { addComment, withdrawComment } from './comment.service.js'
import { decideExtension, requestExtension, withdrawExtension } from './extension.service.js'
import { Comment, ExtensionRequest, ProgressReport, Review } from './progress.entity.js'
import { CommentAddInput, CommentWithdrawInput, ExtensionDecideInput, ExtensionRequestInput, ExtensionWithdrawInput, ProgressReportInput, ReviewAddInput } from './progress.input.js'
import { addReview, reportProgress } from './report.service.js'

const Reported = payload('ProgressReportPayload', 'report', () => ProgressReport)
const Reviewed = payload('ReviewAddPayload', 'review', () => Review)
const Requested = payload('ExtensionPayload', 'extension', () => ExtensionRequest)
const Commented = payload('CommentPayload', 'comment', () => Comment)

@Resolver()
export class ProgressMutations {
  @Mutation(() => Reported, { description: 'Reports progress of a track, or its result, which makes it REPORTED (反馈进展).' })
  progressReport(@Ctx() ctx: WriteContext, @Arg('input', () => ProgressReportInput) input: ProgressReportInput) {
    return mutation(ctx, { name: 'progressReport', payload: Reported }, input, reportProgress)
  }

  @Mutation(() => Reviewed, { description: 'Notes what a check of the work found; changes no state (复核).' })
  reviewAdd(@Ctx() ctx: WriteContext, @Arg('input', () => ReviewAddInput) input: ReviewAddInput) {
    return mutation(ctx, { name: 'reviewAdd', payload: Reviewed }, input, addReview)
  }

  @Mutation(() => Requested, { description: 'Asks for more time, until the due day ends; one request at a time. Stops no clock (申请延期).' })
  extensionRequest(@Ctx() ctx: WriteContext, @Arg('input', () => ExtensionRequestInput) input: ExtensionRequestInput) {
    return mutation(ctx, { name: 'extensionRequest', payload: Requested }, input, requestExtension)
  }

  @Mutation(() => Requested, { description: 'PENDING becomes WITHDRAWN (撤回延期申请).' })
  extensionWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => ExtensionWithdrawInput) input: ExtensionWithdrawInput) {
    return mutation(ctx, { name: 'extensionWithdraw', payload: Requested }, input, withdrawExtension)
  }

  @Mutation(() => Requested, { description: "PENDING becomes APPROVED or REJECTED. An approval moves the assignment's due day, the lead unit's also the task's, never that of child tasks (审批延期)." })
  extensionDecide(@Ctx() ctx: WriteContext, @Arg('input', () => ExtensionDecideInput) input: ExtensionDecideInput) {
    return mutation(ctx, { name: 'extensionDecide', payload: Requested }, input, decideExtension)
  }

  @Mutation(() => Commented, { description: 'Adds a remark to a task, in any state of it (批注).' })
  commentAdd(@Ctx() ctx: WriteContext, @Arg('input', () => CommentAddInput) input: CommentAddInput) {
    return mutation(ctx, { name: 'commentAdd', payload: Commented }, input, addComment)
  }

  @Mutation(() => Commented, { description: 'Takes the words of your own remark back; that there was one remains to be seen (撤回批注).' })
  commentWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => CommentWithdrawInput) input: CommentWithdrawInput) {
    return mutation(ctx, { name: 'commentWithdraw', payload: Commented }, input, withdrawComment)
  }
}
