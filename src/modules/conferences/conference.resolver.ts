import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { ConferenceMember, JointConference } from './conference.entity.js'
import { ConferenceCreateInput, ConferenceMemberAddInput, ConferenceMemberUpdateInput, ConferenceUpdateInput } from './conference.input.js'
import { addMember, createConference, updateConference, updateMember } from './conference.service.js'

const Created = payload('ConferenceCreatePayload', 'conference', () => JointConference)
const Updated = payload('ConferenceUpdatePayload', 'conference', () => JointConference)
const Joined = payload('ConferenceMemberAddPayload', 'conferenceMember', () => ConferenceMember)
const Changed = payload('ConferenceMemberUpdatePayload', 'conferenceMember', () => ConferenceMember)

@Resolver()
export class ConferenceMutations {
  @Mutation(() => Created, { description: 'Founds a joint conference with its member units (建立联席会议).' })
  conferenceCreate(@Ctx() ctx: WriteContext, @Arg('input', () => ConferenceCreateInput) input: ConferenceCreateInput) {
    return mutation(ctx, { name: 'conferenceCreate', payload: Created }, input, createConference)
  }

  @Mutation(() => Updated, { description: 'Changes a joint conference, its convenor, or ends it (变更联席会议).' })
  conferenceUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => ConferenceUpdateInput) input: ConferenceUpdateInput) {
    return mutation(ctx, { name: 'conferenceUpdate', payload: Updated }, input, updateConference)
  }

  @Mutation(() => Joined, { description: 'Adds a member unit (增加成员单位).' })
  conferenceMemberAdd(@Ctx() ctx: WriteContext, @Arg('input', () => ConferenceMemberAddInput) input: ConferenceMemberAddInput) {
    return mutation(ctx, { name: 'conferenceMemberAdd', payload: Joined }, input, addMember)
  }

  @Mutation(() => Changed, { description: 'Names the liaison officer of a member unit, or lets the unit leave (变更成员单位).' })
  conferenceMemberUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => ConferenceMemberUpdateInput) input: ConferenceMemberUpdateInput) {
    return mutation(ctx, { name: 'conferenceMemberUpdate', payload: Changed }, input, updateMember)
  }
}
