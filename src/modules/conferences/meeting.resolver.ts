import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Meeting, Resolution, ResolutionTask } from './meeting.entity.js'
import { MeetingCancelInput, MeetingHoldInput, MeetingPlanInput, MeetingUpdateInput, ResolutionAddInput, ResolutionStepInput, ResolutionToTaskInput } from './meeting.input.js'
import { cancelMeeting, holdMeeting, planMeeting, updateMeeting } from './meeting.service.js'
import { addResolution, makeTaskOf, stepTo } from './resolution.service.js'

const Planned = payload('MeetingPlanPayload', 'meeting', () => Meeting)
const Updated = payload('MeetingUpdatePayload', 'meeting', () => Meeting)
const Held = payload('MeetingHoldPayload', 'meeting', () => Meeting)
const Cancelled = payload('MeetingCancelPayload', 'meeting', () => Meeting)
const Added = payload('ResolutionAddPayload', 'resolution', () => Resolution)
const Stepped = payload('ResolutionStepPayload', 'resolution', () => Resolution)
const Tasked = payload('ResolutionToTaskPayload', 'resolutionTask', () => ResolutionTask)

@Resolver()
export class MeetingMutations {
  @Mutation(() => Planned, { description: 'Plans the next meeting of a joint conference (安排会议).' })
  meetingPlan(@Ctx() ctx: WriteContext, @Arg('input', () => MeetingPlanInput) input: MeetingPlanInput) {
    return mutation(ctx, { name: 'meetingPlan', payload: Planned }, input, planMeeting)
  }

  @Mutation(() => Updated, { description: 'Changes title and day, and the minutes of a meeting that was held (变更会议).' })
  meetingUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => MeetingUpdateInput) input: MeetingUpdateInput) {
    return mutation(ctx, { name: 'meetingUpdate', payload: Updated }, input, updateMeeting)
  }

  @Mutation(() => Held, { description: 'PLANNED becomes HELD, with its minutes (登记召开).' })
  meetingHold(@Ctx() ctx: WriteContext, @Arg('input', () => MeetingHoldInput) input: MeetingHoldInput) {
    return mutation(ctx, { name: 'meetingHold', payload: Held }, input, holdMeeting)
  }

  @Mutation(() => Cancelled, { description: 'PLANNED becomes CANCELLED (取消会议).' })
  meetingCancel(@Ctx() ctx: WriteContext, @Arg('input', () => MeetingCancelInput) input: MeetingCancelInput) {
    return mutation(ctx, { name: 'meetingCancel', payload: Cancelled }, input, cancelMeeting)
  }

  @Mutation(() => Added, { description: 'Records what a meeting resolved (登记议定事项).' })
  resolutionAdd(@Ctx() ctx: WriteContext, @Arg('input', () => ResolutionAddInput) input: ResolutionAddInput) {
    return mutation(ctx, { name: 'resolutionAdd', payload: Added }, input, addResolution)
  }

  @Mutation(() => Stepped, { description: 'AGREED becomes NOTED: it needs no task (备案).' })
  resolutionNote(@Ctx() ctx: WriteContext, @Arg('input', () => ResolutionStepInput) input: ResolutionStepInput) {
    return mutation(ctx, { name: 'resolutionNote', payload: Stepped }, input, stepTo('NOTED'))
  }

  @Mutation(() => Stepped, { description: 'AGREED becomes DROPPED (不再执行).' })
  resolutionDrop(@Ctx() ctx: WriteContext, @Arg('input', () => ResolutionStepInput) input: ResolutionStepInput) {
    return mutation(ctx, { name: 'resolutionDrop', payload: Stepped }, input, stepTo('DROPPED'))
  }

  @Mutation(() => Tasked, { description: 'Makes a DRAFT task of a resolution, which becomes TASKED; again for a further task. Asks for the right to record resolutions too (转为督查任务).' })
  resolutionToTask(@Ctx() ctx: WriteContext, @Arg('input', () => ResolutionToTaskInput) input: ResolutionToTaskInput) {
    return mutation(ctx, { name: 'resolutionToTask', payload: Tasked }, input, makeTaskOf)
  }
}
