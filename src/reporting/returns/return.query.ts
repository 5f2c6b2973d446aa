import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql'
import { parse } from 'graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { ask, type WithReads } from '../../engine/index.js'
import { notFound, type Language, type Problem } from '../../kernel/index.js'
import type { Asking } from '../figures/index.js'
import { checked, type Finding } from './checks.js'
import { keptLayout, type LayoutColumn } from './layout.js'
import { asSubmitted } from './kept.js'
import { reckonReturn, type Cell, type Reckoned } from './reckoning.js'
import { NationalReturn, ReturnCell, type ReturnColumn, type ReturnTable } from './return.types.js'
import { faultsOf } from './submission.service.js'

interface Act {
  allowed: boolean
  reasons: { code: string; message: string }[]
}
interface Form {
  id: string
  layout: string
}
export interface Standing {
  id: string
  year: number
  edition: number
  division: { id: string }
  form: Form
  viewerCan: { returnSubmit: Act; returnApprove: Act }
}
const standing = 'id year edition division { id } form { id layout } viewerCan { returnSubmit { allowed reasons { code message } } returnApprove { allowed reasons { code message } } }'
const formsOf = parse(`query ($key: StringFilter, $year: Int!) { forms: returnForms(filter: { key: $key, firstYear: { lte: $year }, or: [{ lastYear: { isNull: true } }, { lastYear: { gte: $year } }] }, orderBy: [{ field: FIRST_YEAR, direction: DESC }], first: 1) { nodes { id layout } } }`)
const standingOf = parse(`query ($division: ID!, $year: Int!) { found: returnSubmissions(filter: { division: { id: { eq: $division } }, year: { eq: $year } }, first: 1) { nodes { ${standing} } } }`)
const standingById = parse(`query ($id: ID!) { found: returnSubmissions(filter: { id: { eq: $id } }, first: 1) { nodes { ${standing} } } }`)

/** The submission that an act is about, as its viewer sees it. */
export async function standingBy(asking: Asking, id: string): Promise<Standing | undefined> {
  const { found } = await ask<{ found: { nodes: Standing[] } }>(asking.schema, standingById, asking.context, { id })
  return found.nodes[0]
}

/** What a submission would keep if it were made now by the viewer. */
export async function reckonedFor(asking: Asking, { division, year, form }: Pick<Standing, 'division' | 'year' | 'form'>): Promise<{ tables: Reckoned['tables']; findings: Finding[] } | null> {
  const layout = keptLayout(form.layout)
  const found = await reckonReturn(asking, layout, { divisionId: division.id, year, formId: form.id, today: asking.context.reads.facts.today })
  return found && { tables: found.tables, findings: checked(layout, found.tables) }
}

export interface ReturnAsked {
  divisionId: string
  year: number
  form?: string | null | undefined
  tables?: readonly number[] | null | undefined
  isAsSubmitted?: boolean
}

/** The return with everything that is told of it; `NOT_FOUND` without such a division, form or submission. */
export async function nationalReturn(asking: Asking, { divisionId, year, form: key, tables: numbers, isAsSubmitted = false }: ReturnAsked): Promise<{ reckoned: Reckoned; findings: Finding[]; form: Form; submission: Standing | undefined }> {
  const { schema, context } = asking
  const { found } = await ask<{ found: { nodes: Standing[] } }>(schema, standingOf, context, { division: divisionId, year })
  const [submission] = found.nodes
  const { forms } = await ask<{ forms: { nodes: Form[] } }>(schema, formsOf, context, { key: key ? { eq: key } : null, year })
  const form = key ? forms.nodes[0] : (submission?.form ?? forms.nodes[0])
  if (!form) throw notFound('form')
  const layout = keptLayout(form.layout)
  const live = await reckonReturn(asking, layout, { divisionId, year, formId: form.id, today: context.reads.facts.today, numbers: numbers ?? null })
  if (!live) throw notFound('divisionId')
  if (isAsSubmitted && (!submission || submission.edition === 0)) throw notFound('asSubmitted')
  const reckoned = isAsSubmitted ? { ...live, tables: await asSubmitted(asking, submission!, live.tables) } : live
  return { reckoned, findings: checked(layout, reckoned.tables), form, submission }
}

const columnOf = ({ key, headZh, unit, kind }: LayoutColumn): ReturnColumn => ({ key, headZh, unit, kind })
const cellOf = ({ column, value, text, textStatus, previous, submittedPrevious, rows }: Cell): ReturnCell => Object.assign(new ReturnCell(), { column: columnOf(column), value, text, textStatus, previous, submittedPrevious, rowsOf: rows })
const tableOf = ({ table: { number, titleZh, columns }, rows }: Reckoned['tables'][number]): ReturnTable => ({ number, titleZh, columns: columns.map(columnOf), rows: rows.map(({ key, label, cells }) => ({ key, keyLabel: label, cells: cells.map(cellOf) })) })

const closed = (language: Language): Act => ({ allowed: false, reasons: [{ code: 'REQUIRED', message: language === 'zh' ? '尚未建立该年度报表（returnOpen）。' : 'Nobody has opened the return of that year yet (returnOpen).' }] })
const withFaults = (act: Act, faults: readonly Problem[], language: Language): Act =>
  faults.length === 0 || act.reasons.some(({ code }) => code === 'FORBIDDEN') ? act : { allowed: false, reasons: [...act.reasons, ...faults.map((fault) => ({ code: fault.code, message: fault.in(language).message }))] }

@Resolver()
export class ReturnQuery {
  @Query(() => NationalReturn, {
    description: 'The national return of a division and year, reckoned from the rows that you may read (全国社会工作和志愿服务统计表). Each figure answers with the rows behind it. `NOT_FOUND` where there is no such division, no form for the year, or with `asSubmitted` no submission.',
  })
  async nationalReturn(
    @Arg('divisionId', () => ID, { description: 'A province, or a division below (区划).' }) divisionId: string,
    @Arg('year', () => Int, { description: 'Year (年度).' }) year: number,
    @Arg('form', () => String, { nullable: true, description: 'Key of a form; left out, that of the submission, else the latest in use in the year (表式).' }) form: string | undefined,
    @Arg('tables', () => [Int], { nullable: true, description: 'Numbers of the tables; all where left out (表号).' }) tables: number[] | undefined,
    @Arg('asSubmitted', () => Boolean, { defaultValue: false, description: 'Figures as they were last submitted, corrections included, instead of those of now (按上报数据).' }) isAsSubmitted: boolean,
    @Ctx() context: WithReads,
    @Info() info: GraphQLResolveInfo,
  ): Promise<NationalReturn> {
    const { reads } = context
    reads.checkId(reads.engine.model.type('Division'), divisionId, 'divisionId')
    const { language } = reads.facts
    const { reckoned, findings, form: used, submission } = await nationalReturn({ schema: info.schema, context }, { divisionId, year, form, tables, isAsSubmitted })
    return Object.assign(new NationalReturn(), {
      year, asOf: reckoned.asked.day, division: reckoned.asked.division.id, form: used.id, submission: submission?.id ?? null, tables: reckoned.tables.map(tableOf),
      checks: findings.map(({ check, table, rowKey, passed, said }) => ({ key: check.key, severity: check.severity, passed, table: table.number, rowKey, message: said[language] })),
      maySubmit: submission ? withFaults(submission.viewerCan.returnSubmit, faultsOf(findings), language) : closed(language),
      mayApprove: submission ? submission.viewerCan.returnApprove : closed(language),
    })
  }
}
