import type { GraphQLResolveInfo } from 'graphql'
import type { WithReads } from '../../engine/index.js'
import { Refusal } from '../../kernel/index.js'
import { rowsBehind, type FigureRows, type RowsOf } from '../figures/index.js'

const cursorShape = /^(\d{1,2}):(.*)$/s

/** The rows of several lists, one list after the other, as one page. A cursor says the list and where in it. */
export async function rowsOfParts(info: GraphQLResolveInfo, context: WithReads, parts: readonly RowsOf[], { first, after }: { first: number; after: string }): Promise<FigureRows> {
  const [, list, within] = after === '' ? [after, '0', ''] : (cursorShape.exec(after) ?? [])
  if (list === undefined || within === undefined || Number(list) > parts.length) throw new Refusal('BAD_USER_INPUT', { en: '`after` is no cursor of these rows.', zh: 'after 不是该明细的游标。' }, 'after')
  const start = Number(list)
  const nodes: string[] = []
  let totalCount = 0
  let endCursor = after
  let hasNextPage = false
  for (const [at, part] of parts.entries()) {
    const left = first - nodes.length
    const isOnPage = at >= start && left > 0
    // Asked even where nothing of it is on the page: the number of rows is that of all lists.
    const found = await rowsBehind(info, context, part, { first: isOnPage ? left : 1, after: at === start ? within : '' })
    totalCount += found.totalCount
    if (isOnPage) {
      nodes.push(...found.nodes)
      endCursor = `${at}:${found.pageInfo.endCursor}`
      hasNextPage ||= found.pageInfo.hasNextPage
    } else if (at > start) hasNextPage ||= found.totalCount > 0
  }
  return { nodes, totalCount, pageInfo: { hasNextPage, hasPreviousPage: after !== '', endCursor } }
}
