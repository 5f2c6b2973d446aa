import { InputType } from 'type-graphql'
import { compare, compareEnum, comparePrefixed, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionLevel } from './division.entity.js'

export const DivisionFilter: Function = filterOf('Division', {
  id: compare.id,
  code: comparePrefixed,
  path: comparePrefixed,
  name: compare.text,
  level: compareEnum('DivisionLevel', DivisionLevel),
  endedOn: compare.day,
  parent: () => DivisionFilter,
})
export const divisionPaging: Paging = { filter: DivisionFilter, ...orderOf('Division', ['code', 'name', 'createdAt']) }

const digits = { shape: /^(\d{6}|\d{9}|\d{12})$/, en: 'must have 6, 9 or 12 digits.', zh: '须为 6、9 或 12 位数字。' }

@InputType()
export class DivisionCreateInput extends IdempotentInput {
  @Given.text('Division code (区划代码).', { max: 12, pattern: digits }) code!: string
  @Given.text('Name (名称).') name!: string
  @Given.choice(() => DivisionLevel, 'Level (级别).') level!: DivisionLevel
  @Given.id('Division that it belongs to; left out for a province (上级区划).', { optional: true }) parentId?: string
  @Given.text('Edition of the code list (代码版本).', { optional: true, max: 20 }) revision?: string
}

@InputType()
export class DivisionUpdateInput extends VersionedInput {
  @Given.id('The division.') divisionId!: string
  @Given.text('Name (名称).', { optional: true }) name?: string
  @Given.id('Division that it belongs to (上级区划).', { optional: true }) parentId?: string
  @Given.day('First day on which it no longer exists (撤销日期); null opens it again.', { clearable: true }) endedOn?: string | null
}
