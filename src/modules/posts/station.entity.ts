import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Unit } from '../units/index.js'

export const StationKind = enumeration('StationKind', 'What a station is for (站点类别).', {
  SOCIAL_WORK: 'Social work (社会工作服务站)',
  VOLUNTEERING: 'Volunteering (志愿服务站点)',
})
export type StationKind = keyof typeof StationKind

@Record('Station', 'stat', 'A station, room or centre for social work or volunteering (社会工作服务站、志愿服务站点).')
export class Station extends RecordBase {
  @Text('Code (站点编号).', { unique: true }) code!: string
  @Text('Name (站点名称).') name!: string
  @Choice(() => StationKind, 'What it is for (站点类别).') kind!: StationKind
  @Link(() => Unit, 'Unit that runs it (运营单位).') unit!: Unit
  @Link(() => Division, 'Division that it serves (服务区划).') division!: Division
  @OnDay('First day (设立日期).') openedOn!: string
  @OnDay('First day on which it no longer exists (撤销日期).', { nullable: true }) closedOn?: string | null
}
