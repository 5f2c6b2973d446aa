import { sql } from 'kysely'
import { action, type Facts } from '../../engine/index.js'
import { fenOf, Problem } from '../../kernel/index.js'
import { Allocation, BudgetLine } from './funding.entity.js'

const line = 'input.lineId'
export const lineFacts = {
  isApproved: (row) => sql`${row.column('approvedOn')} is not null`,
  rest: (row) => sql`(${row.column('plannedAmount')} - ${row.column('allocatedAmount')} - ${row.column('contractedAmount')})::text`,
} satisfies Facts
export interface LineTold {
  isApproved: boolean
  rest: string
}

/** What is missing for taking anything out of a line. */
export const lineFaults = ({ isApproved, rest }: LineTold, field: string): Problem[] => {
  if (!isApproved) return [new Problem('NOT_APPROVED', field, { en: 'The budget line is not approved yet. Enter the day of approval first (budgetLineUpdate).', zh: '该预算项目尚未批复，请先填写批复日期（budgetLineUpdate）。' })]
  return fenOf(rest) > 0n ? [] : [used(field)]
}
const used = (field: string) => new Problem('INSUFFICIENT', field, { en: 'Nothing is left of it.', zh: '已无余额。' })

/** Money that is not there: what is asked for, against what is left. */
export const insufficient = (field: string, asked: string, rest: string) =>
  new Problem('INSUFFICIENT', field, { en: `${asked} yuan is more than the ${rest} yuan that are left. Nothing was moved.`, zh: `金额 ${asked} 元超过余额 ${rest} 元，未作任何变动。` })

action<LineTold>(BudgetLine, { mutation: 'allocationMake', facts: lineFacts, missing: (told) => lineFaults(told, line) })

export const allocationFacts = {
  isCorrection: (row) => sql`${row.column('correctsId')} is not null`,
  outstanding: (row) => sql`(${row.column('netAmount')} - ${row.column('arrivedAmount')})::text`,
} satisfies Facts
export interface AllocationTold {
  isCorrection: boolean
  outstanding: string
}

action<AllocationTold>(Allocation, {
  mutation: 'disbursementRecord',
  facts: allocationFacts,
  missing: ({ isCorrection, outstanding }) => {
    const field = 'input.allocationId'
    if (isCorrection) return [new Problem('ILLEGAL_TRANSITION', field, { en: 'This entry corrects another allocation; money arrives on that one.', zh: '该记录为更正，到账请记在被更正的下达上。' })]
    return fenOf(outstanding) > 0n ? [] : [used(field)]
  },
})
