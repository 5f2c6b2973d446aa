import { InputType } from 'type-graphql'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { EmploymentKind } from './post.entity.js'

@InputType()
export class EmploymentBeginInput extends IdempotentInput {
  @Given.id('The unit that employs (单位).') unitId!: string
  @Given.id('The social worker (社会工作者).') socialWorkerId!: string
  @Given.id('Post of the unit (岗位).', { clearable: true }) postId?: string | null
  @Given.choice(() => EmploymentKind, 'How (从业方式).') kind!: EmploymentKind
  @Given.day('First day (起始日期).') validFrom!: string
  @Given.day('First day on which it no longer holds (终止日期).', { clearable: true }) validTo?: string | null
}

@InputType()
export class EmploymentUpdateInput extends VersionedInput {
  @Given.id('The employment (从业).') employmentId!: string
  @Given.id('Post of the unit (岗位).', { clearable: true }) postId?: string | null
}

@InputType()
export class EmploymentEndInput extends VersionedInput {
  @Given.id('The employment (从业).') employmentId!: string
  @Given.day('First day on which it no longer holds (终止日期).') validTo!: string
}
