import { sql } from 'kysely'
import type { RowRef } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { fenOf, Problem } from '../../kernel/index.js'
import { Contract, ContractMilestone, type ContractStatus, type MilestoneStatus } from './contract.entity.js'
import { contractVerbs, milestoneVerbs } from './procurement.lifecycle.js'

/** The purchaser's last mid-term evaluation failed: nothing is paid until a later one passes. */
export const isStopped = (row: RowRef) =>
  sql`coalesce((select fe.result = 'FAILED' from evaluation fe where fe.contract_id = ${row.column('id')} and fe.side = 'PURCHASER' and fe.stage = 'MID_TERM' order by fe.evaluated_on desc, fe.id desc limit 1), false)`
/** What the side found at the end, the last time that it looked. */
const atTheEnd = (row: RowRef, side: 'PURCHASER' | 'AGENCY') =>
  sql`(select fe.result from evaluation fe where fe.contract_id = ${row.column('id')} and fe.side = ${sql.lit(side)} and fe.stage = 'FINAL' order by fe.evaluated_on desc, fe.id desc limit 1)`

const facts = {
  status: (row) => row.column('status'),
  rest: (row) => sql`(${row.column('amount')} - ${row.column('paidAmount')})::text`,
  isStopped,
  openMilestones: (row) => sql`(select count(*)::integer from contract_milestone fm where fm.contract_id = ${row.column('id')} and fm.status <> 'ACCEPTED')`,
  byPurchaser: (row) => atTheEnd(row, 'PURCHASER'),
  byAgency: (row) => atTheEnd(row, 'AGENCY'),
} satisfies Facts
interface Told {
  status: ContractStatus
  rest: string
  isStopped: boolean
  openMilestones: number
  byPurchaser: string | null
  byAgency: string | null
}
const contract = 'input.contractId'

const inForce = ({ status }: Told, states: readonly ContractStatus[], field: string): Problem[] =>
  states.includes(status) ? [] : [new Problem('ILLEGAL_TRANSITION', field, { en: `This is for a contract that is ${states.join(' or ')}; the state is ${status}.`, zh: `仅适用于状态 ${states.join('、')} 的合同，当前为 ${status}。` })]

action<Told>(Contract, { mutation: 'contractMilestoneAdd', facts, missing: (told) => inForce(told, ['ACTIVE'], contract) })
for (const mutation of ['contractEvaluate', 'contractEvaluateByAgency']) action<Told>(Contract, { mutation, facts, missing: (told) => inForce(told, ['ACTIVE'], contract) })
action<Told>(Contract, {
  mutation: 'paymentMake',
  facts,
  missing: (told) => {
    const state = inForce(told, ['ACTIVE', 'COMPLETED'], contract)
    if (state.length > 0) return state
    if (told.isStopped) return [new Problem('PAYMENT_STOPPED', contract, { en: 'The mid-term evaluation failed. Payment goes on when a later one has passed (contractEvaluate).', zh: '中期评估不合格，付款已停止；待再次评估合格后恢复（contractEvaluate）。' })]
    return fenOf(told.rest) > 0n ? [] : [new Problem('INSUFFICIENT', contract, { en: 'The contract is paid in full.', zh: '合同款项已付清。' })]
  },
})
action<Told>(Contract, {
  mutation: 'contractComplete',
  facts,
  missing: (told) => {
    const state = contractVerbs.faults('contractComplete', told.status, contract)
    if (state.length > 0) return state
    const missing: Problem[] = []
    if (told.openMilestones > 0) missing.push(new Problem('MILESTONES_OPEN', contract, { en: `${told.openMilestones} milestones are not accepted yet.`, zh: `尚有 ${told.openMilestones} 个节点未验收。` }))
    if (told.byPurchaser !== 'PASSED') missing.push(new Problem('NOT_EVALUATED', contract, { en: "The purchaser's final evaluation has not passed yet.", zh: '购买方的末期评估尚未合格。' }))
    if (told.byAgency === null) missing.push(new Problem('NOT_EVALUATED', contract, { en: 'The agency has not evaluated the co-operation at its end yet.', zh: '承接方尚未作末期评估。' }))
    return missing
  },
})
action<Told>(Contract, { mutation: 'contractTerminate', facts, missing: ({ status }) => contractVerbs.faults('contractTerminate', status, contract) })

const milestoneFacts = { status: (row) => row.column('status'), contractStatus: (row) => row.column('contract.status') } satisfies Facts
for (const verb of milestoneVerbs.names) {
  action<{ status: MilestoneStatus; contractStatus: ContractStatus }>(ContractMilestone, {
    mutation: verb,
    facts: milestoneFacts,
    missing: ({ status, contractStatus }) => (contractStatus === 'ACTIVE' ? milestoneVerbs.faults(verb, status, 'input.milestoneId') : [new Problem('ILLEGAL_TRANSITION', 'input.milestoneId', { en: `The contract is ${contractStatus}.`, zh: `合同状态为 ${contractStatus}。` })]),
  })
}
