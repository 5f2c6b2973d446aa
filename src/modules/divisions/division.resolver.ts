import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Division } from './division.entity.js'
import { DivisionCreateInput, DivisionUpdateInput } from './division.input.js'
import { createDivision, updateDivision } from './division.service.js'

const CreatePayload = payload('DivisionCreatePayload', 'division', () => Division)
const UpdatePayload = payload('DivisionUpdatePayload', 'division', () => Division)

@Resolver()
export class DivisionMutations {
  @Mutation(() => CreatePayload, { description: 'Enters a division (新增区划).' })
  divisionCreate(@Ctx() ctx: WriteContext, @Arg('input', () => DivisionCreateInput) input: DivisionCreateInput) {
    return mutation(ctx, { name: 'divisionCreate', payload: CreatePayload }, input, createDivision)
  }

  @Mutation(() => UpdatePayload, { description: 'Changes or ends a division (变更或撤销区划).' })
  divisionUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => DivisionUpdateInput) input: DivisionUpdateInput) {
    return mutation(ctx, { name: 'divisionUpdate', payload: UpdatePayload }, input, updateDivision)
  }
}
