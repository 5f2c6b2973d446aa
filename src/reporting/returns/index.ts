/*
 * The national return (全国社会工作和志愿服务统计表) and its way. A form is data: tables, columns and checks of one version; a column names a source, and another version needs no code as long as its sources exist.
 * A return is reckoned for its viewer: every number is made of rows of the network through `figures`, and answers with those rows. What flows is counted in the year, what stands on its last day, or today where the
 * year has not ended. Money is in 万元, rounded to the form's digits; a sum adds what is printed.
 * A text is taken from rows, or collected from a unit: asked, written, handed over, sent back with a reason.
 * A submission goes DRAFT → SUBMITTED → APPROVED → LOCKED and is sent back with a reason until the lock. Each submission keeps every cell, with a hash over all of them; what was kept never changes, in the database
 * too. After the lock a figure changes by a correction alone: an entry with the old value, the new one and the reason, proposed by the one and decided by the other side. Growth is told against what counts of last
 * year's approved return.
 */
import { sql } from 'kysely'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, value, withholdValues } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { forms } from './form.service.js'
import { ReturnCorrection, ReturnFigure, ReturnForm, ReturnSubmission, ReturnText } from './return.entity.js'
import { figureGrouping, textGrouping } from './return.grouping.js'
import { correctionPaging, figurePaging, formPaging, submissionPaging, textPaging } from './return.input.js'
import { ReturnQuery } from './return.query.js'
import { ReturnMutations } from './return.resolver.js'
import { ReturnCellResolver } from './return.types.js'
import { returnsAccess, returnsScopes } from './returns.access.js'
import './submission.facts.js'
import { isOpened, isProposed } from './submission.service.js'
import { isAsked } from './text.service.js'

// Thousands of cells at once, which stay in their own table as they are: the trail says that they were made.
withholdValues(ReturnFigure, () => true)
constraintMeans('return_submission_once', isOpened)
constraintMeans('return_text_once', isAsked)
constraintMeans('return_correction_one_open', isProposed)
constraintMeans('return_figure_kept', () => new Problem('LOCKED', null, { en: 'What was submitted stays as it is.', zh: '已上报的数据不得变更。' }))

export const returns = defineModule({
  name: 'returns',
  records: [ReturnForm, ReturnText, ReturnSubmission, ReturnFigure, ReturnCorrection],
  resolvers: [ReturnQuery, ReturnMutations, ReturnCellResolver, forms.resolver],
  fields: [
    collection(ReturnForm, 'returnForm', 'returnForms', formPaging),
    collection(ReturnText, 'returnText', 'returnTexts', textPaging),
    collection(ReturnSubmission, 'returnSubmission', 'returnSubmissions', submissionPaging),
    collection(ReturnFigure, 'returnFigure', 'returnFigures', figurePaging),
    collection(ReturnCorrection, 'returnCorrection', 'returnCorrections', correctionPaging),
    aggregate(ReturnText, 'returnTextsAggregate', textPaging, textGrouping),
    aggregate(ReturnFigure, 'returnFiguresAggregate', figurePaging, figureGrouping),
    connection(ReturnSubmission, 'figures', () => ReturnFigure, 'submission', 'Its cells as they were submitted, of those that you may see (报表数据).', figurePaging),
    connection(ReturnSubmission, 'corrections', () => ReturnCorrection, 'submission', 'Corrections that you may see (更正).', correctionPaging),
    connection(ReturnFigure, 'corrections', () => ReturnCorrection, 'figure', 'Corrections of it that you may see (更正).', correctionPaging),
    value(ReturnFigure, 'countedValue', () => String, 'What counts: the value of the last correction that was approved, else what was submitted (现行值).', {
      nullable: true,
      sql: (row) => sql`coalesce((select cc.new_value from return_correction cc where cc.figure_id = ${row.column('id')} and cc.status = 'APPROVED' order by cc.decided_at desc, cc.id desc limit 1), ${row.column('value')})`,
    }),
    ...actionFields(ReturnText),
    ...actionFields(ReturnSubmission),
    ...actionFields(ReturnCorrection),
  ],
  access: [returnsAccess],
  scopes: returnsScopes,
})

export { ReturnCorrection, ReturnFigure, ReturnForm, ReturnSubmission, ReturnText } from './return.entity.js'
export { layoutOf } from './layout.js'
export type { Finding } from './checks.js'
export { changeOf, type ReturnTable } from './reckoning.js'
export { nationalReturn } from './return.query.js'
export { hashOfCells } from './submission.service.js'
