import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Initiative, InitiativeTarget, InitiativeUpdate, Milestone, Participation, type InitiativeStatus } from './initiative.entity.js'
import { InitiativeCreateInput, InitiativeReportInput, InitiativeStepInput, InitiativeTargetAddInput, InitiativeTargetRemoveInput, InitiativeTargetUpdateInput, InitiativeUpdateInput, MilestoneAddInput, MilestoneUpdateInput, ParticipationAddInput, ParticipationRemoveInput, ParticipationUpdateInput } from './initiative.input.js'
import { addMilestone, createInitiative, reportInitiative, stepTo, updateInitiative, updateMilestone } from './initiative.service.js'
import { addParticipation, removeParticipation, updateParticipation } from './participation.service.js'
import { addTarget, removeTarget, updateTarget } from './target.service.js'

const Created = payload('InitiativeCreatePayload', 'initiative', () => Initiative)
const Updated = payload('InitiativeUpdatePayload', 'initiative', () => Initiative)
const Stepped = payload('InitiativeStepPayload', 'initiative', () => Initiative)
const Joined = payload('ParticipationAddPayload', 'participation', () => Participation)
const Changed = payload('ParticipationUpdatePayload', 'participation', () => Participation)
const Left = payload('ParticipationRemovePayload', 'initiative', () => Initiative)
const Planned = payload('MilestoneAddPayload', 'milestone', () => Milestone)
const Moved = payload('MilestoneUpdatePayload', 'milestone', () => Milestone)
const Aimed = payload('InitiativeTargetPayload', 'target', () => InitiativeTarget)
const Dropped = payload('InitiativeTargetRemovePayload', 'initiative', () => Initiative)
const Reported = payload('InitiativeReportPayload', 'initiativeUpdate', () => InitiativeUpdate)

const step = (ctx: WriteContext, name: string, to: InitiativeStatus, input: InitiativeStepInput) => mutation(ctx, { name, payload: Stepped }, input, stepTo(to))

@Resolver()
export class InitiativeMutations {
  @Mutation(() => Created, { description: 'Drafts a joint initiative with its participating units (起草联合行动).' })
  initiativeCreate(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeCreateInput) input: InitiativeCreateInput) {
    return mutation(ctx, { name: 'initiativeCreate', payload: Created }, input, createInitiative)
  }

  @Mutation(() => Updated, { description: 'Changes plain attributes and the lead unit (变更联合行动).' })
  initiativeUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeUpdateInput) input: InitiativeUpdateInput) {
    return mutation(ctx, { name: 'initiativeUpdate', payload: Updated }, input, updateInitiative)
  }

  @Mutation(() => Stepped, { description: 'DRAFT becomes PLANNED: agreed (立项).' })
  initiativePlan(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeStepInput) input: InitiativeStepInput) {
    return step(ctx, 'initiativePlan', 'PLANNED', input)
  }

  @Mutation(() => Stepped, { description: 'PLANNED or SUSPENDED becomes ACTIVE: under way (启动).' })
  initiativeActivate(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeStepInput) input: InitiativeStepInput) {
    return step(ctx, 'initiativeActivate', 'ACTIVE', input)
  }

  @Mutation(() => Stepped, { description: 'ACTIVE becomes SUSPENDED (暂停).' })
  initiativeSuspend(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeStepInput) input: InitiativeStepInput) {
    return step(ctx, 'initiativeSuspend', 'SUSPENDED', input)
  }

  @Mutation(() => Stepped, { description: 'ACTIVE becomes CLOSED; only without open tasks (办结).' })
  initiativeClose(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeStepInput) input: InitiativeStepInput) {
    return step(ctx, 'initiativeClose', 'CLOSED', input)
  }

  @Mutation(() => Stepped, { description: 'Any open state becomes CANCELLED; open tasks are terminated (撤销).' })
  initiativeCancel(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeStepInput) input: InitiativeStepInput) {
    return step(ctx, 'initiativeCancel', 'CANCELLED', input)
  }

  @Mutation(() => Joined, { description: 'Adds a participating unit (增加参与单位).' })
  participationAdd(@Ctx() ctx: WriteContext, @Arg('input', () => ParticipationAddInput) input: ParticipationAddInput) {
    return mutation(ctx, { name: 'participationAdd', payload: Joined }, input, addParticipation)
  }

  @Mutation(() => Changed, { description: "Changes a participating unit's role (变更参与角色)." })
  participationUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => ParticipationUpdateInput) input: ParticipationUpdateInput) {
    return mutation(ctx, { name: 'participationUpdate', payload: Changed }, input, updateParticipation)
  }

  @Mutation(() => Left, { description: 'Takes a participating unit out (移除参与单位).' })
  participationRemove(@Ctx() ctx: WriteContext, @Arg('input', () => ParticipationRemoveInput) input: ParticipationRemoveInput) {
    return mutation(ctx, { name: 'participationRemove', payload: Left }, input, removeParticipation)
  }

  @Mutation(() => Planned, { description: 'Adds a milestone (增加里程碑).' })
  milestoneAdd(@Ctx() ctx: WriteContext, @Arg('input', () => MilestoneAddInput) input: MilestoneAddInput) {
    return mutation(ctx, { name: 'milestoneAdd', payload: Planned }, input, addMilestone)
  }

  @Mutation(() => Moved, { description: 'Changes a milestone or notes that it was reached (变更里程碑).' })
  milestoneUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => MilestoneUpdateInput) input: MilestoneUpdateInput) {
    return mutation(ctx, { name: 'milestoneUpdate', payload: Moved }, input, updateMilestone)
  }

  @Mutation(() => Aimed, { description: 'Sets what the initiative is to reach in one measure (设定目标).' })
  initiativeTargetAdd(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeTargetAddInput) input: InitiativeTargetAddInput) {
    return mutation(ctx, { name: 'initiativeTargetAdd', payload: Aimed }, input, addTarget)
  }

  @Mutation(() => Aimed, { description: 'Changes how much is to be reached, or by when (调整目标).' })
  initiativeTargetUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeTargetUpdateInput) input: InitiativeTargetUpdateInput) {
    return mutation(ctx, { name: 'initiativeTargetUpdate', payload: Aimed }, input, updateTarget)
  }

  @Mutation(() => Dropped, { description: 'Takes a target out (移除目标).' })
  initiativeTargetRemove(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeTargetRemoveInput) input: InitiativeTargetRemoveInput) {
    return mutation(ctx, { name: 'initiativeTargetRemove', payload: Dropped }, input, removeTarget)
  }

  @Mutation(() => Reported, { description: 'Tells how the initiative stands (发布进展通报).' })
  initiativeReport(@Ctx() ctx: WriteContext, @Arg('input', () => InitiativeReportInput) input: InitiativeReportInput) {
    return mutation(ctx, { name: 'initiativeReport', payload: Reported }, input, reportInitiative)
  }
}
