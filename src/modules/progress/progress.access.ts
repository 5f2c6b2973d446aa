/*
 * Progress reports, reviews and requests for more time are read with their task. A comment is read with its task too; an INTERNAL one only in the author's unit.
 * A DIRECTOR or CLERK of the assignment's own unit reports, asks for more time and withdraws the request.
 * Whoever writes the task reviews and decides on more time: its COORDINATOR, for a child task the decomposing unit's DIRECTOR; never the person who reported, or who asked.
 * Whoever takes part in a task comments on it in the name of a unit: a DIRECTOR or CLERK of the unit that issues it or is assigned to it, its COORDINATOR for the coordinating unit.
 * A comment is withdrawn by its author alone; its words then stand in the audit trail only.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, permissions, scope, self, signedIn, visible } from '../../access/index.js'
import { writesTaskOfTrack } from '../tasks/index.js'

/** In the name of a unit in which the author holds the right: of one and the same appointment, and of no other unit. */
const speaksForUnit = any(
  all(
    can('assignment:handle').ownUnit('unitId'),
    condition({
      sentence: { en: 'the unit issues the task or has an assignment on it', zh: '该单位为任务的交办或承办单位' },
      columns: ['unitId', 'taskId', 'task.issuingUnitId'],
      roles: permissions['assignment:handle'],
      sql: (row) => sql`(${row.column('task.issuingUnitId')} = ${row.column('unitId')} or exists (select 1 from assignment ca where ca.task_id = ${row.column('taskId')} and ca.unit_id = ${row.column('unitId')}))`,
    }),
  ),
  all(
    can('task:coordinate').ownUnit('unitId'),
    condition({
      sentence: { en: "the task's division is that of the unit, or below it", zh: '任务所属区划为该单位所属区划或其下级区划' },
      columns: ['unitId', 'task.divisionId'],
      roles: permissions['task:coordinate'],
      sql: (row) => sql`exists (select 1 from unit cu join division cd on cd.id = ${row.column('task.divisionId')} where cu.id = ${row.column('unitId')} and cd.path ^@ cu.division_path)`,
    }),
  ),
)

const isForAll = condition({ sentence: { en: 'it is for ALL', zh: '可见范围为全部' }, columns: ['visibility'], sql: (row) => sql`${row.column('visibility')} = 'ALL'` })
const ofTrack = act('Assignment', can('assignment:handle').ownUnit('unitId'))
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const progressAccess = accessTable({
  ProgressReport: { ...record, assignment: open, task: open, unit: open, periodFrom: open, periodTo: open, percent: open, text: open, isResult: open, reporter: open, reportedOn: open },
  Review: { ...record, assignment: open, task: open, report: open, verdict: open, text: open, reviewer: open, reviewedOn: open },
  ExtensionRequest: {
    ...record,
    assignment: open, task: open, unit: open, status: open, requestedOn: open, requestedBy: open, oldDueOn: open, newDueOn: open, reason: open, progressSoFar: open,
    decidedDueOn: open, decidedOn: open, decidedBy: open, decisionNote: open, viewerCan: open, nextActions: open,
  },
  Comment: { ...record, task: open, unit: open, author: open, visibility: open, text: open, withdrawnAt: open, viewerCan: open, nextActions: open },
  Assignment: { reports: open, reviews: open, extensions: open, latestReport: open, latestReview: open, pendingExtension: open },
  Task: { reports: open, extensions: open, comments: open },
  Query: {
    progressReport: signedIn, progressReports: signedIn, review: signedIn, reviews: signedIn, extensionRequest: signedIn, extensionRequests: signedIn, comment: signedIn, comments: signedIn,
    extensionsWaitingForMe: signedIn,
  },
  Mutation: {
    progressReport: ofTrack,
    reviewAdd: act('Assignment', writesTaskOfTrack),
    extensionRequest: ofTrack,
    extensionWithdraw: act('ExtensionRequest', can('assignment:handle').ownUnit('assignment.unitId', { en: "`assignment`'s unit", zh: '承办单位' })),
    extensionDecide: act('ExtensionRequest', writesTaskOfTrack),
    commentAdd: act('Comment', speaksForUnit),
    commentWithdraw: act('Comment', self('authorId')),
  },
})

export const progressScopes = [
  ...['ProgressReport', 'Review', 'ExtensionRequest'].map((type) => scope(type, visible('Task', 'taskId'), 'task')),
  scope('Comment', all(any(isForAll, can('unit:be').ownUnit('unitId')), visible('Task', 'taskId'))),
]
