import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'
import { speaksFor } from './progress.access.js'
import { Comment } from './progress.entity.js'
import type { CommentAddInput, CommentWithdrawInput } from './progress.input.js'
import { viewingPerson } from './report.service.js'

export async function addComment(work: Work, input: CommentAddInput): Promise<Comment> {
  const task = await work.target(Task, input.taskId, 'input.taskId')
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  const { may } = await work.facts(Task, task.id, { may: speaksFor(unit.id) })
  if (may !== true) {
    throw new Problem('OUT_OF_RANGE', 'input.unitId', {
      en: 'You do not take part in the task for that unit. Name one in which you hold the right: DIRECTOR or CLERK of the issuing or an assigned unit, or its coordinator.',
      zh: '您不能以该单位名义参与本任务。请填写您任负责人或经办的交办、承办单位，或您任协调办的单位。',
    })
  }
  const comment = Object.assign(new Comment(), { task, unit, author: viewingPerson(work), visibility: input.visibility, text: input.text.trim(), withdrawnAt: null })
  work.em.persist(comment)
  return comment
}

/** The words go, and stay in the audit trail; that there was a comment remains to be seen. */
export async function withdrawComment(work: Work, input: CommentWithdrawInput): Promise<Comment> {
  const comment = await work.target(Comment, input.commentId, 'input.commentId', input.expectedVersion)
  return Object.assign(comment, { text: null, withdrawnAt: work.reads.facts.clock.now() })
}
