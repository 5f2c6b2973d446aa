import { InputType } from 'type-graphql'
import { compare, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { LightLevel, LightTrigger } from './supervision.entity.js'

const SupervisionPolicyFilter: Function = filterOf('SupervisionPolicy', {
  id: compare.id,
  name: compare.text,
  validFrom: compare.day,
  validTo: compare.day,
  division: () => DivisionFilter,
})
export const supervisionPolicyPaging: Paging = { filter: SupervisionPolicyFilter, ...orderOf('SupervisionPolicy', ['validFrom', 'validTo', 'name', 'createdAt']) }

@InputType()
export class LightRuleInput {
  @Given.choice(() => LightLevel, 'Level (灯级).') level!: LightLevel
  @Given.text('Colour (颜色); the same in all rules of a level.', { max: 10 }) colour!: string
  @Given.choice(() => LightTrigger, 'What makes it fire; left out for NONE (亮灯条件).', { clearable: true }) trigger?: LightTrigger | null
  @Given.whole('The n of the trigger; left out for NONE (阈值).', { clearable: true, min: 0, max: 366 }) threshold?: number | null
  @Given.flag('A supervision slip is sent when work reaches this level by this rule; no where left out (发督办单).', { optional: true }) sendsSlip?: boolean
}

@InputType()
export class SupervisionPolicySetInput extends IdempotentInput {
  @Given.id('Division that sets it (区划).') divisionId!: string
  @Given.text('Name (名称).') name!: string
  @Given.day('First day (起始日期).') validFrom!: string
  @Given.day('First day on which it no longer holds (终止日期).', { clearable: true }) validTo?: string | null
  @Given.id('Document that it rests on (依据文件).') basisId!: string
  @Given.whole('Working days after issue within which a unit accepts (签收时限).', { min: 1, max: 366 }) acceptWithinDays!: number
  @Given.whole('Working days from one progress report to the next (反馈周期).', { min: 1, max: 366 }) reportEveryDays!: number
  @Given.parts(() => LightRuleInput, 'Its light rules, whole (亮灯规则).') rules!: LightRuleInput[]
}

@InputType()
export class SupervisionPolicyEndInput extends VersionedInput {
  @Given.id('The policy.') policyId!: string
  @Given.day('First day on which it no longer holds (终止日期).') validTo!: string
}
