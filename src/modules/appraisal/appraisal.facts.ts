import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Deduction, ScorePeriod, UnitScore, type AppealStatus, type ScorePeriodStatus } from './appraisal.entity.js'
import { appealVerbs, periodVerbs } from './appraisal.lifecycle.js'

export const locked = (field: string | null) => new Problem('LOCKED', field, { en: 'The month is published; nothing in it changes any more.', zh: '该考评期已公布，不能再变更。' })
const underWay = (field: string) => new Problem('LOCKED', field, { en: 'The month is submitted; it is sent back before anything in it changes (scorePeriodSendBack).', zh: '该考评期已上报，须退回后方可变更（scorePeriodSendBack）。' })
const lockFaults = (status: ScorePeriodStatus, field: string): Problem[] => (status === 'OPEN' ? [] : [status === 'PUBLISHED' ? locked(field) : underWay(field)])

const period = 'input.periodId'
export const publishFacts = {
  periodStatus: (row) => row.column('status'),
  lastDay: (row) => sql`(cast(${row.column('month')} || '-01' as date) + interval '1 month' - interval '1 day')::date::text`,
  today: () => sql`${viewerSql.today}::text`,
  computedOn: (row) => sql`${row.column('computedOn')}::text`,
  openAppeals: (row) => sql`(select count(*)::integer from deduction f where f.period_id = ${row.column('id')} and f.appeal_status = 'APPEALED')`,
} satisfies Facts
export interface PublishTold {
  periodStatus: ScorePeriodStatus
  lastDay: string
  today: string
  computedOn: string
  openAppeals: number
}

/** What is missing for submitting a month, and for publishing it. */
export function publishFaults(verb: 'scorePeriodSubmit' | 'scorePeriodPublish', { periodStatus, lastDay, today, computedOn, openAppeals }: PublishTold): Problem[] {
  if (periodStatus === 'PUBLISHED') return [locked(period)]
  const state = periodVerbs.faults(verb, periodStatus, period)
  if (state.length > 0) return state
  if (today <= lastDay) return [new Problem('NOT_ENDED', period, { en: `The month ends on ${lastDay}; publish it after that.`, zh: `该月至 ${lastDay} 结束，其后方可公布。` })]
  const missing: Problem[] = []
  if (computedOn <= lastDay) missing.push(new Problem('OUT_OF_DATE', period, { en: `Its figures are of ${computedOn}; compute them again now that the month has ended (scorePeriodCompute).`, zh: `数据截至 ${computedOn}，月末后须重新计算（scorePeriodCompute）。` }))
  if (openAppeals > 0) missing.push(new Problem('APPEALS_OPEN', period, { en: `${openAppeals} appeals wait for a decision (deductionDecide).`, zh: `尚有 ${openAppeals} 项申诉待裁定（deductionDecide）。` }))
  return missing
}

action<PublishTold>(ScorePeriod, { mutation: 'scorePeriodCompute', facts: publishFacts, missing: ({ periodStatus }) => lockFaults(periodStatus, 'input.month') })
for (const verb of ['scorePeriodSubmit', 'scorePeriodPublish'] as const) action<PublishTold>(ScorePeriod, { mutation: verb, facts: publishFacts, missing: (told) => publishFaults(verb, told) })

const approvalFacts = { periodStatus: (row) => row.column('status'), hasSubmitted: (row) => sql`coalesce(${row.column('submittedById')} = ${viewerSql.person}, false)` } satisfies Facts
for (const verb of ['scorePeriodApprove', 'scorePeriodSendBack'] as const) {
  action<{ periodStatus: ScorePeriodStatus; hasSubmitted: boolean }>(ScorePeriod, {
    mutation: verb,
    facts: approvalFacts,
    missing: ({ periodStatus, hasSubmitted }) => {
      if (periodStatus === 'PUBLISHED') return [locked(period)]
      const state = periodVerbs.faults(verb, periodStatus, period)
      if (state.length > 0) return state
      return verb === 'scorePeriodApprove' && hasSubmitted ? [new Problem('SEPARATION_OF_DUTIES', period, { en: 'You submitted it; somebody else approves.', zh: '该考评期由您上报，须由其他人员审核。' })] : []
    },
  })
}

const statusOfPeriod = (row: RowRef) => row.column('period.status')
action<{ periodStatus: ScorePeriodStatus }>(UnitScore, { mutation: 'deductionAdd', facts: { periodStatus: statusOfPeriod }, missing: ({ periodStatus }) => lockFaults(periodStatus, 'input.unitScoreId') })

const deduction = 'input.deductionId'
const appealFacts = {
  periodStatus: statusOfPeriod,
  appealStatus: (row) => row.column('appealStatus'),
  hasAdded: (row) => sql`coalesce(${row.column('addedById')} = ${viewerSql.person}, false)`,
  hasAppealed: (row) => sql`coalesce(${row.column('appealedById')} = ${viewerSql.person}, false)`,
} satisfies Facts
interface AppealTold {
  periodStatus: ScorePeriodStatus
  appealStatus: AppealStatus
  hasAdded: boolean
  hasAppealed: boolean
}
const appealFaults = (verb: 'deductionAppeal' | 'deductionDecide', told: AppealTold): Problem[] => {
  const lock = lockFaults(told.periodStatus, deduction)
  return lock.length > 0 ? lock : appealVerbs.faults(verb, told.appealStatus, deduction)
}

action<AppealTold>(Deduction, { mutation: 'deductionAppeal', facts: appealFacts, missing: (told) => appealFaults('deductionAppeal', told) })
action<AppealTold>(Deduction, {
  mutation: 'deductionDecide',
  facts: appealFacts,
  missing: (told) => {
    const state = appealFaults('deductionDecide', told)
    if (state.length > 0) return state
    if (told.hasAdded) return [new Problem('SEPARATION_OF_DUTIES', deduction, { en: 'You entered this deduction; somebody else decides on the appeal.', zh: '该扣分由您录入，须由其他人员裁定。' })]
    if (told.hasAppealed) return [new Problem('SEPARATION_OF_DUTIES', deduction, { en: 'You appealed; somebody else decides.', zh: '该申诉由您提出，须由其他人员裁定。' })]
    return []
  },
})
