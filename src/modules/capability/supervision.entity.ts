import { Choice, enumeration, Link, OnDay, Points, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { SocialWorker } from '../posts/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

export const SupervisorRung = enumeration('SupervisorRung', 'Rung of the ladder of supervisors (督导梯队), the lowest first.', {
  ASSISTANT: 'Assistant supervisor (督导助理)',
  JUNIOR: 'Junior supervisor (初级督导)',
  INTERMEDIATE: 'Intermediate supervisor (中级督导)',
  SENIOR: 'Senior supervisor (高级督导)',
})
export type SupervisorRung = keyof typeof SupervisorRung

@Record('Supervisor', 'spvr', 'A social worker who stands on a rung of the ladder of supervisors, between two dates, by a document (督导任职).')
export class Supervisor extends RecordBase {
  @Link(() => SocialWorker, 'The social worker (社会工作者).') socialWorker!: SocialWorker
  @Link(() => Unit, 'Unit that appointed (聘任单位).') unit!: Unit
  @Choice(() => SupervisorRung, 'Rung (督导等级).') rung!: SupervisorRung
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

@Record('SupervisionRatio', 'srat', 'How many social workers a supervisor of a rung has at most, and how often they meet (督导配比规则), as a division decided for itself and the divisions below it, between two dates, by a document.')
export class SupervisionRatio extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own for the rung (区划).') division!: Division
  @Choice(() => SupervisorRung, 'Rung (督导等级).') rung!: SupervisorRung
  @Whole('Supervisees at most at a time (最多督导人数).') maxSupervisees!: number
  @Whole('Calendar days from one session to the next at most (督导间隔天数).') sessionEveryDays!: number
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

@Record('Supervision', 'spvn', 'A supervisor accompanies a social worker, between two dates (督导结对). Nobody supervises himself.')
export class Supervision extends RecordBase {
  @Link(() => SocialWorker, 'Who supervises (督导者).', { mayBeInvisible: true }) supervisor!: SocialWorker
  @Link(() => SocialWorker, 'Who is supervised (被督导者).', { mayBeInvisible: true }) supervisee!: SocialWorker
  @Link(() => Unit, "The supervisee's unit on the first day (被督导者所在单位).") unit!: Unit
  @Whole('Calendar days from one session to the next at most, by the rule of the first day (督导间隔天数).', { nullable: true }) sessionEveryDays?: number | null
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
}

@Record('SupervisionSession', 'sses', 'A session of supervision (督导活动).')
export class SupervisionSession extends RecordBase {
  @Link(() => Supervision, 'The supervision (督导结对).') supervision!: Supervision
  @OnDay('Day (督导日期).') heldOn!: string
  @Points('Hours (时数).') hours!: string
  @Text('What was worked on, without personal data of whoever is helped (督导内容).', { guarded: true }) text!: string
}
