import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Mandate } from './mandate.entity.js'
import { createMandate, transferMandate, updateMandate } from './mandate.service.js'
import { Unit } from './unit.entity.js'
import { MandateCreateInput, MandateTransferInput, MandateUpdateInput, UnitCreateInput, UnitEndInput, UnitRenameInput, UnitUpdateInput } from './unit.input.js'
import { createUnit, endUnit, renameUnit, updateUnit } from './unit.service.js'

const Created = payload('UnitCreatePayload', 'unit', () => Unit)
const Updated = payload('UnitUpdatePayload', 'unit', () => Unit)
const Renamed = payload('UnitRenamePayload', 'unit', () => Unit)
const Ended = payload('UnitEndPayload', 'unit', () => Unit)
const Charged = payload('MandateCreatePayload', 'mandate', () => Mandate)
const Changed = payload('MandateUpdatePayload', 'mandate', () => Mandate)
const Transferred = payload('MandateTransferPayload', 'mandate', () => Mandate)

@Resolver()
export class UnitMutations {
  @Mutation(() => Created, { description: 'Enters a unit (新增单位).' })
  unitCreate(@Ctx() ctx: WriteContext, @Arg('input', () => UnitCreateInput) input: UnitCreateInput) {
    return mutation(ctx, { name: 'unitCreate', payload: Created }, input, createUnit)
  }

  @Mutation(() => Updated, { description: "Changes a unit's attributes or its place by line and division (变更单位)." })
  unitUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => UnitUpdateInput) input: UnitUpdateInput) {
    return mutation(ctx, { name: 'unitUpdate', payload: Updated }, input, updateUnit)
  }

  @Mutation(() => Renamed, { description: 'Gives a unit a new name from a day on; the old one stays on record (单位更名).' })
  unitRename(@Ctx() ctx: WriteContext, @Arg('input', () => UnitRenameInput) input: UnitRenameInput) {
    return mutation(ctx, { name: 'unitRename', payload: Renamed }, input, renameUnit)
  }

  @Mutation(() => Ended, { description: 'Ends a unit once its open assignments and mandates are handed over (撤销单位).' })
  unitEnd(@Ctx() ctx: WriteContext, @Arg('input', () => UnitEndInput) input: UnitEndInput) {
    return mutation(ctx, { name: 'unitEnd', payload: Ended }, input, endUnit)
  }

  @Mutation(() => Charged, { description: 'Charges a unit with a role (赋予职责).' })
  mandateCreate(@Ctx() ctx: WriteContext, @Arg('input', () => MandateCreateInput) input: MandateCreateInput) {
    return mutation(ctx, { name: 'mandateCreate', payload: Charged }, input, createMandate)
  }

  @Mutation(() => Changed, { description: 'Ends a mandate or corrects its basis (变更职责).' })
  mandateUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => MandateUpdateInput) input: MandateUpdateInput) {
    return mutation(ctx, { name: 'mandateUpdate', payload: Changed }, input, updateMandate)
  }

  @Mutation(() => Transferred, { description: 'Hands a mandate over to another unit on a day, without gap or overlap (职责移交). Answers the new mandate.' })
  mandateTransfer(@Ctx() ctx: WriteContext, @Arg('input', () => MandateTransferInput) input: MandateTransferInput) {
    return mutation(ctx, { name: 'mandateTransfer', payload: Transferred }, input, transferMandate)
  }
}
