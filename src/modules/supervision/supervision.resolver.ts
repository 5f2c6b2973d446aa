import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { SupervisionPolicy } from './supervision.entity.js'
import { SupervisionPolicyEndInput, SupervisionPolicySetInput } from './supervision.input.js'
import { endPolicy, setPolicy } from './supervision.service.js'

const PolicySet = payload('SupervisionPolicySetPayload', 'supervisionPolicy', () => SupervisionPolicy)
const Ended = payload('SupervisionPolicyEndPayload', 'supervisionPolicy', () => SupervisionPolicy)

@Resolver()
export class SupervisionMutations {
  @Mutation(() => PolicySet, { description: 'Sets the rules of supervision of a division from a day on, light rules included (制定督查规则).' })
  supervisionPolicySet(@Ctx() ctx: WriteContext, @Arg('input', () => SupervisionPolicySetInput) input: SupervisionPolicySetInput) {
    return mutation(ctx, { name: 'supervisionPolicySet', payload: PolicySet }, input, setPolicy)
  }

  @Mutation(() => Ended, { description: 'Ends the rules of supervision of a division on a day (终止督查规则).' })
  supervisionPolicyEnd(@Ctx() ctx: WriteContext, @Arg('input', () => SupervisionPolicyEndInput) input: SupervisionPolicyEndInput) {
    return mutation(ctx, { name: 'supervisionPolicyEnd', payload: Ended }, input, endPolicy)
  }
}
