import { Choice, enumeration, Hours, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Employment } from './post.entity.js'

export const WorkCategory = enumeration('WorkCategory', 'What kind of work was done (工作类别).', {
  CASE: 'Casework (个案)',
  GROUP: 'Group work (小组)',
  COMMUNITY: 'Community work (社区)',
  SURVEY: 'Survey of needs (调研)',
  SUPERVISION: 'Supervision, given or received (督导)',
  TRAINING: 'Training, given or received (培训)',
  ADMINISTRATIVE: 'Administrative work (行政事务)',
})
export type WorkCategory = keyof typeof WorkCategory

export const WorkOrigin = enumeration('WorkOrigin', 'What the work came from (工作来源).', {
  SUPERIOR_ASSIGNED: 'Assigned from above (上级交办)',
  COMMUNITY_NEED: 'A need of the community (社区需求)',
  SELF_INITIATED: 'Initiated by the social worker (自主开展)',
})
export type WorkOrigin = keyof typeof WorkOrigin

@Record('WorkLog', 'wlog', 'Hours of work of a social worker on a day (工作日志). A correcting entry (更正) bears the difference, with its sign.')
export class WorkLog extends RecordBase {
  @Link(() => Employment, 'Employment in which the work was done (从业).', { index: false }) employment!: Employment
  @OnDay('Day of the work; of a correcting entry that of the entry that it corrects (工作日期).') workedOn!: string
  @OnDay('Day that decides in which month it counts as entered: the day of the work, of a correcting entry the day on which it was made (记账日期).') bookedOn!: string
  @Hours('Hours, to two decimal places; negative only in a correcting entry (小时).') hours!: string
  @Choice(() => WorkCategory, 'What was done (工作类别).') category!: WorkCategory
  @Choice(() => WorkOrigin, 'What it came from (工作来源).') origin!: WorkOrigin
  @Text('What was done, without anything personal of those served (工作内容).', { nullable: true }) note?: string | null
  @Link(() => WorkLog, 'Entry that it corrects (所更正的记录).', { nullable: true, index: false }) corrects?: WorkLog | null
  @Text('Why it is corrected (更正原因).', { nullable: true }) reason?: string | null

  @Text('Unit of the employment; kept by the database.', { hidden: true, default: '' }) unitId!: string
  @Text('Person of the social worker; kept by the database.', { hidden: true, default: '' }) personId!: string
}
