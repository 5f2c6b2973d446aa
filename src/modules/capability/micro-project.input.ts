import { InputType } from 'type-graphql'
import { Given, VersionedInput } from '../../kernel/index.js'
import { MicroPaymentKind, MicroVerdict } from './micro-project.entity.js'

@InputType()
export class MicroProjectStepInput extends VersionedInput {
  @Given.id('The micro-project.') microProjectId!: string
}

@InputType()
export class MicroProjectCallInput extends MicroProjectStepInput {
  @Given.day('Last day on which a proposal is taken, today at the earliest (征集截止日期).') callUntil!: string
}

@InputType()
export class MicroProjectProposeInput extends MicroProjectStepInput {
  @Given.id('Your unit, which would carry it out (实施单位).') carrierId!: string
  @Given.text('The proposal (方案).', { max: 8000 }) proposal!: string
}

@InputType()
export class MicroProjectContractInput extends MicroProjectStepInput {
  @Given.money('Amount, in yuan (签约金额).') amount!: string
  @Given.day('Last day of the work, later than today (实施截止日期).') dueOn!: string
}

@InputType()
export class MicroProjectEvaluateInput extends MicroProjectStepInput {
  @Given.choice(() => MicroVerdict, 'What the evaluation found (评估结论).') verdict!: MicroVerdict
  @Given.text('What it says (评估意见).', { max: 4000 }) evaluation!: string
}

@InputType()
export class MicroProjectEndInput extends MicroProjectStepInput {
  @Given.text('Why; it goes on record in the history alone (原因).', { max: 1000 }) reason!: string
}

@InputType()
export class MicroProjectPayInput extends MicroProjectStepInput {
  @Given.choice(() => MicroPaymentKind, 'Which payment (付款类别).') kind!: MicroPaymentKind
  @Given.money('Amount, in yuan (付款金额).') amount!: string
}
