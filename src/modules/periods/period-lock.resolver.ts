import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { PeriodLock } from './period-lock.entity.js'
import { PeriodLockInput } from './period-lock.input.js'
import { lockPeriod } from './period-lock.service.js'

const Locked = payload('PeriodLockPayload', 'periodLock', () => PeriodLock)

@Resolver()
export class PeriodLockMutations {
  @Mutation(() => Locked, { description: "Locks a unit's month that has ended, in one ledger and for good (锁定账期)." })
  periodLock(@Ctx() ctx: WriteContext, @Arg('input', () => PeriodLockInput) input: PeriodLockInput) {
    return mutation(ctx, { name: 'periodLock', payload: Locked }, input, lockPeriod)
  }
}
