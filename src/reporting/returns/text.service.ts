import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Division } from '../../modules/divisions/index.js'
import { viewingPerson } from '../../modules/progress/index.js'
import { Unit } from '../../modules/units/index.js'
import { checkYear, collectedColumn } from './form.service.js'
import { ReturnForm, ReturnText } from './return.entity.js'
import type { ReturnTextAskInput, ReturnTextSendBackInput, ReturnTextStepInput, ReturnTextWriteInput } from './return.input.js'
import { textLifecycle } from './return.lifecycle.js'

export async function askText(work: Work, input: ReturnTextAskInput): Promise<ReturnText> {
  const { year, tableNumber, columnKey } = input
  const rowKey = input.rowKey.trim()
  const division = await work.reference(Division, input.divisionId, 'input.divisionId')
  const form = await work.reference(ReturnForm, input.formId, 'input.formId')
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  checkYear(form, year)
  collectedColumn(form, tableNumber, columnKey)
  const home = await work.em.findOneOrFail(Division, unit.division.id)
  const place = await work.em.findOneOrFail(Division, division.id)
  if (!home.path.startsWith(place.path)) throw new Problem('OUT_OF_RANGE', 'input.unitId', { en: 'The unit stands in the division, or below it.', zh: '填报单位须在该区划范围内。' })
  const known = await work.em.findOne(ReturnText, { division: division.id, year, form: form.id, tableNumber, rowKey, columnKey })
  if (known) await work.rightToMake(known)
  if (known) throw isAsked()
  return work.makes(Object.assign(new ReturnText(), { division, year, form, tableNumber, rowKey, columnKey, unit, status: textLifecycle.initial, text: null, writtenBy: null, writtenOn: null, returnedReason: null }))
}
export const isAsked = () => new Problem('TAKEN', 'input.columnKey', { en: 'This text is asked for already.', zh: '该项文字材料已布置填报。' })

const textOf = (work: Work, input: ReturnTextStepInput): Promise<ReturnText> => work.target(ReturnText, input.returnTextId, 'input.returnTextId', input.expectedVersion)

export async function writeText(work: Work, input: ReturnTextWriteInput): Promise<ReturnText> {
  return Object.assign(await textOf(work, input), { status: 'WRITTEN', text: input.text.trim(), writtenBy: viewingPerson(work), writtenOn: work.today })
}

export async function finishText(work: Work, input: ReturnTextStepInput): Promise<ReturnText> {
  return Object.assign(await textOf(work, input), { status: 'FINAL', returnedReason: null })
}

export async function sendBackText(work: Work, input: ReturnTextSendBackInput): Promise<ReturnText> {
  return Object.assign(await textOf(work, input), { status: 'WRITTEN', returnedReason: input.reason.trim() })
}
