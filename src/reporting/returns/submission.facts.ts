import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { ReturnCorrection, ReturnSubmission, ReturnText, type CorrectionStatus, type ReturnStatus, type ReturnTextStatus } from './return.entity.js'
import { correctionVerbs, returnVerbs, textVerbs } from './return.lifecycle.js'

const submission = 'input.submissionId'
const isViewer = (row: RowRef, column: string) => sql`coalesce(${row.column(column)} = ${viewerSql.person}, false)`

const facts = {
  returnStatus: (row) => row.column('status'),
  hasYearEnded: (row) => sql`${row.column('year')} < extract(year from ${viewerSql.today})::integer`,
  openTexts: (row) => sql`(select count(*)::integer from return_text f where f.division_id = ${row.column('divisionId')} and f.year = ${row.column('year')} and f.form_id = ${row.column('formId')} and f.status <> 'FINAL')`,
  hasSubmitted: (row) => isViewer(row, 'submittedById'),
} satisfies Facts
interface Told {
  returnStatus: ReturnStatus
  hasYearEnded: boolean
  openTexts: number
  hasSubmitted: boolean
}

const locked = (): Problem => new Problem('LOCKED', submission, { en: 'The return is locked; a figure changes by a correction (returnCorrect).', zh: '报表已锁定，数据须通过更正（returnCorrect）变更。' })
const ownWork = (): Problem => new Problem('SEPARATION_OF_DUTIES', submission, { en: 'You submitted it; somebody else approves.', zh: '该报表由您上报，须由其他人员审核。' })

for (const verb of returnVerbs.names) {
  action<Told>(ReturnSubmission, {
    mutation: verb,
    facts,
    missing: ({ returnStatus, hasYearEnded, openTexts, hasSubmitted }) => {
      if (returnStatus === 'LOCKED') return [locked()]
      const state = returnVerbs.faults(verb, returnStatus, submission)
      if (state.length > 0) return state
      if (verb === 'returnSubmit') {
        return [
          ...(hasYearEnded ? [] : [new Problem('NOT_ENDED', submission, { en: 'The year has not ended.', zh: '该年度尚未结束。' })]),
          ...(openTexts === 0 ? [] : [new Problem('TEXTS_OPEN', submission, { en: `${openTexts} texts are not handed over yet (returnTextFinish).`, zh: `尚有 ${openTexts} 项文字材料未提交（returnTextFinish）。` })]),
        ]
      }
      return verb === 'returnApprove' && hasSubmitted ? [ownWork()] : []
    },
  })
}

action<Told>(ReturnSubmission, {
  mutation: 'returnCorrect',
  facts,
  missing: ({ returnStatus }) => (returnStatus === 'LOCKED' ? [] : [new Problem('ILLEGAL_TRANSITION', submission, { en: `Corrections follow the lock; the state is ${returnStatus}. Until then it is sent back and submitted anew.`, zh: `锁定后方可更正，当前状态为 ${returnStatus}；锁定前请退回后重新上报。` })]),
})

const text = 'input.returnTextId'
for (const verb of textVerbs.names) {
  action<{ textStatus: ReturnTextStatus }>(ReturnText, { mutation: verb, facts: { textStatus: (row) => row.column('status') }, missing: ({ textStatus }) => textVerbs.faults(verb, textStatus, text) })
}

const correction = 'input.correctionId'
action<{ correctionStatus: CorrectionStatus; hasProposed: boolean }>(ReturnCorrection, {
  mutation: 'returnCorrectionDecide',
  facts: { correctionStatus: (row) => row.column('status'), hasProposed: (row) => isViewer(row, 'proposedById') },
  missing: ({ correctionStatus, hasProposed }) => {
    const state = correctionVerbs.faults('returnCorrectionDecide', correctionStatus, correction)
    if (state.length > 0) return state
    return hasProposed ? [new Problem('SEPARATION_OF_DUTIES', correction, { en: 'You proposed it; somebody else decides.', zh: '该更正由您提出，须由其他人员审核。' })] : []
  },
})
