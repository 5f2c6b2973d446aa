/*
 * What happens on a track while it is open (办理过程). A unit reports progress (进展反馈) while it has the matter in hand: ACCEPTED, IN_PROGRESS or RETURNED. An interim report
 * changes no state and sets the day of the next by the rhythm of the task's policy; a result is 100 per cent and makes an IN_PROGRESS track REPORTED.
 * Whoever writes the task reviews (复核) a track that was accepted and not excused or terminated.
 * A unit that has the matter in hand asks for more time (延期) until its due day ends, one request at a time. The request stops no clock. The approver fixes the day: a working day
 * later than the due day, for a cooperating unit not after the task's, for a child task not after its parent's. It moves the assignment alone, where the unit leads also the task, never
 * child tasks. It is decided while the track is ISSUED, in hand or REPORTED; after that it needs no decision.
 * A suspended task holds all of this but comments (批注), which move nothing and are made in any state.
 */
import { sql } from 'kysely'
import { toSql } from '../../access/index.js'
import { actionFields, collection, connection, constraintMeans, defineModule, one, question } from '../../engine/index.js'
import { Assignment, Task, writesTaskOfTrack } from '../tasks/index.js'
import { progressAccess, progressScopes } from './progress.access.js'
import { Comment, ExtensionRequest, ProgressReport, Review } from './progress.entity.js'
import { onePending, waitsForDecision } from './progress.facts.js'
import { commentPaging, extensionPaging, reportPaging, reviewPaging } from './progress.input.js'
import { ProgressMutations } from './progress.resolver.js'

constraintMeans('extension_request_one_pending', () => onePending('input.assignmentId'))

export const progress = defineModule({
  name: 'progress',
  records: [ProgressReport, Review, ExtensionRequest, Comment],
  resolvers: [ProgressMutations],
  fields: [
    collection(ProgressReport, 'progressReport', 'progressReports', reportPaging),
    collection(Review, 'review', 'reviews', reviewPaging),
    collection(ExtensionRequest, 'extensionRequest', 'extensionRequests', extensionPaging),
    collection(Comment, 'comment', 'comments', commentPaging),
    connection(Assignment, 'reports', () => ProgressReport, 'assignment', 'Progress reports of the track (进展反馈).', reportPaging),
    connection(Assignment, 'reviews', () => Review, 'assignment', 'Reviews of the track (复核).', reviewPaging),
    connection(Assignment, 'extensions', () => ExtensionRequest, 'assignment', 'Requests for more time (延期申请).', extensionPaging),
    one(Assignment, 'latestReport', () => ProgressReport, 'The latest progress report (最近反馈).', (row) => sql`select lr.id from progress_report lr where lr.assignment_id = ${row.column('id')} order by lr.reported_on desc, lr.id desc limit 1`),
    one(Assignment, 'latestReview', () => Review, 'The latest review (最近复核).', (row) => sql`select lv.id from review lv where lv.assignment_id = ${row.column('id')} order by lv.reviewed_on desc, lv.id desc limit 1`),
    one(Assignment, 'pendingExtension', () => ExtensionRequest, 'Request for more time that waits for a decision (待审批延期).', (row) => sql`select pe.id from extension_request pe where pe.assignment_id = ${row.column('id')} and pe.status = 'PENDING'`),
    connection(Task, 'reports', () => ProgressReport, 'task', 'Progress reports of all its units (进展反馈).', reportPaging),
    connection(Task, 'extensions', () => ExtensionRequest, 'task', 'Requests for more time of all its units (延期申请).', extensionPaging),
    connection(Task, 'comments', () => Comment, 'task', 'Remarks that you may read (批注).', commentPaging),
    ...actionFields(ExtensionRequest),
    ...actionFields(Comment),
    question(ExtensionRequest, 'extensionsWaitingForMe', 'Requests for more time that you may decide now (待我审批的延期).', extensionPaging, undefined, (row) => sql`${waitsForDecision(row)} and ${toSql(writesTaskOfTrack, row)}`),
  ],
  access: [progressAccess],
  scopes: progressScopes,
})

export { Comment, CommentVisibility, ExtensionRequest, ExtensionStatus, ProgressReport, Review, Verdict } from './progress.entity.js'
export { ExtensionFilter, ReportFilter, ReviewFilter } from './progress.input.js'
export { viewingPerson } from './report.service.js'
