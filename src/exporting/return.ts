import { pipeline } from 'node:stream/promises'
import { parse, type GraphQLSchema } from 'graphql'
import { ask } from '../engine/index.js'
import { csv, formats, workbook, type Cell, type Column, type Row, type Sheet, type Table, type Written } from '../formats/index.js'
import { notFound, Refusal, type Language } from '../kernel/index.js'
import { changeOf, nationalReturn, type Finding, type ReturnTable } from '../reporting/returns/index.js'
import type { RequestContext } from '../schema.js'
import type { Entered } from '../server.js'
import { closed } from './sending.js'

const divisionOf = parse('query ($code: String!) { divisions(filter: { code: { eq: $code } }, first: 1) { nodes { id } } }')
const bad = (field: string, en: string, zh: string) => new Refusal('BAD_USER_INPUT', { en: `\`${field}\` ${en}`, zh: `${field} ${zh}` }, field)
// What `nationalReturn` costs in the graph, in parts that any budget can pay.
const [parts, part] = [50, 100]

/**
 * `GET /export/return.xlsx?division=330000&year=2025`: the return as a workbook in the form's own layout, a sheet a table, with failed checks above the heads and in a sheet of their own. As `.csv`, one line a cell;
 * with `table=3` that table as it is printed. `form` names another form, `asSubmitted=true` takes what was submitted. `division` is a code or an id.
 */
export async function serveReturn(schema: GraphQLSchema, { request, response, language, pay, renew }: Entered, format: string): Promise<void> {
  const { query } = request
  if (format !== 'xlsx' && format !== 'csv') throw bad('format', 'is xlsx or csv for the return.', '报表导出格式为 xlsx 或 csv。')
  const known = ['division', 'year', 'form', 'table', 'asSubmitted']
  const unknown = Object.keys(query).find((name) => !known.includes(name))
  if (unknown) throw bad(unknown, `is no parameter of the return. Its parameters are ${known.join(', ')}.`, `不是可用参数。可用参数：${known.join('、')}。`)
  const year = whole('year', query['year']) ?? missing('year')
  const table = whole('table', query['table'])
  for (let left = parts; left > 0; left--) await pay(part)
  const context = (await renew()) as RequestContext
  const divisionId = await idOf(schema, context, query['division'])
  const asked = { divisionId, year, form: query['form'] === undefined ? null : String(query['form']), tables: table === undefined ? null : [table], isAsSubmitted: query['asSubmitted'] === 'true' }
  const { reckoned, findings } = await nationalReturn({ schema, context }, asked)
  if (table !== undefined && reckoned.tables.length === 0) throw bad('table', 'is no table of the form.', '不是该表式的表号。')
  const { division, day } = reckoned.asked
  const sheets = reckoned.tables.map((one) => sheetOf(one, findings, `${division.name} ${year}年 截止 ${day}`, language))
  const written: Written = format === 'xlsx' ? workbook([...sheets, checksOf(findings, language)]) : csv(table === undefined ? flat(reckoned.tables) : { ...sheets[0]!, heads: 'LABEL' })
  const name = `${division.name}${year}年全国社会工作和志愿服务统计表.${format}`
  response.status(200).set({
    ...closed, 'content-type': formats[format].mediaType,
    'content-disposition': `attachment; filename="return.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  })
  await context.recordReads()
  if (request.method === 'HEAD') return void response.end()
  await pipeline(written, response)
}

const missing = (name: string): never => {
  throw bad(name, 'must be given.', '不能为空。')
}

function whole(name: string, given: unknown): number | undefined {
  if (given === undefined) return undefined
  if (!/^\d{1,4}$/.test(String(given))) throw bad(name, 'is a whole number.', '须为整数。')
  return Number(given)
}

async function idOf(schema: GraphQLSchema, context: RequestContext, given: unknown): Promise<string> {
  const text = given === undefined ? missing('division') : String(given)
  if (!/^\d{6,12}$/.test(text)) {
    const { reads } = context
    reads.checkId(reads.engine.model.type('Division'), text, 'division')
    return text
  }
  const { divisions } = await ask<{ divisions: { nodes: { id: string }[] } }>(schema, divisionOf, context, { code: text })
  const [found] = divisions.nodes
  if (!found) throw notFound('division')
  return found.id
}

const types = { NUMBER: 'DECIMAL', TEXT: 'STRING', DAY: 'DAY' } as const
const valueOf = ({ value, text }: { value: string | null; text: string | null }): Cell => value ?? text

/** A table as the form prints it: what names its rows first, where the rows do not name themselves. */
function tableOf({ table, rows }: ReturnTable): Table {
  const columns: Column[] = table.columns.map(({ key, headZh, unit, kind, digits }) => ({ name: key, labelZh: headZh, type: types[kind], scale: digits, ...(unit && !headZh.includes(unit) ? { unit } : {}) }))
  const lines = rows.map(({ label, cells }): Row => {
    const values = cells.map(valueOf)
    // A total under a list bears its name where the rows above bear theirs.
    return table.rowHeadZh ? [label, ...values] : values[0] === null ? [label, ...values.slice(1)] : values
  })
  return { columns: table.rowHeadZh ? [{ name: 'row', labelZh: table.rowHeadZh, type: 'STRING' }, ...columns] : columns, pages: [lines] }
}

const failed = (findings: readonly Finding[]) => findings.filter(({ passed }) => !passed)

function sheetOf(one: ReturnTable, findings: readonly Finding[], of: string, language: Language): Sheet {
  const { number, titleZh } = one.table
  const notes = failed(findings).filter(({ table }) => table.number === number).map(({ check, said }) => `【${check.severity === 'ERROR' ? '错误' : '提示'}】${said[language]}`)
  return { ...tableOf(one), name: `表${number} ${titleZh}`, title: [`表${number} ${titleZh}（${of}）`, ...notes] }
}

const severities = { ERROR: '错误', WARNING: '提示' }
function checksOf(findings: readonly Finding[], language: Language): Sheet {
  const columns: Column[] = [{ name: 'table', labelZh: '表号', type: 'INT' }, { name: 'check', labelZh: '校验项', type: 'STRING' }, { name: 'severity', labelZh: '级别', type: 'STRING' }, { name: 'passed', labelZh: '是否通过', type: 'BOOLEAN' }, { name: 'message', labelZh: '说明', type: 'STRING' }]
  return { name: '校验', columns, pages: [findings.map(({ check, table, passed, said }): Row => [table.number, check.key, severities[check.severity], passed, said[language]])] }
}

/** Every cell a line. */
function flat(tables: readonly ReturnTable[]): Table {
  const text = (name: string, labelZh: string): Column => ({ name, labelZh, type: 'STRING' })
  const number = (name: string, labelZh: string): Column => ({ name, labelZh, type: 'DECIMAL', scale: 2 })
  const columns: Column[] = [
    { name: 'table', labelZh: '表号', type: 'INT' }, text('title', '表名'), text('row', '行'), text('rowLabel', '行名'), text('column', '栏'), text('head', '栏目名称'), text('unit', '计量单位'), number('value', '数值'), text('text', '文字'),
    number('previous', '上年数'), number('change', '较上年增长'), number('submittedPrevious', '上年上报数'),
  ]
  const lines = tables.flatMap(({ table, rows }) =>
    rows.flatMap(({ key, label, cells }) => cells.map((cell): Row => [table.number, table.titleZh, key, label, cell.column.key, cell.column.headZh, cell.column.unit, cell.value, cell.text, cell.previous, changeOf(cell), cell.submittedPrevious])),
  )
  return { columns, pages: [lines] }
}
