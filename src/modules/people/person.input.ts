import { InputType } from 'type-graphql'
import { Role } from '../../access/index.js'
import { compare, compareEnum, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { UnitFilter } from '../units/index.js'

export const AppointmentFilter: Function = filterOf('Appointment', {
  id: compare.id,
  role: compareEnum('Role', Role),
  isMain: compare.flag,
  validFrom: compare.day,
  validTo: compare.day,
  unit: () => UnitFilter,
  person: () => PersonFilter,
})
export const PersonFilter: Function = filterOf('Person', {
  id: compare.id,
  code: compare.text,
  name: compare.text,
  title: compare.text,
  mobile: compare.text,
  unit: () => UnitFilter,
  appointments: many(() => AppointmentFilter),
})
export const personPaging: Paging = { filter: PersonFilter, ...orderOf('Person', ['code', 'name', 'mobile', 'createdAt']) }
export const appointmentPaging: Paging = { filter: AppointmentFilter, ...orderOf('Appointment', ['validFrom', 'validTo', 'createdAt']) }

const mobileShape = { shape: /^1\d{10}$/, en: 'must be 11 digits beginning with 1.', zh: '须为 1 开头的 11 位数字。' }

@InputType()
export class PersonCreateInput extends IdempotentInput {
  @Given.text('Staff number (人员编号).', { max: 40 }) code!: string
  @Given.text('Name (姓名).', { max: 80 }) name!: string
  @Given.id("The unit that employs the person: it becomes the main appointment's unit, without a role (所在单位).") unitId!: string
  @Given.day('First day in the unit; today where left out (起始日期).', { optional: true }) from?: string
  @Given.text('Title (职务).', { clearable: true, max: 80 }) title?: string | null
  @Given.text('Office phone (办公电话).', { clearable: true, max: 40 }) officePhone?: string | null
  @Given.text('Mobile phone (手机).', { clearable: true, pattern: mobileShape, max: 11 }) mobile?: string | null
  @Given.text('Resident identity number (身份证号, GB 11643).', { clearable: true, max: 18 }) nationalId?: string | null
  @Given.day('Birth date (出生日期).', { clearable: true }) birthDate?: string | null
  @Given.flag('Member of the Party (中共党员).', { clearable: true }) partyMember?: boolean | null
}

@InputType()
export class PersonUpdateInput extends VersionedInput {
  @Given.id('The person.') personId!: string
  @Given.text('Name (姓名).', { optional: true, max: 80 }) name?: string
  @Given.text('Title (职务).', { clearable: true, max: 80 }) title?: string | null
  @Given.text('Office phone (办公电话).', { clearable: true, max: 40 }) officePhone?: string | null
  @Given.text('Mobile phone (手机).', { clearable: true, pattern: mobileShape, max: 11 }) mobile?: string | null
  @Given.text('Resident identity number (身份证号, GB 11643).', { clearable: true, max: 18 }) nationalId?: string | null
  @Given.day('Birth date (出生日期).', { clearable: true }) birthDate?: string | null
  @Given.flag('Member of the Party (中共党员).', { clearable: true }) partyMember?: boolean | null
}

@InputType()
export class AppointmentCreateInput extends IdempotentInput {
  @Given.id('The person.') personId!: string
  @Given.id('The unit.') unitId!: string
  @Given.choice(() => Role, 'Role (角色).') role!: Role
  @Given.flag('Make it the main appointment (主要任职).', { optional: true }) isMain?: boolean
  @Given.day('First day (起始日期).') validFrom!: string
  @Given.day('First day on which it no longer holds (终止日期).', { clearable: true }) validTo?: string | null
}

@InputType()
export class AppointmentUpdateInput extends VersionedInput {
  @Given.id('The appointment.') appointmentId!: string
  @Given.day('First day on which it no longer holds; today takes the rights away at once (终止日期).', { clearable: true }) validTo?: string | null
}
