import { Choice, Flag, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { LightLevel, LightRule } from '../supervision/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { Unit } from '../units/index.js'

@Record('Reminder', 'rmnd', 'A unit is pressed to get on with its track (催办); with a number it is a supervision slip (督办单).')
export class Reminder extends RecordBase {
  @Link(() => Assignment, 'The track (承办).') assignment!: Assignment
  @Link(() => Task, 'The task (督查事项).') task!: Task
  @Link(() => Unit, 'Unit in whose name it is sent and in whose series a slip is numbered: the one that issues the task (发出单位).') unit!: Unit
  @Link(() => Unit, 'Unit that it was sent to; it stays when the track is handed over (被催办单位).') toUnit!: Unit
  @Choice(() => LightLevel, 'How pressing it is (灯级); never NONE.') level!: LightLevel
  @Text('What is asked for (催办内容).') text!: string
  @OnDay('Day on which it was sent (发出日期).') sentOn!: string
  @Link(() => Person, 'Who sent it, where it was a person (催办人).', { nullable: true }) sentBy?: Person | null
  @Flag('Sent by a service and not by a person (是否自动发出).', { default: false }) isAutomatic!: boolean
  @Link(() => LightRule, 'Light rule by which the slip was due, where it was sent as such (依据规则).', { nullable: true }) rule?: LightRule | null
  @Whole('Year of the number of the slip (督办单年份); none where it is no slip.', { nullable: true }) slipYear?: number | null
  @Whole("Number of the slip in the unit's series of that year, from 1 without gaps (督办单编号).", { nullable: true }) slipNumber?: number | null
  /** How often the track had been issued or returned by then: a rule sends one slip in each round. */
  @Whole('Round.', { hidden: true }) round!: number
}
