import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { overlaps, Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import type { MandateCreateInput, MandateTransferInput, MandateUpdateInput } from './unit.input.js'
import { Mandate, PolicyDocument, type MandateRole } from './mandate.entity.js'
import { Unit } from './unit.entity.js'

/** Roles that cover all six mechanisms, so that their mandates name none. */
export const coversAll = (role: MandateRole): boolean => role === 'LEADERSHIP' || role === 'OVERALL_COORDINATION'

export async function createMandate(work: Work, input: MandateCreateInput): Promise<Mandate> {
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  const mandate = Object.assign(new Mandate(), {
    unit,
    division: unit.division,
    role: input.role,
    mechanism: input.mechanism ?? null,
    validFrom: input.validFrom,
    validTo: input.validTo ?? null,
    basis: await work.reference(PolicyDocument, input.basisId, 'input.basisId'),
  })
  checkShape(mandate)
  await lockDivision(work, unit.division.id)
  const others = await competing(work, mandate)
  checkNoOverlap(mandate, others)
  if (mandate.role === 'OVERALL_COORDINATION') {
    if (mandate.validTo && !others.some((other) => other.validFrom === mandate.validTo)) throw gap('input.validTo')
    if (!mandate.validTo && others.length > 0 && !others.some((other) => other.validTo === mandate.validFrom)) throw gap('input.validFrom')
  }
  return work.makes(mandate)
}

export async function updateMandate(work: Work, input: MandateUpdateInput): Promise<Mandate> {
  const mandate = await work.target(Mandate, input.mandateId, 'input.mandateId', input.expectedVersion)
  if (input.basisId !== undefined) mandate.basis = await work.reference(PolicyDocument, input.basisId, 'input.basisId')
  if (input.validTo !== undefined && input.validTo !== mandate.validTo) {
    await lockDivision(work, mandate.division.id)
    mandate.validTo = input.validTo
    // A reference that is not loaded knows no dates.
    await work.em.findOneOrFail(Unit, mandate.unit.id)
    checkShape(mandate)
    const others = await competing(work, mandate)
    checkNoOverlap(mandate, others, 'input.validTo')
    if (mandate.role === 'OVERALL_COORDINATION' && input.validTo !== null && !others.some((other) => other.validFrom === input.validTo)) throw gap('input.validTo')
  }
  return mandate
}

/** Ends one unit's mandate and begins another's on the same day: no gap, no overlap. Returns the new one. */
export async function transferMandate(work: Work, input: MandateTransferInput): Promise<Mandate> {
  const ending = await work.target(Mandate, input.mandateId, 'input.mandateId', input.expectedVersion)
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  if (unit.division.id !== ending.division.id) throw new Problem('OUT_OF_RANGE', 'input.unitId', { en: 'The new unit must stand in the same division.', zh: '承接单位须在同一区划。' })
  if (input.on <= ending.validFrom || (ending.validTo && input.on >= ending.validTo)) throw new Problem('OUT_OF_RANGE', 'input.on', { en: `The day must lie after ${ending.validFrom}, within the mandate.`, zh: `交接日期须晚于 ${ending.validFrom} 且在职责期内。` })
  await lockDivision(work, ending.division.id)
  const next = Object.assign(new Mandate(), {
    unit,
    division: ending.division,
    role: ending.role,
    mechanism: ending.mechanism ?? null,
    validFrom: input.on,
    validTo: ending.validTo ?? null,
    basis: await work.reference(PolicyDocument, input.basisId, 'input.basisId'),
  })
  ending.validTo = input.on
  // The old one must be shorter before the new one exists: the database refuses an overlap at any moment.
  await work.em.flush()
  checkShape(next, { from: 'input.on', to: 'input.on' })
  checkNoOverlap(next, await competing(work, next), 'input.on')
  return work.makes(next)
}

/** A mandate's own shape, without its neighbours. */
export function checkShape(mandate: Mandate, field = { from: 'input.validFrom', to: 'input.validTo' }): void {
  if (coversAll(mandate.role) !== !mandate.mechanism) {
    throw new Problem('MALFORMED', 'input.mechanism', { en: 'LEADERSHIP and OVERALL_COORDINATION cover all mechanisms and name none; other roles name one.', zh: '领导与综合协调涵盖全部机制，不填机制；其他角色须填写机制。' })
  }
  if (mandate.validTo && mandate.validTo <= mandate.validFrom) throw new Problem('OUT_OF_RANGE', field.to, { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' })
  const { unit } = mandate
  if (!unit.isInForceOn(mandate.validFrom)) throw new Problem('OUT_OF_RANGE', field.from, { en: 'The unit does not exist on that day.', zh: '该单位在起始日期不存在。' })
  if (unit.endedOn && (!mandate.validTo || mandate.validTo > unit.endedOn)) throw new Problem('OUT_OF_RANGE', field.to, { en: `The unit ends on ${unit.endedOn}; its mandate must end by then.`, zh: `该单位于 ${unit.endedOn} 撤销，职责须在该日前终止。` })
}

/** Mandates that exclude this one on a shared day: any unit's for OVERALL_COORDINATION of the division, else the same unit's in the same mechanism and role. */
async function competing(work: Work, mandate: Mandate): Promise<Mandate[]> {
  const where = mandate.role === 'OVERALL_COORDINATION' ? { division: mandate.division.id, role: mandate.role } : { unit: mandate.unit.id, role: mandate.role, mechanism: mandate.mechanism ?? null }
  return work.em.find(Mandate, { ...where, id: { $ne: mandate.id } })
}

function checkNoOverlap(mandate: Mandate, others: readonly Mandate[], field = 'input.validFrom'): void {
  const other = others.find((one) => overlaps(mandate.validFrom, mandate.validTo, one.validFrom, one.validTo))
  if (!other) return
  const until = other.validTo ?? '…'
  throw new Problem('OVERLAP', field, {
    en: `Another mandate holds from ${other.validFrom} to ${until}. Transfer it with mandateTransfer, or choose other dates.`,
    zh: `另一职责的有效期为 ${other.validFrom} 至 ${until}，请用 mandateTransfer 移交，或调整日期。`,
  })
}

const gap = (field: string) =>
  new Problem('GAP', field, { en: 'A division has one coordinating unit on every day: hand over with mandateTransfer.', zh: '每个区划任何一日须有且仅有一个综合协调单位，请用 mandateTransfer 移交。' })

// Two writers who each see no overlap would together make one.
const lockDivision = (work: Work, divisionId: string) => work.em.findOneOrFail(Division, divisionId, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
