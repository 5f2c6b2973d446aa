import { Choice, Flag, Link, OnDay, Points, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { CredentialLevel, SocialWorker } from '../posts/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

@Record('Training', 'trai', 'A course in social work (社会工作专业人才培训).')
export class Training extends RecordBase {
  @Text('Code (培训编号).', { unique: true }) code!: string
  @Text('Title (培训名称).') title!: string
  @Link(() => Unit, 'Unit that holds it (举办单位).') unit!: Unit
  @OnDay('First day (开始日期).') startsOn!: string
  @OnDay('Last day (结束日期).') endsOn!: string
  @Points('Hours of the whole course (学时).') hours!: string
  @Flag('Its hours count as continuing education (是否计入继续教育).') isContinuingEducation!: boolean
  @Whole('Attendances of people who are no social workers of the network (其他参训人次).', { default: 0 }) otherAttendances!: number
  @Link(() => Initiative, 'Initiative that it serves; null where there is none or you do not see it (所属联合行动).', { nullable: true }) initiative?: Initiative | null
}

@Record('TrainingAttendance', 'tatt', 'A social worker attended a course (参训记录).')
export class TrainingAttendance extends RecordBase {
  @Link(() => Training, 'The course (培训).', { mayBeInvisible: true }) training!: Training
  @Link(() => SocialWorker, 'The social worker (社会工作者).', { mayBeInvisible: true }) socialWorker!: SocialWorker
  @Points('Hours attended, those of the course at most (参训学时).') hours!: string
  @Flag('Passed the test at the end, or there was none (是否合格).') isPassed!: boolean
}

@Record('ContinuingEducationRule', 'cedu', 'Hours of continuing education that a registration period asks of a level (继续教育学时规则), as a division decided for itself and the divisions below it, between two dates, by a document.')
export class ContinuingEducationRule extends RecordBase {
  @Link(() => Division, 'Division that set it; it holds there and below, where no nearer division has its own for the level (区划).') division!: Division
  @Choice(() => CredentialLevel, 'Level of the credential (等级).') level!: CredentialLevel
  @Points('Hours in a registration period of three years (每登记周期学时).') hours!: string
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}
