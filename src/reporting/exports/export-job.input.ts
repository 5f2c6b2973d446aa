import { GraphQLScalarType, valueFromASTUntyped } from 'graphql'
import { Field, InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging } from '../../engine/index.js'
import { complain, Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { ExportFormat, ExportState, ViewName } from './export-job.entity.js'

const readFilter = (value: unknown): object => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw complain('ViewFilter must be an object, such as { status: { eq: ACTIVE } }: what the list of the view takes as its filter')
}

/** Which type it has depends on the view, so it is taken apart when it is known for which. */
export const ViewFilter = new GraphQLScalarType<object, object>({
  name: 'ViewFilter',
  description: 'A filter of the list that a view shows, as an object (视图筛选条件): for the view `tasks` a `TaskFilter`.',
  serialize: (value) => value as object,
  parseValue: readFilter,
  parseLiteral: (node, variables) => readFilter(valueFromASTUntyped(node, variables)),
})

const ExportJobFilter: Function = filterOf('ExportJob', {
  id: compare.id,
  view: compare.text,
  format: compareEnum('ExportFormat', ExportFormat),
  state: compareEnum('ExportState', ExportState),
  createdAt: compare.instant,
})
export const exportPaging: Paging = { filter: ExportJobFilter, ...orderOf('ExportJob', ['createdAt', 'state']) }

@InputType()
export class ExportRequestInput extends IdempotentInput {
  @Given.choice(() => ViewName, 'The view (视图).') view!: string
  @Given.choice(() => ExportFormat, 'Format of the file (文件格式).') format!: ExportFormat
  @Field(() => ViewFilter, { nullable: true, description: 'Which rows; all that you see where left out (筛选条件).' }) filter?: object | null
}

@InputType()
export class ExportCancelInput extends VersionedInput {
  @Given.id('The export (导出作业).') exportJobId!: string
}
