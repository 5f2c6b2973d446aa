import type { GraphQLSchema } from 'graphql'
import { askRows, cursorOfId, type WithReads } from '../../engine/index.js'
import type { Row } from '../../formats/index.js'
import { listOf, readingOf, type View, type ViewColumn } from './view.js'

export interface ViewPage {
  readonly rows: readonly Row[]
  /** The cursor after the last row; where there is none, the one that was given. Always there: "" is the start. */
  readonly endCursor: string
  readonly hasMore: boolean
}

/** What of a view is asked for. `first` is at most `longestPage`. */
export interface ViewAsked {
  readonly filter?: unknown
  readonly first: number
  readonly after: string
}

/**
 * A page of a view, in the order of ids, which is that of entry: what the list answers to this viewer, made flat. Hidden values are null and are counted
 * in `reads.masked` under their fields in the graph.
 */
export async function readView(schema: GraphQLSchema, context: WithReads, view: View, columns: readonly ViewColumn[], { filter, first, after }: ViewAsked): Promise<ViewPage> {
  const reading = readingOf(view, columns)
  const answer = await askRows(schema, reading.documents, context, view.list, { filter: filter ?? null, first: first + 1, after })
  const found = 'arrays' in answer ? answer.arrays : answer.objects
  const hasMore = found.length > first
  if (hasMore) found.pop()
  const rows = 'arrays' in answer ? reading.fromArrays(answer.arrays) : reading.fromObjects(answer.objects)
  const last = found.at(-1)
  const lastId = last === undefined ? undefined : Array.isArray(last) ? (last[0] as string) : (last as { id: string }).id
  return { rows, endCursor: lastId === undefined ? after : cursorOfId(listOf(view).type, lastId), hasMore }
}
