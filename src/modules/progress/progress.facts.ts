import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Assignment, frozen, trackFacts, type AssignmentStatus, type TrackTold } from '../tasks/index.js'
import { extensionVerbs } from './extension.lifecycle.js'
import { Comment, ExtensionRequest, type ExtensionStatus } from './progress.entity.js'

/** States in which the unit has the matter in hand. */
const inHand: readonly AssignmentStatus[] = ['ACCEPTED', 'IN_PROGRESS', 'RETURNED']
/** States whose work can be looked at; a completed track may be checked once more. */
const reviewable: readonly AssignmentStatus[] = [...inHand, 'REPORTED', 'COMPLETED']
/** States in which a due day still means something. */
const decidable: readonly AssignmentStatus[] = ['ISSUED', ...inHand, 'REPORTED']

const track = 'input.assignmentId'
const request = 'input.requestId'
const illegal = (what: string, whatZh: string, states: readonly AssignmentStatus[], status: AssignmentStatus, field: string) =>
  new Problem('ILLEGAL_TRANSITION', field, { en: `${what} is for ${states.join(', ')}; the state is ${status}.`, zh: `${whatZh}仅适用于状态 ${states.join('、')}，当前为 ${status}。` })

/** The state must be one of these, and no suspension may hold the track. */
function held(told: Pick<TrackTold, 'trackStatus' | 'isFrozen'>, states: readonly AssignmentStatus[], what: string, whatZh: string, field: string): Problem[] {
  if (!states.includes(told.trackStatus)) return [illegal(what, whatZh, states, told.trackStatus, field)]
  return told.isFrozen ? [frozen(field)] : []
}

// An interim report is for all three states, the result for one of them; which it is only the input tells.
action<TrackTold>(Assignment, { mutation: 'progressReport', facts: trackFacts, missing: (told) => held(told, inHand, 'A progress report', '进展反馈', track) })

const reviewFacts = {
  ...trackFacts,
  hasReportedProgress: (row) => sql`exists (select 1 from progress_report f where f.assignment_id = ${row.column('id')} and f.reporter_id = ${viewerSql.person})`,
} satisfies Facts
action<TrackTold & { hasReportedProgress: boolean }>(Assignment, {
  mutation: 'reviewAdd',
  facts: reviewFacts,
  missing: (told) => {
    const state = held(told, reviewable, 'A review', '复核', track)
    if (state.length > 0) return state
    return told.hasReportedProgress ? [new Problem('SEPARATION_OF_DUTIES', track, { en: 'You reported on this assignment; somebody else reviews it.', zh: '您曾反馈本承办的进展，须由其他人员复核。' })] : []
  },
})

const requestFacts = {
  ...trackFacts,
  trackDueOn: (row) => row.column('dueOn'),
  isPastDue: (row) => sql`coalesce(${row.column('dueOn')} < ${viewerSql.today}, false)`,
  hasPending: (row) => sql`exists (select 1 from extension_request f where f.assignment_id = ${row.column('id')} and f.status = 'PENDING')`,
} satisfies Facts
export const onePending = (field: string) => new Problem('TAKEN', field, { en: 'A request for more time is waiting for a decision already. Withdraw it first (extensionWithdraw).', zh: '已有待审批的延期申请，请先撤回（extensionWithdraw）。' })
action<TrackTold & { trackDueOn: string | null; isPastDue: boolean; hasPending: boolean }>(Assignment, {
  mutation: 'extensionRequest',
  facts: requestFacts,
  missing: (told) => {
    const state = held(told, inHand, 'A request for more time', '延期申请', track)
    if (state.length > 0) return state
    const missing: Problem[] = []
    if (!told.trackDueOn) missing.push(new Problem('NO_DUE_DAY', track, { en: 'The assignment has no due day that could be moved.', zh: '该承办没有办理时限，无须延期。' }))
    if (told.isPastDue) missing.push(new Problem('TOO_LATE', track, { en: `The due day ${told.trackDueOn} has ended; more time is asked for until then.`, zh: `办理时限 ${told.trackDueOn} 已过，延期须在时限届满前申请。` }))
    if (told.hasPending) missing.push(onePending(track))
    return missing
  },
})

const decisionFacts = {
  requestStatus: (row) => row.column('status'),
  trackStatus: (row) => row.column('assignment.status'),
  isFrozen: (row) => row.column('assignment.isFrozen'),
  hasAsked: (row) => sql`coalesce(${row.column('requestedById')} = ${viewerSql.person}, false)`,
} satisfies Facts
interface DecisionTold extends Pick<TrackTold, 'trackStatus' | 'isFrozen'> {
  requestStatus: ExtensionStatus
  hasAsked: boolean
}

/** A decision moves a due day, so the track must still have one that counts. */
export const heldForDecision = (told: Pick<TrackTold, 'trackStatus' | 'isFrozen'>): Problem[] => held(told, decidable, 'A decision on more time', '延期审批', request)

action<DecisionTold>(ExtensionRequest, {
  mutation: 'extensionWithdraw',
  facts: decisionFacts,
  missing: (told) => {
    const state = extensionVerbs.faults('extensionWithdraw', told.requestStatus, request)
    if (state.length > 0) return state
    return told.isFrozen ? [frozen(request)] : []
  },
})
action<DecisionTold>(ExtensionRequest, {
  mutation: 'extensionDecide',
  facts: decisionFacts,
  missing: (told) => {
    const state = extensionVerbs.faults('extensionDecide', told.requestStatus, request)
    if (state.length > 0) return state
    const track = heldForDecision(told)
    if (track.length > 0) return track
    return told.hasAsked ? [new Problem('SEPARATION_OF_DUTIES', request, { en: 'You asked for it; somebody else decides.', zh: '该延期由您申请，须由其他人员审批。' })] : []
  },
})

/** Requests that wait for this viewer: somebody else asked, and the track still runs. */
export const waitsForDecision = (row: RowRef) =>
  sql`${row.column('status')} = 'PENDING' and ${row.column('assignment.status')} in (${sql.join(decidable.map((state) => sql.lit(state)))}) and not ${row.column('assignment.isFrozen')} and ${row.column('requestedById')} is distinct from ${viewerSql.person}`

const commentFacts = { isWithdrawn: (row) => sql`${row.column('withdrawnAt')} is not null` } satisfies Facts
action<{ isWithdrawn: boolean }>(Comment, {
  mutation: 'commentWithdraw',
  facts: commentFacts,
  missing: ({ isWithdrawn }) => (isWithdrawn ? [new Problem('ILLEGAL_TRANSITION', 'input.commentId', { en: 'The comment was withdrawn already.', zh: '该批注已撤回。' })] : []),
})
