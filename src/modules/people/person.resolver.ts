import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { Role, type Viewer } from '../../access/index.js'
import { markStructural, mutation, payload, type Reads, type WriteContext } from '../../engine/index.js'
import { Unit } from '../units/index.js'
import { createAppointment, updateAppointment } from './appointment.service.js'
import { Appointment, Person } from './person.entity.js'
import { AppointmentCreateInput, AppointmentUpdateInput, PersonCreateInput, PersonUpdateInput } from './person.input.js'
import { createPerson, updatePerson } from './person.service.js'

@ObjectType('HeldRole', { description: 'A role in a unit that counts for you today (当前任职).', simpleResolvers: true })
class HeldRole {
  @Field(() => Role, { description: 'Role (角色).' }) role!: Role
  @Field(() => Unit, { nullable: true, description: 'Unit (单位).' }) unit!: string
  @Field(() => Boolean, { description: 'False for a COORDINATOR whose unit does not hold OVERALL_COORDINATION today: then the role lends nothing.' }) isEffective!: boolean
}

@ObjectType('Viewer', { description: 'You, as this request sees you (当前用户).', simpleResolvers: true })
class ViewerShape {
  @Field(() => ID, { description: 'The person or service token.' }) id!: string
  @Field(() => Person, { nullable: true, description: 'The person; none for a service token (人员).' }) person!: string | null
  @Field(() => [HeldRole], { description: 'Roles and units in force today (当前任职).' }) posts!: HeldRole[]
}
markStructural('Viewer')
markStructural('HeldRole')

function shapeOf(viewer: Viewer): ViewerShape {
  const own = viewer.posts.filter((post) => post.role !== 'LEADERSHIP_DIRECTOR')
  return {
    id: viewer.personId ?? viewer.tokenId ?? '',
    person: viewer.personId,
    posts: own.map(({ role, unitId }) => ({ role: role === 'COORDINATOR_WITHOUT_MANDATE' ? 'COORDINATOR' : (role as Role), unit: unitId, isEffective: role !== 'COORDINATOR_WITHOUT_MANDATE' })),
  }
}

const Created = payload('PersonCreatePayload', 'person', () => Person)
const Updated = payload('PersonUpdatePayload', 'person', () => Person)
const Appointed = payload('AppointmentCreatePayload', 'appointment', () => Appointment)
const Changed = payload('AppointmentUpdatePayload', 'appointment', () => Appointment)

@Resolver()
export class PeopleResolver {
  @Query(() => ViewerShape, { description: 'Who you are and what counts for you today.' })
  viewer(@Ctx() ctx: { reads: Reads }): ViewerShape {
    return shapeOf(ctx.reads.viewer)
  }

  @Mutation(() => Created, { description: 'Enters a person of your unit (新增人员).' })
  personCreate(@Ctx() ctx: WriteContext, @Arg('input', () => PersonCreateInput) input: PersonCreateInput) {
    return mutation(ctx, { name: 'personCreate', payload: Created }, input, createPerson)
  }

  @Mutation(() => Updated, { description: 'Changes directory, contact or identity data of a person of your unit (变更人员).' })
  personUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => PersonUpdateInput) input: PersonUpdateInput) {
    return mutation(ctx, { name: 'personUpdate', payload: Updated }, input, updatePerson)
  }

  @Mutation(() => Appointed, { description: 'Gives a person a role in a unit (任职授权).' })
  appointmentCreate(@Ctx() ctx: WriteContext, @Arg('input', () => AppointmentCreateInput) input: AppointmentCreateInput) {
    return mutation(ctx, { name: 'appointmentCreate', payload: Appointed }, input, createAppointment)
  }

  @Mutation(() => Changed, { description: 'Ends an appointment; its rights end with the next request (终止任职).' })
  appointmentUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => AppointmentUpdateInput) input: AppointmentUpdateInput) {
    return mutation(ctx, { name: 'appointmentUpdate', payload: Changed }, input, updateAppointment)
  }
}
