import { Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { PolicyDocument, Unit } from '../units/index.js'

@Record('JointConference', 'conf', 'A joint conference (联席会议): one unit convenes it, its member units each send a liaison officer.')
export class JointConference extends RecordBase {
  @Text('Code (编号).', { unique: true }) code!: string
  @Text('Name (名称).') name!: string
  @Link(() => Division, 'Division that it belongs to (所属区划).') division!: Division
  @Link(() => Unit, 'Unit that convenes it (召集单位).') convenor!: Unit
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).', { nullable: true }) document?: PolicyDocument | null
  @OnDay('First day (成立日期).') foundedOn!: string
  @OnDay('First day on which it no longer exists (撤销日期).', { nullable: true }) endedOn?: string | null

  isInForceOn(day: string): boolean {
    return this.foundedOn <= day && (!this.endedOn || day < this.endedOn)
  }
}

@Record('ConferenceMember', 'cmem', 'A member unit of a joint conference (成员单位), with the days of its membership; one at a time for each unit.')
export class ConferenceMember extends RecordBase {
  @Link(() => JointConference, 'The conference (联席会议).') conference!: JointConference
  @Link(() => Unit, 'The unit (成员单位).') unit!: Unit
  @Link(() => Person, 'Liaison officer (联络员).', { nullable: true }) liaison?: Person | null
  @OnDay('First day of its membership (加入日期).') joinedOn!: string
  @OnDay('First day on which it is no longer a member (退出日期).', { nullable: true }) leftOn?: string | null
}
