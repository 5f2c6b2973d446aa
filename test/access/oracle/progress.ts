/** "Assignment, ProgressReport, Reminder, ExtensionRequest, Review: with their task. Comment: internal ones ownUnit of the author's unit." A comment is a side object of its task, so it is there with the task only. */
import type { Assignment, Comment, ExtensionRequest, ProgressReport, Review, Snapshot } from './snapshot.js'
import { taskVisible } from './task.js'
import { derived, ofEveryRow, one, ownUnit, value, verdict, type Page, type Verdict, type Viewer } from './words.js'

type OfTrack = { assignmentId: string; taskId: string }
const itsTask = (row: { taskId: string }, snapshot: Snapshot) => snapshot.one('task', row.taskId)
const itsUnit = (row: { unitId: string }, snapshot: Snapshot) => snapshot.one('unit', row.unitId)
const ofTrack = { assignment: one<OfTrack>('Assignment', (row, snapshot) => snapshot.one('assignment', row.assignmentId)), task: one<OfTrack>('Task', itsTask) }
const withItsTask = (viewer: Viewer, row: { taskId: string }): Verdict => verdict({ 'with its task': taskVisible(viewer, itsTask(row, viewer.snapshot)!).allowed })

/** The last by its day, and of one day the one that was entered last. */
const last = <R extends { id: string }>(rows: readonly R[], day: (row: R) => string): R | undefined => [...rows].sort((a, b) => (`${day(a)} ${a.id}` < `${day(b)} ${b.id}` ? 1 : -1))[0]
export const latestReport = (row: Assignment, snapshot: Snapshot) => last(snapshot.where('progress_report', 'assignmentId', row.id), ({ reportedOn }) => reportedOn)
export const latestReview = (row: Assignment, snapshot: Snapshot) => last(snapshot.where('review', 'assignmentId', row.id), ({ reviewedOn }) => reviewedOn)
export const pendingExtension = (row: Assignment, snapshot: Snapshot) => snapshot.where('extension_request', 'assignmentId', row.id).find(({ status }) => status === 'PENDING')

export const progressReport: Page<ProgressReport> = {
  type: 'ProgressReport',
  rows: ({ tables }) => tables.progress_report,
  visible: withItsTask,
  fields: {
    ...ofEveryRow, ...ofTrack,
    periodFrom: value('periodFrom'), periodTo: value('periodTo'), percent: value('percent'), text: value('text'), isResult: value('isResult'), reportedOn: value('reportedOn'),
    unit: one('Unit', itsUnit),
    reporter: one('Person', (row, snapshot) => snapshot.one('person', row.reporterId)),
  },
}

export const review: Page<Review> = {
  type: 'Review',
  rows: ({ tables }) => tables.review,
  visible: withItsTask,
  fields: {
    ...ofEveryRow, ...ofTrack,
    verdict: value('verdict'), text: value('text'), reviewedOn: value('reviewedOn'),
    report: one('ProgressReport', (row, snapshot) => snapshot.one('progress_report', row.reportId)),
    reviewer: one('Person', (row, snapshot) => snapshot.one('person', row.reviewerId)),
  },
}

export const extensionRequest: Page<ExtensionRequest> = {
  type: 'ExtensionRequest',
  rows: ({ tables }) => tables.extension_request,
  visible: withItsTask,
  fields: {
    ...ofEveryRow, ...ofTrack,
    status: value('status'), requestedOn: value('requestedOn'), oldDueOn: value('oldDueOn'), newDueOn: value('newDueOn'), reason: value('reason'), progressSoFar: value('progressSoFar'),
    decidedDueOn: value('decidedDueOn'), decidedOn: value('decidedOn'), decisionNote: value('decisionNote'),
    unit: one('Unit', itsUnit),
    requestedBy: one('Person', (row, snapshot) => snapshot.one('person', row.requestedById)),
    decidedBy: one('Person', (row, snapshot) => snapshot.one('person', row.decidedById)),
    viewerCan: derived, nextActions: derived,
  },
}

export const comment: Page<Comment> = {
  type: 'Comment',
  rows: ({ tables }) => tables.comment,
  visible: (viewer, row) => {
    const isThere = taskVisible(viewer, itsTask(row, viewer.snapshot)!).allowed
    const isInternal = row.visibility === 'INTERNAL'
    return verdict({ 'with its task, for all': isThere && !isInternal, "with its task, internal: ownUnit of the author's unit": isThere && isInternal && viewer.places.some((place) => ownUnit(place, row.unitId)) })
  },
  fields: {
    ...ofEveryRow,
    visibility: value('visibility'), text: value('text'), withdrawnAt: value('withdrawnAt'),
    task: one('Task', itsTask),
    unit: one('Unit', itsUnit),
    author: one('Person', (row, snapshot) => snapshot.one('person', row.authorId)),
    viewerCan: derived, nextActions: derived,
  },
}
