import { InputType } from 'type-graphql'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'

@InputType()
export class NeedsSurveyPlanInput extends IdempotentInput {
  @Given.text('Code (调研编号).', { max: 40 }) code!: string
  @Given.text('Title (题目).') title!: string
  @Given.id('Your unit (单位).') unitId!: string
  @Given.id('Community or other division to survey: where the unit stands, or below (调研区划).') divisionId!: string
}

@InputType()
export class NeedsSurveyStepInput extends VersionedInput {
  @Given.id('The survey (需求调研).') surveyId!: string
}

@InputType()
export class NeedsSurveyFinishInput extends NeedsSurveyStepInput {
  @Given.whole('Number of those asked (受访人数).', { min: 1, max: 1_000_000 }) respondents!: number
  @Given.text('What is needed, without anything personal of those asked (调研结论).', { max: 4000 }) findings!: string
}

@InputType()
export class ConsultationPlanInput extends IdempotentInput {
  @Given.id('The survey whose findings are discussed (需求调研).') surveyId!: string
  @Given.day('Day for which it is planned (拟召开日期).') plannedOn!: string
}

@InputType()
export class ConsultationStepInput extends VersionedInput {
  @Given.id('The consultation (社区协商).') consultationId!: string
}

@InputType()
export class ConsultationHoldInput extends ConsultationStepInput {
  @Given.day('Day on which it was held, today at the latest (召开日期).') heldOn!: string
  @Given.whole('Number of those who took part (参加人数).', { min: 1, max: 100_000 }) participants!: number
  @Given.text('What was agreed (协商结果).', { max: 4000 }) outcome!: string
}
