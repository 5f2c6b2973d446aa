import { Ctx, Field, FieldResolver, Info, Int, ObjectType, Resolver, Root } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { markStructural, PageInfo, type WithReads } from '../../engine/index.js'
import { NodeInterface } from '../../kernel/index.js'
import { listed, type RowsOf } from './figure.js'

@ObjectType('FigureRows', { description: 'A page of the rows that a figure is made of, of those that you may see (数据来源明细).', simpleResolvers: true })
export class FigureRows {
  @Field(() => PageInfo, { description: 'Where the page stands in its list.' }) pageInfo!: PageInfo
  @Field(() => Int, { description: 'Number of these rows, exact (行数).' }) totalCount!: number
  /** Ids of the rows. */
  nodes!: readonly string[]
}
markStructural('FigureRows')

@Resolver(() => FigureRows)
export class FigureRowsResolver {
  @FieldResolver(() => [NodeInterface], { nullable: 'items', description: 'The rows, each with the fields of its type that you may read (明细).' })
  async nodes(@Root() { nodes }: FigureRows, @Ctx() { reads }: WithReads, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    return reads.byIds(info, nodes.map((id) => ({ id, type: reads.typeOf(id, 'id') })))
  }
}

/** The rows behind a figure as `FigureRows`: the same type and the same filter. None for no rows. */
export async function rowsBehind(info: GraphQLResolveInfo, context: WithReads, rows: RowsOf | undefined, page: { first?: number | null; after?: string | null }): Promise<FigureRows> {
  if (!rows) return { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: '' } }
  return (await listed({ schema: info.schema, context }, rows, page)) as FigureRows
}
