import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { overlaps, Problem, Problems, type Said } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { PolicyDocument } from '../units/index.js'
import { LightRule, SupervisionPolicy, type LightLevel, type LightTrigger } from './supervision.entity.js'
import type { SupervisionPolicyEndInput, SupervisionPolicySetInput } from './supervision.input.js'

export async function setPolicy(work: Work, input: SupervisionPolicySetInput): Promise<SupervisionPolicy> {
  const problems = ruleFaults(input.rules).map(({ at, part, said }) => new Problem('MALFORMED', `input.rules.${at}.${part}`, said))
  if (problems.length > 0) throw new Problems(problems)
  const { validFrom, validTo = null } = input
  if (validTo && validTo <= validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', endFirst)
  const policy = Object.assign(new SupervisionPolicy(), {
    division: await work.reference(Division, input.divisionId, 'input.divisionId'),
    name: input.name.trim(),
    validFrom,
    validTo,
    basis: await work.reference(PolicyDocument, input.basisId, 'input.basisId'),
    acceptWithinDays: input.acceptWithinDays,
    reportEveryDays: input.reportEveryDays,
  })
  await checkNoOverlap(work, policy, 'input.validFrom')
  for (const { level, colour, trigger = null, threshold = null, sendsSlip = false } of input.rules) {
    work.em.persist(Object.assign(new LightRule(), { policy, level, colour: colour.trim(), trigger, threshold, sendsSlip }))
  }
  return work.makes(policy)
}

export async function endPolicy(work: Work, input: SupervisionPolicyEndInput): Promise<SupervisionPolicy> {
  const policy = await work.target(SupervisionPolicy, input.policyId, 'input.policyId', input.expectedVersion)
  if (input.validTo <= policy.validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', endFirst)
  policy.validTo = input.validTo
  await checkNoOverlap(work, policy, 'input.validTo')
  return policy
}

/** The policy in force on a day for a division: its own, or that of the nearest division above it that has one. */
export async function policyFor(work: Work, divisionId: string, day: string): Promise<SupervisionPolicy | null> {
  const [found] = await work.run<{ id: string | null }>('select heli_supervision_policy($1, $2::date) as id', [divisionId, day])
  return found!.id ? work.em.findOneOrFail(SupervisionPolicy, found!.id) : null
}

const endFirst: Said = { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' }

async function checkNoOverlap(work: Work, policy: SupervisionPolicy, field: string): Promise<void> {
  // Two writers who each see no overlap would together make one.
  await work.em.findOneOrFail(Division, policy.division.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  const others = await work.em.find(SupervisionPolicy, { division: policy.division.id, id: { $ne: policy.id } })
  const other = others.find((one) => overlaps(policy.validFrom, policy.validTo, one.validFrom, one.validTo))
  if (!other) return
  const until = other.validTo ?? '…'
  throw new Problem('OVERLAP', field, {
    en: `The division has the policy "${other.name}" from ${other.validFrom} to ${until}. End it with supervisionPolicyEnd, or choose other dates.`,
    zh: `该区划已有督查规则“${other.name}”，有效期 ${other.validFrom} 至 ${until}，请先用 supervisionPolicyEnd 终止，或调整日期。`,
  })
}

interface Rule {
  level: LightLevel
  colour: string
  trigger?: LightTrigger | null
  threshold?: number | null
  sendsSlip?: boolean
}

export interface RuleFault {
  /** Place of the rule among the others. */
  at: number
  part: keyof Rule
  said: Said
}

const leastThreshold: Readonly<Record<LightTrigger, number>> = { DAYS_TO_DUE: 0, DAYS_LATE: 1, BEHIND_OR_POOR: 1, PREVIOUS_SLIP_UNANSWERED: 1 }

/** What is wrong with the light rules of one policy, at most one fault a rule. */
export function ruleFaults(rules: readonly Rule[]): RuleFault[] {
  const colours = new Map<LightLevel, string>()
  const seen = new Set<string>()
  return rules.flatMap((rule, at) => {
    const [part, said] = ruleFault(rule, colours, seen) ?? []
    return part && said ? [{ at, part, said }] : []
  })
}

function ruleFault({ level, colour, trigger, threshold, sendsSlip }: Rule, colours: Map<LightLevel, string>, seen: Set<string>): [keyof Rule, Said] | undefined {
  const isCalm = level === 'NONE'
  if (isCalm !== !trigger) return ['trigger', { en: 'NONE holds where nothing else does and names no trigger; every other level names one.', zh: '“正常”级不填亮灯条件；其他级别须填写。' }]
  if (isCalm !== (threshold === null || threshold === undefined)) return ['threshold', { en: 'NONE has no threshold; every other level has one.', zh: '“正常”级不填阈值；其他级别须填写。' }]
  if (isCalm && sendsSlip) return ['sendsSlip', { en: 'Where nothing is to be warned of no slip is sent.', zh: '“正常”级不发督办单。' }]
  if (trigger && threshold! < leastThreshold[trigger]) return ['threshold', { en: `The threshold of ${trigger} is at least ${leastThreshold[trigger]}.`, zh: `${trigger} 的阈值至少为 ${leastThreshold[trigger]}。` }]
  if (trigger === 'BEHIND_OR_POOR' && threshold! > 100) return ['threshold', { en: 'Progress can lag by 100 percentage points at most.', zh: '进度滞后最多 100 个百分点。' }]
  if (trigger === 'PREVIOUS_SLIP_UNANSWERED' && level === 'APPROACHING') return ['trigger', { en: 'Below APPROACHING no slip is sent that could go unanswered.', zh: '“临近”之下不发督办单，不能以上一级督办单未反馈为条件。' }]
  if (seen.has(`${level} ${trigger}`)) return ['trigger', { en: `The policy has two rules for ${level}${trigger ? ` by ${trigger}` : ''}. Keep one.`, zh: `${level}${trigger ? ` 的 ${trigger}` : ''} 规则重复，请只保留一条。` }]
  seen.add(`${level} ${trigger}`)
  const known = colours.get(level) ?? colour.trim()
  colours.set(level, known)
  return known === colour.trim() ? undefined : ['colour', { en: `${level} is ${known} already: a level has one colour.`, zh: `${level} 已定为“${known}”，同一灯级只有一种颜色。` }]
}
