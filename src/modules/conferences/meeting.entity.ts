import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'
import { JointConference } from './conference.entity.js'

export const MeetingStatus = enumeration('MeetingStatus', 'State of a meeting (会议状态).', {
  PLANNED: 'Planned (拟召开)',
  HELD: 'Held (已召开)',
  CANCELLED: 'Cancelled (取消)',
})
export type MeetingStatus = keyof typeof MeetingStatus

export const ResolutionStatus = enumeration('ResolutionStatus', 'What was made of a resolution (议定事项状态).', {
  AGREED: 'Agreed, nothing made of it yet (已议定)',
  TASKED: 'Carried out by one task or more (已转任务)',
  NOTED: 'Noted; needs no task (备案)',
  DROPPED: 'Dropped (不再执行)',
})
export type ResolutionStatus = keyof typeof ResolutionStatus

@Record('Meeting', 'meet', 'A meeting of a joint conference (会议), numbered within it.')
export class Meeting extends RecordBase {
  @Link(() => JointConference, 'The conference (联席会议).', { index: false }) conference!: JointConference
  @Whole('Which meeting of the conference it is, from 1 (第几次); a cancelled one keeps its number.') number!: number
  @OnDay('Day for which it is planned, or on which it was held (会议日期).', { index: true }) heldOn!: string
  @Text('Title (议题).') title!: string
  @Text('Minutes (纪要).', { nullable: true }) minutes?: string | null
  @Choice(() => MeetingStatus, 'State (会议状态).', { default: 'PLANNED', index: true }) status!: MeetingStatus
}

@Record('Resolution', 'reso', 'What a meeting resolved (议定事项), numbered within it.')
export class Resolution extends RecordBase {
  @Link(() => Meeting, 'The meeting (会议).', { index: false }) meeting!: Meeting
  @Whole('Its number within the meeting, from 1 (序号).') number!: number
  @Text('What was resolved (内容).') text!: string
  @Link(() => Unit, 'Unit responsible for it: the convenor or a member (责任单位).', { nullable: true }) responsible?: Unit | null
  @OnDay('Day by which it is to be done (完成时限).', { nullable: true, index: true }) dueOn?: string | null
  @Choice(() => ResolutionStatus, 'What was made of it (议定事项状态).', { default: 'AGREED', index: true }) status!: ResolutionStatus
}

@Record('ResolutionTask', 'rtsk', 'A task that carries out a resolution (议定事项转办). A task carries out one resolution at most.')
export class ResolutionTask extends RecordBase {
  @Link(() => Resolution, 'The resolution (议定事项).') resolution!: Resolution
  @Link(() => Task, 'The task; null where you do not see it (任务).', { mayBeInvisible: true, index: false }) task!: Task
}
