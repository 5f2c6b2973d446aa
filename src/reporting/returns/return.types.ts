import { Arg, Ctx, Field, FieldResolver, Info, Int, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { ActCheck, markStructural, type WithReads } from '../../engine/index.js'
import { Day, Decimal } from '../../kernel/index.js'
import { Division } from '../../modules/divisions/index.js'
import { FigureRows } from '../figures/index.js'
import { changeOf, type Cell } from './reckoning.js'
import { rowsOfParts } from './lineage.js'
import { ReturnForm, ReturnSubmission } from './return.entity.js'

export const ReturnColumnKind = { NUMBER: 'NUMBER', TEXT: 'TEXT', DAY: 'DAY' } as const
registerEnumType(ReturnColumnKind, { name: 'ReturnColumnKind', description: 'What a column of a return holds (栏目类型).', valuesConfig: { NUMBER: { description: 'A number (数值)' }, TEXT: { description: 'A text (文字)' }, DAY: { description: 'A day (日期)' } } })
export const CheckSeverity = { ERROR: 'ERROR', WARNING: 'WARNING' } as const
registerEnumType(CheckSeverity, { name: 'CheckSeverity', description: 'What a failed check of a return means (校验级别).', valuesConfig: { ERROR: { description: 'The return cannot be submitted so (错误)' }, WARNING: { description: 'To be looked into (提示)' } } })

@ObjectType('ReturnColumn', { description: 'A column of a table of a return (栏目).', simpleResolvers: true })
export class ReturnColumn {
  @Field(() => String, { description: 'Key in the form (栏).' }) key!: string
  @Field(() => String, { description: 'Head as the form prints it (栏目名称).' }) headZh!: string
  @Field(() => String, { description: 'Unit, such as 万元; empty for a text (计量单位).' }) unit!: string
  @Field(() => ReturnColumnKind, { description: 'What it holds (类型).' }) kind!: keyof typeof ReturnColumnKind
}

@ObjectType('ReturnCell', { description: 'A cell of a return (数据项): a number, a text or a day, with the rows behind it.' })
export class ReturnCell {
  @Field(() => ReturnColumn, { description: 'Its column (栏目).' }) column!: ReturnColumn
  @Field(() => Decimal, { nullable: true, description: 'The number, in the unit of the column; null for a text or a day (数值).' }) value!: string | null
  @Field(() => String, { nullable: true, description: 'The text or day; null for a number, or where there is none (文字).' }) text!: string | null
  @Field(() => String, { nullable: true, description: 'State of the text that was asked of a unit, ASKED, WRITTEN or FINAL; null where none was (材料状态).' }) textStatus!: string | null
  @Field(() => Decimal, { nullable: true, description: 'The same figure of the year before, by the rows of today (上年数).' }) previous!: string | null
  @Field(() => Decimal, { nullable: true, description: 'The same figure of the year before as it was submitted and approved, corrections included; null where nothing was (上年上报数).' }) submittedPrevious!: string | null
  /** What it is made of. */
  rowsOf!: Cell['rows']
}

@ObjectType('ReturnRow', { description: 'A row of a table of a return (行).', simpleResolvers: true })
export class ReturnRow {
  @Field(() => String, { description: 'Key: of the form, or the id of what it lists (行).' }) key!: string
  @Field(() => String, { description: 'The row as the form prints it (行名).' }) keyLabel!: string
  @Field(() => [ReturnCell], { description: 'Its cells, one for each column (数据项).' }) cells!: ReturnCell[]
}

@ObjectType('ReturnTable', { description: 'A table of a return (表).', simpleResolvers: true })
export class ReturnTable {
  @Field(() => Int, { description: 'Number (表号).' }) number!: number
  @Field(() => String, { description: 'Title (表名).' }) titleZh!: string
  @Field(() => [ReturnColumn], { description: 'Its columns (栏目).' }) columns!: ReturnColumn[]
  @Field(() => [ReturnRow], { description: 'Its rows, in the order of the form (行).' }) rows!: ReturnRow[]
}

@ObjectType('ReturnCheck', { description: 'What a check of the form found (校验结果).', simpleResolvers: true })
export class ReturnCheck {
  @Field(() => String, { description: 'Key of the check in the form (校验代码).' }) key!: string
  @Field(() => CheckSeverity, { description: 'What it means when it fails (级别).' }) severity!: keyof typeof CheckSeverity
  @Field(() => Boolean, { description: 'Nothing is wrong (是否通过).' }) passed!: boolean
  @Field(() => Int, { description: 'Table that it looks at (表号).' }) table!: number
  @Field(() => String, { nullable: true, description: 'Row in which something is wrong (行).' }) rowKey!: string | null
  @Field(() => String, { description: 'What is wrong, in the language of `Accept-Language` (说明).' }) message!: string
}

@ObjectType('NationalReturn', { description: 'The national return of a division and year (全国社会工作和志愿服务统计表), made of the rows that you may read.' })
export class NationalReturn {
  @Field(() => Int, { description: 'Year (年度).' }) year!: number
  @Field(() => Day, { description: 'Day on which stocks are counted: the last of the year, or today where it has not ended (截止日期).' }) asOf!: string
  @Field(() => [ReturnTable], { description: 'Its tables (表).' }) tables!: ReturnTable[]
  @Field(() => [ReturnCheck], { description: 'What the checks of the form found: one entry for each fault, and one for each check that passed (校验结果).' }) checks!: ReturnCheck[]
  @Field(() => ActCheck, { description: 'Whether you may submit it now, failed checks included (可否上报).' }) maySubmit!: ActCheck
  @Field(() => ActCheck, { description: 'Whether you may approve what was submitted (可否审核).' }) mayApprove!: ActCheck
  // Ids: the object is read with what was selected of it.
  @Field(() => Division, { nullable: true, description: 'Division (区划).' }) division!: string
  @Field(() => ReturnForm, { nullable: true, description: 'Form (表式).' }) form!: string
  @Field(() => ReturnSubmission, { nullable: true, description: 'Where it stands on its way; null where nobody opened it, or you do not see that (报送情况).' }) submission!: string | null
}
for (const name of ['ReturnColumn', 'ReturnCell', 'ReturnRow', 'ReturnTable', 'ReturnCheck', 'NationalReturn']) markStructural(name)

@Resolver(() => ReturnCell)
export class ReturnCellResolver {
  @FieldResolver(() => Decimal, { nullable: true, description: 'What it grew by on the year before, by the rows of today (较上年增长).' })
  change(@Root() cell: ReturnCell): string | null {
    return changeOf(cell)
  }

  @FieldResolver(() => FigureRows, { description: 'The rows that it is made of: the same rows, under the same filter, as were reckoned (数据来源).' })
  rows(@Root() cell: ReturnCell, @Ctx() context: WithReads, @Info() info: GraphQLResolveInfo, @Arg('first', () => Int, { nullable: true, description: 'Rows on the page, 1-200; 50 where left out.' }) first?: number, @Arg('after', () => String, { nullable: true, description: 'Cursor after which the page starts; "" is the start.' }) after?: string): Promise<FigureRows> {
    return rowsOfParts(info, context, cell.rowsOf, { first: first ?? 50, after: after ?? '' })
  }
}
