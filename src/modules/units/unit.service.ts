import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { checkCreditCode } from './credit-code.js'
import { Mandate } from './mandate.entity.js'
import type { UnitCreateInput, UnitEndInput, UnitRenameInput, UnitUpdateInput } from './unit.input.js'
import { Unit, UnitName } from './unit.entity.js'

/** What must be settled before a unit ends or is taken over; modules below add theirs. */
type EndCheck = (work: Work, unit: Unit) => Promise<void>
const endChecks: EndCheck[] = []
export const beforeUnitEnds = (check: EndCheck): void => void endChecks.push(check)

export async function createUnit(work: Work, input: UnitCreateInput): Promise<Unit> {
  const division = await placeFor(work, input.divisionId)
  if (input.creditCode) checkCreditCode(input.creditCode, 'input.creditCode')
  const unit = new Unit()
  Object.assign(unit, {
    code: input.code.trim(),
    name: input.name.trim(),
    shortName: input.shortName ?? null,
    kind: input.kind,
    division,
    lineParent: input.lineParentId ? await work.reference(Unit, input.lineParentId, 'input.lineParentId') : null,
    creditCode: input.creditCode ?? null,
    legalForm: input.legalForm ?? null,
    registrationLevel: input.registrationLevel ?? null,
    institutionKind: input.institutionKind ?? null,
    foundedOn: input.foundedOn,
  })
  work.em.persist(named(unit, unit.name, unit.foundedOn))
  return work.makes(unit)
}

export async function updateUnit(work: Work, input: UnitUpdateInput): Promise<Unit> {
  const unit = await work.target(Unit, input.unitId, 'input.unitId', input.expectedVersion)
  if (input.creditCode) checkCreditCode(input.creditCode, 'input.creditCode')
  for (const key of ['shortName', 'creditCode', 'legalForm', 'registrationLevel', 'institutionKind'] as const) {
    if (input[key] !== undefined) Object.assign(unit, { [key]: input[key] })
  }
  if (input.divisionId !== undefined && input.divisionId !== unit.division.id) {
    unit.division = await placeFor(work, input.divisionId)
    if ((await work.em.count(Mandate, { unit: unit.id, $or: [{ validTo: null }, { validTo: { $gt: work.today } }] })) > 0) {
      throw new Problem('IN_USE', 'input.divisionId', { en: 'The unit holds mandates in its division. End or transfer them first.', zh: '该单位在原区划仍有有效职责，请先终止或移交。' })
    }
  }
  if (input.lineParentId !== undefined) unit.lineParent = input.lineParentId ? await lineParentFor(work, unit, input.lineParentId) : null
  return unit
}

export async function renameUnit(work: Work, input: UnitRenameInput): Promise<Unit> {
  const unit = await work.target(Unit, input.unitId, 'input.unitId', input.expectedVersion)
  const [current] = await work.em.find(UnitName, { unit: unit.id }, { orderBy: { validFrom: 'desc' }, limit: 1 })
  if (current && input.validFrom <= current.validFrom) {
    throw new Problem('OVERLAP', 'input.validFrom', { en: `The name in force began on ${current.validFrom}; the new one must begin later.`, zh: `现用名自 ${current.validFrom} 起使用，新名称须晚于该日。` })
  }
  if (input.validFrom > work.today) throw new Problem('OUT_OF_RANGE', 'input.validFrom', { en: 'A name cannot begin in the future.', zh: '启用日期不能晚于今天。' })
  if (current) current.validTo = input.validFrom
  // The old name must end before the new one exists: the database refuses two names on one day at any moment.
  await work.em.flush()
  unit.name = input.name.trim()
  work.em.persist(named(unit, unit.name, input.validFrom))
  return unit
}

export async function endUnit(work: Work, input: UnitEndInput): Promise<Unit> {
  const unit = await work.target(Unit, input.unitId, 'input.unitId', input.expectedVersion)
  if (input.endedOn <= unit.foundedOn) throw new Problem('OUT_OF_RANGE', 'input.endedOn', { en: `The unit was founded on ${unit.foundedOn}; it must end later.`, zh: `单位成立于 ${unit.foundedOn}，撤销日期须晚于该日。` })
  if (input.successorId === unit.id) throw new Problem('CYCLE', 'input.successorId', { en: 'A unit cannot succeed itself.', zh: '承接单位不能是本单位。' })
  for (const check of endChecks) await check(work, unit)
  if ((await work.em.count(Mandate, { unit: unit.id, $or: [{ validTo: null }, { validTo: { $gt: input.endedOn } }] })) > 0) {
    throw new Problem('IN_USE', 'input.unitId', { en: 'The unit still holds mandates on that day. End or transfer them first.', zh: '该单位届时仍有有效职责，请先终止或移交。' })
  }
  unit.endedOn = input.endedOn
  unit.successor = input.successorId ? await work.reference(Unit, input.successorId, 'input.successorId') : null
  return unit
}

function named(unit: Unit, name: string, validFrom: string): UnitName {
  return Object.assign(new UnitName(), { unit, name, validFrom })
}

async function placeFor(work: Work, divisionId: string): Promise<Division> {
  const division = await work.reference(Division, divisionId, 'input.divisionId')
  if (division.isPseudo()) throw new Problem('OUT_OF_RANGE', 'input.divisionId', { en: `${division.name} only fills a level of the published list; choose the division above or below.`, zh: `“${division.name}”为虚拟区划，不设单位，请选择其上级或下级区划。` })
  return division
}

async function lineParentFor(work: Work, unit: Unit, parentId: string): Promise<Unit> {
  const parent = await work.reference(Unit, parentId, 'input.lineParentId')
  if (parent.linePath.includes(`/${unit.id}/`)) throw new Problem('CYCLE', 'input.lineParentId', { en: 'That unit stands below this one by line.', zh: '所选单位在条线上位于本单位之下。' })
  return parent
}
