import type { Work } from '../../engine/index.js'
import { forbidden, Problem } from '../../kernel/index.js'
import { can } from '../../access/index.js'
import { Initiative, Participation } from './initiative.entity.js'
import type { ParticipationAddInput, ParticipationRemoveInput, ParticipationUpdateInput } from './initiative.input.js'
import { alreadyJoined, join, livingUnit } from './initiative.service.js'

/** The lead unit's DIRECTOR adds units of its own line only; the coordinator any unit. */
export async function addParticipation(work: Work, input: ParticipationAddInput): Promise<Participation> {
  const initiative = await work.target(Initiative, input.initiativeId, 'input.initiativeId')
  const unit = await livingUnit(work, input.unitId, 'input.unitId')
  const isCoordinator = await work.holds(can('initiative:coordinate').inDivision('divisionId'), Initiative, initiative.id)
  if (!isCoordinator && !unit.linePath.includes(`/${initiative.leadUnit.id}/`)) throw forbidden('participationAdd', '添加本条线以外的参与单位')
  if (await work.em.findOne(Participation, { initiative: initiative.id, unit: unit.id })) throw alreadyJoined('input.unitId')
  return join(work, initiative, unit, input.role)
}

export async function updateParticipation(work: Work, input: ParticipationUpdateInput): Promise<Participation> {
  const participation = await work.part(Participation, 'initiative', input.participationId, 'input.participationId', input.expectedVersion)
  participation.role = input.role
  return participation
}

/** Takes a unit out; answers the initiative. The lead unit stays until another leads. */
export async function removeParticipation(work: Work, input: ParticipationRemoveInput): Promise<Initiative> {
  const participation = await work.part(Participation, 'initiative', input.participationId, 'input.participationId', input.expectedVersion)
  const { initiative } = participation
  if (initiative.leadUnit.id === participation.unit.id) throw new Problem('IN_USE', 'input.participationId', { en: 'The lead unit cannot leave. Give the lead to another unit first (initiativeUpdate).', zh: '牵头单位不能退出，请先变更牵头单位。' })
  work.em.remove(participation)
  return initiative
}

