import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { EmploymentBeginInput, EmploymentEndInput, EmploymentUpdateInput } from './employment.input.js'
import { beginEmployment, endEmployment, updateEmployment } from './employment.service.js'
import { Employment, Post } from './post.entity.js'
import { PostCloseInput, PostOpenInput, PostUpdateInput, StationCloseInput, StationOpenInput, StationUpdateInput } from './post.input.js'
import { closePost, closeStation, openPost, openStation, updatePost, updateStation } from './post.service.js'
import { QualificationAddInput, QualificationRegisterInput, QualificationUpdateInput, QualificationWithdrawInput, SocialWorkerRegisterInput } from './qualification.input.js'
import { addQualification, registerQualification, registerWorker, updateQualification, withdrawQualification } from './qualification.service.js'
import { Qualification, SocialWorker } from './social-worker.entity.js'
import { Station } from './station.entity.js'

const Worker = payload('SocialWorkerPayload', 'socialWorker', () => SocialWorker)
const Qualified = payload('QualificationPayload', 'qualification', () => Qualification)
const Posted = payload('PostPayload', 'post', () => Post)
const Employed = payload('EmploymentPayload', 'employment', () => Employment)
const Stationed = payload('StationPayload', 'station', () => Station)

@Resolver()
export class StaffMutations {
  @Mutation(() => Worker, { description: 'Enters a person of your unit as a social worker (登记社会工作者).' })
  socialWorkerRegister(@Ctx() ctx: WriteContext, @Arg('input', () => SocialWorkerRegisterInput) input: SocialWorkerRegisterInput) {
    return mutation(ctx, { name: 'socialWorkerRegister', payload: Worker }, input, registerWorker)
  }

  @Mutation(() => Qualified, { description: 'Enters a degree, credential or certificate (录入资质).' })
  qualificationAdd(@Ctx() ctx: WriteContext, @Arg('input', () => QualificationAddInput) input: QualificationAddInput) {
    return mutation(ctx, { name: 'qualificationAdd', payload: Qualified }, input, addQualification)
  }

  @Mutation(() => Qualified, { description: 'Corrects what a qualification is called, who issued it, or its number (变更资质).' })
  qualificationUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => QualificationUpdateInput) input: QualificationUpdateInput) {
    return mutation(ctx, { name: 'qualificationUpdate', payload: Qualified }, input, updateQualification)
  }

  @Mutation(() => Qualified, { description: 'Enters the registration of a credential, or its renewal, for three years (登记、再登记).' })
  qualificationRegister(@Ctx() ctx: WriteContext, @Arg('input', () => QualificationRegisterInput) input: QualificationRegisterInput) {
    return mutation(ctx, { name: 'qualificationRegister', payload: Qualified }, input, registerQualification)
  }

  @Mutation(() => Qualified, { description: 'Enters that a qualification was withdrawn (撤销资质).' })
  qualificationWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => QualificationWithdrawInput) input: QualificationWithdrawInput) {
    return mutation(ctx, { name: 'qualificationWithdraw', payload: Qualified }, input, withdrawQualification)
  }

  @Mutation(() => Employed, { description: 'Employs a social worker in your unit from a day on (入职).' })
  employmentBegin(@Ctx() ctx: WriteContext, @Arg('input', () => EmploymentBeginInput) input: EmploymentBeginInput) {
    return mutation(ctx, { name: 'employmentBegin', payload: Employed }, input, beginEmployment)
  }

  @Mutation(() => Employed, { description: 'Moves an employment to another post of the unit, or to none (调整岗位).' })
  employmentUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => EmploymentUpdateInput) input: EmploymentUpdateInput) {
    return mutation(ctx, { name: 'employmentUpdate', payload: Employed }, input, updateEmployment)
  }

  @Mutation(() => Employed, { description: 'Ends an employment on a day, or moves its end (离职).' })
  employmentEnd(@Ctx() ctx: WriteContext, @Arg('input', () => EmploymentEndInput) input: EmploymentEndInput) {
    return mutation(ctx, { name: 'employmentEnd', payload: Employed }, input, endEmployment)
  }
}

@Resolver()
export class PostMutations {
  @Mutation(() => Posted, { description: 'Sets up a post of social work (设置岗位).' })
  postOpen(@Ctx() ctx: WriteContext, @Arg('input', () => PostOpenInput) input: PostOpenInput) {
    return mutation(ctx, { name: 'postOpen', payload: Posted }, input, openPost)
  }

  @Mutation(() => Posted, { description: 'Changes a post (变更岗位).' })
  postUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => PostUpdateInput) input: PostUpdateInput) {
    return mutation(ctx, { name: 'postUpdate', payload: Posted }, input, updatePost)
  }

  @Mutation(() => Posted, { description: 'Closes a post on which nobody is employed any more (撤销岗位).' })
  postClose(@Ctx() ctx: WriteContext, @Arg('input', () => PostCloseInput) input: PostCloseInput) {
    return mutation(ctx, { name: 'postClose', payload: Posted }, input, closePost)
  }

  @Mutation(() => Stationed, { description: 'Opens a station (设立站点).' })
  stationOpen(@Ctx() ctx: WriteContext, @Arg('input', () => StationOpenInput) input: StationOpenInput) {
    return mutation(ctx, { name: 'stationOpen', payload: Stationed }, input, openStation)
  }

  @Mutation(() => Stationed, { description: 'Renames a station (变更站点).' })
  stationUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => StationUpdateInput) input: StationUpdateInput) {
    return mutation(ctx, { name: 'stationUpdate', payload: Stationed }, input, updateStation)
  }

  @Mutation(() => Stationed, { description: 'Closes a station (撤销站点).' })
  stationClose(@Ctx() ctx: WriteContext, @Arg('input', () => StationCloseInput) input: StationCloseInput) {
    return mutation(ctx, { name: 'stationClose', payload: Stationed }, input, closeStation)
  }
}
