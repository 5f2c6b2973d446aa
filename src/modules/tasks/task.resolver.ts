import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { mutation, payload, type WriteContext } from '../../engine/index.js'
import { assignTask, updateAssignment } from './assignment.service.js'
import { Assignment, Task } from './task.entity.js'
import { AssignmentUpdateInput, TaskAssignInput, TaskCreateInput, TaskUpdateInput } from './task.input.js'
import { createTask, updateTask } from './task.service.js'

const Created = payload('TaskCreatePayload', 'task', () => Task)
const Updated = payload('TaskUpdatePayload', 'task', () => Task)
const Assigned = payload('TaskAssignPayload', 'assignment', () => Assignment)
const Kept = payload('AssignmentUpdatePayload', 'assignment', () => Assignment)

@Resolver()
export class TaskMutations {
  @Mutation(() => Created, { description: 'Proposes a task with its assigned units, or decomposes one into a child task (拟立项、分解任务).' })
  taskCreate(@Ctx() ctx: WriteContext, @Arg('input', () => TaskCreateInput) input: TaskCreateInput) {
    return mutation(ctx, { name: 'taskCreate', payload: Created }, input, createTask)
  }

  @Mutation(() => Updated, { description: 'Changes plain attributes of a task (变更任务).' })
  taskUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => TaskUpdateInput) input: TaskUpdateInput) {
    return mutation(ctx, { name: 'taskUpdate', payload: Updated }, input, updateTask)
  }

  @Mutation(() => Assigned, { description: 'Assigns a unit to a task (指派承办单位).' })
  taskAssign(@Ctx() ctx: WriteContext, @Arg('input', () => TaskAssignInput) input: TaskAssignInput) {
    return mutation(ctx, { name: 'taskAssign', payload: Assigned }, input, assignTask)
  }

  @Mutation(() => Kept, { description: "Names the unit's responsible person and liaison, and keeps its internal note (变更承办)." })
  assignmentUpdate(@Ctx() ctx: WriteContext, @Arg('input', () => AssignmentUpdateInput) input: AssignmentUpdateInput) {
    return mutation(ctx, { name: 'assignmentUpdate', payload: Kept }, input, updateAssignment)
  }
}
