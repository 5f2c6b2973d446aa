import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { JointConference } from './conference.entity.js'
import { checkWithin } from './conference.service.js'
import { Meeting } from './meeting.entity.js'
import type { MeetingCancelInput, MeetingHoldInput, MeetingPlanInput, MeetingUpdateInput } from './meeting.input.js'
import { meetingLifecycle } from './meeting.lifecycle.js'

/** Gives the meeting the next number of its conference, which stays locked until it is written. */
export async function planMeeting(work: Work, input: MeetingPlanInput): Promise<Meeting> {
  const conference = await work.target(JointConference, input.conferenceId, 'input.conferenceId')
  checkPlanned(work, input.heldOn)
  checkWithin(conference, input.heldOn, 'input.heldOn')
  const [next] = await work.run<{ number: number }>('select coalesce(max(number), 0) + 1 as number from meeting where conference_id = $1', [conference.id])
  const meeting = Object.assign(new Meeting(), { conference, number: next!.number, heldOn: input.heldOn, title: input.title.trim(), minutes: null, status: meetingLifecycle.initial })
  work.em.persist(meeting)
  return meeting
}

export async function updateMeeting(work: Work, input: MeetingUpdateInput): Promise<Meeting> {
  const meeting = await work.target(Meeting, input.meetingId, 'input.meetingId', input.expectedVersion)
  if (meeting.status === 'CANCELLED') throw new Problem('ILLEGAL_TRANSITION', 'input.meetingId', { en: 'The meeting was cancelled; it can no longer be changed.', zh: '该会议已取消，不能再修改。' })
  if (input.title !== undefined) meeting.title = input.title.trim()
  if (input.heldOn !== undefined && input.heldOn !== meeting.heldOn) {
    if (meeting.status === 'PLANNED') checkPlanned(work, input.heldOn)
    else checkHeld(work, input.heldOn)
    checkWithin(await conferenceOf(work, meeting), input.heldOn, 'input.heldOn')
    meeting.heldOn = input.heldOn
  }
  if (input.minutes !== undefined) {
    if (input.minutes && meeting.status !== 'HELD') throw new Problem('ILLEGAL_TRANSITION', 'input.minutes', { en: 'The meeting was not held yet; it has no minutes. Hold it first (meetingHold).', zh: '会议尚未召开，不能填写纪要，请先登记召开。' })
    meeting.minutes = input.minutes
  }
  return meeting
}

export async function holdMeeting(work: Work, input: MeetingHoldInput): Promise<Meeting> {
  const meeting = await work.target(Meeting, input.meetingId, 'input.meetingId', input.expectedVersion)
  meetingLifecycle.check(meeting.status, 'HELD', 'input.meetingId')
  const heldOn = input.heldOn ?? meeting.heldOn
  checkHeld(work, heldOn)
  checkWithin(await conferenceOf(work, meeting), heldOn, 'input.heldOn')
  return Object.assign(meeting, { status: 'HELD' as const, heldOn, minutes: input.minutes ?? null })
}

export async function cancelMeeting(work: Work, input: MeetingCancelInput): Promise<Meeting> {
  const meeting = await work.target(Meeting, input.meetingId, 'input.meetingId', input.expectedVersion)
  meetingLifecycle.check(meeting.status, 'CANCELLED', 'input.meetingId')
  meeting.status = 'CANCELLED'
  return meeting
}

// A reference that is not loaded knows no days.
export const conferenceOf = (work: Work, meeting: Meeting): Promise<JointConference> => work.em.findOneOrFail(JointConference, meeting.conference.id)

function checkPlanned(work: Work, day: string): void {
  if (day < work.today) throw new Problem('OUT_OF_RANGE', 'input.heldOn', { en: `A meeting cannot be planned for a day before today (${work.today}).`, zh: `拟召开日期不得早于今天（${work.today}）。` })
}

function checkHeld(work: Work, day: string): void {
  if (day > work.today) throw new Problem('OUT_OF_RANGE', 'input.heldOn', { en: `A meeting cannot have been held after today (${work.today}): ${day}.`, zh: `召开日期 ${day} 不得晚于今天（${work.today}）。` })
}
