import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Attachment } from './attachment.entity.js'
import { AttachmentAddInput, AttachmentWithdrawInput } from './attachment.input.js'
import { addAttachment, withdrawAttachment, type EvidenceContext } from './attachment.service.js'

const Added = payload('AttachmentAddPayload', 'attachment', () => Attachment)
const Withdrawn = payload('AttachmentWithdrawPayload', 'attachment', () => Attachment)

@Resolver()
export class AttachmentMutations {
  @Mutation(() => Added, { description: 'Adds a file to a task or to one of its tracks (上传佐证材料). `POST /attachments` is the same act for files as they are.' })
  attachmentAdd(@Ctx() ctx: EvidenceContext, @Arg('input', () => AttachmentAddInput) input: AttachmentAddInput) {
    return addAttachment(ctx, { name: 'attachmentAdd', payload: Added }, input)
  }

  @Mutation(() => Withdrawn, { description: 'Withdraws an attachment: its content is no longer given out, its row stays (撤回佐证材料).' })
  attachmentWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => AttachmentWithdrawInput) input: AttachmentWithdrawInput) {
    return mutation(ctx, { name: 'attachmentWithdraw', payload: Withdrawn }, input, withdrawAttachment)
  }
}
