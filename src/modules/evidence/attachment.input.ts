import { InputType } from 'type-graphql'
import { compare, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { PersonFilter } from '../people/index.js'
import { AssignmentFilter, TaskFilter } from '../tasks/index.js'
import { UnitFilter } from '../units/index.js'

export const AttachmentFilter: Function = filterOf('Attachment', {
  id: compare.id,
  fileName: compare.text,
  mediaType: compare.text,
  size: compare.whole,
  sha256: compare.text,
  withdrawnAt: compare.instant,
  createdAt: compare.instant,
  updatedAt: compare.instant,
  task: () => TaskFilter,
  assignment: () => AssignmentFilter,
  unit: () => UnitFilter,
  uploadedBy: () => PersonFilter,
})
export const attachmentPaging: Paging = { filter: AttachmentFilter, ...orderOf('Attachment', ['createdAt', 'updatedAt', 'fileName', 'size']) }

// A name is shown and saved elsewhere: nothing in it may climb folders, break a header or turn the reading direction around.
const plainName = /^(?![\s.])(?:(?![/\\:*?"<>|])[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])+(?<![\s.])$/u

// Looks for what does not belong: matching megabytes from end to end overflows the stack of the pattern matcher.
const base64 = { test: (text: string) => !/[^A-Za-z\d+/=]|=[^=]|={3}/.test(text) }

@InputType()
export class AttachmentAddInput extends IdempotentInput {
  @Given.id('The task (督查事项).') taskId!: string
  @Given.id('The track of which it is evidence (承办).', { clearable: true }) assignmentId?: string | null
  @Given.text('Name of the file with its extension, without a path (文件名).', {
    max: 200,
    pattern: { shape: plainName, en: 'must be the plain name of a file: no path, no control or formatting characters, no dot or space at its ends.', zh: '须为不含路径、控制或格式字符的文件名，首尾不得为点或空格。' },
  })
  fileName!: string
  @Given.text('Media type of the content (媒体类型).', { max: 100 }) mediaType!: string
  @Given.text('What it shows (说明).', { clearable: true, max: 1000 }) note?: string | null
  @Given.text('The content in base 64, for small files: the whole request stays within BODY_LIMIT_BYTES. Larger ones go to `POST /attachments` as they are (内容).', {
    optional: true,
    max: 100_000_000,
    pattern: { shape: base64, en: 'must be base 64 (RFC 4648), with padding and without line breaks.', zh: '须为 base 64（RFC 4648）编码，含填充，不含换行。' },
  })
  content?: string
}

@InputType()
export class AttachmentWithdrawInput extends VersionedInput {
  @Given.id('The attachment.') attachmentId!: string
}
