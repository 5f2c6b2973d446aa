import { sql } from 'kysely'
import { viewerSql } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { MicroProject, type MicroProjectStatus, type MicroVerdict } from './micro-project.entity.js'
import { microProjectVerbs } from './micro-project.lifecycle.js'

const project = 'input.microProjectId'
const facts = {
  projectStatus: (row) => row.column('status'),
  isCallOver: (row) => sql`coalesce(${row.column('callUntil')} < ${viewerSql.today}, false)`,
  foundVerdict: (row) => row.column('verdict'),
  isLastPaid: (row) => sql`exists (select 1 from micro_payment f where f.micro_project_id = ${row.column('id')} and f.kind = 'LAST')`,
} satisfies Facts
interface Told {
  projectStatus: MicroProjectStatus
  isCallOver: boolean
  foundVerdict: MicroVerdict | null
  isLastPaid: boolean
}

for (const verb of microProjectVerbs.names) {
  action<Told>(MicroProject, {
    mutation: verb,
    facts,
    missing: ({ projectStatus, isCallOver, foundVerdict, isLastPaid }) => {
      const state = microProjectVerbs.faults(verb, projectStatus, project)
      if (state.length > 0) return state
      if (verb === 'microProjectPropose' && isCallOver) return [new Problem('TOO_LATE', project, { en: 'The call has ended; no proposal is taken any more.', zh: '征集已截止，不再受理方案。' })]
      if (verb === 'microProjectClose' && foundVerdict === 'PASSED' && !isLastPaid) return [new Problem('LAST_PAYMENT_OPEN', project, { en: 'It passed: make the last payment first (microProjectPay).', zh: '评估合格，请先支付末期款（microProjectPay）。' })]
      return []
    },
  })
}
action<Told>(MicroProject, {
  mutation: 'microProjectUpdate',
  facts,
  missing: ({ projectStatus }) => (projectStatus === 'NEED' ? [] : [new Problem('LOCKED', project, { en: `It is changed while it is a NEED; the state is ${projectStatus}.`, zh: `仅需求征集阶段可变更，当前状态为 ${projectStatus}。` })]),
})

const payable: readonly MicroProjectStatus[] = ['CONTRACTED', 'RUNNING', 'EVALUATED']
export const notPassed = (field = 'input.kind') => new Problem('NOT_PASSED', field, { en: 'The last payment is made when the evaluation found PASSED, and none follows another verdict.', zh: '评估结论为合格方可支付末期款；不合格的不再付款。' })
action<Told>(MicroProject, {
  mutation: 'microProjectPay',
  facts,
  missing: ({ projectStatus, foundVerdict }) => {
    if (!payable.includes(projectStatus)) return [new Problem('ILLEGAL_TRANSITION', project, { en: `Payments are for ${payable.join(', ')}; the state is ${projectStatus}.`, zh: `付款仅适用于状态 ${payable.join('、')}，当前为 ${projectStatus}。` })]
    return projectStatus === 'EVALUATED' && foundVerdict !== 'PASSED' ? [notPassed(project)] : []
  },
})
