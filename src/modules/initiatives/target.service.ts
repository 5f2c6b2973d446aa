import type { Tally, Work } from '../../engine/index.js'
import { attributesOf, Problem } from '../../kernel/index.js'
import { Initiative, InitiativeTarget, type TargetMeasure } from './initiative.entity.js'
import type { InitiativeTargetAddInput, InitiativeTargetRemoveInput, InitiativeTargetUpdateInput } from './initiative.input.js'

const built = new Map<TargetMeasure, readonly Tally[]>()
/** Ways from an initiative to the rows that count towards its targets, by measure. */
export const buildings: ReadonlyMap<TargetMeasure, readonly Tally[]> = built

/** Said by the module whose rows they are: each way begins with rows that refer to the initiative. Rows of several ways add up. */
export function countsTowards(measure: TargetMeasure, way: Tally): void {
  built.set(measure, [...(built.get(measure) ?? []), way])
}

export async function addTarget(work: Work, input: InitiativeTargetAddInput): Promise<InitiativeTarget> {
  const initiative = await work.target(Initiative, input.initiativeId, 'input.initiativeId')
  checkAmount(input.amount)
  const target = Object.assign(new InitiativeTarget(), { initiative, measure: input.measure, amount: input.amount, dueOn: input.dueOn ?? null })
  work.em.persist(target)
  return target
}

export async function updateTarget(work: Work, input: InitiativeTargetUpdateInput): Promise<InitiativeTarget> {
  const target = await work.part(InitiativeTarget, 'initiative', input.targetId, 'input.targetId', input.expectedVersion)
  if (input.amount !== undefined) checkAmount(input.amount)
  const { targetId: _target, ...plain } = attributesOf(input)
  return Object.assign(target, plain)
}

/** Takes a target out; answers the initiative. */
export async function removeTarget(work: Work, input: InitiativeTargetRemoveInput): Promise<Initiative> {
  const target = await work.part(InitiativeTarget, 'initiative', input.targetId, 'input.targetId', input.expectedVersion)
  const { initiative } = target
  work.em.remove(target)
  return initiative
}

export const targetOnce = (): Problem => new Problem('TAKEN', 'input.measure', { en: 'The initiative has a target of this measure. Change it with initiativeTargetUpdate.', zh: '该行动已有此指标的目标，请用 initiativeTargetUpdate 修改。' })

const mostDigits = /^\d{1,12}(\.\d{1,2})?$/
function checkAmount(amount: string): void {
  if (mostDigits.test(amount) && Number(amount) > 0) return
  throw new Problem('OUT_OF_RANGE', 'input.amount', { en: `A target is above 0 and has two places at most; it is ${amount}.`, zh: `目标值须大于 0，且最多两位小数，当前为 ${amount}。` })
}
