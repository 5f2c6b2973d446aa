import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../../modules/divisions/index.js'
import { UnitFilter } from '../../modules/units/index.js'
import { CorrectionStatus, ReturnStatus, ReturnTextStatus } from './return.entity.js'

const division = () => DivisionFilter
const ReturnFormFilter: Function = filterOf('ReturnForm', { id: compare.id, key: compare.text, firstYear: compare.whole, lastYear: compare.whole })
export const formPaging: Paging = { filter: ReturnFormFilter, ...orderOf('ReturnForm', ['key', 'firstYear', 'createdAt']) }
const ReturnTextFilter: Function = filterOf('ReturnText', {
  id: compare.id, year: compare.whole, tableNumber: compare.whole, rowKey: compare.text, columnKey: compare.text, status: compareEnum('ReturnTextStatus', ReturnTextStatus), writtenOn: compare.day, division, unit: () => UnitFilter, form: () => ReturnFormFilter,
})
export const textPaging: Paging = { filter: ReturnTextFilter, ...orderOf('ReturnText', ['year', 'tableNumber', 'writtenOn', 'createdAt']) }
const ReturnSubmissionFilter: Function = filterOf('ReturnSubmission', {
  id: compare.id, year: compare.whole, status: compareEnum('ReturnStatus', ReturnStatus), edition: compare.whole, submittedOn: compare.day, approvedOn: compare.day, lockedOn: compare.day, division, form: () => ReturnFormFilter,
})
export const submissionPaging: Paging = { filter: ReturnSubmissionFilter, ...orderOf('ReturnSubmission', ['year', 'submittedOn', 'approvedOn', 'createdAt']) }
const ReturnFigureFilter: Function = filterOf('ReturnFigure', {
  id: compare.id, edition: compare.whole, tableNumber: compare.whole, rowNumber: compare.whole, rowKey: compare.text, columnKey: compare.text, isNumber: compare.flag, submission: () => ReturnSubmissionFilter,
})
export const figurePaging: Paging = { filter: ReturnFigureFilter, ...orderOf('ReturnFigure', ['tableNumber', 'rowNumber', 'createdAt']) }
const ReturnCorrectionFilter: Function = filterOf('ReturnCorrection', {
  id: compare.id, status: compareEnum('CorrectionStatus', CorrectionStatus), proposedOn: compare.day, decidedOn: compare.day, submission: () => ReturnSubmissionFilter, figure: () => ReturnFigureFilter,
})
export const correctionPaging: Paging = { filter: ReturnCorrectionFilter, ...orderOf('ReturnCorrection', ['proposedOn', 'decidedOn', 'createdAt']) }

const reason = (of: string) => `Why (${of}).`
const year = 'Year (年度).'

@InputType()
export class ReturnTextAskInput extends IdempotentInput {
  @Given.id('Division whose return it is: yours (区划).') divisionId!: string
  @Given.whole(year, { min: 2000, max: 2100 }) year!: number
  @Given.id('Form (表式).') formId!: string
  @Given.whole('Number of the table (表号).', { min: 1 }) tableNumber!: number
  @Given.text('Key of the row (行).') rowKey!: string
  @Given.text('Key of the column; one whose text is collected (栏).') columnKey!: string
  @Given.id('Unit that is to write it, in the division (填报单位).') unitId!: string
}

@InputType()
export class ReturnTextWriteInput extends VersionedInput {
  @Given.id('The text.') returnTextId!: string
  @Given.text('The text (内容).', { max: 4000 }) text!: string
}

@InputType()
export class ReturnTextStepInput extends VersionedInput {
  @Given.id('The text.') returnTextId!: string
}

@InputType()
export class ReturnTextSendBackInput extends VersionedInput {
  @Given.id('The text.') returnTextId!: string
  @Given.text(reason('退回原因'), { max: 1000 }) reason!: string
}

@InputType()
export class ReturnOpenInput extends IdempotentInput {
  @Given.id('The division: yours (区划).') divisionId!: string
  @Given.whole(year, { min: 2000, max: 2100 }) year!: number
  @Given.id('Form, in use in that year (表式).') formId!: string
}

@InputType()
export class ReturnStepInput extends VersionedInput {
  @Given.id('The return.') submissionId!: string
}

@InputType()
export class ReturnSendBackInput extends VersionedInput {
  @Given.id('The return.') submissionId!: string
  @Given.text(reason('退回原因'), { max: 1000 }) reason!: string
}

@InputType()
export class ReturnCorrectInput extends IdempotentInput {
  @Given.id('The figure, of the last submission (数据).') figureId!: string
  @Given.text('Value that is to count: a number for a number (更正值).', { max: 4000 }) newValue!: string
  @Given.text(reason('更正原因'), { max: 1000 }) reason!: string
}

@InputType()
export class ReturnCorrectionDecideInput extends VersionedInput {
  @Given.id('The correction.') correctionId!: string
  @Given.choice(() => CorrectionStatus, 'APPROVED or REFUSED (审核意见).') status!: CorrectionStatus
}
