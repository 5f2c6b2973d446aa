import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { ComplaintSettleInput, VolunteerServiceCorrectInput, VolunteerServiceRecordInput, VolunteerServiceUpdateInput } from './hours.input.js'
import { correctService, recordService, updateService } from './hours.service.js'
import { complaints, settleComplaint } from './record.service.js'
import { VolunteerService } from './service.entity.js'
import { Volunteer } from './volunteer.entity.js'
import { VolunteerEndInput, VolunteerEnterInput, VolunteerStepInput, VolunteerUpdateInput } from './volunteer.input.js'
import { enterVolunteer, refuseVolunteer, registerVolunteer, updateVolunteer, withdrawVolunteer } from './volunteer.service.js'

const Entered = payload('VolunteerPayload', 'volunteer', () => Volunteer)
const Recorded = payload('VolunteerServicePayload', 'volunteerService', () => VolunteerService)

@Resolver()
export class VolunteerMutations {
  @Mutation(() => Entered, { description: 'Enters a volunteer into a team that a social worker leads; the public notice begins (志愿者登记、公示).' })
  volunteerEnter(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerEnterInput) input: VolunteerEnterInput) {
    return mutation(ctx, { name: 'volunteerEnter', payload: Entered }, input, enterVolunteer)
  }

  @Mutation(() => Entered, { description: 'Corrects a volunteer, or moves it to another team of the unit (变更志愿者).' })
  volunteerUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerUpdateInput) input: VolunteerUpdateInput) {
    return mutation(ctx, { name: 'volunteerUpdate', payload: Entered }, input, updateVolunteer)
  }

  @Mutation(() => Entered, { description: 'NOTICE becomes REGISTERED once the public notice has ended (注册).' })
  volunteerRegister(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerStepInput) input: VolunteerStepInput) {
    return mutation(ctx, { name: 'volunteerRegister', payload: Entered }, input, registerVolunteer)
  }

  @Mutation(() => Entered, { description: 'NOTICE becomes REFUSED (不予注册).' })
  volunteerRefuse(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerEndInput) input: VolunteerEndInput) {
    return mutation(ctx, { name: 'volunteerRefuse', payload: Entered }, input, refuseVolunteer)
  }

  @Mutation(() => Entered, { description: 'REGISTERED becomes WITHDRAWN (注销).' })
  volunteerWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerEndInput) input: VolunteerEndInput) {
    return mutation(ctx, { name: 'volunteerWithdraw', payload: Entered }, input, withdrawVolunteer)
  }

  @Mutation(() => Recorded, { description: 'Records hours of service; the same hours of a volunteer only once, and none in a locked month (记录志愿服务时长).' })
  volunteerServiceRecord(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerServiceRecordInput) input: VolunteerServiceRecordInput) {
    return mutation(ctx, { name: 'volunteerServiceRecord', payload: Recorded }, input, recordService)
  }

  @Mutation(() => Recorded, { description: 'Changes an entry while its month is open (变更时长记录).' })
  volunteerServiceUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerServiceUpdateInput) input: VolunteerServiceUpdateInput) {
    return mutation(ctx, { name: 'volunteerServiceUpdate', payload: Recorded }, input, updateService)
  }

  @Mutation(() => Recorded, { description: 'Corrects an entry by another one of today, also in a locked month (更正时长记录). Answers the correcting entry.' })
  volunteerServiceCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => VolunteerServiceCorrectInput) input: VolunteerServiceCorrectInput) {
    return mutation(ctx, { name: 'volunteerServiceCorrect', payload: Recorded }, input, correctService)
  }

  @Mutation(() => complaints.payload, { description: 'RECEIVED becomes UPHELD or DISMISSED, with what came of it (投诉办结).' })
  complaintSettle(@Ctx() ctx: WriteContext, @Arg('input', () => ComplaintSettleInput) input: ComplaintSettleInput) {
    return mutation(ctx, { name: 'complaintSettle', payload: complaints.payload }, input, settleComplaint)
  }
}
