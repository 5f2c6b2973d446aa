import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { livingUnit } from '../initiatives/index.js'
import { createTask } from '../tasks/index.js'
import { runsResolution } from './conference.access.js'
import { takesPart } from './conference.service.js'
import { Meeting, Resolution, ResolutionTask, type ResolutionStatus } from './meeting.entity.js'
import type { ResolutionAddInput, ResolutionStepInput, ResolutionToTaskInput } from './meeting.input.js'
import { conferenceOf } from './meeting.service.js'
import { resolutionLifecycle } from './resolution.lifecycle.js'

/** Gives the resolution the next number of its meeting, which stays locked until it is written. */
export async function addResolution(work: Work, input: ResolutionAddInput): Promise<Resolution> {
  const meeting = await work.target(Meeting, input.meetingId, 'input.meetingId')
  if (meeting.status !== 'HELD') throw new Problem('ILLEGAL_TRANSITION', 'input.meetingId', { en: `The meeting is ${meeting.status}; only one that was held has resolutions.`, zh: '会议未召开，不能登记议定事项。' })
  if (input.dueOn && input.dueOn < meeting.heldOn) throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: `The meeting was held on ${meeting.heldOn}; what it resolved cannot be due earlier.`, zh: `会议于 ${meeting.heldOn} 召开，完成时限不得早于该日。` })
  const responsible = input.responsibleId ? await livingUnit(work, input.responsibleId, 'input.responsibleId') : null
  if (responsible && !(await takesPart(work, await conferenceOf(work, meeting), responsible.id))) {
    throw new Problem('OUT_OF_RANGE', 'input.responsibleId', { en: `${responsible.name} is neither the convenor nor a member of the conference today.`, zh: `${responsible.name} 当前既非召集单位，也非成员单位。` })
  }
  const [next] = await work.run<{ number: number }>('select coalesce(max(number), 0) + 1 as number from resolution where meeting_id = $1', [meeting.id])
  const resolution = Object.assign(new Resolution(), { meeting, number: next!.number, text: input.text.trim(), responsible, dueOn: input.dueOn ?? null, status: resolutionLifecycle.initial })
  work.em.persist(resolution)
  return resolution
}

export const stepTo = (to: ResolutionStatus) => async (work: Work, input: ResolutionStepInput): Promise<Resolution> => {
  const resolution = await work.target(Resolution, input.resolutionId, 'input.resolutionId', input.expectedVersion)
  resolutionLifecycle.check(resolution.status, to, 'input.resolutionId')
  resolution.status = to
  return resolution
}

/** Makes a task of the resolution; it may need several. */
export async function makeTaskOf(work: Work, input: ResolutionToTaskInput): Promise<ResolutionTask> {
  const resolution = await work.besides(Resolution, input.resolutionId, 'input.resolutionId', runsResolution, input.expectedVersion)
  resolutionLifecycle.check(resolution.status, 'TASKED', 'input.resolutionId')
  const { resolutionId: _resolution, expectedVersion: _version, ...asked } = input
  const task = await createTask(work, {
    ...asked,
    source: 'MEETING_RESOLUTION',
    requirement: asked.requirement === undefined ? resolution.text : asked.requirement,
    dueOn: asked.dueOn === undefined ? (resolution.dueOn ?? null) : asked.dueOn,
    assignments: asked.assignments ?? (resolution.responsible ? [{ unitId: resolution.responsible.id, role: 'LEAD' }] : []),
  })
  resolution.status = 'TASKED'
  const link = Object.assign(new ResolutionTask(), { resolution, task })
  work.em.persist(link)
  return link
}
