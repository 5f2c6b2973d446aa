import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { Employment } from './post.entity.js'
import { WorkLog } from './worklog.entity.js'
import { WorkLogCorrectInput, WorkLogEnterInput, WorkLogRemoveInput, WorkLogUpdateInput } from './worklog.input.js'
import { correctWorkLog, enterWeek, removeWorkLog, updateWorkLog } from './worklog.service.js'

const Week = payload('WorkLogWeekPayload', 'employment', () => Employment)
const Entry = payload('WorkLogPayload', 'workLog', () => WorkLog)

@Resolver()
export class WorkLogMutations {
  @Mutation(() => Week, { description: 'Enters the work of a week, all entries or none (填报一周工作日志). Answers the employment: read the week by its `workLogs`.' })
  workLogEnter(@Ctx() ctx: WriteContext, @Arg('input', () => WorkLogEnterInput) input: WorkLogEnterInput) {
    return mutation(ctx, { name: 'workLogEnter', payload: Week }, input, enterWeek)
  }

  @Mutation(() => Entry, { description: 'Changes an entry while its month is open (修改工作日志).' })
  workLogUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => WorkLogUpdateInput) input: WorkLogUpdateInput) {
    return mutation(ctx, { name: 'workLogUpdate', payload: Entry }, input, updateWorkLog)
  }

  @Mutation(() => Week, { description: 'Takes an entry away while its month is open (删除工作日志). Answers the employment.' })
  workLogRemove(@Ctx() ctx: WriteContext, @Arg('input', () => WorkLogRemoveInput) input: WorkLogRemoveInput) {
    return mutation(ctx, { name: 'workLogRemove', payload: Week }, input, removeWorkLog)
  }

  @Mutation(() => Entry, { description: "Corrects an entry of a locked month by a correcting entry of today's date (更正工作日志)." })
  workLogCorrect(@Ctx() ctx: WriteContext, @Arg('input', () => WorkLogCorrectInput) input: WorkLogCorrectInput) {
    return mutation(ctx, { name: 'workLogCorrect', payload: Entry }, input, correctWorkLog)
  }
}
