import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput } from '../../kernel/index.js'
import { PersonFilter } from '../people/index.js'
import { UnitFilter } from '../units/index.js'
import { Ledger } from './period-lock.entity.js'

const PeriodLockFilter: Function = filterOf('PeriodLock', {
  id: compare.id,
  ledger: compareEnum('Ledger', Ledger),
  month: compare.text,
  lockedOn: compare.day,
  unit: () => UnitFilter,
  lockedBy: () => PersonFilter,
})
export const periodLockPaging: Paging = { filter: PeriodLockFilter, ...orderOf('PeriodLock', ['month', 'lockedOn', 'createdAt']) }

@InputType()
export class PeriodLockInput extends IdempotentInput {
  @Given.id('The unit (单位).') unitId!: string
  @Given.choice(() => Ledger, 'What to lock (账册).') ledger!: Ledger
  @Given.month('The month; it must have ended (月份).') month!: string
}
