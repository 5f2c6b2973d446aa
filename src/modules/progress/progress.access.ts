/*
 * Progress reports, reviews and requests for more time are read with their task. A comment is read with its task too; an INTERNAL one only in the author's unit.
 * A DIRECTOR or CLERK of the assignment's own unit reports, asks for more time and withdraws the request.
 * Whoever writes the task reviews and decides on more time: its COORDINATOR, for a child task the decomposing unit's DIRECTOR; never the person who reported, or who asked.
 * Whoever takes part in a task comments on it in the name of a unit: a DIRECTOR or CLERK of the unit that issues it or is assigned to it, its COORDINATOR for the coordinating unit.
 * A comment is withdrawn by its author alone; its words then stand in the audit trail only.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, permissions, placed, scope, self, signedIn, viewerSql, visible, type RowRef } from '../../access/index.js'
import { writesTaskOfTrack } from '../tasks/index.js'

const handlers = permissions['assignment:handle']
const assigned = (row: RowRef, unit: ReturnType<typeof sql>) => sql`exists (select 1 from assignment ca where ca.task_id = ${row.column('id')} and ca.unit_id = ${unit})`

const takesPart = any(
  can('task:coordinate').inDivision('divisionId'),
  can('assignment:handle').ownUnit('issuingUnitId'),
  condition({
    sentence: { en: 'DIRECTOR or CLERK of an assigned unit', zh: '承办单位的负责人或经办' },
    columns: ['id'],
    roles: handlers,
    sql: (row) => assigned(row, sql`any(${viewerSql.units(handlers)})`),
  }),
)

/** Whether the viewer takes part in the task in the name of this very unit. */
export const speaksFor = (unitId: string) => (row: RowRef) =>
  sql`coalesce((${placed(handlers, 'ownUnit', sql`${unitId}`)} and (${row.column('issuingUnitId')} = ${unitId} or ${assigned(row, sql`${unitId}`)}))
    or (${placed(permissions['task:coordinate'], 'ownUnit', sql`${unitId}`)}
      and exists (select 1 from unit cu join division cd on cd.id = ${row.column('divisionId')} where cu.id = ${unitId} and cd.path ^@ cu.division_path)), false)`

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
    commentAdd: act('Task', takesPart),
    commentWithdraw: act('Comment', self('authorId')),
  },
})

export const progressScopes = [
  ...['ProgressReport', 'Review', 'ExtensionRequest'].map((type) => scope(type, visible('Task', 'taskId'), 'task')),
  scope('Comment', all(any(isForAll, can('unit:be').ownUnit('unitId')), visible('Task', 'taskId'))),
]
