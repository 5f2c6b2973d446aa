import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, mutationEach, payload, type WriteContext } from '../../engine/index.js'
import { acceptAssignment, completeAssignment, excuseAssignment, handOverAssignment, refuseAssignment, startAssignment } from './assignment-steps.service.js'
import { Assignment, Task } from './task.entity.js'
import { AssignmentAcceptInput, AssignmentHandOverInput, AssignmentReasonInput, AssignmentStepInput, TaskIssueInput, TaskReasonInput, TaskReturnInput, TaskStepInput } from './task-steps.input.js'
import { closeTask, completeTask, issueTask, proposeTask, resumeTask, returnTask, suspendTask, terminateTask, withdrawTask } from './task-steps.service.js'

const Stepped = payload('TaskStepPayload', 'task', () => Task)
const Moved = payload('AssignmentStepPayload', 'assignment', () => Assignment)

@Resolver()
export class TaskSteps {
  @Mutation(() => Stepped, { description: 'DRAFT becomes PENDING_ISSUE: put forward with its units (立项).' })
  taskPropose(@Ctx() ctx: WriteContext, @Arg('input', () => TaskStepInput) input: TaskStepInput) {
    return mutation(ctx, { name: 'taskPropose', payload: Stepped }, input, proposeTask)
  }

  @Mutation(() => Stepped, { description: 'PENDING_ISSUE becomes ISSUED: day 0 of the clock (交办).' })
  taskIssue(@Ctx() ctx: WriteContext, @Arg('input', () => TaskIssueInput) input: TaskIssueInput) {
    return mutation(ctx, { name: 'taskIssue', payload: Stepped }, input, issueTask)
  }

  @Mutation(() => Stepped, { description: 'ISSUED becomes PENDING_ISSUE, before any unit has accepted (撤回).' })
  taskWithdraw(@Ctx() ctx: WriteContext, @Arg('input', () => TaskStepInput) input: TaskStepInput) {
    return mutation(ctx, { name: 'taskWithdraw', payload: Stepped }, input, withdrawTask)
  }

  @Mutation(() => Stepped, { description: 'REPORTED becomes RETURNED: names the assignments to redo, each with a new due day (退回重办).' })
  taskReturn(@Ctx() ctx: WriteContext, @Arg('input', () => TaskReturnInput) input: TaskReturnInput) {
    return mutation(ctx, { name: 'taskReturn', payload: Stepped }, input, returnTask)
  }

  @Mutation(() => Stepped, { description: "REPORTED becomes COMPLETED, and with it the lead unit's part (办结)." })
  taskComplete(@Ctx() ctx: WriteContext, @Arg('input', () => TaskStepInput) input: TaskStepInput) {
    return mutation(ctx, { name: 'taskComplete', payload: Stepped }, input, completeTask)
  }

  @Mutation(() => Stepped, { description: 'COMPLETED becomes CLOSED, when `closeOutCheck` finds nothing missing (销号).' })
  taskClose(@Ctx() ctx: WriteContext, @Arg('input', () => TaskStepInput) input: TaskStepInput) {
    return mutation(ctx, { name: 'taskClose', payload: Stepped }, input, closeTask)
  }

  @Mutation(() => Stepped, { description: 'Stops the clock of the task and of all below it (中止).' })
  taskSuspend(@Ctx() ctx: WriteContext, @Arg('input', () => TaskReasonInput) input: TaskReasonInput) {
    return mutation(ctx, { name: 'taskSuspend', payload: Stepped }, input, suspendTask)
  }

  @Mutation(() => Stepped, { description: 'Goes on from where it was; open due days move by the working days suspended (恢复).' })
  taskResume(@Ctx() ctx: WriteContext, @Arg('input', () => TaskStepInput) input: TaskStepInput) {
    return mutation(ctx, { name: 'taskResume', payload: Stepped }, input, resumeTask)
  }

  @Mutation(() => Stepped, { description: 'Ends the task, its open assignments and all below it; past lateness remains (终止).' })
  taskTerminate(@Ctx() ctx: WriteContext, @Arg('input', () => TaskReasonInput) input: TaskReasonInput) {
    return mutation(ctx, { name: 'taskTerminate', payload: Stepped }, input, terminateTask)
  }

  @Mutation(() => [Stepped], { description: '`taskIssue` for up to 200 tasks, each with a result of its own (批量交办).' })
  tasksIssue(@Ctx() ctx: WriteContext, @Arg('inputs', () => [TaskIssueInput]) inputs: TaskIssueInput[]) {
    return mutationEach(ctx, { name: 'tasksIssue', act: 'taskIssue', payload: Stepped }, inputs, issueTask)
  }
}

@Resolver()
export class AssignmentSteps {
  @Mutation(() => Moved, { description: 'ISSUED becomes ACCEPTED, with responsible person and liaison where given (签收).' })
  assignmentAccept(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentAcceptInput) input: AssignmentAcceptInput) {
    return mutation(ctx, { name: 'assignmentAccept', payload: Moved }, input, acceptAssignment)
  }

  @Mutation(() => Moved, { description: 'ISSUED becomes REFUSED; the issuer gives it again, hands it over or excuses the unit (拒收).' })
  assignmentRefuse(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentReasonInput) input: AssignmentReasonInput) {
    return mutation(ctx, { name: 'assignmentRefuse', payload: Moved }, input, refuseAssignment)
  }

  @Mutation(() => Moved, { description: 'ACCEPTED or RETURNED becomes IN_PROGRESS (开始办理).' })
  assignmentStart(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentStepInput) input: AssignmentStepInput) {
    return mutation(ctx, { name: 'assignmentStart', payload: Moved }, input, startAssignment)
  }

  @Mutation(() => Moved, { description: "A cooperating unit's REPORTED becomes COMPLETED (承办办结)." })
  assignmentComplete(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentStepInput) input: AssignmentStepInput) {
    return mutation(ctx, { name: 'assignmentComplete', payload: Moved }, input, completeAssignment)
  }

  @Mutation(() => Moved, { description: 'A cooperating unit need not go on (免办).' })
  assignmentExcuse(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentReasonInput) input: AssignmentReasonInput) {
    return mutation(ctx, { name: 'assignmentExcuse', payload: Moved }, input, excuseAssignment)
  }

  @Mutation(() => Moved, { description: 'Gives an open assignment to another unit, or again to the one that refused it; it is ISSUED anew (移交、重新交办).' })
  assignmentHandOver(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentHandOverInput) input: AssignmentHandOverInput) {
    return mutation(ctx, { name: 'assignmentHandOver', payload: Moved }, input, handOverAssignment)
  }
}
