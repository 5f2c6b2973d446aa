import { Property } from '@mikro-orm/decorators/legacy'
import { AtInstant, Choice, JournalRecord, Link, OnDay, Text } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'
import { Assignment, AssignmentStatus, Task, TaskStatus } from './task.entity.js'

@JournalRecord('TaskStep', 'step', 'What happened to a task or to one track, and when (办理记录): a change of state, of due day or of unit. Kept by the database, never changed.')
export class TaskStep {
  id!: string
  @Property({ type: 'bigint', hidden: true }) seq!: string
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => Assignment, 'The track, where it is one of a unit (承办).', { nullable: true }) assignment?: Assignment | null
  @AtInstant('When it was recorded (时间).') at!: Date
  @OnDay('Day on which it was recorded (日期).') onDay!: string
  @Text('The act: name of the mutation; null where a file or a rule of the database did it (操作).', { nullable: true }) act?: string | null
  @Link(() => Person, 'Who did it, where it was a person (办理人).', { nullable: true, index: false }) person?: Person | null
  @Text('Reason that was given (理由).', { nullable: true }) note?: string | null
  @Choice(() => TaskStatus, 'State of the task before (任务原状态).', { nullable: true }) taskFrom?: TaskStatus | null
  @Choice(() => TaskStatus, 'State of the task after (任务新状态).', { nullable: true }) taskTo?: TaskStatus | null
  @Choice(() => AssignmentStatus, 'State of the track before (承办原状态).', { nullable: true }) trackFrom?: AssignmentStatus | null
  @Choice(() => AssignmentStatus, 'State of the track after (承办新状态).', { nullable: true }) trackTo?: AssignmentStatus | null
  @OnDay('Due day before (原时限).', { nullable: true }) dueFrom?: string | null
  @OnDay('Due day after (新时限).', { nullable: true }) dueTo?: string | null
  @Link(() => Unit, 'Unit that had the track before (原承办单位).', { nullable: true, index: false }) unitFrom?: Unit | null
  @Link(() => Unit, 'Unit that has it after (新承办单位).', { nullable: true, index: false }) unitTo?: Unit | null
}
