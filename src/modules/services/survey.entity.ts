import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { SocialWorker } from '../posts/index.js'
import { Unit } from '../units/index.js'

export const SurveyStatus = enumeration('SurveyStatus', 'State of a survey of needs (需求调研状态).', {
  PLANNED: 'Planned (拟开展)',
  RUNNING: 'Under way (调研中)',
  FINISHED: 'Finished, with findings (已完成)',
  CANCELLED: 'Cancelled (已取消)',
})
export type SurveyStatus = keyof typeof SurveyStatus

export const ConsultationStatus = enumeration('ConsultationStatus', 'State of a consultation with the community (社区协商状态).', {
  PLANNED: 'Planned (拟召开)',
  HELD: 'Held, with an outcome (已召开)',
  CANCELLED: 'Cancelled (已取消)',
})
export type ConsultationStatus = keyof typeof ConsultationStatus

@Record('NeedsSurvey', 'nsrv', 'A survey of the needs of a community (需求调研). Those asked are a count; nothing personal of them is kept.')
export class NeedsSurvey extends RecordBase {
  @Text('Code (调研编号).', { unique: true }) code!: string
  @Link(() => Unit, 'Unit that surveys (单位).') unit!: Unit
  @Link(() => SocialWorker, 'Social worker in charge (负责社工).', { mayBeInvisible: true }) socialWorker!: SocialWorker
  @Link(() => Division, 'Community or other division that is surveyed (调研区划).') division!: Division
  @Text('Title (题目).') title!: string
  @Choice(() => SurveyStatus, 'State (状态).', { default: 'PLANNED' }) status!: SurveyStatus
  @OnDay('Day on which it began (开始日期).', { nullable: true }) startedOn?: string | null
  @OnDay('Day on which it was finished (完成日期).', { nullable: true }) finishedOn?: string | null
  @Link(() => Person, 'Who finished it (完成人).', { nullable: true, mayBeInvisible: true }) finishedBy?: Person | null
  @Whole('Number of those asked (受访人数).', { nullable: true }) respondents?: number | null
  @Text('What is needed, without anything personal of those asked (调研结论).', { nullable: true }) findings?: string | null
}

@Record('Consultation', 'cslt', 'A consultation with the community on what a survey found (社区协商).')
export class Consultation extends RecordBase {
  @Link(() => NeedsSurvey, 'Survey whose findings are discussed (需求调研).') survey!: NeedsSurvey
  @OnDay('Day for which it is planned (拟召开日期).') plannedOn!: string
  @Choice(() => ConsultationStatus, 'State (状态).', { default: 'PLANNED' }) status!: ConsultationStatus
  @OnDay('Day on which it was held (召开日期).', { nullable: true }) heldOn?: string | null
  @Link(() => Person, 'Who entered that it was held (登记人).', { nullable: true, mayBeInvisible: true }) heldBy?: Person | null
  @Whole('Number of those who took part (参加人数).', { nullable: true }) participants?: number | null
  @Text('What was agreed (协商结果).', { nullable: true }) outcome?: string | null
}
