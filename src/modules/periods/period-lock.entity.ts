import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'

export const Ledger = enumeration('Ledger', 'What is kept by the month and locked with it (账册).', {
  WORKLOGS: 'Worklogs of social workers (工作日志)',
  SERVICE_HOURS: 'Service hours of volunteers (志愿服务时数)',
  MONEY: 'Allocations, disbursements and payments (经费)',
  PAY: 'Pay (薪酬)',
})
export type Ledger = keyof typeof Ledger

@Record('PeriodLock', 'plck', "A unit's month that is locked in one ledger (账期锁定): its entries no longer change, and what was wrong is put right by a correcting entry (更正).")
export class PeriodLock extends RecordBase {
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Choice(() => Ledger, 'What is locked (账册).') ledger!: Ledger
  @Text('The month, such as `2026-10` (月份).') month!: string
  @OnDay('Day on which it was locked (锁定日期).') lockedOn!: string
  @Link(() => Person, 'Who locked it, where it was a person (锁定人).', { nullable: true }) lockedBy?: Person | null
}
