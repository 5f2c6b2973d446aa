import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { ExportJob } from './export-job.entity.js'
import { ExportCancelInput, ExportRequestInput } from './export-job.input.js'
import { cancelExport, requestExport } from './export-job.service.js'

const Exported = payload('ExportPayload', 'exportJob', () => ExportJob)

@Resolver()
export class ExportMutations {
  @Mutation(() => Exported, { description: 'Asks for a view as a file, written in the background with your rights of each moment (申请导出).' })
  exportRequest(@Ctx() ctx: WriteContext, @Arg('input', () => ExportRequestInput) input: ExportRequestInput, @Info() info: GraphQLResolveInfo) {
    return mutation(ctx, { name: 'exportRequest', payload: Exported }, input, requestExport(info.schema))
  }

  @Mutation(() => Exported, { description: 'Calls off an export, or removes its file (取消导出).' })
  exportCancel(@Ctx() ctx: WriteContext, @Arg('input', () => ExportCancelInput) input: ExportCancelInput) {
    return mutation(ctx, { name: 'exportCancel', payload: Exported }, input, cancelExport)
  }
}
