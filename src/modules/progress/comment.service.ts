import type { Work } from '../../engine/index.js'
import { Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'
import { Comment } from './progress.entity.js'
import type { CommentAddInput, CommentWithdrawInput } from './progress.input.js'
import { viewingPerson } from './report.service.js'

export async function addComment(work: Work, input: CommentAddInput): Promise<Comment> {
  const task = await work.reference(Task, input.taskId, 'input.taskId')
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  return work.makes(Object.assign(new Comment(), { task, unit, author: viewingPerson(work), visibility: input.visibility, text: input.text.trim(), withdrawnAt: null }))
}

/** The words go, and stay in the audit trail; that there was a comment remains to be seen. */
export async function withdrawComment(work: Work, input: CommentWithdrawInput): Promise<Comment> {
  const comment = await work.target(Comment, input.commentId, 'input.commentId', input.expectedVersion)
  return Object.assign(comment, { text: null, withdrawnAt: work.reads.facts.clock.now() })
}
