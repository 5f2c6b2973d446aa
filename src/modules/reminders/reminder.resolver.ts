import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, mutationEach, payload, type WriteContext } from '../../engine/index.js'
import { Reminder } from './reminder.entity.js'
import { ReminderSendInput } from './reminder.input.js'
import { sendReminder } from './reminder.service.js'

const Sent = payload('ReminderPayload', 'reminder', () => Reminder)

@Resolver()
export class ReminderMutations {
  @Mutation(() => Sent, { description: 'Reminds a unit of its track, with a numbered supervision slip where asked for (催办、发督办单).' })
  reminderSend(@Ctx() ctx: WriteContext, @Arg('input', () => ReminderSendInput) input: ReminderSendInput) {
    return mutation(ctx, { name: 'reminderSend', payload: Sent }, input, sendReminder)
  }

  @Mutation(() => [Sent], { description: '`reminderSend` for up to 200 assignments, each with a result of its own (批量催办).' })
  remindersSend(@Ctx() ctx: WriteContext, @Arg('inputs', () => [ReminderSendInput]) inputs: ReminderSendInput[]) {
    return mutationEach(ctx, { name: 'remindersSend', act: 'reminderSend', payload: Sent }, inputs, sendReminder)
  }
}
