import { action } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Assignment, frozen, trackFacts, type AssignmentStatus, type TrackTold } from '../tasks/index.js'

/** States in which a track waits for its unit: there is somebody to remind. */
export const remindable: readonly AssignmentStatus[] = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED']

const track = 'input.assignmentId'

action<TrackTold>(Assignment, {
  mutation: 'reminderSend',
  facts: trackFacts,
  missing: ({ trackStatus, isFrozen }) => {
    if (!remindable.includes(trackStatus)) {
      return [new Problem('ILLEGAL_TRANSITION', track, { en: `A reminder is for ${remindable.join(', ')}, while the track waits for its unit; the state is ${trackStatus}.`, zh: `催办仅适用于等待承办单位办理的状态 ${remindable.join('、')}，当前为 ${trackStatus}。` })]
    }
    return isFrozen ? [frozen(track)] : []
  },
})

export const notDue = () => new Problem('NOT_DUE', 'input.dueSlip', { en: 'By the light rules no slip is due for this assignment now, or it was sent already.', zh: '按亮灯规则，该承办当前没有应发的督办单，或已经发出。' })
